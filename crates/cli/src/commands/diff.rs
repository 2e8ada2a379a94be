//! `channel-file diff`.

use std::path::PathBuf;

use channel_file::validator::Comparer;
use clap::{Args, ValueEnum};

use super::write_object;
use crate::arguments::{Format, LimitsArgument, Shared, SourcesArguments};
use crate::difference::beside;
use crate::difference::contents::Reading;
use crate::difference::human::Telling;
use crate::difference::report::Report;
use crate::finding::Failure;
use crate::output::Output;
use crate::progress::Progress;
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

JSON: command, status, old and new (file, kind, channel, content_version, rules, instances, bytes,
sha256), identical, content_versions, history (files, earlier), novelties and findings (code, name,
layer, level, place: rule, instance, criterion, field, field_number, field_name; message, help,
witness: matches, event), releases (release, machines, touched, touched_types: id, version;
loads_old, loads_new, old_cost and new_cost: memory, work; findings, known_findings, novelties:
novelty, which is an index, lacking), fleet (machines, touched, refusing, unjudged: release,
machines), summary (types, rules, instances, criteria, examples: added, removed, changed), types
(change, id, version, name, field_count, renamed: old, new; fields: field, field_number, old and
new: name, kind, operators), rules (change, rule, title, new_title, new_author, new_references: old,
new; examples, reordered, unchanged_instances, instances: change, old and new: instance, ordinal;
template_type, type_name, version, severity, disposition: old, new; criteria: change, field,
field_number, field_name, sense, added, removed); errors. Fields are counted from 1 in field_number
and from 0 in field.";

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

    /// Tell all rules, instances, patterns and findings
    #[arg(short, long, help_heading = "Output", conflicts_with = "quiet")]
    verbose: bool,

    #[command(flatten)]
    sources: SourcesArguments,

    #[command(flatten)]
    limits: LimitsArgument,
}

/// What refuses content as errors do.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

impl Diff {
    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        let report = {
            let _progress = Progress::of(shared, "comparing");
            self.compare()?
        };
        if shared.format == Format::Json {
            write_object(&report, &mut Output::stdout())?;
        } else {
            report.tell(Telling { is_quiet: shared.quiet, is_verbose: self.verbose })?;
        }
        Ok(report.status)
    }

    fn compare(&self) -> Result<Report, Failure> {
        let manifests = beside::manifests(&self.manifests)?;
        let fleet = self.fleet.as_deref().map(beside::fleet).transpose()?;
        let limits = self.limits.limits.limits();
        let reading = Reading { sources: &self.sources, limits };
        let contents = reading.read(&self.old, &self.new, &self.history)?;

        let (old, new) = (contents.old.open(&limits)?, contents.new.open(&limits)?);
        let comparer = Comparer::new().manifests(&manifests).budget(self.limits.limits.budget());
        let difference = comparer.history(&contents.history).compare(&old, &new);
        Ok(Report::of(&contents, (&old, &new), &difference, fleet.as_ref(), self.deny.is_some()))
    }
}
