//! Rules, and the columns of the instances.

use channel_file::{ErrorCode, SectionKind};

use super::chart::{Chart, narrow, put};
use super::strings::replace_text;
use crate::choices::Choices;
use crate::frame::Frame;

// Bytes into a row.
const FIRST_INSTANCE: usize = 0;
const TEXTS_END: usize = 4;

/// Texts that every rule has.
const FIXED_TEXTS: usize = 3;

/// The ids of two neighbours the wrong way round.
pub(super) fn swapped(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let [one, two] = ids(chart, choices)?;
    replace_text(frame, one, chart.text(two))?;
    replace_text(frame, two, chart.text(one))?;
    Some(ErrorCode::RuleOrder)
}

pub(super) fn repeated(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let [one, two] = ids(chart, choices)?;
    replace_text(frame, two, chart.text(one))?;
    Some(ErrorCode::RuleOrder)
}

/// Another instance of the rule, one of another rule, or none.
pub(super) fn first_instance(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let row = choices.below(chart.rules.len());
    let own = chart.rules.get(row)?.first_instance;
    let instances = chart.instances.len();
    let others = [own.checked_add(1), own.checked_sub(1), Some(choices.below(instances)), Some(usize::MAX)];
    let others: Vec<usize> = others.into_iter().flatten().filter(|other| *other != own).collect();
    put(frame, SectionKind::Rules, row, FIRST_INSTANCE, &narrow(*choices.one_of(&others)?).to_le_bytes())?;
    Some(ErrorCode::RuleFirstInstance)
}

/// A rule, but not the last, with fewer texts than every rule has.
pub(super) fn text_less(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let row = choices.below(chart.rules.len().saturating_sub(1));
    let start = texts_before(chart, row)?;
    let end = if choices.percent(25) { choices.below(start) } else { start.saturating_add(choices.below(FIXED_TEXTS)) };
    put_end(frame, row, end).filter(|()| chart.rules.len() > 1)?;
    Some(ErrorCode::RuleTexts)
}

/// A rule takes the id of the next one for a reference, which has too few texts then.
pub(super) fn text_more(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let few = |row: &usize| chart.rules.get(*row).is_some_and(|rule| rule.texts.len() == FIXED_TEXTS);
    let next: Vec<usize> = (1..chart.rules.len()).filter(few).collect();
    let next = *choices.one_of(&next)?;
    put_end(frame, next.checked_sub(1)?, texts_before(chart, next)?.saturating_add(1))?;
    // The default limit of references comes first.
    let references = chart.rules.get(next.checked_sub(1)?)?.texts.len().saturating_sub(FIXED_TEXTS);
    (references < 256).then_some(ErrorCode::RuleTexts)
}

/// The last rule has a text more or less than there are.
pub(super) fn last_texts(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let end = texts_before(chart, chart.rules.len())?;
    let other = choices.pick(&[end.saturating_add(1), end.saturating_sub(1), usize::MAX]);
    put_end(frame, chart.rules.len().checked_sub(1)?, other)?;
    Some(ErrorCode::SectionRows)
}

pub(super) fn severity(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let code = u8::try_from(choices.within(5, 255)).ok()?;
    put(frame, SectionKind::Severities, choices.below(chart.instances.len()), 0, &[code])?;
    Some(ErrorCode::SeverityUnknown)
}

pub(super) fn disposition(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let code = u8::try_from(choices.within(3, 255)).ok()?;
    put(frame, SectionKind::Dispositions, choices.below(chart.instances.len()), 0, &[code])?;
    Some(ErrorCode::DispositionUnknown)
}

pub(super) fn rule_out_of_range(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let instance = choices.below(chart.instances.len());
    let rules = chart.rules.len();
    put_rule(frame, instance, choices.pick(&[rules, usize::MAX]))?;
    let is_first = chart.rules.iter().any(|rule| rule.first_instance == instance);
    Some(if is_first { ErrorCode::RuleFirstInstance } else { ErrorCode::InstanceRule })
}

/// Two neighbours of one shape and different rules the wrong way round; the rules name their first instances rightly.
pub(super) fn instances_descend(chart: &Chart, frame: &mut Frame, choices: &mut Choices<'_>) -> Option<ErrorCode> {
    let inner = chart.shapes.iter().flat_map(|shape| shape.instances.clone().skip(1));
    let rule = |instance: usize| chart.instances.get(instance).copied();
    let ascends = inner.filter_map(|two| two.checked_sub(1)).filter(|one| rule(*one) != rule(one.saturating_add(1)));
    let ascends: Vec<usize> = ascends.collect();
    let one = *choices.one_of(&ascends)?;
    let two = one.saturating_add(1);
    for (from, to) in [(one, two), (two, one)] {
        put_rule(frame, to, rule(from)?)?;
        if chart.rules.get(rule(from)?)?.first_instance == from {
            put(frame, SectionKind::Rules, rule(from)?, FIRST_INSTANCE, &narrow(to).to_le_bytes())?;
        }
    }
    Some(ErrorCode::InstanceOrder)
}

/// The texts that are the ids of two neighbours.
fn ids(chart: &Chart, choices: &mut Choices<'_>) -> Option<[usize; 2]> {
    let first = choices.below(chart.rules.len().saturating_sub(1));
    let [one, two] = chart.rules.get(first..)?.first_chunk()?;
    Some([one.texts.start, two.texts.start])
}

/// Texts of the rules before this one, as the rows count them.
fn texts_before(chart: &Chart, row: usize) -> Option<usize> {
    let first = chart.rules.first()?.texts.start;
    let end = row.checked_sub(1).map_or(Some(first), |before| Some(chart.rules.get(before)?.texts.end));
    Some(end?.saturating_sub(first))
}

fn put_end(frame: &mut Frame, row: usize, end: usize) -> Option<()> {
    put(frame, SectionKind::Rules, row, TEXTS_END, &narrow(end).to_le_bytes())
}

fn put_rule(frame: &mut Frame, instance: usize, rule: usize) -> Option<()> {
    put(frame, SectionKind::InstanceRules, instance, 0, &narrow(rule).to_le_bytes())
}
