//! The condition of a rule: which detections must be met, and which must not.

use std::collections::BTreeMap;

use rsigma_parser::{ConditionExpr, Quantifier, SelectorPattern, SigmaParserError, parse_condition};

use super::expression::Expression;
use crate::excerpt::quoted;
use crate::findings::{Checked, Problem};
use crate::suggestion::did_you_mean;
use crate::yaml::{Node, Place, Value};

/// The parser takes time with the square of the length. Public rules stay far below.
const MOST_BYTES: usize = 16_384;
/// Detections of a rule. Public rules have at most a few dozen.
const MOST_DETECTIONS: usize = 4_096;
/// Names that the selectors of a rule (`1 of selection_*`) are tried on, long ones several times.
const MOST_TRIED: usize = 1_048_576;
/// Parentheses within parentheses, which parsers and walks recurse on.
const MOST_DEPTH: usize = 32;
/// `not not …`, which they recurse on too.
const MOST_NOTS: usize = 4;

/// Reads a condition, or a list of which any may be met, over detections with these names.
pub(super) fn read(node: &Node<'_>, names: &[&str]) -> Checked<Expression> {
    let texts: Vec<&Node<'_>> = match &node.value {
        Value::Sequence(members) if !members.is_empty() => members.iter().collect(),
        _ => vec![node],
    };
    let mut detections = Detections::new(names, node.place)?;
    let mut bytes = 0_usize;
    let conditions = texts.into_iter().map(|node| {
        let text = node.text().ok_or_else(|| {
            Problem::new(node.place, format!("a condition is a text or a list of texts, found {}", node.describe()))
        })?;
        bytes = bytes.saturating_add(text.len());
        check_length(bytes, node.place)?;
        read_text(text, node.place, &mut detections)
    });
    let mut conditions = conditions.collect::<Checked<Vec<_>>>()?;
    match (conditions.pop(), conditions.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            conditions.extend(last);
            Ok(Expression::Any(conditions))
        }
    }
}

/// The detections of a rule, by name.
struct Detections<'n> {
    names: &'n [&'n str],
    indices: BTreeMap<&'n str, usize>,
    /// How many names selectors may still be tried on.
    left: usize,
}

impl<'n> Detections<'n> {
    fn new(names: &'n [&'n str], place: Place) -> Checked<Self> {
        if names.len() > MOST_DETECTIONS {
            let message = format!("the rule has {} detections; the limit is {MOST_DETECTIONS}", names.len());
            return Err(Problem::new(place, message));
        }
        let indices = names.iter().copied().zip(0..).collect();
        Ok(Self { names, indices, left: MOST_TRIED })
    }

    /// Indices of the detections with such a name; `*` stands for any run of characters, `them` for every name. `None`
    /// once too many names have been tried.
    fn select(&mut self, pattern: &SelectorPattern) -> Option<Vec<usize>> {
        let mut selected = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            self.left = self.left.checked_sub((name.len() >> 5).saturating_add(1))?;
            let matches = match pattern {
                SelectorPattern::Them => true,
                SelectorPattern::Pattern(pattern) => name_matches(pattern, name),
            };
            if matches && !name.starts_with('_') {
                selected.push(index);
            }
        }
        Some(selected)
    }
}

fn read_text(text: &str, place: Place, detections: &mut Detections<'_>) -> Checked<Expression> {
    check_nesting(text, place)?;
    if text.contains('|') {
        let message = "aggregation (`| count() …`, `| near …`) looks at several events; an instance sees one";
        return Err(Problem::new(place, message).help("Sigma has correlations for it, which a back end evaluates"));
    }
    let parsed = parse_condition(text).map_err(|error| syntax_problem(&error, text, place))?;
    resolve(&parsed, place, detections)
}

/// So many bytes are those of all conditions up to here.
fn check_length(bytes: usize, place: Place) -> Checked<()> {
    if bytes > MOST_BYTES {
        let message = format!("the conditions of the rule have {bytes} bytes or more; the limit is {MOST_BYTES}");
        return Err(Problem::new(place, message));
    }
    Ok(())
}

fn check_nesting(text: &str, place: Place) -> Checked<()> {
    let (mut depth, mut deepest, mut nots, mut most_nots) = (0_usize, 0_usize, 0_usize, 0_usize);
    for word in text.split_inclusive(['(', ')', ' ', '\t', '\r', '\n']) {
        let name = word.trim_end_matches(['(', ')', ' ', '\t', '\r', '\n']);
        match name {
            "" => {}
            "not" => nots = nots.saturating_add(1),
            _ => nots = 0,
        }
        most_nots = most_nots.max(nots);
        if word.ends_with('(') {
            depth = depth.saturating_add(1);
            nots = 0;
        } else if word.ends_with(')') {
            depth = depth.saturating_sub(1);
        }
        deepest = deepest.max(depth);
    }
    if deepest > MOST_DEPTH || most_nots > MOST_NOTS {
        let message = format!(
            "the condition nests {deepest} parentheses and {most_nots} `not`; the limits are {MOST_DEPTH} and {MOST_NOTS}"
        );
        return Err(Problem::new(place, message));
    }
    Ok(())
}

