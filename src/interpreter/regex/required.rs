//! Texts without which an expression cannot be found.

use alloc::vec::Vec;

use regex_syntax::hir::{Class, Hir, HirKind};

/// Texts of which one is in every value that the expression is found in, if case in ASCII is ignored; none is empty.
pub(in super::super) type OneOf = Vec<Vec<u8>>;

/// More alternatives than this are not worth looking for.
const MOST_ALTERNATIVES: usize = 64;

/// More sets than this are not worth looking for either.
const MOST_SETS: usize = 8;

/// Sets of texts; every value that the expression is found in has a text of each. Those most worth looking for come first.
///
/// Expressions nest no deeper than their parser allows, and so does this.
pub(super) fn literals(hir: &Hir) -> Vec<OneOf> {
    let mut sets = match hir.kind() {
        HirKind::Literal(literal) => alloc::vec![alloc::vec![literal.0.to_ascii_lowercase()]],
        HirKind::Class(_) => letter(hir).map(|letter| alloc::vec![alloc::vec![letter]]).into_iter().collect(),
        HirKind::Capture(capture) => literals(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => literals(&repetition.sub),
        HirKind::Concat(parts) => of_sequence(parts),
        HirKind::Alternation(parts) => of_alternatives(parts).into_iter().collect(),
        HirKind::Empty | HirKind::Look(_) | HirKind::Repetition(_) => Vec::new(),
    };
    sets.retain(|set| !set.is_empty() && set.iter().all(|literal| !literal.is_empty()));
    sets.sort_by_cached_key(|set| core::cmp::Reverse(worth(set)));
    sets.truncate(MOST_SETS);
    sets
}

/// Each part of a sequence is there, and neighbours that are texts are one text.
fn of_sequence(parts: &[Hir]) -> Vec<OneOf> {
    let (mut sets, mut run) = (Vec::new(), Vec::new());
    for part in parts {
        match (part.kind(), letter(part)) {
            (HirKind::Literal(literal), _) => run.extend(literal.0.to_ascii_lowercase()),
            (_, Some(letter)) => run.push(letter),
            _ => {
                sets.push(alloc::vec![core::mem::take(&mut run)]);
                sets.extend(literals(part));
            }
        }
    }
    sets.push(alloc::vec![run]);
    sets
}

/// One of the alternatives is there, and so one of the texts that they need.
fn of_alternatives(parts: &[Hir]) -> Option<OneOf> {
    let mut all = Vec::new();
    for part in parts {
        all.extend(literals(part).into_iter().next()?);
        if all.len() > MOST_ALTERNATIVES {
            return None;
        }
    }
    Some(all)
}

/// Long texts are rare; many of them are not.
fn worth(literals: &OneOf) -> (usize, usize) {
    const ENOUGH: usize = 8;
    let shortest = literals.iter().map(Vec::len).min().unwrap_or_default().min(ENOUGH);
    (shortest, usize::MAX.saturating_sub(literals.len()))
}

/// The letter, in lower case, of a class that holds it in both cases and nothing else.
fn letter(hir: &Hir) -> Option<u8> {
    let HirKind::Class(class) = hir.kind() else { return None };
    let (upper, lower) = match class {
        Class::Unicode(class) => match class.ranges() {
            [one, two] if one.start() == one.end() && two.start() == two.end() => {
                (u8::try_from(one.start()).ok()?, u8::try_from(two.start()).ok()?)
            }
            _ => return None,
        },
        Class::Bytes(class) => match class.ranges() {
            [one, two] if one.start() == one.end() && two.start() == two.end() => (one.start(), two.start()),
            _ => return None,
        },
    };
    (lower.is_ascii_lowercase() && upper == lower.to_ascii_uppercase()).then_some(lower)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;

    use regex_automata::util::syntax;

    use super::*;

    #[test]
    fn what_must_be_there_is_found() {
        for (text, expected) in [
            (r"abc", [["abc"].as_slice()].as_slice()),
            (r"Abc\d+defgh", &[&["defgh"], &["abc"]]),
            (r"(?i)hello", &[&["hello"]]),
            // The Kelvin sign and the long s are letters, too.
            (r"(?i)task", &[&["ta"]]),
            (r"(foo|bars)\s", &[&["foo", "bars"]]),
            (r"(foo|\d)", &[]),
            (r"(abc)?", &[]),
            (r"(abc){2,}", &[&["abc"]]),
            (r"\s-[FTd]\s", &[&["-"]]),
            (r"[ab]+", &[]),
            (r"x[ac]", &[&["x"]]),
            (r"(?-u)x[ac]", &[&["x"]]),
            (r"^$", &[]),
            (r"x(?:long text|\d)y", &[&["x"], &["y"]]),
            (r"(?i)ab1cd", &[&["ab1cd"]]),
            (r"[Aa]b(?-u)[Cc]", &[&["abc"]]),
            // Not one letter: a class that begins, or ends, as one does.
            (r"x[Aa-z]", &[&["x"]]),
            (r"x[A-Za]", &[&["x"]]),
            (r"x[A-Za-z]", &[&["x"]]),
            (r"(?-u)x[Aa-z]", &[&["x"]]),
            (r"(?-u)x[A-Za]", &[&["x"]]),
            (r"(?-u)x[A-Za-z]", &[&["x"]]),
        ] {
            let hir = syntax::parse_with(text, &syntax::Config::new().utf8(false)).unwrap();
            let found: Vec<Vec<String>> = literals(&hir)
                .into_iter()
                .map(|set| set.into_iter().map(|literal| String::from_utf8(literal).unwrap()).collect())
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn alternatives_are_looked_for_up_to_a_number() {
        for (alternatives, expected) in [(2, Some(2)), (MOST_ALTERNATIVES, Some(64)), (MOST_ALTERNATIVES + 1, None)] {
            let all: Vec<String> = (0..alternatives).map(|number| std::format!("{number:03}\\d")).collect();
            let hir = syntax::parse(&std::format!("(?:{})", all.join("|"))).unwrap();
            assert_eq!(literals(&hir).first().map(Vec::len), expected);
        }
    }
}
