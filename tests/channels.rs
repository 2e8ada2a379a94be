//! A sensor's channels: snapshots that never change, and replacements that no event sees half of.
#![cfg(all(feature = "interpreter", feature = "std"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod counting;
mod few_words;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use channel_file::interpreter::{
    Budget, ChannelMatch, Channels, ChannelsScratch, Event, Interpreter, Scratch, SharedChannels,
};
use channel_file::template::{
    Case, Content, ContentBuilder, Operator, Pattern, SensorType, SensorTypes, TemplateType, Value,
};
use channel_file::{ChannelFile, encode};
use counting::count;
use few_words::{any_of, equals, instance, rule};

channel_file::template_type! {
    struct Seen = "seen", id 1, version 1 {
        name: text = "name",
    }
}

const TYPES: SensorTypes<'static> = SensorTypes::new(const { &[SensorType::of::<Seen<'static>>()] });

/// Whatever threads share or pass on can be.
const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Interpreter<'static>>();
    is_shared::<Channels<'static>>();
    is_shared::<SharedChannels<'static>>();
    const fn is_passed_on<T: Send>() {}
    is_passed_on::<Scratch>();
    is_passed_on::<ChannelsScratch>();
};

#[test]
fn a_snapshot_never_changes() {
    let none = Channels::new();
    let one = none.with(load(2, 1, &["two"]));
    let both = one.with(load(1, 1, &["one"]));
    let replaced = both.with(load(2, 7, &["two, later"]));
    let without = replaced.without(1);
    assert_eq!(versions(&none), []);
    assert_eq!(versions(&one), [(2, 1)]);
    assert_eq!(versions(&both), [(1, 1), (2, 1)]);
    assert_eq!(versions(&replaced), [(1, 1), (2, 7)]);
    assert_eq!(versions(&without), [(2, 7)]);
    assert_eq!(versions(&without.without(3)), [(2, 7)], "a channel that is not there");
    for (channels, rules) in [
        (&none, vec![]),
        (&one, vec!["two"]),
        (&both, vec!["one", "two"]),
        (&replaced, vec!["one", "two, later"]),
        (&without, vec!["two, later"]),
    ] {
        assert_eq!(matching_rules(channels, &mut channels.scratch()), rules);
    }
    assert!(both.get(3).is_none());
    let shared = both.get(1).zip(replaced.get(1)).expect("channel 1 is in both");
    assert!(Arc::ptr_eq(shared.0, shared.1), "what was not replaced is shared");
}

#[test]
fn matches_come_by_channel_then_by_instance() {
    let mut channels = Channels::new();
    for channel in [7, 3, u32::MAX, 0, 5] {
        channels = channels.with(load(channel, u64::from(channel) + 1, &["a", "b", "c"]));
    }
    let mut scratch = channels.scratch();
    let values = [Value::Text(b"seen")];
    let event = Event::new(&Seen::TYPE, &values).expect("one value");
    let found: Vec<_> = channels.evaluate(&event, &mut scratch).collect();
    let places: Vec<_> = found.iter().map(|found| (found.channel, found.found.instance)).collect();
    let expected: Vec<_> =
        [0, 3, 5, 7, u32::MAX].iter().flat_map(|channel| (0..3).map(move |id| (*channel, id))).collect();
    assert_eq!(places, expected);
    assert!(found.iter().all(|found| found.content_version == u64::from(found.channel) + 1));
    assert_eq!(scratch.work().count(), 5);
    assert!(scratch.work().all(|work| work > 0));
    // An event that nothing is about leaves nothing of the one before.
    let values = [Value::Absent];
    let event = Event::new(&Seen::TYPE, &values).expect("one value");
    assert_eq!(channels.evaluate(&event, &mut scratch).count(), 0);
}

