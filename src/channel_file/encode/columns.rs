//! The columns of a file, each written from start to end.

use alloc::vec::Vec;
use core::net::IpAddr;

use bytes::BufMut;

use super::super::row::{Ends, Footprint};
use super::order::{Order, Placed};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::limits::Limits;
use crate::template::{
    Content, Example, OwnedValue, PatternValue, Rule, Slot, TemplateInstance, TemplateType, TypeKey,
};
use crate::wire::{SectionKind, count};

/// The bytes of every section; those that say nothing are empty.
#[derive(Default)]
pub(super) struct Columns {
    types: Vec<u8>,
    fields: Vec<u8>,
    shapes: Vec<u8>,
    slots: Vec<u8>,
    severities: Vec<u8>,
    dispositions: Vec<u8>,
    instance_rules: Vec<[u8; 4]>,
    rules: Vec<u8>,
    examples: Vec<u8>,
    presences: Vec<u8>,
    words: Vec<[u8; 8]>,
    byte_ends: Vec<[u8; 4]>,
    byte_heap: Vec<u8>,
    text_ends: Vec<[u8; 4]>,
    text_heap: Vec<u8>,
    /// Of all instances.
    pub(super) patterns: u64,
}

impl Columns {
    pub(super) fn new(content: &Content, limits: &Limits) -> Result<Self> {
        limits.types(count(content.types.len()))?;
        limits.rules(count(content.rules.len()))?;
        let mut columns = Self::default();
        columns.types(&content.types, limits)?;
        let order = Order::of(content, limits)?;
        columns.instances(content, &order, limits)?;
        columns.rules(&content.rules, &order, limits)?;
        columns.examples(content, limits)?;
        // Ends count rows in 32 bits, so that there are no more of them either.
        for ends in [&columns.text_ends, &columns.byte_ends] {
            end(ends.len())?;
        }
        Ok(columns)
    }

    pub(super) fn get(&self, kind: SectionKind) -> &[u8] {
        match kind {
            SectionKind::Types => &self.types,
            SectionKind::Fields => &self.fields,
            SectionKind::Shapes => &self.shapes,
            SectionKind::Slots => &self.slots,
            SectionKind::Severities => &self.severities,
            SectionKind::Dispositions => &self.dispositions,
            SectionKind::InstanceRules => self.instance_rules.as_flattened(),
            SectionKind::Rules => &self.rules,
            SectionKind::Examples => &self.examples,
            SectionKind::Presences => &self.presences,
            SectionKind::Words => self.words.as_flattened(),
            SectionKind::ByteEnds => self.byte_ends.as_flattened(),
            SectionKind::ByteHeap => &self.byte_heap,
            SectionKind::TextEnds => self.text_ends.as_flattened(),
            SectionKind::TextHeap => &self.text_heap,
        }
    }

    fn types(&mut self, types: &[TemplateType], limits: &Limits) -> Result<()> {
        let mut fields_end = 0_usize;
        for (index, template_type) in counted(0_u32, types) {
            let path = Path::template_type(index);
            let fields = template_type.fields();
            limits.fields(count(fields.len())).map_err(|error| error.within(path))?;
            fields_end = fields_end.saturating_add(fields.len());
            self.types.put_u32_le(template_type.key().id);
            self.types.put_u32_le(template_type.key().version);
            self.types.put_u32_le(end(fields_end)?);
            self.name(template_type.name(), limits).map_err(|error| error.within(path))?;
            let mut by_name: Vec<_> = counted(0_u16, fields).map(|(index, field)| (field.name(), index)).collect();
            by_name.sort_unstable();
            for ((place, field), (_, by_name)) in counted(0_u16, fields).zip(by_name) {
                self.fields.put_u8(field.kind().code());
                self.fields.put_u16_le(field.operators().bits());
                self.fields.put_u16_le(by_name);
                self.name(field.name(), limits).map_err(|error| error.within(path.field(place)))?;
            }
        }
        Ok(())
    }

