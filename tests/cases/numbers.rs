//! Numbers, truth values and addresses, as such and in text.

use channel_file::template::{FieldKind, Pattern, Value};

use super::{Row, on_text};

pub(crate) fn numbers() -> Vec<Row> {
    let unsigned = |pattern, met: &[u64], not_met: &[u64]| {
        let values = |numbers: &[u64]| numbers.iter().map(|number| Value::Unsigned(*number)).collect::<Vec<_>>();
        Row::new(FieldKind::Unsigned, pattern, &values(met), &values(not_met))
    };
    let signed = |pattern, met: &[i64], not_met: &[i64]| {
        let values = |numbers: &[i64]| numbers.iter().map(|number| Value::Signed(*number)).collect::<Vec<_>>();
        Row::new(FieldKind::Signed, pattern, &values(met), &values(not_met))
    };
    let boolean =
        |one| Row::new(FieldKind::Boolean, Pattern::boolean(one), &[Value::Boolean(one)], &[Value::Boolean(!one)]);
    vec![
        unsigned(Pattern::unsigned(0), &[0], &[1, u64::MAX]),
        unsigned(Pattern::unsigned(u64::MAX), &[u64::MAX], &[0, u64::MAX - 1, i64::MAX.unsigned_abs()]),
        unsigned(Pattern::unsigned_range(3, 5).unwrap(), &[3, 4, 5], &[0, 2, 6, u64::MAX]),
        unsigned(Pattern::unsigned_range(1, u64::MAX).unwrap(), &[1, u64::MAX], &[0]),
        signed(Pattern::signed(-1), &[-1], &[0, 1, i64::MIN, i64::MAX]),
        signed(Pattern::signed(0), &[0], &[-1, 1]),
        signed(Pattern::signed_range(-2, 1).unwrap(), &[-2, -1, 0, 1], &[-3, 2, i64::MIN, i64::MAX]),
        signed(Pattern::signed_range(i64::MIN, -1).unwrap(), &[i64::MIN, -1], &[0, i64::MAX]),
        boolean(true),
        boolean(false),
    ]
}

pub(crate) fn numbers_in_text() -> Vec<Row> {
    let no_numbers: [&[u8]; 17] = [
        b"",
        b"-",
        b"0x",
        b"0X",
        b"+5",
        b" 5",
        b"5 ",
        b"5.0",
        b"1_000",
        b"5\0",
        b"--5",
        b"-0x5",
        b"0x-5",
        b"x5",
        b"five",
        b"0x0x5",
        "\u{0665}".as_bytes(),
    ];
    let with = |more: &[&'static [u8]]| [&no_numbers[..], more].concat();
    vec![
        on_text(
            Pattern::unsigned(5),
            &[b"5", b"05", b"0000000000000000000000000000000000000000005", b"0x5", b"0X5", b"0x0005"],
            &with(&[b"-5", b"6", b"55", b"0x55", b"18446744073709551621", b"0x10000000000000005"]),
        ),
        on_text(
            Pattern::unsigned(0),
            &[b"0", b"-0", b"00", b"-000", b"0x0"],
            &with(&[b"-1", b"18446744073709551616", b"0x10000000000000000"]),
        ),
        on_text(Pattern::unsigned(0xABC), &[b"0xabc", b"0XABC", b"0xAbC", b"2748"], &with(&[b"abc", b"0xabcg"])),
        on_text(
            Pattern::unsigned(u64::MAX),
            &[b"18446744073709551615", b"0xffffffffffffffff", b"0xFFFFFFFFFFFFFFFF"],
            &with(&[b"-1", b"18446744073709551616", b"999999999999999999999999999999999999999999999999"]),
        ),
        on_text(
            Pattern::signed(-5),
            &[b"-5", b"-05", b"-00000000000000000000000000000000000005"],
            &with(&[b"5", b"0xfffffffffffffffb", b"18446744073709551611", b"-18446744073709551621"]),
        ),
        on_text(
            Pattern::signed(i64::MIN),
            &[b"-9223372036854775808"],
            &with(&[b"9223372036854775808", b"-9223372036854775809", b"0x8000000000000000"]),
        ),
        on_text(
            Pattern::unsigned_range(3, 16).unwrap(),
            &[b"3", b"16", b"0x10", b"0xA", b"007"],
            &with(&[b"2", b"17", b"0x11", b"-3", b"-4"]),
        ),
        on_text(
            Pattern::unsigned_range(0, u64::MAX).unwrap(),
            &[b"0", b"-0", b"5", b"0xffffffffffffffff"],
            &[b"", b"-1", b"18446744073709551616", b"x"],
        ),
        on_text(
            Pattern::signed_range(-5, 20).unwrap(),
            &[b"-5", b"-1", b"-0", b"0", b"16", b"0x10", b"0X10", b"016", b"20"],
            &[b"-6", b"21", b"0x15", b"", b"+1", b"-0x1", b"18446744073709551615"],
        ),
        on_text(
            Pattern::signed_range(i64::MIN, i64::MAX).unwrap(),
            &[b"-9223372036854775808", b"9223372036854775807", b"0x7fffffffffffffff"],
            &[b"9223372036854775808", b"-9223372036854775809", b"0xffffffffffffffff"],
        ),
    ]
}

pub(crate) fn addresses() -> Vec<Row> {
    let on_address = |pattern, met: &[&str], not_met: &[&str]| {
        let values = |texts: &[&str]| -> Vec<Value<'static>> {
            texts.iter().map(|text| Value::IpAddress(text.parse().unwrap())).collect()
        };
        Row::new(FieldKind::IpAddress, pattern, &values(met), &values(not_met))
    };
    vec![
        on_address(equals("192.0.2.1"), &["192.0.2.1"], &["192.0.2.0", "::ffff:192.0.2.1", "::192.0.2.1"]),
        on_address(equals("::ffff:192.0.2.1"), &["::ffff:c000:201"], &["192.0.2.1", "::192.0.2.1"]),
        on_address(equals("2001:db8::1"), &["2001:db8:0:0:0:0:0:1"], &["2001:db8::", "2001:db8::1:0"]),
        on_address(within("192.0.2.0/24"), &["192.0.2.0", "192.0.2.255"], &["192.0.1.255", "192.0.3.0"]),
        on_address(within("192.0.2.2/31"), &["192.0.2.2", "192.0.2.3"], &["192.0.2.1", "192.0.2.4"]),
        on_address(within("128.0.0.0/1"), &["128.0.0.0", "255.255.255.255"], &["127.255.255.255", "::8000:0"]),
        on_address(within("0.0.0.0/0"), &["0.0.0.0", "255.255.255.255"], &["::", "::ffff:192.0.2.1"]),
        on_address(within("::/0"), &["::", "ffff::", "::ffff:192.0.2.1"], &["0.0.0.0", "192.0.2.1"]),
        on_address(
            within("2001:db8::/33"),
            &["2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"],
            &["2001:db8:8000::", "2001:db7::"],
        ),
        on_address(within("::ffff:0:0/96"), &["::ffff:192.0.2.1"], &["192.0.2.1", "::fffe:192.0.2.1"]),
        on_address(within("fe80::/127"), &["fe80::", "fe80::1"], &["fe80::2", "fe81::"]),
        on_address(within("fe80::/64"), &["fe80::ffff:ffff:ffff:ffff"], &["fe80:0:0:1::"]),
    ]
}

