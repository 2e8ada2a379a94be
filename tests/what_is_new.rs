//! What content asks of sensors for the first time: each code has an input that must have it, and a neighbour that must not.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod contents;

use std::collections::{BTreeMap, BTreeSet};

use channel_file::ChannelFile;
use channel_file::template::{
    Case, Comparison, FieldKind, FieldReference, Operator, OwnedValue, Pattern, Rule, TemplateInstance, TemplateType,
};
use channel_file::validator::{Comparer, Difference, Finding, FindingCode, History, Layer, Level, SensorManifest};
use contents::{any_of, asks, contains, dns, instance, ipc, of_channel, open, release, rule, version};

/// Compares the last of some contents with the one before it; all are the history.
fn compare(contents: &[Vec<u8>], manifests: &[SensorManifest]) -> Difference {
    let [.., old, new] = contents else { panic!("two contents at least") };
    let mut history = History::new();
    for bytes in contents {
        history.add(&open(bytes));
    }
    Comparer::new().history(&history).manifests(manifests).compare(&open(old), &open(new))
}

fn codes(difference: &Difference) -> Vec<FindingCode> {
    difference.novelties.iter().map(|finding| finding.code).collect()
}

/// The code is found between the contents, and not between their neighbours.
fn bites(code: FindingCode, new: [&[u8]; 2], neighbour: [&[u8]; 2]) -> Finding {
    let found = Difference::between(&open(new[0]), &open(new[1]));
    let neighbour = Difference::between(&open(neighbour[0]), &open(neighbour[1]));
    assert!(!codes(&neighbour).contains(&code), "{code}: {:?}", neighbour.novelties);
    let finding = found.novelties.into_iter().find(|finding| finding.code == code);
    finding.unwrap_or_else(|| panic!("{code} is not found"))
}

