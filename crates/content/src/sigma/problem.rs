//! Why a rule is refused, before it is known which rule of which source it is.

use crate::Diagnostic;

/// Where in the text; line 0 is nowhere in particular.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    /// From 1.
    pub(super) line: usize,
    /// From 1, in characters.
    pub(super) column: usize,
}

/// One reason to refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) position: Position,
    pub(super) message: String,
    pub(super) help: String,
}

/// What can be refused.
pub(super) type Checked<T> = Result<T, Problem>;

impl Problem {
    #[cold]
    pub(super) fn new(position: Position, message: impl Into<String>) -> Self {
        Self { position, message: message.into(), help: String::new() }
    }

    #[cold]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    pub(super) fn diagnostic(self, source: &str, rule: &str) -> Diagnostic {
        let Self { position: Position { line, column }, message, help } = self;
        Diagnostic { source: source.to_owned(), line, column, rule: rule.to_owned(), message, help }
    }
}

/// At most so many characters of a text for a message, without line breaks and other control characters.
pub(super) fn excerpt(text: &str) -> String {
    const MOST: usize = 80;
    let mut characters = text.chars().map(|character| if character.is_control() { ' ' } else { character });
    let mut excerpt: String = characters.by_ref().take(MOST).collect();
    if characters.next().is_some() {
        excerpt.push('…');
    }
    excerpt
}

/// ` Did you mean 'Image'?`, or nothing if no name is near.
pub(super) fn suggestion<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    // A longer name is no slip of the pen, and the comparison takes the product of the lengths.
    const LONGEST: usize = 64;
    if name.chars().count() > LONGEST {
        return String::new();
    }
    let lower = name.to_lowercase();
    let near = known
        .map(|other| (distance(&lower, &other.to_lowercase()), other))
        .filter(|(distance, other)| distance.saturating_mul(3) <= other.chars().count().max(3))
        .min();
    near.map(|(_, other)| format!("did you mean '{other}'?")).unwrap_or_default()
}

/// How many characters have to be put in, left out or changed (Levenshtein).
fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (above, character) in (1_usize..).zip(one.chars()) {
        let mut diagonal = above.saturating_sub(1);
        let mut left = above;
        let mut next = Vec::with_capacity(row.len());
        next.push(above);
        for (other, up) in two.iter().zip(row.iter().skip(1)) {
            let change = diagonal.saturating_add(usize::from(*other != character));
            left = change.min(up.saturating_add(1)).min(left.saturating_add(1));
            diagonal = *up;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested() {
        let known = ["Image", "CommandLine", "ParentImage"];
        assert_eq!(suggestion("image", known.into_iter()), "did you mean 'Image'?");
        assert_eq!(suggestion("Commandline", known.into_iter()), "did you mean 'CommandLine'?");
        assert_eq!(suggestion("ParentImgae", known.into_iter()), "did you mean 'ParentImage'?");
        assert_eq!(suggestion("md5", known.into_iter()), "");
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
