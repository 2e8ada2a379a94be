//! Events made from the patterns of a content, so that they meet its criteria, nearly do, or make it work hard.

use channel_file::template::{
    Comparison, Content, DeclaredField, FieldKind, FieldReference, Operator, OwnedValue, PatternRef, PatternValue,
    Rule, Sense, TemplateInstance, TypeKey,
};

use crate::choices::Choices;
use crate::declared::Declared;
use crate::patterns::{address, signed, unsigned};
use crate::texts::Texts;
use crate::words::Words;

/// What an event is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// To meet an instance.
    Meet,
    /// To meet all of an instance but for a small change.
    NearlyMeet,
    /// To make evaluation work: long values that are almost what patterns ask for, over and over.
    Attack,
}

/// Where events of one type come from.
#[derive(Debug)]
pub struct Events<'c> {
    declared: &'c Declared<'c>,
    /// Those on the type, in a version that the sensor has.
    instances: Vec<&'c TemplateInstance>,
    words: &'c Words,
}

impl<'c> Events<'c> {
    /// Events of a type for a content, with words for what the content leaves open.
    #[must_use]
    pub fn new(content: &'c Content, declared: &'c Declared<'c>, words: &'c Words) -> Self {
        let instances = content.rules().iter().flat_map(Rule::instances);
        let is_supplied = |key: TypeKey| key.id == declared.id && key.version <= declared.version;
        let instances = instances.filter(|instance| is_supplied(instance.template_type())).collect();
        Self { declared, instances, words }
    }

    pub(crate) const fn without_content(declared: &'c Declared<'c>, words: &'c Words) -> Self {
        Self { declared, instances: Vec::new(), words }
    }

    /// The type, in the version that the sensor has.
    #[must_use]
    pub const fn declared(&self) -> &'c Declared<'c> {
        self.declared
    }

    /// One value a field, for an aim by chance. Takes time in proportion to the fields times the criteria of the content, at the most.
    pub fn event(&self, choices: &mut Choices<'_>) -> Vec<OwnedValue> {
        let aim = match choices.below(100) {
            0..=54 => Aim::Meet,
            55..=96 => Aim::NearlyMeet,
            _ => Aim::Attack,
        };
        self.aimed(choices, aim)
    }

    /// One value a field, in as much time as [`event`](Self::event). What is aimed at is mostly reached: an instance may contradict itself, and its none-of criteria are
    /// left to chance.
    pub fn aimed(&self, choices: &mut Choices<'_>, aim: Aim) -> Vec<OwnedValue> {
        let wanted: Vec<_> = match choices.one_of(&self.instances) {
            Some(instance) if choices.percent(85) => wanted(choices, instance),
            _ => Vec::new(),
        };
        let mut values: Vec<_> = (0_u16..)
            .zip(&self.declared.fields)
            .map(|(index, field)| {
                let mut patterns: Vec<_> =
                    wanted.iter().filter(|(other, _)| *other == index).map(|(_, pattern)| *pattern).collect();
                if patterns.is_empty() {
                    patterns.extend(self.any_pattern(choices, index));
                }
                self.value(choices, field, &patterns)
            })
            .collect();
        for (field, pattern) in wanted {
            if let PatternValue::Field(reference) = pattern.value() {
                self.refer(choices, &mut values, usize::from(field), reference);
            }
        }
        let field = choices.below(values.len());
        if let Some(value) = values.get_mut(field) {
            match aim {
                Aim::Meet => {}
                Aim::NearlyMeet => *value = self.changed(choices, value),
                Aim::Attack => self.repeat(choices, value),
            }
        }
        values
    }

