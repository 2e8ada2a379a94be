//! Faults that elsewhere come with others, here alone: everything else in the file fits.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use channel_file::{ChannelFile, SectionKind};
use channel_file_corpus::Frame;

fn smallest() -> Frame {
    let valid = channel_file_corpus::valid().expect("the corpus can be made");
    let smallest = valid.iter().find(|file| file.name == "smallest").expect("it is there");
    Frame::cut(&smallest.bytes).expect("it is valid")
}

fn replace(frame: &mut Frame, kind: SectionKind, bytes: Vec<u8>) {
    frame.section(kind).expect("it is there").bytes = bytes;
}

/// A row of the first type, which has one field, without byte strings and words.
fn shape(slots_end: u32, instances_end: u32, texts_end: u32) -> Vec<u8> {
    let ends = [slots_end, instances_end, texts_end, 0, 0].map(u32::to_le_bytes);
    [&[0, 0, 0, 0, 1, 0][..], ends.as_flattened()].concat()
}

fn refused(frame: &Frame, code: &str, reason: &str) {
    let bytes = frame.bytes();
    let error = ChannelFile::open(&bytes).expect_err("the library accepts it");
    assert_eq!(error.code().as_str(), code);
    let refusal = channel_file_second_reader::read(&bytes).expect_err("the second reader accepts it");
    assert_eq!(refusal.to_string(), format!("7. Shapes, slots and instances: {reason}"));
}

#[test]
fn a_shape_without_instances() {
    let mut frame = smallest();
    replace(&mut frame, SectionKind::Shapes, [shape(1, 0, 0), shape(2, 1, 1)].concat());
    let equals_text = [0, 0, 0, 2, 1, 1, 0, 0, 0];
    let slots = frame.section(SectionKind::Slots).expect("it is there");
    slots.bytes = [&equals_text[..], &slots.bytes].concat();
    refused(&frame, "CF0305", "a shape without instances");
}

/// Its instance would match every event.
#[test]
fn a_shape_without_slots() {
    let mut frame = smallest();
    replace(&mut frame, SectionKind::Shapes, [shape(0, 1, 0), shape(1, 2, 1)].concat());
    replace(&mut frame, SectionKind::Severities, vec![3, 3]);
    replace(&mut frame, SectionKind::Dispositions, vec![1, 1]);
    replace(&mut frame, SectionKind::InstanceRules, vec![0; 8]);
    refused(&frame, "CF0304", "a shape without slots");
}
