//! From sources to the bytes of a channel file, for every command that builds.

use std::collections::BTreeMap;
use std::path::PathBuf;

use channel_file::template::Content;
use channel_file::{ChannelFile, Limits, encode_with};
use channel_file_content::{CompileOptions, Compiled, Origins, Source, TypeLibrary, Waiver, compile, sigma};
use serde::Serialize;

use crate::arguments::SourcesArguments;
use crate::finding::{Failure, Finding};
use crate::input::{Input, is_standard_input};
use crate::number::{Counted, count};

/// What came of sources.
#[derive(Debug)]
pub(crate) struct Built {
    /// The content and its bytes; `None` if something is wrong.
    pub(crate) file: Option<(Content, Vec<u8>)>,
    /// How many rules were accepted.
    pub(crate) accepted: usize,
    /// What was refused.
    pub(crate) refused: Vec<Refused>,
    /// Whether nothing is wrong but that the sources hold no rule.
    pub(crate) holds_no_rule: bool,
    /// Whether no source says which channel it is, so that the bytes are not those of the file to come.
    pub(crate) lacks_channel: bool,
    /// What is wrong beside.
    pub(crate) errors: Vec<Finding>,
    /// Where the accepted rules were written.
    pub(crate) origins: Origins,
    /// What the sources waive.
    pub(crate) waivers: Vec<Waiver>,
}

/// A rule or a source that did not become content. The fields are those of the JSON.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Refused {
    /// The id of the rule; left out where there is none to be known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) rule: String,
    /// The title of the rule; left out as above.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) title: String,
    /// The reasons.
    pub(crate) errors: Vec<Finding>,
}

/// `2 rules, 1 source`; a source is refused where no rule of it is known. Nothing if there is none.
pub(crate) fn count_refused(all: &[Refused]) -> Option<String> {
    let sources = count(all.iter().filter(|refused| refused.rule.is_empty() && refused.title.is_empty()).count());
    let rules = count(all.len()).saturating_sub(sources);
    let told = [(rules, "rule"), (sources, "source")].into_iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> = told.map(|(number, noun)| Counted(number, noun).to_string()).collect();
    Some(told.join(", ")).filter(|told| !told.is_empty())
}

/// Refuses to read standard input for two things.
pub(crate) fn refuse_shared_input(arguments: &SourcesArguments, inputs: &[PathBuf]) -> Result<(), Failure> {
    let placeholders = arguments.placeholders.as_deref();
    if placeholders.is_some_and(is_standard_input) && inputs.iter().any(|input| is_standard_input(input)) {
        return Err(Finding::of_usage("standard input cannot be both a source and the placeholders").into());
    }
    Ok(())
}

/// How to compile, as far as the command line says it of every command.
pub(crate) fn options(arguments: &SourcesArguments, limits: Limits) -> Result<CompileOptions, Failure> {
    let placeholders = match &arguments.placeholders {
        Some(path) => {
            let Input { name, bytes } = Input::read(path, limits.file_bytes)?;
            serde_json::from_slice(&bytes).map_err(|error| Finding {
                file: name,
                ..Finding::of_usage(&format!("expected an object of names with lists of texts: {error}"))
            })?
        }
        None => BTreeMap::new(),
    };
    let sigma = sigma::Options { placeholders, limits, ..sigma::Options::default() };
    Ok(CompileOptions { limits, sigma, skip_refused: arguments.skip_refused, ..CompileOptions::default() })
}

/// Compiles and encodes sources. The bytes open under the limits that they were made under.
pub(crate) fn build(inputs: &[Input], types: &TypeLibrary, options: &CompileOptions) -> Built {
    let (mut sources, mut unreadable) = (Vec::new(), Vec::new());
    for input in inputs {
        match input.text(options.limits.file_bytes) {
            Ok(text) => sources.push(Source { name: &input.name, text }),
            Err(finding) => {
                unreadable.push(Refused { rule: String::new(), title: String::new(), errors: vec![*finding] })
            }
        }
    }
    if sources.is_empty() && !unreadable.is_empty() {
        // There is nothing to compile, and so nothing to be said about it.
        return Built {
            file: None,
            accepted: 0,
            refused: unreadable,
            holds_no_rule: false,
            lacks_channel: false,
            errors: Vec::new(),
            origins: Origins::default(),
            waivers: Vec::new(),
        };
    }
    let compiled = compile(&sources, types, options);
    let Compiled { content, accepted, refused, diagnostics, holds_no_rule, origins, waivers } = compiled;
    let mut errors: Vec<Finding> = diagnostics.iter().map(Finding::from).collect();
    let content = content.filter(|_| unreadable.is_empty() || options.skip_refused);
    let file = content.and_then(|content| match encode_with(&content, &options.limits) {
        Ok(bytes) => Some((content, bytes)),
        Err(error) => {
            errors.push(Finding::of_content(error, &content));
            None
        }
    });
    let file = file.filter(|(_, bytes)| match ChannelFile::open_with(bytes, &options.limits) {
        Ok(_) => true,
        Err(error) => {
            errors.push(Finding::of_bytes("", error, bytes));
            false
        }
    });
    if holds_no_rule && !unreadable.is_empty() {
        // What cannot be read may hold one.
        errors.clear();
    }
    let holds_no_rule = holds_no_rule && unreadable.is_empty();
    let refused = refused.into_iter().map(|refused| Refused {
        errors: refused.diagnostics.iter().map(Finding::from).collect(),
        rule: refused.id,
        title: refused.title,
    });
    let refused = unreadable.into_iter().chain(refused).collect();
    Built { file, accepted, refused, holds_no_rule, lacks_channel: false, errors, origins, waivers }
}

/// The same for who judges: where nothing is wrong but that no source says which channel it is, there are bytes too.
pub(crate) fn build_to_judge(inputs: &[Input], types: &TypeLibrary, options: &CompileOptions) -> Built {
    let built = build(inputs, types, options);
    let lacks_one_thing =
        built.file.is_none() && (built.refused.is_empty() || options.skip_refused) && built.errors.len() == 1;
    if !lacks_one_thing || built.holds_no_rule || options.channel.is_some() {
        return built;
    }
    let of_any_channel = build(inputs, types, &CompileOptions { channel: Some(0), ..options.clone() });
    if of_any_channel.file.is_some() { Built { lacks_channel: true, ..of_any_channel } } else { built }
}
