//! What `cargo mutants` lists: where, and what stands there instead.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::Result;

/// A mutant as `cargo mutants --list --json` says it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Listed {
    /// File, place and what is done: nothing else is called so.
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) genre: Genre,
    pub(crate) replacement: String,
    pub(crate) span: Span,
    function: Option<Function>,
}

/// What kind of place is changed.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: Place,
}

/// A line and a column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

#[derive(Clone, Debug, Deserialize)]
struct Function {
    function_name: String,
}

impl Listed {
    /// The function that it is in.
    pub(crate) fn function(&self) -> &str {
        self.function.as_ref().map_or("a constant", |function| &function.function_name)
    }

    /// What is done, without where.
    pub(crate) fn what(&self) -> &str {
        self.name.split_once(": ").map_or(&self.name, |(_, what)| what)
    }
}

/// Asks for the mutants of these modules, in their order: what `.cargo/mutants.toml` leaves out is left out here.
pub(crate) fn list(root: &Path, modules: &[String]) -> Result<Vec<Listed>> {
    let mut command = Command::new("cargo");
    command.current_dir(root).args(["mutants", "--list", "--json"]);
    let output = command.output()?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("`cargo mutants` gives no list; is it installed?\n{told}").into());
    }
    let mut listed: Vec<Listed> = serde_json::from_slice(&output.stdout)?;
    let module_of = |mutant: &Listed| modules.iter().position(|module| is_of(&mutant.file, module));
    listed.retain(|mutant| module_of(mutant).is_some());
    listed.sort_by_cached_key(|mutant| (module_of(mutant), mutant.file.clone()));
    Ok(listed)
}

/// Whether a file belongs to a module: its own, or one of its folder.
pub(crate) fn is_of(file: &str, module: &str) -> bool {
    file == module || file.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

#[cfg(test)]
impl Listed {
    /// A mutant of some file.
    pub(crate) fn of(genre: Genre, replacement: &str, span: Span) -> Self {
        let (name, file) = (format!("{genre:?} {replacement}"), "src/lib.rs".to_owned());
        Self { name, file, genre, replacement: replacement.to_owned(), span, function: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_has_its_file_and_its_folder() {
        assert!(is_of("src/wire.rs", "src/wire") && is_of("src/wire/table.rs", "src/wire"));
        assert!(is_of("src/wire/table.rs", "src/wire/table.rs") && !is_of("src/wired.rs", "src/wire"));
    }
}
