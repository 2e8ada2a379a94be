//! Recorded events: what is counted, what is found, and that observing allocates nothing.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod counting;
mod few_words;

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{
    Case, Disposition, FieldKind, Operator, Pattern, SensorTypes, TemplateInstance, TemplateType, Value,
};
use channel_file::validator::{Finding, FindingCode, Level, Traffic, TrafficLimits, TrafficSummary, Waiver};
use channel_file::{ChannelFile, OwnTypes, encode};
use counting::count;
use few_words::{any_of, content, equals, instance, rule, template_type};

/// Two types, and rules on the first: one of two instances, and one that prevents.
fn sample() -> Vec<u8> {
    let (one, two) = (template_type(1, &[FieldKind::Text]), template_type(2, &[FieldKind::Text]));
    let asks = |of: &TemplateType, text: &str| instance(of, [any_of(0, [equals(text)])]);
    let prevents = TemplateInstance::builder(&one)
        .disposition(Disposition::Prevent)
        .criterion(any_of(0, [equals("bad")]))
        .build()
        .expect("a criterion");
    let twice =
        rule("twice", [asks(&one, "a"), asks(&one, "b"), instance(&one, [any_of(0, [equals("a"), equals("c")])])]);
    encode(&content([one, two.clone()], [twice, rule("prevents", [prevents]), rule("other", [asks(&two, "a")])]))
        .expect("content")
}

/// Events of the type with this id, one a text.
fn observe<'t>(texts: &[&str], id: u32, types: &SensorTypes<'t>, traffic: &mut Traffic<'_>) {
    let declared = types.get(id).expect("the type").declared();
    for text in texts {
        let values = [Value::Text(text.as_bytes())];
        traffic.observe(&Event::new(declared, &values).expect("a value"));
    }
}

/// Observes with a file, and gives what `then` makes of it.
fn with_traffic<T>(bytes: &[u8], then: impl FnOnce(&mut Traffic<'_>, &SensorTypes<'_>) -> T) -> T {
    let file = ChannelFile::open(bytes).expect("a file");
    let own = OwnTypes::of(&file);
    let own = own.sensor_types();
    let types = SensorTypes::new(&own);
    let interpreter = Interpreter::load(&file, &types, &Budget::DEFAULT).expect("it loads");
    then(&mut Traffic::new(&file, &interpreter), &types)
}

/// What each instance of a rule matched, whatever their order.
fn matches(summary: &TrafficSummary, rule: &str) -> Vec<u64> {
    let own = summary.instances.iter().filter(|own| own.rule == rule);
    let mut matches: Vec<_> = own.map(|own| own.matches).collect();
    matches.sort_unstable();
    matches
}

fn waiver(rule: &str, finding: &str) -> Waiver {
    Waiver { rule: rule.into(), finding: finding.into(), field: None, reason: "meant so".into() }
}

#[test]
fn everything_is_counted_once() {
    with_traffic(&sample(), |traffic, types| {
        observe(&["a", "a", "b", "c", "none"], 1, types, traffic);
        observe(&["a", "none"], 2, types, traffic);
        let summary = traffic.summary();
        assert_eq!((summary.events, summary.matching_events, summary.not_evaluated), (7, 5, 0));
        assert_eq!(matches(&summary, "twice"), [1, 2, 3]);
        assert_eq!(matches(&summary, "other"), [1]);
        assert_eq!(matches(&summary, "prevents"), [0]);
        for own in &summary.instances {
            assert_eq!(own.events, if own.rule == "other" { 2 } else { 5 }, "those of its type");
        }
        let worst = summary.worst.expect("some event makes work");
        assert!((1..=7).contains(&worst.event) && worst.work <= summary.work);
        // Two instances of a rule that match the same event are one match of the rule.
        with_traffic(&sample(), |none, _| {
            let changes: Vec<_> =
                traffic.changes(none).into_iter().map(|change| (change.rule, change.before, change.after)).collect();
            assert_eq!(changes, [("other".to_owned(), 0, 1), ("twice".to_owned(), 0, 4)]);
            assert_eq!(traffic.changes(traffic), []);
        });
    });
}

#[test]
fn events_of_other_types_are_none_of_its_own() {
    let bytes = sample();
    with_traffic(&bytes, |traffic, _| {
        let other = template_type(9, &[FieldKind::Text]);
        let elsewhere = encode(&content([other.clone()], [rule("x", [instance(&other, [any_of(0, [equals("a")])])])]));
        with_traffic(&elsewhere.expect("content"), |_, types| observe(&["a"], 9, types, traffic));
        assert_eq!((traffic.events(), traffic.summary().not_evaluated, traffic.worst()), (0, 1, None));
        assert_eq!(traffic.findings(&TrafficLimits::DEFAULT, &[], None), []);
    });
}

