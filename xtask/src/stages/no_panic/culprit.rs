//! Finds the line that panics: the linker names only the panic handler.
//!
//! Links again with the undefined function at address 0, so that there is something to look at, and walks the calls
//! backwards from the handler. A call out of this project's code, or straight from a root, into a function that leads to
//! the handler is a culprit; `addr2line` gives its line and those of the functions inlined around it. So is a function of
//! others that leads there and stands in a table (that of a trait object, say): who calls it cannot be seen.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use super::let_through::LetThrough;
use super::{Build, UNDEFINED};
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
    /// Functions whose addresses stand in data.
    in_tables: BTreeSet<u64>,
}

/// The proof package, linked although a panic may be left.
pub(super) struct Relinked {
    library: PathBuf,
    listing: String,
    slots: BTreeMap<u64, u64>,
}

impl Relinked {
    /// Links with the undefined function at address 0, in a target folder of its own.
    pub(super) fn build(project: &Project, build: &Build) -> Result<Self, Failure> {
        let target = project.target_apart("proof-culprit");
        let relinked = build.command(project).env("CARGO_TARGET_DIR", &target);
        // The newer names tell instances of a generic function apart.
        let flags = format!("-Clink-arg=-Wl,--defsym={UNDEFINED}=0 -Csymbol-mangling-version=v0");
        relinked.env("RUSTFLAGS", flags).succeed()?;
        let library = target.join(build.profile).join("libchannel_file_proof.so");
        let (listing, slots) = (disassemble(project, &library)?, slots(project, &library)?);
        Ok(Self { library, listing, slots })
    }

    /// Where it lies.
    pub(super) fn library(&self) -> &Path {
        &self.library
    }

    /// Looks for every way to the panic handler that is not let through.
    pub(super) fn culprits(&self, project: &Project, let_through: &[LetThrough]) -> Result<Found, Failure> {
        let code = Code::read(&self.listing, &self.slots);
        let (culprits, mut used) = code.culprits(let_through);
        let mut places = BTreeSet::new();
        for Culprit { call, way } in culprits {
            let way = way.join("\n               -> ");
            let Some(call) = call else {
                places.insert(format!("in a table of functions\n  which goes to {way}\n"));
                continue;
            };
            let lines = Lines::of(project, &self.library, &call.address)?;
            match lines.let_through(let_through) {
                Some(allowed) => {
                    used.insert(allowed);
                }
                None => {
                    let lines = lines.shown(project);
                    places.insert(format!("in {}\n{lines}  which goes to {way}\n", code.name(call.caller)));
                }
            }
        }
        Ok(Found { places: places.into_iter().collect(), used })
    }
}

/// What leads to the panic handler.
#[derive(Default)]
pub(super) struct Found {
    /// What is not let through, described.
    pub(super) places: String,
    /// What let others through.
    pub(super) used: BTreeSet<&'static str>,
}

fn disassemble(project: &Project, library: &Path) -> Result<String, Failure> {
    let arguments = ["--disassemble", "--demangle", "--no-show-raw-insn", "--wide"];
    Command::new("objdump", project.root()).args(arguments).arg(library).read()
}

impl<'t> Code<'t> {
    fn read(listing: &'t str, slots: &BTreeMap<u64, u64>) -> Self {
        let functions: BTreeMap<u64, &str> = listing.lines().filter_map(header).collect();
        let (mut calls, mut named) = (Vec::new(), BTreeSet::new());
        let mut caller = 0;
        for line in listing.lines() {
            if let Some((function, _)) = header(line) {
                caller = function;
            } else if let Some((address, instruction)) = line.trim_start().split_once(':')
                && let Some(target) = target_of(instruction)
            {
                named.insert(target);
                let callee = *slots.get(&target).unwrap_or(&target);
                if functions.contains_key(&callee) && callee != caller {
                    calls.push(Call { address: address.to_owned(), caller, callee });
                }
            }
        }
        // A slot that an instruction names is how a call is written; what nobody names is found through a pointer.
        let in_tables = slots.iter().filter(|(slot, _)| !named.contains(slot)).map(|(_, function)| *function).collect();
        Self { functions, calls, in_tables }
    }

