//! What all engines get: the texts of rules, parsed events, and the matches that are expected.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::{Map, Value};

use crate::Failure;

/// Everything of one category.
pub(crate) struct Category {
    pub(crate) name: String,
    pub(crate) rules: Vec<Rule>,
    /// Of all groups, one after the other.
    pub(crate) events: Vec<Event>,
    pub(crate) expected: Matches,
}

/// A Sigma rule as it was written.
pub(crate) struct Rule {
    /// The file it is in.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// An event with the fields it really has, by name.
pub(crate) struct Event {
    pub(crate) fields: Vec<(String, String)>,
}

/// Pairs of an event, by its place, and the rule that matches it, by its id.
pub(crate) type Matches = BTreeSet<(usize, String)>;

impl Category {
    pub(crate) fn read(folder: &Path, name: &str) -> Result<Self, Failure> {
        let rules = rules(&folder.join("sigma").join(format!("{name}.tar.gz")))?;
        let mut events = Vec::new();
        let mut groups = BTreeMap::new();
        for (group, path) in event_files(&folder.join("events"), name)? {
            let first = events.len();
            read_events(&path, &mut events)?;
            groups.insert(group, first..events.len());
        }
        let path = folder.join("expected").join(format!("{name}.tsv"));
        let mut expected = Matches::new();
        for line in lines(BufReader::new(open(&path)?), &path)?.iter().skip(1) {
            let found = expected_match(line).and_then(|(group, line0, rule)| {
                let events = groups.get(group)?.clone();
                Some((events.into_iter().nth(line0)?, rule.to_owned()))
            });
            expected.insert(found.ok_or_else(|| unreadable(&path, &format!("{line:?} is no match of an event here")))?);
        }
        Ok(Self { name: name.to_owned(), rules, events, expected })
    }
}

/// The group, the line in the group's file, and the id of the rule.
fn expected_match(line: &str) -> Option<(&str, usize, &str)> {
    let mut columns = line.split('\t');
    let found = (columns.next()?, columns.next()?.parse().ok()?, columns.next()?);
    columns.next().is_none().then_some(found)
}

/// All `.yml` files of an archive, by name.
fn rules(path: &Path) -> Result<Vec<Rule>, Failure> {
    let mut archive = tar::Archive::new(GzDecoder::new(open(path)?));
    let mut rules = Vec::new();
    for entry in archive.entries().map_err(|error| unreadable(path, &error))? {
        let mut entry = entry.map_err(|error| unreadable(path, &error))?;
        let name = entry.path().map_err(|error| unreadable(path, &error))?.display().to_string();
        if name.ends_with(".yml") {
            let mut text = String::new();
            entry.read_to_string(&mut text).map_err(|error| unreadable(path, &format!("{name}: {error}")))?;
            rules.push(Rule { name, text });
        }
    }
    rules.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(rules)
}

/// The files of a category with the group that each is named after, sorted.
fn event_files(folder: &Path, category: &str) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let suffix = format!(".{category}.jsonl.gz");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        if let Some(group) = entry.file_name().to_str().and_then(|name| name.strip_suffix(&suffix)) {
            files.insert(group.to_owned(), entry.path());
        }
    }
    if files.is_empty() { Err(unreadable(folder, &format!("no file ends in {suffix}"))) } else { Ok(files) }
}

fn read_events(path: &Path, events: &mut Vec<Event>) -> Result<(), Failure> {
    for line in lines(BufReader::new(GzDecoder::new(open(path)?)), path)? {
        events.push(event(&line).map_err(|problem| unreadable(path, &problem))?);
    }
    Ok(())
}

fn event(line: &str) -> Result<Event, String> {
    let object: Map<String, Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut fields = Vec::new();
    for (name, value) in object {
        // What starts so says where the event comes from; the event itself has no such field.
        if name.starts_with('_') {
            continue;
        }
        let Value::String(value) = value else { return Err(format!("the value of {name} is no string")) };
        fields.push((name, value));
    }
    Ok(Event { fields })
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn lines(reader: impl BufRead, path: &Path) -> Result<Vec<String>, Failure> {
    reader.lines().collect::<Result<_, _>>().map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, problem: &dyn std::fmt::Display) -> Failure {
    format!("cannot read {}: {problem}", path.display()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_its_own_fields_only() {
        let event = event(r#"{"_source":"somewhere","Image":"C:\\a.exe","User":""}"#).expect("an event");
        let fields = [("Image".to_owned(), r"C:\a.exe".to_owned()), ("User".to_owned(), String::new())];
        assert_eq!(event.fields, fields);
    }

    #[test]
    fn a_number_is_no_value() {
        assert_eq!(event(r#"{"Id":1}"#).err().as_deref(), Some("the value of Id is no string"));
    }

    #[test]
    fn an_expected_match_has_three_columns() {
        assert_eq!(expected_match("group\t7\trule"), Some(("group", 7, "rule")));
        assert_eq!(expected_match("group\t7"), None);
        assert_eq!(expected_match("group\t7\trule\tmore"), None);
        assert_eq!(expected_match("group\tseven\trule"), None);
    }
}