    /// Instances in the order of the file, and the shape of each run of them.
    fn instances(&mut self, content: &Content, order: &Order<'_>, limits: &Limits) -> Result<()> {
        let mut ends = Totals::default();
        for (slots, run) in order.shapes() {
            let Some(first) = run.first() else { continue };
            ends.add(slots, run.len());
            let each = slots.iter().fold(0_u64, |sum, slot| sum.saturating_add(u64::from(slot.count)));
            self.patterns = self.patterns.saturating_add(each.saturating_mul(count(run.len())));
            self.shape(content, first.instance, ends.as_ends()?)?;
            slots.iter().for_each(|slot| self.slot(slot));
            for placed in run {
                self.severities.push(placed.instance.severity().code());
                self.dispositions.push(placed.instance.disposition().code());
                self.instance_rules.push(placed.rule.to_le_bytes());
                self.values(placed, limits)?;
            }
        }
        limits.total_patterns(self.patterns)
    }

    fn shape(&mut self, content: &Content, instance: &TemplateInstance, ends: Ends) -> Result<()> {
        let index = index_of(&content.types, instance.template_type());
        let declared = content.template_type(instance.template_type()).map_or(0, TemplateType::field_count);
        if declared != instance.field_count() {
            let (declared, carried) = (u64::from(declared), u64::from(instance.field_count()));
            return Err(Error::new(ErrorCode::FieldCount, declared, carried).within(Path::template_type(index)));
        }
        self.shapes.put_u32_le(index);
        self.shapes.put_u16_le(instance.field_count());
        self.shapes.put_u32_le(ends.slots);
        self.shapes.put_u32_le(ends.instances);
        self.shapes.put_u32_le(ends.texts);
        self.shapes.put_u32_le(ends.byte_strings);
        self.shapes.put_u32_le(ends.words);
        Ok(())
    }

    fn slot(&mut self, slot: &Slot) {
        self.slots.put_u16_le(slot.field);
        self.slots.put_u8(slot.role.code());
        self.slots.put_u8(slot.operator.code());
        self.slots.put_u8(slot.value_kind.code());
        self.slots.put_u32_le(slot.count);
    }

    fn values(&mut self, placed: &Placed<'_>, limits: &Limits) -> Result<()> {
        for criterion in placed.instance.criteria() {
            for (index, pattern) in counted(0_u32, criterion.patterns()) {
                let located =
                    |error: Error| error.within(Path::rule(placed.rule).field(criterion.field()).pattern(index));
                let pattern = pattern.as_ref();
                match pattern.value() {
                    PatternValue::Text(text, _) => {
                        limits.pattern_bytes(count(text.len())).map_err(located)?;
                        append(&mut self.text_heap, &mut self.text_ends, text.as_bytes())?;
                    }
                    PatternValue::Bytes(bytes) => {
                        limits.pattern_bytes(count(bytes.len())).map_err(located)?;
                        append(&mut self.byte_heap, &mut self.byte_ends, bytes)?;
                    }
                    _ => {
                        let (words, used) = pattern.words();
                        words.iter().zip(0..used).for_each(|(word, _)| self.words.push(word.to_le_bytes()));
                    }
                }
            }
        }
        Ok(())
    }

    fn rules(&mut self, rules: &[Rule], order: &Order<'_>, limits: &Limits) -> Result<()> {
        let mut first_instances = alloc::vec![u32::MAX; rules.len()];
        for (instance, placed) in counted(0_u32, order.instances()) {
            if let Some(first) = first_instances.get_mut(crate::wire::index(placed.rule)) {
                *first = instance.min(*first);
            }
        }
        let mut texts_end = 0_usize;
        for ((index, rule), first_instance) in counted(0_u32, rules).zip(first_instances) {
            let located = |error: Error| error.within(Path::rule(index));
            limits.references(count(rule.references.len())).map_err(located)?;
            let texts = [&rule.id, &rule.title, &rule.author].into_iter().chain(&rule.references);
            for text in texts {
                self.name(text, limits).map_err(located)?;
                texts_end = texts_end.saturating_add(1);
            }
            self.rules.put_u32_le(first_instance);
            self.rules.put_u32_le(end(texts_end)?);
        }
        Ok(())
    }

