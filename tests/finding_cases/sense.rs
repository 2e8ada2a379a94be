//! What the content says, whoever loads it; and waivers.

use channel_file::template::{Comparison, Criterion, FieldKind, Operator, Pattern};
use channel_file::validator::FindingCode;

use super::{At, Case, IMAGE, Input, PIPE_NAME, PROCESS_ID, content, on_pipes, rule, waiver};
use crate::few_words::{any_of, equals, instance as instance_on, rule as few_rule, template_type};
use crate::judged::{bytes, contains, ends, ignoring, network, none_of, one_instance, range, refers, regex, starts};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = contradictions();
    cases.extend(breadth());
    cases.extend(repetitions());
    cases.extend(other_twins());
    cases.extend(other_duplicates());
    cases.extend(other_shadows());
    cases
}

fn same_as(field: u16) -> Pattern {
    refers(field, Comparison::Equals)
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
        // Who asks for absence by name means it.
        Case::new(
            MatchesNothingness,
            Input::one([none_of(PIPE_NAME, [equals("good")])]),
            At::INSTANCE,
            &["instance 0"],
            Input::one([any_of(PIPE_NAME, [Pattern::absent(), equals("evil")])]),
        )
        .warning(),
        // What needs no value at all is told as that alone.
        Case::new(
            Unspecific,
            Input::one([any_of(PROCESS_ID, [range(1, 100_000)])]),
            At::INSTANCE,
            &["instance 0", "ProcessId any-of"],
            Input::one([none_of(PIPE_NAME, [equals("good")])]),
        )
        .warning(),
        // That two fields are the same says something.
        Case::new(
            Unspecific,
            Input::one([none_of(PIPE_NAME, [same_as(IMAGE), Pattern::absent()])]),
            At::INSTANCE,
            &["instance 0", "PipeName none-of"],
            Input::one([any_of(PIPE_NAME, [same_as(IMAGE)])]),
        )
        .warning(),
        of_kind(FieldKind::Bytes, bytes(Operator::Contains, b"q"), bytes(Operator::Contains, b"evil")),
        of_kind(
            FieldKind::Signed,
            Pattern::signed_range(-1, 100_000).expect("a range"),
            Pattern::signed_range(-9, -1).expect("a range"),
        ),
        of_kind(FieldKind::IpAddress, network("203.0.0.0", 8), network("192.0.0.0", 8)),
    ]
}

/// A pattern that next to everything meets, and one that asks for something.
fn of_kind(kind: FieldKind, wide: Pattern, narrow: Pattern) -> Case {
    let input = |pattern| Input::new(&one_instance(&[kind], &[any_of(0, [pattern])]));
    Case::new(FindingCode::Unspecific, input(wide), At::INSTANCE, &["instance 0", "a any-of"], input(narrow)).warning()
}

fn other_twins() -> Vec<Case> {
    let twins = |one: Pattern, two: Pattern| Input::one([any_of(PIPE_NAME, [one, two])]);
    let ends_with = |text: &str| ignoring(Operator::EndsWith, text);
    [
        // Case changes what an expression means.
        twins(ignoring(Operator::Regex, r"\Dx"), ignoring(Operator::Regex, r"\dx")),
        twins(ends_with("EVIL"), ignoring(Operator::StartsWith, "evil")),
        twins(ends("EVIL"), ends("evil")),
    ]
    .map(|good| {
        let bad = twins(ends_with("EVIL"), ends_with("evil"));
        let at = At::INSTANCE.field(PIPE_NAME).pattern(1);
        Case::new(FindingCode::CaseTwins, bad, at, &["EVIL", "evil"], good).warning()
    })
    .into()
}

