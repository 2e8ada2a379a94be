//! How novelty is worded.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::code::FindingCode;
use super::super::exercise::witness_for;
use super::super::finding::{Finding, Place, Witness};
use super::super::wording::{Listed, numbered};
use super::Novel;
use super::facts::Fact;
use super::users::Users;
use super::uses::Uses;
use crate::channel_file::ChannelFile;
use crate::channel_file::view::{InstanceView, TypeView};
use crate::interpreter::Interpreter;
use crate::template::SensorTypes;

/// What is told of, and in how many content versions it is new.
pub(super) struct Told<'t> {
    pub(super) file: &'t ChannelFile<'t>,
    pub(super) contents: u64,
    pub(super) uses: &'t Uses,
    pub(super) types: &'t SensorTypes<'t>,
    /// The content loaded for its own types, if it does load.
    pub(super) loaded: Option<&'t Interpreter<'t>>,
}

impl<'t> Told<'t> {
    /// The finding for what some instances are the first to do.
    pub(super) fn novel(&self, fact: Fact, users: &Users) -> Novel {
        let first = users.first.and_then(|(id, _)| self.file.instance(id));
        let template_type = first.map(|first| first.template_type());
        let type_name = template_type.map_or("", |template_type| template_type.name());
        let (named, is_one) = users.named();
        let versions = self.versions();
        let verb = |one: &'static str, many: &'static str| if is_one { one } else { many };
        let (code, field, message) = match &fact {
            Fact::Field { field, .. } => {
                let shown = field_shown(template_type.as_ref(), *field);
                let ask = verb("asks", "ask");
                let message = format!("first use of {shown} (type {type_name}) in {versions}: {named} {ask} for it");
                (FindingCode::FirstUseOfField, Some(*field), message)
            }
            Fact::Operator { field, operator, .. } => {
                let (shown, uses) = (field_shown(template_type.as_ref(), *field), verb("uses", "use"));
                let message = format!(
                    "first use of {operator} on {shown} (type {type_name}) in {versions}: {named} {uses} it there"
                );
                (FindingCode::FirstUseOfOperator, Some(*field), message)
            }
            Fact::Version(key) => {
                let (version, are) = (key.version, verb("is", "are"));
                let message = format!(
                    "first use of version {version} of the type {type_name} in {versions}: {named} {are} on it"
                );
                (FindingCode::FirstUseOfVersion, None, message)
            }
            Fact::Type { id } => {
                let (are, ask) = (verb("is", "are"), self.fields_asked(*id, first.as_ref()));
                let message =
                    format!("first use of the type {type_name} (id {id}) in {versions}: {named} {are} on it{ask}");
                (FindingCode::FirstUseOfType, None, message)
            }
            Fact::Maximum(..) | Fact::Succession => (FindingCode::NewMaximum, None, String::new()),
        };
        let place = users.place(first.as_ref(), field);
        Novel { finding: Finding::new(code, place, message), fact, first: users.first }
    }

    /// An event that meets the first instance through the criterion: what proves that it can be met, and reads the field.
    pub(super) fn witness(&self, novel: &Novel) -> Option<Witness> {
        let (instance, criterion) = novel.first?;
        witness_for(self.file, self.types, self.loaded?, instance, criterion)
    }

    /// `5 content versions`.
    pub(super) fn versions(&self) -> String {
        numbered(self.contents, "content version")
    }

    /// The fields that are asked of on a new type.
    fn fields_asked(&self, id: u32, first: Option<&InstanceView<'_>>) -> String {
        let Some(used) = self.uses.of_type(id) else { return String::new() };
        // The newest version has the names of all.
        let newest = self.file.types().rfind(|own| own.key().id == id);
        let template_type = newest.or_else(|| first.map(|first| first.template_type()));
        let shown = used.fields.keys().map(|field| field_shown(template_type.as_ref(), *field));
        let shown: Vec<String> = shown.collect();
        format!(", asking for {}", Listed(&shown))
    }
}

/// `field 21 PipeSession`.
pub(super) fn field_shown(template_type: Option<&TypeView<'_>>, field: u16) -> String {
    let number = u32::from(field).saturating_add(1);
    match template_type.and_then(|template_type| template_type.field(field)) {
        Some(field) => format!("field {number} {}", field.name()),
        None => format!("field {number}"),
    }
}

/// Where one instance is.
pub(super) fn place(file: &ChannelFile<'_>, instance: Option<u32>, field: Option<u16>) -> Place {
    match (instance.and_then(|id| file.instance(id)), field) {
        (Some(instance), Some(field)) => Place::of_field(&instance, field),
        (Some(instance), None) => Place::of_instance(&instance),
        (None, _) => Place::default(),
    }
}
