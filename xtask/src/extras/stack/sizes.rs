//! The section in which the compiler writes how much stack each function takes: an address of 64 bits and a number in LEB128, again
//! and again.

use std::collections::BTreeMap;
use std::path::Path;

use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// The bytes of stack of each function, by its address.
pub(super) fn read(project: &Project, program: &Path) -> Result<BTreeMap<u64, u64>, Failure> {
    let dump = Command::new("objdump", project.root()).args(["--full-contents", "--section=.stack_sizes"]);
    Ok(entries(&bytes(&dump.arg(program).read()?)))
}

/// The bytes of a dump in hexadecimal: ` 0010 48656c6c 6f000000 00000000 00000000  Hello...........`.
fn bytes(dump: &str) -> Vec<u8> {
    let rows = dump.lines().filter_map(|line| line.strip_prefix(' ')?.split_once(' '));
    // Two spaces before the text; four words at the most.
    let digits = rows.flat_map(|(_, row)| row.split("  ").next().unwrap_or_default().split(' '));
    let pairs = digits.flat_map(|word| word.as_bytes().as_chunks::<2>().0);
    pairs.filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

fn entries(mut bytes: &[u8]) -> BTreeMap<u64, u64> {
    let mut sizes = BTreeMap::new();
    while let Some((address, rest)) = bytes.split_first_chunk::<8>() {
        let end = rest.iter().position(|byte| *byte < 0x80).map_or(rest.len(), |last| last.saturating_add(1));
        let (number, rest) = rest.split_at_checked(end).unwrap_or_default();
        let number = number.iter().rev().fold(0_u64, |number, byte| number.wrapping_shl(7) | u64::from(byte & 0x7F));
        sizes.insert(u64::from_le_bytes(*address), number);
        bytes = rest;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_is_read() {
        let dump = "\nlib.so:     file format elf64-x86-64\n\nContents of section .stack_sizes:\n \
                    0000 10200000 00000000 b8013020 00000000  . ........0 ....\n 0010 000008                               ...\n";
        assert_eq!(entries(&bytes(dump)), BTreeMap::from([(0x2010, 184), (0x2030, 8)]));
    }
}
