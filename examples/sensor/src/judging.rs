//! The threads that hold events against content.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use channel_file::Error;
use channel_file::interpreter::{ChannelMatch, Channels, ChannelsScratch, Event, SharedChannels};
use channel_file::template::Disposition;

use crate::events::EVENTS;

/// For each event the rules that match, by channel.
pub(crate) type Answers = Vec<Vec<String>>;

/// What one thread has to report.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) events: u64,
    /// By the version of the watched channel's content that judged them.
    pub(crate) events_by_version: BTreeMap<u64, u64>,
    /// Events about which something else was said than any one version says.
    pub(crate) mixed: u64,
    /// Events that one of the matching rules would have prevented.
    pub(crate) prevented: u64,
    /// By channel and content version, then by rule.
    pub(crate) matches: BTreeMap<(u32, u64), BTreeMap<String, u64>>,
    /// In about as many bytes looked at: does content get slow, this shows it on every machine alike.
    pub(crate) work: u64,
    pub(crate) most_work: u64,
}

/// What these channels say of each event, with nobody replacing anything.
pub(crate) fn answers(channels: &Channels<'static>) -> Result<Answers, Error> {
    let mut scratch = channels.scratch();
    let mut rules =
        |event: &Event<'_>| channels.evaluate(event, &mut scratch).map(|found| found.found.rule.to_owned()).collect();
    EVENTS.iter().map(|observed| observed.pass_on(&mut rules)).collect()
}

/// Holds all events against the newest content, again and again, until told to stop. Says after each round that it is over.
///
/// `expected` has for each version of the watched channel's content what it says of each event.
pub(crate) fn judge(
    channels: &SharedChannels<'static>,
    watched: u32,
    expected: &BTreeMap<u64, Answers>,
    stop: &AtomicBool,
    rounds: &Sender<()>,
) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    // Each thread has its own; it is as large as the content can need, so evaluating allocates nothing. After a replacement
    // the part of that channel is made anew, once.
    let mut scratch = channels.snapshot().scratch();
    while !stop.load(Ordering::Relaxed) {
        for (number, observed) in EVENTS.iter().enumerate() {
            // All channels as they are now. Whoever replaces content from here on makes other channels, not these: this event
            // sees all of the old or all of the new. One snapshot for a batch of events is as good, and cheaper.
            let snapshot = channels.snapshot();
            let version = snapshot.get(watched).map_or(0, |interpreter| interpreter.content_version());
            let answer = expected.get(&version).and_then(|answers| answers.get(number));
            observed.pass_on(|event| tally.take(&snapshot, event, &mut scratch, version, answer))?;
        }
        if rounds.send(()).is_err() {
            break;
        }
    }
    Ok(tally)
}

impl Tally {
    fn take(
        &mut self,
        channels: &Channels<'static>,
        event: &Event<'_>,
        scratch: &mut ChannelsScratch,
        version: u64,
        answer: Option<&Vec<String>>,
    ) {
        let mut expected = answer.into_iter().flatten();
        let mut is_whole = answer.is_some();
        let mut is_prevented = false;
        for found in channels.evaluate(event, scratch) {
            is_whole &= expected.next().is_some_and(|rule| rule == found.found.rule);
            is_prevented |= found.found.disposition == Disposition::Prevent;
            self.count(&found);
        }
        is_whole &= expected.next().is_none();
        let work = scratch.work().fold(0, u64::saturating_add);
        increase(&mut self.events, 1);
        increase(self.events_by_version.entry(version).or_default(), 1);
        increase(&mut self.mixed, u64::from(!is_whole));
        increase(&mut self.prevented, u64::from(is_prevented));
        increase(&mut self.work, work);
        self.most_work = self.most_work.max(work);
    }

    fn count(&mut self, found: &ChannelMatch<'_>) {
        let rules = self.matches.entry((found.channel, found.content_version)).or_default();
        match rules.get_mut(found.found.rule) {
            Some(count) => increase(count, 1),
            None => _ = rules.insert(found.found.rule.to_owned(), 1),
        }
    }

    /// Both together.
    pub(crate) fn plus(mut self, other: Self) -> Self {
        increase(&mut self.events, other.events);
        increase(&mut self.mixed, other.mixed);
        increase(&mut self.prevented, other.prevented);
        increase(&mut self.work, other.work);
        self.most_work = self.most_work.max(other.most_work);
        for (version, events) in other.events_by_version {
            increase(self.events_by_version.entry(version).or_default(), events);
        }
        for (content, rules) in other.matches {
            let own = self.matches.entry(content).or_default();
            for (rule, count) in rules {
                increase(own.entry(rule).or_default(), count);
            }
        }
        self
    }
}

fn increase(count: &mut u64, by: u64) {
    *count = count.saturating_add(by);
}
