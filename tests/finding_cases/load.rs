//! What the interpreter refuses, for the content's own types and for releases.

use channel_file::interpreter::Budget;
use channel_file::template::{Criterion, Pattern};
use channel_file::validator::{FindingCode, SensorManifest};

use super::{At, Case, IMAGE, Input, PIPE_NAME, good_releases, on_pipes, releases};
use crate::few_words::{any_of, equals};
use crate::judged::{contains, regex};

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = expressions();
    cases.extend(costs());
    cases
}

fn expressions() -> Vec<Case> {
    use FindingCode::{RegexSize, RegexSyntax};
    let beside = |text: &str| {
        let two = [equals("a"), regex(text)];
        Input::of([on_pipes([any_of(PIPE_NAME, [equals("a")])]), on_pipes([any_of(IMAGE, two)])])
    };
    let second = At { instance: Some(1), ..At::INSTANCE }.field(IMAGE).pattern(1);
    let large = r"^(?:[a-z]{9}x){12}$";
    let mut for_release = Case::new(
        RegexSize,
        beside(large).for_releases(releases(|manifest| manifest.budget.regex_bytes = 2_000)),
        second,
        &["7.11", "CF0902", large],
        beside(large).for_releases(good_releases()),
    );
    for_release.release = Some(1);
    vec![
        Case::new(RegexSyntax, beside("evil("), second, &["CF0901", "evil("], beside(r"evil\(")),
        Case::new(RegexSyntax, beside(r"(?=evil)"), second, &["CF0901", "(?=evil)"], beside("evil")),
        Case::new(RegexSyntax, beside(r"(a)\1"), second, &["CF0901"], beside("(a)1")),
        Case::new(
            RegexSize,
            beside(r"\w{1000}x\w{1000}"),
            second,
            &["CF0902", r"\w{1000}x\w{1000}"],
            beside(r"\w{10}x\w{10}"),
        ),
        for_release,
    ]
}

fn costs() -> Vec<Case> {
    use FindingCode::{Memory, RegexSize, Work};
    let many = || -> Vec<Pattern> { (0..200).map(|number| contains(&format!("name-{number}-"))).collect() };
    let heavy = || Input::one([any_of(PIPE_NAME, many())]);
    let of = |code, says: &[&'static str], change: fn(&mut Budget)| {
        let mut budget = Budget::DEFAULT;
        change(&mut budget);
        let for_release = |manifest: &mut SensorManifest| change(&mut manifest.budget);
        let good = heavy().for_releases(good_releases());
        let own = Case::new(code, heavy().within(budget), At::INSTANCE, says, heavy());
        let of_release = Case::new(
            code,
            heavy().for_releases(releases(for_release)),
            At::INSTANCE,
            &[says, &["7.11"]].concat(),
            good,
        );
        [own, of_release.of_second()]
    };
    let dense = |number: u32| -> Criterion { any_of(IMAGE, [regex(&format!(r"{number}(?:a|b)*c{{20}}"))]) };
    let expressions = || Input::of((1..9).map(|number| on_pipes([dense(number)])));
    let mut sum = Case::new(
        RegexSize,
        expressions().for_releases(releases(|manifest| manifest.budget.regexes_bytes = 5_000)),
        At::NOWHERE,
        &["7.11", "CF0902"],
        expressions().for_releases(good_releases()),
    )
    .of_second();
    // The first of them that goes beyond is named.
    sum.at = At { instance: Some(4), ..At::INSTANCE }.field(IMAGE).pattern(0);
    let mut cases = Vec::new();
    cases.extend(of(Memory, &["CF0903"], |budget| budget.bytes = 2_000));
    cases.extend(of(Work, &["CF0904"], |budget| budget.work = 2));
    cases.push(sum);
    cases
}
