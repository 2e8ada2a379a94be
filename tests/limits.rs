//! Every limit at the limit and one below what the content needs, reader and writer alike.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;
mod limit_cases;

use channel_file::template::{
    Content, DeclaredField, DeclaredType, Example, Expectation, FieldKind, Operator, OwnedValue, Pattern, RuleBuilder,
    SensorType, SensorTypes, TemplateType,
};
use channel_file::{ChannelFile, ErrorCode, ErrorKind, Limits, decode_with, encode, encode_into, encode_with};
use few_words::{any_of, content, equals, instance, rule, template_type};
use limit_cases::{Case, cases};

#[test]
fn reader_and_writer_keep_each_limit() {
    for Case { name, code, content, needs, offset, within } in cases() {
        let bytes = encode(&content).expect("the default limits take it");
        let at_limit = within(needs);
        assert_eq!(encode_with(&content, &at_limit).as_ref(), Ok(&bytes), "{name}");
        assert_eq!(decode_with(&bytes, &at_limit).as_ref(), Ok(&content), "{name}");
        assert!(ChannelFile::open_with(&bytes, &at_limit).is_ok(), "{name}");

        let below = within(needs - 1);
        let written = encode_with(&content, &below).expect_err(name);
        assert_eq!((written.code(), written.offset()), (code, None), "{name}");
        assert_eq!((written.expected(), written.found()), (Some(needs - 1), Some(needs)), "{name}");
        let mut buffer = Vec::new();
        assert_eq!(encode_into(&content, &below, &mut buffer), Err(written), "{name}");
        assert!(buffer.is_empty(), "{name}");

        let read = ChannelFile::open_with(&bytes, &below).expect_err(name);
        assert_eq!((read.code(), read.kind()), (code, ErrorKind::Limit), "{name}");
        assert_eq!((read.expected(), read.found()), (Some(needs - 1), Some(needs)), "{name}");
        assert_eq!(read.offset(), Some(offset(&bytes)), "{name}");
        assert_eq!(decode_with(&bytes, &below), Err(read), "{name}");
        let explanation = ChannelFile::explain(read, &bytes).to_string();
        assert!(explanation.ends_with("; a caller may set other limits"), "{explanation}");
    }
}

/// The default limits, but for one.
type Within = fn(u64) -> Limits;

/// A limit on the length of texts is for each of the places where such a text can stand.
#[test]
fn lengths_are_limited_wherever_they_are() {
    const LONG: &str = "nine byte";
    let of = |name: &str, field: &str| {
        TemplateType::builder(1, 1, name)
            .field(field, FieldKind::Text)
            .field("b", FieldKind::Bytes)
            .build()
            .expect("one")
    };
    let short = of("t", "f");
    let bytes = |text: &str| Pattern::bytes(Operator::Contains, text.as_bytes()).expect("a byte string");
    let small = |of: &TemplateType| instance(of, [any_of(0, [equals("p")]), any_of(1, [bytes("p")])]);
    let ruled = |rule: RuleBuilder| content([short.clone()], [rule]);
    let asks = |criterion| ruled(rule("r", [instance(&short, [criterion])]));
    let example = |values: [OwnedValue; 2]| {
        let example = Example::new(&short, Expectation::Match, values).expect("two values");
        ruled(rule("r", [small(&short)]).example(example))
    };
    let value = || LONG.as_bytes().to_vec();
    let typed = |of: TemplateType| content([of.clone()], [rule("r", [small(&of)])]);
    let names = |limit| Limits { name_bytes: limit, ..Limits::DEFAULT };
    let patterns = |limit| Limits { pattern_bytes: limit, ..Limits::DEFAULT };
    let examples = |limit| Limits { example_bytes: limit, ..Limits::DEFAULT };
    let cases: Vec<(&str, Content, Within)> = vec![
        ("type", typed(of(LONG, "f")), names),
        ("field", typed(of("t", LONG)), names),
        ("rule", ruled(rule(LONG, [small(&short)])), names),
        ("title", ruled(rule("r", [small(&short)]).title(LONG)), names),
        ("author", ruled(rule("r", [small(&short)]).author(LONG)), names),
        ("reference", ruled(rule("r", [small(&short)]).reference(LONG)), names),
        ("text", asks(any_of(0, [equals(LONG)])), patterns),
        ("byte string", asks(any_of(1, [bytes(LONG)])), patterns),
        ("value of text", example([OwnedValue::Text(value()), OwnedValue::Absent]), examples),
        ("value of bytes", example([OwnedValue::Absent, OwnedValue::Bytes(value())]), examples),
    ];
    for (name, content, within) in cases {
        let bytes = encode_with(&content, &within(9)).expect(name);
        assert!(ChannelFile::open_with(&bytes, &within(9)).is_ok(), "{name}");
        let (written, read) = (encode_with(&content, &within(8)), ChannelFile::open_with(&bytes, &within(8)));
        let (written, read) = (written.expect_err(name), read.expect_err(name));
        assert_eq!((written.kind(), written.found()), (ErrorKind::Limit, Some(9)), "{name}");
        assert_eq!((read.code(), read.found()), (written.code(), Some(9)), "{name}");
    }
}

