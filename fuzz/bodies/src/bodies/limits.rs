//! `limits`: memory and work stay within what is documented.

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{OwnedValue, SensorTypes, Value};
use channel_file::{ChannelFile, Limits, OwnTypes, decode_with, encode_with};
use channel_file_smith::{Choices, Declared, Events, Gate, Words};

use crate::counting::{Taken, count};
use crate::pair::constant;

/// Events for each content.
const EVENTS: usize = 4;

pub(crate) fn body(input: &[u8]) -> Gate {
    // A file has no room for further decisions: they follow from its bytes.
    let seed =
        input.iter().fold(0_u64, |seed, byte| seed.rotate_left(9).wrapping_mul(0x100_0000_01B3) ^ u64::from(*byte));
    let mut choices = Choices::seeded(seed);
    let length = u64::try_from(input.len()).unwrap();
    let limits = if choices.percent(50) { Limits::DEFAULT } else { Limits::EMBEDDED };
    let (opened, taken) = count(|| ChannelFile::open_with(input, &limits));
    assert_eq!(taken.calls, 0, "opening allocates");
    let (decoded, taken) = count(|| decode_with(input, &limits));
    at_most("decode", &taken, 192 * length + 4096);
    let (Ok(file), Ok(content)) = (&opened, decoded) else { return Gate::reached(&opened) };
    let (encoded, taken) = count(|| encode_with(&content, &limits));
    assert_eq!(encoded.as_deref(), Ok(input));
    at_most("encode", &taken, 48 * length + 4096);

    let budget = budget(&mut choices);
    let own = OwnTypes::of(file);
    let types = own.sensor_types();
    let (loaded, taken) = count(|| Interpreter::load(file, &SensorTypes::new(&types), &budget));
    // What is tried and thrown away is in the budget too: expressions, and automata that turn out too large.
    let tried = budget.regexes_bytes.min(64 * budget.regex_bytes) + 2 * budget.automata_bytes;
    let Ok(interpreter) = loaded else {
        at_most("load, refused", &taken, 4 * budget.bytes.min(64 * length) + 64 * length + (1 << 16) + 4 * tried);
        return Gate::reached(&opened);
    };
    at_most("load", &taken, 4 * taken.kept + 32 * length + (1 << 16) + 4 * tried);
    assert!(interpreter.memory() <= budget.bytes && interpreter.work() <= budget.work);

    let constant = constant(&content);
    let (mut scratch, words) = (interpreter.scratch(), Words::new(&mut choices));
    for declared in Declared::of(&content) {
        let events = Events::new(&content, &declared, &words);
        for _ in 0..EVENTS {
            let values = events.event(&mut choices);
            let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
            let declaration = declared.declaration();
            let event = Event::new(&declaration, &borrowed).expect("one value a field, of its kind");
            let (_, taken) = count(|| interpreter.evaluate(&event, &mut scratch).count());
            assert_eq!(taken.calls, 0, "evaluating allocates");
            let bytes: usize = borrowed.iter().map(bytes_of).sum();
            let bound = interpreter.work() * u64::try_from(bytes).unwrap() + constant;
            assert!(scratch.work() <= bound, "work {} for an event of {bytes} bytes, above {bound}", scratch.work());
        }
    }
    Gate::reached(&opened)
}

fn at_most(name: &str, taken: &Taken, bound: u64) {
    assert!(taken.peak <= bound, "{name} takes {} bytes, above {bound}", taken.peak);
}

fn budget(choices: &mut Choices<'_>) -> Budget {
    let mut budget = if choices.percent(50) { Budget::DEFAULT } else { Budget::EMBEDDED };
    match choices.below(8) {
        0 => budget.bytes = 20_000,
        1 => budget.work = 60,
        2 => budget.regex_bytes = 500,
        3 => budget.regexes_bytes = 2_000,
        4 => (budget.automaton_bytes, budget.automata_bytes) = (0, 0),
        _ => {}
    }
    budget
}

/// An event makes a few looks for each whatever its length.
fn bytes_of(value: &Value<'_>) -> usize {
    match value {
        Value::Text(bytes) | Value::Bytes(bytes) => bytes.len(),
        _ => 0,
    }
}
