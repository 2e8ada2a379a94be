//! Where everything in a valid file is: what faults choose from.

use std::ops::Range;

use channel_file::SectionKind;
use channel_file::template::{FieldKind, Operator, SlotRole, ValueKind};

use crate::choices::Choices;
use crate::frame::{Frame, Place};

/// The rows of a valid file, read for themselves: a second opinion on the library's.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    pub(super) frame: Frame,
    pub(super) types: Vec<Type>,
    pub(super) fields: Vec<Field>,
    pub(super) shapes: Vec<Shape>,
    pub(super) slots: Vec<Slot>,
    /// The rule of each instance.
    pub(super) instances: Vec<usize>,
    pub(super) rules: Vec<Rule>,
    pub(super) examples: Vec<Example>,
    pub(super) texts: Vec<Range<usize>>,
    pub(super) byte_strings: Vec<Range<usize>>,
}

#[derive(Clone, Debug)]
pub(super) struct Type {
    pub(super) id: u32,
    pub(super) version: u32,
    pub(super) fields: Range<usize>,
    /// The text that is its name; those of its fields follow.
    pub(super) name: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) kind: FieldKind,
    pub(super) operators: u16,
    pub(super) by_name: u16,
}

#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) template_type: usize,
    pub(super) slots: Range<usize>,
    pub(super) instances: Range<usize>,
    /// Indices among all texts.
    pub(super) texts: Range<usize>,
    pub(super) byte_strings: Range<usize>,
    pub(super) words: Range<usize>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) shape: usize,
    pub(super) field: u16,
    pub(super) kind: FieldKind,
    pub(super) role: SlotRole,
    pub(super) operator: Operator,
    pub(super) value_kind: ValueKind,
    pub(super) count: usize,
    /// Texts, byte strings or words of an instance before the slot's: whichever it takes.
    pub(super) before: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) first_instance: usize,
    /// Its texts among all texts.
    pub(super) texts: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct Example {
    pub(super) rule: usize,
    pub(super) template_type: usize,
    pub(super) values: Range<usize>,
}

/// Where a slot of an instance has its values: rows of the section that holds them, or of the ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    pub(super) slot: Slot,
    /// Text, byte string or word.
    pub(super) first: usize,
    /// Words of one value; 1 for texts and byte strings.
    pub(super) each: usize,
}

impl Slot {
    pub(super) const fn begins(&self) -> bool {
        !matches!(self.role, SlotRole::Continues)
    }

    /// What slots and lists of slots are in the order of.
    pub(super) const fn key(&self) -> (u16, SlotRole, Operator, ValueKind, usize) {
        (self.field, self.role, self.operator, self.value_kind, self.count)
    }

    /// Words of one value; 1 where it is a text or byte string, 0 where there is none.
    pub(super) fn each(&self) -> usize {
        match self.value_kind {
            ValueKind::Text | ValueKind::TextIgnoringCase | ValueKind::Bytes => 1,
            _ => wide(self.value_kind.words(self.operator)),
        }
    }
}

