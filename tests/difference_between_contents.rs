//! What is different between two contents: nothing is missed, and nothing is told that is the same.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unreachable,
    reason = "a test fails by panicking"
)]

mod contents;
mod strategies;

use channel_file::template::{
    Disposition, Example, Expectation, FieldKind, OwnedValue, Rule, Severity, TemplateInstance, TemplateType,
};
use channel_file::validator::{Change, ChangeCounts, Changes, Difference, FindingCode, RuleChange};
use channel_file::{decode, encode};
use contents::{any_of, asks, contains, dns, instance, ipc, open, rule, version};
use proptest::prelude::*;

fn between(old: &[u8], new: &[u8]) -> Difference {
    Difference::between(&open(old), &open(new))
}

fn changes(old: &[u8], new: &[u8]) -> Changes {
    Changes::between(&open(old), &open(new))
}

/// The changes of a rule with these instances before and after.
fn of_instances(old: Vec<TemplateInstance>, new: Vec<TemplateInstance>) -> Changes {
    let types = || [ipc(1, 21), ipc(2, 22)];
    changes(&version(1, types(), [rule("a", old)]), &version(2, types(), [rule("a", new)]))
}

const fn counts(added: u64, removed: u64, changed: u64) -> ChangeCounts {
    ChangeCounts { added, removed, changed }
}

fn the_rule(changes: &Changes) -> &RuleChange {
    assert_eq!(changes.rules.len(), 1);
    &changes.rules[0]
}

#[test]
fn equal_content_gives_nothing() {
    let bytes = version(3, [ipc(1, 21)], [rule("a", [instance(&ipc(1, 21), [asks(1, "x")])])]);
    let difference = between(&bytes, &bytes);
    assert!(difference.is_empty() && difference.changes.is_empty() && difference.is_accepted());
    assert_eq!(difference.all_findings().count(), 0);
    let later = version(4, [ipc(1, 21)], [rule("a", [instance(&ipc(1, 21), [asks(1, "x")])])]);
    let difference = between(&bytes, &later);
    assert!(difference.changes.is_empty() && !difference.is_empty());
    assert_eq!(difference.all_findings().count(), 0);
}

#[test]
fn rules_come_go_and_change() {
    let ipc = ipc(1, 21);
    let own = |text: &str| [instance(&ipc, [asks(1, text)])];
    let old = version(1, [ipc.clone()], [rule("a", own("x")), rule("b", own("x")), rule("c", own("x"))]);
    let new = version(2, [ipc.clone()], [rule("b", own("x")), rule("c", own("y")), rule("d", own("x"))]);
    let changes = between(&old, &new).changes;
    let told: Vec<_> = changes.rules.iter().map(|rule| (rule.id.as_str(), rule.change)).collect();
    assert_eq!(told, [("a", Change::Removed), ("c", Change::Changed), ("d", Change::Added)]);
    assert_eq!(changes.summary.rules, counts(1, 1, 1));
    assert_eq!(changes.summary.instances, counts(1, 1, 1));
    assert_eq!(changes.touched, [ipc.key()]);
}

#[test]
fn an_alternative_that_is_put_in_moves_the_others_and_changes_none() {
    let ipc = ipc(1, 21);
    let alternatives =
        |texts: &[&str]| texts.iter().map(|text| instance(&ipc, [asks(1, text), asks(2, "t")])).collect();
    let changes = of_instances(alternatives(&["b", "c", "d", "e"]), alternatives(&["b", "a", "c", "d", "e"]));
    let rule = the_rule(&changes);
    assert_eq!((rule.instances.len(), rule.unchanged, rule.is_reordered), (1, 4, false));
    assert_eq!(rule.instances[0].change, Change::Added);
    assert_eq!(rule.instances[0].new.expect("it is new").ordinal, 1);
}

