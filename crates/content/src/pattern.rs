//! Putting what authors write in canonical form: the simplest operator that says the same.

use std::ops::RangeInclusive;

use channel_file::Error;
use channel_file::template::{Case, FieldKind, GlobForm, IpNetwork, Operator, Pattern, glob_form};

/// What an author's value says of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// No value meets it.
    Never,
    /// Every value that is there meets it: none-of `absent`.
    Present,
    /// A value that meets one of these patterns does; there is at least one.
    AnyOf(Vec<Pattern>),
}

/// A text with wildcards: `*` for any run of characters, `?` for one; a backslash before `*`, `?` or `\` takes its
/// meaning away, before any other character it stands for itself.
///
/// # Errors
///
/// None in practice: the text has been brought into the form that [`Pattern::text`] asks for.
pub(crate) fn glob(text: &str, case: Case) -> Result<Meaning, Error> {
    let normal = normal_form(text);
    let form = glob_form(&normal).unwrap_or(GlobForm::Glob);
    let (operator, text) = match form {
        GlobForm::Present => return Ok(Meaning::Present),
        GlobForm::Empty => return Ok(Meaning::AnyOf(vec![Pattern::empty()])),
        GlobForm::Glob => (Operator::Glob, normal),
        GlobForm::Equals => (Operator::Equals, without_escapes(&normal)),
        GlobForm::StartsWith => (Operator::StartsWith, without_escapes(normal.strip_suffix('*').unwrap_or(&normal))),
        GlobForm::EndsWith => (Operator::EndsWith, without_escapes(normal.strip_prefix('*').unwrap_or(&normal))),
        GlobForm::Contains => {
            let inner = normal.strip_prefix('*').and_then(|rest| rest.strip_suffix('*'));
            (Operator::Contains, without_escapes(inner.unwrap_or(&normal)))
        }
    };
    Ok(Meaning::AnyOf(vec![Pattern::text(operator, text, case)?]))
}

/// A text in which nothing is a wildcard, written so that [`glob`] reads it as itself.
pub(crate) fn escape_glob(text: &str, into: &mut String) {
    for character in text.chars() {
        if matches!(character, '*' | '?' | '\\') {
            into.push('\\');
        }
        into.push(character);
    }
}

/// A network (`192.0.2.0/24`); an address where the prefix leaves no more than one.
///
/// # Errors
///
/// What is wrong with the text.
pub(crate) fn network(text: &str) -> Result<Pattern, NoNetwork> {
    let network: IpNetwork = text.parse().map_err(|reason| NoNetwork { reason, containing: containing(text) })?;
    // The one network that is no pattern is that of a single address.
    Ok(Pattern::network(network).unwrap_or_else(|_| Pattern::address(network.address())))
}

/// Why a text is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoNetwork {
    pub(crate) reason: &'static str,
    /// The network that the address is in, where bits after the prefix are set.
    pub(crate) containing: Option<IpNetwork>,
}

fn containing(text: &str) -> Option<IpNetwork> {
    let (address, prefix) = text.split_once('/')?;
    IpNetwork::containing(address.parse().ok()?, prefix.parse().ok()?)
}

/// The integers that a field of this kind can have; on text, those that have a pattern. `None` for kinds that have none.
pub(crate) fn integers_of(kind: FieldKind) -> Option<RangeInclusive<i128>> {
    match kind {
        FieldKind::Text => Some(i128::from(i64::MIN)..=i128::from(u64::MAX)),
        FieldKind::Unsigned => Some(0..=i128::from(u64::MAX)),
        FieldKind::Signed => Some(i128::from(i64::MIN)..=i128::from(i64::MAX)),
        _ => None,
    }
}

/// The integers from `low` to `high`, both included, as far as a field of this kind can have them; other kinds than text,
/// unsigned and signed have none.
///
/// # Errors
///
/// None in practice: the bounds are in order by then.
pub(crate) fn integers(kind: FieldKind, low: i128, high: i128) -> Result<Meaning, Error> {
    let Some((least, most)) = integers_of(kind).map(RangeInclusive::into_inner) else {
        return Ok(Meaning::Never);
    };
    if low <= least && high >= most && kind != FieldKind::Text {
        return Ok(Meaning::Present);
    }
    let (low, high) = (low.max(least), high.min(most));
    if low > high {
        return Ok(Meaning::Never);
    }
    // On text a range is signed if its low bound is negative, and goes as far as signed numbers do.
    let signed = kind == FieldKind::Signed || low < 0;
    let mut patterns = Vec::new();
    let mut rest = low;
    if signed && let (Ok(low), Ok(high)) = (i64::try_from(low), i64::try_from(high.min(i128::from(i64::MAX)))) {
        patterns.push(if low == high { Pattern::signed(low) } else { Pattern::signed_range(low, high)? });
        rest = i128::from(high).saturating_add(1);
    }
    if rest <= high
        && let (Ok(low), Ok(high)) = (u64::try_from(rest), u64::try_from(high))
    {
        patterns.push(if low == high { Pattern::unsigned(low) } else { Pattern::unsigned_range(low, high)? });
    }
    Ok(Meaning::AnyOf(patterns))
}

/// In a run of wildcards each `?` comes first, then at most one `*`; every backslash escapes.
fn normal_form(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut star = false; // a `*` to be written when its run of wildcards ends
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '*' {
            star = true;
            continue;
        }
        if character == '?' {
            normal.push('?');
            continue;
        }
        if std::mem::take(&mut star) {
            normal.push('*');
        }
        if character != '\\' {
            normal.push(character);
            continue;
        }
        normal.push('\\');
        normal.push(characters.next_if(|next| matches!(next, '*' | '?' | '\\')).unwrap_or('\\'));
    }
    if star {
        normal.push('*');
    }
    normal
}

fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    plain
}

#[cfg(test)]
mod tests {
    use channel_file::template::PatternValue;
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> (Operator, String) {
        match glob(text, Case::Sensitive).unwrap() {
            Meaning::AnyOf(patterns) => match patterns[0].as_ref().value() {
                PatternValue::Text(value, _) => (patterns[0].as_ref().operator(), value.to_owned()),
                _ => (patterns[0].as_ref().operator(), String::new()),
            },
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn the_simplest_operator_is_picked() {
        for (text, operator, value) in [
            ("", Operator::Empty, ""),
            ("foo", Operator::Equals, "foo"),
            (r"C:\Windows\*", Operator::Equals, r"C:\Windows*"),
            (r"C:\Windows\\*", Operator::StartsWith, r"C:\Windows\"),
            ("foo**", Operator::StartsWith, "foo"),
            (r"*\cmd.exe", Operator::EndsWith, r"\cmd.exe"),
            ("**foo***", Operator::Contains, "foo"),
            ("*?", Operator::Glob, "?*"),
            ("a*?*?b", Operator::Glob, "a??*b"),
            (r"a\b*c", Operator::Glob, r"a\\b*c"),
            (r"a*\", Operator::Glob, r"a*\\"),
        ] {
            assert_eq!(one(text), (operator, value.to_owned()), "{text}");
        }
        assert_eq!(glob("***", Case::Sensitive), Ok(Meaning::Present));
    }

    #[test]
    fn integers_have_one_form() {
        let unsigned = |low, high| integers(FieldKind::Unsigned, low, high).unwrap();
        assert_eq!(unsigned(5, 5), Meaning::AnyOf(vec![Pattern::unsigned(5)]));
        assert_eq!(unsigned(-5, -1), Meaning::Never);
        assert_eq!(unsigned(6, 5), Meaning::Never);
        assert_eq!(unsigned(i128::MIN, i128::MAX), Meaning::Present);
        assert_eq!(integers(FieldKind::Text, -2, 3), Ok(Meaning::AnyOf(vec![Pattern::signed_range(-2, 3).unwrap()])));
        assert_eq!(
            integers(FieldKind::Text, -2, i128::MAX),
            Ok(Meaning::AnyOf(vec![
                Pattern::signed_range(-2, i64::MAX).unwrap(),
                Pattern::unsigned_range(1 << 63, u64::MAX).unwrap()
            ]))
        );
        assert_eq!(
            integers(FieldKind::Text, i128::MIN, -1),
            Ok(Meaning::AnyOf(vec![Pattern::signed_range(i64::MIN, -1).unwrap()]))
        );
        assert_eq!(
            integers(FieldKind::Signed, 7, i128::MAX),
            Ok(Meaning::AnyOf(vec![Pattern::signed_range(7, i64::MAX).unwrap()]))
        );
        assert_eq!(integers(FieldKind::Boolean, 0, 1), Ok(Meaning::Never));
    }

    #[test]
    fn networks_and_addresses() {
        assert_eq!(network("192.0.2.7/32"), Ok(Pattern::address("192.0.2.7".parse().unwrap())));
        assert_eq!(network("192.0.2.0/24").unwrap().as_ref().operator(), Operator::Cidr);
        let refused = network("192.0.2.1/24").unwrap_err();
        assert_eq!(refused.containing.unwrap().to_string(), "192.0.2.0/24");
        for text in ["", "x", "2001:db8::1", "192.0.2.0/", "192.0.2.0/33", "::/129", "1.2.3/8"] {
            assert_eq!(network(text).unwrap_err().containing, None, "{text}");
        }
    }

    /// Matches by trying every way; reads escapes as the documentation of [`glob`] says.
    fn naive(glob: &[char], text: &[char]) -> bool {
        match glob {
            [] => text.is_empty(),
            ['*', rest @ ..] => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
            ['?', rest @ ..] => !text.is_empty() && naive(rest, &text[1..]),
            ['\\', escaped @ ('*' | '?' | '\\'), rest @ ..] => text.first() == Some(escaped) && naive(rest, &text[1..]),
            [literal, rest @ ..] => text.first() == Some(literal) && naive(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn normal_globs_match_what_the_author_wrote(glob_text in r"[ab*?\\]{0,8}", text in r"[ab*?\\]{0,6}") {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            let expected = naive(&characters(&glob_text), &characters(&text));
            let found = match glob(&glob_text, Case::Sensitive).unwrap() {
                Meaning::Never => false,
                Meaning::Present => true,
                Meaning::AnyOf(patterns) => match (patterns[0].as_ref().operator(), patterns[0].as_ref().value()) {
                    (Operator::Empty, _) => text.is_empty(),
                    (Operator::Equals, PatternValue::Text(value, _)) => text == value,
                    (Operator::StartsWith, PatternValue::Text(value, _)) => text.starts_with(value),
                    (Operator::EndsWith, PatternValue::Text(value, _)) => text.ends_with(value),
                    (Operator::Contains, PatternValue::Text(value, _)) => text.contains(value),
                    (Operator::Glob, PatternValue::Text(value, _)) => naive(&characters(value), &characters(&text)),
                    other => panic!("{other:?}"),
                },
            };
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn escaped_text_stands_for_itself(text in r"[ab*?\\]{1,8}") {
            let mut escaped = String::new();
            escape_glob(&text, &mut escaped);
            prop_assert_eq!(one(&escaped), (Operator::Equals, text));
        }
    }
}
