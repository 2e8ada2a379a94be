//! What a value says of a field of a template type, as patterns.

use channel_file::template::{Case, FieldKind, FieldReference, Operator, Pattern, TemplateType};

use super::encoding::{self, Part};
use super::regex;
use super::value::{self, Value};
use crate::excerpt::quoted;
use crate::pattern::{self, Meaning, NoNetwork};
use crate::suggestion::did_you_mean;

/// A field of the type that a rule is written against.
#[derive(Clone, Copy)]
pub(super) struct Target<'t> {
    pub(super) template_type: &'t TemplateType,
    pub(super) index: u16,
    pub(super) kind: FieldKind,
}

/// The patterns that say what the value says.
///
/// # Errors
///
/// A message if the field cannot be asked that.
pub(super) fn meaning(value: &Value, target: Target<'_>) -> Result<Meaning, String> {
    match value {
        Value::Absent | Value::Exists(false) => Ok(Meaning::AnyOf(vec![Pattern::absent()])),
        Value::Exists(true) => Ok(Meaning::Present),
        Value::Text(parts, case) => text(parts, *case, target.kind),
        Value::Regex { text, case, multi_line, dot_all } => {
            if target.kind != FieldKind::Text {
                return Err(format!("a regular expression is for text, the field is {}", target.kind));
            }
            if text.is_empty() {
                return Ok(Meaning::Present);
            }
            let text = regex::with_flags(text, *multi_line, *dot_all);
            regex::check(&text, *case)?;
            said(Pattern::text(Operator::Regex, text, *case))
        }
        Value::Network(text) => match target.kind {
            FieldKind::Text | FieldKind::IpAddress => Ok(Meaning::AnyOf(vec![network(text)?])),
            other => Err(format!("a network is for addresses and text, the field is {other}")),
        },
        Value::Integers(low, high) => match target.kind {
            FieldKind::Text | FieldKind::Unsigned | FieldKind::Signed => {
                pattern::integers(target.kind, *low, *high).map_err(|error| error.to_string())
            }
            other => Err(format!("a comparison is for numbers and text, the field is {other}")),
        },
        Value::Field { name, comparison, case } => {
            let Some((field, _)) = target.template_type.field(name) else {
                let names = target.template_type.fields().iter().map(|field| field.name());
                let help = did_you_mean(name, names);
                return Err(format!("there is no field {} to compare with{}{help}", quoted(name), separator(&help)));
            };
            if field == target.index {
                return Err(format!("the field {} is compared with itself", quoted(name)));
            }
            let case = if target.kind == FieldKind::Text { *case } else { Case::Sensitive };
            Ok(Meaning::AnyOf(vec![Pattern::field(FieldReference { field, comparison: *comparison, case })]))
        }
    }
}

/// The text somewhere in a value.
pub(super) fn contained(parts: &[Part]) -> Vec<Part> {
    let mut contained = Vec::with_capacity(parts.len().saturating_add(2));
    contained.push(Part::AnyRun);
    contained.extend_from_slice(parts);
    contained.push(Part::AnyRun);
    contained
}

/// Text on fields of every kind: what is no text is parsed.
fn text(parts: &[Part], case: Case, kind: FieldKind) -> Result<Meaning, String> {
    if matches!(parts, [_, ..]) && parts.iter().all(|part| matches!(part, Part::AnyRun)) {
        return Ok(Meaning::Present);
    }
    if kind == FieldKind::Text {
        return pattern::glob(&encoding::glob_text(parts)?, case).map_err(|error| error.to_string());
    }
    if kind == FieldKind::Bytes {
        return bytes(parts, case);
    }
    let literal = match parts {
        [Part::Literal(literal)] => String::from_utf8_lossy(literal),
        _ => return Err(format!("wildcards are for text, the field is {kind}")),
    };
    let wrong = || format!("the field is {kind}, which {} is not", quoted(&literal));
    match kind {
        FieldKind::Boolean if literal.eq_ignore_ascii_case("true") => Ok(Meaning::AnyOf(vec![Pattern::boolean(true)])),
        FieldKind::Boolean if literal.eq_ignore_ascii_case("false") => {
            Ok(Meaning::AnyOf(vec![Pattern::boolean(false)]))
        }
        FieldKind::IpAddress => {
            let address = literal.parse().map_err(|_| wrong())?;
            Ok(Meaning::AnyOf(vec![Pattern::address(address)]))
        }
        FieldKind::Unsigned | FieldKind::Signed => {
            let number = value::number(&literal).ok_or_else(wrong)?;
            pattern::integers(kind, number, number).map_err(|error| error.to_string())
        }
        _ => Err(wrong()),
    }
}

fn bytes(parts: &[Part], case: Case) -> Result<Meaning, String> {
    if parts.is_empty() {
        return Ok(Meaning::AnyOf(vec![Pattern::empty()]));
    }
    let (operator, literal) = match parts {
        [Part::Literal(literal)] => (Operator::Equals, literal),
        [Part::Literal(literal), Part::AnyRun] => (Operator::StartsWith, literal),
        [Part::AnyRun, Part::Literal(literal)] => (Operator::EndsWith, literal),
        [Part::AnyRun, Part::Literal(literal), Part::AnyRun] => (Operator::Contains, literal),
        _ => return Err("on bytes, `*` stands at the ends alone and `?` nowhere".to_owned()),
    };
    if case == Case::Ignored && literal.iter().any(u8::is_ascii_alphabetic) {
        return Err("bytes are compared with regard to case: add the modifier `cased`".to_owned());
    }
    said(Pattern::bytes(operator, literal.as_slice()))
}

/// A network, or an address without prefix.
fn network(text: &str) -> Result<Pattern, String> {
    if let Ok(address) = text.parse() {
        return Ok(Pattern::address(address));
    }
    pattern::network(text).map_err(|NoNetwork { reason, containing }| {
        let network = containing.map(|network| format!("; the network is {network}")).unwrap_or_default();
        format!("{} is no network: {reason}{network}", quoted(text))
    })
}

fn said(pattern: Result<Pattern, channel_file::Error>) -> Result<Meaning, String> {
    pattern.map(|pattern| Meaning::AnyOf(vec![pattern])).map_err(|error| error.to_string())
}

fn separator(help: &str) -> &'static str {
    if help.is_empty() { "" } else { "; " }
}