fn on(template_type: &TemplateType, rules: impl IntoIterator<Item = (&'static str, TemplateInstance)>) -> Vec<Rule> {
    assert!(template_type.field_count() > 0);
    rules.into_iter().map(|(id, own)| rule(id, [own])).collect()
}

/// A reconstruction, with invented patterns, of how content came to be on 19 July 2024: four contents with a wildcard in
/// field 21, then one in which two instances come, one of which asks something of it.
/// <https://www.crowdstrike.com/wp-content/uploads/2024/08/Channel-File-291-Incident-Root-Cause-Analysis-08.06.2024.pdf>
fn july() -> Vec<Vec<u8>> {
    let ipc = ipc(1, 21);
    let own = |number: u16| rule(&format!("r{number}"), [instance(&ipc, [asks(number, "pipe"), asks(20, "x")])]);
    let mut contents: Vec<_> =
        (1..=4).map(|last| version(u64::from(last), [ipc.clone()], (1..=last).map(own))).collect();
    let last = [
        rule("r5", [instance(&ipc, [asks(5, "pipe"), asks(20, "x")])]),
        rule("r6", [instance(&ipc, [asks(1, "pipe"), asks(21, "session")])]),
    ];
    contents.push(version(5, [ipc.clone()], (1..=4).map(own).chain(last)));
    contents
}

#[test]
fn the_first_use_of_field_21_is_the_first_line() {
    let contents = july();
    let difference = compare(&contents, &[]);
    let first = &difference.novelties[0];
    assert_eq!((first.code, first.level), (FindingCode::FirstUseOfField, Level::Warning));
    let instance = first.place.instance.expect("it is of an instance");
    assert_eq!(
        first.message,
        format!(
            "first use of field 21 PipeSession (type ipc) in 5 content versions: instance {instance} (rule r6) asks for it"
        )
    );
    assert_eq!(first.place.field, Some(20));
    assert_eq!(first.place.rule.as_deref(), Some("r6"));
    let new = open(&contents[4]);
    let criterion = first.place.criterion.expect("it is of a criterion");
    let found = new.instance(instance).and_then(|own| own.criteria().nth(usize::from(criterion))).expect("it is there");
    assert_eq!(found.field(), 20);
    assert_eq!(difference.content_versions, 5);
    // An event that meets the instance, and has a value for the field, proves it.
    let witness = first.witness.as_ref().expect("an event meets it");
    assert!(witness.matches);
    assert!(matches!(&witness.values[20], OwnedValue::Text(text) if text.starts_with(b"session")));
    assert!(
        !codes(&difference).contains(&FindingCode::FirstUseOfOperator),
        "a new field's operators go without saying"
    );
    // Field 5, of which nothing was asked before either, is told of after it: what a sensor lacks, it lacks at the end.
    let fields: Vec<_> = difference.novelties.iter().filter(|own| own.code == FindingCode::FirstUseOfField).collect();
    assert_eq!(fields.iter().map(|own| own.place.field).collect::<Vec<_>>(), [Some(20), Some(4)]);
}

#[test]
fn a_release_that_supplies_20_inputs_makes_it_an_error() {
    let contents = july();
    let new = open(&contents[4]);
    let manifests = [release("7.10", &new, 21), release("7.11", &new, 20)];
    let difference = compare(&contents, &manifests);
    let first = &difference.novelties[0];
    assert_eq!((first.code, first.level, first.place.field), (FindingCode::FirstUseOfField, Level::Error, Some(20)));
    assert!(first.message.ends_with("; release 7.11 supplies 20 inputs: field 21 is beyond them"), "{}", first.message);
    // Field 5 is supplied by both.
    assert_eq!((difference.novelties[1].level, difference.novelties[1].place.field), (Level::Warning, Some(4)));
    let [whole, short] = &difference.releases[..] else { panic!("one a manifest") };
    assert!(whole.is_touched() && whole.loads_old && whole.loads_new && whole.findings.is_empty());
    assert!(short.is_touched() && !short.loads_old && !short.loads_new);
    assert_eq!(short.findings.len(), 1, "the wrong number was known; that it matters now is new");
    assert_eq!(short.findings[0].code, FindingCode::InputsDiffer);
    assert_eq!(short.findings[0].place.field, Some(20));
    let lacking: Vec<_> = short.concerns.iter().filter(|own| own.lacking.is_some()).collect();
    assert_eq!(lacking.len(), 1);
    assert_eq!(lacking[0].novelty, 0);
    assert!(whole.concerns.iter().any(|own| own.novelty == 0 && own.lacking.is_none()));
    assert!(!difference.is_accepted());
    let fleet = BTreeMap::from([("7.10", 10), ("7.11", 8_500_000), ("7.9", 3)].map(|(name, of)| (name.to_owned(), of)));
    let fleet = difference.fleet(&fleet);
    assert_eq!((fleet.machines, fleet.touched, fleet.refusing), (8_500_013, 8_500_010, 8_500_000));
    assert_eq!((fleet.unjudged.len(), fleet.unjudged[0].machines), (1, 3));
}

#[test]
fn the_order_of_the_history_does_not_matter_nor_what_is_not_earlier() {
    let contents = july();
    let (old, new) = (open(&contents[3]), open(&contents[4]));
    let later = version(9, [ipc(1, 21)], [rule("z", [instance(&ipc(1, 21), [asks(21, "x")])])]);
    let elsewhere = of_channel(7, 1, [ipc(1, 21)], [rule("z", [instance(&ipc(1, 21), [asks(21, "x")])])]);
    let orders: [&[usize]; 5] = [&[0, 1, 2, 3], &[3, 2, 1, 0], &[2, 0, 1], &[4, 0, 3, 1, 2], &[0, 0, 1, 1, 2]];
    let expected = compare(&contents, &[]);
    for order in orders {
        let mut history = History::new();
        history.add(&open(&elsewhere));
        for index in order {
            history.add(&open(&contents[*index]));
        }
        assert_eq!(Comparer::new().history(&history).compare(&old, &new), expected, "{order:?}");
    }
    // What came after it is no history, but the new content is late then.
    let mut history = History::new();
    for bytes in contents.iter().chain([&later]) {
        history.add(&open(bytes));
    }
    let difference = Comparer::new().history(&history).compare(&old, &new);
    assert_eq!(difference.novelties[0], expected.novelties[0]);
    assert!(codes(&difference).contains(&FindingCode::NotASuccessor));
    assert_eq!(history.versions(contents::CHANNEL).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 9]);
}

#[test]
fn what_earlier_content_did_is_not_new_though_the_old_one_does_not() {
    let ipc = ipc(1, 21);
    let with = |number, fields: &[u16]| {
        version(number, [ipc.clone()], [rule("a", [instance(&ipc, fields.iter().map(|own| asks(*own, "x")))])])
    };
    let contents = [with(1, &[1, 21]), with(2, &[1, 2]), with(3, &[2, 21])];
    assert_eq!(codes(&compare(&contents, &[])), []);
    assert_eq!(codes(&compare(&contents[1..], &[])), [FindingCode::FirstUseOfField]);
}

