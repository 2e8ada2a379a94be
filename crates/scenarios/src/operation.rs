//! What is done with a set, ready to be measured.

use std::fmt;
use std::hint::black_box;

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{FieldKind, OwnedValue, PatternValue, SensorTypes, Value};
use channel_file::validator::Validator;
use channel_file::{ChannelFile, Limits, OwnTypes, decode_with, encode_with};

use crate::Set;
use crate::set::weight;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Untrusted bytes to a fully checked view.
    Open,
    /// Every field of every pattern, each after what the file's own schema says of its field.
    Read,
    /// The same by who knows the type: nothing is asked of the schema.
    ReadTyped,
    /// The same instance by instance, criterion by criterion.
    ReadInstances,
    /// The owned model to bytes.
    Encode,
    /// Untrusted bytes to the owned model.
    DecodeOwned,
    /// A view to what evaluates events.
    Load,
    /// Events against all instances.
    Evaluate,
    /// All that the validator looks at.
    Check,
}

impl Verb {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Open,
        Self::Read,
        Self::ReadTyped,
        Self::ReadInstances,
        Self::Encode,
        Self::DecodeOwned,
        Self::Load,
        Self::Evaluate,
        Self::Check,
    ];

    /// The name that reports use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Read => "read",
            Self::ReadTyped => "read-typed",
            Self::ReadInstances => "read-instances",
            Self::Encode => "encode",
            Self::DecodeOwned => "decode-owned",
            Self::Load => "load",
            Self::Evaluate => "evaluate",
            Self::Check => "check",
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much one run works through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Bytes of the file.
    Bytes(u64),
    /// Instances of the content.
    Instances(u64),
    /// Events.
    Events(u64),
}

impl Units {
    /// How many.
    #[must_use]
    pub const fn count(self) -> u64 {
        match self {
            Self::Bytes(count) | Self::Instances(count) | Self::Events(count) => count,
        }
    }

    /// Of what.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bytes(_) => "bytes",
            Self::Instances(_) => "instances",
            Self::Events(_) => "events",
        }
    }
}

/// An operation on a set, to be run as often as wanted.
pub struct Operation<'o> {
    /// What is done.
    pub verb: Verb,
    /// How much a run works through.
    pub units: Units,
    run: &'o mut dyn FnMut() -> u64,
    expected: u64,
}

impl fmt::Debug for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation").field("verb", &self.verb).field("units", &self.units).finish_non_exhaustive()
    }
}

impl Operation<'_> {
    /// Once, without a look at the result.
    pub fn run(&mut self) -> u64 {
        black_box((self.run)())
    }

    /// Once, with a panic where the result is wrong.
    pub fn prove(&mut self) {
        assert_eq!(self.run(), self.expected, "{} gives something else than it should", self.verb);
    }
}

