//! Values that are likely to fit: they are tried before anything is searched.

use alloc::string::String;
use alloc::vec::Vec;

use super::points;
use crate::template::{FieldKind, Operator, OwnedValue, PatternRef, PatternValue};

/// Values that this pattern asks for: of text what it says, of others the borders.
pub(super) fn of_pattern(kind: FieldKind, pattern: PatternRef<'_>) -> Vec<OwnedValue> {
    if points::is_point(&pattern) {
        return points::values(kind, core::iter::once(pattern));
    }
    if let (Operator::Glob, PatternValue::Text(text, _)) = (pattern.operator(), pattern.value()) {
        return alloc::vec![wrapped(kind, fitting(text).into_bytes())];
    }
    literal(&pattern).map(|(_, text)| wrapped(kind, text.into())).into_iter().collect()
}

/// The shortest text that a glob fits.
fn fitting(glob: &str) -> String {
    let mut text = String::new();
    let mut characters = glob.chars();
    while let Some(character) = characters.next() {
        match character {
            '*' => {}
            '?' => text.push('x'),
            '\\' => text.extend(characters.next()),
            other => text.push(other),
        }
    }
    text
}

/// A text in which stands what these patterns ask for, one after the other.
pub(super) fn of_all<'p>(kind: FieldKind, patterns: &[PatternRef<'p>]) -> Option<OwnedValue> {
    let literals: Vec<(Operator, &'p [u8])> = patterns.iter().filter_map(literal).collect();
    let ends = |operator| move |literal: &&(Operator, &'p [u8])| literal.0 == operator;
    if patterns.len() < 2 || literals.len() < patterns.len() || literals.iter().any(|own| own.0 == Operator::Equals) {
        return None;
    }
    let mut text = Vec::new();
    for operator in [Operator::StartsWith, Operator::Contains, Operator::EndsWith] {
        for (_, literal) in literals.iter().filter(ends(operator)) {
            if !text.is_empty() {
                text.push(b' ');
            }
            text.extend_from_slice(literal);
        }
    }
    Some(wrapped(kind, text))
}

fn literal<'p>(pattern: &PatternRef<'p>) -> Option<(Operator, &'p [u8])> {
    let operator = pattern.operator();
    let is_literal =
        matches!(operator, Operator::Equals | Operator::StartsWith | Operator::EndsWith | Operator::Contains);
    match pattern.value() {
        PatternValue::Text(text, _) if is_literal => Some((operator, text.as_bytes())),
        PatternValue::Bytes(bytes) if is_literal => Some((operator, bytes)),
        _ => None,
    }
}

const fn wrapped(kind: FieldKind, text: Vec<u8>) -> OwnedValue {
    match kind {
        FieldKind::Bytes => OwnedValue::Bytes(text),
        _ => OwnedValue::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{Case, Pattern};

    fn text(operator: Operator, text: &str) -> Pattern {
        Pattern::text(operator, text, Case::Sensitive).unwrap()
    }

    #[test]
    fn a_pattern_says_what_it_asks_for() {
        for (pattern, expected) in [
            (text(Operator::Equals, "ab"), Some("ab")),
            (text(Operator::StartsWith, "ab"), Some("ab")),
            (text(Operator::EndsWith, "ab"), Some("ab")),
            (text(Operator::Contains, "ab"), Some("ab")),
            (text(Operator::Glob, r"a?*b\*c*"), Some("axb*c")),
            (text(Operator::Regex, "ab"), None),
        ] {
            let expected: Vec<_> = expected.map(|text| OwnedValue::Text(text.into())).into_iter().collect();
            assert_eq!(of_pattern(FieldKind::Text, pattern.as_ref()), expected, "{pattern:?}");
        }
        let bytes = Pattern::bytes(Operator::Contains, b"\xFF").unwrap();
        assert_eq!(of_pattern(FieldKind::Bytes, bytes.as_ref()), [OwnedValue::Bytes(b"\xFF".to_vec())]);
    }

    #[test]
    fn texts_that_are_asked_for_together_stand_one_after_the_other() {
        let all = |patterns: &[Pattern]| {
            let patterns: Vec<_> = patterns.iter().map(Pattern::as_ref).collect();
            of_all(FieldKind::Text, &patterns)
        };
        let (start, within, end) =
            (text(Operator::StartsWith, "ab"), text(Operator::Contains, "cd"), text(Operator::EndsWith, "ef"));
        let of = |text: &str| Some(OwnedValue::Text(text.into()));
        assert_eq!(all(&[end.clone(), within.clone(), start.clone()]), of("ab cd ef"));
        assert_eq!(all(&[within.clone(), text(Operator::Contains, "x")]), of("cd x"));
        // One alone is a guess of its own; of the others it is not known what they ask for.
        assert_eq!(all(core::slice::from_ref(&start)), None);
        assert_eq!(all(&[start.clone(), within.clone(), text(Operator::Regex, "gh")]), None);
        assert_eq!(all(&[start, text(Operator::Equals, "abc")]), None);
    }
}
