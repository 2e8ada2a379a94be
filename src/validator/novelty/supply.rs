//! Whether a release supplies what is new.

use alloc::format;
use alloc::string::{String, ToString};

use super::super::wording::numbered;
use super::Release;
use super::facts::{Fact, Maximum};
use crate::template::{Operator, SensorType, TypeKey};
use crate::wire::count;

/// Why a release does not supply it, as what follows its name; `None` if it does.
pub(in super::super) fn lacking(fact: &Fact, release: &Release<'_>) -> Option<String> {
    match fact {
        Fact::Field { id, field } => match release.sensor_type(*id) {
            None => Some(no_type(*id)),
            Some(own) => field_lacking(own, *field),
        },
        Fact::Type { id } => match release.sensor_type(*id) {
            None => Some(no_type(*id)),
            Some(own) => inputs_lacking(own),
        },
        Fact::Version(key) => match release.sensor_type(key.id) {
            None => Some(no_type(key.id)),
            Some(own) => version_lacking(own, *key).or_else(|| inputs_lacking(own)),
        },
        Fact::Operator { id, field, operator } => match release.sensor_type(*id) {
            None => Some(no_type(*id)),
            Some(own) => operator_lacking(own, *field, *operator, release),
        },
        Fact::Maximum(maximum, found) => {
            let most = release.most(*maximum);
            (*found > most).then(|| format!("allows {most} at the most"))
        }
        Fact::Succession => None,
    }
}

/// Whether a release has to do with what is new: it has the type, or lacks what is asked for.
pub(in super::super) fn concerns(fact: &Fact, release: &Release<'_>) -> bool {
    let id = match fact {
        Fact::Field { id, .. } | Fact::Type { id } | Fact::Operator { id, .. } => Some(*id),
        Fact::Version(key) => Some(key.id),
        Fact::Maximum(..) | Fact::Succession => None,
    };
    id.is_some_and(|id| release.sensor_type(id).is_some()) || lacking(fact, release).is_some()
}

impl Release<'_> {
    fn sensor_type(&self, id: u32) -> Option<&SensorType<'_>> {
        self.types.iter().find(|own| own.declared().id == id)
    }

    const fn most(&self, maximum: Maximum) -> u64 {
        match maximum {
            Maximum::Instances => self.manifest.limits.instances,
            Maximum::Criteria => self.manifest.limits.criteria,
            Maximum::Patterns => self.manifest.limits.patterns,
            Maximum::PatternBytes => self.manifest.limits.pattern_bytes,
            Maximum::Memory => self.manifest.budget.bytes,
            Maximum::Work => self.manifest.budget.work,
        }
    }
}

fn no_type(id: u32) -> String {
    format!("does not have the type with id {id}")
}

fn field_lacking(own: &SensorType<'_>, field: u16) -> Option<String> {
    let (place, number) = (usize::from(field), u32::from(field).saturating_add(1));
    let (verb, noun, there) = if own.inputs() <= place {
        ("supplies", "input", own.inputs())
    } else if own.declared().fields.len() <= place {
        ("declares", "field", own.declared().fields.len())
    } else {
        return None;
    };
    Some(format!("{verb} {}: field {number} is beyond them", numbered(count(there), noun)))
}

fn inputs_lacking(own: &SensorType<'_>) -> Option<String> {
    let declared = own.declared().fields.len();
    (own.inputs() != declared).then(|| {
        let (inputs, fields) = (numbered(count(own.inputs()), "input"), numbered(count(declared), "field"));
        format!("supplies {inputs} for the {fields} that it declares")
    })
}

fn version_lacking(own: &SensorType<'_>, key: TypeKey) -> Option<String> {
    let has = own.declared().version;
    (has < key.version).then(|| format!("has the type in version {has}"))
}

fn operator_lacking(own: &SensorType<'_>, field: u16, operator: Operator, release: &Release<'_>) -> Option<String> {
    if !release.manifest.operators.contains(operator) {
        return Some(format!("does not have the operator {operator}"));
    }
    match own.declared().fields.get(usize::from(field)) {
        Some(declared) if !declared.operators.contains(operator) => {
            Some(format!("does not allow {operator} on the field"))
        }
        Some(_) => None,
        None => field_lacking(own, field).or_else(|| Some("does not have the field".to_string())),
    }
}
