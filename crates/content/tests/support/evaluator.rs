//! A slow, obvious reading of the model, to hold faster ones and importers against.

use std::collections::BTreeMap;

use channel_file::template::{
    Case, Comparison, Criterion, Operator, Pattern, PatternRef, PatternValue, Rule, Sense, TemplateInstance,
};

/// One event: for each field a value or none, as it is and in lower case.
pub(crate) struct Event {
    values: Vec<Option<(String, String)>>,
}

impl Event {
    pub(crate) fn new(values: impl IntoIterator<Item = Option<String>>) -> Self {
        let values = values.into_iter().map(|value| {
            value.map(|value| {
                let lower = value.to_lowercase();
                (value, lower)
            })
        });
        Self { values: values.collect() }
    }

    fn value(&self, field: u16) -> Option<&(String, String)> {
        self.values[usize::from(field)].as_ref()
    }
}

/// A rule made ready: patterns in lower case where case is ignored, expressions compiled.
pub(crate) struct Evaluator {
    instances: Vec<Vec<ReadyCriterion>>,
}

struct ReadyCriterion {
    field: u16,
    sense: Sense,
    patterns: Vec<Ready>,
}

struct Ready {
    pattern: Pattern,
    text: String,
    glob: Vec<char>,
    regex: Option<regex::bytes::Regex>,
}

impl Evaluator {
    pub(crate) fn new(rule: &Rule) -> Self {
        Self { instances: rule.instances().iter().map(ready_instance).collect() }
    }

    pub(crate) fn matches(&self, event: &Event) -> bool {
        self.instances.iter().any(|criteria| criteria.iter().all(|criterion| meets(criterion, event)))
    }
}

fn ready_instance(instance: &TemplateInstance) -> Vec<ReadyCriterion> {
    let mut criteria: Vec<_> = instance.criteria().iter().map(ready_criterion).collect();
    criteria.sort_by_key(|criterion| {
        let costly = criterion.patterns.iter().any(|pattern| pattern.regex.is_some() || !pattern.glob.is_empty());
        (costly, criterion.patterns.len())
    });
    criteria
}

fn ready_criterion(criterion: &Criterion) -> ReadyCriterion {
    let patterns = criterion.patterns().iter().cloned().map(ready).collect();
    ReadyCriterion { field: criterion.field(), sense: criterion.sense(), patterns }
}

fn ready(pattern: Pattern) -> Ready {
    let (mut text, mut glob, mut regex) = (String::new(), Vec::new(), None);
    if let PatternValue::Text(value, case) = pattern.as_ref().value() {
        let ignored = case == Case::Ignored;
        text = if ignored { value.to_lowercase() } else { value.to_owned() };
        match pattern.as_ref().operator() {
            Operator::Glob => glob = text.chars().collect(),
            Operator::Regex => {
                regex = Some(regex::bytes::RegexBuilder::new(value).case_insensitive(ignored).build().unwrap());
            }
            _ => {}
        }
    }
    Ready { pattern, text, glob, regex }
}

fn meets(criterion: &ReadyCriterion, event: &Event) -> bool {
    let any = criterion.patterns.iter().any(|pattern| met(pattern, criterion.field, event));
    match criterion.sense {
        Sense::AnyOf => any,
        Sense::NoneOf => !any,
    }
}

fn met(ready: &Ready, field: u16, event: &Event) -> bool {
    let pattern: PatternRef<'_> = ready.pattern.as_ref();
    let Some((exact, lower)) = event.value(field) else { return pattern.operator() == Operator::Absent };
    let ignores = matches!(pattern.value(), PatternValue::Text(_, Case::Ignored));
    let value = if ignores { lower } else { exact };
    match (pattern.operator(), pattern.value()) {
        (Operator::Absent, _) => false,
        (Operator::Empty, _) => value.is_empty(),
        (Operator::Equals, PatternValue::Text(..)) => *value == ready.text,
        (Operator::StartsWith, _) => value.starts_with(&ready.text),
        (Operator::EndsWith, _) => value.ends_with(&ready.text),
        (Operator::Contains, _) => value.contains(&ready.text),
        (Operator::Glob, _) => fits(&ready.glob, &value.chars().collect::<Vec<_>>()),
        (Operator::Regex, _) => ready.regex.as_ref().unwrap().is_match(exact.as_bytes()),
        (_, PatternValue::Unsigned(number)) => exact.parse() == Ok(number),
        (_, PatternValue::Signed(number)) => exact.parse() == Ok(number),
        (_, PatternValue::UnsignedRange(low, high)) => exact.parse().is_ok_and(|number| (low..=high).contains(&number)),
        (_, PatternValue::SignedRange(low, high)) => exact.parse().is_ok_and(|number| (low..=high).contains(&number)),
        (_, PatternValue::Address(address)) => exact.parse() == Ok(address),
        (_, PatternValue::Network(network)) => exact.parse().is_ok_and(|address| network.contains(address)),
        (_, PatternValue::Field(reference)) => {
            let Some((other_exact, other_lower)) = event.value(reference.field) else { return false };
            let (one, other) = match reference.case {
                Case::Ignored => (lower, other_lower),
                Case::Sensitive => (exact, other_exact),
            };
            match reference.comparison {
                Comparison::Equals => one == other,
                Comparison::StartsWith => one.starts_with(other),
                Comparison::EndsWith => one.ends_with(other),
                Comparison::Contains => one.contains(other),
            }
        }
        (operator, value) => panic!("{operator}: {value:?}"),
    }
}

/// Remembers the last `*` and tries one character more for it.
fn fits(glob: &[char], text: &[char]) -> bool {
    let (mut at, mut place, mut retry) = (0, 0, None);
    while place < text.len() {
        match glob.get(at) {
            Some('*') => {
                retry = Some((at, place));
                at += 1;
                continue;
            }
            Some('?') => {
                at += 1;
                place += 1;
                continue;
            }
            Some('\\') if glob[at + 1] == text[place] => {
                at += 2;
                place += 1;
                continue;
            }
            Some(literal) if *literal != '\\' && *literal == text[place] => {
                at += 1;
                place += 1;
                continue;
            }
            _ => {}
        }
        let Some((star, from)) = retry else { return false };
        at = star + 1;
        place = from + 1;
        retry = Some((star, from + 1));
    }
    glob[at..].iter().all(|rest| *rest == '*')
}

/// An event of a type with these fields, from names and values.
pub(crate) fn event(fields: &[String], values: &BTreeMap<String, String>) -> Event {
    Event::new(fields.iter().map(|field| values.get(field).cloned()))
}