#[test]
fn one_novelty_among_a_thousand_routine_changes_comes_first() {
    let ipc = ipc(1, 21);
    let own = |number: u16, text: &str| instance(&ipc, [asks(number % 20 + 1, text), asks((number + 1) % 20 + 1, "x")]);
    let rules =
        |text: &str| (0..2_000).map(|number| rule(&format!("r{number}"), [own(number, text)])).collect::<Vec<_>>();
    let old = version(1, [ipc.clone()], rules("before"));
    let mut changed = rules("after");
    changed.splice(..1_000, rules("before").drain(..1_000));
    changed[1_500] = rule("r1500", [instance(&ipc, [asks(1, "after"), asks(21, "y")])]);
    changed
        .extend((2_000..2_040).map(|number| rule(&format!("r{number}"), [own(number, "a longer text than before")])));
    let difference = compare(&[old, version(2, [ipc], changed)], &[]);
    assert_eq!(difference.changes.rules.len(), 1_040);
    let first = &difference.novelties[0];
    assert_eq!((first.code, first.place.rule.as_deref()), (FindingCode::FirstUseOfField, Some("r1500")));
    assert_eq!(difference.all_findings().next(), Some(first));
    let others: BTreeSet<_> = codes(&difference)[1..].iter().copied().collect();
    assert_eq!(others, BTreeSet::from([FindingCode::NewMaximum]));
}

#[test]
fn cv0901_first_use_of_field() {
    let ipc = ipc(1, 21);
    let of =
        |number, own| version(number, [ipc.clone()], on(&ipc, [("a", instance(&ipc, [asks(1, "x")])), ("b", own)]));
    let old = of(1, instance(&ipc, [asks(2, "x")]));
    let same = of(2, instance(&ipc, [asks(2, "quite another text"), asks(1, "y")]));
    let new = of(2, instance(&ipc, [asks(3, "x")]));
    let finding = bites(FindingCode::FirstUseOfField, [&old, &new], [&old, &same]);
    assert_eq!(finding.place.field, Some(2));
    assert!(finding.message.contains("field 3 Input3 (type ipc) in 2 content versions"), "{finding}");
    // An instance with two criteria on the field is one.
    let twice = of(2, instance(&ipc, [asks(3, "x"), asks(3, "y")]));
    let finding = bites(FindingCode::FirstUseOfField, [&old, &twice], [&old, &same]);
    assert!(finding.message.ends_with("(rule b) asks for it"), "{finding}");
    // None-of and absent read the input too.
    let absent = of(2, instance(&ipc, [any_of(2, [Pattern::absent()])]));
    bites(FindingCode::FirstUseOfField, [&old, &absent], [&old, &same]);
}

#[test]
fn a_field_that_another_is_compared_with_is_used() {
    let ipc = ipc(1, 21);
    let refer = |field| {
        let reference = FieldReference { field, comparison: Comparison::Equals, case: Case::Sensitive };
        instance(&ipc, [any_of(0, [Pattern::field(reference)])])
    };
    let of = |number, own| version(number, [ipc.clone()], on(&ipc, [("a", own)]));
    let (old, same, new) = (of(1, refer(1)), of(2, refer(1)), of(2, refer(20)));
    let finding = bites(FindingCode::FirstUseOfField, [&old, &new], [&old, &same]);
    assert_eq!((finding.place.field, finding.place.criterion), (Some(20), Some(0)));
    // To ask something of it then is no first use of the field, but of the operator.
    let asked = of(3, instance(&ipc, [asks(21, "x")]));
    let finding = bites(FindingCode::FirstUseOfOperator, [&new, &asked], [&old, &same]);
    assert_eq!(finding.place.field, Some(20));
}

#[test]
fn cv0902_first_use_of_type() {
    let (ipc, dns) = (ipc(1, 21), dns());
    let old = version(1, [ipc.clone()], on(&ipc, [("a", instance(&ipc, [asks(1, "x")]))]));
    let both = on(&ipc, [("a", instance(&ipc, [asks(1, "x")])), ("b", instance(&dns, [asks(1, "x")]))]);
    let new = version(2, [ipc.clone(), dns.clone()], both);
    let without = version(3, [ipc.clone()], on(&ipc, [("a", instance(&ipc, [asks(1, "x")]))]));
    let finding = bites(FindingCode::FirstUseOfType, [&old, &new], [&new, &without]);
    assert!(finding.message.starts_with("first use of the type dns (id 22) in 2 content versions"), "{finding}");
    assert!(finding.message.ends_with("(rule b) is on it, asking for field 1 Query"), "{finding}");
    // Its fields, versions and operators are not told one by one.
    let difference = Difference::between(&open(&old), &open(&new));
    assert_eq!(codes(&difference)[0], FindingCode::FirstUseOfType);
    assert!(codes(&difference)[1..].iter().all(|code| *code == FindingCode::NewMaximum));
}

