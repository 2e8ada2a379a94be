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