#[test]
fn presets() {
    assert_eq!(Limits::default(), Limits::DEFAULT);
    for (name, limit) in limit_cases::all() {
        assert_eq!(limit(&Limits::FORMAT), u64::MAX, "{name}");
        assert!(limit(&Limits::EMBEDDED) < limit(&Limits::DEFAULT), "{name}");
        assert!(limit(&Limits::EMBEDDED) > 0, "{name}");
    }
}

/// The format counts fields in 16 bits. With as many as that, model, writer, reader and binding still work.
#[test]
fn the_format_bounds_fields_itself() {
    let build = |count: u32| {
        let builder = TemplateType::builder(1, 1, "wide");
        (0..count).fold(builder, |builder, field| builder.field(field.to_string(), FieldKind::Boolean)).build()
    };
    let error = build(65_536).expect_err("65,536 fields");
    assert_eq!((error.code().as_str(), error.expected(), error.found()), ("CF0703", Some(65_535), Some(65_536)));
    let widest = build(65_535).expect("65,535 fields");
    assert_eq!(widest.field_count(), u16::MAX);
    assert!(widest.field("none of this name").is_none());

    let values = vec![OwnedValue::Absent; 65_535];
    let example = Example::new(&widest, Expectation::Match, values).expect("65,535 values");
    let instance = few_words::instance(&widest, [few_words::any_of(65_534, [Pattern::absent()])]);
    let content = few_words::content([widest], [few_words::rule("r", [instance]).example(example)]);
    let bytes = encode_with(&content, &Limits::FORMAT).expect("the format takes it");
    assert_eq!(decode_with(&bytes, &Limits::FORMAT).as_ref(), Ok(&content));
    let refused = encode(&content).expect_err("the default limits do not");
    assert_eq!(refused.code(), ErrorCode::LimitFields);

    let declare = |field: u32| DeclaredField {
        name: field.to_string().leak(),
        kind: FieldKind::Boolean,
        operators: FieldKind::Boolean.operators(),
        since: 1,
    };
    let fields: Vec<_> = (0..65_535).map(declare).collect();
    let declared = DeclaredType { id: 1, version: 1, name: "wide", fields: fields.leak() };
    let file = ChannelFile::open_with(&bytes, &Limits::FORMAT).expect("the format takes it");
    assert_eq!(file.bind(&SensorTypes::new(&[SensorType::supplying(declared, 65_535)])), Ok(()));
}

/// Not a limit of `Limits`: whatever those are, a file has no more patterns than bytes.
#[test]
fn patterns_without_a_value_are_no_more_than_the_file_has_bytes() {
    let wide = template_type(1, &[FieldKind::Text; 26]);
    let absent = instance(&wide, (0..26).map(|field| any_of(field, [Pattern::absent()])));
    let file = |instances: usize| {
        let content = content([wide.clone()], [rule("r", vec![absent.clone(); instances])]);
        encode_with(&content, &Limits::FORMAT)
    };
    let most = (1..).take_while(|instances| file(*instances).is_ok()).last().expect("one instance is no problem");
    let bytes = file(most).expect("it was accepted");
    assert!(bytes.len() >= 26 * most && bytes.len() + 6 < 26 * (most + 1), "{most} instances, {} bytes", bytes.len());
    assert!(ChannelFile::open(&bytes).is_ok(), "what the writer accepts the reader accepts");
    let error = file(most + 1).expect_err("it was refused");
    assert_eq!((error.code().as_str(), error.offset()), ("CF0714", None));

    // A title that makes the file longer, a byte at a time: with as many bytes as patterns it is accepted.
    let lacking = error.found().expect("patterns") - error.expected().expect("bytes");
    let titled = |title: u64| {
        let title = "x".repeat(usize::try_from(title).expect("it fits"));
        let rule = rule("r", vec![absent.clone(); most + 1]).title(title);
        encode_with(&content([wide.clone()], [rule]), &Limits::FORMAT)
    };
    let exact = titled(lacking).expect("as many bytes as patterns");
    assert_eq!(exact.len(), 26 * (most + 1));
    assert!(ChannelFile::open(&exact).is_ok());
    let error = titled(lacking - 1).expect_err("a byte less");
    assert_eq!((error.code().as_str(), error.expected()), ("CF0714", Some(error.found().expect("patterns") - 1)));
}
