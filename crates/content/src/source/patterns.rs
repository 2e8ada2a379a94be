//! What stands under `any-of` and `none-of`: patterns, put in canonical form.

use channel_file::template::{
    Case, Comparison, Field, FieldKind, FieldReference, Operator, Pattern, Sense, TemplateType,
};

use super::criteria::field_index;
use super::numbers::{network, number, range};
use super::operators::{keys, operator};
use super::selection::Types;
use super::values::{address, boolean, bytes};
use crate::excerpt::quoted;
use crate::findings::Findings;
use crate::pattern::{self, Meaning};
use crate::yaml::{Entry, Node, Place, Value, under};

/// The field that patterns are asked of, and the criterion that they are in.
#[derive(Clone, Copy)]
pub(crate) struct Target<'l> {
    pub(crate) template_type: &'l TemplateType,
    pub(crate) index: u16,
    pub(crate) field: &'l Field,
    pub(crate) sense: Sense,
    /// Where the criterion begins.
    pub(crate) criterion: Place,
}

pub(crate) const ANY_VALUE_HELP: &str = "any value that is there: `none-of: [absent]`";

/// Reads one item of a list of patterns; it can stand for several.
pub(crate) fn read<'l>(
    node: &Node<'_>,
    target: Target<'l>,
    types: &mut Types<'l>,
    findings: &mut Findings<'_>,
    patterns: &mut Vec<Pattern>,
) -> Option<()> {
    let entries = match &node.value {
        Value::Scalar(_) => {
            let pattern = word(node, findings)?;
            return accept(pattern, node, target, findings).map(|pattern| patterns.push(pattern));
        }
        _ => findings.mapping(node, "a pattern, such as `starts-with: …` or `absent`")?,
    };
    let (key, operator, values) = operator(node, entries, findings)?;
    let kind = target.field.kind();
    if !kind.operators().contains(operator) {
        let message = format!("the field {} is of kind {kind}, which has no `{key}`", quoted(target.field.name()));
        findings.report_with_help(node.place, message, format!("it has {}", keys(kind.operators())));
        return None;
    }
    let modifiers = Modifiers::read(entries, key, kind, findings)?;
    let values = match &values.value {
        Value::Sequence(nodes) if nodes.is_empty() => {
            findings.report(values.place, format!("the list under `{key}` is empty"));
            return None;
        }
        // The bounds of one range, not a list of ranges.
        Value::Sequence(nodes)
            if key == "range" && !nodes.iter().any(|node| matches!(node.value, Value::Sequence(_))) =>
        {
            std::slice::from_ref(values)
        }
        _ => values.one_or_many(),
    };
    for value in values {
        if let Some(pattern) = pattern(key, operator, value, modifiers, target, types, findings) {
            patterns.extend(accept(pattern, value, target, findings));
        }
    }
    Some(())
}

