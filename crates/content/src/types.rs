//! The template types that content can be written against.

use channel_file::template::{TemplateType, TypeKey};

/// Template types by name and version.
#[derive(Clone, Debug, Default)]
pub struct TypeLibrary {
    /// By key.
    types: Vec<TemplateType>,
}

impl TypeLibrary {
    /// A library without types.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a type. Gives it back if there is another one with the same id and version.
    ///
    /// # Errors
    ///
    /// The type, if the library has a different one with its id and version.
    pub fn insert(&mut self, template_type: TemplateType) -> Result<(), TemplateType> {
        match self.types.binary_search_by_key(&template_type.key(), TemplateType::key) {
            Ok(index) if self.types.get(index) == Some(&template_type) => Ok(()),
            Ok(_) => Err(template_type),
            Err(index) => {
                self.types.insert(index, template_type);
                Ok(())
            }
        }
    }

    /// The type with this key.
    #[must_use]
    pub fn get(&self, key: TypeKey) -> Option<&TemplateType> {
        let index = self.types.binary_search_by_key(&key, TemplateType::key).ok()?;
        self.types.get(index)
    }

    /// The versions of the type with this name, ascending.
    pub fn versions<'l>(&'l self, name: &'l str) -> impl DoubleEndedIterator<Item = &'l TemplateType> {
        self.types.iter().filter(move |template_type| template_type.name() == name)
    }

    /// Every type, by id and version.
    #[must_use]
    pub fn types(&self) -> &[TemplateType] {
        &self.types
    }
}
