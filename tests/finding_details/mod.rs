//! What findings and reports say besides their code, level, place and message: found wanting by mutation testing.

use channel_file::interpreter::Budget;
use channel_file::template::{Content, DeclaredType, Operator, OperatorSet, TemplateInstance, TemplateType};
use channel_file::validator::{Finding, FindingCode, Level, ManifestType, Progress, Report, Tally, Validator, witness};
use channel_file::{ChannelFile, Limits};

use crate::few_words::{any_of, equals};
use crate::finding_cases::exercise::linked;
use crate::finding_cases::{
    IMAGE, Input, PIPE_NAME, PROCESS_ID, PipeCreated, USER, all, content, good_releases, on_pipes, on_second_version,
    pipes, releases, rule, waiver,
};
use crate::judged::{contains, ends, has, ignoring, none_of, range, regex, starts, told};

fn of_code(report: &Report, code: FindingCode) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.code == code).collect()
}

/// Present, exercised, implied, waived, missed.
fn counts(tally: Tally) -> [u64; 5] {
    [tally.present, tally.exercised, tally.implied, tally.waived, tally.missed]
}

/// What came of the criteria and of the patterns of the first field.
fn of_pipe_name(input: Input) -> ([u64; 5], [u64; 5]) {
    let report = input.judged();
    let field = report.coverage.iter().find(|field| field.field == PIPE_NAME).expect("it is asked for");
    (counts(field.criteria), counts(field.patterns))
}

#[test]
fn coverage_counts_what_came_of_each() {
    let evil = || any_of(PIPE_NAME, [starts("evil")]);
    let never = || Input::one([evil(), any_of(PIPE_NAME, [starts("good"), starts("bad")])]);
    for (input, criteria, patterns) in [
        (Input::one([evil()]), [1, 1, 0, 0, 0], [1, 1, 0, 0, 0]),
        (Input::one([evil(), any_of(PIPE_NAME, [contains("v")])]), [2, 1, 1, 0, 0], [2, 2, 0, 0, 0]),
        (Input::one([evil(), none_of(PIPE_NAME, [starts("x")])]), [2, 1, 1, 0, 0], [2, 1, 1, 0, 0]),
        (Input::one([any_of(PIPE_NAME, [starts("evil"), starts("evil-pipe")])]), [1, 1, 0, 0, 0], [2, 1, 1, 0, 0]),
        (Input::one([any_of(PIPE_NAME, [equals("evil"), regex("a$b")])]), [1, 0, 0, 0, 1], [2, 1, 0, 0, 1]),
        (linked(none_of(PIPE_NAME, [starts("x")])), [3, 2, 0, 0, 1], [3, 2, 0, 0, 1]),
        (never(), [2, 0, 0, 0, 2], [3, 0, 0, 0, 3]),
        (never().waived([waiver("never-matches", None)]), [2, 0, 0, 2, 0], [3, 0, 0, 3, 0]),
        (never().waived([waiver("no-witness", None)]), [2, 0, 0, 0, 2], [3, 0, 0, 0, 3]),
    ] {
        let shown = told(&input.judged());
        assert_eq!(of_pipe_name(input), (criteria, patterns), "{shown}");
    }
}

#[test]
fn events_are_counted() {
    let report = Input::one([any_of(PIPE_NAME, [equals("evil")]), none_of(IMAGE, [equals("good")])]).judged();
    // One as such and one for the pattern; one without it and one that is excluded.
    assert_eq!((report.exercise.witnesses, report.exercise.near_misses), (2, 2));
}

#[test]
fn one_fault_is_told_once() {
    let without = |code, report: Report| assert!(!has(&report, code), "{}", told(&report));
    let evil = || any_of(PIPE_NAME, [starts("evil")]);
    // What is redundant as a whole is not told of pattern by pattern.
    without(FindingCode::PatternImplied, Input::one([evil(), none_of(PIPE_NAME, [starts("x")])]).judged());
    // What nothing was found for is not said to be of no use.
    without(FindingCode::Redundant, linked(none_of(PIPE_NAME, [starts("x")])).judged());
    let report = Input::one([any_of(PIPE_NAME, [regex("evil(")])]).judged();
    assert_eq!(of_code(&report, FindingCode::RegexSyntax).len(), 1, "{}", told(&report));
}

