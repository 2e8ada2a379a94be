//! Everything that `open` demands beyond the frame. Each file here checks one part; all of it is linear in the file.

mod examples;
mod instances;
mod rules;
mod shapes;
mod text;
mod types;
mod values;

use super::{ChannelFile, row};
use crate::error::{Error, ErrorCode, Path, Result};
use crate::limits::Limits;
use crate::wire::{HEADER_BYTES, Section, SectionKind, Sections, count};

pub(super) use self::text::utf8;

/// Demands the sections that no file can do without.
pub(super) fn required(sections: &Sections<'_>) -> Result<()> {
    use SectionKind as Kind;
    for kind in [
        Kind::Types,
        Kind::Fields,
        Kind::Shapes,
        Kind::Slots,
        Kind::Severities,
        Kind::Dispositions,
        Kind::InstanceRules,
        Kind::Rules,
        Kind::TextEnds,
        Kind::TextHeap,
    ] {
        if sections.get(kind).bytes.is_empty() {
            let code = kind.code();
            let error = Error::new(ErrorCode::SectionMissing, 0, u64::from(code));
            return Err(error.at(HEADER_BYTES).within(Path::section(code)));
        }
    }
    Ok(())
}

/// Checks all that the file says. Later steps lean on earlier ones.
pub(super) fn all(file: &ChannelFile<'_>, limits: &Limits) -> Result<()> {
    types::rows(file, limits)?;
    shapes::rows(file, limits)?;
    sizes(file, limits)?;
    text::ends(file, limits)?;
    text::byte_ends(file, limits)?;
    types::names(file)?;
    values::patterns(file)?;
    rules::rows(file, limits)?;
    instances::columns(file)?;
    examples::rows(file)
}

/// Where a section begins; one that the file lacks is missed in the table.
fn offset_of(section: Section<'_>) -> u64 {
    if section.bytes.is_empty() { HEADER_BYTES } else { section.offset }
}

/// Holds the number of rows of each column against what types, shapes, rules and examples say it is.
fn sizes(file: &ChannelFile<'_>, limits: &Limits) -> Result<()> {
    let totals = file.totals();
    limits.instances(u64::from(totals.instances)).map_err(|error| error.at(file.severities.offset))?;
    limits.rules(file.rules.len()).map_err(|error| error.at(file.rules.offset))?;
    limits.examples(file.examples.len()).map_err(|error| error.at(file.examples.offset))?;
    let rule_texts = file.rules.rows.last().map_or(0, |bytes| row::Rule::read(bytes).texts_end);
    let example_values = file.examples.rows.last().map_or(0, |bytes| row::Example::read(bytes).values_end);
    let instances = u64::from(totals.instances);
    let pattern_strings = u64::from(totals.byte_strings);
    let texts = [file.types.len(), file.fields.len(), u64::from(totals.texts), u64::from(rule_texts)];
    for (kind, expected) in [
        (SectionKind::Slots, u64::from(totals.slots)),
        (SectionKind::Severities, instances),
        (SectionKind::Dispositions, instances),
        (SectionKind::InstanceRules, instances),
        (SectionKind::Words, u64::from(totals.words)),
        (SectionKind::Presences, u64::from(example_values)),
        (SectionKind::ByteEnds, pattern_strings.saturating_add(u64::from(example_values))),
        (SectionKind::TextEnds, texts.iter().fold(0, |sum: u64, texts| sum.saturating_add(*texts))),
    ] {
        let section = file.section(kind);
        let found = count(section.bytes.len()).checked_div(kind.row_bytes()).unwrap_or_default();
        if found != expected || expected > u64::from(u32::MAX) {
            return Err(Error::new(ErrorCode::SectionRows, expected, found)
                .at(offset_of(section))
                .within(Path::section(kind.code())));
        }
    }
    Ok(())
}
