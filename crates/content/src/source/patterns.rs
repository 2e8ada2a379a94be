//! What stands under `any-of` and `none-of`: patterns, put in canonical form.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use channel_file::template::{
    Case, Comparison, Field, FieldKind, FieldReference, IpNetwork, Operator, OperatorSet, Pattern, TemplateType,
};

use super::criteria::field_index;
use super::findings::{Findings, quoted};
use super::glob::{self, Normal};
use super::reading::{bytes_of_hexadecimal, one_or_many, under};
use super::selection::Types;
use super::tree::{Entry, Node, Style, Value};

/// The field that patterns are asked of.
#[derive(Clone, Copy)]
pub(crate) struct Target<'l> {
    pub(crate) template_type: &'l TemplateType,
    pub(crate) index: u16,
    pub(crate) field: &'l Field,
}

/// The keys that say how a pattern looks at a value.
const OPERATORS: [(&str, Operator); 11] = [
    ("equals", Operator::Equals),
    ("starts-with", Operator::StartsWith),
    ("ends-with", Operator::EndsWith),
    ("contains", Operator::Contains),
    ("glob", Operator::Glob),
    ("regex", Operator::Regex),
    ("number", Operator::Equals),
    ("range", Operator::Range),
    ("address", Operator::Equals),
    ("cidr", Operator::Cidr),
    ("field", Operator::FieldReference),
];

/// What any kind of number can be: from -2^63 to 2^64 - 1.
const NUMBERS: RangeInclusive<i128> = -0x8000_0000_0000_0000..=0xffff_ffff_ffff_ffff;

const ANY_VALUE_HELP: &str = "any value that is there: `none-of: [absent]`";

/// Whether this is a key that says how a pattern looks at a value.
pub(crate) fn is_operator(key: &str) -> bool {
    OPERATORS.iter().any(|(name, _)| *name == key)
}

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
        _ => one_or_many(values),
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

