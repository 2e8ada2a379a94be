//! `channel-file diff`.

use std::path::PathBuf;

use channel_file::validator::Comparer;
use clap::Args;

use super::write_object;
use crate::arguments::{Deny, Format, LimitsArgument, Shared, SourcesArguments};
use crate::difference::contents::Reading;
use crate::difference::report::{JudgedBy, Report};
use crate::finding::Failure;
use crate::judging::manifests;
use crate::output::Output;
use crate::progress::Progress;
use crate::report::{Telling, log};
use crate::sources;
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
What the new content does for the first time comes first: what it asks of a field, a type, a
version or with an operator that no earlier content did, and what there is more of than ever. What
a release does not supply is an error. Then comes what the change does to each release, then how
much changed, then what. Give all earlier files of the channel with `--history`; those of other
channels, and those that are not before the new content, do not count. OLD always does.

Rules are known by their ids. Of a rule's instances, those that are equal belong together, then
those that are close, so that an alternative that is put in changes no other.

Sources that do not say which channel they are, are compared as the next content version. Contents
are identical if they say the same, whatever their channels and content versions.

Exit status 1 says that something is an error: some release does not supply what is new, or would
refuse NEW, or NEW does not load at all. A release that refuses OLD too is told apart. Exit status 2
says that OLD, a file of the history or a manifest cannot be read, or that the fleet has machines
with a release of which there is no manifest, and nothing else is wrong.

Examples:
  channel-file diff old.chan new.chan
  channel-file diff old.chan rules/ --history released/ --manifest sensors/*.json --fleet fleet.json
  channel-file diff --deny warnings --format json old.chan new.chan

`--format sarif` leads to the lines of NEW where NEW is sources. What a release refuses of NEW as
it does of OLD is `unchanged` there, and all else `new`.

docs/difference.schema.json describes the JSON: command, status, denies_warnings, manifests (file,
release), old, new, identical, content_versions, history, counts, novelties, findings, releases,
fleet, summary, types, rules, errors.";

/// Tell what is new in content, what that means for each release, and what changed
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Diff {
    /// Content that is in the field: a channel file, a source, or a folder of sources
    old: PathBuf,

    /// Content that is to replace it, likewise
    new: PathBuf,

    /// Earlier channel files of the channel, or folders with them
    #[arg(long, value_name = "PATH", num_args = 1.., help_heading = "Judging")]
    history: Vec<PathBuf>,

    /// Manifests of the sensor releases in the field
    #[arg(long = "manifest", value_name = "FILE", num_args = 1.., help_heading = "Judging")]
    manifests: Vec<PathBuf>,

    /// How many machines have each release: a JSON object of names and numbers
    #[arg(long, value_name = "FILE", help_heading = "Judging")]
    fleet: Option<PathBuf>,

    /// What refuses content as errors do
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = "Judging")]
    deny: Option<Deny>,

    /// Tell all rules, instances, patterns and findings, notes too
    #[arg(short, long, help_heading = "Output", conflicts_with = "quiet")]
    verbose: bool,

    #[command(flatten)]
    sources: SourcesArguments,

    #[command(flatten)]
    limits: LimitsArgument,
}

impl Diff {
    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        let report = {
            let _progress = Progress::of(shared, "comparing");
            self.compare()?
        };
        match shared.format {
            Format::Human => report.tell(Telling { is_quiet: shared.quiet, is_verbose: self.verbose })?,
            Format::Json => write_object(&report, &mut Output::stdout())?,
            Format::Sarif => {
                write_object(&log(&[report.subject()], report.status, &report.errors), &mut Output::stdout())?;
            }
        }
        Ok(report.status)
    }

    fn compare(&self) -> Result<Report, Failure> {
        let (files, manifests) = manifests::read(&self.manifests)?;
        let fleet = self.fleet.as_deref().map(manifests::read_fleet).transpose()?;
        let limits = self.limits.limits.limits();
        let reading = Reading { options: sources::options(&self.sources, limits)?, sources: &self.sources };
        let contents = reading.read(&self.old, &self.new, &self.history)?;

        let (old, new) = (contents.old.open(&limits)?, contents.new.open(&limits)?);
        let comparer = Comparer::new().manifests(&manifests).budget(self.limits.limits.budget());
        let difference = comparer.history(&contents.history).compare(&old, &new);
        let judged_by =
            JudgedBy { manifests: &manifests, files, fleet: fleet.as_ref(), denies_warnings: self.deny.is_some() };
        Ok(Report::of(&contents, (&old, &new), &difference, judged_by))
    }
}
