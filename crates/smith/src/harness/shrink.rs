//! Makes a case that fails as small as it can be and still fail at the same place.

use std::ops::Range;

use channel_file::decode;
use channel_file::template::{Criterion, OwnedValue};

use super::parts::Parts;
use super::scenario::{File, Scenario};

/// The smallest case that still fails, as far as so many tries lead.
pub(super) fn shrink(mut scenario: Scenario, tries: usize, fails: &dyn Fn(&Scenario) -> bool) -> Scenario {
    let mut left = tries;
    loop {
        let mut next = smaller(&scenario).take_while(|_| {
            left = left.saturating_sub(1);
            left > 0
        });
        let found = next.find(fails);
        drop(next);
        match found {
            Some(found) => scenario = found,
            None => return scenario,
        }
    }
}

/// Cases with one thing less, the greatest things first.
fn smaller(scenario: &Scenario) -> impl Iterator<Item = Scenario> {
    let parts = parts(&scenario.file);
    let bare = parts.as_ref().and_then(|parts| parts.content().ok()).filter(|bare| match &scenario.file {
        File::Made(content, _) => content != bare,
        File::Given(_) => false,
    });
    let contents = parts.into_iter().flat_map(smaller_parts).filter_map(|parts| parts.content().ok());
    let damage = if let File::Made(_, damage) = scenario.file { damage } else { None };
    let contents = bare.into_iter().chain(contents).map(move |content| File::Made(content, damage));
    let files = undamaged(&scenario.file).into_iter().chain(contents);
    let files = files.map(|file| Scenario { file, events: scenario.events.clone() });
    fewer_events(scenario).chain(files).chain(smaller_events(scenario))
}

/// The file as it was before it was damaged.
fn undamaged(file: &File) -> Option<File> {
    match file {
        File::Made(content, Some(_)) => Some(File::Made(content.clone(), None)),
        _ => None,
    }
}

/// What can be taken from the file: nothing, if it is a given one that does not open.
fn parts(file: &File) -> Option<Parts> {
    match file {
        File::Made(content, _) => Some(Parts::of(content)),
        File::Given(bytes) => decode(bytes).ok().as_ref().map(Parts::of),
    }
}

fn fewer_events(scenario: &Scenario) -> impl Iterator<Item = Scenario> {
    runs(scenario.events.len()).map(|run| {
        let mut fewer = scenario.clone();
        fewer.events.drain(run);
        fewer
    })
}

fn smaller_events(scenario: &Scenario) -> impl Iterator<Item = Scenario> {
    let places = scenario.events.iter().enumerate();
    let places = places.flat_map(|(event, recorded)| (0..recorded.values.len()).map(move |field| (event, field)));
    places.flat_map(move |(event, field)| {
        let value = scenario.events.get(event).and_then(|event| event.values.get(field));
        value.into_iter().flat_map(smaller_values).filter_map(move |smaller| {
            let mut scenario = scenario.clone();
            *scenario.events.get_mut(event)?.values.get_mut(field)? = smaller;
            Some(scenario)
        })
    })
}

/// No value, or a shorter one.
fn smaller_values(value: &OwnedValue) -> impl Iterator<Item = OwnedValue> {
    let absent = Some(OwnedValue::Absent).filter(|absent| absent != value);
    let bytes: &[u8] = match value {
        OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes) => bytes,
        _ => &[],
    };
    let is_text = matches!(value, OwnedValue::Text(_));
    absent.into_iter().chain(runs(bytes.len()).map(move |run| {
        let mut shorter = bytes.to_vec();
        shorter.drain(run);
        if is_text { OwnedValue::Text(shorter) } else { OwnedValue::Bytes(shorter) }
    }))
}

/// Without the notes, with fewer instances, criteria, patterns.
fn smaller_parts(parts: Parts) -> impl Iterator<Item = Parts> {
    let fewer = runs(parts.instances.len()).map({
        let parts = parts.clone();
        move |run| {
            let mut fewer = parts.clone();
            fewer.instances.drain(run);
            fewer
        }
    });
    let places: Vec<(usize, usize)> = parts
        .instances
        .iter()
        .enumerate()
        .flat_map(|(instance, part)| (0..part.criteria.len()).map(move |criterion| (instance, criterion)))
        .collect();
    let changed = places.into_iter().flat_map(move |(instance, criterion)| {
        let parts = parts.clone();
        let own = parts.instances.get(instance).and_then(|part| part.criteria.get(criterion)).cloned();
        let fewer_patterns: Vec<Criterion> = own.iter().flat_map(smaller_criteria).collect();
        std::iter::once(None).chain(fewer_patterns.into_iter().map(Some)).filter_map(move |criteria| {
            let mut parts = parts.clone();
            drop(parts.instances.get_mut(instance)?.criteria.splice(criterion..=criterion, criteria));
            Some(parts)
        })
    });
    fewer.chain(changed)
}

fn smaller_criteria(criterion: &Criterion) -> impl Iterator<Item = Criterion> {
    let runs = runs(criterion.patterns().len());
    runs.filter_map(|run| {
        let mut patterns = criterion.patterns().to_vec();
        patterns.drain(run);
        Criterion::new(criterion.field(), criterion.sense(), patterns).ok()
    })
}

/// Both halves of so many things, and each alone.
fn runs(count: usize) -> impl Iterator<Item = Range<usize>> {
    let half = count >> 1;
    let halves = [0..half, half..count].into_iter().filter(move |_| count > 2);
    halves.chain((0..count).map(|at| at..at.saturating_add(1)))
}