#[test]
fn an_alternative_that_is_put_in_does_not_hide_one_that_changed() {
    let ipc = ipc(1, 21);
    let own = |one: &str, two: &str| instance(&ipc, [asks(1, one), asks(2, two)]);
    let old = vec![own("a", "1"), own("b", "2"), own("c", "3")];
    let new = vec![own("new", "9"), own("a", "1"), own("b", "changed"), own("c", "3")];
    let changes = of_instances(old, new);
    let rule = the_rule(&changes);
    assert_eq!(changes.summary.instances, counts(1, 0, 1));
    assert_eq!(rule.unchanged, 2);
    let changed = rule.instances.iter().find(|own| own.change == Change::Changed).expect("one changed");
    assert_eq!((changed.old.expect("old").ordinal, changed.new.expect("new").ordinal), (1, 2));
    assert_eq!(changed.criteria.len(), 1);
    assert_eq!(changed.criteria[0].field_name, "Input2");
    assert_eq!(changed.criteria[0].added, [contains("changed")]);
    assert_eq!(changed.criteria[0].removed, [contains("2")]);
}

#[test]
fn a_changed_order_is_told_and_nothing_else() {
    let ipc = ipc(1, 21);
    let alternatives = |texts: &[&str]| texts.iter().map(|text| instance(&ipc, [asks(1, text)])).collect();
    let changes = of_instances(alternatives(&["a", "b", "c"]), alternatives(&["c", "a", "b"]));
    let rule = the_rule(&changes);
    assert!(rule.is_reordered && rule.instances.is_empty() && rule.is_of_words());
    assert_eq!(changes.touched, []);
    let twice = of_instances(alternatives(&["a", "a", "b"]), alternatives(&["a", "b", "a"]));
    assert!(the_rule(&twice).is_reordered);
}

#[test]
fn criteria_change_by_field() {
    let ipc = ipc(1, 21);
    let old = instance(&ipc, [asks(1, "a"), any_of(1, [contains("b"), contains("c")]), asks(3, "gone")]);
    let new = instance(&ipc, [asks(1, "a"), any_of(1, [contains("c"), contains("d")]), asks(4, "new")]);
    let changes = of_instances(vec![old], vec![new]);
    let criteria = &the_rule(&changes).instances[0].criteria;
    let told: Vec<_> = criteria.iter().map(|own| (own.field, own.change)).collect();
    assert_eq!(told, [(1, Change::Changed), (2, Change::Removed), (3, Change::Added)]);
    assert_eq!((&*criteria[0].added, &*criteria[0].removed), (&[contains("d")][..], &[contains("b")][..]));
    assert_eq!((&*criteria[1].added, &*criteria[1].removed), (&[][..], &[contains("gone")][..]));
    assert_eq!((&*criteria[2].added, &*criteria[2].removed), (&[contains("new")][..], &[][..]));
    assert_eq!(changes.summary.criteria, counts(1, 1, 1));
}

#[test]
fn severity_disposition_and_version_change() {
    let own = |template_type, severity, disposition| {
        TemplateInstance::builder(template_type)
            .severity(severity)
            .disposition(disposition)
            .criterion(asks(1, "x"))
            .build()
            .expect("an instance")
    };
    let (first, second) = (ipc(1, 21), ipc(2, 22));
    let old = own(&first, Severity::Low, Disposition::Detect);
    let changes = of_instances(vec![old], vec![own(&second, Severity::High, Disposition::Prevent)]);
    let change = &the_rule(&changes).instances[0];
    let severity = change.severity.as_ref().expect("it changed");
    assert_eq!((severity.old, severity.new), (Severity::Low, Severity::High));
    let disposition = change.disposition.as_ref().expect("it changed");
    assert_eq!((disposition.old, disposition.new), (Disposition::Detect, Disposition::Prevent));
    let version = change.version.as_ref().expect("it changed");
    assert_eq!((version.old, version.new), (1, 2));
    assert!(change.criteria.is_empty());
    assert_eq!(changes.touched, [first.key(), second.key()]);
    // The type of version 2 came, with what it appends; that of version 1 went.
    assert_eq!(changes.summary.types, counts(1, 1, 0));
    let added = changes.types.iter().find(|own| own.change == Change::Added).expect("a version came");
    assert_eq!(added.fields.len(), 1);
    assert_eq!((added.fields[0].field, added.fields[0].old.is_none()), (21, true));
}

