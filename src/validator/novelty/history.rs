//! All earlier content of a channel.

use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;

use super::uses::Uses;
use crate::channel_file::{ChannelFile, OwnTypes};
use crate::interpreter::{Budget, Interpreter};
use crate::template::SensorTypes;

/// What earlier contents used of sensors: types and their versions, fields, operators, and how much of everything.
///
/// It keeps no file, so that any number of contents can be added one after the other, in any order. Against it new content
/// is held by [`Comparer`](super::super::Comparer), which looks at contents of the same channel with a lower version alone.
///
/// ```
/// use channel_file::ChannelFile;
/// use channel_file::validator::{Comparer, Difference, History};
///
/// fn compare(old: &ChannelFile<'_>, new: &ChannelFile<'_>, earlier: &[ChannelFile<'_>]) -> Difference {
///     let mut history = History::new();
///     for file in earlier {
///         history.add(file);
///     }
///     Comparer::new().history(&history).compare(old, new)
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(BTreeMap<(u32, u64), Uses>);

impl History {
    /// Of no content.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds a content. It is loaded to see what it costs, whatever that is. Gives whether its channel and content version
    /// were not there before; what two contents use under one version is taken together.
    pub fn add(&mut self, file: &ChannelFile<'_>) -> bool {
        let uses = measured(file);
        match self.0.entry((file.channel(), file.content_version())) {
            Entry::Vacant(place) => {
                place.insert(uses);
                true
            }
            Entry::Occupied(mut place) => {
                place.get_mut().add(&uses);
                false
            }
        }
    }

    /// The channels that there are contents of, ascending.
    pub fn channels(&self) -> impl Iterator<Item = u32> {
        let mut known = None;
        self.0.keys().map(|(channel, _)| *channel).filter(move |channel| known.replace(*channel) != Some(*channel))
    }

    /// The content versions of a channel, ascending.
    pub fn versions(&self, channel: u32) -> impl DoubleEndedIterator<Item = u64> {
        self.0.range((channel, 0)..=(channel, u64::MAX)).map(|((_, version), _)| *version)
    }

    /// Of each content of the channel before this version, what it uses.
    pub(super) fn before(&self, channel: u32, version: u64) -> impl Iterator<Item = (u64, &Uses)> {
        self.0.range((channel, 0)..(channel, version)).map(|((_, version), uses)| (*version, uses))
    }
}

/// Content that no sensor would load for its costs has them nevertheless.
pub(super) const UNBOUNDED: Budget = Budget { bytes: u64::MAX, work: u64::MAX, ..Budget::DEFAULT };

/// What a content uses, and what it costs when it is loaded for its own types.
pub(super) fn measured(file: &ChannelFile<'_>) -> Uses {
    let own = OwnTypes::of(file);
    let own = own.sensor_types();
    Uses::of(file).costing(Interpreter::load(file, &SensorTypes::new(&own), &UNBOUNDED).ok().as_ref())
}
