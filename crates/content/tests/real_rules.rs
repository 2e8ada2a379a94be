//! Public rules over real events, if the variable `CHANNEL_FILE_DATA` names the folder that has them. What should match
//! was computed with another parser and another evaluator.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use channel_file::template::{Content, Rule};
use channel_file_content::sigma::{self, Options};
use channel_file_content::{CompileOptions, Origins, Source, compile, decompile};
use channel_file_fuzz_bodies::reference;
use flate2::read::GzDecoder;

#[path = "support/windows.rs"]
mod windows;

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("CHANNEL_FILE_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: CHANNEL_FILE_DATA names no folder");
    }
    folder
}

/// The rules of an archive, as names and texts.
fn texts(folder: &Path, category: &str) -> Vec<(String, String)> {
    let archive = File::open(folder.join(format!("sigma/{category}.tar.gz"))).unwrap();
    let mut texts = Vec::new();
    for entry in tar::Archive::new(GzDecoder::new(archive)).entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        if !name.ends_with(".yml") {
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        texts.push((name, text));
    }
    texts
}

/// The rules of an archive, by id; none may be refused.
fn rules(folder: &Path, category: &str) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut refused = Vec::new();
    for (name, text) in texts(folder, category) {
        let import = sigma::import(&text, &name, windows::library(), &Options::default());
        rules.extend(import.rules.into_iter().map(|imported| imported.rule));
        refused.extend(import.refused.into_iter().flat_map(|refused| refused.diagnostics));
    }
    let refused: Vec<_> = refused.iter().map(|diagnostic| format!("{diagnostic} ({})", diagnostic.help)).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    rules.sort_by(|one, two| one.id().cmp(two.id()));
    rules
}

fn figures(rules: &[Rule]) {
    let instances = || rules.iter().flat_map(Rule::instances);
    let criteria = || instances().flat_map(|instance| instance.criteria());
    let patterns: usize = criteria().map(|criterion| criterion.patterns().len()).sum();
    let of_rule = |rule: &Rule| -> usize {
        let criteria = rule.instances().iter().flat_map(|instance| instance.criteria());
        criteria.map(|criterion| criterion.patterns().len()).sum()
    };
    println!("most patterns of a rule: {}", rules.iter().map(of_rule).max().unwrap_or(0));
    println!(
        "{} rules, {} instances (most {}), {} criteria (most {}), {patterns} patterns (most {})",
        rules.len(),
        instances().count(),
        rules.iter().map(|rule| rule.instances().len()).max().unwrap_or(0),
        criteria().count(),
        instances().map(|instance| instance.criteria().len()).max().unwrap_or(0),
        criteria().map(|criterion| criterion.patterns().len()).max().unwrap_or(0),
    );
}

/// One content from all rules, with the types of the library.
fn build_content(rules: &[Rule]) {
    let mut builder = Content::builder(291, 1);
    for template_type in windows::library().types() {
        builder = builder.template_type(template_type.clone());
    }
    rules.iter().cloned().fold(builder, |builder, rule| builder.rule(rule)).build().unwrap();
}

fn check(category: &str, every: usize) {
    let Some(folder) = data() else { return };
    let rules = rules(&folder, category);
    figures(&rules);
    build_content(&rules);
    let reference = reference::Reference::of_rules(&rules);
    let mut found = BTreeSet::new();
    for group in ["mdecrevoisier_cc0", "otrf_mit"] {
        let lines = File::open(folder.join(format!("events/{group}.{category}.jsonl.gz"))).unwrap();
        for (line, text) in BufReader::new(GzDecoder::new(lines)).lines().enumerate() {
            if line % every != 0 {
                continue;
            }
            let values: BTreeMap<String, String> = serde_json::from_str(&text.unwrap()).unwrap();
            let event = windows::Event::new(category, &values);
            let matching = reference.matches(event.type_id, &reference::Event::new(event.values()));
            found.extend(matching.into_iter().map(|found| (group.to_owned(), line, found.rule.clone())));
        }
    }
    let expected = std::fs::read_to_string(folder.join(format!("expected/{category}.tsv"))).unwrap();
    let expected: BTreeSet<_> = expected
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<_> = line.split('\t').collect();
            (columns[0].to_owned(), columns[1].parse::<usize>().unwrap(), columns[2].to_owned())
        })
        .filter(|(_, line, _)| line % every == 0)
        .collect();
    println!("{} matches", found.len());
    let missed: Vec<_> = expected.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&expected).collect();
    assert!(missed.is_empty() && surplus.is_empty(), "missed {missed:#?}, surplus {surplus:#?}");
}

#[test]
fn pipe_rules_match_what_they_should() {
    check("pipe_created", 1);
}

#[test]
fn process_rules_match_what_they_should() {
    // Without optimisation each hundredth event has to do.
    check("process_creation", if cfg!(debug_assertions) { 100 } else { 1 });
}

/// Each criterion leads to the key that names its field, or to a keyword.
fn check_origins(content: &Content, origins: &Origins, sources: &[Source<'_>]) {
    for rule in content.rules() {
        let origin = origins.rule(rule.id()).unwrap();
        let source = sources.iter().find(|source| source.name == origin.source).unwrap();
        let lines: Vec<_> = source.text.lines().collect();
        for instance in rule.instances() {
            let fields = content.template_type(instance.template_type()).unwrap().fields();
            for criterion in instance.criteria() {
                let field = fields[usize::from(criterion.field())].name();
                let place = origin.criterion(field, criterion).unwrap();
                let written = lines[place.line - 1].get(place.column - 1..).unwrap();
                assert!(written.starts_with(field) || written.starts_with('\''), "{}:{place:?}: {field}", source.name);
            }
        }
    }
}

#[test]
fn every_rule_compiles() {
    let Some(folder) = data() else { return };
    let texts: Vec<_> = ["pipe_created", "process_creation"].map(|category| texts(&folder, category)).concat();
    let sources: Vec<_> = texts.iter().map(|(name, text)| Source { name, text }).collect();
    let options = CompileOptions { channel: Some(291), ..CompileOptions::default() };
    let begin = Instant::now();
    let compiled = compile(&sources, windows::library(), &options);
    println!("{} rules compiled in {:?}", compiled.accepted, begin.elapsed());
    assert_eq!((compiled.refused, compiled.diagnostics), (vec![], vec![]));
    let content = compiled.content.unwrap();
    assert_eq!(content.rules().len(), texts.len());
    check_origins(&content, &compiled.origins, &sources);

    let begin = Instant::now();
    let text = decompile(&content);
    let again = compile(&[Source { name: "all", text: &text }], windows::library(), &CompileOptions::default());
    println!("{} bytes printed and compiled again in {:?}", text.len(), begin.elapsed());
    assert_eq!(again.content, Some(content));
}
