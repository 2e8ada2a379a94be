//! One finding of the validator, as it is reported.

use channel_file::Error;
use channel_file::template::{OwnedValue, TypeKey};
use channel_file::validator::{Finding, Level, Place, SensorManifest, Witness};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::finding::{PathParts, kind_name};
use crate::number::Hexadecimal;

/// One finding of the validator.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Found {
    /// The stable code, such as `CV0205`.
    pub(crate) code: &'static str,
    /// The same in words, such as `inputs-differ`.
    pub(crate) name: &'static str,
    /// Which part of the validator found it.
    pub(crate) layer: &'static str,
    #[cfg_attr(test, schemars(extend("enum" = ["note", "warning", "error"])))]
    pub(crate) level: &'static str,
    /// Index of the manifest of the release that it is about; left out if it is about the content itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) release: Option<u64>,
    /// Name of that release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) release_name: Option<String>,
    /// Where in the content.
    pub(crate) place: FoundPlace,
    /// Where in the sources; left out where a channel file was judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<Position>,
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: String,
    /// What the reader or the interpreter says, where it is them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<LibraryError>,
    /// An event that proves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) witness: Option<FoundWitness>,
    /// Why it is waived. What is waived refuses nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) waived: Option<String>,
}

/// Where in the content something is; what is unknown is left out.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct FoundPlace {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) template_type: Option<Type>,
    /// Id of the instance, which is its index in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) instance: Option<u32>,
    /// Index of the criterion within its instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) criterion: Option<u16>,
    /// Index of the field within its type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<u16>,
    /// The same, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field_number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field_name: Option<String>,
    /// Index of the pattern within its criterion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pattern: Option<u32>,
    /// Index of the example in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) example: Option<u32>,
    /// For people.
    #[serde(skip)]
    pub(crate) shown: String,
}

/// A template type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Type {
    pub(crate) id: u32,
    pub(crate) version: u32,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Position {
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: u64,
    /// From 1, in characters.
    pub(crate) column: u64,
}

/// An error of the reader or the interpreter.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct LibraryError {
    /// The stable code, such as `CF0303`.
    pub(crate) code: &'static str,
    pub(crate) kind: &'static str,
    /// Byte offset in the channel file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<PathParts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) found: Option<u64>,
}

/// An event that proves a finding.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct FoundWitness {
    pub(crate) template_type: Type,
    /// Whether the instance matches the event.
    pub(crate) matches: bool,
    /// Values by the names of fields, as `match` reads them; absent ones are left out. Text that is no UTF-8, which JSON cannot
    /// say, stands as an object with the key `hex`.
    pub(crate) event: Map<String, Value>,
    /// For people: field, value.
    #[serde(skip)]
    pub(crate) shown: Vec<(String, String)>,
}

impl Found {
    /// The release, if the message does not name it already as a release.
    pub(crate) fn unnamed_release(&self) -> Option<&str> {
        let names = |release: &&str| {
            [' ', ':', ';'].iter().any(|end| self.message.contains(&format!("release {release}{end}")))
        };
        self.release_name.as_deref().filter(|release| !names(release))
    }

    pub(crate) fn of(finding: &Finding, manifests: &[SensorManifest], source: Option<Position>) -> Self {
        Self {
            code: finding.code.as_str(),
            name: finding.code.name(),
            layer: finding.code.layer().name(),
            level: finding.level.name(),
            release: finding.release.map(crate::number::count),
            release_name: finding.release.and_then(|at| manifests.get(at)).map(|manifest| manifest.release.clone()),
            place: FoundPlace::of(&finding.place),
            source,
            message: finding.message.clone(),
            help: finding.help.clone(),
            error: finding.error.map(LibraryError::of),
            witness: finding.witness.as_ref().map(FoundWitness::of),
            waived: finding.waived.clone(),
        }
    }

    pub(crate) fn level(&self) -> Level {
        [Level::Note, Level::Warning].into_iter().find(|level| level.name() == self.level).unwrap_or(Level::Error)
    }

    /// Whether it keeps the content from being published.
    pub(crate) fn refuses(&self) -> bool {
        self.level() == Level::Error && self.waived.is_none()
    }

    /// Whether people see it only if they ask.
    pub(crate) fn is_note(&self) -> bool {
        self.level() == Level::Note || self.waived.is_some()
    }
}

impl FoundPlace {
    fn of(place: &Place) -> Self {
        Self {
            rule: place.rule.clone(),
            template_type: place.template_type.map(Type::of),
            instance: place.instance,
            criterion: place.criterion,
            field: place.field,
            field_number: place.field.map(|field| u32::from(field).saturating_add(1)),
            field_name: place.field_name.clone(),
            pattern: place.pattern,
            example: place.example,
            shown: place.to_string(),
        }
    }
}

impl Type {
    pub(crate) const fn of(TypeKey { id, version }: TypeKey) -> Self {
        Self { id, version }
    }
}

impl LibraryError {
    fn of(error: Error) -> Self {
        Self {
            code: error.code().as_str(),
            kind: kind_name(error.kind()),
            offset: error.offset(),
            path: PathParts::of(error.path()),
            expected: error.expected(),
            found: error.found(),
        }
    }
}

impl FoundWitness {
    fn of(witness: &Witness) -> Self {
        let present = witness.fields.iter().zip(&witness.values).filter(|(_, value)| **value != OwnedValue::Absent);
        let shown =
            present.clone().map(|(field, value)| (field.clone(), crate::explanation::shown_within(value.as_ref(), 80)));
        Self {
            template_type: Type::of(witness.template_type),
            matches: witness.matches,
            event: present.clone().map(|(field, value)| (field.clone(), json_of(value))).collect(),
            shown: shown.collect(),
        }
    }
}

/// A value as `match` reads it.
fn json_of(value: &OwnedValue) -> Value {
    match value {
        OwnedValue::Absent => Value::Null,
        OwnedValue::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => text.into(),
            Err(_) => Value::Object([("hex".to_owned(), Hexadecimal(text).to_string().into())].into_iter().collect()),
        },
        OwnedValue::Bytes(bytes) => Hexadecimal(bytes).to_string().into(),
        OwnedValue::Unsigned(number) => (*number).into(),
        OwnedValue::Signed(number) => (*number).into(),
        OwnedValue::Boolean(value) => (*value).into(),
        OwnedValue::IpAddress(address) => address.to_string().into(),
    }
}
