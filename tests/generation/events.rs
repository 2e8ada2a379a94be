//! Events made from the patterns of a content, so that they meet its criteria or nearly do.

use std::net::IpAddr;

use channel_file::template::{
    Case, Comparison, Content, DeclaredField, FieldKind, FieldReference, Operator, OwnedValue, PatternRef,
    PatternValue, Sense, TemplateInstance, TypeKey,
};

use super::expressions::sample;
use super::patterns::{address, signed, unsigned};
use super::random::Random;
use super::sensor::Declared;
use super::words::Words;

/// The instances of a content that are on one type, in a version that the sensor has.
pub(crate) struct Source<'c> {
    declared: &'c Declared<'c>,
    instances: Vec<&'c TemplateInstance>,
    words: &'c Words,
}

impl<'c> Source<'c> {
    pub(crate) fn new(content: &'c Content, declared: &'c Declared<'c>, words: &'c Words) -> Self {
        let instances = content.rules().iter().flat_map(channel_file::template::Rule::instances);
        let is_supplied = |key: TypeKey| key.id == declared.id && key.version <= declared.version;
        let instances = instances.filter(|instance| is_supplied(instance.template_type())).collect();
        Self { declared, instances, words }
    }

    /// One value a field: most events begin as one that some instance asks for, and many are then changed.
    pub(crate) fn event(&self, random: &mut Random) -> Vec<OwnedValue> {
        let instance = if self.instances.is_empty() { None } else { Some(random.pick(&self.instances)) };
        let wanted = instance.filter(|_| random.percent(85)).map(|instance| wanted(random, instance));
        let wanted = wanted.unwrap_or_default();
        let mut values: Vec<_> = (0_u16..)
            .zip(&self.declared.fields)
            .map(|(index, field)| {
                let mut patterns: Vec<_> =
                    wanted.iter().filter(|(other, _)| *other == index).map(|(_, pattern)| *pattern).collect();
                if patterns.is_empty() {
                    patterns.extend(self.any_pattern(random, index));
                }
                self.value(random, field, &patterns)
            })
            .collect();
        for (field, pattern) in wanted {
            if let PatternValue::Field(reference) = pattern.value() {
                self.refer(random, &mut values, usize::from(field), reference);
            }
        }
        if random.percent(40) {
            let field = random.below(values.len());
            let changed = self.changed(random, &values[field]);
            values[field] = changed;
        }
        values
    }

