//! Numbers for people.

use std::fmt::{self, Write as _};

/// A length as the 64-bit number that the format speaks of.
pub(crate) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// Displays a number in groups of three digits: `4,290`.
pub(crate) struct Grouped(pub(crate) u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        let mut text = String::new();
        for (after, digit) in (0..digits.len()).rev().zip(digits.chars()) {
            text.push(digit);
            if after > 0 && after.checked_rem(3) == Some(0) {
                text.push(',');
            }
        }
        f.pad_integral(true, "", &text)
    }
}

/// Displays a number with its noun, which is in the singular: `1 rule`, `4,290 instances`.
pub(crate) struct Counted(pub(crate) u64, pub(crate) &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0 == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", Grouped(self.0), self.1)
    }
}

/// Displays a number of bytes in the unit that people read best: `640 bytes`, `12.5 KiB`, `3.1 MiB`.
pub(crate) struct Size(pub(crate) u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
        let Some((unit, name)) = UNITS.into_iter().find(|(unit, _)| self.0 >= *unit) else {
            return Counted(self.0, "byte").fmt(f);
        };
        let tenths = u128::from(self.0).saturating_mul(10).checked_div(u128::from(unit)).unwrap_or_default();
        let whole = tenths.checked_div(10).unwrap_or_default();
        write!(f, "{whole}.{} {name}", tenths.checked_rem(10).unwrap_or_default())
    }
}

/// Displays bytes in hexadecimal, without gaps.
pub(crate) struct Hexadecimal<'b>(pub(crate) &'b [u8]);

impl fmt::Display for Hexadecimal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().flat_map(|byte| digits(*byte)).try_for_each(|digit| f.write_char(digit))
    }
}

/// The hexadecimal digits of a byte.
pub(crate) fn digits(byte: u8) -> [char; 2] {
    [byte.wrapping_shr(4), byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or_default())
}

/// The SHA-256 of a whole file: the identity of its content.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    Hexadecimal(&sha2::Sha256::digest(bytes)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (u64::MAX, "18,446,744,073,709,551,615")] {
            assert_eq!(Grouped(number).to_string(), text);
        }
        assert_eq!(format!("{:>7}", Grouped(1_234)), "  1,234");
        assert_eq!(Hexadecimal(&[0, 0x0f, 0xa9, 0xff]).to_string(), "000fa9ff");
        assert_eq!(Counted(1, "rule").to_string(), "1 rule");
        assert_eq!(Counted(0, "rule").to_string(), "0 rules");
        for (bytes, text) in
            [(1_023, "1,023 bytes"), (1_024, "1.0 KiB"), (3_300_000, "3.1 MiB"), (5 << 40, "5120.0 GiB")]
        {
            assert_eq!(Size(bytes).to_string(), text);
        }
    }
}
