//! Limits that a file just keeps, and limits that it just does not.

use std::ops::Range;

use channel_file::{ErrorCode, Limits};

use super::chart::{Chart, Shape};
use crate::choices::Choices;

/// The tightest limits that a valid file keeps: each is what the file has. `None` if the file is not valid under the default
/// limits. Linear in the file.
#[must_use]
pub fn tightest_limits(bytes: &[u8]) -> Option<Limits> {
    let chart = Chart::of(bytes)?;
    let patterns = chart.shapes.first()?.texts.start..chart.shapes.last()?.texts.end;
    let of_examples = chart.string_of_value(0);
    let criteria = |shape: &Shape| chart.criteria(shape);
    let in_criterion = |criterion: Range<usize>| {
        let slots = chart.slots.get(criterion).unwrap_or_default();
        slots.iter().fold(0, |sum: usize, slot| sum.saturating_add(slot.count))
    };
    let (texts, byte_strings) = (chart.texts.iter(), chart.byte_strings.iter());
    let of_patterns = texts.clone().skip(patterns.start).take(patterns.len());
    let names = texts.clone().take(patterns.start).chain(texts.skip(patterns.end));
    Some(Limits {
        file_bytes: number(bytes.len()),
        types: number(chart.types.len()),
        fields: longest(chart.types.iter().map(|own| &own.fields)),
        instances: number(chart.instances.len()),
        criteria: most(chart.shapes.iter().map(|shape| criteria(shape).len())),
        patterns: most(chart.shapes.iter().flat_map(criteria).map(in_criterion)),
        total_patterns: number(chart.patterns()),
        pattern_bytes: longest(of_patterns.chain(byte_strings.clone().take(of_examples))),
        name_bytes: longest(names),
        rules: number(chart.rules.len()),
        // Beside id, title and author.
        references: longest(chart.rules.iter().map(|rule| &rule.texts)).saturating_sub(3),
        examples: number(chart.examples.len()),
        example_bytes: longest(byte_strings.skip(of_examples)),
    })
}

/// The default limits but for one, which a valid file exceeds by one; and the code that it is refused with. `None` if the file
/// is not valid under the default limits. Linear in the file.
#[must_use]
pub fn tighter_limits(bytes: &[u8], choices: &mut Choices<'_>) -> Option<(Limits, ErrorCode)> {
    let there = tightest_limits(bytes)?;
    // What a file has none of it cannot have too many of.
    let exceeded: Vec<&Limit> = LIMITS.iter().filter(|(get, ..)| get(&there) > 0).collect();
    let (get, set, code) = choices.one_of(&exceeded)?;
    let mut limits = Limits::DEFAULT;
    *set(&mut limits) = get(&there).saturating_sub(1);
    Some((limits, *code))
}

type Limit = (fn(&Limits) -> u64, fn(&mut Limits) -> &mut u64, ErrorCode);

macro_rules! limits {
    ($( $name:ident: $code:ident, )+) => {
        &[$( (|limits| limits.$name, |limits| &mut limits.$name, ErrorCode::$code), )+]
    };
}

const LIMITS: &[Limit] = limits! {
    file_bytes: LimitFileBytes,
    types: LimitTypes,
    fields: LimitFields,
    instances: LimitInstances,
    criteria: LimitCriteria,
    patterns: LimitPatterns,
    total_patterns: LimitTotalPatterns,
    pattern_bytes: LimitPatternBytes,
    name_bytes: LimitNameBytes,
    rules: LimitRules,
    references: LimitReferences,
    examples: LimitExamples,
    example_bytes: LimitExampleBytes,
};

fn longest<'r>(ranges: impl Iterator<Item = &'r Range<usize>>) -> u64 {
    most(ranges.map(Range::len))
}

fn most(numbers: impl Iterator<Item = usize>) -> u64 {
    number(numbers.max().unwrap_or(0))
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
