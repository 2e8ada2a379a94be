//! Two any-of criteria on one text field as one: what meets both meets one of finitely many patterns.
//!
//! Under a negation such criteria are two alternatives, and many of them multiply; joined they are one none-of.

use std::collections::BTreeSet;

use channel_file::template::{Case, Operator, OperatorSet, Pattern, PatternValue};

use super::alternatives::Work;
use super::simplify::without;
use super::vocabulary::{PatternNumber, Vocabulary};
use crate::pattern::{self, Meaning};

/// How many patterns more than the two criteria together a joined one may have.
const MOST_PATTERNS_MORE: usize = 64;

/// Criteria on one field beyond which none of them is joined: each is tried with each.
const MOST_CRITERIA: usize = 8;

/// What joined criteria must keep to.
pub(super) struct Joining {
    /// Bound on the patterns of a criterion.
    pub(super) most_patterns: usize,
    /// Bound on the bytes of a pattern.
    pub(super) most_bytes: u64,
    /// What each field of the template type may be asked.
    pub(super) operators: Vec<OperatorSet>,
}

impl Joining {
    /// Criteria on one field, all of which must be met, as fewer. Joins no more when half of the work is spent: what stays
    /// apart says nothing wrong.
    pub(super) fn joined(
        &self,
        field: u16,
        mut criteria: Vec<Vec<PatternNumber>>,
        vocabulary: &mut Vocabulary,
        work: &mut Work,
    ) -> Vec<Vec<PatternNumber>> {
        if criteria.len() > MOST_CRITERIA {
            return criteria;
        }
        while let Some((one, other, both)) = self.pair(field, &criteria, vocabulary, work) {
            criteria = without(criteria, other); // stands after the one
            if let Some(slot) = criteria.get_mut(one) {
                *slot = both;
            }
        }
        criteria
    }

    /// Two criteria that can be joined. Those whose join has no globs come first, for a glob is joined with nothing.
    fn pair(
        &self,
        field: u16,
        criteria: &[Vec<PatternNumber>],
        vocabulary: &mut Vocabulary,
        work: &mut Work,
    ) -> Option<(usize, usize, Vec<PatternNumber>)> {
        let mut found = None;
        for (index, one) in criteria.iter().enumerate() {
            for (other_index, other) in criteria.iter().enumerate().skip(index.saturating_add(1)) {
                let Some(both) = self.both(field, one, other, vocabulary, work) else { continue };
                let is_glob = |number: &PatternNumber| {
                    vocabulary.pattern(*number).is_some_and(|pattern| pattern.as_ref().operator() == Operator::Glob)
                };
                if !both.iter().any(is_glob) {
                    return Some((index, other_index, both));
                }
                found.get_or_insert((index, other_index, both));
            }
        }
        found
    }

    /// The patterns of which a value meets one if it meets one of each; `None` where they cannot be said, or not in few.
    fn both(
        &self,
        field: u16,
        one: &[PatternNumber],
        other: &[PatternNumber],
        vocabulary: &mut Vocabulary,
        work: &mut Work,
    ) -> Option<Vec<PatternNumber>> {
        if !work.spare(one.len().saturating_add(other.len())) {
            return None;
        }
        let operators = *self.operators.get(usize::from(field))?;
        let one = texts(one, vocabulary, work)?;
        let other = texts(other, vocabulary, work)?;
        let most = one.len().saturating_add(other.len()).saturating_add(MOST_PATTERNS_MORE).min(self.most_patterns);
        let mut both = BTreeSet::new();
        for text in &one {
            for other in &other {
                if text.case != other.case || !work.spare(text.steps(other)) {
                    return None;
                }
                for pattern in text.and(other)? {
                    let PatternValue::Text(value, _) = pattern.as_ref().value() else { return None };
                    let fits = u64::try_from(value.len()).is_ok_and(|bytes| bytes <= self.most_bytes);
                    if !fits || !operators.contains(pattern.as_ref().operator()) || !work.spare(value.len()) {
                        return None;
                    }
                    both.insert(vocabulary.pattern_number(pattern));
                    if both.len() > most {
                        return None;
                    }
                }
            }
        }
        Some(both.into_iter().collect())
    }
}

/// A text that stands in a value once or more, at the start or the end where it is bound to them.
#[derive(Clone, Debug)]
struct Text {
    at_start: bool,
    at_end: bool,
    case: Case,
    characters: Vec<char>,
    /// Folded where case is ignored; as many as characters.
    compared: Vec<char>,
}