/// An alternative repeats what the others of its rule say; another rule has another author.
#[test]
fn case_twins_are_told_once_for_each_rule() {
    let twins = [ignoring(Operator::EndsWith, "EVIL"), ignoring(Operator::EndsWith, "evil")];
    let one = |id, number| on_pipes([any_of(PIPE_NAME, twins.clone()), any_of(PROCESS_ID, [range(id, number)])]);
    let report = Input::new(&content([rule("a", [one(1, 9), one(11, 19)]), rule("r", [one(21, 29)])])).judged();
    let found = of_code(&report, FindingCode::CaseTwins);
    let rules: Vec<_> = found.iter().filter_map(|finding| finding.place.rule.as_deref()).collect();
    assert_eq!(rules, ["a", "r"], "{}", told(&report));
}

#[test]
fn inputs_are_held_against_all_versions_of_the_type_and_no_other_type() {
    let fewer = || releases(|manifest| manifest.types[0].inputs -= 1);
    let first = || on_pipes([any_of(PIPE_NAME, [equals("evil")])]);
    let report = Input::of([first(), on_second_version([any_of(USER, [equals("SYSTEM")])])]);
    let report = report.for_releases(fewer()).judged();
    let found = of_code(&report, FindingCode::InputsDiffer);
    assert!(found.len() == 1 && found[0].message.contains("1 instance asks for it"), "{}", told(&report));

    let other = TemplateType::from_declared(&DeclaredType { id: 18, name: "other", ..PipeCreated::TYPE }, 2);
    let other = other.expect("there is this version").expect("it is well formed");
    let on_other = TemplateInstance::builder(&other).criterion(any_of(USER, [equals("SYSTEM")])).build();
    let rule = rule("r", [first(), on_other.expect("the criterion fits")]);
    let content = Content::builder(291, 1).template_type(pipes(1)).template_type(other).rule(rule).build();
    let manifests = fewer().map(|mut manifest| {
        manifest.types.push(ManifestType { id: 18, name: "other".into(), inputs: 4, ..manifest.types[0].clone() });
        manifest
    });
    let report = Input::new(&content.expect("content")).for_releases(manifests).judged();
    let found = of_code(&report, FindingCode::InputsDiffer);
    assert!(found.len() == 1 && found[0].message.contains("no instance asks anything of it"), "{}", told(&report));
    assert_eq!(found[0].place.instance, None);
}

#[test]
fn what_the_schema_shows_is_not_found_again_by_loading() {
    use FindingCode::{FieldCountDiffers, FieldDiffers, InputsDiffer, InputsDifferUnused, LacksType, LacksVersion};
    for case in all() {
        if ![LacksType, LacksVersion, FieldCountDiffers, FieldDiffers, InputsDiffer].contains(&case.code) {
            continue;
        }
        let report = case.bad.judged();
        assert!(!has(&report, FindingCode::NotLoaded), "{}", told(&report));
        assert!(!has(&report, InputsDifferUnused), "{}", told(&report));
        let verdict = &report.releases[1];
        assert!(verdict.unsupported > 0 && verdict.cost.is_none(), "{verdict:?}: {}", told(&report));
    }
}

#[test]
fn each_operator_that_is_lacking_is_told() {
    let manifests = releases(|manifest| manifest.operators = OperatorSet::of(&[Operator::Equals]));
    let input = Input::one([any_of(PIPE_NAME, [starts("evil")]), any_of(PROCESS_ID, [range(1, 9)])]);
    let report = input.for_releases(manifests).judged();
    assert_eq!(of_code(&report, FindingCode::LacksOperator).len(), 2, "{}", told(&report));
}

