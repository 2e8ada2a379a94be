//! Regular expressions over the words of a content, and texts that they are found in.

use regex_syntax::ast::parse::Parser;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::choices::Choices;
use crate::words::Words;

/// How often chance may write what does not compile before a literal is taken.
const TRIES: usize = 8;

/// An expression that compiles.
pub(crate) fn expression(choices: &mut Choices<'_>, words: &Words) -> String {
    for _ in 0..TRIES {
        let depth = choices.within(1, 3);
        let mut text = part(choices, words, depth);
        if choices.percent(15) {
            text.insert(0, '^');
        }
        if choices.percent(15) {
            text.push('$');
        }
        // Translating takes a hundred times as long, for classes of characters without regard to case; what the grammar takes of
        // the parts below compiles (`tests/generated.rs`).
        if !text.is_empty() && Parser::new().parse(&text).is_ok() {
            return text;
        }
    }
    let literal = regex_syntax::escape(words.pick(choices));
    if literal.is_empty() { ".".to_owned() } else { literal }
}

fn part(choices: &mut Choices<'_>, words: &Words, depth: usize) -> String {
    let literal = |choices: &mut Choices<'_>| regex_syntax::escape(words.pick(choices));
    let Some(below) = depth.checked_sub(1) else {
        return match choices.below(14) {
            0..=6 => literal(choices),
            7 => ".".to_owned(),
            8 => choices.pick(&[r"\w", r"\d", r"\s", r"\W", r"\p{L}", r"\p{Lu}", "[[:alpha:]]", r"\PL"]).to_owned(),
            9 => choices.pick(&[r"\b", r"\B", r"^", r"$", r"\A", r"\z", r"\b{start}", r"\b{end}"]).to_owned(),
            10 => {
                let letters: String = literal(choices).replace('\n', "").chars().take(4).collect();
                format!("[{}{letters}x]", choices.pick(&["", "^"]))
            }
            11 => choices.pick(&[r"(?s:.)", r"(?m:$)", r"(?m:^)", r"(?R:.)", r"[^\n]"]).to_owned(),
            12 => choices.pick(&[r"(?-u:\xFF)", r"(?-u:.)", r"(?-u:\b)", r"(?-u:\w)", r"\x{212A}"]).to_owned(),
            _ => String::new(),
        };
    };
    let one = part(choices, words, below);
    match choices.below(10) {
        0..=3 => one + &part(choices, words, below),
        4 => format!("(?:{one}|{})", part(choices, words, below)),
        5 => format!("(?:{one}){}", choices.pick(&["*", "+", "?", "*?", "{2}", "{1,3}", "{0,2}"])),
        6 => format!("{one}.*{}", part(choices, words, below)),
        7 => format!("(?{}:{one})", choices.pick(&["i", "-i", "s", "m"])),
        8 => format!(r"\b{one}\b"),
        _ => one,
    }
}

/// A sample has no more bytes: an expression can repeat what repeats.
const SAMPLE: usize = 1 << 12;

/// A text that the expression is meant to be found in. Word boundaries and the like are passed over.
pub(crate) fn sample(choices: &mut Choices<'_>, expression: &str) -> Vec<u8> {
    let mut sample = Vec::new();
    if let Ok(hir) = regex_syntax::ParserBuilder::new().utf8(false).build().parse(expression) {
        walk(choices, &hir, &mut sample);
    }
    sample
}

fn walk(choices: &mut Choices<'_>, hir: &Hir, sample: &mut Vec<u8>) {
    if sample.len() > SAMPLE {
        return;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => sample.extend_from_slice(&literal.0),
        HirKind::Class(Class::Unicode(class)) => {
            if let Some(range) = choices.one_of(class.ranges()) {
                let character = if choices.percent(50) { range.start() } else { range.end() };
                sample.extend(character.encode_utf8(&mut [0; 4]).bytes());
            }
        }
        HirKind::Class(Class::Bytes(class)) => sample.extend(choices.one_of(class.ranges()).map(|range| range.start())),
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).unwrap_or(SAMPLE).min(SAMPLE);
            for _ in 0..least.saturating_add(choices.below(3)) {
                walk(choices, &repetition.sub, sample);
            }
        }
        HirKind::Capture(capture) => walk(choices, &capture.sub, sample),
        HirKind::Concat(parts) => parts.iter().for_each(|part| walk(choices, part, sample)),
        HirKind::Alternation(parts) => choices.one_of(parts).into_iter().for_each(|part| walk(choices, part, sample)),
    }
}