fn other_duplicates() -> Vec<Case> {
    let evil = |field| any_of(field, [starts("evil")]);
    let program = || any_of(IMAGE, [equals("a")]);
    let on_types = |of: [u32; 2]| {
        let types = [1, 2].map(|id| template_type(id, &[FieldKind::Text]));
        let on = of.map(|id| instance_on(&template_type(id, &[FieldKind::Text]), [evil(0)]));
        let both = [1, 2].map(|id| instance_on(&template_type(id, &[FieldKind::Text]), [any_of(0, [equals("b")])]));
        Input::new(&crate::few_words::content(types, [few_rule("r", on.into_iter().chain(both))]))
    };
    let of_types = Case::new(
        FindingCode::Duplicate,
        on_types([1, 1]),
        At { instance: Some(2), ..At::INSTANCE },
        &[],
        on_types([1, 2]),
    );
    let mut cases: Vec<Case> = [
        [on_pipes([evil(PIPE_NAME)]), on_pipes([evil(IMAGE)])],
        [on_pipes([program(), evil(PIPE_NAME)]), on_pipes([program(), none_of(PIPE_NAME, [starts("evil")])])],
    ]
    .into_iter()
    .map(|good| {
        let bad = Input::of([on_pipes([evil(PIPE_NAME)]), on_pipes([evil(PIPE_NAME)])]);
        let second = At { instance: Some(1), ..At::INSTANCE };
        Case::new(FindingCode::Duplicate, bad, second, &["instance 1", "instance 0"], Input::of(good)).warning()
    })
    .collect();
    cases.push(of_types.warning());
    cases
}

/// What the patterns alone show, and what looks like a shadow and is none.
fn other_shadows() -> Vec<Case> {
    let few = || any_of(PROCESS_ID, [range(1, 9)]);
    let unlikely = |field| none_of(field, [contains("unlikely")]);
    let two = |one: Vec<Criterion>, two: Vec<Criterion>| Input::of([on_pipes(one), on_pipes(two)]);
    let shadowed = |bad: Input, narrow: u32, good: Input| {
        let at = At { instance: Some(narrow), ..At::INSTANCE };
        Case::new(FindingCode::Shadowed, bad, at, &["instance 0", "instance 1"], good).warning()
    };
    let evil = || any_of(PIPE_NAME, [starts("evil")]);
    let evil_or_bad = || any_of(PIPE_NAME, [starts("bad"), starts("evil")]);
    let same = || any_of(PIPE_NAME, [same_as(IMAGE)]);
    let same_or_bad = || any_of(PIPE_NAME, [same_as(IMAGE), starts("bad")]);
    vec![
        // They ask for the same: duplicates.
        shadowed(two(vec![same()], vec![same(), few()]), 1, two(vec![evil()], vec![evil()])),
        // Not what is asked, but what the witnesses happen to be.
        shadowed(
            two(vec![same()], vec![same_or_bad()]),
            1,
            two(vec![evil()], vec![evil_or_bad(), unlikely(PIPE_NAME)]),
        ),
        // Another field.
        shadowed(
            two(
                vec![few(), none_of(PIPE_NAME, [same_as(IMAGE)])],
                vec![few(), none_of(PIPE_NAME, [same_as(IMAGE), starts("x")])],
            ),
            0,
            two(vec![few(), unlikely(PIPE_NAME)], vec![few(), unlikely(IMAGE)]),
        ),
        // Other patterns.
        shadowed(
            two(vec![evil_or_bad()], vec![evil()]),
            0,
            two(vec![few(), unlikely(PIPE_NAME)], vec![few(), none_of(PIPE_NAME, [contains("improbable")])]),
        ),
        // What refers to other fields is not proved.
        shadowed(
            two(vec![evil_or_bad()], vec![evil()]),
            0,
            two(vec![evil()], vec![evil_or_bad(), none_of(PIPE_NAME, [same_as(IMAGE)])]),
        ),
        shadowed(
            two(vec![evil_or_bad()], vec![evil()]),
            0,
            two(vec![same()], vec![same_or_bad(), unlikely(PIPE_NAME)]),
        ),
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
            only_excludes().waived(waives("costs-more")),
            rule,
            &["rule r", "costs-more", "cannot"],
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