/// The one key that says how the pattern looks at a value.
fn operator<'n, 't>(
    node: &'n Node<'t>,
    entries: &'n [Entry<'t>],
    findings: &mut Findings<'_>,
) -> Option<(&'static str, Operator, &'n Node<'t>)> {
    let mut found: Option<(&'static str, Operator, &'n Node<'t>)> = None;
    for entry in entries {
        if let Some((key, operator)) = OPERATORS.iter().find(|(key, _)| *key == entry.key) {
            if let Some((first, ..)) = found {
                findings.report_with_help(
                    entry.place,
                    format!("a pattern has one operator; `{key}` stands beside `{first}`"),
                    "alternatives are items of the list; what must hold together are criteria of their own",
                );
                return None;
            }
            found = Some((*key, *operator, &entry.node));
        } else if !["case", "comparison"].contains(&&*entry.key) {
            let known = OPERATORS.iter().map(|(key, _)| *key).chain(["case", "comparison"]);
            findings.report_unknown(
                entry.place,
                format!("there is no operator {}", quoted(&entry.key)),
                &entry.key,
                known,
            );
            return None;
        }
    }
    if found.is_none() {
        let known = names(OPERATORS.iter().map(|(key, _)| *key));
        findings.report(node.place, format!("expected a pattern with one of {known}"));
    }
    found
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
            match glob::normal(text) {
                Normal::Pattern(operator, text) => Pattern::text(operator, text, case),
                Normal::Empty => return refuse_empty(operator, node, findings),
                Normal::Present => {
                    let message = format!("the glob {} asks for no text at all", quoted(text));
                    findings.report_with_help(node.place, message, ANY_VALUE_HELP);
                    return None;
                }
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

/// A number that fits the kind; on text it has a sign only if it is negative.
fn number(node: &Node<'_>, kind: FieldKind, findings: &mut Findings<'_>) -> Option<Pattern> {
    Some(match kind {
        FieldKind::Unsigned => Pattern::unsigned(findings.number(node, 0..=u64::MAX)?),
        FieldKind::Signed => Pattern::signed(findings.number(node, i64::MIN..=i64::MAX)?),
        _ => {
            let number = findings.number(node, NUMBERS)?;
            match u64::try_from(number) {
                Ok(number) => Pattern::unsigned(number),
                Err(_) => Pattern::signed(i64::try_from(number).ok()?),
            }
        }
    })
}

fn range(node: &Node<'_>, kind: FieldKind, findings: &mut Findings<'_>) -> Option<Pattern> {
    let bounds = match &node.value {
        Value::Sequence(nodes) => nodes.as_slice(),
        _ => &[],
    };
    let [low_node, high_node] = bounds else {
        findings.report(node.place, "expected a range `[lowest, highest]`");
        return None;
    };
    let low = findings.number(low_node, NUMBERS);
    let high = findings.number(high_node, NUMBERS);
    let (low, high) = (low?, high?);
    if low == high {
        return number(low_node, kind, findings);
    }
    let signed = kind == FieldKind::Signed || (kind != FieldKind::Unsigned && low < 0);
    let built = if signed {
        i64::try_from(low).ok().zip(i64::try_from(high).ok()).map(|(low, high)| {
            let whole = kind == FieldKind::Signed && (low, high) == (i64::MIN, i64::MAX);
            (Pattern::signed_range(low, high), whole)
        })
    } else {
        u64::try_from(low).ok().zip(u64::try_from(high).ok()).map(|(low, high)| {
            let whole = kind == FieldKind::Unsigned && (low, high) == (u64::MIN, u64::MAX);
            (Pattern::unsigned_range(low, high), whole)
        })
    };
    let help = match built {
        Some((Ok(pattern), false)) => return Some(pattern),
        Some((Ok(_), true)) => ANY_VALUE_HELP,
        Some((Err(_), _)) => "the lower bound comes first",
        None if signed => "both bounds lie from -2^63 to 2^63 - 1; what is larger is a second range",
        None => "both bounds lie from 0 to 2^64 - 1",
    };
    findings.report_with_help(node.place, format!("the range from {low} to {high} cannot be asked for"), help);
    None
}

fn network(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<Pattern> {
    let text = findings.text(node, "a network, such as 192.0.2.0/24")?;
    let message = match text.parse::<IpNetwork>() {
        Ok(network) => match Pattern::network(network) {
            Ok(pattern) => return Some(pattern),
            Err(_) => return Some(Pattern::address(network.address())),
        },
        Err(message) => message,
    };
    let containing = text.split_once('/').and_then(|(address, prefix)| {
        let network = IpNetwork::containing(address.parse().ok()?, prefix.parse().ok()?)?;
        Some(format!("the network that the address is in: {network}"))
    });
    findings.report_with_help(
        node.place,
        format!("{} is no network: {message}", quoted(text)),
        containing.unwrap_or_default(),
    );
    None
}

/// An address in either notation.
pub(crate) fn address(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<IpAddr> {
    let text = findings.text(node, "an address")?;
    let address = text.parse().ok();
    if address.is_none() {
        findings.report(node.place, format!("expected an IPv4 or IPv6 address, found {}", quoted(text)));
    }
    address
}

/// `true` or `false`.
pub(crate) fn boolean(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<bool> {
    findings.named(node, "`true` or `false`", &[true, false], |value| if value { "true" } else { "false" })
}

/// The bytes of a text, or those of `{ hex: 'ff00' }`.
pub(crate) fn bytes(node: &Node<'_>, findings: &mut Findings<'_>) -> Option<Vec<u8>> {
    let Value::Mapping(entries) = &node.value else {
        return findings.text(node, "a text or `{ hex: '…' }`").map(|text| text.as_bytes().to_vec());
    };
    findings.only_known_keys(entries, &["hex"], "a value");
    let digits = under(entries, "hex")?;
    let bytes = match &digits.value {
        Value::Scalar(scalar) if scalar.style != Style::Block => bytes_of_hexadecimal(&scalar.text),
        _ => None,
    };
    if bytes.is_none() {
        findings.report(digits.place, format!("expected two hexadecimal digits a byte, found {}", digits.describe()));
    }
    bytes
}

/// The operators of a set, as the format calls them.
fn keys(operators: OperatorSet) -> String {
    names(operators.iter().map(|operator| match operator {
        Operator::FieldReference => "field",
        _ => operator.name(),
    }))
}

/// `a`, `b` and `c`, each in quotes.
fn names(names: impl Iterator<Item = impl std::fmt::Display>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
