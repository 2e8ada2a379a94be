//! Time and memory of all engines over one category.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::Failure;
use crate::allocations::{Taken, count};
use crate::matching::data::Category;
use crate::matching::engine::{Description, Engine, Loaded, Parsed};
use crate::matching::verify::{Verdict, verify};
use crate::spread::Spread;

/// How often.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Rounds {
    pub(crate) loads: u32,
    pub(crate) runs: u32,
}

/// The figures of a category.
#[derive(Serialize)]
pub(crate) struct Measured {
    pub(crate) category: String,
    pub(crate) rules: usize,
    pub(crate) events: usize,
    pub(crate) expected: usize,
    pub(crate) engines: Vec<Figures>,
}

/// The figures of an engine.
#[derive(Serialize)]
pub(crate) struct Figures {
    #[serde(flatten)]
    pub(crate) description: Description,
    /// How many rules it took.
    pub(crate) rules_loaded: usize,
    pub(crate) parse_milliseconds: Spread,
    pub(crate) load_milliseconds: Spread,
    pub(crate) microseconds_per_event: Spread,
    /// Of the median time an event, to that of the first engine.
    pub(crate) ratio: f64,
    pub(crate) memory: Memory,
    /// In a pass after the first.
    pub(crate) allocations_per_event: f64,
    /// Nothing for a yardstick, which matches no rules.
    pub(crate) verdict: Option<Verdict>,
}

/// What an engine takes of memory, in bytes.
#[derive(Serialize)]
pub(crate) struct Memory {
    pub(crate) parsed: i64,
    pub(crate) loaded: i64,
    /// What grew in the first pass over all events: caches.
    pub(crate) grown: i64,
    /// What stays as long as the engine evaluates: all that it needs of the three.
    pub(crate) resident: i64,
    /// At the highest while parsing and loading.
    pub(crate) peak: i64,
}

/// One engine takes its turn at least for so long, so that a tick of the clock or of the scheduler is little of it.
const TURN: Duration = Duration::from_millis(50);

pub(crate) fn measure(category: &Category, engines: &[Box<dyn Engine>], rounds: Rounds) -> Result<Measured, Failure> {
    let loading = loading(category, engines, rounds.loads)?;

    let mut parsed = Vec::new();
    for engine in engines {
        let (rules, taken) = count(|| engine.parse(&category.rules));
        parsed.push((rules?, taken));
    }
    let mut entrants = Vec::new();
    for (engine, (rules, taken)) in engines.iter().zip(&parsed) {
        entrants.push(Entrant::new(engine.describe(), &**rules, *taken, category)?);
    }
    for run in 0..rounds.runs {
        // Another begins each run: whoever follows finds the processor's caches as its predecessor left them.
        let first = usize::try_from(run)?;
        for turn in 0..entrants.len() {
            let place = (first + turn) % entrants.len();
            entrants[place].take_turn(category.events.len());
        }
    }

    let figures = entrants.into_iter().zip(loading).map(|(entrant, loading)| entrant.figures(loading));
    let mut figures: Vec<Figures> = figures.collect();
    let first = figures.first().map_or(f64::NAN, |first| first.microseconds_per_event.median);
    for figures in &mut figures {
        figures.ratio = figures.microseconds_per_event.median / first;
    }
    Ok(Measured {
        category: category.name.clone(),
        rules: category.rules.len(),
        events: category.events.len(),
        expected: category.expected.len(),
        engines: figures,
    })
}

/// Parses and loads every engine so often, in turn, and throws it away.
fn loading(category: &Category, engines: &[Box<dyn Engine>], loads: u32) -> Result<Vec<Loading>, Failure> {
    let mut times: Vec<Loading> = engines.iter().map(|_| Loading::default()).collect();
    for _ in 0..loads {
        for (engine, times) in engines.iter().zip(&mut times) {
            let start = Instant::now();
            let parsed = engine.parse(black_box(&category.rules))?;
            times.parse.push(start.elapsed());
            let start = Instant::now();
            let loaded = parsed.load()?;
            times.load.push(start.elapsed());
            drop(black_box(loaded));
        }
    }
    Ok(times)
}

#[derive(Default)]
struct Loading {
    parse: Vec<Duration>,
    load: Vec<Duration>,
}

/// An engine that is loaded, with the events prepared.
struct Entrant<'a> {
    description: Description,
    engine: Box<dyn Loaded<'a> + 'a>,
    memory: Memory,
    allocations_per_event: f64,
    verdict: Option<Verdict>,
    /// What every pass must count.
    matches: usize,
    passes: u32,
    /// For each turn, microseconds an event.
    turns: Vec<f64>,
}

impl<'a> Entrant<'a> {
    fn new(
        description: Description,
        parsed: &'a dyn Parsed,
        parsing: Taken,
        category: &'a Category,
    ) -> Result<Self, Failure> {
        let events = category.events.len();
        let (engine, loading) = count(|| parsed.load());
        let mut engine = engine?;
        engine.prepare(&category.events)?;
        let (matches, first) = count(|| engine.evaluate_all(events));
        let (_, second) = count(|| engine.evaluate_all(events));
        let verdict = verify(description.name, &mut *engine, category)?;
        let start = Instant::now();
        engine.evaluate_all(events);
        let passes = TURN.as_nanos().div_ceil(start.elapsed().as_nanos().max(1));
        let kept = if description.keeps_parsed { parsing.retained } else { 0 };
        let memory = Memory {
            parsed: parsing.retained,
            loaded: loading.retained,
            grown: first.retained,
            resident: kept + loading.retained + first.retained,
            peak: parsing.peak.max(parsing.retained + loading.peak),
        };
        Ok(Self {
            description,
            engine,
            memory,
            allocations_per_event: second.calls as f64 / events as f64,
            verdict,
            matches,
            passes: u32::try_from(passes)?,
            turns: Vec::new(),
        })
    }

    fn take_turn(&mut self, events: usize) {
        let start = Instant::now();
        for _ in 0..self.passes {
            let matches = self.engine.evaluate_all(black_box(events));
            assert_eq!(matches, self.matches, "{} counts the same in every pass", self.description.name);
        }
        let passes = f64::from(self.passes) * events as f64;
        self.turns.push(start.elapsed().as_secs_f64() * 1e6 / passes);
    }

    fn figures(self, loading: Loading) -> Figures {
        let milliseconds =
            |times: Vec<Duration>| Spread::of(times.iter().map(|time| time.as_secs_f64() * 1e3).collect());
        Figures {
            rules_loaded: self.engine.rules(),
            description: self.description,
            parse_milliseconds: milliseconds(loading.parse),
            load_milliseconds: milliseconds(loading.load),
            microseconds_per_event: Spread::of(self.turns),
            // Known when all have their figures.
            ratio: f64::NAN,
            memory: self.memory,
            allocations_per_event: self.allocations_per_event,
            verdict: self.verdict,
        }
    }
}
