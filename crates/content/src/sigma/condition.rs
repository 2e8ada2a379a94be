//! The condition of a rule: which detections must be met, and which must not.

use rsigma_parser::{ConditionExpr, Quantifier, SelectorPattern, SigmaParserError, parse_condition};

use super::expression::Expression;
use crate::excerpt::quoted;
use crate::findings::{Checked, Problem};
use crate::suggestion::did_you_mean;
use crate::yaml::{Node, Place, Value};

/// The parser takes time with the square of the length. Public rules stay far below.
const MOST_BYTES: usize = 16_384;
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
    let conditions = texts.into_iter().map(|node| {
        let text = node.text().ok_or_else(|| {
            Problem::new(node.place, format!("a condition is a text or a list of texts, found {}", node.describe()))
        })?;
        read_text(text, node.place, names)
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

fn read_text(text: &str, place: Place, names: &[&str]) -> Checked<Expression> {
    check_size(text, place)?;
    if text.contains('|') {
        let message = "aggregation (`| count() …`, `| near …`) looks at several events; an instance sees one";
        return Err(Problem::new(place, message).help("Sigma has correlations for it, which a back end evaluates"));
    }
    let parsed = parse_condition(text).map_err(|error| syntax_problem(&error, text, place))?;
    resolve(&parsed, place, names)
}

fn check_size(text: &str, place: Place) -> Checked<()> {
    if text.len() > MOST_BYTES {
        let message = format!("the condition has {} bytes; the limit is {MOST_BYTES}", text.len());
        return Err(Problem::new(place, message));
    }
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
fn resolve(condition: &ConditionExpr, place: Place, names: &[&str]) -> Checked<Expression> {
    let all =
        |parts: &[ConditionExpr]| parts.iter().map(|part| resolve(part, place, names)).collect::<Checked<Vec<_>>>();
    Ok(match condition {
        ConditionExpr::And(parts) => Expression::All(all(parts)?),
        ConditionExpr::Or(parts) => Expression::Any(all(parts)?),
        ConditionExpr::Not(part) => Expression::Not(Box::new(resolve(part, place, names)?)),
        ConditionExpr::Identifier(name) => match names.iter().position(|other| other == name) {
            Some(index) => Expression::Detection(index),
            None => {
                return Err(Problem::new(place, format!("the condition uses {}, which is no detection", quoted(name)))
                    .help(did_you_mean(name, names.iter().copied())));
            }
        },
        ConditionExpr::Selector { quantifier, pattern } => {
            let selected = select(pattern, names);
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

/// Indices of the detections with such a name; `*` stands for any run of characters, `them` for every name.
fn select(pattern: &SelectorPattern, names: &[&str]) -> Vec<usize> {
    let matches = |name: &str| match pattern {
        SelectorPattern::Them => true,
        SelectorPattern::Pattern(pattern) => name_matches(pattern, name),
    };
    let visible = names.iter().enumerate().filter(|(_, name)| !name.starts_with('_'));
    visible.filter(|(_, name)| matches(name)).map(|(index, _)| index).collect()
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
        read_text(text, Place::default(), &NAMES)
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
