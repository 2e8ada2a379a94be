//! Globs as people write them, in the form that the format takes.

use channel_file::template::{GlobForm, Operator, glob_form};

/// What a glob comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Normal {
    /// A pattern: an operator and its text.
    Pattern(Operator, String),
    /// Any value that is there.
    Present,
    /// Only the empty value.
    Empty,
}

enum Token {
    Literal(char),
    One,
    Run,
}

/// Puts a glob in normal form: a backslash before any other character than `*`, `?` and `\` is itself, in a run of
/// wildcards each `?` comes first and then at most one `*`, and where a simpler operator says the same, it does.
pub(crate) fn normal(text: &str) -> Normal {
    let tokens = tokens(text);
    let mut glob = String::with_capacity(text.len());
    let mut literals = String::with_capacity(text.len());
    let mut run_pending = false;
    for token in tokens {
        match token {
            Token::Run => run_pending = true,
            Token::One => glob.push('?'),
            Token::Literal(character) => {
                if std::mem::take(&mut run_pending) {
                    glob.push('*');
                }
                if matches!(character, '*' | '?' | '\\') {
                    glob.push('\\');
                }
                glob.push(character);
                literals.push(character);
            }
        }
    }
    if run_pending {
        glob.push('*');
    }
    match glob_form(&glob) {
        Ok(GlobForm::Empty) => Normal::Empty,
        Ok(GlobForm::Present) => Normal::Present,
        Ok(GlobForm::Equals) => Normal::Pattern(Operator::Equals, literals),
        Ok(GlobForm::StartsWith) => Normal::Pattern(Operator::StartsWith, literals),
        Ok(GlobForm::EndsWith) => Normal::Pattern(Operator::EndsWith, literals),
        Ok(GlobForm::Contains) => Normal::Pattern(Operator::Contains, literals),
        // A defect cannot be left; if it were, the pattern itself would refuse the text.
        Ok(GlobForm::Glob) | Err(_) => Normal::Pattern(Operator::Glob, glob),
    }
}

fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut characters = text.chars().peekable();
    std::iter::from_fn(move || {
        Some(match characters.next()? {
            '*' => Token::Run,
            '?' => Token::One,
            '\\' => Token::Literal(characters.next_if(|next| matches!(next, '*' | '?' | '\\')).unwrap_or('\\')),
            character => Token::Literal(character),
        })
    })
}

#[cfg(test)]
mod tests {
    use channel_file::template::{Case, Pattern};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn globs_come_to_their_simplest_form() {
        let pattern = |operator, text: &str| Normal::Pattern(operator, text.to_owned());
        for (glob, expected) in [
            ("", Normal::Empty),
            ("*", Normal::Present),
            ("**", Normal::Present),
            ("foo", pattern(Operator::Equals, "foo")),
            (r"C:\Temp\x", pattern(Operator::Equals, r"C:\Temp\x")),
            (r"C:\\x\", pattern(Operator::Equals, r"C:\x\")),
            ("foo**", pattern(Operator::StartsWith, "foo")),
            (r"*\foo", pattern(Operator::EndsWith, r"\foo")),
            (r"*\\*", pattern(Operator::Contains, r"\")),
            ("*?*", pattern(Operator::Glob, "?*")),
            ("a*?**?b", pattern(Operator::Glob, "a??*b")),
            (r"\Temp\\*.exe", pattern(Operator::Glob, r"\\Temp\\*.exe")),
        ] {
            assert_eq!(normal(glob), expected, "{glob}");
        }
    }

    proptest! {
        #[test]
        fn every_glob_makes_a_pattern(text in "[ab*?\\\\]{0,12}") {
            if let Normal::Pattern(operator, text) = normal(&text) {
                prop_assert!(Pattern::text(operator, text.clone(), Case::Ignored).is_ok());
                if operator == Operator::Glob {
                    prop_assert_eq!(normal(&text), Normal::Pattern(operator, text.clone()));
                }
            }
        }
    }
}
