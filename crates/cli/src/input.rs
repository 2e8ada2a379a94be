//! Files, folders and standard input, read up to a limit.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, stdin};
use std::path::{Path, PathBuf};

use crate::finding::{Failure, Finding};

/// What was read, and from where.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path as given, or `-`.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Input {
    /// Reads a file, or standard input for `-`, no further than one byte beyond the limit: enough to know that it is exceeded.
    pub(crate) fn read(path: &Path, most: u64) -> Result<Self, Box<Finding>> {
        let mut bytes = Vec::new();
        let most = most.saturating_add(1);
        let read = if is_standard_input(path) {
            stdin().lock().take(most).read_to_end(&mut bytes)
        } else {
            File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
        };
        read.map_err(|error| Finding::of_access(path, "read", &error))?;
        Ok(Self { name: path.to_string_lossy().into_owned(), bytes })
    }

    /// Whether the bytes are those of a channel file, be it a damaged one, rather than a source: no text has what the
    /// magic begins with, nor a zero, of which every header has several.
    pub(crate) fn is_binary(&self) -> bool {
        const LOOKED_AT: usize = 512;
        const MAGIC_START: &[u8] = b"\xC7C";
        if self.is_utf16() {
            return false;
        }
        let start = self.bytes.get(..LOOKED_AT).unwrap_or(&self.bytes);
        if start.is_empty() {
            return !has_extension(Path::new(&self.name), SOURCES);
        }
        start.starts_with(MAGIC_START) || MAGIC_START.starts_with(start) || start.contains(&0)
    }

    /// Whether the bytes begin with the byte order mark of UTF-16, which no channel file does.
    fn is_utf16(&self) -> bool {
        self.bytes.starts_with(b"\xFF\xFE") || self.bytes.starts_with(b"\xFE\xFF")
    }

    /// The text of a source.
    pub(crate) fn text(&self, most: u64) -> Result<&str, Box<Finding>> {
        if crate::number::count(self.bytes.len()) > most {
            let message = format!("the source is longer than the limit of {most} bytes");
            return Err(Finding::of_source(&self.name, &message, "`--limits` sets other limits").into());
        }
        if self.is_utf16() {
            return Err(Finding::of_source(&self.name, "the source is UTF-16; save it as UTF-8", "").into());
        }
        if self.is_binary() {
            let help = "`channel-file decompile` gives the source of a channel file";
            return Err(Finding::of_source(&self.name, "expected a source, found bytes that are no text", help).into());
        }
        std::str::from_utf8(&self.bytes).map_err(|error| {
            let message = format!("the source is not UTF-8 (at byte {:#x})", error.valid_up_to());
            Finding::of_source(&self.name, &message, "").into()
        })
    }
}

/// The extensions of sources.
pub(crate) const SOURCES: &[&str] = &["yaml", "yml"];

/// The extensions of sources and channel files.
pub(crate) const ALL: &[&str] = &["yaml", "yml", "chan"];

/// The files that are meant: those given, and in folders those with one of the extensions. Each once, under the first path
/// that leads to it, in the order of the paths, so that the order in which a folder lists its files does not matter.
pub(crate) fn files(paths: &[PathBuf], extensions: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let (mut files, mut findings) = (Vec::new(), Vec::new());
    for path in paths {
        if is_standard_input(path) || !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        match walk(path, extensions, &mut files) {
            Err(finding) => findings.push(*finding),
            Ok(()) if files.len() == before => {
                let message = format!("no file in the folder ends in .{}", extensions.join(" or ."));
                findings.push(Finding { file: path.to_string_lossy().into_owned(), ..Finding::of_usage(&message) });
            }
            Ok(()) => files.get_mut(before..).unwrap_or_default().sort(),
        }
    }
    let mut known = BTreeSet::new();
    files.retain(|path| known.insert(canonical(path)));
    files.sort();
    if findings.is_empty() { Ok(files) } else { Err(Failure(findings)) }
}

/// Adds the files of a folder and of those within it. Links to folders are not followed: they can lead in circles.
fn walk(folder: &Path, extensions: &[&str], files: &mut Vec<PathBuf>) -> Result<(), Box<Finding>> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |error| Finding::of_access(&folder, "list the folder", &error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push(path);
            } else if has_extension(&path, extensions) && !path.is_dir() {
                files.push(path);
            }
        }
    }
    Ok(())
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let found = path.extension().and_then(OsStr::to_str);
    found.is_some_and(|found| extensions.iter().any(|extension| extension.eq_ignore_ascii_case(found)))
}

/// One path for all that lead to a file; what is not there, or not to be found, is known by the path that was given.
fn canonical(path: &Path) -> PathBuf {
    if is_standard_input(path) { path.to_owned() } else { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) }
}

pub(crate) fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}