    /// What some instance, any, asks of the field.
    fn any_pattern(&self, random: &mut Random, field: u16) -> Option<PatternRef<'c>> {
        if self.instances.is_empty() || random.percent(20) {
            return None;
        }
        let from = random.below(self.instances.len());
        let instances = self.instances[from..].iter().chain(&self.instances[..from]);
        let criteria = instances.flat_map(|instance| instance.criteria());
        let criterion = criteria.into_iter().find(|criterion| criterion.field() == field)?;
        Some(random.one_of(criterion.patterns()).as_ref())
    }

    fn value(&self, random: &mut Random, field: &DeclaredField<'_>, patterns: &[PatternRef<'_>]) -> OwnedValue {
        let chance = random.below(100);
        if patterns.iter().any(|pattern| pattern.operator() == Operator::Absent) || (patterns.is_empty() && chance < 20)
        {
            return OwnedValue::Absent;
        }
        let value = patterns.first().map_or(PatternValue::None, |pattern| pattern.value());
        match field.kind {
            FieldKind::Text => OwnedValue::Text(self.text(random, patterns)),
            FieldKind::Bytes => OwnedValue::Bytes(self.text(random, patterns)),
            FieldKind::Unsigned => OwnedValue::Unsigned(match value {
                PatternValue::Unsigned(number) => number,
                PatternValue::UnsignedRange(low, high) => {
                    random.pick(&[low, high, low.wrapping_sub(1), high.wrapping_add(1), low + (high - low) / 2])
                }
                _ => unsigned(random),
            }),
            FieldKind::Signed => OwnedValue::Signed(match value {
                PatternValue::Signed(number) => number,
                PatternValue::SignedRange(low, high) => {
                    random.pick(&[low, high, low.wrapping_sub(1), high.wrapping_add(1), low.midpoint(high)])
                }
                _ => signed(random),
            }),
            FieldKind::Boolean => OwnedValue::Boolean(match value {
                PatternValue::Boolean(value) => value,
                _ => random.percent(50),
            }),
            FieldKind::IpAddress => OwnedValue::IpAddress(match value {
                PatternValue::Address(address) => address,
                PatternValue::Network(network) if random.percent(70) => network.address(),
                _ => address(random),
            }),
        }
    }

    /// A text, or bytes, that meets the patterns if they can all be met by one after the other.
    fn text(&self, random: &mut Random, patterns: &[PatternRef<'_>]) -> Vec<u8> {
        if patterns.iter().any(|pattern| pattern.operator() == Operator::Empty) || random.percent(3) {
            return Vec::new();
        }
        let (mut start, mut middle, mut end, mut whole) = (Vec::new(), Vec::new(), Vec::new(), false);
        for pattern in patterns {
            let text = self.realised(random, pattern);
            match pattern.operator() {
                Operator::StartsWith => start = text,
                Operator::EndsWith => end = text,
                Operator::Contains | Operator::Regex => middle.extend(text),
                Operator::FieldReference => {}
                _ => {
                    whole = true;
                    middle.extend(text);
                }
            }
        }
        let mut result = start;
        self.surround(random, &mut result, whole);
        result.extend(middle);
        self.surround(random, &mut result, whole);
        result.extend(end);
        if patterns.is_empty() {
            for _ in 0..random.below(4) {
                result.extend_from_slice(self.words.pick(random).as_bytes());
            }
        }
        result
    }

    fn surround(&self, random: &mut Random, text: &mut Vec<u8>, whole: bool) {
        if random.percent(if whole { 4 } else { 30 }) {
            let times = if random.percent(3) { random.within(20, 200) } else { random.within(1, 3) };
            for _ in 0..times {
                text.extend_from_slice(self.words.noise(random));
            }
        }
    }

    /// A text that meets the pattern by itself.
    fn realised(&self, random: &mut Random, pattern: &PatternRef<'_>) -> Vec<u8> {
        match pattern.value() {
            PatternValue::Text(text, case) => {
                let realised = match pattern.operator() {
                    Operator::Glob => self.glob(random, text),
                    Operator::Regex => sample(random, text),
                    _ => text.into(),
                };
                if case == Case::Ignored && random.percent(50) {
                    match String::from_utf8(realised) {
                        Ok(text) if random.percent(50) => text.to_uppercase().into_bytes(),
                        Ok(text) => text.to_lowercase().into_bytes(),
                        Err(error) => error.into_bytes(),
                    }
                } else {
                    realised
                }
            }
            PatternValue::Bytes(bytes) => bytes.into(),
            PatternValue::Unsigned(number) => written(random, number.into()),
            PatternValue::Signed(number) => written(random, number.into()),
            PatternValue::UnsignedRange(low, high) => {
                let (low, high) = (i128::from(low), i128::from(high));
                let number = random.pick(&[low, high, low - 1, high + 1, low + (high - low) / 2]);
                written(random, number)
            }
            PatternValue::SignedRange(low, high) => {
                let (low, high) = (i128::from(low), i128::from(high));
                let number = random.pick(&[low, high, low - 1, high + 1, low + (high - low) / 2]);
                written(random, number)
            }
            PatternValue::Address(address) => address_text(random, address),
            PatternValue::Network(network) => {
                let address = if random.percent(60) { network.address() } else { address(random) };
                address_text(random, address)
            }
            _ => Vec::new(),
        }
    }

    fn glob(&self, random: &mut Random, glob: &str) -> Vec<u8> {
        let mut text = Vec::new();
        let mut characters = glob.chars();
        while let Some(character) = characters.next() {
            match character {
                '*' => {
                    for _ in 0..random.below(3) {
                        text.extend_from_slice(self.words.noise(random));
                    }
                }
                '?' => text.extend_from_slice(self.words.noise(random)),
                '\\' => text.extend(characters.next().map(|next| u8::try_from(next).unwrap())),
                other => text.extend(other.encode_utf8(&mut [0; 4]).bytes()),
            }
        }
        text
    }

    /// Makes the value of a field compare with that of another.
    fn refer(&self, random: &mut Random, values: &mut [OwnedValue], field: usize, reference: FieldReference) {
        let other = values[usize::from(reference.field)].clone();
        values[field] = match other {
            OwnedValue::Text(mut text) => {
                if reference.case == Case::Ignored && random.percent(50) {
                    text = self.words.nearly(random, &text);
                }
                OwnedValue::Text(self.around(random, reference.comparison, &text))
            }
            OwnedValue::Bytes(bytes) => OwnedValue::Bytes(self.around(random, reference.comparison, &bytes)),
            other => other,
        };
    }

    fn around(&self, random: &mut Random, comparison: Comparison, text: &[u8]) -> Vec<u8> {
        let (before, after) = (self.words.noise(random).to_vec(), self.words.noise(random).to_vec());
        match comparison {
            Comparison::Equals => text.to_vec(),
            Comparison::StartsWith => [text, &after].concat(),
            Comparison::EndsWith => [&before, text].concat(),
            Comparison::Contains => [&before, text, &after].concat(),
        }
    }

    fn changed(&self, random: &mut Random, value: &OwnedValue) -> OwnedValue {
        if random.percent(20) {
            return OwnedValue::Absent;
        }
        match value {
            OwnedValue::Text(text) => OwnedValue::Text(self.words.nearly(random, text)),
            OwnedValue::Bytes(bytes) => OwnedValue::Bytes(self.words.nearly(random, bytes)),
            OwnedValue::Unsigned(number) => OwnedValue::Unsigned(number.wrapping_add(1)),
            OwnedValue::Signed(number) => OwnedValue::Signed(number.wrapping_neg()),
            OwnedValue::Boolean(value) => OwnedValue::Boolean(!value),
            OwnedValue::IpAddress(_) => OwnedValue::IpAddress(address(random)),
            OwnedValue::Absent => OwnedValue::Absent,
        }
    }
}

