//! Content in few words, and what the validator says of it.
#![allow(dead_code, reason = "each test takes what it needs")]

use channel_file::encode;
use channel_file::template::{
    Case, Comparison, Content, Criterion, FieldKind, FieldReference, IpNetwork, Operator, Pattern, Sense,
};
use channel_file::validator::{FindingCode, Level, Report, Validator};

use super::few_words::{content, instance, rule, template_type};

pub(crate) fn none_of(field: u16, patterns: impl IntoIterator<Item = Pattern>) -> Criterion {
    Criterion::new(field, Sense::NoneOf, patterns).expect("a pattern")
}

/// A pattern of text where case counts.
pub(crate) fn exact(operator: Operator, text: &str) -> Pattern {
    Pattern::text(operator, text, Case::Sensitive).expect("a pattern in canonical form")
}

/// A pattern of text where case is ignored.
pub(crate) fn ignoring(operator: Operator, text: &str) -> Pattern {
    Pattern::text(operator, text, Case::Ignored).expect("a pattern in canonical form")
}

pub(crate) fn regex(text: &str) -> Pattern {
    exact(Operator::Regex, text)
}

pub(crate) fn glob(text: &str) -> Pattern {
    exact(Operator::Glob, text)
}

pub(crate) fn starts(text: &str) -> Pattern {
    exact(Operator::StartsWith, text)
}

pub(crate) fn ends(text: &str) -> Pattern {
    exact(Operator::EndsWith, text)
}

pub(crate) fn contains(text: &str) -> Pattern {
    exact(Operator::Contains, text)
}

pub(crate) fn bytes(operator: Operator, bytes: &[u8]) -> Pattern {
    Pattern::bytes(operator, bytes).expect("a byte")
}

pub(crate) fn refers(field: u16, comparison: Comparison) -> Pattern {
    Pattern::field(FieldReference { field, comparison, case: Case::Sensitive })
}

pub(crate) fn address(text: &str) -> Pattern {
    Pattern::address(text.parse().expect("an address"))
}

pub(crate) fn network(address: &str, prefix: u8) -> Pattern {
    let network = IpNetwork::new(address.parse().expect("an address"), prefix).expect("a network");
    Pattern::network(network).expect("more than one address")
}

pub(crate) fn range(low: u64, high: u64) -> Pattern {
    Pattern::unsigned_range(low, high).expect("a range")
}

/// One rule, `r`, of one instance on a type with fields `a`, `b`, … of these kinds.
pub(crate) fn one_instance(kinds: &[FieldKind], criteria: &[Criterion]) -> Content {
    let of = template_type(1, kinds);
    let instance = instance(&of, criteria.iter().cloned());
    content([of], [rule("r", [instance])])
}

/// What the validator says, by the content's own types.
pub(crate) fn judged(content: &Content) -> Report {
    Validator::new().judge(&encode(content).expect("it is small"))
}

pub(crate) fn judged_instance(kinds: &[FieldKind], criteria: &[Criterion]) -> Report {
    judged(&one_instance(kinds, criteria))
}

/// Three fields of text.
pub(crate) fn judged_text(criteria: &[Criterion]) -> Report {
    judged_instance(&[FieldKind::Text; 3], criteria)
}

pub(crate) fn codes(report: &Report) -> Vec<FindingCode> {
    report.findings.iter().map(|finding| finding.code).collect()
}

pub(crate) fn has(report: &Report, code: FindingCode) -> bool {
    codes(report).contains(&code)
}

/// All findings, a line each.
pub(crate) fn told(report: &Report) -> String {
    report.findings.iter().map(|finding| format!("{finding}\n")).collect()
}

/// What is left to be wished of the exercise: nothing, if each criterion and each pattern alone changed the verdict.
pub(crate) fn not_exercised(report: &Report) -> Option<String> {
    let is_whole = |field: &&channel_file::validator::FieldCoverage| {
        field.criteria.exercised == field.criteria.present && field.patterns.exercised == field.patterns.present
    };
    let gaps: Vec<_> = report.coverage.iter().filter(|field| !is_whole(field)).collect();
    let is_empty = report.coverage.is_empty();
    let refused = report.findings.iter().any(|finding| finding.level == Level::Error);
    (is_empty || !gaps.is_empty() || refused).then(|| format!("{}{gaps:?}", told(report)))
}