#[test]
fn a_severity_or_a_disposition_alone_is_a_change() {
    let ipc = ipc(1, 21);
    let own = |severity, disposition| {
        let builder = TemplateInstance::builder(&ipc).severity(severity).disposition(disposition);
        vec![builder.criterion(asks(1, "x")).build().expect("an instance")]
    };
    let old = || own(Severity::Low, Disposition::Detect);
    for new in [own(Severity::High, Disposition::Detect), own(Severity::Low, Disposition::Prevent)] {
        let changes = of_instances(old(), new);
        assert_eq!(changes.summary.instances, counts(0, 0, 1));
        let change = &the_rule(&changes).instances[0];
        assert_ne!(change.severity.is_some(), change.disposition.is_some());
        assert!(change.criteria.is_empty() && change.version.is_none());
    }
}

#[test]
fn a_type_that_changed_without_a_new_version_is_told() {
    let changed = {
        let name = |number| if number == 3 { "Other".to_owned() } else { format!("Input{number}") };
        let builder = channel_file::template::TemplateType::builder(17, 1, "ipc");
        let fields = (1..=4).fold(builder, |all, own| all.field(name(own), channel_file::template::FieldKind::Text));
        fields.build().expect("the type is well formed")
    };
    let old = version(1, [ipc(1, 4)], [rule("a", [instance(&ipc(1, 4), [asks(1, "x")])])]);
    let new = version(2, [changed.clone()], [rule("a", [instance(&changed, [asks(1, "x")])])]);
    let changes = between(&old, &new).changes;
    assert_eq!(changes.summary.types, counts(0, 0, 1));
    assert_eq!(changes.types[0].fields[0].field, 2);
    assert!(changes.rules.is_empty());
}

#[test]
fn words_for_people_are_apart_from_what_matters() {
    let ipc = ipc(1, 2);
    let example = |text: &[u8]| {
        let values = [OwnedValue::Text(text.to_vec()), OwnedValue::Absent];
        Example::new(&ipc, Expectation::Match, values).expect("an example")
    };
    let own = |title: &str, author: &str, reference: &str, text: &[u8]| -> Rule {
        let builder = Rule::builder("a").title(title).author(author).reference(reference);
        builder.instance(instance(&ipc, [asks(1, "x")])).example(example(text)).build().expect("a rule")
    };
    let old = version(1, [ipc.clone()], [own("t", "p", "r", b"x1")]);
    let new = version(2, [ipc.clone()], [own("T", "P", "R", b"x2")]);
    let changes = between(&old, &new).changes;
    let words = &the_rule(&changes).words;
    assert_eq!(words.title.as_ref().map(|title| title.new.as_str()), Some("T"));
    assert_eq!(words.author.as_ref().map(|author| author.new.as_str()), Some("P"));
    assert_eq!(words.references.as_ref().map(|references| references.new.len()), Some(1));
    assert_eq!(words.examples, Some(counts(1, 1, 0)));
    assert!(the_rule(&changes).is_of_words());
    assert_eq!(changes.touched, []);
}

#[test]
fn rules_that_come_and_go_have_their_examples() {
    let ipc = ipc(1, 2);
    let own = |id: &str, examples: usize| {
        let values = [OwnedValue::Text(b"x".to_vec()), OwnedValue::Absent];
        let example = Example::new(&ipc, Expectation::Match, values).expect("an example");
        let builder = Rule::builder(id).title(id).instance(instance(&ipc, [asks(1, "x")]));
        (0..examples).fold(builder, |all, _| all.example(example.clone())).build().expect("a rule")
    };
    let old = version(1, [ipc.clone()], [own("a", 2), own("b", 0)]);
    let new = version(2, [ipc.clone()], [own("c", 3), own("d", 0)]);
    let changes = between(&old, &new).changes;
    let told: Vec<_> =
        changes.rules.iter().map(|own| (own.id.as_str(), own.change.name(), own.words.examples)).collect();
    let expected = [
        ("a", "removed", Some(counts(0, 2, 0))),
        ("b", "removed", None),
        ("c", "added", Some(counts(3, 0, 0))),
        ("d", "added", None),
    ];
    assert_eq!(told, expected);
    assert!(changes.rules.iter().all(|own| !own.is_of_words()));
    assert_eq!((changes.summary.examples, changes.summary.examples.total()), (counts(3, 2, 0), 5));
    assert_eq!(Change::Changed.name(), "changed");
}

