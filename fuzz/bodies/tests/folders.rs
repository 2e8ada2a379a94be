//! Targets, binaries, seeds, dictionaries, options and continuous integration name the same targets; seeds, dictionaries and options
//! are those that the code makes. `BLESS=1` writes them anew.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use channel_file_fuzz_bodies::dictionaries::dictionary;
use channel_file_fuzz_bodies::options::options;
use channel_file_fuzz_bodies::seeds::seeds;
use channel_file_fuzz_bodies::{TARGETS, Target};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in a folder").to_owned()
}

fn names(folder: &Path, extension: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(extension).map(str::to_owned)).collect()
}

fn targets() -> BTreeSet<String> {
    let names: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(names.len(), TARGETS.len(), "two targets have the same name");
    names
}

#[test]
fn everyone_lists_the_same_targets() {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let binaries = manifest.split("[[bin]]").skip(1).map(|binary| {
        binary
            .split("name = \"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a binary has a name")
            .to_owned()
    });
    assert_eq!(binaries.collect::<BTreeSet<_>>(), targets(), "binaries in fuzz/Cargo.toml");
    assert_eq!(names(&fuzz().join("fuzz_targets"), ".rs"), targets(), "fuzz/fuzz_targets");
    assert_eq!(names(&fuzz().join("seeds"), ""), targets(), "fuzz/seeds");
    assert_eq!(names(&fuzz().join("dictionaries"), ".dict"), targets(), "fuzz/dictionaries");
    assert_eq!(names(&fuzz().join("options"), ".options"), targets(), "fuzz/options");
    let workflow = fs::read_to_string(fuzz().join("../.github/workflows/fuzz.yml")).unwrap();
    let listed = workflow.lines().find_map(|line| line.trim().strip_prefix("target: [")).expect("a matrix of targets");
    let listed = listed.trim_end_matches(']').split(", ").map(str::to_owned);
    assert_eq!(listed.collect::<BTreeSet<_>>(), targets(), ".github/workflows/fuzz.yml");
}

#[test]
fn seeds_and_dictionaries_are_those_that_are_made() {
    let bless = std::env::var_os("BLESS").is_some();
    for target in TARGETS {
        let (folder, file) = (fuzz().join("seeds").join(target.name), dictionary_of(target));
        let made = seeds(target);
        assert!(made.len() > 10, "{} has hardly any seeds", target.name);
        if bless {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            made.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
            fs::write(&file, dictionary(target)).unwrap();
        }
        let found: BTreeMap<String, Vec<u8>> =
            names(&folder, "").into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect();
        assert!(found == made, "{}: other seeds than the code makes; BLESS=1 writes them anew", folder.display());
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(text, dictionary(target), "{}: not current; BLESS=1 writes it anew", file.display());
    }
}

#[test]
fn the_documentation_lists_the_targets() {
    let path = fuzz().join("../docs/FUZZING.md");
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- generated: targets -->\n", "<!-- end -->");
    let (before, rest) = text.split_once(begin).expect("a mark before the table");
    let (found, after) = rest.split_once(end).expect("a mark after the table");
    let mut table = "| target | input | at most | what must hold |\n|---|---|--:|---|\n".to_owned();
    for Target { name, input, most_bytes, oracle, .. } in TARGETS {
        let input = format!("{input:?}").to_lowercase();
        table += &format!("| `{name}` | {input} | {} KiB | {oracle} |\n", most_bytes / 1024);
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, format!("{before}{begin}{table}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, table, "{}: not current; BLESS=1 writes it anew", path.display());
    }
}

#[test]
fn options_are_those_of_the_targets() {
    for target in TARGETS {
        let file = fuzz().join("options").join(format!("{}.options", target.name));
        if std::env::var_os("BLESS").is_some() {
            fs::create_dir_all(fuzz().join("options")).unwrap();
            fs::write(&file, options(target)).unwrap();
        }
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(text, options(target), "{}: not current; BLESS=1 writes it anew", file.display());
    }
}

fn dictionary_of(target: &Target) -> PathBuf {
    fuzz().join("dictionaries").join(format!("{}.dict", target.name))
}
