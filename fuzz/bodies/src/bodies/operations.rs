//! `operations`: sequences of calls do what a simple model does.

use std::collections::BTreeMap;
use std::sync::Arc;

use channel_file::interpreter::{Budget, Channels, ChannelsScratch, Event, Interpreter, SharedChannels};
use channel_file::template::{
    Content, ContentBuilder, Criterion, DeclaredField, OwnedValue, Rule, RuleBuilder, SensorType, SensorTypes,
    TemplateInstance, Value,
};
use channel_file::{ChannelFile, decode, encode};
use channel_file_smith::{Choices, Declared, Gate, Generated};

pub(crate) fn body(input: &[u8]) -> Gate {
    let mut choices = Choices::of(input);
    let generated = Generated::new(&mut choices.part(512)).expect("smith makes valid content");
    let bytes = generated.bytes().expect("smith makes valid content");
    builders_forget_the_order(&mut choices, &generated, &bytes);
    binding_compares_everything(&mut choices, &generated, &bytes);
    channels_are_a_map(&mut choices, &generated, &bytes);
    Gate::Canonical
}

/// Rules, types, criteria and patterns in any order, some of them twice, are the same content; a rule twice is refused.
fn builders_forget_the_order(choices: &mut Choices<'_>, generated: &Generated<'_>, bytes: &[u8]) {
    let content = &generated.content;
    let types = shuffled(choices, content.types().to_vec());
    let rules = shuffled(choices, content.rules().to_vec());
    let builder = types
        .into_iter()
        .fold(Content::builder(content.channel(), content.content_version()), ContentBuilder::template_type);
    let mut again = builder.clone();
    for rule in &rules {
        let mut rebuilt = Rule::builder(rule.id()).title(rule.title()).author(rule.author());
        rebuilt = rule.references().iter().fold(rebuilt, |builder, reference| builder.reference(reference));
        for instance in rule.instances() {
            let own = content.template_type(instance.template_type()).expect("the content has it");
            let criteria = shuffled(choices, instance.criteria().to_vec()).into_iter().map(|criterion| {
                let mut patterns = shuffled(choices, criterion.patterns().to_vec());
                patterns.extend(patterns.first().cloned());
                Criterion::new(criterion.field(), criterion.sense(), patterns).expect("there are patterns")
            });
            let criteria: Vec<_> = criteria.collect();
            let instance = TemplateInstance::builder(own)
                .severity(instance.severity())
                .disposition(instance.disposition())
                .criteria(criteria);
            rebuilt = rebuilt.instance(instance.build().expect("it was built before"));
        }
        let rebuilt = rule.examples().iter().cloned().fold(rebuilt, RuleBuilder::example);
        again = again.rule(rebuilt.build().expect("it was built before"));
    }
    let twice = rules.first().map(|rule| again.clone().rule(rule.clone()));
    let again = again.build().expect("it was built before");
    assert_eq!(encode(&again).as_deref(), Ok(bytes), "another order is another file");
    assert!(twice.is_none_or(|twice| twice.build().is_err()), "a rule twice is taken");
    assert!(builder.build().is_err(), "content without rules is taken");
    assert_eq!(decode(bytes).as_ref(), Ok(&again));
}

/// A sensor that was changed in one place is refused exactly if a type of the file is touched by the change.
fn binding_compares_everything(choices: &mut Choices<'_>, generated: &Generated<'static>, bytes: &[u8]) {
    let file = ChannelFile::open(bytes).expect("smith makes valid content");
    let mut types = generated.types.clone();
    let mut inputs: Vec<usize> = types.iter().map(|own| own.fields.len()).collect();
    for _ in 0..choices.below(3) {
        let of = choices.below(types.len());
        change_sensor(choices, &mut types[of], &mut inputs[of]);
    }
    if choices.percent(10) {
        types.remove(0);
        inputs.remove(0);
    }
    let sensor: Vec<SensorType<'_>> =
        types.iter().zip(&inputs).map(|(own, inputs)| SensorType::supplying(own.declaration(), *inputs)).collect();
    let supplies = |key: channel_file::template::TypeKey| {
        let Some((own, inputs)) = types.iter().zip(&inputs).find(|(own, _)| own.id == key.id) else { return false };
        let expected =
            generated.types.iter().find(|expected| expected.id == key.id).expect("the file is of these types");
        let at = |own: &Declared<'static>| -> Vec<DeclaredField<'static>> {
            let fields = own.fields.iter().take_while(|field| field.since <= key.version);
            fields.map(|field| DeclaredField { since: 1, ..*field }).collect()
        };
        let has_version = own.version == key.version
            || (own.version > key.version && own.fields.iter().any(|field| field.since == key.version));
        *inputs == own.fields.len() && has_version && at(own) == at(expected)
    };
    let expected = file.types().all(|own| supplies(own.key()));
    let bound = file.bind(&SensorTypes::new(&sensor));
    assert_eq!(bound.is_ok(), expected, "{bound:?} for {types:?} with {inputs:?} inputs");
    let loaded = Interpreter::load(&file, &SensorTypes::new(&sensor), &Budget::DEFAULT);
    assert!(expected || loaded.is_err(), "it loads, and does not bind");
}

