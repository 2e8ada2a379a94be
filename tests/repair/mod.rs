//! Makes lengths and checksums fit again after damage, so that what follows the frame is reached. Written apart from the
//! library: it shares no code with what it helps to test.
#![allow(dead_code, reason = "each test takes what it needs")]

/// Where the sections of a whole file lie: header and table come before.
pub(crate) fn sections(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let count = usize::try_from(u32::from_le_bytes(field(bytes, 32))).expect("it fits");
    let mut start = 44 + 13 * count;
    let lengths = (0..count).map(|entry| u64::from_le_bytes(field(bytes, 44 + 13 * entry + 1)));
    lengths
        .map(|length| {
            let section = start..start + usize::try_from(length).expect("it fits");
            start = section.end;
            section
        })
        .collect()
}

/// Repairs the checksums of a file whose header and table lengths are whole.
pub(crate) fn checksums(bytes: &mut [u8]) {
    for (entry, section) in sections(bytes).into_iter().enumerate() {
        let checksum = crc32c(&bytes[section]);
        bytes[44 + 13 * entry + 9..][..4].clone_from_slice(&checksum.to_le_bytes());
    }
    table(bytes);
}

/// Repairs the checksums of the table and of the header, whatever the table says.
pub(crate) fn table(bytes: &mut [u8]) {
    let table_end = sections(bytes).first().expect("a section").start;
    let checksum = crc32c(&bytes[44..table_end]);
    bytes[36..40].clone_from_slice(&checksum.to_le_bytes());
    header(bytes);
}

/// Repairs the checksum of the header, whatever it says.
pub(crate) fn header(bytes: &mut [u8]) {
    let checksum = crc32c(&bytes[..40]);
    bytes[40..44].clone_from_slice(&checksum.to_le_bytes());
}

/// Puts other bytes in the place of a section, and repairs the lengths; checksums are left to [`checksums`].
pub(crate) fn replace_section(bytes: &mut Vec<u8>, entry: usize, section: &[u8]) {
    let range = sections(bytes)[entry].clone();
    bytes.splice(range, section.iter().copied());
    let length = u64::try_from(section.len()).expect("it fits");
    bytes[44 + 13 * entry + 1..][..8].clone_from_slice(&length.to_le_bytes());
    let length = u64::try_from(bytes.len()).expect("it fits");
    bytes[24..32].clone_from_slice(&length.to_le_bytes());
}

fn field<const N: usize>(bytes: &[u8], offset: usize) -> [u8; N] {
    bytes[offset..][..N].try_into().expect("the length is given")
}

/// CRC32C bit by bit.
pub(crate) fn crc32c(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0x82F6_3B78 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}
