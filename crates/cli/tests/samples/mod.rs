//! Channel files for the tests, whole and damaged, made with the library.
#![allow(dead_code, reason = "each test takes what it needs")]

mod manifests;

use std::fs;
use std::path::Path;

use channel_file::encode;
use channel_file::template::{
    Case, Comparison, Content, Criterion, Disposition, Example, Expectation, FieldKind, FieldReference, IpNetwork,
    Operator, OperatorSet, OwnedValue, Pattern, Rule, Sense, Severity, TemplateInstance, TemplateType,
};

mod july;

/// Bytes of the header, and of an entry of the section table.
const HEADER: usize = 44;
const ENTRY: usize = 13;

/// Puts every sample in a folder.
pub(crate) fn write_all(folder: &Path) {
    manifests::write_all(folder);
    let whole = encode(&every_kind()).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    write("every-kind.chan", &whole);
    write("hidden-text.chan", &encode(&hidden_text()).unwrap());
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    write("changed-byte.chan", &changed);
    write("cut-in-header.chan", &whole[..30]);
    write("cut-in-body.chan", &whole[..whole.len() - 100]);
    write("extended.chan", &[&whole[..], b"more"].concat());
    write("zeros.chan", &[0; 64]);
    write("empty.chan", b"");
    write("newer.chan", &{
        let mut newer = whole.clone();
        newer[8] = 2;
        newer
    });
    write("as-text.chan", &String::from_utf8_lossy(&whole).replace("\r\n", "\n").into_bytes());
    write("severity-unknown.chan", &with_byte(&whole, 5, 0, 9));
    write("field-count.chan", &with_byte(&whole, 3, 4, 7));
    july::write_all(folder);
}

/// The file with another byte at a place of a section, and checksums that are right again.
fn with_byte(whole: &[u8], section: u8, place: usize, byte: u8) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let sections = usize::try_from(u32::from_le_bytes(bytes[32..36].try_into().unwrap())).unwrap();
    let table = HEADER..HEADER + sections * ENTRY;
    let mut begin = table.end;
    for entry in table.clone().step_by(ENTRY) {
        let length = u64::from_le_bytes(bytes[entry + 1..entry + 9].try_into().unwrap());
        let end = begin + usize::try_from(length).unwrap();
        if bytes[entry] == section {
            bytes[begin + place] = byte;
            let checksum = crc32c(&bytes[begin..end]);
            bytes[entry + 9..entry + 13].clone_from_slice(&checksum);
        }
        begin = end;
    }
    let checksum = crc32c(&bytes[table]);
    bytes[36..40].clone_from_slice(&checksum);
    let checksum = crc32c(&bytes[..40]);
    bytes[40..44].clone_from_slice(&checksum);
    bytes
}

fn crc32c(bytes: &[u8]) -> [u8; 4] {
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0x82f6_3b78 } else { 0 })
    });
    (!crc).to_le_bytes()
}

/// Every field kind, operator and value kind, in two versions of a type.
fn every_kind() -> Content {
    let narrow = |version| {
        let few = OperatorSet::of(&[Operator::Equals, Operator::Absent]);
        TemplateType::builder(7_000, version, "every_kind")
            .field("Text", FieldKind::Text)
            .field("Other", FieldKind::Text)
            .field("Bytes", FieldKind::Bytes)
            .field("Unsigned", FieldKind::Unsigned)
            .field("Signed", FieldKind::Signed)
            .field_with("Boolean", FieldKind::Boolean, few)
    };
    let first = narrow(1).build().unwrap();
    let second = narrow(2).field("Address", FieldKind::IpAddress).build().unwrap();
    let text = |operator, text: &str, case| Pattern::text(operator, text, case).unwrap();
    let network =
        |address: &str, prefix| Pattern::network(IpNetwork::new(address.parse().unwrap(), prefix).unwrap()).unwrap();
    let reference = FieldReference { field: 1, comparison: Comparison::EndsWith, case: Case::Ignored };
    let texts = [
        Pattern::absent(),
        Pattern::empty(),
        text(Operator::Equals, "whole", Case::Sensitive),
        text(Operator::StartsWith, "begin", Case::Ignored),
        text(Operator::EndsWith, r"\end.exe", Case::Ignored),
        text(Operator::Contains, "a text of more than sixteen bytes: ß日", Case::Ignored),
        text(Operator::Glob, "a*b?c", Case::Sensitive),
        text(Operator::Regex, "^a+$", Case::Sensitive),
        Pattern::address("192.0.2.1".parse().unwrap()),
        network("198.51.100.0", 24),
        Pattern::unsigned_range(4, 6).unwrap(),
        Pattern::field(reference),
    ];
    let other = [
        Criterion::new(2, Sense::AnyOf, [Pattern::bytes(Operator::Contains, vec![0, 1, 0xff]).unwrap()]).unwrap(),
        Criterion::new(3, Sense::AnyOf, [Pattern::unsigned(42)]).unwrap(),
        Criterion::new(4, Sense::NoneOf, [Pattern::signed(-42), Pattern::signed_range(-3, 3).unwrap()]).unwrap(),
        Criterion::new(5, Sense::AnyOf, [Pattern::boolean(true)]).unwrap(),
        Criterion::new(6, Sense::NoneOf, [Pattern::address("2001:db8::1".parse().unwrap()), network("2001:db8::", 32)])
            .unwrap(),
    ];
    let one = TemplateInstance::builder(&first)
        .severity(Severity::High)
        .disposition(Disposition::Prevent)
        .criterion(Criterion::new(0, Sense::AnyOf, texts).unwrap())
        .build()
        .unwrap();
    let two = TemplateInstance::builder(&second).criteria(other).build().unwrap();
    let values = [
        OwnedValue::Text(b"begin \xff".to_vec()),
        OwnedValue::Absent,
        OwnedValue::Bytes(vec![]),
        OwnedValue::Unsigned(42),
        OwnedValue::Signed(-1),
        OwnedValue::Boolean(true),
        OwnedValue::IpAddress("192.0.2.7".parse().unwrap()),
    ];
    let rule = Rule::builder("every-kind")
        .title("Every kind of field and pattern")
        .author("The tests")
        .reference("https://example.org/every-kind")
        .instance(one)
        .instance(two)
        .example(Example::new(&second, Expectation::Match, values).unwrap())
        .build()
        .unwrap();
    Content::builder(291, 3).template_type(first).template_type(second).rule(rule).build().unwrap()
}

/// Names that would move the cursor or turn text around, if a terminal got them.
fn hidden_text() -> Content {
    let hidden = "Image\u{202e}\u{9b}31m";
    let template_type = TemplateType::builder(1, 1, hidden).field(hidden, FieldKind::Text).build().unwrap();
    let pattern = Pattern::text(Operator::Contains, "\u{1b}[31m\u{202e}", Case::Sensitive).unwrap();
    let instance = TemplateInstance::builder(&template_type)
        .criterion(Criterion::new(0, Sense::AnyOf, [pattern]).unwrap())
        .build()
        .unwrap();
    let rule = Rule::builder("\u{2066}rule").title(hidden).instance(instance).build().unwrap();
    Content::builder(1, 1).template_type(template_type).rule(rule).build().unwrap()
}
