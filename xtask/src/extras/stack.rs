//! How deep the stack of each way into the library can get, read from the machine code.
//!
//! The compiler writes down the stack that each function takes; the calls are read from the disassembly. A function that calls itself
//! again, or one that only the running program knows, has no bound: both are named.

mod calls;
mod sizes;

use std::collections::BTreeMap;
use std::path::Path;

use self::calls::Calls;
use super::no_arguments;
use crate::command::Command;
use crate::outcome::{Extra, Failure, Outcome, Run};
use crate::project::Project;

pub(crate) const EXTRA: Extra = Extra {
    name: "stack",
    arguments: "",
    summary: "the deepest stack of each root of the panic proof, and of evaluating an event",
    details: "",
    run: Run::Reported(run),
};

/// The roots as the panic proof links them, optimised for speed, for size, and not at all.
const PROFILES: &[&str] = &["proof", "proof-s", "proof-0-nolto"];

/// Nobody calls it where nothing panics; without optimisation the standard library's code does.
const UNDEFINED: &str = "a_panic_path_survived";

/// The machine's part of each call.
const RETURN_ADDRESS: u64 = 8;

/// So many of the deepest are shown.
const SHOWN: usize = 5;

fn run(project: &Project, arguments: &[&str]) -> Outcome {
    no_arguments(EXTRA.name, arguments)?;
    let target = project.target_apart("stack");
    let emit = "-Zemit-stack-sizes";
    let mut found = String::new();
    for profile in PROFILES {
        let command = project.cargo().args(["build", "--manifest-path", "proof/Cargo.toml", "--profile", profile]);
        let flags = format!("{emit} -Clink-arg=-Wl,--defsym={UNDEFINED}=0");
        build(command.env("CARGO_TARGET_DIR", &target).env("RUSTFLAGS", flags))?;
        let library = target.join(profile).join("libchannel_file_proof.so");
        let depths = depths(project, &library, |name| name.starts_with("root_"))?;
        found.push_str(&told(&format!("{} roots, profile {profile}", depths.len()), depths));
    }
    let command = project.cargo().args(["build", "--release", "--package", "channel-file-growth"]);
    build(command.env("CARGO_TARGET_DIR", &target).env("RUSTFLAGS", emit))?;
    let of_evaluation = |name: &str| name.contains("channel_file::interpreter::evaluate::evaluate");
    found.push_str(&told("evaluating", depths(project, &target.join("release/growth"), of_evaluation)?));
    Ok(format!("the deepest of each, and what has no bound{found}"))
}

/// The option is not stable; the stable compiler takes it where it is told so.
fn build(command: Command) -> Result<(), Failure> {
    let built = command.env("RUSTC_BOOTSTRAP", "1").succeed();
    built.map(drop).map_err(|failure| Failure {
        output: failure.output,
        ..Failure::unjudged("the compiler does not take -Zemit-stack-sizes, or what it makes does not link")
    })
}

/// How deep a function's stack gets, and what of that is unknown.
#[derive(Clone, Default)]
struct Depth {
    bytes: u64,
    /// Calls of functions that are not known before the program runs, of functions of other libraries and of those whose stack
    /// nobody wrote down, and functions that come back to themselves.
    unknown: BTreeMap<String, &'static str>,
}

fn depths(project: &Project, program: &Path, is_root: impl Fn(&str) -> bool) -> Result<Vec<(String, Depth)>, Failure> {
    let sizes = sizes::read(project, program)?;
    let calls = Calls::read(project, program)?;
    let mut known = BTreeMap::new();
    let roots = calls.functions.iter().filter(|(_, function)| is_root(&function.name));
    let mut depths: Vec<_> = roots
        .map(|(at, function)| (function.name.clone(), depth(*at, &calls, &sizes, &mut Vec::new(), &mut known)))
        .collect();
    if depths.is_empty() || sizes.is_empty() {
        return Err(Failure::new(format!("{} has no such function, or no sizes of stacks", program.display())));
    }
    depths.sort_by_key(|(_, depth)| std::cmp::Reverse(depth.bytes));
    Ok(depths)
}

/// The stack of a function and of the deepest that it calls.
fn depth(
    at: u64,
    calls: &Calls,
    sizes: &BTreeMap<u64, u64>,
    above: &mut Vec<u64>,
    known: &mut BTreeMap<u64, Depth>,
) -> Depth {
    if let Some(depth) = known.get(&at) {
        return depth.clone();
    }
    let Some(function) = calls.functions.get(&at) else {
        return Depth { bytes: 0, unknown: BTreeMap::from([(format!("{at:x}"), "elsewhere")]) };
    };
    let mut whole = Depth::default();
    let own = sizes.get(&at).copied().unwrap_or_else(|| {
        whole.unknown.insert(function.name.clone(), "size unknown");
        0
    });
    whole.unknown.extend(function.unknown.iter().map(|(name, why)| (name.clone(), *why)));
    above.push(at);
    for callee in &function.callees {
        if above.contains(callee) {
            let name = calls.functions.get(callee).map_or_else(String::new, |callee| callee.name.clone());
            whole.unknown.insert(name, "recursion");
            continue;
        }
        let below = depth(*callee, calls, sizes, above, known);
        whole.bytes = whole.bytes.max(below.bytes);
        whole.unknown.extend(below.unknown);
    }
    above.pop();
    whole.bytes = whole.bytes.saturating_add(own).saturating_add(RETURN_ADDRESS);
    known.insert(at, whole.clone());
    whole
}

fn told(what: &str, depths: Vec<(String, Depth)>) -> String {
    let mut text = format!("\n{what}:");
    let mut unknown: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for (name, depth) in depths.iter().take(SHOWN) {
        text.push_str(&format!("\n  {:>7} bytes  {name}", depth.bytes));
    }
    let all: BTreeMap<String, &'static str> = depths.into_iter().flat_map(|(_, depth)| depth.unknown).collect();
    for (name, why) in all {
        unknown.entry(why).or_default().push(name);
    }
    for why in ["recursion", "indirect call", "size unknown", "other library", "elsewhere"] {
        let names = unknown.remove(why).unwrap_or_default();
        let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
        let more = if names.len() > SHOWN { ", …" } else { "" };
        text.push_str(&format!("\n  {why}: {}", names.len()));
        if !names.is_empty() {
            text.push_str(&format!(" ({}{more})", shown.join(", ")));
        }
    }
    text
}
