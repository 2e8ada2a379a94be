//! A file's own template types, as a sensor would declare them.

use alloc::vec::Vec;

use super::ChannelFile;
use super::view::TypeView;
use crate::template::{DeclaredField, DeclaredType, SensorType};

/// The template types of a file as a sensor would declare them that supplies just those, in the newest version that the file
/// knows. For tools that have a file and no sensor to hold it against.
///
/// ```
/// # use channel_file::{ChannelFile, OwnTypes, Result, template::SensorTypes};
/// fn bind_to_itself(file: &ChannelFile<'_>) -> Result<()> {
///     let own = OwnTypes::of(file);
///     file.bind(&SensorTypes::new(&own.sensor_types()))
/// }
/// ```
#[derive(Clone, Debug)]
pub struct OwnTypes<'f>(Vec<OwnType<'f>>);

#[derive(Clone, Debug)]
struct OwnType<'f> {
    id: u32,
    version: u32,
    name: &'f str,
    fields: Vec<DeclaredField<'f>>,
}

impl<'f> OwnTypes<'f> {
    /// Takes the types from a file. Fields of the earliest version that the file knows are since that version.
    #[must_use]
    pub fn of(file: &'f ChannelFile<'f>) -> Self {
        let mut types: Vec<OwnType<'f>> = Vec::new();
        for template_type in file.types() {
            let key = template_type.key();
            match types.last_mut().filter(|last| last.id == key.id) {
                Some(last) => last.extend(&template_type),
                None => {
                    let mut first =
                        OwnType { id: key.id, version: key.version, name: template_type.name(), fields: Vec::new() };
                    first.extend(&template_type);
                    types.push(first);
                }
            }
        }
        Self(types)
    }

    /// The types, each with as many inputs as it has fields.
    #[must_use]
    pub fn sensor_types(&self) -> Vec<SensorType<'_>> {
        let declared = self.0.iter().map(|own| DeclaredType {
            id: own.id,
            version: own.version,
            name: own.name,
            fields: &own.fields,
        });
        declared.map(|declared| SensorType::supplying(declared, declared.fields.len())).collect()
    }
}

impl<'f> OwnType<'f> {
    /// Appends the fields that a version has more.
    fn extend(&mut self, version: &TypeView<'f>) {
        self.version = version.key().version;
        let appended = version.fields().skip(self.fields.len()).map(|field| DeclaredField {
            name: field.name(),
            kind: field.kind(),
            operators: field.operators(),
            since: version.key().version,
        });
        self.fields.extend(appended);
    }
}
