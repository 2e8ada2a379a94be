//! Whether a sensor supplies what a file was written against.

use super::view::{FieldView, TypeView};
use super::{ChannelFile, row};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::template::{DeclaredField, SensorType, SensorTypes};
use crate::wire::count;

impl ChannelFile<'_> {
    /// Holds every template type of the file against the sensor's: id, version, the fields themselves, and the number of
    /// inputs that the integration code supplies.
    ///
    /// A sensor that supplies version `n` of a type supplies each earlier version as its prefix. Content for a version that
    /// the sensor does not have is refused, never cut to fit.
    ///
    /// # Errors
    ///
    /// [`SensorLacksType`](ErrorCode::SensorLacksType), [`SensorLacksVersion`](ErrorCode::SensorLacksVersion),
    /// [`SensorFieldCount`](ErrorCode::SensorFieldCount), [`SensorFieldsDiffer`](ErrorCode::SensorFieldsDiffer),
    /// [`SensorInputs`](ErrorCode::SensorInputs); the path names the first instance that would be evaluated wrongly.
    pub fn bind(&self, sensor: &SensorTypes<'_>) -> Result<()> {
        self.types().try_for_each(|template_type| self.bind_type(&template_type, sensor))
    }

    /// Holds one of the file's template types against the sensor's.
    pub(crate) fn bind_type(&self, template_type: &TypeView<'_>, sensor: &SensorTypes<'_>) -> Result<()> {
        let bound = match sensor.get(template_type.key().id) {
            Some(sensor_type) => bind_type(template_type, sensor_type),
            None => Err(Error::new(ErrorCode::SensorLacksType, 0, u64::from(template_type.key().id))),
        };
        bound.map_err(|error| {
            let index = template_type.index();
            error.within(Path::instance(self.first_instance_of(index)).of_type(index))
        })
    }

    fn first_instance_of(&self, template_type: u32) -> u32 {
        let earlier = |bytes: &[u8; row::SHAPE_BYTES]| row::Shape::read(bytes).template_type < template_type;
        let shape = self.shapes.rows.partition_point(earlier);
        let before = shape.checked_sub(1).and_then(|before| self.shapes.rows.get(before));
        before.map_or(0, |bytes| row::Shape::read(bytes).ends.instances)
    }
}

fn bind_type(file_type: &TypeView<'_>, sensor_type: &SensorType<'_>) -> Result<()> {
    let declared = sensor_type.declared();
    let inputs = count(sensor_type.inputs());
    if inputs != count(declared.fields.len()) {
        return Err(Error::new(ErrorCode::SensorInputs, count(declared.fields.len()), inputs));
    }
    let version = file_type.key().version;
    let Some(fields) = declared.fields_at(version) else {
        return Err(Error::new(ErrorCode::SensorLacksVersion, u64::from(declared.version), u64::from(version)));
    };
    if fields.len() != usize::from(file_type.field_count()) {
        let found = u64::from(file_type.field_count());
        return Err(Error::new(ErrorCode::SensorFieldCount, count(fields.len()), found));
    }
    let same = |(index, (declared, field)): (u16, (&DeclaredField<'_>, FieldView<'_>))| {
        declared.kind == field.kind()
            && declared.operators == field.operators()
            && declared.name == file_type.field_name(index)
    };
    match counted(0_u16, fields.iter().zip(file_type.fields()))
        .find(|(index, (declared, field))| !same((*index, (*declared, *field))))
        .map(|(index, _)| usize::from(index))
    {
        None => Ok(()),
        Some(differs) => {
            let found = u64::from(file_type.field_count());
            Err(Error::new(ErrorCode::SensorFieldsDiffer, count(differs), found))
        }
    }
}
