//! Makes a difference as small as it can be and still be one.

use std::fmt::Write;

use channel_file::interpreter::Budget;
use channel_file::template::{
    Content, Criterion, OwnedValue, Pattern, PatternValue, Rule, SensorType, TemplateInstance, TypeKey,
};

use channel_file_smith::Declared;

use crate::pair::Pair;

/// One event against one content. Cases are changed and tried again, so a content is kept in parts.
#[derive(Clone)]
pub(crate) struct Case<'n> {
    /// What the content was written against, and what the sensor supplies.
    written: Vec<Declared<'n>>,
    supplied: Vec<Declared<'n>>,
    instances: Vec<(String, TypeKey, Vec<Criterion>)>,
    event_type: usize,
    values: Vec<OwnedValue>,
    budget: Budget,
}

impl<'n> Case<'n> {
    pub(crate) fn new(
        written: &[Declared<'n>],
        supplied: &[Declared<'n>],
        content: &Content,
        (event_type, values): (usize, &[OwnedValue]),
        budget: &Budget,
    ) -> Self {
        let parts = |rule: &Rule| -> Vec<_> {
            let part = |instance: &TemplateInstance| {
                (rule.id().to_owned(), instance.template_type(), instance.criteria().to_vec())
            };
            rule.instances().iter().map(part).collect()
        };
        Self {
            written: written.to_vec(),
            supplied: supplied.to_vec(),
            instances: content.rules().iter().flat_map(parts).collect(),
            event_type,
            values: values.to_vec(),
            budget: *budget,
        }
    }

    /// What differs, evaluated with fresh memory.
    pub(crate) fn difference(&self) -> Option<String> {
        let content = self.content()?;
        let sensor: Vec<SensorType<'_>> = self.supplied.iter().map(Declared::supplied).collect();
        let pair = match Pair::load(&content, &sensor, &self.budget) {
            Ok(pair) => pair,
            Err(error) => return Some(error),
        };
        let declared = &self.supplied[self.event_type];
        let compared = pair.compare(declared, &self.values, &mut pair.interpreter.scratch());
        let explained = || pair.compare_explanations(declared, &self.values, &mut pair.interpreter.scratch());
        compared.map(drop).and_then(|()| explained()).err()
    }

    fn content(&self) -> Option<Content> {
        let mut content = Content::builder(1, 1);
        for declared in &self.written {
            for version in declared.versions() {
                content = content.template_type(declared.template_type(version).ok()?);
            }
        }
        for rule in self.instances.chunk_by(|(one, ..), (two, ..)| one == two) {
            let mut builder = Rule::builder(&rule[0].0);
            for (_, key, criteria) in rule {
                let template_type = self.written.iter().find(|declared| declared.id == key.id)?;
                let template_type = template_type.template_type(key.version).ok()?;
                let instance = TemplateInstance::builder(&template_type).criteria(criteria.iter().cloned());
                builder = builder.instance(instance.build().ok()?);
            }
            content = content.rule(builder.build().ok()?);
        }
        content.build().ok()
    }

    /// The smallest case that still differs.
    pub(crate) fn shrunk(mut self) -> Self {
        loop {
            let smaller = self.smaller().find(|case| case.difference().is_some());
            match smaller {
                Some(smaller) => self = smaller,
                None => return self,
            }
        }
    }

    /// Cases with one thing less, the greatest things first.
    fn smaller(&self) -> impl Iterator<Item = Self> {
        let count = self.instances.len();
        let halves = [0..count / 2, count / 2..count].into_iter().filter(move |_| count > 2);
        let runs = halves.chain((0..count).map(|index| index..index + 1));
        let fewer = runs.map(|run| {
            let mut case = self.clone();
            case.instances.drain(run);
            case
        });
        let criteria = (0..count).flat_map(move |index| self.smaller_instances(index));
        let values = (0..self.values.len()).flat_map(move |field| {
            smaller_values(&self.values[field]).map(move |value| {
                let mut case = self.clone();
                case.values[field] = value;
                case
            })
        });
        fewer.chain(criteria).chain(values)
    }

    fn smaller_instances(&self, index: usize) -> impl Iterator<Item = Self> {
        let criteria = &self.instances[index].2;
        (0..criteria.len()).flat_map(move |at| {
            let without = Some(None).filter(|_| criteria.len() > 1);
            let changed = smaller_criteria(&criteria[at]).map(Some);
            without.into_iter().chain(changed).map(move |criterion| {
                let mut case = self.clone();
                drop(case.instances[index].2.splice(at..=at, criterion));
                case
            })
        })
    }
}

impl std::fmt::Display for Case<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, declared) in self.supplied.iter().enumerate() {
            let fields: Vec<_> =
                declared.fields.iter().map(|field| format!("{}@{}", field.kind, field.since)).collect();
            writeln!(f, "type {index}: id {} version {}: {}", declared.id, declared.version, fields.join(", "))?;
        }
        for (rule, key, criteria) in &self.instances {
            writeln!(f, "{rule} on {key}:")?;
            for criterion in criteria {
                let (field, sense) = (criterion.field(), criterion.sense());
                writeln!(f, "    field {field} {sense} {:?}", criterion.patterns())?;
            }
        }
        let mut values = String::new();
        for value in &self.values {
            match value {
                OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes) => {
                    write!(values, " b\"{}\"", bytes.escape_ascii())?;
                }
                other => write!(values, " {other:?}")?,
            }
        }
        writeln!(f, "event of type {}:{values}", self.event_type)?;
        write!(f, "budget {:?}", self.budget)
    }
}

fn smaller_criteria(criterion: &Criterion) -> impl Iterator<Item = Criterion> {
    let patterns = criterion.patterns();
    (0..patterns.len()).flat_map(move |at| {
        let without = Some(None).filter(|_| patterns.len() > 1);
        let changed = smaller_patterns(&patterns[at]).map(Some);
        without.into_iter().chain(changed).filter_map(move |pattern| {
            let mut patterns = patterns.to_vec();
            drop(patterns.splice(at..=at, pattern));
            Criterion::new(criterion.field(), criterion.sense(), patterns).ok()
        })
    })
}

/// A text pattern with one character less.
fn smaller_patterns(pattern: &Pattern) -> impl Iterator<Item = Pattern> {
    let operator = pattern.as_ref().operator();
    let text = match pattern.as_ref().value() {
        PatternValue::Text(text, case) => Some((text, case)),
        _ => None,
    };
    text.into_iter().flat_map(move |(text, case)| {
        text.char_indices().filter_map(move |(at, character)| {
            let shorter = format!("{}{}", &text[..at], &text[at + character.len_utf8()..]);
            if operator == channel_file::template::Operator::Regex {
                crate::reference::compile(&shorter, case).ok()?;
            }
            Pattern::text(operator, shorter, case).ok()
        })
    })
}

fn smaller_values(value: &OwnedValue) -> impl Iterator<Item = OwnedValue> {
    let bytes: &[u8] = match value {
        OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes) => bytes,
        _ => &[],
    };
    let is_text = matches!(value, OwnedValue::Text(_));
    let absent = Some(OwnedValue::Absent).filter(|absent| absent != value);
    let half = bytes.len() / 2;
    let halves = [0..half, half..bytes.len()].into_iter().filter(move |_| bytes.len() > 2);
    let runs = halves.chain((0..bytes.len()).map(|at| at..at + 1));
    absent.into_iter().chain(runs.map(move |run| {
        let mut shorter = bytes.to_vec();
        shorter.drain(run);
        if is_text { OwnedValue::Text(shorter) } else { OwnedValue::Bytes(shorter) }
    }))
}