    fn name(&self, function: u64) -> &'t str {
        self.functions.get(&function).copied().unwrap_or_default()
    }

    /// Walks backwards from the handler, and stops where this project's code begins.
    fn culprits(&self, let_through: &[LetThrough]) -> (Vec<Culprit<'_>>, BTreeSet<&'static str>) {
        let mut callers: BTreeMap<u64, Vec<&Call>> = BTreeMap::new();
        for call in &self.calls {
            callers.entry(call.callee).or_default().push(call);
        }
        let handlers = self.functions.iter().filter(|(_, name)| name.contains(HANDLER));
        // Each function that leads to the handler, and the next one on the shortest way.
        let mut next: BTreeMap<u64, Option<u64>> = handlers.map(|(function, _)| (*function, None)).collect();
        let mut unvisited: VecDeque<u64> = next.keys().copied().collect();
        let (mut found, mut used) = (Vec::new(), BTreeSet::new());
        while let Some(callee) = unvisited.pop_front() {
            let way = |next: &BTreeMap<u64, Option<u64>>| {
                let functions = std::iter::successors(Some(callee), |function| next.get(function).copied().flatten());
                functions.map(|function| self.name(function)).collect()
            };
            if self.in_tables.contains(&callee) {
                found.push(Culprit { call: None, way: way(&next) });
            }
            for call in callers.get(&callee).into_iter().flatten() {
                let name = self.name(call.caller);
                if let Some(allowed) = let_through.iter().find_map(|allowed| allowed.function(name)) {
                    used.insert(allowed);
                } else if is_ours(name) {
                    found.push(Culprit { call: Some(call), way: way(&next) });
                } else if let Entry::Vacant(vacant) = next.entry(call.caller) {
                    vacant.insert(Some(callee));
                    unvisited.push_back(call.caller);
                }
            }
        }
        (found, used)
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

/// A call in code of this project, or a function in a table, and how it goes on from there to the panic handler.
struct Culprit<'c> {
    call: Option<&'c Call>,
    way: Vec<&'c str>,
}

/// Whether the function is written in this project, or a root.
fn is_ours(function: &str) -> bool {
    let name = function.trim_start_matches(['<', '&', '_', '$']);
    name.starts_with("channel_file") || function.starts_with("root_")
}

/// The line of a call, and those of the functions that are inlined around it: pairs of function and place.
struct Lines(Vec<(String, String)>);

impl Lines {
    fn of(project: &Project, library: &Path, address: &str) -> Result<Self, Failure> {
        let arguments = ["--inlines", "--functions", "--demangle", "--pretty-print", "--exe"];
        let text = Command::new("addr2line", project.root()).args(arguments).arg(library).arg(address).read()?;
        let line = |line: &str| {
            let (function, place) = line.rsplit_once(" at ").unwrap_or(("", line));
            (function.trim_start_matches(" (inlined by) ").to_owned(), place.to_owned())
        };
        Ok(Self(text.lines().map(line).collect()))
    }

    /// What lets the call through: something that has a line before the standard library's caller, or that caller's.
    fn let_through(&self, let_through: &[LetThrough]) -> Option<&'static str> {
        let outermost = self.0.iter().position(|(_, place)| !is_of_library(place)).unwrap_or(self.0.len());
        let mut places = self.0.iter().take(outermost.saturating_add(1)).map(|(_, place)| place);
        places.find_map(|place| let_through.iter().find_map(|allowed| allowed.place(place)))
    }

    /// The line, and those around it that are not the standard library's.
    fn shown(&self, project: &Project) -> String {
        let root = format!("{}/", project.root().display());
        let mut lines = String::new();
        for (index, (function, place)) in self.0.iter().enumerate() {
            let of_library = is_of_library(place);
            if index == 0 || !of_library {
                let place = match place.split_once("/library/") {
                    Some((_, place)) if of_library => place,
                    _ => place.strip_prefix(&root).unwrap_or(place),
                };
                lines.push_str(&format!("    {place}  ({function})\n"));
            }
        }
        lines
    }
}

fn is_of_library(place: &str) -> bool {
    place.starts_with("/rustc/")
}
