//! Words over a small alphabet that are alike: some begin, end or contain others, some differ in case alone.

use super::random::Random;

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

/// The words of one content.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    letters: Vec<&'static str>,
    pub(crate) all: Vec<String>,
}

impl Words {
    pub(crate) fn new(random: &mut Random) -> Self {
        let mut letters = Vec::new();
        for _ in 0..random.within(1, 4) {
            let alike = if random.percent(40) { &LETTERS[0..2] } else { LETTERS };
            letters.extend_from_slice(random.pick(alike));
        }
        let mut words = Self { letters, all: Vec::new() };
        for _ in 0..random.within(3, 14) {
            let word = words.word(random);
            words.all.push(word);
        }
        words
    }

    /// A new word or one made from others.
    fn word(&self, random: &mut Random) -> String {
        if self.all.is_empty() || random.percent(30) {
            let length = if random.percent(5) { random.within(5, 70) } else { random.within(1, 4) };
            return (0..length).map(|_| random.pick(&self.letters)).collect();
        }
        let one = random.one_of(&self.all);
        match random.below(6) {
            0 => format!("{one}{}", random.pick(&self.letters)),
            1 => format!("{}{one}", random.pick(&self.letters)),
            2 => format!("{one}{}", random.one_of(&self.all)).chars().take(80).collect(),
            3 => one.chars().skip(usize::from(one.chars().count() > 1)).collect(),
            4 => one.to_uppercase(),
            _ => one.to_lowercase(),
        }
    }

    pub(crate) fn pick(&self, random: &mut Random) -> &str {
        random.one_of(&self.all).as_str()
    }

    /// A bit of text or dirt to put around words.
    pub(crate) fn noise(&self, random: &mut Random) -> &[u8] {
        match random.below(8) {
            0 => random.pick(DIRT),
            1 => random.pick(random.clone().pick(LETTERS)).as_bytes(),
            2 | 3 => random.one_of(&self.all).as_bytes(),
            _ => random.pick(&self.letters).as_bytes(),
        }
    }

    /// The text with a small change: a case, a byte more, a byte less, a character less.
    pub(crate) fn nearly(&self, random: &mut Random, text: &[u8]) -> Vec<u8> {
        let mut changed = text.to_vec();
        let at = random.below(text.len() + 1);
        match random.below(8) {
            0 | 1 => return String::from_utf8_lossy(text).to_uppercase().into_bytes(),
            2 => return String::from_utf8_lossy(text).to_lowercase().into_bytes(),
            3 => return change_one_case(random, text),
            4 => drop(changed.splice(at..at, self.noise(random).iter().copied())),
            5 if at < changed.len() => drop(changed.remove(at)),
            6 if at < changed.len() => changed[at] = random.pick(self.noise(&mut random.clone())),
            _ => changed.truncate(at),
        }
        changed
    }
}

fn change_one_case(random: &mut Random, text: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(text) else { return text.to_vec() };
    let chosen = random.below(text.chars().count() + 1);
    let change = |(index, character): (usize, char)| -> String {
        match index == chosen {
            true if character.is_lowercase() => character.to_uppercase().collect(),
            true => character.to_lowercase().collect(),
            false => character.into(),
        }
    };
    text.chars().enumerate().map(change).collect::<String>().into_bytes()
}