#[test]
fn cv0903_first_use_of_version() {
    let (first, second) = (ipc(1, 21), ipc(2, 22));
    let of = |number, own: &TemplateType, field| {
        version(number, [own.clone()], on(own, [("a", instance(own, [asks(field, "x")]))]))
    };
    let (old, new, same) = (of(1, &first, 1), of(2, &second, 1), of(3, &second, 1));
    let finding = bites(FindingCode::FirstUseOfVersion, [&old, &new], [&new, &same]);
    assert_eq!(finding.place.template_type, Some(second.key()));
    assert!(finding.message.starts_with("first use of version 2 of the type ipc"), "{finding}");
    // A field of the new version is new by itself, and comes before the version.
    let with_field = of(2, &second, 22);
    let difference = Difference::between(&open(&old), &open(&with_field));
    assert_eq!(codes(&difference)[..2], [FindingCode::FirstUseOfField, FindingCode::FirstUseOfVersion]);
}

#[test]
fn cv0904_first_use_of_operator() {
    let ipc = ipc(1, 21);
    let text = |operator| Pattern::text(operator, "x", Case::Ignored).expect("a pattern");
    let of = |number, field, operator| {
        let own = instance(&ipc, [asks(1, "x"), asks(2, "x"), any_of(field, [text(operator)])]);
        version(number, [ipc.clone()], on(&ipc, [("a", own)]))
    };
    let old = of(1, 0, Operator::Regex);
    let (new, same) = (of(2, 1, Operator::Regex), of(2, 0, Operator::Regex));
    let finding = bites(FindingCode::FirstUseOfOperator, [&old, &new], [&old, &same]);
    assert_eq!(finding.place.field, Some(1));
    assert!(finding.message.starts_with("first use of regex on field 2 Input2 (type ipc)"), "{finding}");
}

#[test]
fn cv0905_new_maximum() {
    let ipc = ipc(1, 21);
    let of = |number, own| version(number, [ipc.clone()], on(&ipc, [("a", own)]));
    let old = of(1, instance(&ipc, [any_of(0, [contains("ab"), contains("bc")]), asks(2, "c")]));
    let same = of(2, instance(&ipc, [any_of(0, [contains("xy"), contains("yz")]), asks(2, "c")]));
    let fewer = of(2, instance(&ipc, [asks(2, "c")]));
    let said = |new: &[u8]| {
        let messages = Difference::between(&open(&old), &open(new)).novelties.into_iter();
        messages.filter(|own| own.code == FindingCode::NewMaximum).map(|own| own.message).collect::<Vec<_>>().join("\n")
    };
    let more_patterns = of(2, instance(&ipc, [any_of(0, ["ab", "bc", "cd"].map(contains)), asks(2, "c")]));
    bites(FindingCode::NewMaximum, [&old, &more_patterns], [&old, &same]);
    bites(FindingCode::NewMaximum, [&old, &more_patterns], [&old, &fewer]);
    assert!(said(&more_patterns).contains(
        "most patterns of a criterion in 2 content versions: 3, at most 2 before (instance 0, rule a, field 1 Input1)"
    ));
    let more_criteria = of(2, instance(&ipc, [asks(1, "a"), asks(2, "c"), any_of(1, [contains("d")])]));
    assert!(said(&more_criteria).contains("most criteria of an instance in 2 content versions: 3, at most 2 before"));
    let longer = of(2, instance(&ipc, [asks(2, "a longer text")]));
    assert!(said(&longer).contains("most bytes of a pattern in 2 content versions: 13, at most 2 before"));
    let twice = instance(&ipc, [asks(2, "c")]);
    let more_instances = version(2, [ipc.clone()], on(&ipc, [("a", twice.clone()), ("b", twice)]));
    assert!(said(&more_instances).contains("most instances in 2 content versions: 2, at most 1 before"));
    let many = of(2, instance(&ipc, [any_of(0, (0..99).map(|number| contains(&format!("{number:02}"))))]));
    assert!(said(&many).contains("most bytes of memory once loaded in 2 content versions"));
    let dense = Pattern::text(Operator::Regex, "(a|b)*c.{9}d", Case::Ignored).expect("a pattern");
    assert!(said(&of(2, instance(&ipc, [any_of(0, [dense])]))).contains("most work that a byte of an event can make"));
}

