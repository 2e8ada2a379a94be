//! The types of Windows that come with the crate, made once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use channel_file::template::Value;
use channel_file_content::TypeLibrary;

static LIBRARY: LazyLock<TypeLibrary> = LazyLock::new(TypeLibrary::windows);

pub(crate) fn library() -> &'static TypeLibrary {
    &LIBRARY
}

/// An event of the newest version of a type.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) struct Event<'v> {
    pub(crate) type_id: u32,
    texts: Vec<Option<&'v str>>,
}

#[allow(dead_code, clippy::unwrap_used, reason = "not every test needs it, and a test may panic")]
impl<'v> Event<'v> {
    /// Fields that have no text are absent, texts of fields that the type does not have count for nothing.
    pub(crate) fn new(name: &str, texts: &'v BTreeMap<String, String>) -> Self {
        let newest = library().versions(name).next_back().unwrap();
        let texts = newest.fields().iter().map(|field| texts.get(field.name()).map(String::as_str));
        Self { type_id: newest.key().id, texts: texts.collect() }
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = Value<'v>> {
        self.texts.iter().map(|text| text.map_or(Value::Absent, |text| Value::Text(text.as_bytes())))
    }
}
