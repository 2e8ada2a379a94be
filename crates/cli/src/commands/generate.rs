//! `channel-file generate`.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use channel_file::Limits;
use channel_file_content::{Source, TypeLibrary, template_types};
use channel_file_smith::{Choices, Declared};
use clap::Args;
use serde::Serialize;

use super::write_object;
use crate::arguments::{Format, Shared};
use crate::escape::Escaped;
use crate::finding::{Failure, Finding};
use crate::generating::{Counts, Exercise, exercise, made_up_types, type_key};
use crate::input::{self, Input};
use crate::number::{Counted, Grouped};
use crate::output::{Output, STRONG};
use crate::progress::Progress;
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
For tests of a sensor, in whatever language. For each number N from 0000 three files are written:

  N.chan          a channel file, valid and mostly small
  N.events.jsonl  events: such as meet the content, such as nearly do, some that are long
  N.matches.tsv   which event matches what, by the interpreter of the library: a line for each
                  event and each instance that it matches, with the number of the event's line
                  (from 1), the id of the rule, and the number of the instance (from 0)

The key `template_type` names the type of an event, with `_` behind it where a field has that name.
Events have the newest version of a type, and content any version.

The same seed gives the same files, as long as the program is the same. The number of files does
not change what is in each. Either all files are written or none; a folder that is there has to be
empty.

Examples:
  channel-file generate --seed 1 --count 100 -o generated
  channel-file generate --seed 1 --count 1000 --types sensor-types.yaml -o generated
  channel-file match generated/0000.chan generated/0000.events.jsonl --type-field template_type

JSON: command, status, output, seed, type_key, files, instances, events, matching_events, matches,
errors.";

/// Make up channel files, with events and what they match, for tests of sensors
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Generate {
    /// Where chance begins
    #[arg(long, value_name = "N")]
    seed: u64,

    /// How many channel files
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    count: u32,

    /// Sources that declare the sensor's template types, or folders with them; without, types are made up
    #[arg(long, value_name = "FILE", num_args = 1..)]
    types: Vec<PathBuf>,

    /// Folder to write
    #[arg(short, long, visible_alias = "out", value_name = "DIR", default_value = "generated")]
    output: PathBuf,

    /// Events for each channel file
    #[arg(long, value_name = "N", default_value_t = 20)]
    events: u32,
}

/// The JSON.
#[derive(Serialize)]
struct Report<'r> {
    command: &'static str,
    status: Verdict,
    output: String,
    seed: u64,
    type_key: &'r str,
    files: u32,
    instances: u64,
    events: u64,
    matching_events: u64,
    matches: u64,
    errors: [Finding; 0],
}

