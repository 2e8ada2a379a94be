//! The template types that content can be written against.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use channel_file::template::{TemplateType, TypeKey};

mod windows;

/// Template types by name and version.
///
/// ```
/// let types = channel_file_content::TypeLibrary::windows();
/// let newest = types.versions("process_creation").next_back().unwrap();
/// assert_eq!((newest.key().version, newest.field_count()), (2, 25));
/// ```
#[derive(Clone, Debug, Default)]
pub struct TypeLibrary {
    /// By key.
    types: Vec<TemplateType>,
    keys_by_name: BTreeMap<String, BTreeSet<TypeKey>>,
}

impl TypeLibrary {
    /// A library without types.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Event types of Windows: Sysmon's, whose numbers are their ids but for `registry_delete` (112) and `registry_event`
    /// (1012), and PowerShell's, under the names that Sigma rules give them. All fields are text.
    ///
    /// They are read from source files that come with this crate, anew with each call.
    #[must_use]
    pub fn windows() -> Self {
        windows::types()
    }

    /// Adds a type. One that the library has already is no error.
    ///
    /// # Errors
    ///
    /// The type, if the library has a different one with its id and version, or a version of it that neither begins with
    /// the fields of the version before nor has its name.
    pub fn insert(&mut self, template_type: TemplateType) -> Result<(), TemplateType> {
        match self.types.binary_search_by_key(&template_type.key(), TemplateType::key) {
            Ok(index) if self.types.get(index) == Some(&template_type) => Ok(()),
            Ok(_) => Err(template_type),
            Err(index) => {
                let earlier = index.checked_sub(1).and_then(|before| self.types.get(before));
                let later = self.types.get(index);
                if earlier.is_some_and(|earlier| !is_extended(earlier, &template_type))
                    || later.is_some_and(|later| !is_extended(&template_type, later))
                {
                    return Err(template_type);
                }
                self.keys_by_name.entry(template_type.name().to_owned()).or_default().insert(template_type.key());
                self.types.push(template_type);
                self.types.sort_by_key(TemplateType::key);
                Ok(())
            }
        }
    }

    /// Removes the types that contradict this one: those of its id that are neither it nor versions before or after it, and
    /// those of other ids that have its name.
    pub(crate) fn make_way_for(&mut self, declared: &TemplateType) {
        let stays = |known: &TemplateType| match known.key().cmp(&declared.key()) {
            _ if known.key().id != declared.key().id => known.name() != declared.name(),
            Ordering::Less => is_extended(known, declared),
            Ordering::Equal => known == declared,
            Ordering::Greater => is_extended(declared, known),
        };
        for gone in self.types.extract_if(.., |known| !stays(known)) {
            if let Some(keys) = self.keys_by_name.get_mut(gone.name()) {
                keys.remove(&gone.key());
            }
        }
        self.keys_by_name.retain(|_, keys| !keys.is_empty());
    }

    /// The type with this key.
    #[must_use]
    pub fn get(&self, key: TypeKey) -> Option<&TemplateType> {
        let index = self.types.binary_search_by_key(&key, TemplateType::key).ok()?;
        self.types.get(index)
    }

    /// The versions of the type with this name, ascending. Types of several ids can share a name; they come by id.
    pub fn versions<'l>(&'l self, name: &str) -> impl DoubleEndedIterator<Item = &'l TemplateType> + use<'l> {
        self.keys_by_name.get(name).into_iter().flatten().filter_map(|key| self.get(*key))
    }

    /// What the types with this name are called in full.
    pub(crate) fn keys(&self, name: &str) -> Option<&BTreeSet<TypeKey>> {
        self.keys_by_name.get(name)
    }

    /// The names of the types, ascending.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.keys_by_name.keys().map(String::as_str)
    }

    /// Every type, by id and version.
    #[must_use]
    pub fn types(&self) -> &[TemplateType] {
        &self.types
    }
}

/// Whether the second can stand after the first: a type of another id, or a version that appends fields.
fn is_extended(earlier: &TemplateType, later: &TemplateType) -> bool {
    earlier.key().id != later.key().id
        || (earlier.name() == later.name()
            && earlier.fields().len() < later.fields().len()
            && later.fields().starts_with(earlier.fields()))
}

#[cfg(test)]
mod tests {
    use channel_file::template::FieldKind;

    use super::*;

    fn version(version: u32, fields: &[&str]) -> TemplateType {
        let builder = TemplateType::builder(7, version, "seven");
        fields.iter().fold(builder, |builder, name| builder.field(*name, FieldKind::Text)).build().unwrap()
    }

    #[test]
    fn versions_append_fields() {
        let mut library = TypeLibrary::new();
        library.insert(version(1, &["A"])).unwrap();
        library.insert(version(3, &["A", "B", "C"])).unwrap();
        library.insert(version(1, &["A"])).unwrap();
        library.insert(version(1, &["B"])).unwrap_err();
        library.insert(version(2, &["A", "C"])).unwrap_err();
        library.insert(version(4, &["A", "B", "C"])).unwrap_err();
        library.insert(version(2, &["A", "B"])).unwrap();
        let found: Vec<_> = library.versions("seven").map(|found| found.key().version).collect();
        assert_eq!(found, [1, 2, 3]);
    }
}
