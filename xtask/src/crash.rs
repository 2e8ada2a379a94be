//! `crash`: makes an input on which a promise broke small, shows what it holds, and keeps it as a test.

use std::fs;
use std::path::{Path, PathBuf};

use crate::campaign::state::Folders;
use crate::fuzzing::broken::{self, Breakage, Kind};
use crate::fuzzing::engine::{Engine, Wanted};
use crate::fuzzing::session::Session;
use crate::fuzzing::target::{Target, bodies};
use crate::outcome::{Extra, Failure, Promises, Run};
use crate::project::Project;

pub(crate) const EXTRA: Extra = Extra {
    name: "crash",
    arguments: "FILE [--target NAME]",
    summary: "minimises an input on which a promise broke, shows it, and adds it to fuzz/crashes as a test",
    details: "",
    run: Run::Telling(run),
};

/// libFuzzer tries so often to make it smaller.
const TRIES: u32 = 20_000;

fn run(project: &Project, arguments: &[&str]) -> Result<Promises, Failure> {
    let (file, target) = match arguments {
        [file] => (Path::new(file), None),
        [file, "--target", name] | ["--target", name, file] => (Path::new(file), Some(*name)),
        _ => return Err(Failure::new("which input? crash FILE [--target NAME]")),
    };
    let file =
        fs::canonicalize(file).map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))?;
    let target = find_target(project, &file, target)?;
    let engine = Engine::build(project, &Wanted::Targets, |doing| println!("{doing}"))?;
    let work = Folders::of(project).work();
    fs::create_dir_all(&work).map_err(|error| Failure::new(format!("cannot make {}: {error}", work.display())))?;

    let (breakage, said) = broken::alone(&engine, &target, &file, &work)?;
    let Some(breakage) = breakage else {
        println!("{}", shown(project, &target, &file)?);
        println!("on its own it breaks no promise of target `{}`", target.name);
        let log = broken::log_of(&file);
        if log.exists() {
            println!("what was printed when it was found is in {}", log.display());
        }
        return Ok(Promises::Kept);
    };
    let smallest = minimised(&engine, &target, &file, &breakage, &work)?;
    println!("{said}\n\n{}", shown(project, &target, &smallest)?);
    let kept = keep(&engine, &target, &breakage, &smallest)?;
    println!("{breakage}");
    println!("{} bytes instead of {}", length(&smallest), length(&file));
    println!("kept as {}; it is run again by", kept.display());
    println!("  cargo test --package channel-file-fuzz-bodies --test replay");
    println!("To run it alone, on stable and without an engine:");
    println!(
        "  cargo run --package channel-file-fuzz-bodies --bin fuzz-target -- run {} {}",
        target.name,
        kept.display()
    );
    Ok(Promises::Broken)
}

/// The one that is named, or that a folder on the way to the file is named for.
fn find_target(project: &Project, file: &Path, name: Option<&str>) -> Result<Target, Failure> {
    if let Some(name) = name {
        let mut targets = Target::some(project, &[name])?;
        return targets.pop().ok_or_else(|| Failure::new(format!("there is no target `{name}`")));
    }
    let folders: Vec<_> = file.ancestors().skip(1).filter_map(Path::file_name).collect();
    let mut targets = Target::all(project)?.into_iter().filter_map(|target| {
        folders.iter().position(|folder| *folder == target.name.as_str()).map(|distance| (distance, target))
    });
    let nearest = targets.by_ref().min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, target)| target).ok_or_else(|| {
        Failure::new(format!("no folder of {} is named for a target; say which: --target NAME", file.display()))
    })
}

/// The smallest input that breaks in the same way. libFuzzer is content with any other break, so what it gives is tried again.
fn minimised(
    engine: &Engine,
    target: &Target,
    file: &Path,
    breakage: &Breakage,
    work: &Path,
) -> Result<PathBuf, Failure> {
    // Each try would take as long as the timeout.
    let tries = if breakage.kind == Kind::Timeout { 20 } else { TRIES };
    println!("minimising, at most {tries} tries");
    let smaller = work.join("smaller");
    // It may be left from another time.
    let _ = fs::remove_file(&smaller);
    let mut command = engine.minimise(target, &work.join("minimising"))?;
    command.args(["-minimize_crash=1", &format!("-runs={tries}"), "-max_total_time=60"]);
    command.arg(format!("-exact_artifact_path={}", smaller.display())).arg(file);
    Session::finish(command, work.join("gates"))?;
    if !smaller.exists() || length(&smaller) >= length(file) {
        return Ok(file.to_owned());
    }
    match broken::alone(engine, target, &smaller, work)?.0 {
        Some(other) if other == *breakage => Ok(smaller),
        _ => {
            println!("made smaller it breaks something else; the input stays as it is");
            Ok(file.to_owned())
        }
    }
}

fn shown(project: &Project, target: &Target, file: &Path) -> Result<String, Failure> {
    bodies(project).args(["show", &target.name]).arg(file).read()
}

/// Copies it to where replay finds it, under a name that says what broke.
fn keep(engine: &Engine, target: &Target, breakage: &Breakage, file: &Path) -> Result<PathBuf, Failure> {
    let folder = engine.crashes(target);
    let cannot = |error| Failure::new(format!("cannot write into {}: {error}", folder.display()));
    let bytes = fs::read(file).map_err(cannot)?;
    fs::create_dir_all(&folder).map_err(cannot)?;
    let name = name(breakage);
    for number in 1_u32.. {
        let kept = folder.join(if number == 1 { name.clone() } else { format!("{name}-{number}") });
        match fs::read(&kept) {
            Ok(known) if known == bytes => return Ok(kept),
            Ok(_) => {}
            Err(_) => return fs::write(&kept, bytes).map(|()| kept).map_err(cannot),
        }
    }
    Err(Failure::new("there are too many of that name"))
}

/// Six words or so of the message, or where it broke.
fn name(breakage: &Breakage) -> String {
    let text = match breakage.kind {
        Kind::Timeout => "takes too long".to_owned(),
        Kind::OutOfMemory => "takes too much memory".to_owned(),
        Kind::Abort => "ends the process".to_owned(),
        Kind::Panic if breakage.shape.trim().is_empty() => breakage.place.clone(),
        Kind::Panic => breakage.shape.clone(),
    };
    let words = text.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.take(6).map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map(|data| data.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crashes_are_named_for_what_broke() {
        let breakage = |kind, shape: &str| Breakage { kind, place: "src/a.rs:7".into(), shape: shape.into() };
        let panic = breakage(Kind::Panic, "the same content has another encoding: left: [N, N]");
        assert_eq!(name(&panic), "the-same-content-has-another-encoding");
        assert_eq!(name(&breakage(Kind::Panic, "")), "src-a-rs-7");
        assert_eq!(name(&breakage(Kind::Timeout, "")), "takes-too-long");
    }
}
