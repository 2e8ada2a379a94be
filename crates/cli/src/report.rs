//! What `check` has to say, in the shape of its JSON.
//!
//! [`found`] is one finding, [`content`] what was counted, [`traffic`] what recorded events did. [`human`] tells people,
//! [`sarif`] the programs that show findings beside sources. `docs/report.schema.json` describes the JSON; a test keeps the
//! two alike.

pub(crate) mod content;
pub(crate) mod found;
mod human;
mod sarif;
pub(crate) mod traffic;

use channel_file::validator::Level;
use serde::Serialize;

use self::content::{Content, Coverage, Examples, Exercise, Release};
use self::found::Found;
use self::traffic::TrafficReport;
use crate::finding::Finding;
use crate::sources::Refused;
use crate::verdict::Verdict;

pub(crate) use self::human::{Findings, Telling};
pub(crate) use self::sarif::{Log, Subject, log};

/// All that `check` has to say.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct CheckReport {
    pub(crate) command: &'static str,
    pub(crate) status: Verdict,
    /// How many manifests were given. Without any, content is judged for the types that it comes with.
    pub(crate) sensors_judged: u64,
    /// The preset of `--limits`.
    pub(crate) limits: &'static str,
    /// Whether warnings refuse too.
    pub(crate) denies_warnings: bool,
    /// Whether sources are judged without those of their rules that do not compile.
    pub(crate) skips_refused: bool,
    /// The manifests, in the order in which they were given; findings and releases refer to them by index.
    pub(crate) manifests: Vec<ManifestFile>,
    /// Each channel file, then the sources together.
    pub(crate) judged: Vec<Judged>,
    /// What kept anything from being judged.
    pub(crate) errors: Vec<Finding>,
}

/// A sensor manifest.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ManifestFile {
    pub(crate) file: String,
    pub(crate) release: String,
}

/// Content that was judged.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Judged {
    /// What the content came from.
    pub(crate) kind: InputKind,
    /// The files: one channel file, or all sources.
    pub(crate) inputs: Vec<String>,
    pub(crate) status: Verdict,
    /// Length of the channel file, or of the one that `build` would write. Left out where sources do not become one, or do
    /// not say which channel it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bytes: Option<u64>,
    /// SHA-256 of the same: the identity of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sha256: Option<String>,
    /// What the content is; left out where it does not open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<Content>,
    /// How many rules of sources were accepted by the compiler; left out of channel files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) accepted: Option<u64>,
    /// The rules of sources that were not, and why. They refuse the content, unless they are skipped.
    pub(crate) refused: Vec<Refused>,
    /// What is wrong with the sources beside rules, or with the program.
    pub(crate) errors: Vec<Finding>,
    /// What each release would do with the content, in the order of the manifests.
    pub(crate) releases: Vec<Release>,
    /// How many findings there are.
    pub(crate) counts: Counts,
    /// What the validator found, the most important first.
    pub(crate) findings: Vec<Found>,
    /// What was exercised, by type and field.
    pub(crate) coverage: Vec<Coverage>,
    pub(crate) exercise: Exercise,
    pub(crate) examples: Examples,
    /// What recorded events did; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) traffic: Option<TrafficReport>,
    /// Whether nothing is wrong but that the sources hold no rule.
    #[serde(skip)]
    pub(crate) holds_no_rule: bool,
}

/// What content came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) enum InputKind {
    #[default]
    ChannelFile,
    Sources,
}

/// How many findings there are, of the validator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Counts {
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
    pub(crate) notes: u64,
    /// Of any level, waived by the source; not counted above.
    pub(crate) waived: u64,
}

impl Counts {
    pub(crate) fn of<'f>(findings: impl IntoIterator<Item = &'f Found>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            let count = match (&finding.waived, finding.level()) {
                (Some(_), _) => &mut counts.waived,
                (None, Level::Error) => &mut counts.errors,
                (None, Level::Warning) => &mut counts.warnings,
                (None, Level::Note) => &mut counts.notes,
            };
            *count = count.saturating_add(1);
        }
        counts
    }
}

impl Judged {
    /// What people call it.
    pub(crate) fn name(&self) -> String {
        match (self.kind, &*self.inputs) {
            (InputKind::ChannelFile, [name]) => name.clone(),
            (_, inputs) => crate::number::Counted(crate::number::count(inputs.len()), "source").to_string(),
        }
    }

    /// Whether a release, by its index, refuses the content for a reason of its own.
    pub(crate) fn is_refused_by(&self, release: usize) -> bool {
        let index = Some(crate::number::count(release));
        self.releases.get(release).is_some_and(|release| release.memory.is_none())
            || self.findings.iter().any(|finding| finding.release == index && finding.refuses())
    }

    /// What programs are told that show findings beside sources.
    pub(crate) fn subject(&self, skips_refused: bool) -> Subject<'_> {
        Subject {
            kind: self.kind,
            file: self.inputs.first().map(String::as_str).filter(|_| self.kind == InputKind::ChannelFile),
            source_errors: self.source_errors().collect(),
            left_out: skips_refused && self.content.is_some(),
            findings: self.findings.iter().map(|finding| (finding, None)).collect(),
        }
    }

    /// What is wrong with sources before they are content.
    pub(crate) fn source_errors(&self) -> impl Iterator<Item = &Finding> {
        self.refused.iter().flat_map(|refused| &refused.errors).chain(&self.errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::FailureReport;

    /// All that `check --format json` writes: the report, or why there is none.
    #[derive(schemars::JsonSchema)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "only its schema is of interest")]
    enum Written {
        Report(CheckReport),
        Failure(FailureReport),
    }

    #[test]
    fn the_schema_is_that_of_the_report() {
        crate::schema::assert_kept::<Written>("check", "report.schema.json");
    }
}
