//! A small sensor: what a program does that links `channel-file`.
//!
//! It loads two channels, holds events against them on several threads, and gets updates meanwhile: some that it refuses, and
//! one that replaces the content of a channel under load. Begin with `types`, then `content`, then `judging`.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod content;
mod events;
mod judging;
mod report;
mod threads;
mod types;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use channel_file::interpreter::{Channels, SharedChannels};

use crate::judging::Answers;
use crate::report::Report;

/// The channel that gets new content under load.
const PIPES: u32 = 292;

/// Why the sensor did not run: what it says, and its exit status.
struct Stopped {
    reason: String,
    status: u8,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let ran = match arguments.as_slice() {
        [folder] if !folder.starts_with('-') => run(Path::new(folder)),
        _ => Err(cannot_judge("usage: example-sensor <folder with the channel files>")),
    };
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stopped { reason, status }) => {
            eprintln!("error: {reason}");
            ExitCode::from(status)
        }
    }
}

fn run(folder: &Path) -> Result<(), Stopped> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|error| cannot_judge(format!("{}: {error}", path.display())))
    };
    let (processes, pipes, newer_pipes) = (read("processes.chan")?, read("pipes-1.chan")?, read("pipes-2.chan")?);
    let ancestry = read("ancestry.chan")?;

    // A sensor without content still runs, so it begins with none; each channel is then an update like any later one.
    let channels = SharedChannels::new(Channels::new());
    println!("update: {}", content::update(&channels, &processes).map_err(refused)?);
    println!("update: {}", content::update(&channels, &pipes).map_err(refused)?);

    let expected = expected(&channels, &newer_pipes)?;
    let updates = || {
        try_updates(&channels, &pipes, &ancestry);
        content::update(&channels, &newer_pipes)
    };
    let (tally, update) = threads::judge_meanwhile(&channels, PIPES, &expected, updates).map_err(cannot_judge)?;
    println!("update: {}", update.map_err(refused)?);
    print!("{}", Report { threads: threads::THREADS, watched: PIPES, tally });

    // An older sensor may take what it can of content for newer ones, if it says what it does without.
    let (interpreter, left_out) = content::load_supported(&ancestry).map_err(refused)?;
    println!("channel {}, as much as this sensor supports", interpreter.channel());
    channels.replace(interpreter);
    for left in left_out {
        println!("  without instance {}, on type {}: {}", left.instance, left.template_type, left.error);
    }
    for (channel, bytes) in channels.snapshot().iter().map(|loaded| (loaded.channel(), loaded.memory())) {
        println!("channel {channel} takes {bytes} bytes of memory");
    }
    Ok(())
}

/// Updates that cannot be taken. Each is refused whole, while the threads go on with the content that there is.
fn try_updates(channels: &SharedChannels<'static>, old: &[u8], for_newer_sensors: &[u8]) {
    let cut_off = old.split_last().map_or(old, |(_, rest)| rest);
    let damaged: Vec<u8> = old.iter().enumerate().map(|(at, byte)| if at == 500 { !byte } else { *byte }).collect();
    for (what, bytes) in [
        ("zeros", [0; 4096].as_slice()),
        ("cut off", cut_off),
        ("damaged", &damaged),
        ("for newer sensors", for_newer_sensors),
        ("old", old),
    ] {
        match content::update(channels, bytes) {
            Ok(update) => println!("update ({what}): {update}"),
            Err(refused) => println!("update ({what}): refused: {refused}"),
        }
    }
}

/// What each version of the pipes' content says of each event, beside the other channels. No sensor has such a list: it is here
/// to show that under load every event is judged by the one version or by the other.
fn expected(channels: &SharedChannels<'static>, newer: &[u8]) -> Result<BTreeMap<u64, Answers>, Stopped> {
    let now = channels.snapshot();
    let then = now.with(content::load(newer).map_err(refused)?);
    let version = |channels: &Channels<'_>| channels.get(PIPES).map_or(0, |pipes| pipes.content_version());
    let of = |channels| Ok((version(channels), judging::answers(channels).map_err(cannot_judge)?));
    [now, then].iter().map(of).collect()
}

/// Exit status 1: content was refused.
fn refused(reason: impl Display) -> Stopped {
    Stopped { reason: reason.to_string(), status: 1 }
}

/// Exit status 2: something else is in the way.
fn cannot_judge(reason: impl Display) -> Stopped {
    Stopped { reason: reason.to_string(), status: 2 }
}
