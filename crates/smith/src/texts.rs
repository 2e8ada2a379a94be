//! Texts and byte strings that meet patterns, or nearly.

use std::net::IpAddr;

use channel_file::template::{Case, Operator, PatternRef, PatternValue};

use crate::choices::Choices;
use crate::expressions::sample;
use crate::patterns::address;
use crate::words::Words;

/// Texts over the words of a content.
pub(crate) struct Texts<'w>(pub(crate) &'w Words);

impl Texts<'_> {
    /// A text, or bytes, that meets the patterns if they can all be met by one after the other.
    pub(crate) fn value(&self, choices: &mut Choices<'_>, patterns: &[PatternRef<'_>]) -> Vec<u8> {
        let is_empty = patterns.iter().any(|pattern| pattern.operator() == Operator::Empty);
        if is_empty || choices.below(100) > 96 {
            return Vec::new();
        }
        let (mut start, mut middle, mut end, mut whole) = (Vec::new(), Vec::new(), Vec::new(), false);
        for pattern in patterns {
            let text = self.realised(choices, pattern);
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
        self.surround(choices, &mut result, whole);
        result.extend(middle);
        self.surround(choices, &mut result, whole);
        result.extend(end);
        if patterns.is_empty() {
            for _ in 0..choices.below(4) {
                result.extend_from_slice(self.0.pick(choices).as_bytes());
            }
        }
        result
    }

    fn surround(&self, choices: &mut Choices<'_>, text: &mut Vec<u8>, whole: bool) {
        let share = if whole { 4 } else { 30 };
        // Not where the choices have run out: then nothing is around.
        if choices.below(100) >= 100_usize.saturating_sub(share) {
            let times = if choices.percent(97) { choices.within(1, 3) } else { choices.within(20, 200) };
            for _ in 0..times {
                text.extend_from_slice(self.0.noise(choices));
            }
        }
    }

    /// A text that meets the pattern by itself.
    fn realised(&self, choices: &mut Choices<'_>, pattern: &PatternRef<'_>) -> Vec<u8> {
        match pattern.value() {
            PatternValue::Text(text, case) => {
                let realised = match pattern.operator() {
                    Operator::Glob => self.glob(choices, text),
                    Operator::Regex => sample(choices, text),
                    _ => text.into(),
                };
                match choices.below(4) {
                    2 if case == Case::Ignored => in_other_case(realised, str::to_uppercase),
                    3 if case == Case::Ignored => in_other_case(realised, str::to_lowercase),
                    _ => realised,
                }
            }
            PatternValue::Bytes(bytes) => bytes.into(),
            PatternValue::Unsigned(number) => number_text(choices, number.into()),
            PatternValue::Signed(number) => number_text(choices, number.into()),
            PatternValue::UnsignedRange(low, high) => number_in(choices, low.into(), high.into()),
            PatternValue::SignedRange(low, high) => number_in(choices, low.into(), high.into()),
            PatternValue::Address(address) => address_text(choices, address),
            PatternValue::Network(network) => {
                let address = if choices.percent(60) { network.address() } else { address(choices) };
                address_text(choices, address)
            }
            _ => Vec::new(),
        }
    }

    fn glob(&self, choices: &mut Choices<'_>, glob: &str) -> Vec<u8> {
        let mut text = Vec::new();
        let mut characters = glob.chars();
        while let Some(character) = characters.next() {
            match character {
                '*' => {
                    for _ in 0..choices.below(3) {
                        text.extend_from_slice(self.0.noise(choices));
                    }
                }
                '?' => text.extend_from_slice(self.0.noise(choices)),
                '\\' => text.extend(characters.next().and_then(|escaped| u8::try_from(escaped).ok())),
                other => text.extend(other.encode_utf8(&mut [0; 4]).bytes()),
            }
        }
        text
    }
}

fn in_other_case(text: Vec<u8>, change: fn(&str) -> String) -> Vec<u8> {
    match String::from_utf8(text) {
        Ok(text) => change(&text).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

/// A number at an end of a range, beside it or within.
fn number_in(choices: &mut Choices<'_>, low: i128, high: i128) -> Vec<u8> {
    let number = choices.pick(&[low, high, low.saturating_sub(1), high.saturating_add(1), low.midpoint(high)]);
    number_text(choices, number)
}

/// A number in one of the ways that text can say it, or nearly.
fn number_text(choices: &mut Choices<'_>, number: i128) -> Vec<u8> {
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let text = match choices.below(12) {
        11 | 10 if number >= 0 => format!("0x{number:x}"),
        9 if number >= 0 => format!("0X{number:X}"),
        8 if number >= 0 => format!("0x000000000000000000000000{number:x}"),
        7 => format!("{sign}{size:040}"),
        6 => format!("-{size}"),
        5 => format!("+{size}"),
        4 => format!("{sign}{size} "),
        3 => format!("{sign}0x{size:x}"),
        2 => format!("{sign}{size}{size:020}"),
        _ => format!("{number}"),
    };
    text.into_bytes()
}

/// An address in one of the ways that text can say it, or nearly.
fn address_text(choices: &mut Choices<'_>, address: IpAddr) -> Vec<u8> {
    let IpAddr::V6(v6) = address else {
        let text = address.to_string();
        return match choices.below(8) {
            7 => format!("{text}/32"),
            6 => format!("::ffff:{text}"),
            5 => text.replace(".0.", ".00."),
            4 => format!(" {text}"),
            _ => text,
        }
        .into_bytes();
    };
    let whole = v6.segments().map(|group| format!("{group:04x}"));
    match choices.below(10) {
        9 => whole.join(":"),
        8 => whole.join(":").to_uppercase(),
        7 => format!("[{address}]"),
        6 => format!("{address}%1"),
        5 => {
            let [.., a, b, c, d] = v6.octets();
            let [one, two, three, four, five, six, ..] = &whole;
            format!("{one}:{two}:{three}:{four}:{five}:{six}:{a}.{b}.{c}.{d}")
        }
        4 => format!("{}::", whole.join(":")),
        _ => address.to_string(),
    }
    .into_bytes()
}
