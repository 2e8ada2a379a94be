//! One thing that the validator has to say.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::code::{FindingCode, Level};
use crate::channel_file::view::{InstanceView, TypeView};
use crate::error::Error;
use crate::interpreter::Event;
use crate::template::{OwnedValue, TypeKey};

/// One thing that the validator has to say: what, how much it weighs, where, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The stable code.
    pub code: FindingCode,
    /// How much it weighs here.
    pub level: Level,
    /// The release that it is about, an index into the manifests; `None` if it is about the content itself.
    pub release: Option<usize>,
    /// Where in the content.
    pub place: Place,
    /// One line that says what is wrong, with the names that the content gives.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The library's own error, where it is one.
    pub error: Option<Error>,
    /// An event that proves it.
    pub witness: Option<Witness>,
    /// Why the source waives it. What is waived refuses nothing.
    pub waived: Option<String>,
}

/// Where in the content something is: each part is there or not. Indices count from 0 as the file counts them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Place {
    /// Id of the rule.
    pub rule: Option<String>,
    /// The template type.
    pub template_type: Option<TypeKey>,
    /// Id of the instance.
    pub instance: Option<u32>,
    /// Index of the criterion within its instance.
    pub criterion: Option<u16>,
    /// Index of the field within its type.
    pub field: Option<u16>,
    /// Name of the field.
    pub field_name: Option<String>,
    /// Index of the pattern within its criterion.
    pub pattern: Option<u32>,
    /// Index of the example in the file.
    pub example: Option<u32>,
}

/// An event that was made for a purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Witness {
    /// The type of the event.
    pub template_type: TypeKey,
    /// Names of the fields, one a value.
    pub fields: Vec<String>,
    /// The values, one a field of that version.
    pub values: Vec<OwnedValue>,
    /// Whether the instance that it was made for matches it.
    pub matches: bool,
}

impl Finding {
    pub(super) fn new(code: FindingCode, place: Place, message: String) -> Self {
        Self {
            code,
            level: code.level(),
            release: None,
            place,
            message,
            help: code.help().into(),
            error: None,
            witness: None,
            waived: None,
        }
    }

    pub(super) fn of_release(mut self, release: usize) -> Self {
        self.release = Some(release);
        self
    }

    pub(super) fn because(mut self, error: Error) -> Self {
        self.error = Some(error);
        self
    }

    pub(super) fn proved_by(mut self, witness: Option<Witness>) -> Self {
        self.witness = witness;
        self
    }

    /// Whether it keeps the content from being published.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.level == Level::Error && self.waived.is_none()
    }
}

impl fmt::Display for Finding {
    /// `error CV0205 inputs-differ: the release supplies 20 inputs …`; help and release are not part of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}: {}", self.level, self.code, self.code.name(), self.message)
    }
}

impl fmt::Display for Place {
    /// `rule evil-pipe · instance 4417 · field 21 PipeName · pattern 3`; fields count from 1 here, as people count them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(rule) = &self.rule {
            write!(f, "rule {rule}")?;
            separator = " · ";
        }
        if let (Some(key), None) = (self.template_type, self.instance) {
            write!(f, "{separator}type {key}")?;
            separator = " · ";
        }
        if let Some(instance) = self.instance {
            write!(f, "{separator}instance {instance}")?;
            separator = " · ";
        }
        if let Some(field) = self.field {
            write!(f, "{separator}field {}", u32::from(field).saturating_add(1))?;
            if let Some(name) = &self.field_name {
                write!(f, " {name}")?;
            }
            separator = " · ";
        }
        if let Some(pattern) = self.pattern {
            write!(f, "{separator}pattern {pattern}")?;
            separator = " · ";
        }
        if let Some(example) = self.example {
            write!(f, "{separator}example {example}")?;
        }
        Ok(())
    }
}

impl Place {
    pub(super) fn of_type(template_type: &TypeView<'_>) -> Self {
        Self { template_type: Some(template_type.key()), ..Self::default() }
    }

    pub(super) fn of_instance(instance: &InstanceView<'_>) -> Self {
        Self {
            rule: Some(instance.rule().id().into()),
            instance: Some(instance.id()),
            ..Self::of_type(&instance.template_type())
        }
    }

    pub(super) fn of_field(instance: &InstanceView<'_>, field: u16) -> Self {
        Self {
            field: Some(field),
            field_name: instance.template_type().field(field).map(|field| field.name().into()),
            ..Self::of_instance(instance)
        }
    }
}

impl Witness {
    pub(super) fn of_event(event: &Event<'_>, matches: bool) -> Self {
        let declared = event.declared();
        Self {
            template_type: TypeKey { id: declared.id, version: declared.version },
            fields: declared.fields.iter().map(|field| field.name.into()).collect(),
            values: event.values().iter().map(|value| OwnedValue::from(*value)).collect(),
            matches,
        }
    }
}
