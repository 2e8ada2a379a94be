//! What the content says, whoever loads it: instances that match everything, twice, or for nothing.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::code::FindingCode;
use super::exercise::{Criterion, Runner, Subject};
use super::finding::{Finding, Place};
use super::search::{Constraint, Effort, Found, Machines, Problem, Target};
use super::wording;
use crate::channel_file::ChannelFile;
use crate::counted::counted;
use crate::interpreter::{Event, Interpreter, Scratch, fold};
use crate::template::{Case, FieldKind, Operator, OwnedValue, PatternRef, PatternValue, Sense, Value};

/// As many criteria are looked into to find out whether an instance is shadowed.
const MOST_SEARCHES: usize = 4;

/// Instances that ask for the same, and patterns that differ in case alone.
pub(super) fn judge(file: &ChannelFile<'_>, findings: &mut Vec<Finding>) {
    duplicates(file, findings);
    case_twins(file, findings);
}

/// Texts that differ in case alone, told once for each rule.
fn case_twins(file: &ChannelFile<'_>, findings: &mut Vec<Finding>) {
    let mut told: BTreeSet<(u32, u16, PatternRef<'_>)> = BTreeSet::new();
    for instance in file.instances() {
        for (number, criterion) in counted(0_u16, instance.criteria()) {
            let mut known: BTreeMap<(Operator, String), PatternRef<'_>> = BTreeMap::new();
            for (index, pattern) in counted(0_u32, criterion.patterns()) {
                let PatternValue::Text(text, Case::Ignored) = pattern.value() else { continue };
                if pattern.operator() == Operator::Regex {
                    continue;
                }
                let folded: String = text.chars().map(fold).collect();
                let Some(twin) = known.insert((pattern.operator(), folded), pattern) else { continue };
                if !told.insert((instance.rule().index(), criterion.field(), pattern)) {
                    continue;
                }
                let shown = |pattern| wording::Pattern { pattern, field_name: |_: u16| "" };
                let message = format!("{} and {} are the same where case is ignored", shown(twin), shown(pattern));
                let place = Place {
                    criterion: Some(number),
                    pattern: Some(index),
                    ..Place::of_field(&instance, criterion.field())
                };
                findings.push(Finding::new(FindingCode::CaseTwins, place, message));
            }
        }
    }
}

fn duplicates(file: &ChannelFile<'_>, findings: &mut Vec<Finding>) {
    type Asked<'f> = Vec<(u16, Sense, Vec<PatternRef<'f>>)>;
    let mut known: BTreeMap<(u32, Asked<'_>), u32> = BTreeMap::new();
    for instance in file.instances() {
        let asked: Asked<'_> = instance
            .criteria()
            .map(|criterion| (criterion.field(), criterion.sense(), criterion.patterns().collect()))
            .collect();
        let first = *known.entry((instance.template_type().key().id, asked)).or_insert(instance.id());
        let Some(other) = file.instance(first).filter(|_| first != instance.id()) else { continue };
        let (own, rule) = (instance.rule(), other.rule());
        let whose =
            if own.index() == rule.index() { "of the same rule".into() } else { format!("of rule {}", rule.id()) };
        let message = format!("instance {} asks for what instance {first} {whose} asks for", instance.id());
        findings.push(Finding::new(FindingCode::Duplicate, Place::of_instance(&instance), message));
    }
}

/// Instances that an event without any value meets, and those that one meets which has values and says nothing with them.
pub(super) fn breadth(file: &ChannelFile<'_>, own: &mut Runner<'_>, findings: &mut Vec<Finding>) {
    for sensor_type in own.types.types() {
        let declared = sensor_type.declared();
        let nothing = alloc::vec![Value::Absent; declared.fields.len()];
        let met_by_nothing = own.matching(declared.id, &nothing);
        for instance in met_by_nothing.iter().filter_map(|instance| file.instance(*instance)) {
            // Who asks for absence by name means it.
            let asks = instance.criteria().any(|criterion| {
                criterion.sense() == Sense::AnyOf
                    && criterion.patterns().any(|pattern| pattern.operator() == Operator::Absent)
            });
            if asks {
                continue;
            }
            let message = format!("instance {} only excludes: an event without a single value meets it", instance.id());
            findings.push(Finding::new(FindingCode::MatchesNothingness, Place::of_instance(&instance), message));
        }
        let bland: Vec<OwnedValue> =
            counted(0_u8, declared.fields).map(|(number, field)| bland(number, field.kind)).collect();
        let bland: Vec<Value<'_>> = bland.iter().map(OwnedValue::as_ref).collect();
        let met_by_bland = own.matching(declared.id, &bland);
        let news = met_by_bland.iter().filter(|instance| met_by_nothing.binary_search(instance).is_err());
        for instance in news.filter_map(|instance| file.instance(*instance)) {
            let asked: Vec<String> = instance
                .criteria()
                .map(|criterion| format!("{}", wording::Criterion { instance: &instance, criterion }))
                .collect();
            let message = format!(
                "instance {} asks for next to nothing: letters, digits and signs in no order meet it ({})",
                instance.id(),
                wording::Listed(&asked)
            );
            findings.push(Finding::new(FindingCode::Unspecific, Place::of_instance(&instance), message));
        }
    }
}

/// A value that says nothing in particular, another for each field: of text every letter, digit and sign, in an order that makes
/// no word.
fn bland(number: u8, kind: FieldKind) -> OwnedValue {
    let text = || {
        format!(r"{number} zqxjvkwpbymgfcuhldrsniotae 8264 ZQXJ-VKWP.BYMG_FCUH:LDRS/NIOT\AE 9517 30{number}")
            .into_bytes()
    };
    match kind {
        FieldKind::Text => OwnedValue::Text(text()),
        FieldKind::Bytes => OwnedValue::Bytes(text()),
        FieldKind::Unsigned => OwnedValue::Unsigned(u64::from(number).saturating_add(48_271)),
        FieldKind::Signed => OwnedValue::Signed(i64::from(number).saturating_add(48_271)),
        FieldKind::Boolean => OwnedValue::Absent,
        FieldKind::IpAddress => OwnedValue::IpAddress(core::net::IpAddr::from([203, 0, 113, number])),
    }
}

/// Whether each criterion of the instance is met by everything.
pub(super) fn matches_everything(
    subject: &Subject<'_, '_>,
    steps_left: &mut u64,
    interpreter: &Interpreter<'_>,
    scratch: &mut Scratch,
    findings: &mut Vec<Finding>,
) {
    let all = (0..subject.criteria.len())
        .all(|number| is_implied(subject, &[], (subject, number), steps_left, interpreter, scratch));
    if all {
        let message = format!("every event of its type meets instance {}", subject.instance.id());
        findings.push(Finding::new(FindingCode::MatchesEverything, Place::of_instance(&subject.instance), message));
    }
}

/// Another instance of the rule that matches whatever this one does. Only one that matches all of its witnesses can be.
pub(super) fn shadowed(
    subject: &Subject<'_, '_>,
    candidates: &[u32],
    steps_left: &mut u64,
    interpreter: &Interpreter<'_>,
    scratch: &mut Scratch,
    findings: &mut Vec<Finding>,
) {
    // A rule can have hundreds of alternatives that overlap: only so many criteria are looked into.
    let mut searches = MOST_SEARCHES;
    for other in candidates.iter().filter_map(|other| subject.instance.sibling(*other)) {
        let wider = Subject::new(other, subject.declared, interpreter);
        // Two that ask for the same are duplicates.
        if is_same(subject, &wider) {
            continue;
        }
        let own: Vec<usize> = (0..subject.criteria.len()).collect();
        let unsaid: Vec<usize> = counted(0_usize, &wider.criteria)
            .filter(|(_, criterion)| !subject.criteria.iter().any(|own| says(own, criterion)))
            .map(|(number, _)| number)
            .collect();
        if unsaid.len() > searches {
            continue;
        }
        searches = searches.saturating_sub(unsaid.len());
        if !unsaid.iter().all(|number| is_implied(subject, &own, (&wider, *number), steps_left, interpreter, scratch)) {
            continue;
        }
        let message = format!(
            "whatever instance {} matches, instance {} of the same rule matches too",
            subject.instance.id(),
            wider.instance.id()
        );
        findings.push(Finding::new(FindingCode::Shadowed, Place::of_instance(&subject.instance), message));
        return;
    }
}

fn is_same(one: &Subject<'_, '_>, two: &Subject<'_, '_>) -> bool {
    let asked = |subject: &Subject<'_, '_>| {
        let mut asked: Vec<(u32, bool)> =
            subject.criteria.iter().map(|criterion| (criterion.condition, criterion.is_any_of)).collect();
        asked.sort_unstable();
        asked
    };
    asked(one) == asked(two)
}

/// Whether the patterns alone show that whatever meets one criterion meets the other.
fn says(one: &Criterion<'_>, other: &Criterion<'_>) -> bool {
    let (fewer, more) = if one.is_any_of { (one, other) } else { (other, one) };
    one.is_any_of == other.is_any_of
        && one.field == other.field
        && (one.condition == other.condition
            || fewer.patterns.iter().all(|pattern| more.patterns.binary_search(pattern).is_ok()))
}

/// Whether no value that meets the subject's criteria of these numbers fails one of another instance, which is proved.
fn is_implied(
    subject: &Subject<'_, '_>,
    given: &[usize],
    (of, number): (&Subject<'_, '_>, usize),
    steps_left: &mut u64,
    interpreter: &Interpreter<'_>,
    scratch: &mut Scratch,
) -> bool {
    let Some(implied) = of.criteria.get(number) else { return false };
    let refers =
        |patterns: &[PatternRef<'_>]| patterns.iter().any(|pattern| matches!(pattern.value(), PatternValue::Field(_)));
    let given: Vec<_> = given
        .iter()
        .filter_map(|number| subject.criteria.get(*number))
        .filter(|criterion| criterion.field == implied.field)
        .collect();
    if refers(&implied.patterns) || given.iter().any(|criterion| refers(&criterion.patterns)) {
        return false;
    }
    let criteria: Vec<_> = given.into_iter().chain([implied]).collect();
    let constraints: Vec<Constraint<'_>> = criteria.iter().map(|criterion| criterion.constraint()).collect();
    let last = constraints.len().saturating_sub(1);
    let declared = subject.declared;
    let kind = declared.fields.get(usize::from(implied.field)).map_or(FieldKind::Text, |field| field.kind);
    let mut probe = |constraint: usize, value: Value<'_>| {
        let mut values = alloc::vec![Value::Absent; declared.fields.len()];
        if let Some(own) = values.get_mut(usize::from(implied.field)) {
            *own = value;
        }
        let condition = criteria.get(constraint).map(|criterion| criterion.condition);
        match (condition, Event::new(declared, &values)) {
            (Some(condition), Ok(event)) => interpreter.patterns_met(&event, condition, scratch),
            _ => Vec::new(),
        }
    };
    let problem = Problem { kind, constraints: &constraints, effort: Effort::Least };
    let mut machines = Machines::with_steps(*steps_left);
    let found = problem.solve(Target::Miss(last), &mut machines, &mut probe);
    *steps_left = machines.steps_left;
    found == Found::Impossible
}
