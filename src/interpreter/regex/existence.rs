//! What is left of an expression when nothing is asked but whether it is found.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use regex_syntax::hir::{Hir, HirKind, Repetition};

/// An expression that is found in the same values, and is smaller where the first one asks at its ends for more than it must.
///
/// Nothing comes after the last part, so of what it repeats the fewest are enough: `x+` is found where `x` is, and where `x*`
/// ends an expression nothing is needed. The same holds of the first part.
pub(super) fn reduced(hir: Hir) -> Hir {
    trimmed(trimmed(hir, End::Last), End::First)
}

#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

/// Expressions nest no deeper than their parser allows, and so does this.
fn trimmed(hir: Hir, end: End) -> Hir {
    match hir.into_kind() {
        HirKind::Concat(parts) => trimmed_sequence(parts, end),
        HirKind::Repetition(Repetition { min: 0, .. }) => Hir::empty(),
        HirKind::Repetition(Repetition { min: 1, sub, .. }) => trimmed(*sub, end),
        HirKind::Repetition(Repetition { min, sub, .. }) => {
            Hir::repetition(Repetition { min, max: Some(min), greedy: true, sub })
        }
        HirKind::Capture(capture) => trimmed(*capture.sub, end),
        HirKind::Alternation(parts) => {
            let parts: Vec<Hir> = parts.into_iter().map(|part| trimmed(part, end)).collect();
            if parts.iter().any(is_empty) { Hir::empty() } else { Hir::alternation(parts) }
        }
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
    }
}

fn trimmed_sequence(parts: Vec<Hir>, end: End) -> Hir {
    let mut parts = VecDeque::from(parts);
    let next = |parts: &mut VecDeque<Hir>| match end {
        End::First => parts.pop_front(),
        End::Last => parts.pop_back(),
    };
    while let Some(part) = next(&mut parts) {
        let rest = trimmed(part, end);
        if !is_empty(&rest) {
            match end {
                End::First => parts.push_front(rest),
                End::Last => parts.push_back(rest),
            }
            break;
        }
    }
    Hir::concat(parts.into())
}

fn is_empty(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Empty)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::ToString;

    use super::*;

    #[test]
    fn only_what_must_be_there_is_left() {
        for (text, expected) in [
            ("a+", "a"),
            (".*abc.*", "abc"),
            ("a{2,9}", "a{2}"),
            ("x?y?(z|w*)", ""),
            ("a(b|c+)", "(?:a(?:b|c))"),
            ("^a+$", "^a+$"),
            ("(a*b)+c", "(?:bc)"),
        ] {
            let parse = |text| regex_syntax::parse(text).unwrap();
            let (found, expected) = (reduced(parse(text)), parse(expected));
            assert_eq!(found.to_string(), reduced(expected).to_string(), "{text}");
        }
        // Within a repetition there is something after it.
        let twice = reduced(regex_syntax::parse("(ab*){2}").unwrap()).to_string();
        assert!(twice.contains('*'), "{twice}");
    }
}
