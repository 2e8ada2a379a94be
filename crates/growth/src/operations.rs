//! The operations on content.

use std::error::Error;
use std::fmt::Write;
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{Content, FieldKind, SensorTypes, Value};
use channel_file::validator::{Difference, Validator};
use channel_file::{ChannelFile, Limits, OwnTypes, decode_with, encode_with};

use crate::Result;
use crate::counted::count;
use crate::words::later;

/// Bytes of a text value in the event that content is evaluated on.
const VALUE_BYTES: usize = 512;

/// Everything that a sensor and its tools do with content. `near_miss` is text that nearly meets it, for the event.
pub(crate) fn run(shape: &str, content: &Content, near_miss: &str) -> Result {
    let limits = Limits::FORMAT;
    let bytes = encode_with(content, &limits)?;
    let length = bytes.len();
    count(shape, "encode", length, || encode_with(content, &limits));
    count(shape, "peek", length, || ChannelFile::peek(&bytes));
    count(shape, "open", length, || ChannelFile::open_with(&bytes, &limits));
    let file = ChannelFile::open_with(&bytes, &limits)?;
    count(shape, "walk", length, || walk(&file));
    count(shape, "decode", length, || decode_with(&bytes, &limits));
    // Equal bytes would not be looked into.
    let later = encode_with(&later(content)?, &limits)?;
    let later = ChannelFile::open_with(&later, &limits)?;
    count(shape, "compare", length, || Difference::between(&file, &later));
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let sensor = SensorTypes::new(&types);
    count(shape, "bind", length, || file.bind(&sensor));
    count(shape, "load", length, || Interpreter::load(&file, &sensor, &Budget::DEFAULT));
    let interpreter = Interpreter::load(&file, &sensor, &Budget::DEFAULT)?;
    let text = repeated(near_miss, VALUE_BYTES);
    let declared = types.first().ok_or("there is no type")?.declared();
    let values: Vec<Value<'_>> =
        file.types().next().into_iter().flat_map(|own| own.fields()).map(|field| value(field.kind(), &text)).collect();
    let event = Event::new(declared, &values)?;
    let mut scratch = interpreter.scratch();
    count(shape, "evaluate", length, || interpreter.evaluate(&event, &mut scratch).count());
    let last = u32::try_from(file.instances().len())?.saturating_sub(1);
    count(shape, "explain", length, || interpreter.explain(&event, last, &mut scratch));
    Ok(())
}

/// Judging, which may take longer.
pub(crate) fn check(shape: &str, content: &Content) -> Result {
    let bytes = encode_with(content, &Limits::DEFAULT)?;
    count(shape, "check", bytes.len(), || Validator::new().judge(&bytes));
    Ok(())
}

/// An event of this text in the one field of the content's first type.
pub(crate) fn evaluate(shape: &str, content: &Content, text: &str) -> Result {
    let bytes = encode_with(content, &Limits::DEFAULT)?;
    let file = ChannelFile::open(&bytes)?;
    let own = OwnTypes::of(&file);
    let types = own.sensor_types();
    let interpreter = Interpreter::load(&file, &SensorTypes::new(&types), &Budget::DEFAULT)?;
    let values: Vec<Value<'_>> =
        file.types().next().into_iter().flat_map(|own| own.fields()).map(|field| value(field.kind(), text)).collect();
    let event = Event::new(types.first().ok_or("there is no type")?.declared(), &values)?;
    let mut scratch = interpreter.scratch();
    count(shape, "evaluate longer", text.len(), || interpreter.evaluate(&event, &mut scratch).count());
    Ok(())
}

/// Opening a file that is refused, and saying why.
pub(crate) fn refuse(shape: &str, bytes: &[u8]) -> Result {
    count(shape, "refuse", bytes.len(), || ChannelFile::open(bytes).is_err());
    let Err(error) = ChannelFile::open(bytes) else { return Err(Box::<dyn Error>::from("it is accepted")) };
    count(shape, "explain refusal", bytes.len(), || write!(Nowhere, "{}", ChannelFile::explain(error, bytes)));
    Ok(())
}

/// A text repeated to about this many bytes.
pub(crate) fn repeated(text: &str, bytes: usize) -> String {
    text.repeat(bytes.checked_div(text.len()).unwrap_or_default())
}

/// Reads all that the views give, each through the view of what it belongs to.
fn walk(file: &ChannelFile<'_>) -> usize {
    let mut seen = 0_usize;
    let mut see = |length: usize| seen = seen.wrapping_add(length);
    for own in file.types() {
        own.fields().for_each(|field| see(field.name().len()));
    }
    for instance in file.instances() {
        see(instance.rule().title().len());
        see(instance.template_type().name().len());
        for criterion in instance.criteria() {
            criterion.patterns().for_each(|pattern| see(usize::from(pattern.operator().code())));
        }
    }
    for rule in file.rules() {
        rule.references().for_each(|reference| see(reference.len()));
        for example in rule.examples() {
            example.values().for_each(|value| see(usize::from(value == Value::Absent)));
        }
    }
    seen
}

fn value(kind: FieldKind, text: &str) -> Value<'_> {
    match kind {
        FieldKind::Text => Value::Text(text.as_bytes()),
        FieldKind::Bytes => Value::Bytes(text.as_bytes()),
        FieldKind::Unsigned => Value::Unsigned(7),
        FieldKind::Signed => Value::Signed(-7),
        FieldKind::Boolean => Value::Boolean(true),
        FieldKind::IpAddress => Value::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)),
    }
}

/// Where an explanation goes.
struct Nowhere;

impl Write for Nowhere {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        black_box(text);
        Ok(())
    }
}