impl Chart {
    /// Reads a valid file; `None` if it is none.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let frame = Frame::cut(bytes).ok()?;
        let mut chart = Self {
            types: Vec::new(),
            fields: Vec::new(),
            shapes: Vec::new(),
            slots: Vec::new(),
            instances: numbers(&frame, SectionKind::InstanceRules),
            rules: Vec::new(),
            examples: Vec::new(),
            texts: ranges(&numbers(&frame, SectionKind::TextEnds)),
            byte_strings: ranges(&numbers(&frame, SectionKind::ByteEnds)),
            frame,
        };
        chart.read_types()?;
        chart.read_shapes()?;
        chart.read_rules()?;
        Some(chart)
    }

    fn read_types(&mut self) -> Option<()> {
        let (mut name, mut before) = (0_usize, 0);
        for row in rows::<12>(&self.frame, SectionKind::Types) {
            let [id, version, end] = fours(row)?;
            let fields = before..wide(end);
            before = fields.end;
            let next = name.saturating_add(fields.len()).saturating_add(1);
            self.types.push(Type { id, version, fields, name });
            name = next;
        }
        for [kind, a, b, c, d] in rows::<5>(&self.frame, SectionKind::Fields) {
            let (operators, by_name) = (u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
            self.fields.push(Field { kind: FieldKind::from_code(*kind)?, operators, by_name });
        }
        Some(())
    }

    fn read_shapes(&mut self) -> Option<()> {
        let mut slots = rows::<9>(&self.frame, SectionKind::Slots).iter();
        let names = self.types.len().saturating_add(self.fields.len());
        let mut ends = [0, 0, names, 0, 0];
        for (place, row) in rows::<26>(&self.frame, SectionKind::Shapes).iter().enumerate() {
            let (type_row, rest) = row.split_first_chunk::<4>()?;
            let (_, rest) = rest.split_first_chunk::<2>()?;
            let [slots_end, instances_end, texts, byte_strings, words] = fours(rest)?.map(wide);
            let [a, b, c, d, e] = ends;
            ends = [slots_end, instances_end, names.saturating_add(texts), byte_strings, words];
            let template_type = wide(u32::from_le_bytes(*type_row));
            let first = self.types.get(template_type)?.fields.start;
            self.shapes.push(Shape {
                template_type,
                slots: a..slots_end,
                instances: b..instances_end,
                texts: c..names.saturating_add(texts),
                byte_strings: d..byte_strings,
                words: e..words,
            });
            let (mut texts, mut byte_strings, mut words) = (0_usize, 0_usize, 0_usize);
            for [f0, f1, role, operator, value_kind, c0, c1, c2, c3] in slots.by_ref().take(slots_end.saturating_sub(a))
            {
                let field = u16::from_le_bytes([*f0, *f1]);
                let mut slot = Slot {
                    shape: place,
                    field,
                    kind: self.fields.get(first.saturating_add(usize::from(field)))?.kind,
                    role: SlotRole::from_code(*role)?,
                    operator: Operator::from_code(*operator)?,
                    value_kind: ValueKind::from_code(*value_kind)?,
                    count: wide(u32::from_le_bytes([*c0, *c1, *c2, *c3])),
                    before: 0,
                };
                let store = match slot.value_kind {
                    ValueKind::Text | ValueKind::TextIgnoringCase => &mut texts,
                    ValueKind::Bytes => &mut byte_strings,
                    _ => &mut words,
                };
                slot.before = *store;
                *store = store.saturating_add(slot.count.saturating_mul(slot.each()));
                self.slots.push(slot);
            }
        }
        Some(())
    }

    fn read_rules(&mut self) -> Option<()> {
        let mut before = self.shapes.last()?.texts.end;
        let first = before;
        for row in rows::<8>(&self.frame, SectionKind::Rules) {
            let [first_instance, end] = fours(row)?.map(wide);
            let texts = before..first.saturating_add(end);
            before = texts.end;
            self.rules.push(Rule { first_instance, texts });
        }
        let mut before = 0;
        for row in rows::<13>(&self.frame, SectionKind::Examples) {
            let (start, rest) = row.split_first_chunk::<8>()?;
            let [rule, template_type] = fours(start)?.map(wide);
            let [end] = fours(rest.get(1..)?)?.map(wide);
            self.examples.push(Example { rule, template_type, values: before..end });
            before = end;
        }
        Some(())
    }

    pub(super) fn text(&self, text: usize) -> &[u8] {
        self.heap(SectionKind::TextHeap, self.texts.get(text))
    }

    pub(super) fn byte_string(&self, string: usize) -> &[u8] {
        self.heap(SectionKind::ByteHeap, self.byte_strings.get(string))
    }

    fn heap(&self, kind: SectionKind, range: Option<&Range<usize>>) -> &[u8] {
        range.and_then(|range| bytes_of(&self.frame, kind).get(range.clone())).unwrap_or_default()
    }

    pub(super) fn word(&self, word: usize) -> Option<u64> {
        rows::<8>(&self.frame, SectionKind::Words).get(word).map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// The index among all byte strings of a value of the examples.
    pub(super) fn string_of_value(&self, value: usize) -> usize {
        self.shapes.last().map_or(0, |shape| shape.byte_strings.end).saturating_add(value)
    }

    pub(super) fn fields_of(&self, template_type: usize) -> &[Field] {
        self.types.get(template_type).and_then(|own| self.fields.get(own.fields.clone())).unwrap_or_default()
    }

    pub(super) fn slots_of(&self, shape: &Shape) -> &[Slot] {
        self.slots.get(shape.slots.clone()).unwrap_or_default()
    }

    /// The criteria of a shape: rows of slots.
    pub(super) fn criteria(&self, shape: &Shape) -> Vec<Range<usize>> {
        let begins = |row: &usize| self.slots.get(*row).is_some_and(Slot::begins);
        let starts: Vec<usize> = shape.slots.clone().filter(begins).collect();
        let ends = starts.iter().skip(1).copied().chain([shape.slots.end]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// Neighbouring criteria, of all shapes, that this is true of.
    pub(super) fn pair_of_criteria(
        &self,
        choices: &mut Choices<'_>,
        suits: impl Fn(&[Slot], &[Slot]) -> bool,
    ) -> Option<(Range<usize>, Range<usize>)> {
        let rows = |range: &Range<usize>| self.slots.get(range.clone()).unwrap_or_default();
        let mut found = Vec::new();
        for shape in &self.shapes {
            for [one, two] in self.criteria(shape).array_windows() {
                if suits(rows(one), rows(two)) {
                    found.push((one.clone(), two.clone()));
                }
            }
        }
        choices.one_of(&found).cloned()
    }

    /// A row of slots that this is true of.
    pub(super) fn slot(
        &self,
        choices: &mut Choices<'_>,
        suits: impl Fn(usize, &Slot) -> bool,
    ) -> Option<(usize, Slot)> {
        let found: Vec<(usize, &Slot)> =
            self.slots.iter().enumerate().filter(|(row, slot)| suits(*row, slot)).collect();
        choices.one_of(&found).map(|(row, slot)| (*row, **slot))
    }

    /// The values of such a slot in one of its instances.
    pub(super) fn values(&self, choices: &mut Choices<'_>, suits: impl Fn(&Slot) -> bool) -> Option<Values> {
        let (row, slot) = self.slot(choices, |_, slot| slot.each() > 0 && suits(slot))?;
        let instances = self.shapes.get(slot.shape)?.instances.len();
        self.values_in(row, choices.below(instances))
    }

    /// The values of a slot in an instance, counted within its shape.
    pub(super) fn values_in(&self, row: usize, instance: usize) -> Option<Values> {
        let slot = *self.slots.get(row)?;
        let shape = self.shapes.get(slot.shape)?;
        let store = match slot.value_kind {
            ValueKind::Text | ValueKind::TextIgnoringCase => &shape.texts,
            ValueKind::Bytes => &shape.byte_strings,
            _ => &shape.words,
        };
        let stride = store.len().checked_div(shape.instances.len())?;
        let first = store.start.saturating_add(stride.saturating_mul(instance)).saturating_add(slot.before);
        Some(Values { slot, first, each: slot.each() })
    }

    /// Whether each value that an instance of the shape takes is counted: there is one.
    pub(super) const fn has_values(shape: &Shape) -> bool {
        shape.texts.start < shape.texts.end
            || shape.byte_strings.start < shape.byte_strings.end
            || shape.words.start < shape.words.end
    }

    /// Patterns of all instances.
    pub(super) fn patterns(&self) -> usize {
        let of = |shape: &Shape| {
            let each = self.slots_of(shape).iter().fold(0_usize, |sum, slot| sum.saturating_add(slot.count));
            each.saturating_mul(shape.instances.len())
        };
        self.shapes.iter().map(of).fold(0, usize::saturating_add)
    }
}

/// A number that counts rows.
pub(super) fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A number as a row holds it.
pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What a section of the frame holds; nothing if it is not there.
pub(super) fn bytes_of(frame: &Frame, kind: SectionKind) -> &[u8] {
    let found = frame.sections.iter().find(|section| section.code == kind.code());
    found.map(|section| section.bytes.as_slice()).unwrap_or_default()
}

/// Writes over a row, from so many bytes on.
pub(super) fn put(frame: &mut Frame, kind: SectionKind, row: usize, within: usize, bytes: &[u8]) -> Option<()> {
    frame.put(Place::new(kind, row, within), bytes).ok()
}

fn rows<const ROW: usize>(frame: &Frame, kind: SectionKind) -> &[[u8; ROW]] {
    bytes_of(frame, kind).as_chunks().0
}

fn numbers(frame: &Frame, kind: SectionKind) -> Vec<usize> {
    rows::<4>(frame, kind).iter().map(|bytes| wide(u32::from_le_bytes(*bytes))).collect()
}

fn fours<const COUNT: usize>(bytes: &[u8]) -> Option<[u32; COUNT]> {
    let (numbers, []) = bytes.as_chunks::<4>() else { return None };
    <&[[u8; 4]; COUNT]>::try_from(numbers).ok().map(|numbers| numbers.map(u32::from_le_bytes))
}

fn ranges(ends: &[usize]) -> Vec<Range<usize>> {
    let starts = [0].into_iter().chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| start..*end).collect()
}
