//! What a document is: its keys say so.

use crate::findings::Findings;
use crate::suggestion::nearest;
use crate::yaml::{Document, Node, Parsed, Value};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Of the own format: the channel.
    Header,
    /// Of the own format.
    TemplateType,
    /// A rule of the own format.
    Rule,
    /// Of the own format: waivers for a rule that stands elsewhere.
    Waivers,
    /// A Sigma rule, or something else of Sigma's.
    Sigma,
}

/// The keys that give a document its kind. The first that a document has counts, so one key of the own format is enough
/// to be held to it.
const KINDS: [(&str, Kind); 8] = [
    ("rule", Kind::Rule),
    ("template-type", Kind::TemplateType),
    ("channel", Kind::Header),
    ("waivers-for", Kind::Waivers),
    ("logsource", Kind::Sigma),
    ("detection", Kind::Sigma),
    ("correlation", Kind::Sigma),
    ("action", Kind::Sigma),
];

/// What is expected of a document, for messages.
pub(crate) const EXPECTED: &str = "a document with the key `rule`, `template-type`, `channel` or `waivers-for`, or a Sigma \
                                   rule with the keys `logsource` and `detection`";

/// Reads a document as far as its kind. `None` if there is nothing in it, or if something is wrong, which is then
/// reported.
pub(crate) fn read<'t>(document: Document<'t>, findings: &mut Findings<'_>) -> Option<(Kind, Node<'t>)> {
    let Parsed { root, objection } = findings.checked(document.parse())??;
    let Some(kind) = kind(&root) else {
        report_unknown(&root, findings);
        return None;
    };
    match objection {
        Some(objection) if kind != Kind::Sigma => {
            findings.push(objection);
            None
        }
        _ => Some((kind, root)),
    }
}

fn kind(root: &Node<'_>) -> Option<Kind> {
    KINDS.iter().find(|(key, _)| root.entry(key).is_some()).map(|(_, kind)| *kind)
}

fn report_unknown(root: &Node<'_>, findings: &mut Findings<'_>) {
    if !matches!(root.value, Value::Mapping(_)) {
        findings.report(root.place, format!("expected {EXPECTED}, found {}", root.describe()));
        return;
    }
    let known = KINDS.iter().map(|(key, _)| *key);
    let entries = root.entries();
    let meant = entries.iter().find(|entry| nearest(&entry.key, known.clone()).is_some());
    match meant.or(entries.first()) {
        None => findings.report(root.place, format!("expected {EXPECTED}, found an empty mapping")),
        Some(entry) => {
            let message = format!("expected {EXPECTED}, found the key {}", crate::excerpt::quoted(&entry.key));
            findings.report_unknown(entry.place, message, &entry.key, known);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_give_the_kind() {
        let of = |text| {
            let mut findings = Findings::new("", 0);
            read(Document { text, lines_before: 0 }, &mut findings).map(|(kind, _)| kind)
        };
        for (text, expected) in [
            ("title: t\nlogsource:\n  category: x\n", Some(Kind::Sigma)),
            ("title: t\ntags: [a, b]\ndetection: {}\n", Some(Kind::Sigma)),
            ("detection: &a {}\n", Some(Kind::Sigma)),
            ("action: global\n", Some(Kind::Sigma)),
            ("detection: {}\nrule: x\n", Some(Kind::Rule)),
            ("rule: logsource\n", Some(Kind::Rule)),
            ("rule: &a x\n", None),
            ("channel: 1\n", Some(Kind::Header)),
            ("waivers-for: logsource\nlogsource: {}\n", Some(Kind::Waivers)),
            ("template-type: t\n", Some(Kind::TemplateType)),
            ("", None),
            ("- detection\n", None),
            ("when: { detection: 1 }\n", None),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
