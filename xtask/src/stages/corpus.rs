//! The files of `corpus/` are the ones that `crates/corpus` makes, and there are no others.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage =
    Stage { name: "corpus", summary: "the files of corpus/ are those that crates/corpus makes", run };

const FOLDER: &str = "corpus";

/// What the stage owns there.
const PARTS: &[&str] = &["README.md", "valid", "invalid"];

fn run(project: &Project) -> Outcome {
    let made = channel_file_corpus::files().map_err(|error| Failure::new(format!("cannot make a file: {error}")))?;
    let made: BTreeMap<String, Vec<u8>> = made.into_iter().map(|file| (file.path, file.bytes)).collect();
    let folder = project.root().join(FOLDER);
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        write(&folder, &made).map_err(|error| Failure::new(format!("cannot write {FOLDER}: {error}")))?;
        return Ok(format!("{FOLDER} rewritten, {} files", made.len()));
    }
    let found = read(&folder).map_err(|error| {
        Failure::new(format!("cannot read {FOLDER}: {error}; `BLESS=1 cargo xtask corpus` writes it"))
    })?;
    if found == made {
        return Ok(format!("{} files, all as they are made", made.len()));
    }
    let reason =
        format!("{FOLDER} differs from what crates/corpus makes; if that is meant, `BLESS=1 cargo xtask corpus`");
    Err(Failure::new(reason).with_details(difference(&made, &found)))
}

fn difference(made: &BTreeMap<String, Vec<u8>>, found: &BTreeMap<String, Vec<u8>>) -> String {
    let missing = made.iter().filter(|(path, _)| !found.contains_key(*path)).map(|(path, _)| ("missing", path));
    let others = found.iter().filter_map(|(path, bytes)| match made.get(path) {
        None => Some(("not made", path)),
        Some(expected) if expected != bytes => Some(("differs", path)),
        Some(_) => None,
    });
    missing.chain(others).map(|(what, path)| format!("{what}: {path}\n")).collect()
}

fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for part in PARTS {
        let path = folder.join(part);
        if path.is_dir() {
            fs::remove_dir_all(path)?;
        }
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}

fn read(folder: &Path) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for part in PARTS {
        let path = folder.join(part);
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                files.insert(format!("{part}/{name}"), fs::read(entry.path())?);
            }
        } else {
            files.insert((*part).to_owned(), fs::read(path)?);
        }
    }
    Ok(files)
}