/// The tree is no deeper than the limits above.
fn resolve(condition: &ConditionExpr, place: Place, detections: &mut Detections<'_>) -> Checked<Expression> {
    let mut all = |parts: &[ConditionExpr]| {
        parts.iter().map(|part| resolve(part, place, detections)).collect::<Checked<Vec<_>>>()
    };
    Ok(match condition {
        ConditionExpr::And(parts) => Expression::All(all(parts)?),
        ConditionExpr::Or(parts) => Expression::Any(all(parts)?),
        ConditionExpr::Not(part) => Expression::Not(Box::new(resolve(part, place, detections)?)),
        ConditionExpr::Identifier(name) => match detections.indices.get(name.as_str()) {
            Some(index) => Expression::Detection(*index),
            None => {
                return Err(Problem::new(place, format!("the condition uses {}, which is no detection", quoted(name)))
                    .help(did_you_mean(name, detections.names.iter().copied())));
            }
        },
        ConditionExpr::Selector { quantifier, pattern } => {
            let Some(selected) = detections.select(pattern) else {
                let message =
                    format!("the selectors of the condition try names more than {MOST_TRIED} times, the limit");
                return Err(Problem::new(place, message));
            };
            if selected.is_empty() {
                let message = format!("`{quantifier} of` {} selects no detection", quoted(&pattern.to_string()));
                return Err(Problem::new(place, message).help("names that begin with `_` are never selected"));
            }
            let selected = selected.into_iter().map(Expression::Detection).collect();
            match quantifier {
                Quantifier::Any => Expression::Any(selected),
                Quantifier::All => Expression::All(selected),
                Quantifier::Count(count) => {
                    let message =
                        format!("'{count} of' is not in the Sigma specification; only `1 of` and `all of` are");
                    return Err(Problem::new(place, message));
                }
            }
        }
    })
}

fn name_matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let (inner, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(mut name) = name.strip_prefix(first).and_then(|name| name.strip_suffix(last)) else { return false };
    for part in inner.split('*').filter(|part| !part.is_empty()) {
        match name.split_once(part) {
            Some((_, after)) => name = after,
            None => return false,
        }
    }
    true
}

fn syntax_problem(error: &SigmaParserError, text: &str, place: Place) -> Problem {
    let character = error.location().map(|found| format!(", at its character {}", found.col)).unwrap_or_default();
    let problem = Problem::new(place, format!("the condition {} is wrong{character}", quoted(text)));
    if text.split_whitespace().any(|word| matches!(word, "AND" | "OR" | "NOT" | "OF" | "ALL" | "THEM")) {
        return problem.help("`and`, `or`, `not` and the other words of conditions are lower case");
    }
    problem.help("detections joined by `and`, `or`, `not`, `1 of` and `all of`")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["selection", "filter_a", "filter_b", "_hidden"];

    fn read_one(text: &str) -> Checked<Expression> {
        check_length(text.len(), Place::default())?;
        read_text(text, Place::default(), &mut Detections::new(&NAMES, Place::default())?)
    }

    #[test]
    fn selectors_name_detections() {
        use Expression::{All, Any, Detection, Not};
        assert_eq!(
            read_one("selection and not 1 of filter_*"),
            Ok(All(vec![Detection(0), Not(Box::new(Any(vec![Detection(1), Detection(2)])))]))
        );
        assert_eq!(read_one("all of them"), Ok(All(vec![Detection(0), Detection(1), Detection(2)])));
        assert_eq!(read_one("1 of *ter*a"), Ok(Any(vec![Detection(1)])));
        assert_eq!(read_one("_hidden"), Ok(Detection(3)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, part) in [
            ("selektion", "'selektion'"),
            ("1 of other_*", "selects no detection"),
            ("1 of _*", "selects no detection"),
            ("2 of filter_*", "'2 of'"),
            ("selection | count() > 5", "aggregation"),
            ("selection AND filter_a", "wrong"),
            ("", "wrong"),
            ("(selection", "wrong"),
        ] {
            let problem = read_one(text).unwrap_err();
            assert!(problem.message.contains(part), "{text}: {problem:?}");
        }
    }

    #[test]
    fn detections_and_selectors_are_counted() {
        let names: Vec<String> = (0..=MOST_DETECTIONS).map(|index| format!("d{index}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let problem = Detections::new(&names, Place::default()).err().unwrap();
        assert!(problem.message.contains("4097 detections; the limit is 4096"), "{problem:?}");
        let read = |count: usize| {
            let mut detections = Detections::new(&names[1..], Place::default())?;
            read_text(&vec!["1 of d*"; count].join(" or "), Place::default(), &mut detections)
        };
        assert!(read(256).is_ok());
        assert!(read(257).unwrap_err().message.contains("more than 1048576"));
    }

    #[test]
    fn hostile_conditions_end_early() {
        for text in [
            format!("{}selection{}", "(".repeat(33), ")".repeat(33)),
            "(".repeat(10_000),
            format!("{}selection", "not ".repeat(5)),
            "selection or ".repeat(10_000),
        ] {
            let problem = read_one(&text).unwrap_err();
            assert!(problem.message.contains("limit"), "{problem:?}");
        }
        let deep = format!("{}selection{}", "not not not not (".repeat(32), ")".repeat(32));
        assert!(read_one(&deep).is_ok());
        assert!(read_one(&format!("{}selection", "selection or ".repeat(1_200))).is_ok());
    }

    #[test]
    fn names_match_whole() {
        for (pattern, name, expected) in [
            ("*", "anything", true),
            ("a*", "ab", true),
            ("a", "ab", false),
            ("*b", "ab", true),
            ("a*a", "a", false),
            ("a*b*c", "axbyc", true),
            ("a*b*c", "axyc", false),
            ("*b*b*", "ab", false),
        ] {
            assert_eq!(name_matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