/// Calls with each operation that is wanted and that the set is for, its result proved. All that an operation begins with is made
/// before.
pub fn each_operation(set: &Set, wants: impl Fn(Verb) -> bool, mut take: impl FnMut(&mut Operation<'_>)) {
    let Set { content, bytes, events, .. } = set;
    let limits = Limits::FORMAT;
    let file = ChannelFile::open_with(bytes, &limits).expect("it was written");
    let length = count(bytes.len());
    let instances = count(file.instances().len());
    let mut each = |verb, units, expected, run: &mut dyn FnMut() -> u64| {
        if !wants(verb) {
            return;
        }
        let mut operation = Operation { verb, units, run, expected };
        operation.prove();
        take(&mut operation);
    };
    let opened = || ChannelFile::open_with(black_box(bytes), &limits).map_or(0, |file| count(file.instances().len()));
    each(Verb::Open, Units::Bytes(length), instances, &mut { opened });
    each(Verb::Read, Units::Bytes(length), set.weight(), &mut || read(black_box(&file)));
    each(Verb::ReadTyped, Units::Bytes(length), set.weight(), &mut || read_typed(black_box(&file)));
    each(Verb::ReadInstances, Units::Bytes(length), set.weight(), &mut || read_instances(black_box(&file)));
    let rules = count(content.rules().len());
    let decoded = || decode_with(black_box(bytes), &limits).map_or(0, |content| count(content.rules().len()));
    each(Verb::DecodeOwned, Units::Bytes(length), rules, &mut { decoded });
    let encoded = || encode_with(black_box(content), &limits).map_or(0, |bytes| count(bytes.len()));
    each(Verb::Encode, Units::Bytes(length), length, &mut { encoded });

    if [Verb::Load, Verb::Evaluate].into_iter().any(&wants) {
        load_and_evaluate(&file, events, &mut each);
    }
    if wants(Verb::Check) {
        // Under the default budget much content would not be loaded, and nothing of it judged.
        let validator = Validator::new().limits(limits).budget(BUDGET);
        let check = || count(validator.judge(black_box(bytes)).findings.len());
        let expected = check();
        each(Verb::Check, Units::Instances(instances), expected, &mut { check });
    }
}

type Each<'e> = dyn FnMut(Verb, Units, u64, &mut dyn FnMut() -> u64) + 'e;

fn load_and_evaluate<'f>(file: &'f ChannelFile<'f>, events: &[Vec<OwnedValue>], each: &mut Each<'_>) {
    let own = OwnTypes::of(file);
    let types = own.sensor_types();
    let sensor = SensorTypes::new(&types);
    let load = || Interpreter::load(black_box(file), &sensor, &BUDGET);
    let interpreter = load().expect("it is within the budget");
    each(Verb::Load, Units::Instances(count(file.instances().len())), 1, &mut || u64::from(load().is_ok()));
    if !events.is_empty() {
        let values: Vec<Vec<Value<'_>>> = events.iter().map(|values| borrowed(values)).collect();
        let mut scratch = interpreter.scratch();
        let declared = types[0].declared();
        let mut matches = || {
            values.iter().fold(0, |sum, values| {
                let event = Event::new(declared, black_box(values)).expect("a value for each field");
                sum + count(interpreter.evaluate(&event, &mut scratch).count())
            })
        };
        let expected = matches();
        assert!(expected > 0, "some events match");
        each(Verb::Evaluate, Units::Events(count(events.len())), expected, &mut matches);
    }
}

fn borrowed(values: &[OwnedValue]) -> Vec<Value<'_>> {
    values.iter().map(OwnedValue::as_ref).collect()
}

/// What a server allows that has all the content of a large vendor: the default is meant for a sensor.
pub const BUDGET: Budget =
    Budget { bytes: 1 << 30, regexes_bytes: 1 << 28, automata_bytes: 1 << 30, work: u64::MAX, ..Budget::DEFAULT };

/// What of a file that is refused: its bytes, for who measures how long that takes.
#[must_use]
pub fn refuse(bytes: &[u8]) -> bool {
    ChannelFile::open_with(black_box(bytes), &Limits::FORMAT).is_err()
}

/// As a tool reads that knows no type: what a value is, it learns from the file's own schema, once for all values of a column.
fn read(file: &ChannelFile<'_>) -> u64 {
    let mut sum = 0;
    for shape in file.shapes() {
        let template_type = shape.template_type();
        for column in shape.columns() {
            let kind = template_type.field(column.slot().field).map(|field| field.kind());
            sum = column.values().fold(sum, |sum: u64, value| match (kind, value) {
                (Some(FieldKind::Text), PatternValue::Text(text, _)) => sum.wrapping_add(count(text.len())),
                (_, value) => sum.wrapping_add(weight(value)),
            });
        }
    }
    sum
}

/// As a sensor reads that has declared the types: nothing is asked of the schema.
fn read_typed(file: &ChannelFile<'_>) -> u64 {
    let columns = file.shapes().flat_map(|shape| shape.columns());
    columns.flat_map(|column| column.values()).fold(0, |sum: u64, value| sum.wrapping_add(weight(value)))
}

/// Instance after instance: as a tool reads that shows one, and what all do that need the criteria of each.
fn read_instances(file: &ChannelFile<'_>) -> u64 {
    let mut sum: u64 = 0;
    for instance in file.instances() {
        for criterion in instance.criteria() {
            for pattern in criterion.patterns() {
                sum = sum.wrapping_add(weight(pattern.value()));
            }
        }
    }
    sum
}

fn count(length: usize) -> u64 {
    u64::try_from(length).expect("a length")
}
