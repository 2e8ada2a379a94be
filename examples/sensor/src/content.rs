//! Content comes in: from bytes of anybody's to interpreters that cannot fail any more, or not at all.

use std::fmt;
use std::sync::Arc;

use channel_file::interpreter::{Budget, Interpreter, LeftOut, SharedChannels};
use channel_file::{ChannelFile, Error};

use crate::types::SENSOR;

/// Loaded content, for as many threads as there are.
pub(crate) type Loaded = Arc<Interpreter<'static>>;

/// What an update that was not refused has done.
pub(crate) enum Update {
    /// Its content is on its channel, in place of what was there.
    Applied { channel: u32, before: Option<u64>, now: u64 },
    /// The channel has content as new as this, or newer. Going back would be somebody's decision, not that of a file which
    /// happens to be around.
    NotNewer { channel: u32, stays: u64 },
}

/// Why bytes were refused. Nothing panics and nothing is half done: a refusal is a value to report, by its code.
pub(crate) struct Refused {
    text: String,
}

/// Loads all of a file or nothing.
pub(crate) fn load(bytes: &[u8]) -> Result<Loaded, Refused> {
    let explain = |error: Error| Refused::new(error, bytes);
    // Looks at every byte: damage, contradictions and limits are found here.
    let file = ChannelFile::open(bytes).map_err(explain)?;
    // Compares the file's types with the sensor's, and keeps what the content costs within a budget. A small device has
    // `Budget::EMBEDDED`, and `Limits::EMBEDDED` for the file.
    let interpreter =
        Interpreter::load(&file, &SENSOR, &Budget::DEFAULT).map_err(|refusal| explain(refusal.error()))?;
    // The interpreter has all that it needs: the bytes may go.
    Ok(Arc::new(interpreter))
}

/// Loads what this sensor has the types for, and says what it does without. For sensors that are older than the content.
pub(crate) fn load_supported(bytes: &[u8]) -> Result<(Loaded, Vec<LeftOut>), Refused> {
    let explain = |error: Error| Refused::new(error, bytes);
    let file = ChannelFile::open(bytes).map_err(explain)?;
    let (interpreter, left_out) =
        Interpreter::load_supported(&file, &SENSOR, &Budget::DEFAULT).map_err(|refusal| explain(refusal.error()))?;
    Ok((Arc::new(interpreter), left_out))
}

/// Loads an update, and only then puts it in place. On an error the sensor goes on with the content that it had.
///
/// Only one thread updates; else another could be in between the look at the version and the replacement.
pub(crate) fn update(channels: &SharedChannels<'static>, bytes: &[u8]) -> Result<Update, Refused> {
    // The costly part, and the one that may fail, is done before anybody else sees anything of it.
    let interpreter = load(bytes)?;
    let (channel, now) = (interpreter.channel(), interpreter.content_version());
    match channels.snapshot().get(channel) {
        Some(old) if old.content_version() >= now => Ok(Update::NotNewer { channel, stays: old.content_version() }),
        _ => {
            let before = channels.replace(interpreter).map(|old| old.content_version());
            Ok(Update::Applied { channel, before, now })
        }
    }
}

impl Refused {
    /// An error has numbers only, and its bytes the names that people know things by.
    fn new(error: Error, bytes: &[u8]) -> Self {
        Self { text: ChannelFile::explain(error, bytes).to_string() }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applied { channel, before: None, now } => write!(f, "channel {channel} has version {now}"),
            Self::Applied { channel, before: Some(before), now } => {
                write!(f, "channel {channel} has version {now} in place of version {before}")
            }
            Self::NotNewer { channel, stays } => write!(f, "not newer: channel {channel} stays at version {stays}"),
        }
    }
}