/// Of one version under another name, or with other fields, it is told how; of a further one what it appends.
#[test]
fn what_became_of_a_type_is_told() {
    let of = |version, name: &str, fields: &[(&str, FieldKind)]| {
        let builder = TemplateType::builder(17, version, name);
        fields.iter().fold(builder, |all, (name, kind)| all.field(*name, *kind)).build().expect("a type")
    };
    let (text, bytes) = (FieldKind::Text, FieldKind::Bytes);
    let content = |number, types: &[TemplateType]| {
        let rules = types.iter().map(|own| rule(&own.key().version.to_string(), [instance(own, [asks(1, "x")])]));
        version(number, types.to_vec(), rules)
    };
    let old = content(1, &[of(1, "t", &[("a", text), ("b", text)])]);
    let told = |types: &[TemplateType]| {
        let difference = between(&old, &content(2, types));
        let finding = difference.novelties.iter().find(|own| own.code == FindingCode::TypeChanged);
        let finding = finding.map(|own| {
            assert!(own.place.template_type.is_some(), "{own}");
            (own.place.field_name.clone(), own.message.rsplit(": ").next().unwrap_or_default().to_owned())
        });
        (difference.changes.types, finding)
    };
    let (types, finding) = told(&[of(1, "u", &[("a", text), ("b", text)])]);
    let renamed = types[0].renamed.as_ref().map(|own| (own.old.as_str(), own.new.as_str()));
    assert_eq!((renamed, types[0].fields.len(), finding), (Some(("t", "u")), 0, None));
    for (fields, name, message) in [
        (&[("a", text), ("b", bytes)][..], "b", "field 2 b was text and is bytes"),
        (&[("a", text), ("c", bytes)], "c", "field 2 was b and is c"),
        (&[("a", text)], "b", "field 2 b is gone"),
        (&[("a", text), ("b", text), ("c", text)], "c", "field 3 c was added"),
    ] {
        let (types, finding) = told(&[of(1, "t", fields)]);
        assert!(types[0].renamed.is_none());
        assert_eq!(finding, Some((Some(name.to_owned()), message.to_owned())));
    }
    let both = [of(1, "t", &[("a", text), ("b", text)]), of(2, "t", &[("a", text), ("b", text), ("c", text)])];
    let (types, finding) = told(&both);
    assert_eq!(types.iter().map(|own| (own.change, own.fields.len())).collect::<Vec<_>>(), [(Change::Added, 1)]);
    assert_eq!(finding, None);
}

#[test]
fn an_instance_on_another_type_is_another_instance() {
    let (ipc, dns) = (ipc(1, 21), dns());
    let old = version(1, [ipc.clone()], [rule("a", [instance(&ipc, [asks(1, "x")])])]);
    let new = version(2, [dns.clone()], [rule("a", [instance(&dns, [asks(1, "x")])])]);
    assert_eq!(between(&old, &new).changes.summary.instances, counts(1, 1, 0));
}

#[test]
fn a_hundred_thousand_alternatives_take_no_time_in_their_square() {
    let ipc = ipc(1, 21);
    let own = |number: u32| instance(&ipc, [asks(1, &format!("text {number}")), asks(2, "same")]);
    let old = (0..100_000).map(own).collect();
    let changed = |number: u32| {
        if number % 1_000 == 7 {
            instance(&ipc, [asks(1, &format!("text {number}")), asks(2, "other")])
        } else {
            own(number)
        }
    };
    let new = (100_001..100_003).map(own).chain((1..100_000).map(changed)).collect();
    let changes = of_instances(old, new);
    assert_eq!(changes.summary.instances, counts(1, 0, 101));
    assert_eq!(the_rule(&changes).unchanged, 99_899);
}