    /// What some instance, any, asks of the field.
    fn any_pattern(&self, choices: &mut Choices<'_>, field: u16) -> Option<PatternRef<'c>> {
        if choices.percent(20) {
            return None;
        }
        let (before, after) = self.instances.split_at_checked(choices.below(self.instances.len()))?;
        let criteria = after.iter().chain(before).flat_map(|instance| instance.criteria());
        let criterion = criteria.into_iter().find(|criterion| criterion.field() == field)?;
        choices.one_of(criterion.patterns()).map(|pattern| pattern.as_ref())
    }

    fn value(&self, choices: &mut Choices<'_>, field: &DeclaredField<'_>, patterns: &[PatternRef<'_>]) -> OwnedValue {
        let is_absent = patterns.iter().any(|pattern| pattern.operator() == Operator::Absent);
        if is_absent || (choices.percent(20) && patterns.is_empty()) {
            return OwnedValue::Absent;
        }
        let value = patterns.first().map_or(PatternValue::None, |pattern| pattern.value());
        match field.kind {
            FieldKind::Text => OwnedValue::Text(Texts(self.words).value(choices, patterns)),
            FieldKind::Bytes => OwnedValue::Bytes(Texts(self.words).value(choices, patterns)),
            FieldKind::Unsigned => OwnedValue::Unsigned(match value {
                PatternValue::Unsigned(number) => number,
                PatternValue::UnsignedRange(low, high) => {
                    choices.pick(&[low, high, low.wrapping_sub(1), high.wrapping_add(1), low.midpoint(high)])
                }
                _ => unsigned(choices),
            }),
            FieldKind::Signed => OwnedValue::Signed(match value {
                PatternValue::Signed(number) => number,
                PatternValue::SignedRange(low, high) => {
                    choices.pick(&[low, high, low.wrapping_sub(1), high.wrapping_add(1), low.midpoint(high)])
                }
                _ => signed(choices),
            }),
            FieldKind::Boolean => OwnedValue::Boolean(match value {
                PatternValue::Boolean(value) => value,
                _ => choices.percent(50),
            }),
            FieldKind::IpAddress => OwnedValue::IpAddress(match value {
                PatternValue::Address(address) => address,
                PatternValue::Network(network) if choices.percent(70) => network.address(),
                _ => address(choices),
            }),
        }
    }

    /// Makes the value of a field compare with that of another.
    fn refer(&self, choices: &mut Choices<'_>, values: &mut [OwnedValue], field: usize, reference: FieldReference) {
        let Some(other) = values.get(usize::from(reference.field)).cloned() else { return };
        let Some(value) = values.get_mut(field) else { return };
        *value = match other {
            OwnedValue::Text(mut text) => {
                if reference.case == channel_file::template::Case::Ignored && choices.percent(50) {
                    text = self.words.nearly(choices, &text);
                }
                OwnedValue::Text(self.around(choices, reference.comparison, &text))
            }
            OwnedValue::Bytes(bytes) => OwnedValue::Bytes(self.around(choices, reference.comparison, &bytes)),
            other => other,
        };
    }

    fn around(&self, choices: &mut Choices<'_>, comparison: Comparison, text: &[u8]) -> Vec<u8> {
        let (before, after) = (self.words.noise(choices), self.words.noise(choices));
        match comparison {
            Comparison::Equals => text.to_vec(),
            Comparison::StartsWith => [text, after].concat(),
            Comparison::EndsWith => [before, text].concat(),
            Comparison::Contains => [before, text, after].concat(),
        }
    }

    fn changed(&self, choices: &mut Choices<'_>, value: &OwnedValue) -> OwnedValue {
        if choices.percent(20) {
            return OwnedValue::Absent;
        }
        match value {
            OwnedValue::Text(text) => OwnedValue::Text(self.words.nearly(choices, text)),
            OwnedValue::Bytes(bytes) => OwnedValue::Bytes(self.words.nearly(choices, bytes)),
            OwnedValue::Unsigned(number) => OwnedValue::Unsigned(number.wrapping_add(1)),
            OwnedValue::Signed(number) => OwnedValue::Signed(number.wrapping_neg()),
            OwnedValue::Boolean(value) => OwnedValue::Boolean(!value),
            OwnedValue::IpAddress(_) => OwnedValue::IpAddress(address(choices)),
            OwnedValue::Absent => OwnedValue::Absent,
        }
    }

    /// Writes what is nearly there many times over: every start of it is a start of what patterns look for.
    fn repeat(&self, choices: &mut Choices<'_>, value: &mut OwnedValue) {
        let (OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes)) = value else { return };
        if bytes.is_empty() {
            bytes.extend_from_slice(self.words.pick(choices).as_bytes());
        }
        let near = bytes.get(..bytes.len().saturating_sub(choices.below(2))).unwrap_or_default().to_vec();
        let times = choices.within(2, 200);
        if near.len().saturating_mul(times) <= LONGEST {
            *bytes = near.repeat(times);
        }
    }
}

/// No value by chance is longer.
const LONGEST: usize = 1 << 14;

/// A pattern for each any-of criterion.
fn wanted<'i>(choices: &mut Choices<'_>, instance: &'i TemplateInstance) -> Vec<(u16, PatternRef<'i>)> {
    let positive = instance.criteria().iter().filter(|criterion| criterion.sense() == Sense::AnyOf);
    let one = |criterion: &'i channel_file::template::Criterion| {
        choices.one_of(criterion.patterns()).map(|pattern| (criterion.field(), pattern.as_ref()))
    };
    positive.filter_map(one).collect()
}
