//! What content asks of sensors for the first time.
//!
//! Earlier content says what sensors have been through. On 19 July 2024 content was the first to read the 21st input of a
//! type; all before it had a wildcard there, and a wildcard reads nothing.

mod facts;
mod history;
mod maxima;
mod supply;
mod users;
mod uses;
mod wording;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::code::{FindingCode, Level};
use super::finding::{Finding, Place};
use super::manifest::SensorManifest;
use crate::channel_file::{ChannelFile, OwnTypes};
use crate::interpreter::Interpreter;
use crate::template::{SensorType, SensorTypes};

pub use self::history::History;

pub(super) use self::facts::Fact;
use self::facts::Facts;
pub(super) use self::supply::{concerns, lacking};
use self::uses::Uses;

/// As many novelties are proved by an event, the first ones: to search for one can take long.
const PROVED: usize = 100;

/// A release, with its types as a sensor declares them.
pub(super) struct Release<'r> {
    pub(super) manifest: &'r SensorManifest,
    pub(super) types: Vec<SensorType<'r>>,
}

/// Something new, as a finding and as what it is about.
pub(super) struct Novel {
    pub(super) finding: Finding,
    pub(super) fact: Fact,
    /// The first instance that makes it so, and the criterion.
    first: Option<(u32, Option<u16>)>,
}

/// What new content is held against.
pub(super) struct Earlier<'e> {
    /// The content right before, where it is told apart from the history.
    pub(super) old: Option<&'e ChannelFile<'e>>,
    pub(super) history: Option<&'e History>,
}

/// What is new, and how many content versions were looked at, the new one included.
pub(super) fn novelties(new: &ChannelFile<'_>, earlier: &Earlier<'_>, releases: &[Release<'_>]) -> (Vec<Novel>, u64) {
    let (before, contents) = earlier.before(new);
    let own = OwnTypes::of(new);
    let own = own.sensor_types();
    let types = SensorTypes::new(&own);
    let loaded = Interpreter::load(new, &types, &history::UNBOUNDED).ok();
    let uses = Uses::of(new).costing(loaded.as_ref());
    let mut novel = Vec::new();
    let told = wording::Told { file: new, contents, uses: &uses, types: &types, loaded: loaded.as_ref() };
    for (fact, users) in Facts::of(new, &before).into_list() {
        novel.push(told.novel(fact, &users));
    }
    novel.extend(maxima::maxima(&told, &before.most));
    novel.extend(earlier.not_a_successor(new));
    for own in &mut novel {
        own.hold_against(releases);
    }
    novel.sort_by(|one, two| one.rank().cmp(&two.rank()));
    for own in novel.iter_mut().take(PROVED) {
        own.finding.witness = told.witness(own);
    }
    (novel, contents)
}

impl Earlier<'_> {
    /// What all earlier contents use together, and how many content versions there are with the new one.
    fn before(&self, new: &ChannelFile<'_>) -> (Uses, u64) {
        let mut uses = self.old.map(history::measured).unwrap_or_default();
        let (mut contents, mut has_old) = (1_u64, self.old.is_none());
        let old = self.old.map(|old| (old.channel(), old.content_version()));
        for (version, earlier) in self.history.iter().flat_map(|own| own.before(new.channel(), new.content_version())) {
            uses.add(earlier);
            contents = contents.saturating_add(1);
            has_old |= old == Some((new.channel(), version));
        }
        (uses, contents.saturating_add(u64::from(!has_old)))
    }

    fn not_a_successor(&self, new: &ChannelFile<'_>) -> Option<Novel> {
        let (channel, version) = (new.channel(), new.content_version());
        let latest = self.history.and_then(|own| own.versions(channel).next_back());
        let message = match self.old {
            Some(old) if old.bytes() == new.bytes() => return None,
            Some(old) if channel != old.channel() => {
                format!("the channel is {channel}, and that of the old content {}", old.channel())
            }
            Some(old) if version <= old.content_version() => {
                format!("content version {version} does not ascend: the old content has {}", old.content_version())
            }
            _ => {
                let latest = latest.filter(|latest| *latest > version)?;
                format!("content version {version} does not ascend: the history of channel {channel} has {latest}")
            }
        };
        let finding = Finding::new(FindingCode::NotASuccessor, Place::default(), message);
        Some(Novel { finding, fact: Fact::Succession, first: None })
    }
}

impl Novel {
    /// What a release does not supply is an error.
    fn hold_against(&mut self, releases: &[Release<'_>]) {
        /// As many releases are named.
        const NAMED: usize = 8;
        let lacking = releases.iter().filter_map(|own| Some((&own.manifest.release, lacking(&self.fact, own)?)));
        let lacking: Vec<String> = lacking.map(|(release, lack)| format!("release {release} {lack}")).collect();
        if lacking.is_empty() {
            return;
        }
        self.finding.level = Level::Error;
        lacking.iter().take(NAMED).for_each(|lack| self.finding.message.push_str(&format!("; {lack}")));
        if lacking.len() > NAMED {
            let further = lacking.len().saturating_sub(NAMED);
            self.finding.message.push_str(&format!("; and so with {further} more releases"));
        }
        self.finding.help = "do not publish: take out what is new, or hold the content back from these releases".into();
    }

    /// What a release does not supply comes first; then by what it is. Of fields the last ones come first: where a sensor
    /// supplies fewer inputs than there are fields, those are the ones that it lacks.
    fn rank(&self) -> impl Ord + use<'_> {
        let field = match self.fact {
            Fact::Field { field, .. } => Some(field),
            _ => None,
        };
        (Reverse(self.finding.level), self.finding.code, Reverse(field), &self.fact)
    }
}
