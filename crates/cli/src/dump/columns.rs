//! The rows of a section.

use std::fmt;
use std::io;

use channel_file::template::{
    Disposition, Expectation, FieldKind, Operator, OperatorSet, Severity, SlotRole, ValueKind,
};
use channel_file::{ChannelFile, SectionKind};

use super::numbers::Numbers;
use super::{Sheet, heaps, owners};
use crate::number::Counted;

/// Explains a section of so many bytes. Without a file, which is one that opened, rows are numbers without names.
pub(super) fn explain(
    sheet: &mut Sheet<'_, '_>,
    file: Option<&ChannelFile<'_>>,
    kind: SectionKind,
    length: u64,
) -> io::Result<()> {
    use SectionKind as Kind;
    let rows = length.checked_div(kind.row_bytes()).unwrap_or_default();
    sheet.heading(kind.name(), format_args!("{}, {}", Counted(rows, "row"), Counted(length, "byte")))?;
    // Whatever a row says wrongly, a section ends where the table says.
    let left = sheet.left();
    match (kind, file) {
        (Kind::Words, Some(file)) => heaps::words(sheet, file)?,
        (Kind::ByteEnds, Some(file)) => heaps::ends(sheet, "byte string", owners::byte_strings(file))?,
        (Kind::TextEnds, Some(file)) => heaps::ends(sheet, "text", owners::texts(file))?,
        (Kind::ByteHeap, Some(file)) => {
            let ends = heaps::section(file, Kind::ByteEnds);
            heaps::heap(sheet, "byte string", ends, owners::byte_strings(file))?;
        }
        (Kind::TextHeap, Some(file)) => {
            heaps::heap(sheet, "text", heaps::section(file, Kind::TextEnds), owners::texts(file))?;
        }
        (Kind::Words | Kind::ByteEnds | Kind::ByteHeap | Kind::TextEnds | Kind::TextHeap, None) => {
            heaps::alone(sheet, kind, length)?;
        }
        (Kind::Presences, Some(file)) => presences(sheet, file)?,
        (Kind::Shapes, _) => shapes(sheet, file, rows)?,
        (Kind::Slots, _) => slots(sheet, file, rows)?,
        _ => plain_rows(sheet, file, kind, rows)?,
    }
    let used = left.saturating_sub(sheet.left());
    sheet.unexplained(length.saturating_sub(used), format_args!("part of a row"))
}

/// Rows that stand for themselves.
fn plain_rows(
    sheet: &mut Sheet<'_, '_>,
    file: Option<&ChannelFile<'_>>,
    kind: SectionKind,
    rows: u64,
) -> io::Result<()> {
    let length = kind.row_bytes();
    let names = Names { file };
    let mut first_field = FirstField::new(file);
    for index in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
        if sheet.left() < length || sheet.is_over() {
            break;
        }
        let mut numbers = Numbers::of(sheet.ahead(usize::try_from(length).unwrap_or(usize::MAX)));
        match kind {
            SectionKind::Types => {
                let (id, version, end) = (numbers.u32(), numbers.u32(), numbers.u32());
                let name = names.template_type(index);
                sheet
                    .row(length, format_args!("type {index}{name}: id {id}, version {version}, fields end at {end}"))?;
            }
            SectionKind::Fields => {
                let (kind, operators, by_name) = (numbers.u8(), numbers.u16(), numbers.u16());
                let kind = FieldKind::from_code(kind);
                let operators = Operators { bits: operators, every: kind.map(FieldKind::operators) };
                let kind = kind.map_or("unknown kind", FieldKind::name);
                let field = first_field.place(index);
                sheet.row(length, format_args!("{field}: {kind}, {operators}; alphabetical index {by_name}"))?;
            }
            SectionKind::Severities => {
                let name = Severity::from_code(numbers.u8()).map_or("unknown severity", Severity::name);
                sheet.row(length, format_args!("instance {index}: {name}"))?;
            }
            SectionKind::Dispositions => {
                let name = Disposition::from_code(numbers.u8()).map_or("unknown disposition", Disposition::name);
                sheet.row(length, format_args!("instance {index}: {name}"))?;
            }
            SectionKind::InstanceRules => {
                let rule = numbers.u32();
                sheet.row(length, format_args!("instance {index}: rule {rule}{}", names.rule(rule)))?;
            }
            SectionKind::Rules => {
                let (first, end) = (numbers.u32(), numbers.u32());
                let name = names.rule(index);
                sheet.row(length, format_args!("rule {index}{name}: first instance {first}, texts end at {end}"))?;
            }
            SectionKind::Examples => {
                let (rule, template_type) = (numbers.u32(), numbers.u32());
                let expectation = Expectation::from_code(numbers.u8()).map_or("unknown expectation", Expectation::name);
                let end = numbers.u32();
                let (rule_name, type_name) = (names.rule(rule), names.template_type(template_type));
                sheet.row(
                    length,
                    format_args!(
                        "example {index}: rule {rule}{rule_name}, type {template_type}{type_name}, {expectation}, values end at {end}"
                    ),
                )?;
            }
            _ => {
                let number = numbers.u8();
                sheet.row(length, format_args!("{} row {index}: {number}", kind.name()))?;
            }
        }
    }
    Ok(())
}

fn presences(sheet: &mut Sheet<'_, '_>, file: &ChannelFile<'_>) -> io::Result<()> {
    for owner in owners::example_values(file) {
        let presence = if Numbers::of(sheet.ahead(1)).u8() == 0 { "absent" } else { "present" };
        if let owners::Owner::ExampleValue { example, field, name, .. } = owner {
            sheet.row(1, format_args!("example {example} · field {field} {name}: {presence}"))?;
        }
    }
    Ok(())
}

