//! Who calls whom, as the disassembly shows it.
//!
//! A function whose address another one takes counts as called by it: that is how the compiler keeps the address of one that is called
//! often in a register. What else a register says is an indirect call, unless its function takes addresses of that sort.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// The functions of a program, by their addresses.
pub(super) struct Calls {
    pub(super) functions: BTreeMap<u64, Function>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) callees: BTreeSet<u64>,
    /// What it calls that cannot be followed, and why.
    pub(super) unknown: BTreeMap<String, &'static str>,
}

/// Where an instruction goes.
#[derive(Debug, PartialEq, Eq)]
enum Target<'t> {
    /// To code, or through the slot of a table.
    Address(u64),
    /// To what a register or a table of functions says.
    Unknown(&'t str),
}

impl Calls {
    pub(super) fn read(project: &Project, program: &Path) -> Result<Self, Failure> {
        let objdump = |arguments: &[&str]| Command::new("objdump", project.root()).args(arguments).arg(program).read();
        let listing = objdump(&["--disassemble", "--demangle", "--no-show-raw-insn", "--wide"])?;
        let relocations = objdump(&["--dynamic-reloc"])?;
        Ok(Self::of(&listing, &relocations))
    }

    fn of(listing: &str, relocations: &str) -> Self {
        let (local, foreign) = slots(relocations);
        let mut functions: BTreeMap<u64, Function> = BTreeMap::new();
        for (at, name) in listing.lines().filter_map(header) {
            functions.insert(at, Function { name: name.to_owned(), ..Function::default() });
        }
        let mut through_register: BTreeMap<u64, String> = BTreeMap::new();
        let starts: BTreeSet<u64> = functions.keys().copied().collect();
        let mut current = 0;
        for line in listing.lines() {
            if let Some((at, _)) = header(line) {
                current = at;
                continue;
            }
            let Some(target) = target_of(line) else { continue };
            let Some(function) = functions.get_mut(&current) else { continue };
            match target {
                Target::Address(at) => {
                    let callee = local.get(&at).copied().unwrap_or(at);
                    if starts.contains(&callee) && callee != current {
                        function.callees.insert(callee);
                    } else if starts.contains(&callee) && line.contains("call ") {
                        function.unknown.insert(function.name.clone(), "recursion");
                    } else if let Some(name) = foreign.get(&at) {
                        function.unknown.insert(name.clone(), "other library");
                    }
                }
                Target::Unknown(how) => {
                    through_register.insert(current, format!("{how} in {}", function.name));
                }
            }
        }
        for (at, how) in through_register {
            let Some(function) = functions.get_mut(&at) else { continue };
            let is_of_table = how.starts_with("*0x") || how.starts_with("*(");
            if is_of_table || (function.callees.is_empty() && function.unknown.is_empty()) {
                function.unknown.insert(how, "indirect call");
            }
        }
        Self { functions }
    }
}

/// Where a function begins: `0000000000001f40 <core::panicking::panic>:`.
fn header(line: &str) -> Option<(u64, &str)> {
    let (address, name) = line.strip_suffix(">:")?.split_once(" <")?;
    Some((hexadecimal(address)?, name))
}

/// Where a call or a jump goes, or what address is taken: `call 1f40 <…>`, `jmp 1f40 <…>`, `call *0xc562(%rip) # 190c0 <…>`,
/// `mov 0xc562(%rip),%rax # 190c0 <…>`, `call *%rax`.
///
/// A jump to where a register says stays within the function: it is the table of a `match`.
fn target_of(line: &str) -> Option<Target<'_>> {
    let (_, instruction) = line.split_once(':')?;
    let (name, operand) = instruction.trim().split_once(' ')?;
    let operand = operand.trim();
    if let Some((_, slot)) = operand.split_once("# ") {
        return hexadecimal(slot.split(' ').next()?).map(Target::Address);
    }
    let is_call = name == "call" || name == "callq";
    if !is_call && !name.starts_with('j') {
        return None;
    }
    if operand.starts_with('*') {
        return is_call.then_some(Target::Unknown(operand));
    }
    hexadecimal(operand.split(' ').next()?).map(Target::Address)
}

/// The slots of the tables through which functions are called: those of functions in this program, and the names of others.
fn slots(relocations: &str) -> (BTreeMap<u64, u64>, BTreeMap<u64, String>) {
    let (mut local, mut foreign) = (BTreeMap::new(), BTreeMap::new());
    for line in relocations.lines() {
        let mut words = line.split_whitespace();
        let (Some(slot), Some(_), Some(value)) = (words.next().and_then(hexadecimal), words.next(), words.next())
        else {
            continue;
        };
        match value.strip_prefix("*ABS*+0x").and_then(hexadecimal) {
            Some(target) => {
                local.insert(slot, target);
            }
            None => {
                foreign.insert(slot, value.split('@').next().unwrap_or(value).to_owned());
            }
        }
    }
    (local, foreign)
}

fn hexadecimal(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: &str = "
0000000000001000 <root_a>:
    1000:\tsub    $0x18,%rsp
    1004:\tcall   2000 <of::b>
    1009:\tcall   *0x2fe2(%rip)        # 4000 <_GLOBAL_OFFSET_TABLE_+0x10>
    100f:\tcall   *0x2fe2(%rip)        # 4008 <_GLOBAL_OFFSET_TABLE_+0x18>
    1015:\tjmp    1004 <root_a+0x4>

0000000000002000 <of::b>:
    2000:\tjmp    *%rax
    2002:\tcall   *0x18(%rdi)
    2005:\tcall   2000 <of::b>

0000000000003000 <root_c>:
    3000:\tmov    0xff9(%rip),%rbx        # 4000 <_GLOBAL_OFFSET_TABLE_+0x10>
    3007:\tcall   *%rbx

0000000000003100 <root_d>:
    3100:\tcall   *%rbx
";
    const RELOCATIONS: &str = "
OFFSET           TYPE              VALUE
0000000000004000 R_X86_64_RELATIVE  *ABS*+0x0000000000002000
0000000000004008 R_X86_64_GLOB_DAT  memcpy@GLIBC_2.14
";

    #[test]
    fn calls_are_read() {
        let calls = Calls::of(LISTING, RELOCATIONS).functions;
        let root = Function {
            name: "root_a".to_owned(),
            callees: BTreeSet::from([0x2000]),
            unknown: BTreeMap::from([("memcpy".to_owned(), "other library")]),
        };
        assert_eq!(calls.get(&0x1000), Some(&root));
        let unknown = calls.get(&0x2000).map(|function| function.unknown.values().copied().collect::<Vec<_>>());
        assert_eq!(unknown, Some(vec!["indirect call", "recursion"]));
        let kept_in_a_register = calls.get(&0x3000).map(|function| (function.callees.len(), function.unknown.len()));
        assert_eq!(kept_in_a_register, Some((1, 0)));
        assert_eq!(calls.get(&0x3100).map(|function| function.unknown.len()), Some(1));
    }
}
