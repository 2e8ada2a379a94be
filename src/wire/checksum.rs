//! CRC32C (Castagnoli): polynomial 0x1EDC6F41 reflected, initial value and final XOR 0xFFFFFFFF (RFC 3720, appendix B.4).

/// The CRC32C of the bytes, in hardware where the feature `std` is on and the processor has it.
#[cfg(feature = "std")]
pub(crate) fn crc32c(bytes: &[u8]) -> u32 {
    crc_fast::crc32_iscsi(bytes)
}

/// The CRC32C of the bytes.
#[cfg(not(feature = "std"))]
pub(crate) fn crc32c(bytes: &[u8]) -> u32 {
    portable(bytes)
}

/// Sixteen bytes a step, one table look-up each (Kounavis and Berry, "A systematic approach to building high performance
/// software-based CRC generators", 2005).
#[cfg_attr(feature = "std", allow(dead_code, reason = "tests hold the two implementations against each other"))]
fn portable(bytes: &[u8]) -> u32 {
    let (blocks, tail) = bytes.as_chunks::<16>();
    let mut crc = u32::MAX;
    for block in blocks {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *block;
        let [a, b, c, d] = (u32::from_le_bytes([a, b, c, d]) ^ crc).to_le_bytes();
        let [t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15] = &TABLES;
        crc = entry(t15, a)
            ^ entry(t14, b)
            ^ entry(t13, c)
            ^ entry(t12, d)
            ^ entry(t11, e)
            ^ entry(t10, f)
            ^ entry(t9, g)
            ^ entry(t8, h)
            ^ entry(t7, i)
            ^ entry(t6, j)
            ^ entry(t5, k)
            ^ entry(t4, l)
            ^ entry(t3, m)
            ^ entry(t2, n)
            ^ entry(t1, o)
            ^ entry(t0, p);
    }
    let [first, ..] = &TABLES;
    for byte in tail {
        let [low, ..] = crc.to_le_bytes();
        crc = entry(first, low ^ byte) ^ crc.wrapping_shr(8);
    }
    !crc
}

#[inline(always)]
fn entry(table: &[u32; 256], byte: u8) -> u32 {
    table.get(usize::from(byte)).copied().unwrap_or(0)
}

static TABLES: [[u32; 256]; 16] = tables();

#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "runs in the compiler only, which would refuse to go on"
)]
const fn tables() -> [[u32; 256]; 16] {
    let mut tables = [[0; 256]; 16];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0x82F6_3B78 } else { crc >> 1 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut table = 1;
    while table < 16 {
        let mut byte = 0;
        while byte < 256 {
            let before: u32 = tables[table - 1][byte];
            tables[table][byte] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
            byte += 1;
        }
        table += 1;
    }
    tables
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::*;

    #[test]
    fn the_check_values_of_rfc_3720() {
        for (bytes, checksum) in
            [(&[0; 32][..], 0x8A91_36AA), (&[0xFF; 32], 0x62A8_AB43), (b"123456789", 0xE306_9283), (b"", 0)]
        {
            assert_eq!(crc32c(bytes), checksum);
            assert_eq!(portable(bytes), checksum);
        }
    }

    #[test]
    fn both_implementations_agree_on_every_length() {
        let bytes: Vec<u8> = (0_u32..1100).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
        for length in 0..bytes.len() {
            assert_eq!(crc32c(&bytes[..length]), portable(&bytes[..length]), "{length}");
        }
    }
}
