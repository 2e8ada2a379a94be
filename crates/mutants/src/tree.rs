//! The copy of the repository that holds the mutants.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::listed::Listed;
use crate::rewrite::rewrite;
use crate::sites::{self, Found, Unchosen};

/// What chooses the mutant at run time, as text: it is a module of the copy.
const RUNTIME: &str = include_str!("../runtime/mutant.rs");

/// The crate root that gets the module.
const ROOT: &str = "src/lib.rs";

/// The copy, and what is known of its mutants.
pub(crate) struct Tree {
    pub(crate) folder: PathBuf,
    files: Vec<File>,
    /// The mutants by their numbers, which begin with 1.
    pub(crate) numbered: Vec<Listed>,
    pub(crate) unchosen: Vec<Unchosen>,
}

/// A file with mutants in it.
struct File {
    path: String,
    original: String,
    found: Found,
}

impl Tree {
    /// Copies what git knows of the repository, and finds the places of the mutants.
    pub(crate) fn make(root: &Path, folder: PathBuf, listed: &[Listed]) -> Result<Self> {
        // Those with mutants are written once it is known which compile: cargo builds anew what was written, whatever it says.
        let is_mutated = |path: &str| path == ROOT || listed.iter().any(|mutant| mutant.file == path);
        for path in known(root)? {
            let (from, to) = (root.join(&path), folder.join(&path));
            if from.is_file() && !is_mutated(&path) {
                write(&to, &fs::read(&from)?)?;
            }
        }
        let mut tree = Self { folder, files: vec![], numbered: vec![], unchosen: vec![] };
        let mut paths: Vec<&str> = listed.iter().map(|mutant| mutant.file.as_str()).collect();
        paths.dedup();
        for path in paths {
            let original = fs::read_to_string(root.join(path))?;
            let own: Vec<Listed> = listed.iter().filter(|mutant| mutant.file == path).cloned().collect();
            let first = tree.numbered.len().saturating_add(1);
            let mut found = sites::find(&original, &own, first)?;
            tree.numbered.append(&mut found.numbered);
            tree.unchosen.append(&mut found.unchosen);
            tree.files.push(File { path: path.to_owned(), original, found });
        }
        let root_text = fs::read_to_string(root.join(ROOT))?;
        write(&tree.folder.join(ROOT), with_runtime(&root_text).as_bytes())?;
        let count = tree.numbered.len().saturating_add(1).to_string();
        write(&tree.folder.join("src/mutant.rs"), RUNTIME.replace("@COUNT@", &count).as_bytes())?;
        Ok(tree)
    }

    /// Writes the files that have mutants, without those that do not compile.
    pub(crate) fn write(&self, left_out: &BTreeSet<usize>) -> Result {
        for file in &self.files {
            let text = rewrite(&file.original, &file.found.sites, left_out);
            write(&self.folder.join(&file.path), text.as_bytes())?;
        }
        Ok(())
    }

    /// The mutant of a number.
    pub(crate) fn mutant(&self, number: usize) -> Option<&Listed> {
        self.numbered.get(number.checked_sub(1)?)
    }
}

/// The library's root with the module that chooses, which asks the machine before `main` and so has unsafe code.
fn with_runtime(root: &str) -> String {
    let features = "#![no_std]\n#![feature(core_intrinsics, const_eval_select)]\n#![allow(internal_features)]";
    let root = root.replace("#![forbid(unsafe_code)]", "").replacen("#![no_std]", features, 1);
    format!("{root}\nextern crate std;\nmod mutant;\n")
}

/// Every file that is in the repository or could be put there.
fn known(root: &Path) -> Result<Vec<String>> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").current_dir(root).args(arguments).output()?;
    if !output.status.success() {
        return Err("git does not say what is in the repository".into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).split_terminator('\0').map(str::to_owned).collect())
}

/// Writes a file where it says something else, so that cargo builds nothing anew without need.
fn write(path: &Path, bytes: &[u8]) -> Result {
    if fs::read(path).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, bytes)?)
}