#[test]
fn findings_name_the_criterion() {
    let few = || any_of(PROCESS_ID, [range(1, 9)]);
    let of = |code, criterion| {
        let report = Input::one([few(), criterion]).judged();
        let found = of_code(&report, code);
        assert_eq!(found.len(), 1, "{}", told(&report));
        found[0].place.criterion
    };
    let twins = [ignoring(Operator::EndsWith, "EVIL"), ignoring(Operator::EndsWith, "evil")];
    // By field.
    assert_eq!(of(FindingCode::CaseTwins, any_of(IMAGE, twins)), Some(1));
    assert_eq!(of(FindingCode::RegexSyntax, any_of(IMAGE, [regex("evil(")])), Some(1));
    assert_eq!(of(FindingCode::NoWitness, any_of(IMAGE, [equals("evil"), regex("a$b")])), Some(1));
}

#[test]
fn a_contradiction_names_the_criteria_on_its_field_alone() {
    let report = Input::one([
        any_of(PIPE_NAME, [starts("evil")]),
        none_of(PIPE_NAME, [contains("v")]),
        any_of(IMAGE, [ends("elsewhere")]),
    ])
    .judged();
    let found = of_code(&report, FindingCode::NeverMatches);
    assert!(found.len() == 1 && !found[0].message.contains("elsewhere"), "{}", told(&report));
}

#[test]
fn what_costs_most_is_named() {
    let names = (0..200).map(|number| contains(&format!("name-{number}-")));
    let input = Input::one([any_of(PIPE_NAME, names)]).within(Budget { bytes: 2_000, ..Budget::DEFAULT });
    let report = input.judged();
    let found = of_code(&report, FindingCode::Memory);
    assert!(found[0].help.contains("; what costs most: instance 0 of rule r"), "{}", found[0].help);
}

#[test]
fn a_useless_waiver_is_told_with_its_field() {
    let report =
        Input::one([any_of(PIPE_NAME, [equals("evil")])]).waived([waiver("no-witness", Some("Image"))]).judged();
    let found = of_code(&report, FindingCode::UnusedWaiver);
    assert_eq!(found[0].place.field_name.as_deref(), Some("Image"));
}

#[test]
fn examples_are_counted_and_explained() {
    let cases = all();
    let of = |code| cases.iter().find(|case| case.code == code).expect("it has a case").bad.judged();
    for (code, help) in
        [(FindingCode::ExampleNotMatched, "instance 0 comes nearest: "), (FindingCode::ExampleMatched, "instance 0: ")]
    {
        let report = of(code);
        assert_eq!((report.examples.count, report.examples.failed), (2, 1));
        let found = of_code(&report, code);
        assert!(found[0].help.starts_with(help), "{}", found[0].help);
        let witness = found[0].witness.as_ref().expect("the event");
        assert_eq!(witness.matches, code == FindingCode::ExampleMatched);
    }
}

#[test]
fn an_example_is_told_by_the_nearest_instance_and_what_it_lacks() {
    use channel_file::template::{Example, Expectation, OwnedValue, Rule};
    let far = on_pipes([any_of(PIPE_NAME, [equals("far")]), any_of(PROCESS_ID, [range(1, 9)])]);
    let near = on_pipes([any_of(PIPE_NAME, [starts("near")]), any_of(IMAGE, [equals("lacking")])]);
    let values = [OwnedValue::Text("near-by".into()), OwnedValue::Absent, OwnedValue::Absent];
    let example = Example::new(&pipes(1), Expectation::Match, values).expect("a value for each");
    let rule = Rule::builder("r").instance(far).instance(near).example(example).build().expect("a rule");
    let report = Input::new(&content([rule])).judged();
    let help = &of_code(&report, FindingCode::ExampleNotMatched)[0].help;
    assert!(help.contains("lacking") && !help.contains("far") && !help.contains("near'"), "{help}");
}

