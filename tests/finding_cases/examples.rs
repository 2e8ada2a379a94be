//! Examples that say something else than their rule.

use channel_file::template::{Example, Expectation, OwnedValue, Rule};
use channel_file::validator::FindingCode;

use super::{At, Case, Input, PIPE_NAME, USER, content, on_pipes, on_second_version, pipes};
use crate::few_words::{any_of, equals};
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
        // Another rule does match it, and has an example before it.
        Case::new(
            ExampleNotMatched,
            beside_another_rule(good),
            at(1),
            &["example 1", "must match", "PipeName: 'good-pipe'"],
            beside_another_rule(evil),
        ),
        // It has no value for the field that was appended later.
        Case::new(ExampleNotMatched, of_first_version(good), at(0), &["example 1"], of_first_version(evil)),
    ]
}

fn example(expectation: Expectation, name: &str) -> Example {
    let values = [OwnedValue::Text(name.into()), OwnedValue::Absent, OwnedValue::Absent];
    Example::new(&pipes(1), expectation, values).expect("a value for each field")
}

fn beside_another_rule(name: &str) -> Input {
    let of = |id, text, name| {
        let rule = Rule::builder(id).instance(on_pipes([any_of(PIPE_NAME, [starts(text)])]));
        rule.example(example(Expectation::Match, name)).build().expect("a rule")
    };
    Input::new(&content([of("a", "good", "good-pipe"), of("r", "evil", name)]))
}

fn of_first_version(name: &str) -> Input {
    let rule = Rule::builder("r").instance(on_pipes([any_of(PIPE_NAME, [starts("evil")])]));
    let rule = rule.instance(on_second_version([any_of(USER, [equals("SYSTEM")])]));
    Input::new(&content([rule.example(example(Expectation::Match, name)).build().expect("a rule")]))
}

/// A rule about pipes whose names start with `evil`, with examples.
fn input(examples: &[(Expectation, &str)]) -> Input {
    let rule = Rule::builder("r").instance(on_pipes([any_of(PIPE_NAME, [starts("evil")])]));
    let rule = examples.iter().fold(rule, |rule, (expectation, name)| rule.example(example(*expectation, name)));
    Input::new(&content([rule.build().expect("a rule")]))
}