#[test]
fn cv0906_not_a_successor() {
    let ipc = ipc(1, 21);
    let of = |channel, number, text| {
        of_channel(channel, number, [ipc.clone()], on(&ipc, [("a", instance(&ipc, [asks(1, text)]))]))
    };
    let (old, next) = (of(291, 5, "a"), of(291, 6, "b"));
    for (new, said) in [
        (of(291, 5, "b"), "content version 5 does not ascend: the old content has 5"),
        (of(291, 4, "b"), "content version 4 does not ascend: the old content has 5"),
        (of(292, 6, "b"), "the channel is 292, and that of the old content 291"),
    ] {
        let finding = bites(FindingCode::NotASuccessor, [&old, &new], [&old, &next]);
        assert_eq!(finding.message, said);
    }
}

#[test]
fn cv0907_type_changed() {
    let (ipc_20, ipc_21) = (ipc(1, 20), ipc(1, 21));
    let of = |number, template_type: &TemplateType| {
        let own = instance(template_type, [asks(1, "a")]);
        version(number, [template_type.clone()], on(template_type, [("a", own)]))
    };
    let (old, grown, same) = (of(1, &ipc_20), of(2, &ipc_21), of(2, &ipc_20));
    let finding = bites(FindingCode::TypeChanged, [&old, &grown], [&old, &same]);
    assert_eq!((finding.level, finding.place.field), (Level::Error, Some(20)));
    assert!(finding.message.contains("without a further version: field 21 PipeSession was added"), "{finding}");
    assert!(!Difference::between(&open(&old), &open(&grown)).is_accepted());
    // A further version may append, and nothing else.
    bites(FindingCode::TypeChanged, [&old, &grown], [&old, &of(2, &ipc(2, 21))]);
    let other = TemplateType::builder(ipc_20.key().id, 2, "ipc").field("Else", FieldKind::Text);
    let other = other.field("More", FieldKind::Text).build().expect("a type");
    let finding = bites(FindingCode::TypeChanged, [&old, &of(2, &other)], [&old, &of(2, &ipc(2, 21))]);
    assert!(
        finding.message.contains("does not begin as the version before: field 1 was Input1 and is Else"),
        "{finding}"
    );
}

#[test]
fn every_code_of_novelty_is_tested_here() {
    let here = include_str!("what_is_new.rs");
    for code in FindingCode::ALL.iter().filter(|code| code.layer() == Layer::Novelty) {
        let name = format!("fn {}_{}()", code.as_str().to_lowercase(), code.name().replace('-', "_"));
        assert!(here.contains(&name), "{name}");
    }
}

#[test]
fn new_content_that_loads_nowhere_is_told_once() {
    let ipc = ipc(1, 21);
    let text = |text| Pattern::text(Operator::Regex, text, Case::Ignored).expect("a pattern");
    let of = |number, id, expression| {
        version(number, [ipc.clone()], on(&ipc, [(id, instance(&ipc, [any_of(0, [text(expression)])]))]))
    };
    let (good, bad, still_bad) = (of(1, "a", "x"), of(2, "a", "("), of(3, "a", "("));
    let difference = Difference::between(&open(&good), &open(&bad));
    assert_eq!(difference.findings.iter().map(|own| own.code).collect::<Vec<_>>(), [FindingCode::RegexSyntax]);
    assert!(!difference.is_accepted());
    assert!(Difference::between(&open(&bad), &open(&still_bad)).findings.is_empty());
}

#[test]
fn further_instances_and_rules_are_counted() {
    let ipc = ipc(1, 21);
    let old = version(1, [ipc.clone()], on(&ipc, [("a", instance(&ipc, [asks(1, "x")]))]));
    let rules = (0..30).map(|number| rule(&format!("r{number:02}"), [instance(&ipc, [asks(21, "x")])]));
    let new = version(2, [ipc.clone()], rules);
    let difference = Difference::between(&open(&old), &open(&new));
    let message = &difference.novelties[0].message;
    let expected = "instances 0, 1, 2, 3, 4, 5, 6, 7 and 22 more (rules r00, r01, r02, r03, r04, r05, r06, r07 and more) ask for it";
    assert!(message.ends_with(expected), "{message}");
    assert!(ChannelFile::open(&new).is_ok());
}

#[test]
fn a_history_knows_its_channels() {
    let content =
        |channel, number| of_channel(channel, number, [ipc(1, 1)], [rule("a", [instance(&ipc(1, 1), [asks(1, "x")])])]);
    let mut history = History::new();
    assert_eq!(history.channels().count(), 0);
    for (channel, number) in [(7, 2), (3, 1), (7, 1), (3, 5), (9, 1)] {
        history.add(&open(&content(channel, number)));
    }
    assert_eq!(history.channels().collect::<Vec<_>>(), [3, 7, 9]);
    assert_eq!(history.versions(7).collect::<Vec<_>>(), [1, 2]);
}
