//! Regular expressions over the words of a content.

use channel_file::template::Case;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::random::Random;
use super::words::Words;

/// An expression that compiles.
pub(crate) fn expression(random: &mut Random, words: &Words) -> String {
    loop {
        let depth = random.within(1, 3);
        let mut text = part(random, words, depth);
        if random.percent(15) {
            text.insert(0, '^');
        }
        if random.percent(15) {
            text.push('$');
        }
        if !text.is_empty() && regex_syntax_accepts(&text) {
            return text;
        }
    }
}

fn regex_syntax_accepts(text: &str) -> bool {
    super::super::reference::compile(text, Case::Sensitive).is_ok()
        && super::super::reference::compile(text, Case::Ignored).is_ok()
}

fn part(random: &mut Random, words: &Words, depth: usize) -> String {
    let literal = |random: &mut Random| regex::escape(words.pick(random));
    if depth == 0 {
        return match random.below(14) {
            0..=6 => literal(random),
            7 => ".".to_owned(),
            8 => random.pick(&[r"\w", r"\d", r"\s", r"\W", r"\p{L}", r"\p{Lu}", "[[:alpha:]]", r"\PL"]).to_string(),
            9 => random.pick(&[r"\b", r"\B", r"^", r"$", r"\A", r"\z", r"\b{start}", r"\b{end}"]).to_string(),
            10 => {
                let letters: String = literal(random).replace('\n', "").chars().take(4).collect();
                format!("[{}{letters}x]", random.pick(&["", "^"]))
            }
            11 => random.pick(&[r"(?s:.)", r"(?m:$)", r"(?m:^)", r"(?R:.)", r"[^\n]"]).to_string(),
            12 => random.pick(&[r"(?-u:\xFF)", r"(?-u:.)", r"(?-u:\b)", r"(?-u:\w)", r"\x{212A}"]).to_string(),
            _ => String::new(),
        };
    }
    let one = part(random, words, depth - 1);
    match random.below(10) {
        0..=3 => one + &part(random, words, depth - 1),
        4 => format!("(?:{one}|{})", part(random, words, depth - 1)),
        5 => format!("(?:{one}){}", random.pick(&["*", "+", "?", "*?", "{2}", "{1,3}", "{0,2}"])),
        6 => format!("{one}.*{}", part(random, words, depth - 1)),
        7 => format!("(?{}:{one})", random.pick(&["i", "-i", "s", "m"])),
        8 => format!(r"\b{one}\b"),
        _ => one,
    }
}

/// A text that the expression is meant to be found in. Word boundaries and the like are passed over.
pub(crate) fn sample(random: &mut Random, expression: &str) -> Vec<u8> {
    let mut parser = regex_syntax::ParserBuilder::new().utf8(false).build();
    let mut sample = Vec::new();
    if let Ok(hir) = parser.parse(expression) {
        walk(random, &hir, &mut sample);
    }
    sample
}

fn walk(random: &mut Random, hir: &Hir, sample: &mut Vec<u8>) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => sample.extend_from_slice(&literal.0),
        HirKind::Class(Class::Unicode(class)) if !class.ranges().is_empty() => {
            let range = random.pick(class.ranges());
            let character = if random.percent(50) { range.start() } else { range.end() };
            sample.extend(character.encode_utf8(&mut [0; 4]).bytes());
        }
        HirKind::Class(Class::Bytes(class)) if !class.ranges().is_empty() => {
            sample.push(random.pick(class.ranges()).start());
        }
        HirKind::Class(_) => {}
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).unwrap();
            for _ in 0..least + random.below(3) {
                walk(random, &repetition.sub, sample);
            }
        }
        HirKind::Capture(capture) => walk(random, &capture.sub, sample),
        HirKind::Concat(parts) => parts.iter().for_each(|part| walk(random, part, sample)),
        HirKind::Alternation(parts) => walk(random, random.clone().one_of(parts), sample),
    }
}
