//! What could not be exercised.

use channel_file::template::{Case as TextCase, Comparison, FieldReference, Pattern};
use channel_file::validator::FindingCode;

use super::{At, Case, IMAGE, Input, PIPE_NAME};
use crate::few_words::{any_of, equals};
use crate::judged::{contains, ends, none_of, regex, starts};

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
            &["instance 0", "equals the field Image"],
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
            &["PipeName any-of [contains 'v' with case]"],
            Input::one([any_of(PIPE_NAME, [starts("evil")]), any_of(PIPE_NAME, [contains("x")])]),
        )
        .warning(),
        Case::new(
            Redundant,
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [starts("x")])]),
            At::INSTANCE.field(PIPE_NAME),
            &["PipeName none-of [starts-with 'x' with case]"],
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [ends("x")])]),
        )
        .warning(),
    ]
}
