//! One finding of the validator, as `diff` reports it.

use std::io::{self, Write};

use channel_file::template::OwnedValue;
use channel_file::validator::{Finding, Level, Witness};
use channel_file_content::value_text;
use serde::Serialize;

use crate::escape::Escaped;
use crate::explanation::shown;
use crate::output::{BAD, FAINT, Output, STRONG};

/// One finding of the validator.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    code: &'static str,
    name: &'static str,
    layer: &'static str,
    level: &'static str,
    place: FoundPlace,
    message: String,
    help: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<FoundWitness>,
    #[serde(skip)]
    weight: Level,
}

#[derive(Debug, Serialize)]
struct FoundPlace {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<u16>,
    /// The same, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    field_number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field_name: Option<String>,
    #[serde(skip)]
    shown: String,
}

#[derive(Debug, Serialize)]
struct FoundWitness {
    matches: bool,
    /// Values by the names of fields; absent ones are left out.
    event: serde_json::Map<String, serde_json::Value>,
    #[serde(skip)]
    shown: String,
}

impl Found {
    pub(crate) fn of(finding: &Finding) -> Self {
        let place = &finding.place;
        Self {
            code: finding.code.as_str(),
            name: finding.code.name(),
            layer: finding.code.layer().name(),
            level: finding.level.name(),
            place: FoundPlace {
                rule: place.rule.clone(),
                instance: place.instance,
                criterion: place.criterion,
                field: place.field,
                field_number: place.field.map(|field| u32::from(field).saturating_add(1)),
                field_name: place.field_name.clone(),
                shown: place.to_string(),
            },
            message: finding.message.clone(),
            help: finding.help.clone(),
            witness: finding.witness.as_ref().map(FoundWitness::of),
            weight: finding.level,
        }
    }

    /// The name of the code, and how much it weighs.
    pub(crate) const fn sort(&self) -> (&'static str, Level) {
        (self.name, self.weight)
    }

    /// Tells people. A note is a line alone.
    pub(crate) fn tell(&self, indent: &str, output: &mut Output) -> io::Result<()> {
        let style = output.style(if self.weight == Level::Error { BAD } else { STRONG });
        let (faint, strong) = (output.style(FAINT), output.style(STRONG));
        let Self { level, code, name, message, .. } = self;
        writeln!(output, "{indent}{style}{level}[{code}]{style:#} {strong}{name}{strong:#}: {}", Escaped(message))?;
        if self.weight == Level::Note {
            return Ok(());
        }
        if !self.place.shown.is_empty() {
            writeln!(output, "{indent}  {faint}-->{faint:#} {}", Escaped(&self.place.shown))?;
        }
        if let Some(witness) = &self.witness {
            writeln!(output, "{indent}  {faint}event that it matches{faint:#}: {}", Escaped(&witness.shown))?;
        }
        if self.help.is_empty() {
            return Ok(());
        }
        writeln!(output, "{indent}  {faint}help{faint:#}: {}", Escaped(&self.help))
    }
}

impl FoundWitness {
    fn of(witness: &Witness) -> Self {
        let present = witness.fields.iter().zip(&witness.values).filter(|(_, value)| **value != OwnedValue::Absent);
        let told: Vec<_> =
            present.clone().map(|(field, value)| format!("{field}: {}", shown(value.as_ref()))).collect();
        Self {
            matches: witness.matches,
            event: present.map(|(field, value)| (field.clone(), json_of(value))).collect(),
            shown: if told.is_empty() { "every value absent".to_owned() } else { told.join(", ") },
        }
    }
}

fn json_of(value: &OwnedValue) -> serde_json::Value {
    match value {
        OwnedValue::Absent => serde_json::Value::Null,
        OwnedValue::Text(text) => String::from_utf8_lossy(text).into(),
        OwnedValue::Unsigned(number) => (*number).into(),
        OwnedValue::Signed(number) => (*number).into(),
        OwnedValue::Boolean(value) => (*value).into(),
        OwnedValue::IpAddress(address) => address.to_string().into(),
        OwnedValue::Bytes(_) => value_text(value.as_ref()).into(),
    }
}
