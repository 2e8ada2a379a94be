//! A yardstick, no engine: one Aho-Corasick pass over each field for all literals that rules have on it. It decides nothing. What
//! finds literals in values in this way takes at least so long; what takes less has a better way.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rsigma_parser::value::{SigmaValue, StringPart};
use rsigma_parser::{Detection, DetectionItem, Modifier};

use super::rsigma;
use crate::Failure;
use crate::machine::version_of;
use crate::matching::data::{Event, Rule};
use crate::matching::engine::{Description, Engine, Loaded, Parsed};

pub(crate) struct ScanFloor;

impl Engine for ScanFloor {
    fn describe(&self) -> Description {
        Description {
            name: "scan floor",
            version: version_of("aho-corasick"),
            configuration: "no engine: one pass over each field for all literals, as a DFA where it can be built; matches nothing",
            parse: "as rsigma, then the longest literal of each value",
            load: "literals to automata",
            keeps_parsed: false,
        }
    }

    fn parse(&self, rules: &[Rule]) -> Result<Box<dyn Parsed>, Failure> {
        let mut literals = Literals { rules: 0, fields: BTreeMap::new() };
        for rule in rsigma::parse(rules)?.rules {
            literals.rules += 1;
            rule.detection.named.values().for_each(|detection| literals.add(detection));
        }
        Ok(Box::new(literals))
    }
}

/// The literals of each field, in lower case.
struct Literals {
    rules: usize,
    fields: BTreeMap<String, Vec<String>>,
}

impl Literals {
    fn add(&mut self, detection: &Detection) {
        match detection {
            Detection::AllOf(items) => items.iter().for_each(|item| self.add_item(item)),
            Detection::AnyOf(detections) | Detection::And(detections) => {
                detections.iter().for_each(|detection| self.add(detection));
            }
            // Without a field, or inside of arrays, which events here have none of.
            Detection::Keywords(_) | Detection::ArrayMatch { .. } | Detection::Conditional { .. } => {}
        }
    }

    fn add_item(&mut self, item: &DetectionItem) {
        let Some(field) = &item.field.name else { return };
        if [Modifier::Re, Modifier::Cidr, Modifier::Exists].iter().any(|modifier| item.field.has_modifier(*modifier)) {
            return;
        }
        let literals = self.fields.entry(field.clone()).or_default();
        for value in &item.values {
            let SigmaValue::String(text) = value else { continue };
            let parts = text.parts.iter().filter_map(|part| match part {
                StringPart::Plain(plain) => Some(plain),
                StringPart::Special(_) => None,
            });
            literals.extend(parts.max_by_key(|plain| plain.len()).map(|longest| longest.to_lowercase()));
        }
    }
}

impl Parsed for Literals {
    fn load<'a>(&'a self) -> Result<Box<dyn Loaded<'a> + 'a>, Failure> {
        let mut scanner = Scanner { rules: self.rules, automata: Vec::new(), events: Vec::new() };
        for (field, literals) in &self.fields {
            let build = |kind| AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(literals);
            let automaton = build(Some(AhoCorasickKind::DFA)).or_else(|_| build(None))?;
            scanner.automata.push((field, automaton));
        }
        Ok(Box::new(scanner))
    }
}

struct Scanner<'a> {
    rules: usize,
    automata: Vec<(&'a str, AhoCorasick)>,
    /// Of each event, the values of fields that have an automaton, and its place.
    events: Vec<Vec<(usize, &'a str)>>,
}

impl<'a> Loaded<'a> for Scanner<'a> {
    fn rules(&self) -> usize {
        self.rules
    }

    fn prepare(&mut self, events: &'a [Event]) -> Result<(), Failure> {
        let place = |name: &str| self.automata.binary_search_by_key(&name, |(field, _)| field).ok();
        let values = |event: &'a Event| {
            event.fields.iter().filter_map(|(name, value)| Some((place(name)?, value.as_str()))).collect()
        };
        self.events = events.iter().map(values).collect();
        Ok(())
    }

    /// Counts literals instead of rules.
    fn evaluate(&mut self, event: usize) -> usize {
        let found = |&(place, value): &(usize, &str)| self.automata[place].1.find_overlapping_iter(value).count();
        self.events[event].iter().map(found).fold(0, usize::saturating_add)
    }

    fn rule_ids(&mut self, _: usize) -> Option<Vec<String>> {
        None
    }
}
