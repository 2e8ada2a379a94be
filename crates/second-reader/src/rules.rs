//! Chapter 9: rules.

use crate::bytes::{Cursor, count, index};
use crate::content::{Instance, Rule};
use crate::limits::{self, Limits};
use crate::refusal::{Chapter, Refusal};
use crate::supply::Supply;
use crate::texts;

const CHAPTER: Chapter = Chapter("9. Rules");

pub(crate) struct Row {
    first_instance: u32,
    texts_end: u32,
}

pub(crate) fn rows(section: &[u8], limits: &Limits) -> Result<Vec<Row>, Refusal> {
    let rows = Cursor::rows(section, |row| Some(Row { first_instance: row.u32()?, texts_end: row.u32()? }));
    limits::keep(limits.rules, count(rows.len()), "too many rules")?;
    Ok(rows)
}

/// All rules; and sets the ordinals of the instances.
pub(crate) fn read(
    rows: Vec<Row>,
    instances: &mut [Instance],
    texts: &mut Supply<String>,
    limits: &Limits,
) -> Result<Vec<Rule>, Refusal> {
    check_instances(&rows, instances)?;
    let mut rules: Vec<Rule> = Vec::new();
    let mut end = 0;
    for row in rows {
        let of_rule = CHAPTER.some(row.texts_end.checked_sub(end), "ends of texts descend")?;
        let references = CHAPTER.some(of_rule.checked_sub(3), "fewer than three texts")?;
        limits::keep(limits.references, u64::from(references), "too many references")?;
        end = row.texts_end;
        let (id, title) = (texts::name(texts, limits)?, texts::title(texts, limits)?);
        let author = texts::title(texts, limits)?;
        let references = (0..references).map(|_| texts::name(texts, limits)).collect::<Result<_, _>>()?;
        CHAPTER.demand(rules.last().is_none_or(|before| before.id < id), "rules do not ascend")?;
        rules.push(Rule { id, title, author, references });
    }
    Ok(rules)
}

/// Each instance has a rule, and each rule its instances, the first of which it names.
fn check_instances(rows: &[Row], instances: &mut [Instance]) -> Result<(), Refusal> {
    let mut instances_of: Vec<u32> = vec![0; rows.len()];
    for (id, instance) in instances.iter_mut().enumerate() {
        let so_far = CHAPTER.some(instances_of.get_mut(index(instance.rule)), "an instance without a rule")?;
        let row = CHAPTER.some(rows.get(index(instance.rule)), "an instance without a rule")?;
        CHAPTER.demand(*so_far > 0 || index(row.first_instance) == id, "the rule's first instance is another one")?;
        instance.ordinal = *so_far;
        *so_far = so_far.saturating_add(1);
    }
    CHAPTER.demand(instances_of.iter().all(|instances| *instances > 0), "a rule without instances")
}
