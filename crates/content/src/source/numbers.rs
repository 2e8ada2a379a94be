//! Patterns about numbers and addresses.

use channel_file::template::{FieldKind, Pattern};

use super::patterns::ANY_VALUE_HELP;
use crate::excerpt::quoted;
use crate::findings::Findings;
use crate::pattern::{self, Meaning, NoNetwork};
use crate::yaml::{Node, Value};

/// A number that fits the kind; whether a field of another kind is compared with numbers is looked at later.
pub(crate) fn number(node: &Node<'_>, kind: FieldKind, findings: &mut Findings<'_>) -> Option<Pattern> {
    let kind = if pattern::integers_of(kind).is_some() { kind } else { FieldKind::Text };
    let number = findings.number(node, pattern::integers_of(kind)?)?;
    only(pattern::integers(kind, number, number).ok()?)
}

/// A range that one pattern can ask for.
pub(crate) fn range(node: &Node<'_>, kind: FieldKind, findings: &mut Findings<'_>) -> Option<Pattern> {
    let bounds = match &node.value {
        Value::Sequence(nodes) => nodes.as_slice(),
        _ => &[],
    };
    let [low_node, high_node] = bounds else {
        findings.report(node.place, "expected a range `[lowest, highest]`");
        return None;
    };
    let any_number = pattern::integers_of(FieldKind::Text)?;
    let low = findings.number(low_node, any_number.clone());
    let high = findings.number(high_node, any_number);
    let (low, high) = (low?, high?);
    if low == high {
        return number(low_node, kind, findings);
    }
    let possible = pattern::integers_of(kind)?;
    let help = if !possible.contains(&low) || !possible.contains(&high) {
        format!("both bounds lie from {} to {}", possible.start(), possible.end())
    } else {
        match pattern::integers(kind, low, high) {
            Ok(Meaning::Present) => ANY_VALUE_HELP.to_owned(),
            Ok(Meaning::Never) | Err(_) => "the lower bound comes first".to_owned(),
            Ok(meaning) => match only(meaning) {
                Some(pattern) => return Some(pattern),
                None => "both bounds lie from -2^63 to 2^63 - 1; what is larger is a second range".to_owned(),
            },
        }
    };
    findings.report_with_help(node.place, format!("the range from {low} to {high} cannot be asked for"), help);
    None
}

/// A network, or an address where its prefix leaves no more.
pub(crate) fn network(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<Pattern> {
    let text = findings.text(node, "a network, such as 192.0.2.0/24")?;
    match pattern::network(text) {
        Ok(pattern) => Some(pattern),
        Err(NoNetwork { reason, containing }) => {
            let help = containing.map(|network| format!("the network that the address is in: {network}"));
            let message = format!("{} is no network: {reason}", quoted(text));
            findings.report_with_help(node.place, message, help.unwrap_or_default());
            None
        }
    }
}

/// The pattern, if it takes just one to say this.
fn only(meaning: Meaning) -> Option<Pattern> {
    match meaning {
        Meaning::AnyOf(mut patterns) if patterns.len() == 1 => patterns.pop(),
        _ => None,
    }
}