/// `absent` or `empty`.
fn word(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<Pattern> {
    let text = findings.text(node, "a pattern")?;
    match text {
        "absent" => return Some(Pattern::absent()),
        "empty" => return Some(Pattern::empty()),
        _ => {}
    }
    let help = format!(
        "write `equals: {}`; the patterns without a value are `absent` and `empty`",
        super::quote::scalar(text)
    );
    let help = if text.len() > 60 { "write `equals: …`".to_owned() } else { help };
    findings.report_with_help(node.place, format!("expected a pattern, found the text {} alone", quoted(text)), help);
    None
}

/// What stands beside the operator.
#[derive(Clone, Copy)]
struct Modifiers {
    case: Case,
    comparison: Comparison,
}

impl Modifiers {
    fn read(entries: &[Entry<'_>], key: &str, kind: FieldKind, findings: &mut Findings<'_>) -> Option<Self> {
        let has_case = kind == FieldKind::Text && !["number", "range", "address", "cidr"].contains(&key);
        let mut modifiers =
            Self { case: if has_case { Case::Ignored } else { Case::Sensitive }, comparison: Comparison::Equals };
        if let Some(node) = under(entries, "case") {
            if !has_case {
                findings.report(node.place, "only text has a `case`");
                return None;
            }
            let name = |case| if case == Case::Sensitive { "sensitive" } else { "ignored" };
            modifiers.case = findings.named(node, "a case", &[Case::Sensitive, Case::Ignored], name)?;
        }
        if let Some(node) = under(entries, "comparison") {
            if key != "field" {
                findings.report(node.place, "only `field` has a `comparison`");
                return None;
            }
            modifiers.comparison = findings.named(node, "a comparison", Comparison::ALL, Comparison::name)?;
            let comparable = matches!(kind, FieldKind::Text | FieldKind::Bytes);
            if !comparable && modifiers.comparison != Comparison::Equals {
                findings.report(node.place, format!("fields of kind {kind} are compared with `equals` alone"));
                return None;
            }
        }
        Some(modifiers)
    }
}

fn pattern<'l>(
    key: &str,
    operator: Operator,
    node: &Node<'_>,
    Modifiers { case, comparison }: Modifiers,
    target: Target<'l>,
    types: &mut Types<'l>,
    findings: &mut Findings<'_>,
) -> Option<Pattern> {
    let kind = target.field.kind();
    let built = match (key, kind) {
        ("number", _) | ("equals", FieldKind::Unsigned | FieldKind::Signed) => return number(node, kind, findings),
        ("range", _) => return range(node, kind, findings),
        ("address", _) | ("equals", FieldKind::IpAddress) => return address(node, findings).map(Pattern::address),
        ("cidr", _) => return network(node, findings),
        ("equals", FieldKind::Boolean) => return boolean(node, findings).map(Pattern::boolean),
        ("field", _) => {
            let name = findings.text(node, "the name of a field")?;
            let index = field_index(name, node.place, target.template_type, types, findings)?;
            let other = target.template_type.fields().get(usize::from(index))?;
            if index == target.index || other.kind() != kind {
                let message = format!("expected another field of kind {kind}, found {}", quoted(name));
                findings.report(node.place, message);
                return None;
            }
            return Some(Pattern::field(FieldReference { field: index, comparison, case }));
        }
        ("glob", _) => {
            let text = findings.text(node, "a glob")?;
            match pattern::glob(text, case) {
                Ok(Meaning::AnyOf(patterns)) if patterns.contains(&Pattern::empty()) => {
                    return refuse_empty(operator, node, findings);
                }
                Ok(Meaning::AnyOf(patterns)) => return patterns.into_iter().next(),
                Ok(Meaning::Present | Meaning::Never) => {
                    let message = format!("the glob {} asks for no text at all", quoted(text));
                    findings.report_with_help(node.place, message, ANY_VALUE_HELP);
                    return None;
                }
                Err(error) => Err(error),
            }
        }
        (_, FieldKind::Bytes) => {
            let bytes = bytes(node, findings)?;
            if bytes.is_empty() {
                return refuse_empty(operator, node, findings);
            }
            Pattern::bytes(operator, bytes)
        }
        _ => {
            let text = findings.text(node, "a text")?;
            if text.is_empty() {
                return refuse_empty(operator, node, findings);
            }
            Pattern::text(operator, text, case)
        }
    };
    match built {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            findings.report(node.place, error.to_string());
            None
        }
    }
}

/// Compares a finished pattern with its field.
fn accept(pattern: Pattern, node: &Node<'_>, target: Target<'_>, findings: &mut Findings<'_>) -> Option<Pattern> {
    let field = target.field;
    let (operator, value_kind) = (pattern.as_ref().operator(), pattern.as_ref().value_kind());
    let message = if !field.kind().takes(operator, value_kind) {
        format!("the field {} is of kind {}, which is not compared so", quoted(field.name()), field.kind())
    } else if !field.operators().contains(operator) {
        format!("the template type does not allow `{operator}` on the field {}", quoted(field.name()))
    } else {
        findings.note_pattern(field.name(), target.sense, &pattern, node.place, target.criterion);
        return Some(pattern);
    };
    findings.report_with_help(node.place, message, format!("it allows {}", keys(field.operators())));
    None
}

fn refuse_empty(operator: Operator, node: &Node<'_>, findings: &mut Findings<'_>) -> Option<Pattern> {
    let help = match operator {
        Operator::Equals | Operator::Glob => "a value without a character: `empty`",
        _ => ANY_VALUE_HELP,
    };
    findings.report_with_help(node.place, "expected a text with at least one character", help);
    None
}
