//! Reading typed values out of a tree.

use std::fmt;
use std::ops::RangeInclusive;

use channel_file::template::is_name;

use crate::excerpt::quoted;
use crate::findings::Findings;
use crate::yaml::{Entry, Node, Style, Value};

impl Findings<'_> {
    /// A mapping; `what` says of what.
    pub(crate) fn mapping<'n, 't>(&mut self, node: &'n Node<'t>, what: &str) -> Option<&'n [Entry<'t>]> {
        if let Value::Mapping(entries) = &node.value {
            return Some(entries);
        }
        self.report(node.place, format!("expected {what}, found {}", node.describe()));
        None
    }

    /// A list that is not empty.
    pub(crate) fn list<'n, 't>(&mut self, node: &'n Node<'t>, what: &str) -> Option<&'n [Node<'t>]> {
        match &node.value {
            Value::Sequence(nodes) if nodes.is_empty() => {
                self.report(node.place, format!("the list of {what} is empty"))
            }
            Value::Sequence(nodes) => return Some(nodes),
            _ => self.report(node.place, format!("expected a list of {what}, found {}", node.describe())),
        }
        None
    }

    /// Reports the keys that are not among those known.
    pub(crate) fn only_known_keys(&mut self, entries: &[Entry<'_>], known: &[&str], what: &str) {
        for entry in entries.iter().filter(|entry| !known.contains(&&*entry.key)) {
            let message = format!("{what} has no key {}", quoted(&entry.key));
            self.report_unknown(entry.place, message, &entry.key, known.iter().copied());
        }
    }

    /// A text: any scalar but the plain words that other readers take for nothing at all.
    pub(crate) fn text<'n>(&mut self, node: &'n Node<'_>, what: &str) -> Option<&'n str> {
        let Value::Scalar(scalar) = &node.value else {
            self.report(node.place, format!("expected {what}, found {}", node.describe()));
            return None;
        };
        let help = match scalar.style {
            Style::Plain if scalar.text.is_empty() => "the empty text is written ''",
            Style::Plain if matches!(&*scalar.text, "null" | "Null" | "NULL" | "~") => {
                "the text needs quotes: 'null'; that a field has no value is the pattern `absent`"
            }
            Style::Block if scalar.text.ends_with('\n') => {
                "the text ends with a line break; after `|-` or `>-` it does not"
            }
            _ => return Some(&scalar.text),
        };
        self.report_with_help(node.place, format!("expected {what}, found {}", node.describe()), help);
        None
    }

    /// A text that can be a title: without control characters.
    pub(crate) fn title<'n>(&mut self, node: &'n Node<'_>, what: &str) -> Option<&'n str> {
        let text = self.text(node, what)?;
        if is_name(text) {
            return Some(text);
        }
        self.report(node.place, format!("expected {what} without control characters, found {}", quoted(text)));
        None
    }

    /// A title with at least one character.
    pub(crate) fn name<'n>(&mut self, node: &'n Node<'_>, what: &str) -> Option<&'n str> {
        let text = self.title(node, what)?;
        if text.is_empty() {
            self.report(node.place, format!("expected {what}, found a text without a character"));
            return None;
        }
        Some(text)
    }

    /// A whole number of this range, in decimal or after `0x` in hexadecimal digits.
    pub(crate) fn number<N>(&mut self, node: &Node<'_>, range: RangeInclusive<N>) -> Option<N>
    where
        N: TryFrom<i128> + PartialOrd + fmt::Display,
    {
        let found = match &node.value {
            Value::Scalar(scalar) => whole_number(&scalar.text).and_then(|number| N::try_from(number).ok()),
            _ => None,
        };
        let found = found.filter(|number| range.contains(number));
        if found.is_none() {
            let (lowest, highest) = range.into_inner();
            let message = format!("expected a whole number from {lowest} to {highest}, found {}", node.describe());
            self.report(node.place, message);
        }
        found
    }

    /// One of the values that have names.
    pub(crate) fn named<T: Copy>(
        &mut self,
        node: &Node<'_>,
        what: &str,
        all: &[T],
        name: impl Fn(T) -> &'static str + Clone,
    ) -> Option<T> {
        let text = self.text(node, what)?;
        let found = all.iter().copied().find(|value| name(*value) == text);
        if found.is_none() {
            let message = format!("expected {what}, found {}", quoted(text));
            self.report_unknown(node.place, message, text, all.iter().map(move |value| name(*value)));
        }
        found
    }
}

pub(crate) fn whole_number(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (digits, radix) = match digits.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None => (digits, 10),
    };
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let number = i128::from_str_radix(digits, radix).ok()?;
    if negative { number.checked_neg() } else { Some(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-5", Some(-5)),
            ("0x1F", Some(31)),
            ("18446744073709551615", Some(i128::from(u64::MAX))),
            ("", None),
            ("-", None),
            ("+5", None),
            ("0x", None),
            ("0x+1", None),
            ("--5", None),
            ("1e3", None),
            ("5 ", None),
        ] {
            assert_eq!(whole_number(text), expected, "{text}");
        }
    }
}