/// A pattern for each any-of criterion.
fn wanted<'i>(random: &mut Random, instance: &'i TemplateInstance) -> Vec<(u16, PatternRef<'i>)> {
    let positive = instance.criteria().iter().filter(|criterion| criterion.sense() == Sense::AnyOf);
    positive.map(|criterion| (criterion.field(), random.one_of(criterion.patterns()).as_ref())).collect()
}

/// A number in one of the ways that text can say it, or nearly.
fn written(random: &mut Random, number: i128) -> Vec<u8> {
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let text = match random.below(12) {
        0 | 1 if number >= 0 => format!("0x{number:x}"),
        2 if number >= 0 => format!("0X{number:X}"),
        3 if number >= 0 => format!("0x000000000000000000000000{number:x}"),
        4 => format!("{sign}{size:040}"),
        5 => format!("-{size}"),
        6 => format!("+{size}"),
        7 => format!("{sign}{size} "),
        8 => format!("{sign}0x{size:x}"),
        9 => format!("{sign}{size}{size:020}"),
        _ => format!("{number}"),
    };
    text.into_bytes()
}

/// An address in one of the ways that text can say it, or nearly.
fn address_text(random: &mut Random, address: IpAddr) -> Vec<u8> {
    let IpAddr::V6(v6) = address else {
        let text = address.to_string();
        return match random.below(8) {
            0 => format!("{text}/32"),
            1 => format!("::ffff:{text}"),
            2 => text.replace(".0.", ".00."),
            3 => format!(" {text}"),
            _ => text,
        }
        .into_bytes();
    };
    let whole: Vec<_> = v6.segments().iter().map(|group| format!("{group:04x}")).collect();
    match random.below(10) {
        0 => whole.join(":"),
        1 => whole.join(":").to_uppercase(),
        2 => format!("[{address}]"),
        3 => format!("{address}%1"),
        4 => {
            let [a, b, c, d] = v6.to_bits().to_be_bytes()[12..] else { panic!("16 bytes") };
            format!("{}:{a}.{b}.{c}.{d}", whole[..6].join(":"))
        }
        5 => format!("{}::", whole.join(":")),
        _ => address.to_string(),
    }
    .into_bytes()
}