impl Generate {
    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        if self.output == Path::new("-") {
            return Err(Finding::of_usage("what is generated is many files: give a folder, not standard output").into());
        }
        self.refuse_full_folder()?;
        let library = self.library()?;
        let types = Declared::of_types(library.types());
        let type_key = type_key(&types);
        let counts = {
            let _progress = Progress::of(shared, "generating");
            self.write(&types, &type_key)?
        };
        self.tell(shared, &type_key, counts)?;
        Ok(Verdict::Accepted)
    }

    /// The types of the sensor; none if they are to be made up.
    fn library(&self) -> Result<TypeLibrary, Failure> {
        if self.types.is_empty() {
            return Ok(TypeLibrary::new());
        }
        let files = input::files(&self.types, input::SOURCES)?;
        let most = Limits::DEFAULT.file_bytes;
        let inputs = files.iter().map(|path| Input::read(path, most)).collect::<Result<Vec<_>, _>>()?;
        let sources = inputs.iter().map(|input| Ok(Source { name: &input.name, text: input.text(most)? }));
        let sources = sources.collect::<Result<Vec<_>, Box<Finding>>>()?;
        let library = template_types(&sources, &Limits::DEFAULT)
            .map_err(|diagnostics| Failure(diagnostics.iter().map(Finding::from).collect()))?;
        let refused = |message: &str, help: &str| {
            Err(Finding { kind: "source", help: help.to_owned(), ..Finding::of_usage(message) }.into())
        };
        if library.types().is_empty() {
            return refused("the sources declare no template type", "a document that does has the key `template-type`");
        }
        if let Some(name) = shared_name(&library) {
            let message = format!("several types have the name {}", Escaped(&name));
            return refused(&message, "events name their type: give each a name of its own");
        }
        Ok(library)
    }

    /// Refuses to mix what is generated with what is there.
    fn refuse_full_folder(&self) -> Result<(), Box<Finding>> {
        let is_free = match fs::read_dir(&self.output) {
            Ok(mut entries) => entries.next().is_none(),
            Err(_) => !self.output.exists(),
        };
        if is_free {
            return Ok(());
        }
        let file = self.output.to_string_lossy().into_owned();
        Err(Finding { file, ..Finding::of_usage("the folder to write is there, and is no empty folder") }.into())
    }

    /// Writes all files beside the folder, and then gives them its name.
    fn write(&self, types: &[Declared<'_>], type_key: &str) -> Result<Counts, Failure> {
        let failed =
            |tried: &'static str| move |error: io::Error| Box::new(Finding::of_access(&self.output, tried, &error));
        let parent = self.output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(failed("make the folder to write it in"))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".channel-file-");
        // A temporary folder is its owner's alone; this one is to become a folder like others.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let folder = builder.tempdir_in(parent).map_err(failed("make a temporary folder beside it"))?;
        let mut counts = Counts::default();
        let mut seeds = Choices::seeded(self.seed);
        for number in 0..self.count {
            let mut choices = Choices::seeded(seeds.number());
            let made_up = if types.is_empty() { made_up_types(&mut choices) } else { Vec::new() };
            let types = if types.is_empty() { &made_up } else { types };
            let made = exercise(&mut choices, types, self.events, type_key).map_err(|error| {
                let message = format!("seed {}, file {number:04}: the library refuses it: {error}", self.seed);
                Finding::of_defect(&message)
            })?;
            let Exercise { file, events, matches, counts: of_one } = made;
            let write = |kind: &str, bytes: &[u8]| {
                fs::write(folder.path().join(format!("{number:04}.{kind}")), bytes).map_err(failed("write"))
            };
            write("chan", &file)?;
            write("events.jsonl", events.as_bytes())?;
            write("matches.tsv", matches.as_bytes())?;
            counts.add(&of_one);
        }
        self.refuse_full_folder()?;
        if self.output.exists() {
            fs::remove_dir(&self.output).map_err(failed("replace the empty folder"))?;
        }
        fs::rename(folder.path(), &self.output).map_err(failed("give the folder its name"))?;
        Ok(counts)
    }

    fn tell(&self, shared: &Shared, type_key: &str, counts: Counts) -> io::Result<()> {
        let Counts { instances, events, matching_events, matches } = counts;
        match shared.format {
            Format::Json => {
                let report = Report {
                    command: "generate",
                    status: Verdict::Accepted,
                    output: self.output.to_string_lossy().into_owned(),
                    seed: self.seed,
                    type_key,
                    files: self.count,
                    instances,
                    events,
                    matching_events,
                    matches,
                    errors: [],
                };
                write_object(&report, &mut Output::stdout())
            }
            Format::Human | Format::Sarif if shared.quiet => Ok(()),
            Format::Human | Format::Sarif => {
                let mut output = Output::stderr();
                let (strong, name) = (output.style(STRONG), self.output.to_string_lossy());
                let (files, instances) = (Counted(self.count.into(), "channel file"), Counted(instances, "instance"));
                writeln!(output, "{strong}{}{strong:#}: {files}, {instances}", Escaped(name))?;
                let (events, matches) = (Counted(events, "event"), Counted(matches, "instance"));
                writeln!(output, "{events}, of which {} match {matches}", Grouped(matching_events))?;
                writeln!(output, "the key {} names the type of an event", Escaped(type_key))?;
                output.flush()
            }
        }
    }
}

/// A name that types of several ids have.
fn shared_name(library: &TypeLibrary) -> Option<String> {
    let ids = |name: &str| library.versions(name).map(|own| own.key().id).collect::<BTreeSet<_>>();
    library.names().find(|name| ids(name).len() > 1).map(str::to_owned)
}
