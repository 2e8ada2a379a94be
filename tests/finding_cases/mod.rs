//! For each finding content that has it, and content beside it that does not.
//!
//! A further chapter is a module with a function `cases`, and a line in [`all`].

pub(crate) mod examples;
pub(crate) mod exercise;
pub(crate) mod load;
pub(crate) mod manifests;
pub(crate) mod schema;
pub(crate) mod sense;
pub(crate) mod structure;

use channel_file::interpreter::Budget;
use channel_file::template::{Content, Criterion, Rule, SensorType, SensorTypes, TemplateInstance, TemplateType};
use channel_file::validator::{FindingCode, Level, Report, SensorManifest, Validator, Waiver};
use channel_file::{Limits, encode};

channel_file::template_type! {
    /// A named pipe was created.
    pub struct PipeCreated = "pipe_created", id 17, version 2 {
        /// Its full name.
        pipe_name: text = "PipeName",
        /// Whose pipe it is.
        process_id: unsigned = "ProcessId",
        /// The program of that process.
        image: text = "Image",
        /// Its owner.
        user: text = "User" since 2,
    }
}

pub(crate) const PIPE_NAME: u16 = 0;
pub(crate) const PROCESS_ID: u16 = 1;
pub(crate) const IMAGE: u16 = 2;
pub(crate) const USER: u16 = 3;

/// Codes without a case here, and why.
pub(crate) const ELSEWHERE: &[(FindingCode, &str)] = &[
    (FindingCode::NotLoaded, "what the interpreter refuses for other reasons, an earlier layer has found"),
    (FindingCode::VerdictDiffers, "only a defect of the interpreter leads there"),
    (FindingCode::MatchesOften, "found in recorded events"),
    (FindingCode::CostsMore, "found in recorded events"),
    (FindingCode::FirstUseOfField, "found beside earlier content"),
    (FindingCode::TypeChanged, "found beside earlier content"),
    (FindingCode::FirstUseOfType, "found beside earlier content"),
    (FindingCode::FirstUseOfVersion, "found beside earlier content"),
    (FindingCode::FirstUseOfOperator, "found beside earlier content"),
    (FindingCode::NewMaximum, "found beside earlier content"),
    (FindingCode::NotASuccessor, "found beside earlier content"),
];

/// What is judged.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) bytes: Vec<u8>,
    pub(crate) manifests: Vec<SensorManifest>,
    pub(crate) waivers: Vec<Waiver>,
    pub(crate) budget: Budget,
}

impl Input {
    pub(crate) fn new(content: &Content) -> Self {
        let bytes = encode(content).expect("it is small");
        Self { bytes, manifests: Vec::new(), waivers: Vec::new(), budget: Budget::DEFAULT }
    }

    /// One rule, `r`, of these instances.
    pub(crate) fn of(instances: impl IntoIterator<Item = TemplateInstance>) -> Self {
        Self::new(&content([rule("r", instances)]))
    }

    /// One rule, `r`, of one instance.
    pub(crate) fn one(criteria: impl IntoIterator<Item = Criterion>) -> Self {
        Self::of([on_pipes(criteria)])
    }

    pub(crate) fn for_releases(self, manifests: impl IntoIterator<Item = SensorManifest>) -> Self {
        Self { manifests: manifests.into_iter().collect(), ..self }
    }

    pub(crate) fn waived(self, waivers: impl IntoIterator<Item = Waiver>) -> Self {
        Self { waivers: waivers.into_iter().collect(), ..self }
    }

    pub(crate) fn within(self, budget: Budget) -> Self {
        Self { budget, ..self }
    }

    pub(crate) fn judged(&self) -> Report {
        let validator = Validator::new().manifests(&self.manifests).waivers(&self.waivers).budget(self.budget);
        validator.judge(&self.bytes)
    }
}

/// Where in the content the finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) rule: Option<&'static str>,
    pub(crate) instance: Option<u32>,
    pub(crate) field: Option<(u16, &'static str)>,
    pub(crate) pattern: Option<u32>,
    pub(crate) example: Option<u32>,
}

impl At {
    pub(crate) const NOWHERE: Self = Self { rule: None, instance: None, field: None, pattern: None, example: None };
    /// The first instance of the rule `r`.
    pub(crate) const INSTANCE: Self = Self { rule: Some("r"), instance: Some(0), ..Self::NOWHERE };

