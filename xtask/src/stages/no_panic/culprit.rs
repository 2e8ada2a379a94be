//! Finds the line that panics: the linker names only the panic handler.
//!
//! Links again with the undefined function at address 0, so that there is something to look at, and walks the calls
//! backwards from the handler. A call out of this project's code, or straight from a root, into a function that leads to
//! the handler is a culprit; `addr2line` gives its line and those of the functions inlined around it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use super::build;
use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// What rustc names the panic handler.
const HANDLER: &str = "rust_begin_unwind";

/// One call in the machine code. Functions go by their address: instances of a generic one may share a name.
struct Call {
    address: String,
    caller: u64,
    callee: u64,
}

/// The machine code of one library.
struct Code<'t> {
    functions: BTreeMap<u64, &'t str>,
    calls: Vec<Call>,
}

/// The proof package, linked although a panic may be left.
pub(super) struct Relinked {
    library: PathBuf,
    listing: String,
    slots: BTreeMap<u64, u64>,
}

impl Relinked {
    /// Links with the undefined function at address 0, in a target folder of its own.
    pub(super) fn build(
        project: &Project,
        profile: &str,
        feature: Option<&str>,
        undefined: &str,
    ) -> Result<Self, Failure> {
        let target = project.target_apart("proof-culprit");
        let relinked = build(project, profile, feature).env("CARGO_TARGET_DIR", &target);
        // The newer names tell instances of a generic function apart.
        let flags = format!("-Clink-arg=-Wl,--defsym={undefined}=0 -Csymbol-mangling-version=v0");
        relinked.env("RUSTFLAGS", flags).succeed()?;
        let library = target.join(profile).join("libchannel_file_proof.so");
        let (listing, slots) = (disassemble(project, &library)?, slots(project, &library)?);
        Ok(Self { library, listing, slots })
    }

    /// Where it lies.
    pub(super) fn library(&self) -> &Path {
        &self.library
    }

    /// Describes every call that leads to the panic handler other than through a function whose name begins so.
    pub(super) fn culprits(&self, project: &Project, total: &[&str]) -> Result<String, Failure> {
        let code = Code::read(&self.listing, &self.slots);
        let mut places = BTreeSet::new();
        for Culprit { call, way } in code.culprits(total) {
            let lines = lines_of(project, &self.library, &call.address)?;
            let way = way.join("\n               -> ");
            places.insert(format!("in {}\n{lines}  which goes to {way}\n", code.name(call.caller)));
        }
        Ok(places.into_iter().collect())
    }
}

fn disassemble(project: &Project, library: &Path) -> Result<String, Failure> {
    let arguments = ["--disassemble", "--demangle", "--no-show-raw-insn", "--wide"];
    Command::new("objdump", project.root()).args(arguments).arg(library).read()
}

impl<'t> Code<'t> {
    fn read(listing: &'t str, slots: &BTreeMap<u64, u64>) -> Self {
        let functions: BTreeMap<u64, &str> = listing.lines().filter_map(header).collect();
        let mut calls = Vec::new();
        let mut caller = 0;
        for line in listing.lines() {
            if let Some((function, _)) = header(line) {
                caller = function;
            } else if let Some((address, instruction)) = line.trim_start().split_once(':')
                && let Some(target) = target_of(instruction)
            {
                let callee = *slots.get(&target).unwrap_or(&target);
                if functions.contains_key(&callee) && callee != caller {
                    calls.push(Call { address: address.to_owned(), caller, callee });
                }
            }
        }
        Self { functions, calls }
    }

