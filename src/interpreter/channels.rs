//! All the content that a sensor holds at one time.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Event, Interpreter, Match, Matches, Scratch};

/// The interpreters of a sensor's channels, one a channel: a snapshot that never changes.
///
/// Cheap to clone. Another content is another snapshot, made by [`with`](Self::with); whoever evaluates with the old one goes on
/// with the old one, whole. [`SharedChannels`] hands the newest snapshot from thread to thread.
#[derive(Clone, Debug, Default)]
pub struct Channels<'t>(Arc<[Arc<Interpreter<'t>>]>);

/// Memory to evaluate events in, for all channels. Each thread has its own. Where a channel has other content than at the
/// event before, its part is made anew; otherwise nothing is allocated.
#[derive(Debug, Default)]
pub struct ChannelsScratch(Vec<Scratch>);

/// An instance that an event matches, and where it is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelMatch<'s> {
    /// The channel.
    pub channel: u32,
    /// The version of its content.
    pub content_version: u64,
    /// What matched.
    pub found: Match<'s>,
}

impl<'t> Channels<'t> {
    /// No channel yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The interpreters, by channel.
    pub fn iter(&self) -> impl Iterator<Item = &Interpreter<'t>> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// The interpreter of a channel.
    #[must_use]
    pub fn get(&self, channel: u32) -> Option<&Arc<Interpreter<'t>>> {
        let at = self.0.binary_search_by_key(&channel, |interpreter| interpreter.channel()).ok()?;
        self.0.get(at)
    }

    /// The same channels, but with this interpreter on its channel.
    #[must_use]
    pub fn with(&self, interpreter: Arc<Interpreter<'t>>) -> Self {
        let others = self.others(interpreter.channel());
        let mut interpreters: Vec<_> = others.chain([interpreter]).collect();
        interpreters.sort_by_key(|interpreter| interpreter.channel());
        Self(interpreters.into())
    }

    /// The same channels, but without this one.
    #[must_use]
    pub fn without(&self, channel: u32) -> Self {
        Self(self.others(channel).collect())
    }

    fn others(&self, channel: u32) -> impl Iterator<Item = Arc<Interpreter<'t>>> {
        self.0.iter().filter(move |interpreter| interpreter.channel() != channel).cloned()
    }

    /// Memory to evaluate events in, as much as any event can need.
    #[must_use]
    pub fn scratch(&self) -> ChannelsScratch {
        ChannelsScratch(self.0.iter().map(|interpreter| interpreter.scratch()).collect())
    }

    /// Which instances does the event match, in any channel? By channel, then by the instance's id. Never fails; allocates
    /// nothing, unless the scratch was last used with other content. A channel is evaluated when the iterator gets to it.
    pub fn evaluate<'s>(
        &'s self,
        event: &Event<'_>,
        scratch: &'s mut ChannelsScratch,
    ) -> impl Iterator<Item = ChannelMatch<'s>> {
        scratch.0.truncate(self.0.len());
        for interpreter in self.0.iter().skip(scratch.0.len()) {
            scratch.0.push(interpreter.scratch());
        }
        self.0.iter().zip(&mut scratch.0).flat_map(|(interpreter, scratch)| {
            let (channel, content_version) = (interpreter.channel(), interpreter.content_version());
            let matches: Matches<'s> = interpreter.evaluate(event, scratch);
            matches.map(move |found| ChannelMatch { channel, content_version, found })
        })
    }
}

impl ChannelsScratch {
    /// How much work the last event made in each channel, in bytes looked at; an older event's in channels that the iterator did
    /// not get to.
    pub fn work(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(Scratch::work)
    }
}

#[cfg(feature = "std")]
pub use self::shared::SharedChannels;

#[cfg(feature = "std")]
mod shared {
    extern crate std;

    use alloc::sync::Arc;
    use std::sync::{PoisonError, RwLock};

    use super::{Channels, Interpreter};

    /// The newest [`Channels`], for many threads: some evaluate, one replaces content.
    ///
    /// A thread takes a snapshot for each event, or for a batch of them. Replacing waits for nobody who evaluates.
    #[derive(Debug, Default)]
    pub struct SharedChannels<'t>(RwLock<Channels<'t>>);

    impl<'t> SharedChannels<'t> {
        /// Begins with these.
        #[must_use]
        pub const fn new(channels: Channels<'t>) -> Self {
            Self(RwLock::new(channels))
        }

        /// What there is now. Takes a lock for as long as it takes to count a reference.
        #[must_use]
        pub fn snapshot(&self) -> Channels<'t> {
            // Whoever panicked with the lock held had not yet put anything in: what is there is whole.
            self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
        }

        /// Puts an interpreter on its channel; gives the one that was there.
        pub fn replace(&self, interpreter: Arc<Interpreter<'t>>) -> Option<Arc<Interpreter<'t>>> {
            let mut channels = self.0.write().unwrap_or_else(PoisonError::into_inner);
            let before = channels.get(interpreter.channel()).cloned();
            *channels = channels.with(interpreter);
            before
        }

        /// Takes a channel away; gives the interpreter that was there.
        pub fn remove(&self, channel: u32) -> Option<Arc<Interpreter<'t>>> {
            let mut channels = self.0.write().unwrap_or_else(PoisonError::into_inner);
            let before = channels.get(channel).cloned();
            *channels = channels.without(channel);
            before
        }
    }
}
