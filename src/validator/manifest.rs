//! What one sensor release really supplies and can do.

use alloc::string::String;
use alloc::vec::Vec;

use crate::interpreter::Budget;
use crate::limits::Limits;
use crate::template::{DeclaredField, DeclaredType, FieldKind, Operator, OperatorSet, SensorType, SensorTypes};
use crate::wire::{FORMAT_VERSION, count};

/// What one sensor release really supplies and can do, as the sensor's own build states it. What is not stated is not there.
///
/// The number of inputs is that of the integration code, not of the declaration: [`SensorType::of`] counts it from the input
/// struct itself.
///
/// ```
/// use channel_file::Limits;
/// use channel_file::interpreter::Budget;
/// use channel_file::template::{SensorType, SensorTypes};
/// use channel_file::validator::SensorManifest;
///
/// channel_file::template_type! {
///     struct PipeCreated = "pipe_created", id 17, version 1 { pipe_name: text = "PipeName", image: text = "Image" }
/// }
///
/// let types = [SensorType::of::<PipeCreated<'_>>()];
/// let manifest = SensorManifest::new("7.11", &SensorTypes::new(&types), Limits::DEFAULT, Budget::DEFAULT);
/// assert_eq!(manifest.types[0].inputs, 2);
/// # #[cfg(feature = "serde")]
/// println!("{}", serde_json::to_string_pretty(&manifest).unwrap());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct SensorManifest {
    /// Name of the release.
    pub release: String,
    /// Version of this library that the sensor is built with.
    pub library: String,
    /// The newest version of the format that it reads.
    pub format: FormatVersion,
    /// The operators that its interpreter has.
    pub operators: OperatorSet,
    /// The limits under which it opens files.
    pub limits: Limits,
    /// The budget under which it loads content.
    pub budget: Budget,
    /// Its template types.
    pub types: Vec<ManifestType>,
}

/// A version of the file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct FormatVersion {
    /// Readers of an earlier one do not read it.
    pub major: u16,
    /// Likewise: a version refuses every newer one.
    pub minor: u16,
}

/// A template type that a release has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ManifestType {
    /// Names the capability in the sensor.
    pub id: u32,
    /// The newest version.
    pub version: u32,
    /// The name that people use.
    pub name: String,
    /// How many inputs the integration code supplies.
    pub inputs: u64,
    /// The fields that the type declares, those of all versions.
    pub fields: Vec<ManifestField>,
}

/// A field that a type declares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ManifestField {
    /// The name, unique within the type.
    pub name: String,
    /// What the values are.
    pub kind: FieldKind,
    /// The operators that content may use on the field.
    pub operators: OperatorSet,
    /// The version that appended the field.
    pub since: u32,
}

impl SensorManifest {
    /// The manifest of a sensor that is built with this library: its release's name, its types, and the limits and the budget
    /// that it opens and loads files under.
    #[must_use]
    pub fn new(release: &str, types: &SensorTypes<'_>, limits: Limits, budget: Budget) -> Self {
        Self {
            release: release.into(),
            library: env!("CARGO_PKG_VERSION").into(),
            format: FormatVersion::NEWEST,
            operators: OperatorSet::of(Operator::ALL),
            limits,
            budget,
            types: types.types().iter().map(ManifestType::of).collect(),
        }
    }
}

impl FormatVersion {
    /// The newest that this library reads.
    pub const NEWEST: Self = Self { major: FORMAT_VERSION.0, minor: FORMAT_VERSION.1 };
}

impl ManifestType {
    fn of(sensor_type: &SensorType<'_>) -> Self {
        let declared = sensor_type.declared();
        Self {
            id: declared.id,
            version: declared.version,
            name: declared.name.into(),
            inputs: count(sensor_type.inputs()),
            fields: declared.fields.iter().map(ManifestField::of).collect(),
        }
    }
}

impl ManifestField {
    fn of(field: &DeclaredField<'_>) -> Self {
        Self { name: field.name.into(), kind: field.kind, operators: field.operators, since: field.since }
    }
}

/// The fields of a manifest's types, in the form that a sensor declares them: what its [`SensorTypes`] borrow from.
///
/// ```
/// # use channel_file::validator::{ManifestTypes, SensorManifest};
/// # use channel_file::{ChannelFile, Result, template::SensorTypes};
/// fn would_bind(file: &ChannelFile<'_>, manifest: &SensorManifest) -> Result<()> {
///     let types = ManifestTypes::of(manifest);
///     file.bind(&SensorTypes::new(&types.sensor_types()))
/// }
/// ```
#[derive(Clone, Debug)]
pub struct ManifestTypes<'m>(Vec<(&'m ManifestType, Vec<DeclaredField<'m>>)>);

impl<'m> ManifestTypes<'m> {
    /// Takes the types of a manifest.
    #[must_use]
    pub fn of(manifest: &'m SensorManifest) -> Self {
        let field = |field: &'m ManifestField| DeclaredField {
            name: &field.name,
            kind: field.kind,
            operators: field.operators,
            since: field.since,
        };
        Self(manifest.types.iter().map(|own| (own, own.fields.iter().map(field).collect())).collect())
    }

    /// The types, each with as many inputs as the manifest states.
    #[must_use]
    pub fn sensor_types(&self) -> Vec<SensorType<'_>> {
        self.0
            .iter()
            .map(|(own, fields)| {
                let declared = DeclaredType { id: own.id, version: own.version, name: &own.name, fields };
                SensorType::supplying(declared, usize::try_from(own.inputs).unwrap_or(usize::MAX))
            })
            .collect()
    }
}
