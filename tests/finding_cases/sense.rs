//! What the content says, whoever loads it; and waivers.

use channel_file::template::{Operator, Pattern};
use channel_file::validator::FindingCode;

use super::{At, Case, IMAGE, Input, PIPE_NAME, PROCESS_ID, content, on_pipes, rule, waiver};
use crate::few_words::{any_of, equals};
use crate::judged::{contains, ends, ignoring, none_of, range, regex, starts};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = contradictions();
    cases.extend(breadth());
    cases.extend(repetitions());
    cases
}

fn contradictions() -> Vec<Case> {
    use FindingCode::NeverMatches;
    vec![
        Case::new(
            NeverMatches,
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [contains("v")])]),
            At::INSTANCE.field(PIPE_NAME),
            &[
                "instance 0",
                "field 1",
                "PipeName any-of [starts-with 'evil' with case]",
                "none-of [contains 'v' with case]",
            ],
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [contains("x")])]),
        ),
        Case::new(
            NeverMatches,
            Input::of([
                on_pipes([any_of(IMAGE, [equals("a")])]),
                on_pipes([any_of(PROCESS_ID, [range(1, 4)]), any_of(PROCESS_ID, [range(5, 9)])]),
            ]),
            // In the file instances are ordered by what they ask of which fields.
            At::INSTANCE.field(PROCESS_ID),
            &["instance 0", "field 2", "range 1 to 4", "range 5 to 9"],
            Input::of([
                on_pipes([any_of(IMAGE, [equals("a")])]),
                on_pipes([any_of(PROCESS_ID, [range(1, 5)]), any_of(PROCESS_ID, [range(5, 9)])]),
            ]),
        ),
    ]
}

fn breadth() -> Vec<Case> {
    use FindingCode::{MatchesEverything, MatchesNothingness, Unspecific};
    let narrow = || Input::one([any_of(PIPE_NAME, [equals("evil")])]);
    vec![
        Case::new(
            MatchesEverything,
            Input::one([any_of(PIPE_NAME, [Pattern::absent(), regex("(?:)")])]),
            At::INSTANCE,
            &["instance 0"],
            Input::one([any_of(PIPE_NAME, [Pattern::absent(), regex("^x")])]),
        ),
        Case::new(
            MatchesEverything,
            Input::one([none_of(PIPE_NAME, [regex(r"[^\s\S]")])]),
            At::INSTANCE,
            &["instance 0"],
            Input::one([none_of(PIPE_NAME, [regex(r"[^\s]")])]),
        ),
        Case::new(
            MatchesNothingness,
            Input::one([none_of(PIPE_NAME, [equals("good")])]),
            At::INSTANCE,
            &["instance 0", "without a single value"],
            Input::one([none_of(PIPE_NAME, [equals("good"), Pattern::absent()])]),
        )
        .warning(),
        Case::new(
            Unspecific,
            Input::one([any_of(PIPE_NAME, [contains("q")])]),
            At::INSTANCE,
            &["instance 0", "PipeName any-of"],
            narrow(),
        )
        .warning(),
        Case::new(
            Unspecific,
            Input::one([none_of(PIPE_NAME, [equals("good"), Pattern::absent()])]),
            At::INSTANCE,
            &["instance 0", "PipeName none-of"],
            narrow(),
        )
        .warning(),
    ]
}

fn repetitions() -> Vec<Case> {
    use FindingCode::{CaseTwins, Duplicate, PatternImplied, Shadowed};
    let evil = |text: &str| on_pipes([any_of(PIPE_NAME, [starts(text)])]);
    let narrow = || on_pipes([any_of(PIPE_NAME, [starts("evil-")]), any_of(IMAGE, [ends("x.exe")])]);
    let second = At { instance: Some(1), ..At::INSTANCE };
    let twins = |one: &str, two: &str| {
        Input::one([any_of(PIPE_NAME, [ignoring(Operator::EndsWith, one), ignoring(Operator::EndsWith, two)])])
    };
    vec![
        Case::new(
            Duplicate,
            Input::of([evil("evil"), evil("evil")]),
            second,
            &["instance 1", "instance 0", "of the same rule"],
            Input::of([evil("evil"), evil("good")]),
        )
        .warning(),
        Case::new(
            Duplicate,
            Input::new(&content([rule("a", [evil("evil")]), rule("r", [evil("evil")])])),
            second,
            &["instance 1", "instance 0", "of rule a"],
            Input::new(&content([rule("a", [evil("evil")]), rule("r", [evil("good")])])),
        )
        .warning(),
        Case::new(
            Shadowed,
            Input::of([evil("evil"), narrow()]),
            second,
            &["instance 1", "instance 0"],
            Input::new(&content([rule("a", [evil("evil")]), rule("r", [narrow()])])),
        )
        .warning(),
        Case::new(
            CaseTwins,
            twins("ÉVIL", "évil"),
            At::INSTANCE.field(PIPE_NAME).pattern(1),
            &["ÉVIL", "évil"],
            twins("ÉVIL", "evil"),
        )
        .warning(),
        Case::new(
            PatternImplied,
            Input::one([any_of(PIPE_NAME, [starts("evil"), starts("evil-pipe")])]),
            At::INSTANCE.field(PIPE_NAME).pattern(1),
            &["starts-with 'evil-pipe'", "field 1 PipeName", "starts-with 'evil' with case"],
            Input::one([any_of(PIPE_NAME, [starts("evil"), starts("good-pipe")])]),
        )
        .note(),
        Case::new(
            PatternImplied,
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [ends("x"), starts("good")])]),
            At::INSTANCE.field(PIPE_NAME).pattern(0),
            &["starts-with 'good'", "field 1 PipeName", "keeps nothing out"],
            Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [ends("x"), ends("y")])]),
        )
        .note(),
    ]
}

/// Waivers that waive nothing.
pub(crate) fn waivers() -> Vec<Case> {
    use FindingCode::{UnknownWaiver, UnusedWaiver};
    let only_excludes = || Input::one([none_of(PIPE_NAME, [equals("good")])]);
    let asks = || Input::one([any_of(PIPE_NAME, [equals("good")])]);
    let rule = At { rule: Some("r"), ..At::NOWHERE };
    let waives = |finding: &str| [waiver(finding, None)];
    let good = || only_excludes().waived(waives("matches-without-values"));
    vec![
        Case::new(
            UnknownWaiver,
            only_excludes().waived(waives("nonsense")),
            rule,
            &["rule r", "nonsense", "no such"],
            good(),
        ),
        Case::new(
            UnknownWaiver,
            only_excludes().waived(waives("inputs-differ")),
            rule,
            &["rule r", "inputs-differ", "cannot"],
            good(),
        ),
        Case::new(
            UnknownWaiver,
            only_excludes().waived(waives("CV0205")),
            rule,
            &["rule r", "CV0205", "cannot"],
            good(),
        ),
        Case::new(UnusedWaiver, asks().waived(waives("CV0303")), rule, &["rule r", "CV0303", "nothing"], good())
            .warning(),
    ]
}