fn texts(numbers: &[PatternNumber], vocabulary: &Vocabulary, work: &mut Work) -> Option<Vec<Text>> {
    numbers.iter().map(|number| Text::of(vocabulary.pattern(*number)?, work)).collect()
}

impl Text {
    fn of(pattern: &Pattern, work: &mut Work) -> Option<Self> {
        let pattern = pattern.as_ref();
        let (at_start, at_end) = match pattern.operator() {
            Operator::Equals => (true, true),
            Operator::StartsWith => (true, false),
            Operator::EndsWith => (false, true),
            Operator::Contains => (false, false),
            _ => return None,
        };
        let PatternValue::Text(text, case) = pattern.value() else { return None };
        if !work.spare(text.len()) {
            return None;
        }
        let characters: Vec<_> = text.chars().collect();
        let compared = match case {
            Case::Sensitive => characters.clone(),
            Case::Ignored => characters.iter().copied().map(folded).collect(),
        };
        Some(Self { at_start, at_end, case, characters, compared })
    }

    /// Comparisons of characters that [`and`](Self::and) takes at most, about.
    fn steps(&self, other: &Self) -> usize {
        let (one, other) = (self.compared.len(), other.compared.len());
        one.saturating_mul(other).saturating_add(one).saturating_add(other)
    }

    /// The patterns of which a value meets one if it meets both of these; none if no value meets both.
    fn and(&self, other: &Self) -> Option<Vec<Pattern>> {
        if self.implies(other) {
            return Some(vec![self.pattern(self.at_start, self.at_end, None)?]);
        }
        if other.implies(self) {
            return Some(vec![other.pattern(other.at_start, other.at_end, None)?]);
        }
        let mut patterns = Vec::new();
        self.before(other, &mut patterns)?;
        other.before(self, &mut patterns)?;
        Some(patterns)
    }

    /// Whether each value that meets this meets the other.
    fn implies(&self, other: &Self) -> bool {
        let (text, part) = (&self.compared, &other.compared);
        match (other.at_start, other.at_end) {
            (false, false) => {
                let lasts = text.len().checked_sub(part.len());
                lasts.is_some_and(|last| {
                    (0..=last).any(|start| text.get(start..).is_some_and(|rest| rest.starts_with(part)))
                })
            }
            (true, false) => self.at_start && text.starts_with(part),
            (false, true) => self.at_end && text.ends_with(part),
            (true, true) => self.at_start && self.at_end && text == part,
        }
    }

    /// What is met by values in which this text starts no later than the other, and ends no later. That the one contains
    /// the other and goes on at both sides is an implication.
    fn before(&self, other: &Self, patterns: &mut Vec<Pattern>) -> Option<()> {
        let (one, two) = (&self.compared, &other.compared);
        if !self.at_end && !other.at_start {
            patterns.push(self.pattern(self.at_start, other.at_end, Some(("*", &other.characters)))?);
        }
        for shared in 1..=one.len().min(two.len()) {
            let (starts_earlier, ends_earlier) = (shared < one.len(), shared < two.len());
            if (starts_earlier && other.at_start) || (ends_earlier && self.at_end) {
                continue;
            }
            let end = one.get(one.len().saturating_sub(shared)..)?;
            if !two.starts_with(end) {
                continue;
            }
            let at_start = self.at_start || other.at_start;
            let at_end = self.at_end || other.at_end;
            patterns.push(self.pattern(at_start, at_end, Some(("", other.characters.get(shared..)?)))?);
        }
        Some(())
    }

    /// This text and then another one, with something between; through globs, so that the form is the canonical one.
    fn pattern(&self, at_start: bool, at_end: bool, rest: Option<(&str, &[char])>) -> Option<Pattern> {
        let mut glob = String::new();
        if !at_start {
            glob.push('*');
        }
        pattern::escape_glob(&self.characters.iter().collect::<String>(), &mut glob);
        if let Some((between, rest)) = rest {
            glob.push_str(between);
            pattern::escape_glob(&rest.iter().collect::<String>(), &mut glob);
        }
        if !at_end {
            glob.push('*');
        }
        match pattern::glob(&glob, self.case) {
            Ok(Meaning::AnyOf(patterns)) => patterns.into_iter().next(),
            _ => None,
        }
    }
}

