//! Which template type, in which version, a part of a rule is about.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use channel_file::template::{TemplateType, TypeKey};

use crate::TypeLibrary;
use crate::excerpt::quoted;
use crate::findings::Findings;
use crate::yaml::{Entry, Place, entry, under};

/// The keys that select a type.
pub(crate) const KEYS: [&str; 3] = ["type", "type-id", "type-version"];

/// What `type`, `type-id` and `type-version` say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selection<'n> {
    place: Place,
    name: &'n str,
    /// Needed where types of several ids share the name.
    id: Option<u32>,
    /// The earliest that has the fields, where nothing is said.
    version: Option<u32>,
}

impl<'n> Selection<'n> {
    /// Reads the keys where they are there; what they leave open, the selection around them says.
    pub(crate) fn read(entries: &'n [Entry<'_>], outer: Option<Self>, findings: &mut Findings<'_>) -> Option<Self> {
        let version = under(entries, "type-version").map(|node| findings.number(node, 1..=u32::MAX));
        let id = under(entries, "type-id").map(|node| findings.number(node, 0..=u32::MAX));
        if let Some(node) = under(entries, "type") {
            let name = findings.name(node, "the name of a template type")?;
            return Some(Self { place: node.place, name, id: transposed(id)?, version: transposed(version)? });
        }
        if let Some(entry) = entry(entries, "type-id") {
            findings.report(entry.place, "`type-id` stands beside a `type`, which is not here");
        }
        match (outer, version) {
            (Some(outer), Some(version)) => Some(Self { version: Some(version?), ..outer }),
            (Some(outer), None) => Some(outer),
            (None, _) => None,
        }
    }
}

/// What is not there is fine; what is there and wrong is not.
fn transposed<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => value.map(Some),
    }
}

/// The types that rules are read against, with their fields by name.
#[derive(Debug)]
pub(crate) struct Types<'l> {
    library: &'l TypeLibrary,
    /// Filled as types are used: a search through all fields for each criterion would take time quadratic in a source.
    fields: BTreeMap<TypeKey, BTreeMap<&'l str, u16>>,
}

impl<'l> Types<'l> {
    pub(crate) const fn new(library: &'l TypeLibrary) -> Self {
        Self { library, fields: BTreeMap::new() }
    }

    /// The type with this key.
    pub(crate) fn get(&self, key: TypeKey) -> Option<&'l TemplateType> {
        self.library.get(key)
    }

    /// Index of a field.
    pub(crate) fn field(&mut self, template_type: &'l TemplateType, name: &str) -> Option<u16> {
        self.fields_of(template_type).get(name).copied()
    }

    /// The first version of this type that has the field.
    pub(crate) fn version_with(&mut self, template_type: &TemplateType, name: &str) -> Option<u32> {
        let library = self.library;
        let id = template_type.key().id;
        let keys = library.keys(template_type.name())?.range(versions_of(id));
        let mut versions = keys.filter_map(|key| library.get(*key));
        let index = self.field(versions.clone().next_back()?, name)?;
        versions.find(|version| version.field_count() > index).map(|version| version.key().version)
    }

    fn fields_of(&mut self, template_type: &'l TemplateType) -> &BTreeMap<&'l str, u16> {
        self.fields.entry(template_type.key()).or_insert_with(|| {
            (0_u16..).zip(template_type.fields()).map(|(index, field)| (field.name(), index)).collect()
        })
    }

    /// The type that a selection means: in the version it says, or else in the earliest version with every field that the
    /// rule mentions, so that the content asks no more of sensors than it needs.
    pub(crate) fn resolve(
        &mut self,
        selection: Selection<'_>,
        mentioned: &BTreeSet<&str>,
        findings: &mut Findings<'_>,
    ) -> Option<&'l TemplateType> {
        let Selection { place, name, id, version } = selection;
        let library = self.library;
        let Some(keys) = library.keys(name) else {
            let message = format!("there is no template type {}", quoted(name));
            findings.report_unknown(place, message, name, library.names());
            return None;
        };
        let ids = (keys.first()?.id, keys.last()?.id);
        let id = match id {
            Some(id) => id,
            None if ids.0 == ids.1 => ids.0,
            None => {
                let message = format!("several template types are called {}", quoted(name));
                findings.report_with_help(place, message, format!("write `type-id: {}` beside, or another id", ids.0));
                return None;
            }
        };
        let versions = keys.range(versions_of(id));
        let Some(newest) = versions.clone().next_back().and_then(|key| library.get(*key)) else {
            findings.report(place, format!("no template type with the id {id} is called {}", quoted(name)));
            return None;
        };
        if let Some(version) = version {
            let found = library.get(TypeKey { id, version });
            if found.is_none() {
                let newest = newest.key().version;
                let message =
                    format!("the template type {} has no version {version}; the newest is {newest}", quoted(name));
                findings.report(place, message);
            }
            return found;
        }
        let fields = self.fields_of(newest);
        let needed = mentioned.iter().filter_map(|name| fields.get(name)).max().copied().unwrap_or_default();
        versions.filter_map(|key| library.get(*key)).find(|candidate| candidate.field_count() > needed)
    }
}

fn versions_of(id: u32) -> RangeInclusive<TypeKey> {
    TypeKey { id, version: 0 }..=TypeKey { id, version: u32::MAX }
}