pub(crate) fn addresses_in_text() -> Vec<Row> {
    vec![
        on_text(
            equals("192.0.2.1"),
            &[b"192.0.2.1"],
            &[
                b"",
                b"192.0.2.01",
                b"192.0.2.1 ",
                b" 192.0.2.1",
                b"192.0.2.1/32",
                b"192.0.2.1:80",
                b"192.0.2",
                b"192.0.2.1.",
                b"192.0.2.1.0",
                b"0xc0000201",
                b"3221225985",
                b"::ffff:192.0.2.1",
                b"192.0.2.1\xFF",
                b"0xc0.0.2.1",
            ],
        ),
        on_text(equals("0.0.0.0"), &[b"0.0.0.0"], &[b"00.0.0.0", b"0", b"::", b"256.0.0.0", b"-0.0.0.0"]),
        on_text(
            equals("2001:db8::abcd"),
            &[
                b"2001:db8::abcd",
                b"2001:DB8::ABCD",
                b"2001:0db8:0000:0000:0000:0000:0000:abcd",
                b"2001:db8:0:0::abcd",
                b"2001:db8:0:0:0:0:0.0.171.205",
                b"2001:db8::0.0.171.205",
            ],
            &[
                b"[2001:db8::abcd]",
                b"2001:db8::abcd%1",
                b"2001:db8::abcd/128",
                b"2001:db8::0abcd",
                b"2001:db8:::abcd",
                b"2001::db8::abcd",
                b"2001:db8:0:0:0:0:abcd",
                b"2001:db8:0:0:0:0:0:0:abcd",
                b"2001:db8:0:0:0:0:0::abcd",
                b"2001:db8:0:0:0:0:0:abcd:",
                b"2001:db8::0.0.171.0205",
            ],
        ),
        on_text(
            equals("::"),
            &[b"::", b"0:0:0:0:0:0:0:0", b"0::", b"::0", b"::0.0.0.0", b"0:0:0:0:0:0:0::"],
            &[b":", b":::", b"", b"0.0.0.0", b"0:0:0:0:0:0:0:0::", b"::0:0:0:0:0:0:0:0"],
        ),
        on_text(
            within("192.0.2.0/24"),
            &[b"192.0.2.0", b"192.0.2.255"],
            &[b"192.0.3.1", b"::ffff:192.0.2.1", b"192.0.2.0/24", b"192.0.2.", b"host", b""],
        ),
        on_text(within("0.0.0.0/0"), &[b"1.2.3.4"], &[b"::1", b"", b"1.2.3.4.5", b"1.2.3"]),
        on_text(
            within("2001:db8::/32"),
            &[b"2001:db8::1", b"2001:0DB8:ffff::", b"2001:db8::192.0.2.1"],
            &[b"2001:db9::1", b"192.0.2.1", b"2001:db8::/32", b"2001:db8"],
        ),
    ]
}

fn equals(text: &str) -> Pattern {
    Pattern::address(text.parse().unwrap())
}

fn within(text: &str) -> Pattern {
    Pattern::network(text.parse().unwrap()).unwrap()
}