#[test]
fn replacing_gives_what_was_there() {
    let shared = SharedChannels::new(Channels::new());
    let version =
        |interpreter: Option<Arc<Interpreter<'_>>>| interpreter.map(|of| (of.channel(), of.content_version()));
    assert_eq!(version(shared.replace(load(1, 1, &["a"]))), None);
    assert_eq!(version(shared.replace(load(2, 1, &["b"]))), None);
    let before = shared.snapshot();
    assert_eq!(version(shared.replace(load(1, 2, &["c"]))), Some((1, 1)));
    assert_eq!(version(shared.remove(2)), Some((2, 1)));
    assert_eq!(version(shared.remove(2)), None);
    assert_eq!(versions(&shared.snapshot()), [(1, 2)]);
    assert_eq!(versions(&before), [(1, 1), (2, 1)], "whoever has it goes on with it");
    assert_eq!(matching_rules(&before, &mut before.scratch()), ["a", "b"]);
}

/// A content goes when nobody evaluates with it any more, and not before.
#[test]
fn what_was_replaced_lives_as_long_as_its_snapshots() {
    let shared = SharedChannels::new(Channels::new().with(load(1, 1, &["a"])));
    let snapshot = shared.snapshot();
    let old = Arc::downgrade(snapshot.get(1).expect("it is there"));
    drop(shared.replace(load(1, 2, &["b"])));
    assert!(old.upgrade().is_some());
    drop(snapshot);
    assert!(old.upgrade().is_none());
}

/// Each content has rules that always match together. Threads evaluate without a pause while contents are replaced and taken
/// away; each evaluation must give all rules of the content that its snapshot has, and none of another.
#[test]
fn each_evaluation_sees_one_content_whole() {
    const THREADS: usize = 3;
    const REPLACEMENTS: u64 = 300;
    let contents = [load(2, 1, &["a1", "a2"]), load(2, 2, &["b1", "b2", "b3"])];
    let rules: [&[&str]; 3] = [&["fixed"], &["fixed", "a1", "a2"], &["fixed", "b1", "b2", "b3"]];
    let shared = &SharedChannels::new(Channels::new().with(load(1, 1, &["fixed"])));
    let (stop, (evaluated, evaluations)) = (&AtomicBool::new(false), channel());
    let judge = |evaluated: std::sync::mpsc::Sender<usize>| {
        let mut scratch = ChannelsScratch::default();
        while !stop.load(Ordering::Relaxed) {
            let snapshot = shared.snapshot();
            let version = snapshot.get(2).map_or(0, |interpreter| interpreter.content_version());
            let number = usize::try_from(version).expect("small");
            assert_eq!(matching_rules(&snapshot, &mut scratch), rules[number], "version {version}");
            // Again with the same snapshot, whatever has been replaced meanwhile.
            assert_eq!(matching_rules(&snapshot, &mut scratch), rules[number], "version {version}");
            evaluated.send(number).expect("the other end is held until all have stopped");
        }
    };
    let mut seen = [0_u64; 3];
    thread::scope(|scope| {
        let threads: Vec<_> =
            std::iter::repeat_n(evaluated, THREADS).map(|evaluated| scope.spawn(move || judge(evaluated))).collect();
        for replacement in 0..REPLACEMENTS {
            match replacement % 4 {
                1 => _ = shared.remove(2),
                0 => _ = shared.replace(Arc::clone(&contents[0])),
                _ => _ = shared.replace(Arc::clone(&contents[1])),
            }
            // Those that have ended already say nothing of it; of so many more one has begun after it. Fewer only if all
            // threads have failed.
            evaluations.try_iter().for_each(|number| seen[number] += 1);
            evaluations.iter().take(THREADS + 1).for_each(|number| seen[number] += 1);
        }
        stop.store(true, Ordering::Relaxed);
        threads.into_iter().for_each(|thread| thread.join().expect("no evaluation has seen a mix"));
    });
    assert!(seen.iter().all(|evaluations| *evaluations >= REPLACEMENTS / 4), "{seen:?}");
}

