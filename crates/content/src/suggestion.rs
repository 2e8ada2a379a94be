//! Which known name a misspelt one resembles.

/// Names longer than this are not compared: the work for one name stays bounded.
const MOST_CHARACTERS: usize = 40;
/// As many known names are looked at, for the same reason.
const MOST_NAMES: usize = 256;

/// The known name that is nearest to the one found, if one is near enough to be meant.
///
/// Case, `_` and `-` do not count; otherwise two edits may lie between the two, fewer where the name is short.
pub(crate) fn nearest<'k>(found: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let found = folded(found)?;
    let most = match found.len() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    known
        .take(MOST_NAMES)
        .filter_map(|name| {
            let candidate = folded(name)?;
            let difference = candidate.len().abs_diff(found.len());
            (difference <= most).then(|| (distance(&found, &candidate), name))
        })
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// `did you mean 'Image'?`, or nothing if no known name is near enough.
pub(crate) fn did_you_mean<'k>(found: &str, known: impl Iterator<Item = &'k str>) -> String {
    nearest(found, known).map(|name| format!("did you mean '{name}'?")).unwrap_or_default()
}

fn folded(name: &str) -> Option<Vec<char>> {
    let folded: Vec<_> = name
        .chars()
        .take(MOST_CHARACTERS.saturating_add(1))
        .filter(|character| !matches!(character, '_' | '-'))
        .map(|character| character.to_ascii_lowercase())
        .collect();
    (folded.len() <= MOST_CHARACTERS).then_some(folded)
}

/// How many insertions, removals and replacements lie between the two (Levenshtein), one row at a time.
fn distance(one: &[char], two: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (index, left) in one.iter().enumerate() {
        let mut diagonal = index;
        let mut before = index.saturating_add(1);
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = before;
        }
        for (cell, right) in cells.zip(two) {
            let replaced = diagonal.saturating_add(usize::from(left != right));
            diagonal = *cell;
            *cell = replaced.min(diagonal.saturating_add(1)).min(before.saturating_add(1));
            before = *cell;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        let known = ["starts-with", "ends-with", "equals", "empty", "case"];
        for (found, expected) in [
            ("startswith", Some("starts-with")),
            ("Ends_With", Some("ends-with")),
            ("equal", Some("equals")),
            ("csae", None),
            ("cas", Some("case")),
            ("something", None),
            ("", None),
        ] {
            assert_eq!(nearest(found, known.into_iter()), expected, "{found}");
        }
        assert_eq!(did_you_mean("Equal", known.into_iter()), "did you mean 'equals'?");
        assert_eq!(did_you_mean("md5", known.into_iter()), "");
    }

    #[test]
    fn distances() {
        let characters = |text: &str| text.chars().collect::<Vec<_>>();
        for (one, two, expected) in [("", "abc", 3), ("kitten", "sitting", 3), ("abc", "abc", 0), ("ab", "ba", 2)] {
            assert_eq!(distance(&characters(one), &characters(two)), expected);
            assert_eq!(distance(&characters(two), &characters(one)), expected);
        }
    }
}
