//! A walk over everything that an open file gives, without an allocation.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::fmt::{self, Write};

use channel_file::ChannelFile;
use channel_file::template::{PatternRef, TypeKey, Value};
use channel_file::view::{InstanceView, RuleView, TypeView};

/// Calls every accessor of every view and gives a number that depends on what they give; asserts what must agree.
pub(crate) fn walk(file: &ChannelFile<'_>) -> u64 {
    let mut seen = Seen(0);
    let header = file.header();
    seen.number(u64::from(file.channel()) ^ file.content_version() ^ header.length());
    assert_eq!(header.length(), u64::try_from(file.bytes().len()).expect("it fits"));
    let mut end = None;
    for (kind, offset, bytes) in file.sections() {
        assert!(end.is_none_or(|end| end == offset), "sections follow one another");
        end = Some(offset + u64::try_from(bytes.len()).expect("it fits"));
        seen.number(u64::from(kind.code()));
        seen.bytes(bytes);
    }
    assert_eq!(end, Some(header.length()));
    file.types().for_each(|view| template_type(file, &view, &mut seen));
    file.instances().for_each(|view| instance(file, &view, &mut seen));
    file.rules().for_each(|view| rule(file, &view, &mut seen));
    examples(file, &mut seen);
    assert!(file.instance(u32::MAX).is_none());
    assert!(file.rule("\u{1}").is_none());
    seen.shown(file);
    seen.0
}

fn template_type(file: &ChannelFile<'_>, view: &TypeView<'_>, seen: &mut Seen) {
    seen.shown(view);
    assert_eq!(file.template_type(view.key()).map(|found| found.index()), Some(view.index()));
    assert!(file.template_type(TypeKey { id: view.key().id, version: 0 }).is_none());
    assert_eq!(view.fields().len(), usize::from(view.field_count()));
    for (index, field) in (0_u16..).zip(view.fields()) {
        seen.bytes(field.name().as_bytes());
        seen.number(u64::from(field.kind().code()) ^ u64::from(field.operators().bits()));
        assert_eq!(view.field_named(field.name()), Some(index));
        assert_eq!(view.field(index).map(|field| field.name()), Some(field.name()));
        seen.shown(&field);
    }
    assert!(view.field(view.field_count()).is_none());
    assert!(view.field_named("").is_none());
}

fn instance(file: &ChannelFile<'_>, view: &InstanceView<'_>, seen: &mut Seen) {
    seen.shown(view);
    assert_eq!(file.instance(view.id()).map(|found| found.id()), Some(view.id()));
    assert_eq!(view.field_count(), view.template_type().field_count());
    seen.number(u64::from(view.severity().code()) ^ u64::from(view.disposition().code()));
    seen.bytes(view.rule().id().as_bytes());
    let criteria = view.criteria();
    seen.shown(&criteria);
    assert_eq!(criteria.len(), criteria.clone().count());
    for criterion in criteria {
        seen.shown(&criterion);
        seen.number(u64::from(criterion.field()) ^ u64::from(criterion.sense().code()));
        let patterns = criterion.patterns();
        seen.shown(&patterns);
        let of_slots: u32 = criterion.slots().map(|slot| slot.count).sum();
        assert_eq!(patterns.len(), usize::try_from(of_slots).expect("it fits"));
        assert_eq!(patterns.len(), patterns.clone().count());
        let mut before: Option<PatternRef<'_>> = None;
        for pattern in patterns {
            assert!(before.is_none_or(|before| before < pattern), "patterns ascend");
            seen.number(u64::from(pattern.operator().code()) ^ u64::from(pattern.value_kind().code()));
            let (words, _) = pattern.words();
            words.iter().for_each(|word| seen.number(*word));
            seen.shown(&pattern);
            before = Some(pattern);
        }
    }
}

fn rule(file: &ChannelFile<'_>, view: &RuleView<'_>, seen: &mut Seen) {
    seen.shown(view);
    assert_eq!(file.rule(view.id()).map(|found| found.index()), Some(view.index()));
    [view.id(), view.title(), view.author()].into_iter().for_each(|text| seen.bytes(text.as_bytes()));
    seen.shown(&view.references());
    assert_eq!(view.references().len(), view.references().rev().count());
    view.references().for_each(|reference| seen.bytes(reference.as_bytes()));
    assert_eq!(view.first_instance().rule().index(), view.index());
    view.examples().for_each(|example| assert_eq!(example.rule().index(), view.index()));
    seen.shown(&view.examples());
}

fn examples(file: &ChannelFile<'_>, seen: &mut Seen) {
    assert_eq!(file.examples().len(), file.rules().map(|rule| rule.examples().len()).sum::<usize>());
    assert_eq!(file.examples().rev().count(), file.examples().len());
    for example in file.examples() {
        seen.shown(&example);
        seen.number(u64::from(example.expectation().code()) ^ u64::from(example.index()));
        assert_eq!(example.values().len(), usize::from(example.template_type().field_count()));
        seen.shown(&example.values());
        for (value, field) in example.values().zip(example.template_type().fields()) {
            assert!(value.fits(field.kind()));
            match value {
                Value::Text(bytes) | Value::Bytes(bytes) => seen.bytes(bytes),
                _ => seen.shown(&value),
            }
        }
    }
}

/// What has been seen, as one number.
struct Seen(u64);

impl Seen {
    fn number(&mut self, number: u64) {
        self.0 = self.0.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number;
    }

    fn bytes(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.number(u64::from(*byte)));
    }

    fn shown(&mut self, value: &impl fmt::Debug) {
        write!(self, "{value:?}").expect("showing does not fail");
    }
}

impl Write for Seen {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.bytes(text.as_bytes());
        Ok(())
    }
}
