//! The two contents that are compared, and those that came before.

use std::path::{Path, PathBuf};

use channel_file::validator::History;
use channel_file::{ChannelFile, Limits};
use channel_file_content::CompileOptions;
use serde::Serialize;

use crate::arguments::SourcesArguments;
use crate::finding::{Failure, Finding};
use crate::input::{self, Input, is_standard_input};
use crate::sources::{self, Built};

/// A content that is compared.
#[derive(Debug)]
pub(crate) struct Side {
    /// The path as given.
    pub(crate) name: String,
    pub(crate) kind: SideKind,
    /// A channel file that opens under the limits.
    pub(crate) bytes: Vec<u8>,
}

/// What a content was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SideKind {
    ChannelFile,
    Sources,
}

/// What is compared.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) old: Side,
    pub(crate) new: Side,
    pub(crate) history: History,
    /// How many files the history was read from.
    pub(crate) history_files: usize,
}

impl Side {
    /// Opens it; that it opens was seen when it was read.
    pub(crate) fn open(&self, limits: &Limits) -> Result<ChannelFile<'_>, Box<Finding>> {
        let opened = ChannelFile::open_with(&self.bytes, limits);
        opened.map_err(|error| Finding::of_bytes(&self.name, error, &self.bytes).into())
    }
}

/// How contents are read.
#[derive(Debug)]
pub(crate) struct Reading<'r> {
    pub(crate) sources: &'r SourcesArguments,
    pub(crate) limits: Limits,
}

impl Reading<'_> {
    /// Reads all. What is wrong with the new content refuses it; without the others it cannot be judged.
    pub(crate) fn read(&self, old: &Path, new: &Path, history: &[PathBuf]) -> Result<Contents, Failure> {
        if is_standard_input(old) && is_standard_input(new) {
            return Err(Finding::of_usage("standard input cannot be both contents").into());
        }
        sources::refuse_shared_input(self.sources, &[old.to_owned(), new.to_owned()])?;
        let (history, history_files) = self.history(history).map_err(unreadable)?;
        let (old, new) = (Draft::read(old, self).map_err(unreadable)?, Draft::read(new, self)?);
        let stated = (self.stated(&old).map_err(unreadable)?, self.stated(&new)?);
        let numbers = Numbers::of(&stated, &history);
        let old_bytes = match stated.0 {
            Some(bytes) => bytes,
            None => self.compile(&old, Some(numbers.old)).map_err(unreadable)?,
        };
        let new_bytes = match stated.1 {
            Some(bytes) => bytes,
            None => self.compile(&new, Some(numbers.new))?,
        };
        Ok(Contents { old: old.with(old_bytes), new: new.with(new_bytes), history, history_files })
    }

    fn history(&self, paths: &[PathBuf]) -> Result<(History, usize), Failure> {
        let (mut history, mut findings) = (History::new(), Vec::new());
        let files = input::files(paths, &["chan"])?;
        for path in &files {
            let read = Input::read(path, self.limits.file_bytes).and_then(|input| {
                let opened = ChannelFile::open_with(&input.bytes, &self.limits);
                let file = opened.map_err(|error| Finding::of_bytes(&input.name, error, &input.bytes))?;
                history.add(&file);
                Ok(())
            });
            findings.extend(read.err().map(|finding| *finding));
        }
        if findings.is_empty() { Ok((history, files.len())) } else { Err(Failure(findings)) }
    }

    /// The bytes of a channel file, or of sources that say which channel they are; `None` if they do not say.
    fn stated(&self, draft: &Draft) -> Result<Option<Vec<u8>>, Failure> {
        match &draft.inputs[..] {
            [input] if draft.kind == SideKind::ChannelFile => {
                let opened = ChannelFile::open_with(&input.bytes, &self.limits);
                opened.map_err(|error| Finding::of_bytes(&input.name, error, &input.bytes))?;
                Ok(Some(input.bytes.clone()))
            }
            _ => match self.compile(draft, None) {
                Ok(bytes) => Ok(Some(bytes)),
                // Nothing else may be wrong: sources of no channel compile for any.
                Err(failure) if failure.0.len() == 1 && self.compile(draft, Some((0, 1))).is_ok() => {
                    drop(failure);
                    Ok(None)
                }
                Err(failure) => Err(failure),
            },
        }
    }

    /// Compiles sources, to this channel and content version if they are given.
    fn compile(&self, draft: &Draft, numbers: Option<(u32, u64)>) -> Result<Vec<u8>, Failure> {
        let options = CompileOptions {
            channel: numbers.map(|(channel, _)| channel),
            content_version: numbers.map(|(_, version)| version),
            ..sources::options(self.sources, self.limits)?
        };
        let Built { file, refused, errors, .. } =
            sources::build(&draft.inputs, &self.sources.types.library(), &options);
        let reasons = refused.into_iter().flat_map(|refused| refused.errors);
        file.map(|(_, bytes)| bytes).ok_or_else(|| Failure(reasons.chain(errors).collect()))
    }
}

/// What a content is read from, before it is one.
#[derive(Debug)]
struct Draft {
    name: String,
    kind: SideKind,
    inputs: Vec<Input>,
}

impl Draft {
    fn read(path: &Path, reading: &Reading<'_>) -> Result<Self, Failure> {
        let most = reading.limits.file_bytes;
        let name = path.to_string_lossy().into_owned();
        let files = input::files(&[path.to_owned()], input::SOURCES)?;
        let inputs: Vec<Input> = files.iter().map(|file| Input::read(file, most)).collect::<Result<_, _>>()?;
        let is_folder = !is_standard_input(path) && path.is_dir();
        let is_file = !is_folder && inputs.iter().all(Input::is_binary);
        let kind = if is_file { SideKind::ChannelFile } else { SideKind::Sources };
        Ok(Self { name, kind, inputs })
    }

    fn with(self, bytes: Vec<u8>) -> Side {
        Side { name: self.name, kind: self.kind, bytes }
    }
}

/// Channel and content version for sources that do not say them: those of a step from the old content to the new one.
struct Numbers {
    old: (u32, u64),
    new: (u32, u64),
}

impl Numbers {
    fn of(stated: &(Option<Vec<u8>>, Option<Vec<u8>>), history: &History) -> Self {
        let numbers = |bytes: &Option<Vec<u8>>| {
            let header = bytes.as_ref().and_then(|bytes| ChannelFile::peek(bytes).ok());
            header.map(|header| (header.channel(), header.content_version()))
        };
        let latest = |channel| history.versions(channel).next_back().unwrap_or_default();
        match (numbers(&stated.0), numbers(&stated.1)) {
            (Some(old), new) => {
                let next = old.1.max(latest(old.0)).saturating_add(1);
                Self { old, new: new.unwrap_or((old.0, next)) }
            }
            (None, Some(new)) => Self { old: (new.0, new.1.saturating_sub(1).max(1)), new },
            (None, None) => {
                let channel = history.channels().next().unwrap_or_default();
                let latest = latest(channel);
                Self { old: (channel, latest.saturating_add(1)), new: (channel, latest.saturating_add(2)) }
            }
        }
    }
}

/// What is wrong with what the new content is compared with says nothing of the new content.
fn unreadable(failure: Failure) -> Failure {
    Failure(failure.0.into_iter().map(|finding| Finding { kind: "input-output", ..finding }).collect())
}
