//! What a sensor saw: one value, or none, for each field of a template type.

use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::template::{DeclaredType, Inputs, Value};
use crate::wire::count;

/// One event: the values of the fields of a template type, checked once against its declaration.
///
/// ```
/// use channel_file::interpreter::Event;
///
/// channel_file::template_type! {
///     struct PipeCreated = "pipe_created", id 17, version 1 { pipe_name: text = "PipeName", image: text = "Image" }
/// }
///
/// let values = PipeCreated { pipe_name: Some(br"\evil"), image: None }.values();
/// let event = Event::of::<PipeCreated<'_>>(&values)?;
/// assert_eq!(event.values().len(), 2);
/// assert!(Event::new(&PipeCreated::TYPE, &values[..1]).is_err(), "one value too few");
/// # Ok::<(), channel_file::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Event<'e> {
    declared: DeclaredType<'e>,
    values: &'e [Value<'e>],
}

impl<'e> Event<'e> {
    /// An event of a type, with one value a field of its newest version.
    ///
    /// # Errors
    ///
    /// [`EventValues`](ErrorCode::EventValues) if there are more or fewer values than the type has fields,
    /// [`EventValue`](ErrorCode::EventValue) for a value of another kind than its field's.
    pub fn new(declared: &DeclaredType<'e>, values: &'e [Value<'e>]) -> Result<Self> {
        if values.len() != declared.fields.len() {
            return Err(Error::new(ErrorCode::EventValues, count(declared.fields.len()), count(values.len())));
        }
        for (index, (field, value)) in counted(0_u16, declared.fields.iter().zip(values)) {
            if let Some(kind) = value.kind().filter(|kind| *kind != field.kind) {
                let error = Error::new(ErrorCode::EventValue, u64::from(field.kind.code()), u64::from(kind.code()));
                return Err(error.within(Path::NOWHERE.field(index)));
            }
        }
        Ok(Self { declared: *declared, values })
    }

    /// An event from the values of typed inputs.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new); none for inputs that [`template_type!`](crate::template_type) has made.
    pub fn of<I: Inputs<'e>>(values: &'e I::Values) -> Result<Self> {
        Self::new(&I::TYPE, values.as_ref())
    }

    /// The type, in the version that the sensor supplies.
    #[must_use]
    pub const fn declared(&self) -> &DeclaredType<'e> {
        &self.declared
    }

    /// The values, one a field.
    #[must_use]
    pub const fn values(&self) -> &'e [Value<'e>] {
        self.values
    }

    /// The value of a field; absent beyond the last.
    #[inline]
    pub(super) fn value(&self, field: u16) -> Value<'e> {
        self.values.get(usize::from(field)).copied().unwrap_or(Value::Absent)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::*;
    use crate::channel_file::{ChannelFile, encode};
    use crate::interpreter::{Budget, Interpreter};
    use crate::template::{
        Case, Content, Criterion, DeclaredField, FieldKind, Operator, Pattern, Rule, Sense, SensorType, SensorTypes,
        TemplateInstance, TemplateType,
    };

    /// The last of the defences that stand between 20 inputs and a criterion on field 21. The others are left out here: no
    /// compiler counts, nothing is bound, nobody validates, and the event is made without the checks of [`Event::new`].
    #[test]
    fn with_every_check_left_out_the_21st_of_20_values_is_absent() {
        let names: Vec<_> = (1..=21).map(|number| number.to_string()).collect();
        let (kind, operators) = (FieldKind::Text, FieldKind::Text.operators());
        let fields: Vec<_> = names.iter().map(|name| DeclaredField { name, kind, operators, since: 1 }).collect();
        let declared = DeclaredType { id: 29, version: 1, name: "interprocess_communication", fields: &fields };

        // Memory goes on after the 20 values, with just what the criterion asks for.
        let memory = [Value::Text(b"there"); 21];
        let event = Event { declared, values: memory.get(..20).expect("20 values") };
        assert_eq!(event.value(19), Value::Text(b"there"));
        assert_eq!((event.value(20), event.value(u16::MAX)), (Value::Absent, Value::Absent));

        let written = TemplateType::from_declared(&declared, 1).expect("version 1").expect("it is well formed");
        let asks_of = |field| {
            let there = Pattern::text(Operator::Equals, "there", Case::Ignored).expect("a pattern");
            let criterion = Criterion::new(field, Sense::AnyOf, [there]).expect("a criterion");
            let instance = TemplateInstance::builder(&written).criterion(criterion).build().expect("an instance");
            let id = if field == 20 { "of field 21" } else { "of field 20" };
            Rule::builder(id).instance(instance).build().expect("a rule")
        };
        let content = Content::builder(291, 5).template_type(written.clone()).rule(asks_of(19)).rule(asks_of(20));
        let bytes = encode(&content.build().expect("content")).expect("it is small");
        let file = ChannelFile::open(&bytes).expect("it is valid");
        let types = [SensorType::supplying(declared, 20)];
        let interpreter = Interpreter::load_types(&file, &SensorTypes::new(&types), &Budget::DEFAULT, |_| true);
        let interpreter = interpreter.expect("only `bind` compares the counts");

        let mut scratch = interpreter.scratch();
        let mut rules = |event| -> Vec<_> {
            interpreter.evaluate(event, &mut scratch).map(|found| found.rule.to_string()).collect()
        };
        assert_eq!(rules(&event), ["of field 20"]);
        let whole = Event::new(&declared, &memory).expect("21 values");
        assert_eq!(rules(&whole), ["of field 20", "of field 21"]);
    }
}