    pub(crate) const fn field(self, field: u16) -> Self {
        let name = match field {
            PIPE_NAME => "PipeName",
            PROCESS_ID => "ProcessId",
            IMAGE => "Image",
            _ => "User",
        };
        Self { field: Some((field, name)), ..self }
    }

    pub(crate) const fn pattern(self, pattern: u32) -> Self {
        Self { pattern: Some(pattern), ..self }
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) code: FindingCode,
    pub(crate) level: Level,
    pub(crate) bad: Input,
    /// Index of the release that it is about.
    pub(crate) release: Option<usize>,
    pub(crate) at: At,
    /// What the message says, among other things.
    pub(crate) says: Vec<&'static str>,
    /// The same but for the one thing; it is accepted.
    pub(crate) good: Input,
}

impl Case {
    /// An error about the content itself.
    pub(crate) fn new(code: FindingCode, bad: Input, at: At, says: &[&'static str], good: Input) -> Self {
        Self { code, level: Level::Error, bad, release: None, at, says: says.to_vec(), good }
    }

    /// About the second of two releases.
    pub(crate) fn of_second(self) -> Self {
        Self { release: Some(1), ..self }
    }

    pub(crate) fn warning(self) -> Self {
        Self { level: Level::Warning, ..self }
    }

    pub(crate) fn note(self) -> Self {
        Self { level: Level::Note, ..self }
    }
}

/// All there are.
pub(crate) fn all() -> Vec<Case> {
    let chapters = [
        structure::cases(),
        schema::cases(),
        sense::cases(),
        sense::waivers(),
        load::cases(),
        exercise::cases(),
        examples::cases(),
        manifests::cases(),
    ];
    chapters.into_iter().flatten().collect()
}

pub(crate) fn pipes(version: u32) -> TemplateType {
    TemplateType::from_declared(&PipeCreated::TYPE, version).expect("there is this version").expect("it is well formed")
}

/// An instance on the first version.
pub(crate) fn on_pipes(criteria: impl IntoIterator<Item = Criterion>) -> TemplateInstance {
    TemplateInstance::builder(&pipes(1)).criteria(criteria).build().expect("the criteria fit")
}

pub(crate) fn on_second_version(criteria: impl IntoIterator<Item = Criterion>) -> TemplateInstance {
    TemplateInstance::builder(&pipes(2)).criteria(criteria).build().expect("the criteria fit")
}

pub(crate) fn rule(id: &str, instances: impl IntoIterator<Item = TemplateInstance>) -> Rule {
    let rule = instances.into_iter().fold(Rule::builder(id), channel_file::template::RuleBuilder::instance);
    rule.build().expect("a rule")
}

/// On those versions of the type that the rules are on.
pub(crate) fn content(rules: impl IntoIterator<Item = Rule>) -> Content {
    let rules: Vec<Rule> = rules.into_iter().collect();
    let is_used = |version: &u32| {
        let mut instances = rules.iter().flat_map(Rule::instances);
        instances.any(|instance| instance.template_type().version == *version)
    };
    let mut builder = Content::builder(291, 1);
    for version in [1, 2].into_iter().filter(is_used) {
        builder = builder.template_type(pipes(version));
    }
    rules.into_iter().fold(builder, channel_file::template::ContentBuilder::rule).build().expect("content")
}

/// The manifest of a release that supplies all of the type.
pub(crate) fn release(name: &str) -> SensorManifest {
    let types = [SensorType::of::<PipeCreated<'_>>()];
    SensorManifest::new(name, &SensorTypes::new(&types), Limits::DEFAULT, Budget::DEFAULT)
}

/// A good release, `7.10`, and another, `7.11`, that differs from it in this.
pub(crate) fn releases(change: impl FnOnce(&mut SensorManifest)) -> [SensorManifest; 2] {
    let mut changed = release("7.11");
    change(&mut changed);
    [release("7.10"), changed]
}

/// Two good releases.
pub(crate) fn good_releases() -> [SensorManifest; 2] {
    releases(|_| {})
}

pub(crate) fn waiver(finding: &str, field: Option<&str>) -> Waiver {
    let field = field.map(str::to_owned);
    Waiver { rule: "r".into(), finding: finding.into(), field, reason: "it is meant".into() }
}
