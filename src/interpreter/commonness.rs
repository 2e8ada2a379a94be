//! Which bytes are often found.

/// How often a byte is found in names and command lines, roughly; the rarest of a text is looked for first.
pub(super) const fn commonness(byte: u8) -> u8 {
    match byte.to_ascii_lowercase() {
        b'e' | b's' | b'i' | b't' | b'o' | b'r' | b'n' | b'\\' | b' ' | b'.' => 9,
        b'a' | b'l' | b'c' | b'd' | b'm' | b'p' | b'u' | b'w' | b'-' => 7,
        b'x' | b'y' | b'h' | b'f' | b'g' | b'0' | b'1' | b'2' | b'3' => 5,
        b'b' | b'v' | b'k' | b':' | b'/' | b'"' | b'4'..=b'9' => 4,
        b'!'..=b'~' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What names and command lines are made of, from the rarest byte on; bytes of the same line may be equally common.
    const LINES: [&[u8]; 6] = [b"\0\xC3\xFF\t", b"qjz!~#", b"bvkBVK:/49", b"xyhfgX03", b"alcdmpuwA-", b"esitornE\\ ."];

    #[test]
    fn what_is_found_in_every_name_is_more_common_than_what_is_not() {
        for (rare, common) in LINES.iter().zip(LINES.iter().skip(1)) {
            for (one, other) in rare.iter().flat_map(|one| common.iter().map(move |other| (*one, *other))) {
                assert!(commonness(one) < commonness(other), "{:?} {:?}", char::from(one), char::from(other));
            }
        }
    }
}
