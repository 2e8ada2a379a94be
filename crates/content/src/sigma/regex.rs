//! Regular expressions: what a linear-time engine can do, and reads as authors of Sigma rules do.

use crate::excerpt::quoted;
use channel_file::template::Case;
use regex_syntax::ast::{
    self, AssertionKind, Ast, ClassSetItem, ErrorKind, Flag, Flags, FlagsItemKind, GroupKind, Visitor,
};
use regex_syntax::hir;

/// The text of the pattern, with the flags written before it.
pub(super) fn with_flags(text: &str, multi_line: bool, dot_all: bool) -> String {
    let flags = match (multi_line, dot_all) {
        (false, false) => return text.to_owned(),
        (true, false) => "(?m)",
        (false, true) => "(?s)",
        (true, true) => "(?ms)",
    };
    format!("{flags}{text}")
}

/// Refuses what the interpreter's engine cannot do, and what it would read in another way than other engines.
///
/// # Errors
///
/// A message that names the construct.
pub(super) fn check(text: &str, case: Case) -> Result<(), String> {
    let parsed = ast::parse::Parser::new().parse(text).map_err(|error| {
        let place = error.span().start.offset.saturating_add(1);
        let construct = match error.kind() {
            ErrorKind::UnsupportedLookAround => {
                "look-around (`(?=`, `(?!`, `(?<=`, `(?<!`) takes more than linear time"
            }
            ErrorKind::UnsupportedBackreference => "a backreference takes more than linear time",
            ErrorKind::FlagUnrecognized
                if text.get(error.span().start.offset..).is_some_and(|rest| rest.starts_with('>')) =>
            {
                "an atomic group (`(?>`) takes backtracking"
            }
            other => return format!("the regular expression {} is wrong at byte {place}: {other}", quoted(text)),
        };
        format!("{construct}, at byte {place} of the regular expression {}", quoted(text))
    })?;
    ast::visit(&parsed, OtherReadings).map_err(|reading| {
        format!("the regular expression {} has {reading}, which engines read in different ways", quoted(text))
    })?;
    let mut translator = hir::translate::TranslatorBuilder::new();
    translator.utf8(false).case_insensitive(case == Case::Ignored);
    let translated = translator.build().translate(text, &parsed);
    translated.map_err(|error| format!("the regular expression {} is wrong: {}", quoted(text), error.kind()))?;
    Ok(())
}

/// Finds constructs that this engine accepts and that Python, .NET and PCRE read as something else.
struct OtherReadings;

impl Visitor for OtherReadings {
    type Output = ();
    type Err = &'static str;

    fn finish(self) -> Result<(), &'static str> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), &'static str> {
        match ast {
            Ast::Repetition(outer) if matches!(*outer.ast, Ast::Repetition(_)) => {
                Err("a repetition of a repetition (`a*+`)")
            }
            Ast::Flags(set) => check_flags(&set.flags),
            Ast::Group(group) => match &group.kind {
                GroupKind::NonCapturing(flags) => check_flags(flags),
                GroupKind::CaptureIndex(_) | GroupKind::CaptureName { .. } => Ok(()),
            },
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine
                | AssertionKind::EndLine
                | AssertionKind::StartText
                | AssertionKind::EndText
                | AssertionKind::WordBoundary
                | AssertionKind::NotWordBoundary => Ok(()),
                _ => Err(r"a one-sided word boundary (`\<`, `\b{start}`)"),
            },
            _ => Ok(()),
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), &'static str> {
        match item {
            ClassSetItem::Bracketed(_) => Err(r"a bracket within a class (`[a[b]`, where `\[` is meant)"),
            ClassSetItem::Ascii(_) => Err("a class by its POSIX name (`[[:alpha:]]`)"),
            _ => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(&mut self, _: &ast::ClassSetBinaryOp) -> Result<(), &'static str> {
        Err("an operator within a class (`&&`, `--`, `~~`)")
    }
}

fn check_flags(flags: &Flags) -> Result<(), &'static str> {
    for item in &flags.items {
        match item.kind {
            FlagsItemKind::Flag(Flag::SwapGreed) => return Err("the flag `U`"),
            FlagsItemKind::Flag(Flag::CRLF) => return Err("the flag `R`"),
            FlagsItemKind::Flag(Flag::Unicode) if flags.flag_state(Flag::Unicode) == Some(false) => {
                return Err("the flag `u` off");
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_expressions_pass() {
        for text in [
            r"\s-[FTd]\s",
            r"(?i)\s(-u|--user)\s*:",
            r"[^\\]{1,256}$",
            r"\{\d\}.+\-f.+\x22",
            r"a+?b*?c{2,3}?",
            r"[\[\]&-]",
            r"^(?:a|b)\b\B\A\z",
            r"\/c\ \%\'",
            r"(?i-s:a)(?u)b(?m)",
        ] {
            assert_eq!(check(text, Case::Sensitive), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_done_is_named() {
        for (text, part) in [
            (r"a(?=b)", "look-around"),
            (r"(?<!a)b", "look-around"),
            (r"(a)\1", "backreference"),
            (r"(?>a)", "atomic"),
            (r"a++", "repetition of a repetition"),
            (r"[a[b]]", "bracket within a class"),
            (r"[a&&b]", "operator within a class"),
            (r"[[:alpha:]]", "POSIX name"),
            (r"[a[:^digit:]]", "POSIX name"),
            (r"(?U)a+", "flag `U`"),
            (r"(?i-U:a+)", "flag `U`"),
            (r"a(?R)$", "flag `R`"),
            (r"(?i-u)a", "flag `u` off"),
            (r"((?-u:\xff))", "flag `u` off"),
            (r"\<a", "word boundary"),
            (r"(a", "unclosed"),
            (r"\p{Nonsense}", "Unicode property"),
        ] {
            let message = check(text, Case::Ignored).unwrap_err();
            assert!(message.contains(part), "{text}: {message}");
        }
        assert!(check(&"(".repeat(100_000), Case::Ignored).is_err());
        assert!(check(&format!("{}a{}", "(".repeat(4_000), ")".repeat(4_000)), Case::Ignored).is_err());
    }

    #[test]
    fn flags_stand_before_the_text() {
        assert_eq!(with_flags("a", false, false), "a");
        assert_eq!(with_flags("a", true, true), "(?ms)a");
    }
}