fn change_sensor(choices: &mut Choices<'_>, own: &mut Declared<'static>, inputs: &mut usize) {
    if own.fields.is_empty() {
        // An earlier change took the last.
        return;
    }
    let field = choices.below(own.fields.len());
    match choices.below(8) {
        0 => *inputs += 1,
        1 => *inputs = inputs.saturating_sub(1),
        2 => *inputs = choices.below(80_000),
        3 => drop(own.fields.remove(field)),
        4 => {
            own.fields.remove(field);
            *inputs = inputs.saturating_sub(1);
        }
        5 => {
            let newest = own.fields.last().copied();
            own.version += 1;
            own.fields.extend(newest.map(|newest| DeclaredField { name: "appended", since: own.version, ..newest }));
            *inputs += 1;
        }
        6 => own.fields[field].name = "renamed",
        _ => own.version += 1,
    }
}

/// Channels are a map from channel to interpreter, and evaluating all is evaluating each.
fn channels_are_a_map(choices: &mut Choices<'_>, generated: &Generated<'_>, bytes: &[u8]) {
    let sensor: Vec<SensorType<'_>> = generated.types.iter().map(Declared::supplied).collect();
    let sensor = SensorTypes::new(&sensor);
    let load = |channel: u32, version: u64| {
        let content = &generated.content;
        let builder =
            content.types().iter().cloned().fold(Content::builder(channel, version), ContentBuilder::template_type);
        // Each has a part of the rules of its own.
        let rules =
            content.rules().iter().enumerate().filter(|(index, _)| index % 4 <= usize::try_from(version % 4).unwrap());
        let content = rules.fold(builder, |builder, (_, rule)| builder.rule(rule.clone())).build();
        let file = content.and_then(|content| encode(&content)).unwrap_or_else(|_| bytes.to_vec());
        let file = ChannelFile::open(&file).expect("a part of valid content");
        Interpreter::load(&file, &sensor, &Budget::DEFAULT).ok().map(Arc::new)
    };
    let shared = SharedChannels::new(Channels::new());
    let mut model: BTreeMap<u32, Arc<Interpreter<'_>>> = BTreeMap::new();
    let mut scratch = ChannelsScratch::default();
    for _ in 0..choices.within(1, 8) {
        let channel = u32::try_from(choices.below(4)).unwrap();
        match choices.below(4) {
            0 | 1 => {
                let version = u64::try_from(choices.below(4)).unwrap() + 1;
                let Some(interpreter) = load(channel, version) else { return };
                let before = shared.replace(Arc::clone(&interpreter));
                let expected = model.insert(interpreter.channel(), interpreter);
                assert_eq!(before.map(|own| own.content_version()), expected.map(|own| own.content_version()));
            }
            2 => {
                let (removed, expected) = (shared.remove(channel), model.remove(&channel));
                assert_eq!(removed.map(|own| own.content_version()), expected.map(|own| own.content_version()));
            }
            _ if choices.percent(50) => scratch = shared.snapshot().scratch(),
            _ => {}
        }
        let snapshot = shared.snapshot();
        let listed: Vec<_> = snapshot.iter().map(|own| (own.channel(), own.content_version())).collect();
        let expected: Vec<_> = model.values().map(|own| (own.channel(), own.content_version())).collect();
        assert_eq!(listed, expected);
        let declared = &generated.types[choices.below(generated.types.len())];
        let values = generated.events(declared).event(choices);
        let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
        let declaration = declared.declaration();
        let event = Event::new(&declaration, &borrowed).expect("one value a field, of its kind");
        let found: Vec<_> =
            snapshot.evaluate(&event, &mut scratch).map(|found| (found.channel, found.found.instance)).collect();
        let expected: Vec<_> = model
            .iter()
            .flat_map(|(channel, own)| {
                let mut scratch = own.scratch();
                own.evaluate(&event, &mut scratch).map(|found| (*channel, found.instance)).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(found, expected);
    }
}

fn shuffled<T>(choices: &mut Choices<'_>, mut things: Vec<T>) -> Vec<T> {
    for last in (1..things.len()).rev() {
        things.swap(last, choices.below(last + 1));
    }
    things
}