/// The character that stands for all that differ from it in case alone, as docs/MATCHING.md has it.
fn folded(character: char) -> char {
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == character.len_utf8() => one,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPERATORS: [Operator; 4] = [Operator::Equals, Operator::StartsWith, Operator::EndsWith, Operator::Contains];

    fn fits(glob: &[char], value: &[char]) -> bool {
        match glob {
            [] => value.is_empty(),
            ['*', rest @ ..] => (0..=value.len()).any(|skip| fits(rest, &value[skip..])),
            ['?', rest @ ..] => !value.is_empty() && fits(rest, &value[1..]),
            ['\\', one, rest @ ..] | [one, rest @ ..] => value.first() == Some(one) && fits(rest, &value[1..]),
        }
    }

    fn meets(value: &str, pattern: &Pattern) -> bool {
        let PatternValue::Text(text, case) = pattern.as_ref().value() else { panic!("{pattern:?}") };
        let fold = |text: &str| match case {
            Case::Sensitive => text.to_owned(),
            Case::Ignored => text.chars().map(folded).collect(),
        };
        let (value, text) = (fold(value), fold(text));
        match pattern.as_ref().operator() {
            Operator::Equals => value == text,
            Operator::StartsWith => value.starts_with(&text),
            Operator::EndsWith => value.ends_with(&text),
            Operator::Contains => value.contains(&text),
            Operator::Glob => fits(&text.chars().collect::<Vec<_>>(), &value.chars().collect::<Vec<_>>()),
            other => panic!("{other}"),
        }
    }

    /// All texts of these characters, up to this length.
    fn all_texts(alphabet: &[char], most: usize) -> Vec<String> {
        let mut texts = vec![String::new()];
        let mut start = 0;
        for _ in 0..most {
            let end = texts.len();
            for index in start..end {
                for character in alphabet {
                    let mut longer = texts[index].clone();
                    longer.push(*character);
                    texts.push(longer);
                }
            }
            start = end;
        }
        texts
    }

    fn both_say_the_same(alphabet: &[char], needle: usize, value: usize, case: Case) {
        let values = all_texts(alphabet, value);
        let needles = all_texts(alphabet, needle);
        let patterns: Vec<_> = (needles.iter().filter(|text| !text.is_empty()))
            .flat_map(|text| OPERATORS.map(|operator| Pattern::text(operator, text.clone(), case).unwrap()))
            .collect();
        let met = |pattern: &Pattern| values.iter().map(|value| meets(value, pattern)).collect::<Vec<_>>();
        let mets: Vec<_> = patterns.iter().map(met).collect();
        let mut work = Work::new();
        for (one, one_met) in patterns.iter().zip(&mets) {
            for (two, two_met) in patterns.iter().zip(&mets) {
                let joined = Text::of(one, &mut work).unwrap().and(&Text::of(two, &mut work).unwrap()).unwrap();
                for ((value, one_met), two_met) in values.iter().zip(one_met).zip(two_met) {
                    let found = joined.iter().any(|pattern| meets(value, pattern));
                    assert_eq!(found, *one_met && *two_met, "{value:?}: {one:?} and {two:?}: {joined:?}");
                }
            }
        }
    }

    #[test]
    fn a_value_meets_both_if_it_meets_one_of_the_joined() {
        both_say_the_same(&['a', 'b'], 3, 7, Case::Sensitive);
        both_say_the_same(&['a', '*', '\\'], 2, 5, Case::Sensitive);
    }

    #[test]
    fn case_is_ignored_where_both_ignore_it() {
        both_say_the_same(&['a', 'A', 'é', 'É'], 2, 4, Case::Ignored);
        both_say_the_same(&['k', 'K', '\u{212A}'], 2, 5, Case::Ignored);
    }

    struct Tried {
        vocabulary: Vocabulary,
        joining: Joining,
        work: Work,
    }

    impl Tried {
        fn new() -> Self {
            let operators = vec![channel_file::template::FieldKind::Text.operators()];
            let joining = Joining { most_patterns: 1_000, most_bytes: 100, operators };
            Self { vocabulary: Vocabulary::new(), joining, work: Work::new() }
        }

        fn criterion(&mut self, globs: &[&str], case: Case) -> Vec<PatternNumber> {
            let mut numbers = Vec::new();
            for glob in globs {
                let Meaning::AnyOf(patterns) = pattern::glob(glob, case).unwrap() else { panic!("{glob}") };
                numbers.extend(patterns.into_iter().map(|pattern| self.vocabulary.pattern_number(pattern)));
            }
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        }

        fn joined(&mut self, criteria: &[&[&str]]) -> Vec<Vec<PatternNumber>> {
            let criteria = criteria.iter().map(|globs| self.criterion(globs, Case::Ignored)).collect();
            self.joining.joined(0, criteria, &mut self.vocabulary, &mut self.work)
        }

        fn becomes(&mut self, criteria: &[&[&str]], expected: &[&[&str]]) {
            let joined = self.joined(criteria);
            let expected: Vec<_> = expected.iter().map(|globs| self.criterion(globs, Case::Ignored)).collect();
            assert_eq!(joined, expected, "{criteria:?}");
        }
    }

    #[test]
    fn criteria_become_fewer() {
        let mut tried = Tried::new();
        tried.becomes(&[&["ab*", "cd*"], &["*x", "*y"]], &[&["ab*x", "ab*y", "cd*x", "cd*y"]]);
        tried.becomes(&[&["ab*"], &["*bc"]], &[&["ab*bc", "abc"]]);
        tried.becomes(&[&["*ab*"], &["*ab", "*c"]], &[&["*ab", "*ab*c"]]);
        tried.becomes(&[&["ab", "cd"], &["a*"]], &[&["ab"]]);
        tried.becomes(&[&["ab"], &["c*"]], &[&[]]);
        // In an order in which all three can be joined: the glob comes last.
        tried.becomes(&[&["a*"], &["*z"], &["ab*"]], &[&["ab*z"]]);
        // A glob is joined with nothing.
        tried.becomes(&[&["a*"], &["*m*"], &["*z"]], &[&["a*m*"], &["*z"]]);
    }

    #[test]
    fn what_cannot_be_joined_stays() {
        let mut tried = Tried::new();
        for criteria in [[&["a*b"][..], &["*c"]], [&[""], &["*c"]], [&["a?"], &["*c", "d"]]] {
            tried.becomes(&criteria, &criteria);
        }
        let sensitive = tried.criterion(&["a*"], Case::Sensitive);
        let ignoring = tried.criterion(&["*b"], Case::Ignored);
        let apart = vec![sensitive, ignoring];
        assert_eq!(tried.joining.joined(0, apart.clone(), &mut tried.vocabulary, &mut tried.work), apart);
        let absent = vec![vec![super::super::vocabulary::ABSENT], apart[0].clone()];
        assert_eq!(tried.joining.joined(0, absent.clone(), &mut tried.vocabulary, &mut tried.work), absent);
    }

    #[test]
    fn what_is_joined_keeps_to_its_bounds() {
        let starts: Vec<_> = (0..10).map(|number| format!("a{number}*")).collect();
        let ends: Vec<_> = (0..10).map(|number| format!("*b{number}")).collect();
        let starts: Vec<_> = starts.iter().map(String::as_str).collect();
        let ends: Vec<_> = ends.iter().map(String::as_str).collect();
        // 10 and 8 are 80 together, at most 18 and 64 more; 10 and 10 are 100.
        assert_eq!(Tried::new().joined(&[&starts, &ends[..8]]).len(), 1);
        assert_eq!(Tried::new().joined(&[&starts, &ends]).len(), 2);
        let mut tried = Tried::new();
        tried.joining.most_patterns = 79;
        assert_eq!(tried.joined(&[&starts, &ends[..8]]).len(), 2);
        tried.joining.most_bytes = 4;
        assert_eq!(tried.joined(&[&["ab*"], &["*xy"]]).len(), 2);
        tried.joining.most_bytes = 5;
        assert_eq!(tried.joined(&[&["ab*"], &["*xy"]]).len(), 1);
        tried.joining.operators = vec![OperatorSet::of(&OPERATORS)];
        assert_eq!(tried.joined(&[&["ab*"], &["*xy"]]).len(), 2);
        assert_eq!(tried.joined(&[&["ab*"], &["a*"]]).len(), 1);
        let many: [&[&str]; 9] = [&["a*"]; 9];
        assert_eq!(tried.joined(&many).len(), 9);
        assert_eq!(tried.joined(&many[..8]).len(), 1);
    }
}
