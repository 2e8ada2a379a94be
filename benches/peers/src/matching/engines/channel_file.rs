//! This project's own engine.

use channel_file::interpreter::{Budget, Event as ChannelFileEvent, Interpreter, Matches, Scratch};
use channel_file::template::{SensorType, SensorTypes, Value};
use channel_file::{ChannelFile, OwnTypes, encode};
use channel_file_content::{CompileOptions, Source, TypeLibrary, compile};

use crate::Failure;
use crate::machine::version_of;
use crate::matching::data::{Event, Rule};
use crate::matching::engine::{Description, Engine, Loaded, Parsed};

pub(super) struct ChannelFileEngine;

impl Engine for ChannelFileEngine {
    fn describe(&self) -> Description {
        Description {
            name: "channel-file",
            version: version_of("channel-file"),
            configuration: "default budget, events as a slice of values",
            parse: "Sigma texts to the bytes of a channel file",
            load: "check the bytes, bind them to the sensor's types, make the interpreter",
            keeps_parsed: false,
        }
    }

    fn parse(&self, rules: &[Rule]) -> Result<Box<dyn Parsed>, Failure> {
        let library = TypeLibrary::windows();
        let sources: Vec<_> = rules.iter().map(|rule| Source { name: &rule.name, text: &rule.text }).collect();
        let options = CompileOptions { channel: Some(1), ..CompileOptions::default() };
        let compiled = compile(&sources, &library, &options);
        let rules = compiled.accepted;
        let content = compiled.content.ok_or("no rule was accepted")?;
        let bytes = encode(&content)?.leak();
        Ok(Box::new(File { bytes, types: types_of(bytes)?, rules }))
    }
}

/// The types of a file as a sensor's source declares them: for as long as the program runs.
fn types_of(bytes: &'static [u8]) -> Result<&'static [SensorType<'static>], Failure> {
    let file = Box::leak(Box::new(ChannelFile::open(bytes)?));
    Ok(Box::leak(Box::new(OwnTypes::of(file))).sensor_types().leak())
}

struct File {
    bytes: &'static [u8],
    types: &'static [SensorType<'static>],
    rules: usize,
}

impl Parsed for File {
    fn load<'a>(&'a self) -> Result<Box<dyn Loaded<'a> + 'a>, Failure> {
        let file = ChannelFile::open(self.bytes)?;
        let interpreter = Interpreter::load(&file, &SensorTypes::new(self.types), &Budget::DEFAULT)?;
        let scratch = interpreter.scratch();
        Ok(Box::new(LoadedFile { file: self, interpreter, scratch, events: Vec::new(), matching: Vec::new() }))
    }
}

struct LoadedFile<'a> {
    file: &'a File,
    interpreter: Interpreter<'static>,
    scratch: Scratch,
    events: Vec<Vec<Value<'a>>>,
    /// Room for the rules of an event.
    matching: Vec<u32>,
}

impl LoadedFile<'_> {
    /// The matches of an event, checked and made here as a sensor would.
    fn matches(&mut self, event: usize) -> Option<Matches<'_>> {
        let declared = self.file.types.first()?.declared();
        let event = ChannelFileEvent::new(declared, self.events.get(event)?).ok()?;
        Some(self.interpreter.evaluate(&event, &mut self.scratch))
    }
}

impl<'a> Loaded<'a> for LoadedFile<'a> {
    fn rules(&self) -> usize {
        self.file.rules
    }

    fn prepare(&mut self, events: &'a [Event]) -> Result<(), Failure> {
        let declared = self.file.types.first().map(SensorType::declared).ok_or("the file has no type")?;
        let value = |event: &'a Event, name: &str| {
            let found = event.fields.iter().find(|(field, _)| field == name);
            found.map_or(Value::Absent, |(_, value)| Value::Text(value.as_bytes()))
        };
        let values = |event| declared.fields.iter().map(|field| value(event, field.name)).collect();
        self.events = events.iter().map(values).collect();
        Ok(())
    }

    fn evaluate(&mut self, event: usize) -> usize {
        let mut matching = std::mem::take(&mut self.matching);
        matching.clear();
        matching.extend(self.matches(event).into_iter().flatten().map(|found| found.rule_index));
        matching.sort_unstable();
        matching.dedup();
        self.matching = matching;
        self.matching.len()
    }

    fn rule_ids(&mut self, event: usize) -> Option<Vec<String>> {
        let mut ids: Vec<_> = self.matches(event)?.map(|found| found.rule.to_owned()).collect();
        ids.sort_unstable();
        ids.dedup();
        Some(ids)
    }
}