#[test]
fn what_matches_often_is_found_at_the_limit_and_one_beyond() {
    // Ten are needed, and the share is 10 in 1,000.
    for (matching, others, found) in [(10, 990, 0), (10, 989, 1), (9, 91, 0), (11, 989, 1), (10, 0, 1)] {
        with_traffic(&sample(), |traffic, types| {
            observe(&vec!["b"; matching], 1, types, traffic);
            observe(&vec!["none"; others], 1, types, traffic);
            // Those of another type are no part of it.
            observe(&vec!["none"; 5_000], 2, types, traffic);
            let findings = traffic.findings(&TrafficLimits::DEFAULT, &[], None);
            assert_eq!(findings.len(), found, "{matching} and {others}: {findings:?}");
            assert!(findings.iter().all(|finding| finding.code == FindingCode::MatchesOften && !finding.refuses()));
        });
    }
}

#[test]
fn what_prevents_often_is_refused_unless_it_is_waived() {
    with_traffic(&sample(), |traffic, types| {
        observe(&["bad"; 20], 1, types, traffic);
        let find = |waivers: &[Waiver]| traffic.findings(&TrafficLimits::DEFAULT, waivers, None);
        let found = find(&[]);
        let [Finding { level: Level::Error, waived: None, .. }] = &*found else { panic!("{found:?}") };
        assert_eq!(found[0].place.rule.as_deref(), Some("prevents"));
        assert!(found[0].message.contains("20 of 20 events, 100 %"), "{}", found[0].message);
        let found =
            find(&[waiver("prevents", "matches-often"), waiver("other", "CV0302"), waiver("other", "costs-more")]);
        assert!(matches!(&*found, [one] if !one.refuses() && one.waived.as_deref() == Some("meant so")), "{found:?}");
        let found = find(&[waiver("other", "CV0701")]);
        assert_eq!(
            found.iter().map(|finding| finding.code).collect::<Vec<_>>(),
            [FindingCode::MatchesOften, FindingCode::UnusedWaiver]
        );
        let all = TrafficLimits { per_million: 1_000_000, ..TrafficLimits::DEFAULT };
        assert_eq!(traffic.findings(&all, &[], None), []);
    });
}

/// As many globs on one field, none of which an index finds.
fn globs(number: u32) -> Vec<u8> {
    let of = template_type(1, &[FieldKind::Text]);
    let glob = |number: u32| Pattern::text(Operator::Glob, format!("*{number}?x"), Case::Sensitive).expect("a glob");
    let instances = (0..number).map(|number| instance(&of, [any_of(0, [glob(number)])]));
    encode(&content([of.clone()], [rule("globs", instances)])).expect("content")
}

#[test]
fn what_costs_more_than_twice_as_much_is_found() {
    let text = "0123456789?x".repeat(10);
    let events = vec![&*text; 5];
    let cost = |before: u32, now: u32, limits: &TrafficLimits| {
        with_traffic(&globs(before), |baseline, types| {
            observe(&events, 1, types, baseline);
            with_traffic(&globs(now), |traffic, types| {
                observe(&events, 1, types, traffic);
                let (before, now) = (baseline.summary().work / 5, traffic.summary().work / 5);
                let found = traffic.findings(limits, &[], Some(baseline));
                let costs = found.iter().filter(|finding| finding.code == FindingCode::CostsMore).count();
                let expected = now > 2 * before && now > limits.work;
                assert_eq!(costs, usize::from(expected), "{before} before, {now} now: {found:?}");
                costs
            })
        })
    };
    assert_eq!(cost(4, 100, &TrafficLimits::DEFAULT), 1);
    assert_eq!(cost(100, 100, &TrafficLimits::DEFAULT), 0);
    assert_eq!(cost(100, 4, &TrafficLimits::DEFAULT), 0);
    assert_eq!(cost(4, 100, &TrafficLimits { work: u64::MAX, ..TrafficLimits::DEFAULT }), 0);
}

#[test]
fn observing_allocates_nothing() {
    with_traffic(&sample(), |traffic, types| {
        let ((), taken) = count(|| {
            observe(&["a", "b", "bad", "none"], 1, types, traffic);
            observe(&["a"], 2, types, traffic);
        });
        assert_eq!(taken.calls, 0);
    });
}
