//! What the programs of `benches/peers` say, as far as tables show it. The report keeps all of it.

use serde::Deserialize;

/// Formats side by side.
#[derive(Debug, Deserialize)]
pub(crate) struct Formats {
    pub(crate) sets: Vec<Set>,
    pub(crate) damage: Vec<Damage>,
}

/// The same content in every format.
#[derive(Debug, Deserialize)]
pub(crate) struct Set {
    pub(crate) name: String,
    pub(crate) records: u64,
    /// The first is what ratios refer to.
    pub(crate) peers: Vec<Format>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Format {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) bytes: u64,
    pub(crate) serialize_us: Spread,
    pub(crate) access_us: Spread,
    pub(crate) read_us: Spread,
    pub(crate) owned_us: Spread,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Spread {
    pub(crate) median: f64,
}

/// What is compared of a format, under which name, in which unit.
pub(crate) type Figure = (&'static str, &'static str, fn(&Format) -> f64);

pub(crate) const FIGURES: [Figure; 5] = [
    ("bytes", "B", |format| crate::figures::real(format.bytes)),
    ("serialize", "µs", |format| format.serialize_us.median),
    ("access", "µs", |format| format.access_us.median),
    ("read", "µs", |format| format.read_us.median),
    ("owned", "µs", |format| format.owned_us.median),
];

/// What a format makes of damaged files.
#[derive(Debug, Deserialize)]
pub(crate) struct Damage {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) total: Tally,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Tally {
    pub(crate) mutants: u64,
    pub(crate) accepted: u64,
    pub(crate) other_value: u64,
    pub(crate) other_bytes: u64,
    pub(crate) panics: u64,
    pub(crate) large_requests: u64,
}

/// Matching engines side by side.
#[derive(Debug, Deserialize)]
pub(crate) struct Engines {
    pub(crate) categories: Vec<Category>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Category {
    pub(crate) category: String,
    pub(crate) rules: u64,
    pub(crate) events: u64,
    pub(crate) engines: Vec<Engine>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Engine {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) microseconds_per_event: Spread,
    pub(crate) load_milliseconds: Spread,
    pub(crate) allocations_per_event: f64,
    /// Of the time an event, to the first.
    pub(crate) ratio: f64,
}
