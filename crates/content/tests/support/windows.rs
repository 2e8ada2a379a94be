//! The types of Windows that come with the crate, made once.

use std::sync::LazyLock;

use channel_file::template::Field;
use channel_file_content::TypeLibrary;

static LIBRARY: LazyLock<TypeLibrary> = LazyLock::new(TypeLibrary::windows);

pub(crate) fn library() -> &'static TypeLibrary {
    &LIBRARY
}

/// The fields of the newest version of a type.
#[allow(dead_code, clippy::unwrap_used, reason = "not every test needs it, and a test may panic")]
pub(crate) fn fields(name: &str) -> Vec<String> {
    let newest = library().versions(name).next_back().unwrap();
    newest.fields().iter().map(Field::name).map(str::to_owned).collect()
}
