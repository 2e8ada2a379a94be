//! Contents: several types in several versions, many instances that share criteria.

use channel_file::encode;
use channel_file::template::{
    Content, Criterion, DeclaredType, Disposition, Example, Expectation, Pattern, PatternValue, Rule, RuleBuilder,
    Sense, Severity, TemplateInstance, TypeKey,
};

use crate::choices::Choices;
use crate::declared::Declared;
use crate::events::Events;
use crate::patterns::Patterns;
use crate::swarm::Swarm;
use crate::words::Words;

/// Bytes of an input that decide what is general: features, and how much there is.
const GENERAL: usize = 40;
/// Bytes of an input that decide the types.
const TYPES: usize = 40;
/// Bytes of an input that decide the words.
const WORDS: usize = 80;
/// Bytes of an input that decide what is said of a rule beside its instances.
const NOTES: usize = 24;
/// Bytes of an input that decide one instance, so that others stay what they are when one changes.
const INSTANCE: usize = 48;

/// A content and the sensor that it was made for, which supplies all of it.
#[derive(Clone, Debug)]
pub struct Generated<'n> {
    /// What the sensor supplies.
    pub types: Vec<Declared<'n>>,
    /// Content that the library takes.
    pub content: Content,
    words: Words,
}

impl Generated<'static> {
    /// Content of one to three types made up on the way, and 1 to 40 instances: mostly few.
    ///
    /// # Errors
    ///
    /// Never, unless the library refuses what this crate takes for valid: that is a finding.
    pub fn new(choices: &mut Choices<'_>) -> channel_file::Result<Self> {
        let mut general = choices.part(GENERAL);
        let swarm = Swarm::new(&mut general);
        let mut of_types = choices.part(TYPES);
        let count: u32 = of_types.pick(&[1, 1, 2, 3]).max(1);
        let types = (0..count).map(|index| Declared::new(&mut of_types, &swarm, index.saturating_mul(7))).collect();
        Self::of(general, choices, swarm, types)
    }
}

impl<'n> Generated<'n> {
    /// Content for the types that a sensor declares. Of the operators that its fields allow it uses all.
    ///
    /// # Errors
    ///
    /// What is wrong with a declaration, or that there is none. Else never, unless the library refuses what this crate takes
    /// for valid.
    pub fn for_types(choices: &mut Choices<'_>, types: &[DeclaredType<'n>]) -> channel_file::Result<Self> {
        let mut general = choices.part(GENERAL);
        let swarm = Swarm::new(&mut general);
        Self::of(general, choices, swarm, types.iter().map(Declared::from).collect())
    }

    fn of(
        mut general: Choices<'_>,
        choices: &mut Choices<'_>,
        swarm: Swarm,
        types: Vec<Declared<'n>>,
    ) -> channel_file::Result<Self> {
        let words = Words::new(&mut choices.part(WORDS));
        let channel = u32::try_from(general.below(3)).unwrap_or_default();
        let content_version = u64::try_from(general.below(3)).unwrap_or_default().saturating_add(1);
        let count = if general.percent(20) { 1 } else { general.within(1, swarm.instances) };
        let rules = general.within(1, count);
        let mut maker = Maker { swarm: &swarm, words: &words, pools: vec![Vec::new(); types.len()] };
        let mut instances: Vec<Vec<TemplateInstance>> = vec![Vec::new(); rules];
        for index in 0..count {
            let mut choices = choices.part(INSTANCE);
            let rule = if index < rules { index } else { choices.below(rules) };
            let instance = maker.instance(&mut choices, &types)?;
            if let (Some(rule), Some(instance)) = (instances.get_mut(rule), instance) {
                rule.push(instance);
            }
        }
        let mut builder = Content::builder(channel, content_version);
        for declared in &types {
            for version in declared.versions() {
                builder = builder.template_type(declared.template_type(version)?);
            }
        }
        for (index, instances) in instances.into_iter().enumerate() {
            builder = builder.rule(maker.rule(&mut choices.part(NOTES), &types, index, instances)?);
        }
        Ok(Self { content: builder.build()?, types, words })
    }

    /// The channel file of the content.
    ///
    /// # Errors
    ///
    /// Never, unless the library refuses what this crate takes for valid.
    pub fn bytes(&self) -> channel_file::Result<Vec<u8>> {
        encode(&self.content)
    }

    /// Where events of a type come from, those of other versions of it too: mostly such as meet this content, or nearly.
    #[must_use]
    pub fn events<'e>(&'e self, declared: &'e Declared<'e>) -> Events<'e> {
        self.events_against(&self.content, declared)
    }

    /// The same for another content that has been made of this one: a part of it, or with changes.
    #[must_use]
    pub fn events_against<'e>(&'e self, content: &'e Content, declared: &'e Declared<'e>) -> Events<'e> {
        Events::new(content, declared, &self.words)
    }
}

