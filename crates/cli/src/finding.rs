//! What is wrong, for people and for programs.

use std::fmt;
use std::io;
use std::path::Path;

use channel_file::template::Content;
use channel_file::{ChannelFile, Error, ErrorKind, SectionKind};
use channel_file_content::Diagnostic;
use serde::Serialize;

use crate::verdict::Verdict;

/// One thing that is wrong. The fields are those of the JSON; what is unknown is left out of it.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Finding {
    /// The file, or `-`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) file: String,
    /// What sort of thing is wrong: `damaged`, `unsupported`, `inconsistent`, `not-canonical`, `incompatible`, `limit`
    /// and `misuse` come from the library; `source` from a source; `event` from a line of which no event can be made;
    /// `manifest`, `waivers`, `fleet` and `baseline` from such a file; `input-output`, `usage` and `defect` from the way here.
    pub(crate) kind: &'static str,
    /// The library's stable code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<&'static str>,
    /// Byte offset in a channel file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) offset: Option<u64>,
    /// Where in the content of a channel file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<PathParts>,
    /// What the library expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<u64>,
    /// What the library found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) found: Option<u64>,
    /// Line of a source, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<usize>,
    /// Column of a source, from 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<usize>,
    /// Id of the rule in a source, or its title where it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) rule: String,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) help: String,
}

/// The parts of a library error's path: indices from 0, as the file counts them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PathParts {
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template_type: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<u32>,
}

impl PathParts {
    pub(crate) fn of(path: channel_file::Path) -> Option<Self> {
        let parts = Self {
            section: path.section_code().and_then(SectionKind::from_code).map(SectionKind::name),
            template_type: path.template_type_index(),
            instance: path.instance_index(),
            rule: path.rule_index(),
            example: path.example_index(),
            field: path.field_index(),
            pattern: path.pattern_index(),
        };
        Some(parts).filter(|parts| *parts != Self::default())
    }
}

impl Finding {
    /// What the library says of the bytes of a channel file.
    pub(crate) fn of_bytes(file: &str, error: Error, bytes: &[u8]) -> Self {
        Self { file: file.to_owned(), message: ChannelFile::explain(error, bytes).to_string(), ..Self::of_model(error) }
    }

    /// What the library says of content that is not yet bytes.
    pub(crate) fn of_model(error: Error) -> Self {
        Self {
            kind: kind_name(error.kind()),
            code: Some(error.code().as_str()),
            offset: error.offset(),
            path: PathParts::of(error.path()),
            expected: error.expected(),
            found: error.found(),
            message: error.to_string(),
            ..Self::default()
        }
    }

    /// What the library says of content as it becomes bytes, with the rule's id.
    pub(crate) fn of_content(error: Error, content: &Content) -> Self {
        let index = error.path().rule_index().and_then(|index| usize::try_from(index).ok());
        let rule = index.and_then(|index| content.rules().get(index));
        Self { rule: rule.map_or_else(String::new, |rule| rule.id().to_owned()), ..Self::of_model(error) }
    }

    /// What is wrong with a source as a whole.
    pub(crate) fn of_source(file: &str, message: &str, help: &str) -> Self {
        Self {
            file: file.to_owned(),
            kind: "source",
            message: message.to_owned(),
            help: help.to_owned(),
            ..Self::default()
        }
    }

    /// What was tried with a file, and why it failed.
    pub(crate) fn of_access(file: &Path, tried: &str, error: &io::Error) -> Self {
        Self {
            file: file.to_string_lossy().into_owned(),
            kind: "input-output",
            message: format!("cannot {tried}: {error}"),
            ..Self::default()
        }
    }

    /// A use of the program that cannot be.
    pub(crate) fn of_usage(message: &str) -> Self {
        Self { kind: "usage", message: message.to_owned(), ..Self::default() }
    }

    /// A file of JSON beside the content, such as a manifest, that does not say what it has to.
    pub(crate) fn of_json(file: &str, kind: &'static str, expected: &str, error: &serde_json::Error) -> Self {
        // The place is told apart.
        let said = error.to_string();
        let said = said.rsplit_once(" at line ").map_or(&*said, |(said, _)| said);
        Self {
            file: file.to_owned(),
            kind,
            line: Some(error.line()).filter(|line| *line > 0),
            column: Some(error.column()).filter(|_| error.line() > 0),
            message: format!("expected {expected}: {said}"),
            ..Self::default()
        }
    }

    /// A line of which no event can be made.
    pub(crate) fn of_event(file: &str, line: u64, column: Option<usize>, message: String) -> Self {
        Self {
            file: file.to_owned(),
            kind: "event",
            line: usize::try_from(line).ok(),
            column,
            message,
            ..Self::default()
        }
    }

    /// Something that only a defect of this program can lead to.
    pub(crate) fn of_defect(message: &str) -> Self {
        Self { kind: "defect", message: format!("{message}, which is a defect of this program"), ..Self::default() }
    }

    /// The verdict that the finding leads to.
    pub(crate) fn verdict(&self) -> Verdict {
        match self.kind {
            "input-output" | "usage" | "event" | "manifest" | "waivers" | "fleet" | "baseline" | "defect" => {
                Verdict::CouldNotJudge
            }
            _ => Verdict::Refused,
        }
    }
}

/// What the library calls a kind of error.
pub(crate) const fn kind_name(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Damaged => "damaged",
        ErrorKind::Unsupported => "unsupported",
        ErrorKind::Inconsistent => "inconsistent",
        ErrorKind::NotCanonical => "not-canonical",
        ErrorKind::Incompatible => "incompatible",
        ErrorKind::Limit => "limit",
        _ => "misuse",
    }
}

impl From<&Diagnostic> for Finding {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            file: diagnostic.source.clone(),
            kind: "source",
            line: Some(diagnostic.line).filter(|line| *line > 0),
            column: Some(diagnostic.column).filter(|column| *column > 0),
            rule: diagnostic.rule.clone(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            ..Self::default()
        }
    }
}

impl fmt::Display for Finding {
    /// `rules/pipe.yaml:12:9: rule 5f3a…: expected an operator`; help is not part of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}:", self.file)?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
                self.column.map_or(Ok(()), |column| write!(f, "{column}:"))?;
            }
            write!(f, " ")?;
        }
        if !self.rule.is_empty() {
            write!(f, "rule {}: ", self.rule)?;
        }
        f.write_str(&self.message)
    }
}

/// Why a command ended early.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) Vec<Finding>);

impl Failure {
    /// The verdict on all findings together.
    pub(crate) fn verdict(&self) -> Verdict {
        let verdicts = self.0.iter().map(Finding::verdict);
        verdicts.reduce(Verdict::and).unwrap_or(Verdict::CouldNotJudge)
    }
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

impl From<Box<Finding>> for Failure {
    fn from(finding: Box<Finding>) -> Self {
        Self(vec![*finding])
    }
}

/// Only standard output gives bare errors: every other access is described where it fails.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Finding::of_access(Path::new("-"), "write to standard output", &error).into()
    }
}
