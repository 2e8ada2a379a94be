//! From a checked file to programs.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::draft::{Draft, DraftInstance};
use super::index::{Entries, FieldIndex, GramCounts, Marks, NO_MARK};
use super::patterns::{Known, Pattern, Patterns};
use super::program::{Clause, Condition, Finding, Instance, Program};
use super::regex::Spending;
use super::selection;
use super::selection::Popularity;
use crate::counted::counted;
use crate::error::{Path, Result};
use crate::template::DeclaredType;
use crate::wire::index;

/// Where a text is found that more conditions than this look for, they are not all told of it, but look for themselves when they
/// are needed.
const POPULAR: u32 = 64;

/// A condition of more patterns than this is told of all the same, since it would have to look through all of them.
const MANY: usize = 64;

/// Makes the program of all instances of a draft.
///
/// # Errors
///
/// Those of regular expressions, with instance, field and pattern.
pub(super) fn program<'t>(
    draft: &Draft<'_>,
    declared: DeclaredType<'t>,
    spending: &mut Spending<'_>,
) -> Result<Program<'t>> {
    let (patterns, mut conditions) = compile(draft, spending)?;
    let mut counts = GramCounts::for_texts(patterns.text_bytes());
    for pattern in patterns.all() {
        if let Pattern::Text(_, text) = pattern {
            counts.add(patterns.needle(text).bytes);
        }
    }
    let shares: Vec<Option<u32>> = conditions
        .iter()
        .map(|condition| selection::likely_share(&patterns, patterns.get(&condition.patterns), &counts))
        .collect();
    let of_conditions = conditions.iter().map(|condition| (condition.field, patterns.get(&condition.patterns)));
    let popularity = Popularity::of(&patterns, of_conditions);
    for (condition, share) in conditions.iter_mut().zip(&shares) {
        let of = patterns.get(&condition.patterns);
        condition.finding = match share {
            None => Finding::ByItself,
            Some(_) if of.len() < MANY && popularity.most(&patterns, condition.field, of) > POPULAR => Finding::Marked,
            Some(_) => Finding::Posted,
        };
    }
    let share = |clause: &Clause| shares.get(index(clause.condition)).copied().flatten();
    let way = |instance: &DraftInstance| {
        let ways = instance.clauses.iter().filter(|clause| clause.met);
        ways.filter_map(|clause| share(clause).map(|share| (share, clause.condition))).min().map(|(_, way)| way)
    };
    let ways: Vec<Option<u32>> = draft.instances.iter().map(way).collect();
    for way in ways.iter().flatten() {
        if let Some(condition) = conditions.get_mut(index(*way)) {
            condition.finding = Finding::Posted;
        }
    }
    let (reached_ends, reached, unreached) = by_way(&ways, conditions.len());
    let rank = |clause: &Clause| {
        let condition = conditions.get(index(clause.condition));
        let patterns = condition.map_or(&[][..], |condition| patterns.get(&condition.patterns));
        selection::rank(patterns, share(clause), clause.met)
    };
    let (instances, clauses) = instances(draft, &conditions, rank);
    let mut marks = Marks { of_patterns: alloc::vec![NO_MARK; patterns.len()], count: 0 };
    let indices = indices(&conditions, &patterns, &counts, &mut marks);
    Ok(Program { declared, patterns, conditions, reached_ends, reached, unreached, instances, clauses, marks, indices })
}

fn compile(draft: &Draft<'_>, spending: &mut Spending<'_>) -> Result<(Patterns, Vec<Condition>)> {
    let (mut patterns, mut known) = (Patterns::default(), Known::new());
    let mut conditions = Vec::with_capacity(draft.conditions.len());
    for condition in &draft.conditions {
        let start = place(patterns.len());
        for (number, pattern) in counted(0_u32, condition.criterion.patterns()) {
            let path = || Path::instance(condition.first_instance).field(condition.field).pattern(number);
            patterns.add(condition.field, &pattern, &mut known, spending).map_err(|error| error.within(path()))?;
        }
        conditions.push(Condition {
            field: condition.field,
            finding: Finding::ByItself,
            patterns: start..place(patterns.len()),
        });
    }
    patterns.shrink();
    Ok((patterns, conditions))
}

/// Instances by the condition that they are reached through, and those that are not.
fn by_way(ways: &[Option<u32>], conditions: usize) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let mut sorted: Vec<(u32, u32)> = Vec::with_capacity(ways.len());
    let mut unreached = Vec::new();
    for (instance, way) in counted(0_u32, ways) {
        match way {
            Some(condition) => sorted.push((*condition, instance)),
            None => unreached.push(instance),
        }
    }
    sorted.sort_unstable();
    let mut ends = alloc::vec![0_u32; conditions];
    for (end, (condition, _)) in counted(1_u32, &sorted) {
        if let Some(place) = ends.get_mut(index(*condition)) {
            *place = end;
        }
    }
    let mut last = 0;
    for end in &mut ends {
        last = last.max(*end);
        *end = last;
    }
    (ends, sorted.into_iter().map(|(_, instance)| instance).collect(), unreached)
}

fn instances<R: Ord>(
    draft: &Draft<'_>,
    conditions: &[Condition],
    rank: impl Fn(&Clause) -> R,
) -> (Vec<Instance>, Vec<Clause>) {
    let mut instances = Vec::with_capacity(draft.instances.len());
    let count = draft.instances.iter().map(|instance| instance.clauses.len()).fold(0, usize::saturating_add);
    let mut clauses: Vec<Clause> = Vec::with_capacity(count);
    for instance in &draft.instances {
        let first = clauses.len();
        clauses.extend(instance.clauses.iter().map(|clause| Clause {
            finding: conditions.get(index(clause.condition)).map_or(clause.finding, |condition| condition.finding),
            ..*clause
        }));
        if let Some(own) = clauses.get_mut(first..) {
            own.sort_by_cached_key(&rank);
        }
        instances.push(Instance { id: instance.id, clauses_end: place(clauses.len()) });
    }
    (instances, clauses)
}

fn indices(conditions: &[Condition], patterns: &Patterns, counts: &GramCounts, marks: &mut Marks) -> Vec<FieldIndex> {
    let mut by_field: BTreeMap<u16, Entries> = BTreeMap::new();
    for (number, condition) in counted(0_u32, conditions) {
        let entries = by_field.entry(condition.field).or_default();
        for pattern in counted(condition.patterns.start, patterns.get(&condition.patterns)) {
            match condition.finding {
                Finding::Posted => entries.post(patterns, pattern, number),
                Finding::Marked => entries.mark(patterns, pattern, number),
                Finding::ByItself => {}
            }
        }
    }
    let of_field = |(field, entries)| FieldIndex::new(field, entries, patterns, counts, marks);
    by_field.into_iter().map(of_field).collect()
}

fn place(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
