//! Values of patterns.

use std::net::IpAddr;

use channel_file::template::{Case, Comparison, FieldKind, FieldReference, IpNetwork, Operator, Pattern};
use channel_file::{ErrorCode, SectionKind};

use super::Defects;
use super::bases::{FIRST_TEXT, single, single_text};
use crate::sketch::text;
use crate::{NoSuchPlace, Place, Result};

const fn words(row: usize) -> Place {
    Place::new(SectionKind::Words, row, 0)
}

pub(super) fn add(defects: &mut Defects) -> Result<()> {
    order(defects)?;
    globs(defects)?;
    addresses(defects)?;
    numbers(defects)?;
    references(defects)
}

fn order(defects: &mut Defects) -> Result<()> {
    let code = ErrorCode::PatternOrder;
    let base = single(FieldKind::Text, [text(Operator::Equals, "x")?, text(Operator::Equals, "y")?])?;
    let (second, end) = (base.text(FIRST_TEXT.saturating_add(1))?, FIRST_TEXT.saturating_add(1));
    let end = Place::new(SectionKind::TextEnds, end, 0);
    defects.put_elsewhere(("pattern-repeated", "one text twice", code), &base, second, b"x", end)?;
    defects.put_elsewhere(("patterns-descend", "the later text first", code), &base, second, b"a", end)?;
    let base = single(FieldKind::Text, [text(Operator::Equals, "z")?, text(Operator::Equals, "aa")?])?;
    let (first, middle) = (Place::new(SectionKind::TextEnds, FIRST_TEXT, 0), base.number_of_text_start(FIRST_TEXT)?);
    let longer = middle.saturating_add(2).to_le_bytes();
    let defect = ("longer-pattern-first", "texts are in order of length first", code);
    defects.put_elsewhere(defect, &base, first, &longer, end)?;
    let bytes = |byte| Pattern::bytes(Operator::Equals, [byte]);
    let base = single(FieldKind::Bytes, [bytes(7)?, bytes(9)?])?;
    let end = Place::new(SectionKind::ByteEnds, 1, 0);
    let second = base.byte_string(1)?;
    defects.put_elsewhere(("byte-pattern-repeated", "one byte string twice", code), &base, second, &[7], end)?;
    defects.put_elsewhere(("byte-patterns-descend", "the later byte first", code), &base, second, &[6], end)?;
    let base = single(FieldKind::Unsigned, [Pattern::unsigned(7), Pattern::unsigned(9)])?;
    defects.put(("number-repeated", "one number twice", code), &base, words(1), &[7])?;
    defects.put(("numbers-descend", "the higher number first", code), &base, words(1), &[6])?;
    let base = single(FieldKind::Signed, [Pattern::signed(7), Pattern::signed(-7)])?;
    let defect = ("negative-number-first", "words are in order as numbers without sign", code);
    defects.edit(defect, &base, |frame| {
        frame.put(words(0), &(-7_i64).to_le_bytes())?;
        frame.put(words(1), &7_i64.to_le_bytes())?;
        Ok(words(1))
    })?;
    let base = single(FieldKind::Unsigned, [Pattern::unsigned_range(1, 5)?, Pattern::unsigned_range(1, 6)?])?;
    defects.put_elsewhere(("range-repeated", "one range twice", code), &base, words(3), &[5], words(2))
}

