//! Rules and their texts.

use super::super::view::{FIXED_TEXTS, RuleView, View};
use super::super::{ChannelFile, row};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::limits::Limits;
use crate::template::is_name;
use crate::wire::index;

/// Every rule has its texts, an id after the one before, and an instance.
pub(super) fn rows(file: &ChannelFile<'_>, limits: &Limits) -> Result<()> {
    printable(file, file.first_rule_text(), file.text_ends.len_u32())?;
    let mut texts_before = 0;
    let mut id_before: Option<&str> = None;
    for (rule, bytes) in counted(0_u32, file.rules.rows) {
        let row = row::Rule::read(bytes);
        let at = file.rules.offset_of(rule);
        let located = |error: Error, offset| error.at(at.saturating_add(offset)).within(Path::rule(rule));
        let least = u64::from(texts_before).saturating_add(u64::from(FIXED_TEXTS));
        let Some(references) = u64::from(row.texts_end).checked_sub(least) else {
            return Err(located(Error::new(ErrorCode::RuleTexts, least, u64::from(row.texts_end)), 4));
        };
        limits.references(references).map_err(|error| located(error, 4))?;
        let view = RuleView::at(file, rule);
        if view.id().is_empty() || view.references().any(str::is_empty) {
            return Err(located(Error::new(ErrorCode::NameEmpty, 1, 0), 0));
        }
        if id_before.is_some_and(|before| before >= view.id()) {
            return Err(located(Error::new(ErrorCode::RuleOrder, 0, 0), 0));
        }
        let of_first = file.instance_rules.get(row.first_instance).map(|bytes| u32::from_le_bytes(*bytes));
        if of_first != Some(rule) {
            let found = of_first.map_or(u64::MAX, u64::from);
            return Err(located(Error::new(ErrorCode::RuleFirstInstance, u64::from(rule), found), 0));
        }
        texts_before = row.texts_end;
        id_before = Some(view.id());
    }
    Ok(())
}

/// No text from `first`, up to `end` exclusively, has a control character.
pub(super) fn printable(file: &ChannelFile<'_>, first: u32, end: u32) -> Result<()> {
    let start = file.text_ends.start(first).unwrap_or_default();
    let stop = file.text_ends.start(end).unwrap_or_default();
    if is_name(file.text_heap.get(index(start)..index(stop)).unwrap_or_default()) {
        return Ok(());
    }
    for text in first..end {
        let name = file.text(text);
        if let Some(control) = name.bytes().find(u8::is_ascii_control) {
            let place = u64::from(file.text_ends.start(text).unwrap_or_default());
            return Err(Error::new(ErrorCode::NameControl, 0, u64::from(control))
                .at(file.text_heap_offset.saturating_add(place)));
        }
    }
    Ok(())
}