proptest! {
    #[test]
    fn content_does_not_differ_from_itself(content in strategies::content()) {
        let bytes = encode(&content).expect("within the limits");
        prop_assert!(changes(&bytes, &bytes).is_empty());
        // Comparing does not stop at equal bytes: another version of the same says the same.
        let again = with_version(&content, content.content_version() % 7 + 1);
        prop_assert!(changes(&bytes, &again).is_empty());
    }

    #[test]
    fn no_difference_means_the_same_content(one in strategies::content(), two in strategies::content()) {
        let (one, two) = (with_version(&one, 1), with_version(&two, 1));
        prop_assert_eq!(changes(&one, &two).is_empty(), same_but_channel(&one, &two));
    }

    #[test]
    fn what_is_left_out_is_missed(content in strategies::content(), which in any::<prop::sample::Index>()) {
        // A content without one of its rules differs by that rule alone.
        prop_assume!(content.rules().len() > 1);
        let left_out = which.index(content.rules().len());
        let rules = content.rules().iter().enumerate().filter(|(index, _)| *index != left_out);
        let rules = rules.map(|(_, rule)| rule.clone());
        let fewer = contents::built(content.channel(), 2, content.types().to_vec(), rules);
        prop_assume!(fewer.is_ok());
        let fewer = fewer.expect("it is content");
        let changes = changes(&fewer, &with_version(&content, 3));
        prop_assert_eq!(changes.summary.rules, counts(1, 0, 0));
        prop_assert_eq!(&changes.rules[0].id, content.rules()[left_out].id());
        prop_assert_eq!(changes.rules[0].instances.len(), content.rules()[left_out].instances().len());
    }

    #[test]
    fn neighbours_differ_exactly_when_their_content_does(
        content in strategies::content(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8), 1..4),
    ) {
        let mut rules = content.rules().to_vec();
        for (rule, instance, edit) in edits {
            let at = rule.index(rules.len());
            rules[at] = edited(&rules[at], instance, edit);
        }
        let neighbour = contents::built(content.channel(), 1, content.types().to_vec(), rules);
        prop_assume!(neighbour.is_ok());
        let neighbour = neighbour.expect("it is content");
        let content = with_version(&content, 1);
        prop_assert_eq!(changes(&content, &neighbour).is_empty(), content == neighbour);
        prop_assert_eq!(changes(&neighbour, &content).is_empty(), content == neighbour);
    }

    #[test]
    fn a_difference_turned_round_is_its_mirror(one in strategies::content(), two in strategies::content()) {
        let (one, two) = (with_version(&one, 1), with_version(&two, 1));
        let (there, back) = (changes(&one, &two).summary, changes(&two, &one).summary);
        prop_assert_eq!((there.rules.added, there.rules.removed), (back.rules.removed, back.rules.added));
        prop_assert_eq!((there.types.added, there.types.removed), (back.types.removed, back.types.added));
        let net = |counts: ChangeCounts| i128::from(counts.added) - i128::from(counts.removed);
        prop_assert_eq!(net(there.instances), -net(back.instances));
    }
}

/// The rule with one instance doubled or taken out, or its instances in another order.
fn edited(rule: &Rule, which: prop::sample::Index, edit: u8) -> Rule {
    let mut instances = rule.instances().to_vec();
    let at = which.index(instances.len());
    match edit {
        0 => instances.push(instances[at].clone()),
        1 => instances.rotate_left(at),
        2 if instances.len() > 1 => drop(instances.remove(at)),
        _ => instances.reverse(),
    }
    let builder = Rule::builder(rule.id()).title(rule.title()).author(rule.author());
    let builder = rule.references().iter().fold(builder, |all, own| all.reference(own.as_str()));
    let builder = rule.examples().iter().fold(builder, |all, own| all.example(own.clone()));
    instances.into_iter().fold(builder, |all, own| all.instance(own)).build().expect("a rule")
}

fn with_version(content: &channel_file::template::Content, number: u64) -> Vec<u8> {
    contents::of_channel(content.channel(), number, content.types().to_vec(), content.rules().to_vec())
}

fn same_but_channel(one: &[u8], two: &[u8]) -> bool {
    let (one, two) = (decode(one).expect("it opens"), decode(two).expect("it opens"));
    one.types() == two.types() && one.rules() == two.rules()
}
