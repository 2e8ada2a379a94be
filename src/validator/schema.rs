//! Types, versions, fields, operators and inputs of the content, held against each release.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::code::FindingCode;
use super::finding::{Finding, Place};
use super::manifest::{FormatVersion, SensorManifest};
use super::wording::{Listed, numbered};
use crate::channel_file::ChannelFile;
use crate::channel_file::view::TypeView;
use crate::counted::counted;
use crate::template::{DeclaredField, DeclaredType, OperatorSet, SensorType};
use crate::wire::count;

/// What is wrong with a manifest by itself, whatever the content.
pub(super) fn judge_manifest(release: usize, types: &[SensorType<'_>], findings: &mut Vec<Finding>) {
    for (number, sensor_type) in counted(0_usize, types) {
        let declared = sensor_type.declared();
        let place = || Place {
            template_type: Some(crate::template::TypeKey { id: declared.id, version: declared.version }),
            ..Place::default()
        };
        let mut find = |code, message| findings.push(Finding::new(code, place(), message).of_release(release));
        if !declared.is_well_formed() {
            let message = format!(
                "the manifest's type {} (id {}) has a field or version that no type can have",
                declared.name, declared.id
            );
            find(FindingCode::MalformedType, message);
        }
        let earlier = types.iter().take(number);
        if earlier.into_iter().any(|earlier| earlier.declared().id == declared.id) {
            find(FindingCode::RepeatedType, format!("the manifest states the type with id {} twice", declared.id));
        }
    }
}

/// Holds a file against a release. Gives what differs, and the indices of the file's types that the release cannot evaluate.
pub(super) fn judge(
    file: &ChannelFile<'_>,
    release: usize,
    manifest: &SensorManifest,
    types: &[SensorType<'_>],
    findings: &mut Vec<Finding>,
) -> Vec<u32> {
    let mut judge = Judge { file, release, manifest, findings };
    judge.format();
    judge.limits();
    judge.operators();
    let unsupported = file.types().filter(|template_type| !judge.template_type(template_type, types));
    let unsupported = unsupported.map(|template_type| template_type.index()).collect();
    judge.unused(types);
    unsupported
}

struct Judge<'j> {
    file: &'j ChannelFile<'j>,
    release: usize,
    manifest: &'j SensorManifest,
    findings: &'j mut Vec<Finding>,
}

impl Judge<'_> {
    fn find(&mut self, code: FindingCode, place: Place, message: String) {
        self.findings.push(Finding::new(code, place, message).of_release(self.release));
    }

    fn format(&mut self) {
        let (major, minor) = self.file.header().format_version();
        let own = FormatVersion { major, minor };
        let known = self.manifest.format;
        if own > known || own.major != known.major {
            let message = format!(
                "the file is of format {major}.{minor}, and release {} reads {}.{}",
                self.manifest.release, known.major, known.minor
            );
            self.find(FindingCode::FormatVersion, Place::default(), message);
        }
    }

    fn limits(&mut self) {
        if let Err(error) = ChannelFile::open_with(self.file.bytes(), &self.manifest.limits) {
            let message = format!("release {} does not open the file: {error}", self.manifest.release);
            let finding = Finding::new(FindingCode::ReleaseLimits, Place::default(), message);
            self.findings.push(finding.of_release(self.release).because(error));
        }
    }

    /// Operators that the content uses and the release does not have, each with the first instance that uses it.
    fn operators(&mut self) {
        let mut lacking = OperatorSet::of(&[]);
        for instance in self.file.instances() {
            for criterion in instance.criteria() {
                for slot in criterion.slots() {
                    let operator = slot.operator;
                    if self.manifest.operators.contains(operator) || lacking.contains(operator) {
                        continue;
                    }
                    lacking = lacking.with(operator);
                    let message = format!("release {} does not have the operator {operator}", self.manifest.release);
                    let place = Place::of_field(&instance, criterion.field());
                    self.find(FindingCode::LacksOperator, place, message);
                }
            }
        }
    }

    /// Whether the release can evaluate instances on the type.
    fn template_type(&mut self, template_type: &TypeView<'_>, types: &[SensorType<'_>]) -> bool {
        let key = template_type.key();
        let (release, name) = (self.manifest.release.clone(), template_type.name());
        let place = || Place::of_type(template_type);
        let users = self.users(template_type);
        let Some(sensor_type) = types.iter().find(|sensor_type| sensor_type.declared().id == key.id) else {
            let message = format!("release {release} does not have the type {name} (id {}), which {users}", key.id);
            self.find(FindingCode::LacksType, place(), message);
            return false;
        };
        let declared = sensor_type.declared();
        let mut is_supported = true;
        if sensor_type.inputs() != declared.fields.len() {
            // One line for all versions of the type.
            let first = self.file.types().find(|other| other.key().id == key.id);
            if first.is_some_and(|first| first.index() == template_type.index()) {
                let message = self.inputs_differ(template_type, declared, sensor_type.inputs());
                self.find(FindingCode::InputsDiffer, self.first_use(template_type, sensor_type.inputs()), message);
            }
            is_supported = false;
        }
        let Some(fields) = declared.fields_at(key.version) else {
            let message = format!(
                "release {release} has the type {name} in version {}, and not in version {}, which {users}",
                declared.version, key.version
            );
            self.find(FindingCode::LacksVersion, place(), message);
            return false;
        };
        if fields.len() != usize::from(template_type.field_count()) {
            let message = format!(
                "release {release} declares {} for version {} of the type {name}, and the content was written against {}",
                numbered(count(fields.len()), "field"),
                key.version,
                numbered(u64::from(template_type.field_count()), "field"),
            );
            self.find(FindingCode::FieldCountDiffers, place(), message);
            is_supported = false;
        }
        for (number, (declared, field)) in counted(0_u16, fields.iter().zip(template_type.fields())) {
            let written =
                DeclaredField { name: field.name(), kind: field.kind(), operators: field.operators(), since: 0 };
            if let Some(difference) = difference(declared, &written) {
                let message = format!(
                    "field {} of the type {name} is another in release {release}: {difference}",
                    u32::from(number).saturating_add(1)
                );
                let place = Place { field: Some(number), field_name: Some(field.name().into()), ..place() };
                self.find(FindingCode::FieldDiffers, place, message);
                is_supported = false;
            }
        }
        is_supported
    }

    /// The line that would have kept machines running.
    fn inputs_differ(&self, template_type: &TypeView<'_>, declared: &DeclaredType<'_>, inputs: usize) -> String {
        let (release, name) = (&self.manifest.release, template_type.name());
        let supplied = format!(
            "the code of release {release} supplies {} for the {} of the type {name}",
            numbered(count(inputs), "input"),
            numbered(count(declared.fields.len()), "field"),
        );
        let unfilled: Vec<String> = counted(1_u32, declared.fields)
            .skip(inputs)
            .map(|(number, field)| format!("field {number} {}", field.name))
            .collect();
        if unfilled.is_empty() {
            return supplied;
        }
        let mut users = 0_u64;
        for instance in self.instances_of_id(template_type.key().id) {
            if instance.criteria().any(|criterion| usize::from(criterion.field()) >= inputs) {
                users = users.saturating_add(1);
            }
        }
        let asks = match users {
            0 => "no instance asks anything of it, so nothing would be seen until one does".to_string(),
            1 => "1 instance asks for it".to_string(),
            _ => format!("{users} instances ask for it"),
        };
        format!("{supplied}: nothing fills {}, and {asks}", Listed(&unfilled))
    }

    /// The first instance that asks for what is not supplied, or else the type.
    fn first_use(&self, template_type: &TypeView<'_>, inputs: usize) -> Place {
        for instance in self.instances_of_id(template_type.key().id) {
            if let Some(beyond) = instance.criteria().find(|criterion| usize::from(criterion.field()) >= inputs) {
                return Place::of_field(&instance, beyond.field());
            }
        }
        Place::of_type(template_type)
    }

    /// The instances on all versions of a type.
    fn instances_of_id(&self, id: u32) -> impl Iterator<Item = crate::channel_file::view::InstanceView<'_>> {
        self.file.instances().filter(move |instance| instance.template_type().key().id == id)
    }

    fn instances_of(
        &self,
        template_type: &TypeView<'_>,
    ) -> impl Iterator<Item = crate::channel_file::view::InstanceView<'_>> {
        let own = template_type.index();
        self.file.instances().filter(move |instance| instance.template_type().index() == own)
    }

    fn users(&self, template_type: &TypeView<'_>) -> String {
        match self.instances_of(template_type).count() {
            1 => "1 instance is on".to_string(),
            users => format!("{} are on", numbered(count(users), "instance")),
        }
    }

    /// A release that supplies a wrong number of inputs is broken, even where this content does not show it.
    fn unused(&mut self, types: &[SensorType<'_>]) {
        for sensor_type in types {
            let declared = sensor_type.declared();
            let is_used = self.file.types().any(|template_type| template_type.key().id == declared.id);
            if is_used || sensor_type.inputs() == declared.fields.len() {
                continue;
            }
            let message = format!(
                "the code of release {} supplies {} for the {} of the type {} (id {}), which this content does not use",
                self.manifest.release,
                numbered(count(sensor_type.inputs()), "input"),
                numbered(count(declared.fields.len()), "field"),
                declared.name,
                declared.id
            );
            self.find(FindingCode::InputsDifferUnused, Place::default(), message);
        }
    }
}

/// What is different between a field that a release declares and the one that content was written against.
fn difference(declared: &DeclaredField<'_>, written: &DeclaredField<'_>) -> Option<String> {
    if declared.name != written.name {
        return Some(format!("there it is {}, and the content was written against {}", declared.name, written.name));
    }
    if declared.kind != written.kind {
        return Some(format!("there {} is {}, and the content expects {}", declared.name, declared.kind, written.kind));
    }
    if declared.operators != written.operators {
        let names = |operators: OperatorSet| {
            let names: Vec<String> = operators.iter().map(|operator| operator.name().into()).collect();
            Listed(&names).to_string()
        };
        return Some(format!(
            "there {} allows {}, and the content expects {}",
            declared.name,
            names(declared.operators),
            names(written.operators)
        ));
    }
    None
}