#[test]
fn the_limits_of_the_validator_hold() {
    let input = Input::of([on_pipes([any_of(PIPE_NAME, [equals("a")])]), on_pipes([any_of(PIPE_NAME, [equals("b")])])]);
    let judged =
        |instances| Validator::new().limits(Limits { instances, ..Limits::DEFAULT }).judge(&input.bytes).is_accepted();
    assert_eq!([1, 2].map(judged), [false, true]);
}

#[test]
fn progress_begins_with_nothing_and_ends_with_all() {
    let mut seen: Vec<Progress> = Vec::new();
    let instances = (0..65).map(|number| on_pipes([any_of(PIPE_NAME, [equals(&format!("evil-{number}"))])]));
    let _ = Validator::new().judge_watched(&Input::of(instances).bytes, |progress| seen.push(progress));
    let seen: Vec<_> = seen.iter().map(|progress| (progress.done, progress.total)).collect();
    assert_eq!(seen, [(0, 65), (64, 65), (65, 65)]);
}

#[test]
fn a_witness_through_what_excludes_is_one() {
    let input = Input::one([any_of(PIPE_NAME, [starts("evil")]), none_of(PIPE_NAME, [ends("x")])]);
    let file = ChannelFile::open(&input.bytes).expect("it is valid");
    for criterion in [None, Some(0), Some(1)] {
        assert!(witness(&file, 0, criterion).is_some_and(|witness| witness.matches), "{criterion:?}");
    }
}

/// What refuses comes first; then by layer in the order in which people need to know; then by place.
#[test]
fn findings_are_in_order_of_importance() {
    use FindingCode::{
        Duplicate, ExampleMatched, InputsDifferUnused, LacksType, LacksVersion, MatchesOften, Memory, NewMaximum,
        NoWitness, Unreadable,
    };
    let input = Input::of([
        on_pipes([any_of(PIPE_NAME, [equals("a"), regex("a$b")])]),
        on_pipes([any_of(PIPE_NAME, [equals("a"), regex("x^y")])]),
    ]);
    let report = input.for_releases(good_releases()).judged();
    let places: Vec<_> = of_code(&report, NoWitness);
    let of = |code, level, is_waived: bool, release, place: usize| {
        let mut finding = places[place].clone();
        (finding.code, finding.level, finding.release) = (code, level, release);
        finding.waived = is_waived.then(|| "it is meant".into());
        finding
    };
    let ordered = [
        of(Unreadable, Level::Error, false, Some(1), 1),
        of(NewMaximum, Level::Error, false, Some(1), 1),
        of(LacksType, Level::Error, false, None, 1),
        of(LacksType, Level::Error, false, Some(0), 0),
        of(LacksType, Level::Error, false, Some(0), 1),
        of(LacksType, Level::Error, false, Some(1), 0),
        of(LacksVersion, Level::Error, false, None, 0),
        of(InputsDifferUnused, Level::Error, false, None, 0),
        of(Memory, Level::Error, false, None, 0),
        of(Duplicate, Level::Error, false, None, 0),
        of(NoWitness, Level::Error, false, None, 0),
        of(ExampleMatched, Level::Error, false, None, 0),
        of(MatchesOften, Level::Error, false, None, 0),
        of(Memory, Level::Warning, false, None, 0),
        of(MatchesOften, Level::Warning, false, None, 0),
        of(Memory, Level::Note, false, None, 0),
        of(MatchesOften, Level::Note, false, None, 0),
        of(Unreadable, Level::Error, true, None, 0),
        of(Duplicate, Level::Note, true, None, 0),
        of(MatchesOften, Level::Error, true, None, 0),
    ];
    let mut reversed = Report::default();
    reversed.add(ordered.iter().rev().cloned());
    let mut rotated = Report::default();
    rotated.add(ordered.iter().cycle().skip(7).take(ordered.len()).cloned());
    assert_eq!(reversed.findings, ordered);
    assert_eq!(rotated.findings, ordered);
    // What is new is told in the order of its importance already.
    let new = [1, 0].map(|place| of(NewMaximum, Level::Note, false, None, place));
    let mut report = Report::default();
    report.add(new.clone());
    assert_eq!(report.findings, new);
}