/// A shape is longer than a line and has three parts.
fn shapes(sheet: &mut Sheet<'_, '_>, file: Option<&ChannelFile<'_>>, rows: u64) -> io::Result<()> {
    let names = Names { file };
    for index in 0..rows {
        if sheet.left() < SectionKind::Shapes.row_bytes() || sheet.is_over() {
            break;
        }
        let mut numbers = Numbers::of(sheet.ahead(26));
        let (template_type, fields) = (numbers.u32(), Counted(u64::from(numbers.u16()), "field"));
        let name = names.template_type(template_type);
        sheet.row(6, format_args!("shape {index}: type {template_type}{name}, {fields}"))?;
        let (slots, instances) = (numbers.u32(), numbers.u32());
        sheet.row(8, format_args!("shape {index}: slots end at {slots}, instances at {instances}"))?;
        let (texts, strings, words) = (numbers.u32(), numbers.u32(), numbers.u32());
        sheet.row(
            12,
            format_args!(
                "shape {index}: texts of patterns end at {texts}, byte strings of patterns at {strings}, words at {words}"
            ),
        )?;
    }
    Ok(())
}

fn slots(sheet: &mut Sheet<'_, '_>, file: Option<&ChannelFile<'_>>, rows: u64) -> io::Result<()> {
    let shape_rows = file.map_or(&[][..], |file| heaps::section(file, SectionKind::Shapes));
    let (shape_rows, _) = shape_rows.as_chunks::<26>();
    // For each slot: its shape, and that shape's type.
    let mut first = 0;
    let mut owners = (0_u32..).zip(shape_rows).flat_map(|(shape, row)| {
        let mut numbers = Numbers::of(row);
        let (template_type, _, end) = (numbers.u32(), numbers.u16(), numbers.u32());
        let slots = first..end;
        first = end;
        slots.map(move |_| (shape, template_type))
    });
    let length = SectionKind::Slots.row_bytes();
    for index in 0..rows {
        if sheet.left() < length || sheet.is_over() {
            break;
        }
        let mut numbers = Numbers::of(sheet.ahead(9));
        let (field, role, operator) = (numbers.u16(), numbers.u8(), numbers.u8());
        let (value_kind, patterns) = (numbers.u8(), Counted(u64::from(numbers.u32()), "pattern"));
        let role = SlotRole::from_code(role).map_or("unknown role", SlotRole::name);
        let operator = Operator::from_code(operator).map_or("unknown operator", Operator::name);
        let value_kind = ValueKind::from_code(value_kind).map_or("unknown value kind", ValueKind::name);
        let owner = SlotOwner { file, owner: owners.next(), field };
        sheet.row(length, format_args!("slot {index}: {owner}, {role}, {operator}, {value_kind}, {patterns}"))?;
    }
    Ok(())
}

/// Displays the shape of a slot where it is known, and its field.
struct SlotOwner<'f> {
    file: Option<&'f ChannelFile<'f>>,
    owner: Option<(u32, u32)>,
    field: u16,
}

impl fmt::Display for SlotOwner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = self.field;
        let (Some(file), Some((shape, template_type))) = (self.file, self.owner) else {
            return write!(f, "field {field}");
        };
        let template_type = file.types().get(template_type);
        let name = template_type.and_then(|template_type| template_type.field(field)).map_or("", |field| field.name());
        write!(f, "shape {shape} · field {field} {name}")
    }
}

/// Displays a set of operators.
struct Operators {
    bits: u16,
    /// Those of the field's kind.
    every: Option<OperatorSet>,
}

impl fmt::Display for Operators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match OperatorSet::from_bits(self.bits) {
            None => f.write_str("unknown operators"),
            found if found == self.every => f.write_str("every operator"),
            Some(found) => {
                f.write_str("operators")?;
                found.iter().try_for_each(|operator| write!(f, " {operator}"))
            }
        }
    }
}

/// The names that an open file gives; without one there are none.
#[derive(Clone, Copy)]
struct Names<'f> {
    file: Option<&'f ChannelFile<'f>>,
}

/// Displays a name after a space; nothing where there is none.
struct Name<'n>(Option<&'n str>);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |name| write!(f, " {name}"))
    }
}

impl<'f> Names<'f> {
    fn template_type(&self, index: u32) -> Name<'f> {
        Name(self.file.and_then(|file| file.types().get(index)).map(|template_type| template_type.name()))
    }

    fn rule(&self, index: u32) -> Name<'f> {
        Name(self.file.and_then(|file| file.rules().get(index)).map(|rule| rule.id()))
    }
}

/// Which type a field belongs to.
struct FirstField<'f> {
    file: Option<&'f ChannelFile<'f>>,
    template_type: u32,
    first: u32,
}

impl<'f> FirstField<'f> {
    const fn new(file: Option<&'f ChannelFile<'f>>) -> Self {
        Self { file, template_type: 0, first: 0 }
    }

    /// The place of a field; fields are asked for in ascending order.
    fn place(&mut self, index: u32) -> String {
        let Some(file) = self.file else { return format!("field {index}") };
        while let Some(template_type) = file.types().get(self.template_type) {
            let field = index.saturating_sub(self.first);
            let fields = u32::from(template_type.field_count());
            if field < fields {
                let field_name = template_type.fields().get(field).map_or("", |field| field.name());
                return format!("type {} · field {field} {field_name}", self.template_type);
            }
            self.first = self.first.saturating_add(fields);
            self.template_type = self.template_type.saturating_add(1);
        }
        format!("field {index}")
    }
}