/// A scratch that was made for other content is made anew when it is first used; after that nothing is allocated.
#[test]
fn a_scratch_of_other_content_is_made_anew_once() {
    let few = Channels::new().with(load(1, 1, &["a"]));
    let many: Vec<String> = (0..100).map(|number| format!("r{number:03}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let other = few.with(load(2, 1, &["b"])).with(load(3, 1, &many));
    let same_size = Channels::new().with(load(1, 2, &["z"]));
    for (from, to) in [(&few, &other), (&other, &few), (&few, &same_size), (&Channels::new(), &few)] {
        let mut scratch = from.scratch();
        let values = [Value::Text(b"seen")];
        let event = Event::new(&Seen::TYPE, &values).expect("one value");
        let (_, own) = count(|| from.evaluate(&event, &mut scratch).count());
        assert_eq!(own.calls, 0, "its own content");
        let mut evaluate = || count(|| to.evaluate(&event, &mut scratch).count());
        let expected: usize = to.iter().map(|of| if of.channel() == 3 { 100 } else { 1 }).sum();
        let (found, first) = evaluate();
        assert_eq!(found, expected);
        let (found, second) = evaluate();
        assert_eq!((found, second.calls), (expected, 0), "the second time");
        // Room that a smaller sensor had is not kept for ever, and what was shared stays: at most what a new scratch takes.
        let (_, new) = count(|| to.scratch());
        assert!(first.peak <= new.peak + 1024, "{} bytes, {} for a new one", first.peak, new.peak);
    }
}

#[test]
fn replacing_one_channel_leaves_the_scratch_of_the_others() {
    let names: Vec<String> = (0..1000).map(|number| format!("r{number:04}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let before = Channels::new().with(load(1, 1, &names)).with(load(2, 1, &["a"]));
    let after = before.with(load(2, 2, &["b"]));
    let mut scratch = before.scratch();
    let values = [Value::Text(b"seen")];
    let event = Event::new(&Seen::TYPE, &values).expect("one value");
    let (found, taken) = count(|| after.evaluate(&event, &mut scratch).count());
    assert_eq!(found, 1001);
    let (_, whole) = count(|| after.scratch());
    assert!(taken.peak < whole.peak / 4, "{} bytes for channel 2, {} for both", taken.peak, whole.peak);
}

/// Content whose rules, in this order, all match events named `seen`.
fn load(channel: u32, version: u64, rules: &[&str]) -> Arc<Interpreter<'static>> {
    let template_type = TemplateType::from_declared(&Seen::TYPE, 1).expect("version 1").expect("it is well formed");
    let builder = Content::builder(channel, version).template_type(template_type.clone());
    // Each asks in another way, so that they share nothing.
    let pattern = |number: usize| match number % 3 {
        0 => equals("seen"),
        1 => Pattern::text(Operator::StartsWith, "se", Case::Ignored).expect("a text"),
        _ => Pattern::text(Operator::Regex, "e{2}", Case::Ignored).expect("a text"),
    };
    let rules = rules.iter().enumerate().map(|(number, id)| {
        rule(id, [instance(&template_type, [any_of(0, [pattern(number)])])]).build().expect("a rule")
    });
    let content = rules.fold(builder, ContentBuilder::rule).build().expect("content");
    let bytes = encode(&content).expect("it is small");
    let file = ChannelFile::open(&bytes).expect("it was just written");
    Arc::new(Interpreter::load(&file, &TYPES, &Budget::DEFAULT).expect("the sensor supplies it"))
}

fn versions(channels: &Channels<'_>) -> Vec<(u32, u64)> {
    channels.iter().map(|interpreter| (interpreter.channel(), interpreter.content_version())).collect()
}

/// The rules that an event named `seen` matches: by channel, within a channel by name.
fn matching_rules(channels: &Channels<'_>, scratch: &mut ChannelsScratch) -> Vec<String> {
    let values = [Value::Text(b"seen")];
    let event = Event::new(&Seen::TYPE, &values).expect("one value");
    let mut found: Vec<(u32, String)> = channels
        .evaluate(&event, scratch)
        .map(|ChannelMatch { channel, found, .. }| (channel, found.rule.to_owned()))
        .collect();
    found.sort();
    found.into_iter().map(|(_, rule)| rule).collect()
}
