//! Words over a small alphabet that are alike: some begin, end or contain others, some differ in case alone. So patterns
//! overlap, and events meet them often.

use crate::choices::Choices;

/// Letters with case inside and outside ASCII, those whose folding is special, what globs and paths are made of.
const LETTERS: &[&[&str]] = &[
    &["a", "A"],
    &["b", "B"],
    &["k", "K", "\u{212A}"],
    &["s", "S", "\u{17F}"],
    &["i", "I", "\u{130}", "\u{131}"],
    &["ß", "\u{1E9E}", "ss"],
    &["ä", "Ä"],
    &["å", "Å", "\u{212B}"],
    &["ω", "Ω", "\u{2126}"],
    &["σ", "ς", "Σ"],
    &["\u{23A}", "\u{2C65}"],
    &["д", "Д"],
    &["\u{10428}", "\u{10400}"],
    &["ǆ", "ǅ", "Ǆ"],
    &["日"],
    &["\\"],
    &["."],
    &["*"],
    &["?"],
    &[" "],
    &["-"],
    &["0"],
    &["7"],
    &["\n"],
    &["e\u{301}"],
];

/// What is no UTF-8: lone starts and rests of characters, bytes that never are.
const DIRT: &[&[u8]] =
    &[b"\xFF", b"\x80", b"\xC3", b"\xA4", b"\xE2\x84", b"\xF0\x90\x90", b"\xED\xA0\x80", b"\xC0\x80"];

/// No word is longer, in characters.
const LONGEST: usize = 80;

/// The words of one content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    letters: Vec<&'static str>,
    all: Vec<String>,
}

impl Words {
    /// A few words over a few letters.
    #[must_use]
    pub fn new(choices: &mut Choices<'_>) -> Self {
        let mut letters = Vec::new();
        for _ in 0..choices.within(1, 4) {
            let alike = if choices.percent(40) { LETTERS.get(..2).unwrap_or_default() } else { LETTERS };
            letters.extend_from_slice(choices.pick(alike));
        }
        let mut words = Self { letters, all: Vec::new() };
        for _ in 0..choices.within(3, 14) {
            let word = words.word(choices);
            words.all.push(word);
        }
        words
    }

    /// A new word or one made from others.
    fn word(&self, choices: &mut Choices<'_>) -> String {
        let one = self.pick(choices);
        if one.is_empty() || choices.percent(30) {
            let length = if choices.percent(95) { choices.within(1, 4) } else { choices.within(5, 70) };
            return (0..length).map(|_| choices.pick(&self.letters)).collect();
        }
        match choices.below(6) {
            0 => format!("{one}{}", choices.pick(&self.letters)).chars().take(LONGEST).collect(),
            1 => format!("{}{one}", choices.pick(&self.letters)).chars().take(LONGEST).collect(),
            2 => format!("{one}{}", self.pick(choices)).chars().take(LONGEST).collect(),
            3 => one.chars().skip(usize::from(one.chars().nth(1).is_some())).collect(),
            4 => one.to_uppercase(),
            _ => one.to_lowercase(),
        }
    }

    /// One of the words; an empty one if there are none yet.
    pub(crate) fn pick(&self, choices: &mut Choices<'_>) -> &str {
        choices.one_of(&self.all).map_or("", String::as_str)
    }

    /// A bit of text or dirt to put around words.
    pub(crate) fn noise(&self, choices: &mut Choices<'_>) -> &[u8] {
        match choices.below(8) {
            0 => choices.pick(DIRT),
            1 => {
                let alike = choices.pick(LETTERS);
                choices.pick(alike).as_bytes()
            }
            2 | 3 => self.pick(choices).as_bytes(),
            _ => choices.pick(&self.letters).as_bytes(),
        }
    }

    /// The text with a small change: a case, a byte more, a byte less, a character less.
    pub(crate) fn nearly(&self, choices: &mut Choices<'_>, text: &[u8]) -> Vec<u8> {
        let at = choices.below(text.len().saturating_add(1));
        let (before, after) = text.split_at_checked(at).unwrap_or((text, &[]));
        match choices.below(8) {
            0 | 1 => String::from_utf8_lossy(text).to_uppercase().into_bytes(),
            2 => String::from_utf8_lossy(text).to_lowercase().into_bytes(),
            3 => change_one_case(choices, text),
            4 => [before, self.noise(choices), after].concat(),
            5 => [before, after.get(1..).unwrap_or_default()].concat(),
            6 => {
                [before, self.noise(choices).get(..1).unwrap_or_default(), after.get(1..).unwrap_or_default()].concat()
            }
            _ => before.to_vec(),
        }
    }
}

fn change_one_case(choices: &mut Choices<'_>, text: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(text) else { return text.to_vec() };
    let chosen = choices.below(text.chars().count());
    let change = |(index, character): (usize, char)| -> String {
        match index == chosen {
            true if character.is_lowercase() => character.to_uppercase().collect(),
            true => character.to_lowercase().collect(),
            false => character.into(),
        }
    };
    text.chars().enumerate().map(change).collect::<String>().into_bytes()
}