    fn name(&self, function: u64) -> &'t str {
        self.functions.get(&function).copied().unwrap_or_default()
    }

    /// Walks backwards from the handler, and stops where this project's code begins.
    fn culprits(&self, total: &[&str]) -> Vec<Culprit<'_>> {
        let mut callers: BTreeMap<u64, Vec<&Call>> = BTreeMap::new();
        for call in &self.calls {
            callers.entry(call.callee).or_default().push(call);
        }
        let handlers = self.functions.iter().filter(|(_, name)| name.contains(HANDLER));
        // Each function that leads to the handler, and the next one on the shortest way.
        let mut next: BTreeMap<u64, Option<u64>> = handlers.map(|(function, _)| (*function, None)).collect();
        let mut unvisited: VecDeque<u64> = next.keys().copied().collect();
        let mut found = Vec::new();
        while let Some(callee) = unvisited.pop_front() {
            for call in callers.get(&callee).into_iter().flatten() {
                let name = self.name(call.caller);
                if total.iter().any(|total| name.starts_with(total)) {
                    continue;
                }
                if is_ours(name) {
                    let way = std::iter::successors(Some(callee), |function| next.get(function).copied().flatten());
                    found.push(Culprit { call, way: way.map(|function| self.name(function)).collect() });
                } else if let Entry::Vacant(vacant) = next.entry(call.caller) {
                    vacant.insert(Some(callee));
                    unvisited.push_back(call.caller);
                }
            }
        }
        found
    }
}

/// Where a function begins: `0000000000001f40 <core::panicking::panic>:`.
fn header(line: &str) -> Option<(u64, &str)> {
    let (address, name) = line.strip_suffix(">:")?.split_once(" <")?;
    Some((hexadecimal(address)?, name))
}

/// The address that an instruction names: `call 1f40 <core::panicking::panic>`, `call *0xc562(%rip) # 190c0 <…>`.
///
/// Not only that of a call: without optimisation the address of a function is often put into a register first.
fn target_of(instruction: &str) -> Option<u64> {
    let (before, _) = instruction.split_once(" <")?;
    hexadecimal(before.rsplit(' ').next()?)
}

/// The slots of the global offset table, and the functions that calls through them reach:
/// `00000000000190c0 R_X86_64_RELATIVE  *ABS*+0x0000000000017500`.
fn slots(project: &Project, library: &Path) -> Result<BTreeMap<u64, u64>, Failure> {
    let text = Command::new("objdump", project.root()).arg("--dynamic-reloc").arg(library).read()?;
    let relocation = |line: &str| {
        let (slot, target) = line.split_once(" R_X86_64_RELATIVE")?;
        Some((hexadecimal(slot)?, hexadecimal(target.trim().strip_prefix("*ABS*+0x")?)?))
    };
    Ok(text.lines().filter_map(relocation).collect())
}

fn hexadecimal(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16).ok()
}

/// A call in code of this project, and how it goes on from there to the panic handler.
struct Culprit<'c> {
    call: &'c Call,
    way: Vec<&'c str>,
}

/// Whether the function is written in this project, or a root.
fn is_ours(function: &str) -> bool {
    let name = function.trim_start_matches(['<', '&', '_', '$']);
    name.starts_with("channel_file") || function.starts_with("root_")
}

/// The line of the call, and those around it that are not the standard library's.
fn lines_of(project: &Project, library: &Path, address: &str) -> Result<String, Failure> {
    let arguments = ["--inlines", "--functions", "--demangle", "--pretty-print", "--exe"];
    let text = Command::new("addr2line", project.root()).args(arguments).arg(library).arg(address).read()?;
    let root = format!("{}/", project.root().display());
    let mut lines = String::new();
    for (index, line) in text.lines().enumerate() {
        let (function, place) = line.rsplit_once(" at ").unwrap_or(("", line));
        let of_library = place.starts_with("/rustc/");
        if index == 0 || !of_library {
            let place = match place.split_once("/library/") {
                Some((_, place)) if of_library => place,
                _ => place.strip_prefix(&root).unwrap_or(place),
            };
            let function = function.trim_start_matches(" (inlined by) ");
            lines.push_str(&format!("    {place}  ({function})\n"));
        }
    }
    Ok(lines)
}
