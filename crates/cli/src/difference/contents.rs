//! The two contents that are compared, and those that came before.

use std::path::{Path, PathBuf};

use channel_file::template::Content;
use channel_file::validator::History;
use channel_file::{ChannelFile, Limits};
use channel_file_content::{CompileOptions, Origins, Waiver};

use crate::arguments::SourcesArguments;
use crate::finding::{Failure, Finding};
use crate::input::{self, Input, is_standard_input};
use crate::judging::history;
use crate::judging::positions::Positions;
use crate::report::InputKind;
use crate::sources::{self, Built, Refused};

/// A content that is compared.
#[derive(Debug)]
pub(crate) struct Side {
    /// The path as given.
    pub(crate) name: String,
    pub(crate) kind: InputKind,
    /// A channel file that opens under the limits.
    pub(crate) bytes: Vec<u8>,
    /// What was left out of sources, and why.
    pub(crate) refused: Vec<Refused>,
    written: Option<Written>,
}

/// The content of sources, and where it was written.
#[derive(Debug)]
struct Written {
    content: Content,
    origins: Origins,
    waivers: Vec<Waiver>,
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

    /// Leads back to sources, if it is any.
    pub(crate) fn positions<'s>(&'s self, file: &ChannelFile<'_>) -> Option<Positions<'s>> {
        let Written { content, origins, waivers } = self.written.as_ref()?;
        Some(Positions::new(content, file, origins, waivers))
    }
}

/// How contents are read.
#[derive(Debug)]
pub(crate) struct Reading<'r> {
    pub(crate) sources: &'r SourcesArguments,
    pub(crate) options: CompileOptions,
}

impl Reading<'_> {
    /// Reads all. What is wrong with the new content refuses it; without the others it cannot be judged.
    pub(crate) fn read(&self, old: &Path, new: &Path, history: &[PathBuf]) -> Result<Contents, Failure> {
        if is_standard_input(old) && is_standard_input(new) {
            return Err(Finding::of_usage("standard input cannot be both contents").into());
        }
        sources::refuse_shared_input(self.sources, &[old.to_owned(), new.to_owned()])?;
        let (history, history_files) = history::read(history, &self.options.limits)?;
        let (old, new) = (Draft::read(old, self).map_err(unreadable)?, Draft::read(new, self)?);
        let stated = (self.stated(&old).map_err(unreadable)?, self.stated(&new)?);
        let numbers = Numbers::of(&stated, &history);
        let old = match stated.0 {
            Some(side) => side,
            None => self.compile(&old, numbers.old).map_err(unreadable)?,
        };
        let new = match stated.1 {
            Some(side) => side,
            None => self.compile(&new, numbers.new)?,
        };
        Ok(Contents { old, new, history, history_files })
    }

    /// A channel file, or what sources become that say which channel they are; `None` if they do not say.
    fn stated(&self, draft: &Draft) -> Result<Option<Side>, Failure> {
        match &draft.inputs[..] {
            [input] if draft.kind == InputKind::ChannelFile => {
                let opened = ChannelFile::open_with(&input.bytes, &self.options.limits);
                opened.map_err(|error| Finding::of_bytes(&input.name, error, &input.bytes))?;
                let (name, bytes) = (draft.name.clone(), input.bytes.clone());
                Ok(Some(Side { name, kind: draft.kind, bytes, refused: Vec::new(), written: None }))
            }
            inputs => {
                let built = sources::build_to_judge(inputs, &self.sources.types.library(), &self.options);
                if built.lacks_channel { Ok(None) } else { draft.side(built).map(Some) }
            }
        }
    }

    /// Compiles sources to this channel and content version.
    fn compile(&self, draft: &Draft, (channel, content_version): (u32, u64)) -> Result<Side, Failure> {
        let options =
            CompileOptions { channel: Some(channel), content_version: Some(content_version), ..self.options.clone() };
        draft.side(sources::build(&draft.inputs, &self.sources.types.library(), &options))
    }
}

/// What a content is read from, before it is one.
#[derive(Debug)]
struct Draft {
    name: String,
    kind: InputKind,
    inputs: Vec<Input>,
}

impl Draft {
    fn read(path: &Path, reading: &Reading<'_>) -> Result<Self, Failure> {
        let most = reading.options.limits.file_bytes;
        let name = path.to_string_lossy().into_owned();
        let files = input::files(&[path.to_owned()], input::SOURCES)?;
        let inputs: Vec<Input> = files.iter().map(|file| Input::read(file, most)).collect::<Result<_, _>>()?;
        let is_folder = !is_standard_input(path) && path.is_dir();
        let is_file = !is_folder && inputs.iter().all(Input::is_binary);
        let kind = if is_file { InputKind::ChannelFile } else { InputKind::Sources };
        Ok(Self { name, kind, inputs })
    }

    /// What came of the sources, or why nothing did.
    fn side(&self, built: Built) -> Result<Side, Failure> {
        let Built { file, refused, errors, origins, waivers, .. } = built;
        match file {
            Some((content, bytes)) => {
                let written = Some(Written { content, origins, waivers });
                Ok(Side { name: self.name.clone(), kind: self.kind, bytes, refused, written })
            }
            None => Err(Failure(refused.into_iter().flat_map(|refused| refused.errors).chain(errors).collect())),
        }
    }
}

/// Channel and content version for sources that do not say them: those of a step from the old content to the new one.
struct Numbers {
    old: (u32, u64),
    new: (u32, u64),
}

impl Numbers {
    fn of(stated: &(Option<Side>, Option<Side>), history: &History) -> Self {
        let numbers = |side: &Option<Side>| {
            let header = side.as_ref().and_then(|side| ChannelFile::peek(&side.bytes).ok());
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
