//! What could not be exercised.

use channel_file::template::{Case as TextCase, Comparison, Criterion, FieldReference, Pattern, TemplateInstance};
use channel_file::validator::FindingCode;

use super::{At, Case, IMAGE, Input, PIPE_NAME, content, on_pipes, rule};
use crate::few_words::{any_of, equals};
use crate::judged::{contains, ends, none_of, regex, starts};

/// What is the nineteenth character from the end: an automaton has to keep all nineteen.
const NINETEENTH_A: &str = "^(?:.*a.{18})$";
const NINETEENTH_B: &str = "^(?:.*b.{18})$";
const NINETEENTH: &str = "^(?:.*[ab].{18})$";

pub(crate) fn cases() -> Vec<Case> {
    use FindingCode::{NoWitness, Redundant};
    let same =
        |field| Pattern::field(FieldReference { field, comparison: Comparison::Equals, case: TextCase::Sensitive });
    vec![
        Case::new(
            NoWitness,
            Input::one([any_of(PIPE_NAME, [equals("evil"), regex("a$b")])]),
            At::INSTANCE.field(PIPE_NAME).pattern(1),
            &["instance 0", "regex 'a$b'", "field 1 PipeName"],
            Input::one([any_of(PIPE_NAME, [equals("evil"), regex("ab$")])]),
        ),
        // The two fields cannot be the same and differ.
        Case::new(
            NoWitness,
            Input::one([
                any_of(PIPE_NAME, [same(IMAGE)]),
                any_of(PIPE_NAME, [starts("a")]),
                any_of(IMAGE, [starts("b")]),
            ]),
            At::INSTANCE.field(PIPE_NAME),
            &["instance 0", "equals the field Image", "starts-with 'a'", "starts-with 'b'"],
            Input::one([
                any_of(PIPE_NAME, [same(IMAGE)]),
                any_of(PIPE_NAME, [starts("a")]),
                any_of(IMAGE, [ends("b")]),
            ]),
        ),
        Case::new(
            Redundant,
            Input::one([any_of(PIPE_NAME, [starts("evil")]), any_of(PIPE_NAME, [contains("v")])]),
            At::INSTANCE.field(PIPE_NAME),
            &["everything that meets", "PipeName any-of [contains 'v' with case]"],
            Input::one([any_of(PIPE_NAME, [starts("evil")]), any_of(PIPE_NAME, [contains("x")])]),
        )
        .warning(),
        Case::new(
            Redundant,
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [starts("x")])]),
            At::INSTANCE.field(PIPE_NAME),
            &["kept out by", "PipeName none-of [starts-with 'x' with case]"],
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [ends("x")])]),
        )
        .warning(),
        // Of fields that refer to each other nothing is proved.
        Case::new(
            NoWitness,
            linked(none_of(PIPE_NAME, [ends("y"), starts("x")])),
            At::INSTANCE.field(PIPE_NAME).pattern(0),
            &["instance 0", "starts-with 'x'"],
            linked(none_of(PIPE_NAME, [ends("y"), ends("x")])),
        ),
        Case::new(
            NoWitness,
            linked(any_of(PIPE_NAME, [contains("v"), contains("v-pipe")])),
            At::INSTANCE.field(PIPE_NAME).pattern(1),
            &["instance 0", "contains 'v-pipe'"],
            linked(any_of(PIPE_NAME, [contains("b-pipe"), contains("v-pipe")])),
        ),
        Case::new(
            Redundant,
            linked(any_of(PIPE_NAME, [contains("v")])),
            At::INSTANCE.field(PIPE_NAME),
            &["no event was found that fails", "contains 'v'"],
            linked(any_of(PIPE_NAME, [contains("x")])),
        )
        .warning(),
        // What takes too many steps is not proved either.
        Case::new(
            NoWitness,
            Input::one([any_of(PIPE_NAME, [regex(NINETEENTH_A)]), any_of(PIPE_NAME, [regex(NINETEENTH_B)])]),
            At::INSTANCE.field(PIPE_NAME),
            &["no event was found that meets instance 0", NINETEENTH_A, NINETEENTH_B],
            Input::one([any_of(PIPE_NAME, [regex(NINETEENTH_A)])]),
        ),
        Case::new(
            NoWitness,
            Input::one([any_of(PIPE_NAME, [regex(NINETEENTH_A)]), none_of(PIPE_NAME, [regex(NINETEENTH_B)])]),
            At::INSTANCE.field(PIPE_NAME).pattern(0),
            &["instance 0", NINETEENTH_B],
            Input::one([any_of(PIPE_NAME, [regex(NINETEENTH_A)]), none_of(PIPE_NAME, [ends("b")])]),
        ),
        Case::new(
            Redundant,
            Input::one([any_of(PIPE_NAME, [regex(NINETEENTH_A)]), any_of(PIPE_NAME, [regex(NINETEENTH)])]),
            At::INSTANCE.field(PIPE_NAME),
            &["no event was found that fails", NINETEENTH],
            Input::one([any_of(PIPE_NAME, [regex(NINETEENTH_A)])]),
        )
        .warning(),
        Case::new(
            NoWitness,
            Input::one([any_of(PIPE_NAME, [regex(NINETEENTH), regex(NINETEENTH_A)])]),
            At::INSTANCE.field(PIPE_NAME).pattern(0),
            &["instance 0", NINETEENTH_A],
            Input::one([any_of(PIPE_NAME, [regex(NINETEENTH_A), regex(NINETEENTH_B)])]),
        ),
        // What is proved of one criterion is not of another.
        Case::new(
            NoWitness,
            Input::one([
                any_of(PIPE_NAME, [starts("evil")]),
                none_of(PIPE_NAME, [starts("x")]),
                any_of(IMAGE, [regex(NINETEENTH_A)]),
                none_of(IMAGE, [regex(NINETEENTH_B)]),
            ]),
            At::INSTANCE.field(IMAGE).pattern(0),
            &["instance 0", NINETEENTH_B],
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [starts("x")])]),
        ),
        // What is proved for one instance is not for another.
        Case::new(
            NoWitness,
            Input::of([on_pipes([implied()]), on_pipes([implied(), any_of(IMAGE, [same(PIPE_NAME)])])]),
            At { instance: Some(1), ..At::INSTANCE }.field(PIPE_NAME).pattern(1),
            &["instance 1", "starts-with 'evil-pipe'"],
            Input::of([on_pipes([implied()])]),
        ),
        // Another rule, or the other sense, does not exercise it; another instance of the rule does.
        Case::new(
            Redundant,
            Input::new(&content([rule("a", [wide()]), rule("r", [redundant()])])),
            At::INSTANCE.field(PIPE_NAME),
            &["PipeName any-of [contains 'v' with case]"],
            Input::of([redundant(), wide()]),
        )
        .warning(),
        Case::new(
            Redundant,
            Input::of([
                on_pipes([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [starts("x")])]),
                on_pipes([any_of(PIPE_NAME, [starts("x")])]),
            ]),
            At { instance: Some(1), ..At::INSTANCE }.field(PIPE_NAME),
            &["PipeName none-of [starts-with 'x' with case]"],
            Input::of([wide(), redundant()]),
        )
        .warning(),
    ]
}

/// Of a field that is the same as another, and starts with `evil`.
pub(crate) fn linked(criterion: Criterion) -> Input {
    let same =
        Pattern::field(FieldReference { field: IMAGE, comparison: Comparison::Equals, case: TextCase::Sensitive });
    Input::one([any_of(PIPE_NAME, [same]), any_of(PIPE_NAME, [starts("evil")]), criterion])
}

fn wide() -> TemplateInstance {
    on_pipes([any_of(PIPE_NAME, [contains("v")])])
}

/// The second pattern adds nothing.
fn implied() -> Criterion {
    any_of(PIPE_NAME, [starts("evil"), starts("evil-pipe")])
}

/// The second criterion keeps nothing out.
fn redundant() -> TemplateInstance {
    on_pipes([any_of(PIPE_NAME, [starts("evil")]), any_of(PIPE_NAME, [contains("v")])])
}
