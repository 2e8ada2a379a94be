#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use super::*;
use crate::listed::{Genre, Listed, Place, Span};
use crate::sites::{Found, Obstacle, find};

/// Mutants of a text, each at the first place where `at` stands.
fn mutants(text: &str, wanted: &[(Genre, &str, &str)]) -> Found {
    let listed: Vec<Listed> = wanted
        .iter()
        .map(|(genre, at, replacement)| {
            let before = text.split_once(at).unwrap().0;
            let (line, column) = (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().len() + 1);
            Listed::of(*genre, replacement, Span { start: Place { line, column } })
        })
        .collect();
    find(text, &listed, 1).unwrap()
}

/// The text rewritten, without the marks.
fn rewritten(text: &str, wanted: &[(Genre, &str, &str)]) -> String {
    let found = mutants(text, wanted);
    assert!(found.unchosen.is_empty(), "{:?}", found.unchosen);
    unmarked(&rewrite(text, &found.sites, &BTreeSet::new()))
}

fn unmarked(text: &str) -> String {
    let mut pieces = text.split("/*");
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once("*/").unwrap().1)
}

#[test]
fn mutants_of_one_operator_share_a_match() {
    let text = "fn f(a: u8) -> bool { a < 2 }";
    let done = rewritten(text, &[(Genre::BinaryOperator, "<", "=="), (Genre::BinaryOperator, "<", ">")]);
    let expected = "(match crate::mutant::at(1, 2) { 1 => (a) == (2), 2 => (a) > (2), _ => (a < 2) })";
    assert_eq!(done, format!("fn f(a: u8) -> bool {{ {expected} }}"));
}

#[test]
fn of_nested_operators_a_mutated_arm_has_the_text_as_it_was() {
    let text = "fn f() -> bool { a + b == !c }";
    let wanted =
        [(Genre::BinaryOperator, "==", "!="), (Genre::BinaryOperator, "+", "-"), (Genre::UnaryOperator, "!", "")];
    let sum = "(match crate::mutant::at(2, 1) { 1 => (a) - (b), _ => (a + b) })";
    let not = "(match crate::mutant::at(3, 1) { 1 => (c), _ => (!c) })";
    let all = format!("(match crate::mutant::at(1, 1) {{ 1 => (a + b) != (!c), _ => ({sum} == {not}) }})");
    assert_eq!(rewritten(text, &wanted), format!("fn f() -> bool {{ {all} }}"));
}

#[test]
fn a_function_returns_before_it_begins() {
    let text = "const fn f() -> u8 {\n    g()\n}";
    let done = rewritten(text, &[(Genre::FnValue, "g()", "0"), (Genre::FnValue, "g()", "1")]);
    let expected = " match crate::mutant::at(1, 2) { 1 => return 0, 2 => return 1, _ => {} } \n    g()\n";
    assert_eq!(done, format!("const fn f() -> u8 {{{expected}}}"));
}

#[test]
fn ways_of_an_iterator_are_made_of_one_type() {
    let text = "fn f() -> impl Iterator<Item = u8> { g() }";
    let done = rewritten(text, &[(Genre::FnValue, "g()", "empty()")]);
    let expected = "match crate::mutant::at(1, 1) { 1 => crate::mutant::Way::First(empty()), \
                    _ => crate::mutant::Way::Second({ g() }) }";
    assert_eq!(done, format!("fn f() -> impl Iterator<Item = u8> {{ {expected} }}"));
}

#[test]
fn arms_are_deleted_by_guards_and_guards_are_chosen() {
    let text = "fn f() { match a { 1 => b(), 2 if c == 3 => d(), _ => e() } }";
    let wanted = [
        (Genre::MatchArm, "1 =>", ""),
        (Genre::MatchArm, "2 if", ""),
        (Genre::MatchArmGuard, "c ==", "true"),
        (Genre::BinaryOperator, "==", "!="),
    ];
    let operator = "(match crate::mutant::at(4, 1) { 1 => (c) != (3), _ => (c == 3) })";
    let guard = format!("(match crate::mutant::at(3, 1) {{ 1 => true, _ => ({operator}) }})");
    let arms = format!(
        "1 if crate::mutant::at(1, 1) == 0 => b(), 2 if crate::mutant::at(2, 1) == 0 && ({guard}) => d(), _ => e()"
    );
    assert_eq!(rewritten(text, &wanted), format!("fn f() {{ match a {{ {arms} }} }}"));
}

#[test]
fn a_field_comes_from_the_base_where_it_is_deleted() {
    let text = "fn f() -> S { S { a, b: 2, ..g() } }";
    let done = rewritten(text, &[(Genre::StructField, "a, b", ""), (Genre::StructField, "b: 2", "")]);
    let from = |name, number, value| {
        let base = format!("{{ let base: S = g(); base.{name} }}");
        format!("{name}: (match crate::mutant::at({number}, 1) {{ 1 => {base}, _ => ({value}) }})")
    };
    assert_eq!(done, format!("fn f() -> S {{ S {{ {}, {}, ..g() }} }}", from("a", 1, "a"), from("b", 2, "2")));
}

#[test]
fn what_cannot_be_chosen_is_told() {
    let text = "const N: u8 = 1 + 2;\nfn f() { if a && let Some(b) = c {} match d { 3 => {} 4 => {} _ if e => {} } }";
    let wanted = [
        (Genre::BinaryOperator, "+", "-"),
        (Genre::BinaryOperator, "&&", "||"),
        (Genre::MatchArm, "3 =>", ""),
        (Genre::UnaryOperator, "f()", ""),
    ];
    let found = mutants(text, &wanted);
    assert!(found.sites.is_empty());
    let told: Vec<Obstacle> = found.unchosen.iter().map(|unchosen| unchosen.why).collect();
    assert_eq!(told, [Obstacle::Constant, Obstacle::Broken, Obstacle::Broken, Obstacle::Lost]);
}

#[test]
fn what_does_not_compile_is_left_out_and_marks_say_what_is_there() {
    let text = "fn f() -> u8 { a | b }";
    let found = mutants(text, &[(Genre::BinaryOperator, "|", "&"), (Genre::BinaryOperator, "|", "^")]);
    let with = |left_out: &[usize]| rewrite(text, &found.sites, &left_out.iter().copied().collect());
    assert_eq!(with(&[1, 2]), "fn f() -> u8 { (a | b) }");
    let one = "(match crate::mutant::at(1, 2) { 2 => /*<2*/(a) ^ (b)/*>2*/, _ => (a | b) })";
    assert_eq!(with(&[1]), format!("fn f() -> u8 {{ {one} }}"));
}
