//! A case as bytes that mean it for good, whatever becomes of the generator: a mark, the length of the channel file, the channel
//! file, and the events.

use std::net::IpAddr;

use channel_file::template::{OwnedValue, SensorType};

use super::scenario::{File, RecordedEvent, Scenario};

/// No input that an engine makes by chance begins with it.
const MARK: &[u8; 8] = b"\xC7harness";

/// Codes of values in the record.
const ABSENT: u8 = 0;
const TEXT: u8 = 1;
const BYTES: u8 = 2;
const UNSIGNED: u8 = 3;
const SIGNED: u8 = 4;
const FALSE: u8 = 5;
const TRUE: u8 = 6;
const V4: u8 = 7;
const V6: u8 = 8;

/// The record of a case with this channel file.
pub(super) fn write(file: &[u8], events: &[RecordedEvent]) -> Vec<u8> {
    let mut record = MARK.to_vec();
    write_run(file, &mut record);
    for event in events {
        write_length(event.of, &mut record);
        event.values.iter().for_each(|value| write_value(value, &mut record));
    }
    record
}

/// The case of a record; `None` if the bytes are none, or none for these types.
pub(super) fn read(record: &[u8], types: &[SensorType<'_>]) -> Option<Scenario> {
    let mut rest = record.strip_prefix(MARK)?;
    let file = File::Given(read_run(&mut rest)?);
    let mut events = Vec::new();
    while !rest.is_empty() {
        let of = read_length(&mut rest)?;
        let fields = types.get(of)?.declared().fields;
        let value = |field: &channel_file::template::DeclaredField<'_>| {
            read_value(&mut rest).filter(|value| value.as_ref().fits(field.kind))
        };
        events.push(RecordedEvent { of, values: fields.iter().map(value).collect::<Option<_>>()? });
    }
    Some(Scenario { file, events })
}

fn write_value(value: &OwnedValue, record: &mut Vec<u8>) {
    let mut plain = |code: u8, bytes: &[u8]| {
        record.push(code);
        record.extend_from_slice(bytes);
    };
    match value {
        OwnedValue::Absent => plain(ABSENT, &[]),
        OwnedValue::Boolean(value) => plain(if *value { TRUE } else { FALSE }, &[]),
        OwnedValue::Unsigned(number) => plain(UNSIGNED, &number.to_le_bytes()),
        OwnedValue::Signed(number) => plain(SIGNED, &number.to_le_bytes()),
        OwnedValue::IpAddress(IpAddr::V4(address)) => plain(V4, &address.octets()),
        OwnedValue::IpAddress(IpAddr::V6(address)) => plain(V6, &address.octets()),
        OwnedValue::Text(bytes) => {
            record.push(TEXT);
            write_run(bytes, record);
        }
        OwnedValue::Bytes(bytes) => {
            record.push(BYTES);
            write_run(bytes, record);
        }
    }
}

fn read_value(rest: &mut &[u8]) -> Option<OwnedValue> {
    Some(match u8::from_le_bytes(read_array(rest)?) {
        ABSENT => OwnedValue::Absent,
        TEXT => OwnedValue::Text(read_run(rest)?),
        BYTES => OwnedValue::Bytes(read_run(rest)?),
        UNSIGNED => OwnedValue::Unsigned(u64::from_le_bytes(read_array(rest)?)),
        SIGNED => OwnedValue::Signed(i64::from_le_bytes(read_array(rest)?)),
        FALSE => OwnedValue::Boolean(false),
        TRUE => OwnedValue::Boolean(true),
        V4 => OwnedValue::IpAddress(IpAddr::from(read_array::<4>(rest)?)),
        V6 => OwnedValue::IpAddress(IpAddr::from(read_array::<16>(rest)?)),
        _ => return None,
    })
}

fn write_run(bytes: &[u8], record: &mut Vec<u8>) {
    write_length(bytes.len(), record);
    record.extend_from_slice(bytes);
}

fn read_run(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let length = read_length(rest)?;
    let (run, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(run.to_vec())
}

fn write_length(length: usize, record: &mut Vec<u8>) {
    record.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

fn read_length(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(read_array(rest)?)).ok()
}

fn read_array<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (array, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*array)
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use channel_file::template::{DeclaredField, DeclaredType, FieldKind};

    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let field = |name, kind: FieldKind| DeclaredField { name, kind, operators: kind.operators(), since: 1 };
        let fields = [
            field("t", FieldKind::Text),
            field("b", FieldKind::Bytes),
            field("u", FieldKind::Unsigned),
            field("s", FieldKind::Signed),
            field("f", FieldKind::Boolean),
            field("a", FieldKind::IpAddress),
        ];
        let types = [SensorType::supplying(DeclaredType { id: 3, version: 1, name: "n", fields: &fields }, 6)];
        let event = |address: &str, of_all| RecordedEvent {
            of: 0,
            values: vec![
                OwnedValue::Text(b"\xFFtext".to_vec()),
                OwnedValue::Bytes(vec![0, 1]),
                OwnedValue::Unsigned(u64::MAX),
                OwnedValue::Signed(i64::MIN),
                OwnedValue::Boolean(of_all),
                if of_all { OwnedValue::IpAddress(address.parse().expect("an address")) } else { OwnedValue::Absent },
            ],
        };
        let events = vec![event("192.0.2.1", true), event("::1", true), event("", false)];
        let record = write(b"a file", &events);
        assert_eq!(read(&record, &types), Some(Scenario { file: File::Given(b"a file".to_vec()), events }));

        assert_eq!(read(&record[1..], &types), None, "no mark");
        assert_eq!(read(&record[..record.len() - 1], &types), None, "cut off");
        assert_eq!(read(&record, &[]), None, "no such type");
        let other = DeclaredType { id: 3, version: 1, name: "n", fields: &fields[1..] };
        assert_eq!(read(&record, &[SensorType::supplying(other, 5)]), None, "values of other kinds");
    }
}
