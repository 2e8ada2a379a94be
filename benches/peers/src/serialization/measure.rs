//! Time and memory of all formats with one document.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::documents::{Document, Sample};
use super::entrant::{Entrant, Verb};
use super::peer::Description;
use crate::Failure;
use crate::allocations::count;
use crate::spread::Spread;

/// The figures of a set.
#[derive(Serialize)]
pub(crate) struct Measured {
    pub(crate) name: String,
    /// Or instances of rules.
    pub(crate) records: usize,
    pub(crate) peers: Vec<Figures>,
}

/// The figures of a format.
#[derive(Serialize)]
pub(crate) struct Figures {
    #[serde(flatten)]
    pub(crate) description: Description,
    pub(crate) bytes: usize,
    pub(crate) serialize_us: Spread,
    pub(crate) access_us: Spread,
    pub(crate) read_us: Spread,
    pub(crate) owned_us: Spread,
    /// Of the medians and the bytes, to those of the first format.
    pub(crate) ratios: Ratios,
    pub(crate) allocations: Allocations,
}

#[derive(Serialize)]
pub(crate) struct Ratios {
    pub(crate) bytes: f64,
    pub(crate) serialize: f64,
    pub(crate) access: f64,
    pub(crate) read: f64,
    pub(crate) owned: f64,
}

#[derive(Serialize)]
pub(crate) struct Allocations {
    pub(crate) serialize: Requests,
    pub(crate) access: Requests,
    pub(crate) read: Requests,
    pub(crate) owned: Requests,
}

/// What doing it once takes of memory.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Requests {
    /// Calls to the allocator.
    pub(crate) calls: i64,
    pub(crate) peak_bytes: i64,
}

/// One format takes its turn at least for so long, so that a tick of the clock or of the scheduler is little of it.
const TURN: Duration = Duration::from_millis(20);

pub(super) fn measure<D: Document>(
    sample: &Sample<D>,
    mut entrants: Vec<Box<dyn Entrant>>,
    runs: u32,
) -> Result<Measured, Failure> {
    let [serialize, access, read, owned] = Verb::ALL.map(|verb| taken(&mut entrants, verb, runs));
    let (serialize, access, read, owned) = (serialize?, access?, read?, owned?);
    let mut peers: Vec<Figures> = Vec::new();
    for (place, entrant) in entrants.iter().enumerate() {
        let figures = Figures {
            description: entrant.description(),
            bytes: entrant.bytes().len(),
            serialize_us: serialize.times[place],
            access_us: access.times[place],
            read_us: read.times[place],
            owned_us: owned.times[place],
            ratios: Ratios { bytes: 1.0, serialize: 1.0, access: 1.0, read: 1.0, owned: 1.0 },
            allocations: Allocations {
                serialize: serialize.requests[place],
                access: access.requests[place],
                read: read.requests[place],
                owned: owned.requests[place],
            },
        };
        let ratios = figures.ratios(peers.first().unwrap_or(&figures));
        peers.push(Figures { ratios, ..figures });
    }
    Ok(Measured { name: sample.name.clone(), records: sample.document.records(), peers })
}

/// What one thing takes, of every format.
struct Taken {
    requests: Vec<Requests>,
    /// Microseconds.
    times: Vec<Spread>,
}

fn taken(entrants: &mut [Box<dyn Entrant>], verb: Verb, runs: u32) -> Result<Taken, Failure> {
    Ok(Taken { requests: requests(entrants, verb)?, times: times(entrants, verb, runs)? })
}

/// Once it has warmed up.
fn requests(entrants: &mut [Box<dyn Entrant>], verb: Verb) -> Result<Vec<Requests>, Failure> {
    let mut requests = Vec::new();
    for entrant in entrants {
        entrant.run(verb, 1)?;
        let (done, taken) = count(|| entrant.run(verb, 1));
        done?;
        requests.push(Requests { calls: taken.calls, peak_bytes: taken.peak });
    }
    Ok(requests)
}

fn times(entrants: &mut [Box<dyn Entrant>], verb: Verb, runs: u32) -> Result<Vec<Spread>, Failure> {
    let mut passes = Vec::new();
    for entrant in &mut *entrants {
        let start = Instant::now();
        entrant.run(verb, 1)?;
        passes.push(u32::try_from(TURN.as_nanos().div_ceil(start.elapsed().as_nanos().max(1)))?);
    }
    let mut turns: Vec<Vec<f64>> = entrants.iter().map(|_| Vec::new()).collect();
    for run in 0..runs {
        // Another begins each run: whoever follows finds the processor's caches as its predecessor left them.
        let first = usize::try_from(run)?;
        for turn in 0..entrants.len() {
            let place = (first + turn) % entrants.len();
            let start = Instant::now();
            entrants[place].run(verb, passes[place])?;
            turns[place].push(start.elapsed().as_secs_f64() * 1e6 / f64::from(passes[place]));
        }
    }
    Ok(turns.into_iter().map(Spread::of).collect())
}

impl Figures {
    fn ratios(&self, first: &Self) -> Ratios {
        let of = |time: fn(&Self) -> Spread| time(self).median / time(first).median;
        Ratios {
            bytes: self.bytes as f64 / first.bytes as f64,
            serialize: of(|figures| figures.serialize_us),
            access: of(|figures| figures.access_us),
            read: of(|figures| figures.read_us),
            owned: of(|figures| figures.owned_us),
        }
    }
}