    fn examples(&mut self, content: &Content, limits: &Limits) -> Result<()> {
        let (mut examples, mut values_end) = (0_u64, 0_usize);
        for (rule, example) in counted(0_u32, &content.rules)
            .flat_map(|(index, rule)| rule.examples.iter().map(move |example| (index, example)))
        {
            examples = examples.saturating_add(1);
            values_end = values_end.saturating_add(example.values().len());
            self.examples.put_u32_le(rule);
            self.examples.put_u32_le(index_of(&content.types, example.template_type()));
            self.examples.put_u8(example.expectation().code());
            self.examples.put_u32_le(end(values_end)?);
            self.example_values(example, limits).map_err(|error| error.within(Path::rule(rule)))?;
        }
        limits.examples(examples)
    }

    fn example_values(&mut self, example: &Example, limits: &Limits) -> Result<()> {
        for value in example.values() {
            let (word, boolean);
            let (v4, v6);
            let bytes: &[u8] = match value {
                OwnedValue::Absent => &[],
                OwnedValue::Text(bytes) | OwnedValue::Bytes(bytes) => bytes,
                OwnedValue::Unsigned(value) => {
                    word = value.to_le_bytes();
                    &word
                }
                OwnedValue::Signed(value) => {
                    word = value.to_le_bytes();
                    &word
                }
                OwnedValue::Boolean(value) => {
                    boolean = [u8::from(*value)];
                    &boolean
                }
                OwnedValue::IpAddress(IpAddr::V4(address)) => {
                    v4 = address.octets();
                    &v4
                }
                OwnedValue::IpAddress(IpAddr::V6(address)) => {
                    v6 = address.octets();
                    &v6
                }
            };
            limits.example_bytes(count(bytes.len()))?;
            self.presences.put_u8(u8::from(*value != OwnedValue::Absent));
            append(&mut self.byte_heap, &mut self.byte_ends, bytes)?;
        }
        Ok(())
    }

    fn name(&mut self, name: &str, limits: &Limits) -> Result<()> {
        limits.name_bytes(count(name.len()))?;
        append(&mut self.text_heap, &mut self.text_ends, name.as_bytes())
    }
}

/// Running totals of all that shapes count.
#[derive(Default)]
struct Totals {
    slots: u64,
    instances: u64,
    footprint: Footprint,
}

impl Totals {
    fn add(&mut self, slots: &[Slot], instances: usize) {
        let mut each = Footprint::default();
        slots.iter().for_each(|slot| each.add(slot));
        let instances = count(instances);
        let grown = |total: u64, each: u64| total.saturating_add(each.saturating_mul(instances));
        self.slots = self.slots.saturating_add(count(slots.len()));
        self.instances = self.instances.saturating_add(instances);
        self.footprint.texts = grown(self.footprint.texts, each.texts);
        self.footprint.byte_strings = grown(self.footprint.byte_strings, each.byte_strings);
        self.footprint.words = grown(self.footprint.words, each.words);
    }

    fn as_ends(&self) -> Result<Ends> {
        Ok(Ends {
            slots: end(self.slots)?,
            instances: end(self.instances)?,
            texts: end(self.footprint.texts)?,
            byte_strings: end(self.footprint.byte_strings)?,
            words: end(self.footprint.words)?,
        })
    }
}

/// An end as the file holds it: 32 bits, whatever the limits.
fn end<T: Copy + TryInto<u32> + TryInto<u64>>(end: T) -> Result<u32> {
    end.try_into().map_err(|_| {
        let found = TryInto::<u64>::try_into(end).unwrap_or(u64::MAX);
        Error::new(ErrorCode::LimitFileBytes, u64::from(u32::MAX), found)
    })
}

fn append(heap: &mut Vec<u8>, ends: &mut Vec<[u8; 4]>, bytes: &[u8]) -> Result<()> {
    heap.extend_from_slice(bytes);
    ends.push(end(heap.len())?.to_le_bytes());
    Ok(())
}

/// The model's types are sorted, and every instance and example has its type among them.
fn index_of(types: &[TemplateType], key: TypeKey) -> u32 {
    let index = types.binary_search_by_key(&key, TemplateType::key).unwrap_or_else(|place| place);
    u32::try_from(index).unwrap_or(u32::MAX)
}
