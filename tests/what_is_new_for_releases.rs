//! What is new in content, held against what sensor releases supply.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod contents;

use channel_file::interpreter::Budget;
use channel_file::template::{Case, Operator, OperatorSet, Pattern, Rule, TemplateInstance, TemplateType};
use channel_file::validator::{Comparer, Difference, FindingCode, Level, SensorManifest};
use contents::{any_of, asks, contains, dns, instance, ipc, open, release, rule, version};

fn codes(difference: &Difference) -> Vec<FindingCode> {
    difference.novelties.iter().map(|finding| finding.code).collect()
}

fn on(template_type: &TemplateType, rules: impl IntoIterator<Item = (&'static str, TemplateInstance)>) -> Vec<Rule> {
    assert!(template_type.field_count() > 0);
    rules.into_iter().map(|(id, own)| rule(id, [own])).collect()
}

#[test]
fn whatever_a_release_does_not_supply_is_an_error() {
    let (ipc, dns, second) = (ipc(1, 21), dns(), contents::ipc(2, 22));
    let plain = |own: &TemplateType| instance(own, [asks(1, "x")]);
    let old = version(1, [ipc.clone()], on(&ipc, [("a", plain(&ipc))]));
    let text = |operator| Pattern::text(operator, "x", Case::Ignored).expect("a pattern");
    let old_file = open(&old);
    let good = release("good", &old_file, 21);
    let level = |own: Vec<Rule>, types: Vec<TemplateType>, manifest: &SensorManifest, code| {
        let new = version(2, types, own);
        let difference = Comparer::new().manifests(std::slice::from_ref(manifest)).compare(&old_file, &open(&new));
        let found = difference.novelties.iter().find(|own| own.code == code).expect("it is new");
        (found.level, found.message.clone(), difference.releases[0].loads_new)
    };
    let (lacks, message, loads) =
        level(on(&dns, [("b", plain(&dns))]), vec![dns.clone()], &good, FindingCode::FirstUseOfType);
    assert_eq!((lacks, loads), (Level::Error, false));
    assert!(message.ends_with("; release good does not have the type with id 22"), "{message}");
    let (lacks, message, loads) =
        level(on(&second, [("a", plain(&second))]), vec![second.clone()], &good, FindingCode::FirstUseOfVersion);
    assert_eq!((lacks, loads), (Level::Error, false));
    assert!(message.ends_with("; release good has the type in version 1"), "{message}");
    let regex = || on(&ipc, [("a", instance(&ipc, [any_of(0, [text(Operator::Regex)])]))]);
    let few = SensorManifest { operators: OperatorSet::of(&[Operator::Contains]), ..good.clone() };
    let (lacks, message, loads) = level(regex(), vec![ipc.clone()], &few, FindingCode::FirstUseOfOperator);
    assert_eq!((lacks, loads), (Level::Error, false));
    assert!(message.ends_with("; release good does not have the operator regex"), "{message}");
    let (supplied, _, loads) = level(regex(), vec![ipc.clone()], &good, FindingCode::FirstUseOfOperator);
    assert_eq!((supplied, loads), (Level::Warning, true));
    let budget = Budget { bytes: 10, ..Budget::DEFAULT };
    let small = SensorManifest { budget, ..good.clone() };
    let many = on(&ipc, [("a", instance(&ipc, [any_of(0, (0..99).map(|own| contains(&format!("{own:02}"))))]))]);
    let (lacks, _, loads) = level(many, vec![ipc.clone()], &small, FindingCode::NewMaximum);
    assert_eq!((lacks, loads), (Level::Error, false));
}

#[test]
fn what_a_release_does_not_supply_comes_before_all_else() {
    let ipc = ipc(1, 21);
    let regex = Pattern::text(Operator::Regex, "x", Case::Ignored).expect("a pattern");
    let old = version(1, [ipc.clone()], on(&ipc, [("a", instance(&ipc, [asks(1, "x")]))]));
    let new = [("a", instance(&ipc, [asks(1, "x"), asks(21, "x")])), ("b", instance(&ipc, [any_of(0, [regex])]))];
    let new = version(2, [ipc.clone()], on(&ipc, new));
    let (old, new) = (open(&old), open(&new));
    let whole = release("whole", &new, 21);
    let few = SensorManifest { operators: OperatorSet::of(&[Operator::Contains]), ..whole.clone() };
    let order = |manifest: &SensorManifest| {
        let difference = Comparer::new().manifests(std::slice::from_ref(manifest)).compare(&old, &new);
        codes(&difference)[..2].to_vec()
    };
    assert_eq!(order(&whole), [FindingCode::FirstUseOfField, FindingCode::FirstUseOfOperator]);
    assert_eq!(order(&few), [FindingCode::FirstUseOfOperator, FindingCode::FirstUseOfField]);
}

#[test]
fn a_release_without_the_touched_type_is_left_alone() {
    let (ipc, dns) = (ipc(1, 21), dns());
    let of = |number, text| {
        let rules = on(&ipc, [("a", instance(&ipc, [asks(1, text)])), ("b", instance(&dns, [asks(1, "same")]))]);
        version(number, [ipc.clone(), dns.clone()], rules)
    };
    let (old, new) = (of(1, "x"), of(2, "y"));
    let both = release("both", &open(&new), 21);
    let only_dns = SensorManifest {
        release: "dns".to_owned(),
        types: both.types.iter().filter(|own| own.name == "dns").cloned().collect(),
        ..both.clone()
    };
    let difference = Comparer::new().manifests(&[both, only_dns]).compare(&open(&old), &open(&new));
    assert_eq!(difference.releases[0].touched, [ipc.key()]);
    assert!(!difference.releases[1].is_touched() && !difference.releases[1].loads_new);
    let known: Vec<_> = difference.releases[1].known.iter().map(|own| own.code).collect();
    assert_eq!((difference.releases[1].findings.len(), known), (0, vec![FindingCode::LacksType]));
    assert!(difference.all_findings().all(|own| !own.refuses()), "what was refused before is no news");
    assert!(!difference.is_accepted(), "but it is refused");
}