/// What instances and rules are made from.
struct Maker<'m> {
    swarm: &'m Swarm,
    words: &'m Words,
    /// Of each type the criteria so far: some are shared.
    pools: Vec<Vec<Criterion>>,
}

impl Maker<'_> {
    fn instance(
        &mut self,
        choices: &mut Choices<'_>,
        types: &[Declared<'_>],
    ) -> channel_file::Result<Option<TemplateInstance>> {
        let of = choices.below(types.len());
        let (Some(declared), Some(pool)) = (types.get(of), self.pools.get_mut(of)) else { return Ok(None) };
        let version = choices.pick(&declared.versions());
        let declared = declared.at(version);
        let template_type = declared.template_type(version)?;
        let patterns = Patterns { swarm: self.swarm, words: self.words, fields: &declared.fields };
        let mut criteria = Vec::new();
        for _ in 0..choices.pick(&[1, 1, 2, 2, 3, 4, 6]).max(1) {
            let shared: Vec<&Criterion> =
                pool.iter().filter(|criterion| fits(criterion, declared.fields.len())).collect();
            let shared = if choices.percent(60) { None } else { choices.one_of(&shared).copied() };
            if let Some(shared) = shared {
                criteria.push(shared.clone());
            } else if let Some(made) = criterion(choices, &patterns)? {
                pool.push(made.clone());
                criteria.push(made);
            }
        }
        let severity = choices.one_of(Severity::ALL).copied().unwrap_or(Severity::Informational);
        let disposition = choices.one_of(Disposition::ALL).copied().unwrap_or(Disposition::Observe);
        if criteria.is_empty() {
            let simplest =
                (0_u16..).zip(&declared.fields).find_map(|(field, _)| Some((field, patterns.simplest(field)?)));
            if let Some((field, pattern)) = simplest {
                criteria.push(Criterion::new(field, Sense::AnyOf, [pattern])?);
            }
        }
        let builder = TemplateInstance::builder(&template_type).severity(severity).disposition(disposition);
        builder.criteria(criteria).build().map(Some)
    }

    fn rule(
        &self,
        choices: &mut Choices<'_>,
        types: &[Declared<'_>],
        index: usize,
        instances: Vec<TemplateInstance>,
    ) -> channel_file::Result<Rule> {
        // A content has no types but those of its instances, and takes no others in examples.
        let keys: Vec<TypeKey> = instances.iter().map(TemplateInstance::template_type).collect();
        let mut rule = instances.into_iter().fold(Rule::builder(format!("r{index}")), RuleBuilder::instance);
        if self.swarm.notes && choices.percent(50) {
            rule = rule.title(self.note(choices)).author(self.note(choices));
            for _ in 0..choices.below(3) {
                rule = rule.reference(format!("x{}", self.note(choices)));
            }
        }
        if self.swarm.examples && choices.percent(40) {
            for _ in 0..choices.within(1, 3) {
                let Some(key) = choices.one_of(&keys).copied() else { continue };
                let Some(declared) = types.iter().find(|declared| declared.id == key.id) else { continue };
                let declared = declared.at(key.version);
                let values = Events::without_content(&declared, self.words).event(choices);
                let expectation = choices.one_of(Expectation::ALL).copied().unwrap_or(Expectation::Match);
                rule = rule.example(Example::new(&declared.template_type(key.version)?, expectation, values)?);
            }
        }
        rule.build()
    }

    /// A title, an author, a reference: no control characters.
    fn note(&self, choices: &mut Choices<'_>) -> String {
        self.words.pick(choices).chars().filter(|character| !character.is_ascii_control()).collect()
    }
}

/// Whether a criterion speaks of the first fields alone.
fn fits(criterion: &Criterion, fields: usize) -> bool {
    let knows = |pattern: &Pattern| match pattern.as_ref().value() {
        PatternValue::Field(reference) => usize::from(reference.field) < fields,
        _ => true,
    };
    usize::from(criterion.field()) < fields && criterion.patterns().iter().all(knows)
}

/// A criterion on some field; `None` where chance has chosen nothing that its field takes.
fn criterion(choices: &mut Choices<'_>, patterns: &Patterns<'_>) -> channel_file::Result<Option<Criterion>> {
    let sense = if !patterns.swarm.none_of || choices.percent(75) { Sense::AnyOf } else { Sense::NoneOf };
    let field = u16::try_from(choices.below(patterns.fields.len())).unwrap_or_default();
    let most = patterns.swarm.patterns;
    let count = if choices.percent(95) { choices.within(1, most.min(4)) } else { choices.within(most.min(5), most) };
    let mut made = Vec::new();
    // A field may have nothing but patterns that chance refuses.
    for _ in 0..count.saturating_mul(4) {
        if made.len() < count {
            made.extend(patterns.pattern(choices, field));
        }
    }
    if made.is_empty() {
        made.extend(patterns.simplest(field));
    }
    if made.is_empty() { Ok(None) } else { Criterion::new(field, sense, made).map(Some) }
}
