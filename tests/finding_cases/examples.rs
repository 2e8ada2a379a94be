//! Examples that say something else than their rule.

use channel_file::template::{Example, Expectation, OwnedValue, Rule};
use channel_file::validator::FindingCode;

use super::{At, Case, Input, PIPE_NAME, content, on_pipes, pipes};
use crate::few_words::any_of;
use crate::judged::starts;

pub(crate) fn cases() -> Vec<Case> {
    use FindingCode::{ExampleMatched, ExampleNotMatched};
    let at = |example| At { rule: Some("r"), example: Some(example), ..At::NOWHERE };
    let (good, evil) = ("good-pipe", "evil-pipe");
    vec![
        Case::new(
            ExampleNotMatched,
            input(&[(Expectation::Match, evil), (Expectation::Match, good)]),
            at(1),
            &["example 2", "must match", "PipeName: 'good-pipe'"],
            input(&[(Expectation::Match, evil), (Expectation::Match, "evil")]),
        ),
        Case::new(
            ExampleMatched,
            input(&[(Expectation::Match, "evil"), (Expectation::NoMatch, evil)]),
            at(1),
            &["example 2", "must not match", "instance 0", "PipeName: 'evil-pipe'"],
            input(&[(Expectation::Match, "evil"), (Expectation::NoMatch, good)]),
        ),
    ]
}

/// A rule about pipes whose names start with `evil`, with examples.
fn input(examples: &[(Expectation, &str)]) -> Input {
    let rule = Rule::builder("r").instance(on_pipes([any_of(PIPE_NAME, [starts("evil")])]));
    let rule = examples.iter().fold(rule, |rule, (expectation, name)| {
        let values = [OwnedValue::Text((*name).into()), OwnedValue::Absent, OwnedValue::Absent];
        rule.example(Example::new(&pipes(1), *expectation, values).expect("a value for each field"))
    });
    Input::new(&content([rule.build().expect("a rule")]))
}