fn globs(defects: &mut Defects) -> Result<()> {
    let base = single_text(Operator::Glob, "a*bc")?;
    let start = base.text(FIRST_TEXT)?;
    for (name, shows, glob) in [
        ("glob-says-equals", "a glob without a wildcard", b"abcd"),
        ("glob-says-starts-with", "one `*`, at the end", b"abc*"),
        ("glob-says-ends-with", "one `*`, at the start", b"*abc"),
        ("glob-says-contains", "a `*` at either end", b"*ab*"),
        ("glob-says-equals-a-star", "the only wildcard is escaped", br"ab\*"),
    ] {
        defects.put((name, shows, ErrorCode::GlobSimpler), &base, start, glob)?;
    }
    let single_character = single_text(Operator::Glob, "?")?;
    let defect = ("glob-says-present", "only a `*`: none-of `absent` says it", ErrorCode::GlobSimpler);
    defects.put(defect, &single_character, single_character.text(FIRST_TEXT)?, b"*")?;
    for (name, shows, glob, position) in [
        ("glob-two-stars", "a `*` after a `*`", b"a**b", 2),
        ("glob-star-before-question-mark", "a `?` after a `*`", b"a*?b", 2),
        ("glob-escapes-a-letter", "a backslash before a letter", br"*\bc", 2),
        ("glob-ends-in-a-backslash", "a backslash before nothing", br"a*b\", 4),
    ] {
        let refused = start.further(position);
        defects.put_elsewhere((name, shows, ErrorCode::GlobForm), &base, start, glob, refused)?;
    }
    Ok(())
}

fn addresses(defects: &mut Defects) -> Result<()> {
    let base = single(FieldKind::Boolean, [Pattern::boolean(true)])?;
    let code = ErrorCode::BooleanValue;
    defects.put(("truth-value-2", "neither true nor false", code), &base, words(0), &[2])?;
    let defect = ("truth-value-of-2-to-the-63", "true, and a bit far off", code);
    defects.put_elsewhere(defect, &base, words(0).further(7), &[0x80], words(0))?;
    let v4 = IpAddr::from([192, 0, 2, 0]);
    let v6: IpAddr = IpAddr::from([0x2001, 0xDB8, 0, 0, 0, 0, 0, 0]);
    let code = ErrorCode::AddressValue;
    let base = single(FieldKind::IpAddress, [Pattern::address(v4)])?;
    let defect = ("ipv4-of-33-bits", "more bits than an IPv4 address has", code);
    defects.put_elsewhere(defect, &base, words(0).further(4), &[1], words(0))?;
    let network = |address, prefix| -> Result<Pattern> {
        let missing = || NoSuchPlace(format!("prefix of {prefix} bits"));
        Ok(Pattern::network(IpNetwork::containing(address, prefix).ok_or_else(missing)?)?)
    };
    let base = single(FieldKind::IpAddress, [network(v4, 24)?])?;
    let defect = ("network-address-of-33-bits", "more bits than an IPv4 address has", code);
    defects.put_elsewhere(defect, &base, words(0).further(4), &[1], words(0))?;
    let code = ErrorCode::NetworkPrefix;
    for (name, shows, prefix) in [
        ("network-of-one-address", "a prefix of 32: `equals` says it", 32_u64),
        ("network-prefix-33", "a prefix longer than the address", 33),
        ("network-prefix-256", "a prefix of 0, but for a higher byte", 256),
        ("network-prefix-of-2-to-the-64", "a prefix with every bit set", u64::MAX),
    ] {
        defects.put_elsewhere((name, shows, code), &base, words(1), &prefix.to_le_bytes(), words(0))?;
    }
    let defect = ("network-host-bits", "bits after the prefix", ErrorCode::NetworkHostBits);
    defects.put(defect, &base, words(0), &[1])?;
    let base = single(FieldKind::Text, [network(v6, 32)?])?;
    let defect = ("ipv6-network-of-one-address", "a prefix of 128: `equals` says it", code);
    defects.put_elsewhere(defect, &base, words(2), &[128], words(0))?;
    let defect = ("ipv6-network-host-bits", "bits after the prefix", ErrorCode::NetworkHostBits);
    defects.put_elsewhere(defect, &base, words(1), &[1], words(0))
}

fn numbers(defects: &mut Defects) -> Result<()> {
    let code = ErrorCode::RangeOrder;
    let base = single(FieldKind::Unsigned, [Pattern::unsigned_range(5, 9)?])?;
    let put_high = |high: u64| high.to_le_bytes();
    let defect = ("range-of-one-number", "from 5 to 5: `equals` says it", code);
    defects.put_elsewhere(defect, &base, words(1), &put_high(5), words(0))?;
    let defect = ("range-of-no-number", "from 5 to 4", code);
    defects.put_elsewhere(defect, &base, words(1), &put_high(4), words(0))?;
    let code_whole = ErrorCode::RangeWhole;
    defects.edit(("range-of-every-number", "none-of `absent` says it", code_whole), &base, |frame| {
        frame.put(words(0), &put_high(0))?;
        frame.put(words(1), &put_high(u64::MAX))?;
        Ok(words(0))
    })?;
    let base = single(FieldKind::Signed, [Pattern::signed_range(-5, 9)?])?;
    let defect = ("signed-range-descends", "from -5 to -6", code);
    defects.put_elsewhere(defect, &base, words(1), &(-6_i64).to_le_bytes(), words(0))?;
    defects.edit(("signed-range-of-every-number", "none-of `absent` says it", code_whole), &base, |frame| {
        frame.put(words(0), &i64::MIN.to_le_bytes())?;
        frame.put(words(1), &i64::MAX.to_le_bytes())?;
        Ok(words(0))
    })?;
    let code = ErrorCode::SignedOnText;
    let base = single(FieldKind::Text, [Pattern::signed(-5)])?;
    let defect = ("signed-5-on-text", "on text 5 is said without sign", code);
    defects.put(defect, &base, words(0), &5_i64.to_le_bytes())?;
    let base = single(FieldKind::Text, [Pattern::signed_range(-5, 9)?])?;
    let defect = ("signed-range-from-0-on-text", "on text 0 to 9 is said without sign", code);
    defects.put(defect, &base, words(0), &0_i64.to_le_bytes())
}

/// Fields 0 and 1 are of the kind, field 2 of another.
fn references(defects: &mut Defects) -> Result<()> {
    let reference = FieldReference { field: 1, comparison: Comparison::Equals, case: Case::Sensitive };
    let base = single(FieldKind::Text, [Pattern::field(reference)])?;
    let code = ErrorCode::FieldReferenceTarget;
    defects.put(("field-compared-with-itself", "field 0 with field 0", code), &base, words(0), &[0])?;
    defects.put(("field-compared-with-none", "a field after the last", code), &base, words(0), &[3])?;
    defects.put(("field-compared-with-another-kind", "text with a truth value", code), &base, words(0), &[2])?;
    let code = ErrorCode::FieldReferenceForm;
    defects.put(("comparison-4", "the first comparison that there is not", code), &base, words(0), &[1, 0, 4])?;
    defects.put(("comparison-case-2", "case either counts or does not", code), &base, words(0), &[1, 0, 0, 2])?;
    let defect = ("comparison-bits-left-over", "a bit that says nothing", code);
    defects.put(defect, &base, words(0), &[1, 0, 0, 0, 1])?;
    let bytes = single(FieldKind::Bytes, [Pattern::field(reference)])?;
    let defect = ("bytes-compared-ignoring-case", "bytes have no case", code);
    defects.put(defect, &bytes, words(0), &[1, 0, 0, 1])?;
    let numbers = single(FieldKind::Unsigned, [Pattern::field(reference)])?;
    let defect = ("numbers-compared-by-start", "numbers are compared by `equals` alone", code);
    defects.put(defect, &numbers, words(0), &[1, 0, Comparison::StartsWith.code()])
}
