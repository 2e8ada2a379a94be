//! The committed files of `corpus/`. A folder that is missing or empty fails, for then nothing would be tested.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// An invalid file, and what its row in the list says.
pub(crate) struct Refused {
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) offset: u64,
    pub(crate) bytes: Vec<u8>,
}

/// Name and bytes of every valid file.
pub(crate) fn valid() -> BTreeMap<String, Vec<u8>> {
    let files = folder("valid");
    let listed: Vec<_> = rows("## Valid").into_iter().map(|row| row[0].clone()).collect();
    assert!(files.keys().eq(listed.iter().collect::<std::collections::BTreeSet<_>>()), "corpus/README.md lists others");
    files
}

/// Every invalid file.
pub(crate) fn invalid() -> Vec<Refused> {
    let mut files = folder("invalid");
    let refused = rows("## Invalid").into_iter().map(|row| {
        let [name, code, offset, ..] = &row[..] else { panic!("a short row: {row:?}") };
        let bytes = files.remove(name).unwrap_or_else(|| panic!("corpus/invalid lacks {name}"));
        Refused { name: name.clone(), code: code.clone(), offset: offset.parse().expect("an offset"), bytes }
    });
    let refused: Vec<_> = refused.collect();
    assert!(files.is_empty(), "corpus/README.md does not list {:?}", files.keys());
    refused
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn folder(name: &str) -> BTreeMap<String, Vec<u8>> {
    let path = root().join(name);
    let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let files: BTreeMap<_, _> = entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a file that can be read"))
        })
        .collect();
    assert!(!files.is_empty(), "{} is empty", path.display());
    files
}

/// The cells of the table under a heading.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("README.md")).expect("corpus/README.md is there");
    let (_, text) = text.split_once(heading).expect("the heading is there");
    let table = text.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<_> = table.skip(2).map(cells).collect();
    assert!(!rows.is_empty(), "nothing is listed under {heading}");
    rows
}
