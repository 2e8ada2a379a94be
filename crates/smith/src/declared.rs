//! Template types that a sensor supplies, made at run time.

use channel_file::template::{
    Content, DeclaredField, DeclaredType, FieldKind, Operator, OperatorSet, SensorType, TemplateType, TypeKey,
};

use crate::choices::Choices;
use crate::swarm::Swarm;

const NAMES: [&str; 12] = ["f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11"];

/// One template type in its newest version: a [`DeclaredType`] that holds its fields itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared<'n> {
    /// Names the capability in the sensor.
    pub id: u32,
    /// The newest version.
    pub version: u32,
    /// The name that people use.
    pub name: &'n str,
    /// The fields, in the order of the inputs.
    pub fields: Vec<DeclaredField<'n>>,
}

impl<'n> Declared<'n> {
    /// A type with one to twelve fields, in one to three versions; most fields are text, some allow but a part of their operators.
    #[must_use]
    pub fn new(choices: &mut Choices<'_>, swarm: &Swarm, id: u32) -> Self {
        let version = choices.pick(&[1, 1, 1, 2, 3]).max(1);
        let mut fields = Vec::new();
        for since in 1..=version {
            for _ in 0..choices.within(1, 4) {
                let kind = swarm.kind(choices);
                let operators = if choices.percent(90) { kind.operators() } else { part(choices, kind) };
                let name = NAMES.get(fields.len()).copied().unwrap_or_default();
                fields.push(DeclaredField { name, kind, operators, since });
            }
        }
        Self { id, version, name: "t", fields }
    }

    /// As the types of a content would be declared: every field since the first version that the content has it in.
    #[must_use]
    pub fn of(content: &'n Content) -> Vec<Self> {
        Self::of_types(content.types())
    }

    /// The same of types in ascending order of ids and versions.
    #[must_use]
    pub fn of_types(all: &'n [TemplateType]) -> Vec<Self> {
        let mut types: Vec<Self> = Vec::new();
        for template_type in all {
            let TypeKey { id, version } = template_type.key();
            let mut own = types.pop_if(|last| last.id == id).unwrap_or(Self {
                id,
                version,
                name: template_type.name(),
                fields: Vec::new(),
            });
            own.version = version;
            let since = if own.fields.is_empty() { 1 } else { version };
            for field in template_type.fields().iter().skip(own.fields.len()) {
                let (name, kind, operators) = (field.name(), field.kind(), field.operators());
                own.fields.push(DeclaredField { name, kind, operators, since });
            }
            types.push(own);
        }
        types
    }

    /// The type as a sensor has it whose integration code supplies an input for each field.
    #[must_use]
    pub fn supplied(&self) -> SensorType<'_> {
        SensorType::supplying(self.declaration(), self.fields.len())
    }

    /// The same, borrowed.
    #[must_use]
    pub fn declaration(&self) -> DeclaredType<'_> {
        DeclaredType { id: self.id, version: self.version, name: self.name, fields: &self.fields }
    }

    /// The same type in an earlier version.
    #[must_use]
    pub fn at(&self, version: u32) -> Self {
        let fields = self.fields.iter().filter(|field| field.since <= version).copied().collect();
        Self { id: self.id, version, name: self.name, fields }
    }

    /// The versions, ascending: each appended fields.
    #[must_use]
    pub fn versions(&self) -> Vec<u32> {
        let mut versions: Vec<u32> = self.fields.iter().map(|field| field.since).chain([self.version]).collect();
        versions.dedup();
        versions
    }

    /// The version as content knows it.
    ///
    /// # Errors
    ///
    /// What is wrong with the declaration; nothing, of a type made by [`new`](Self::new).
    pub fn template_type(&self, version: u32) -> channel_file::Result<TemplateType> {
        let builder = TemplateType::builder(self.id, version, self.name);
        let fields = self.fields.iter().filter(|field| field.since <= version);
        fields.fold(builder, |builder, field| builder.field_with(field.name, field.kind, field.operators)).build()
    }
}

impl<'n> From<&DeclaredType<'n>> for Declared<'n> {
    fn from(declared: &DeclaredType<'n>) -> Self {
        let DeclaredType { id, version, name, fields } = *declared;
        Self { id, version, name, fields: fields.to_vec() }
    }
}

/// At least one of a kind's operators: not a reference alone, for there may be no field to refer to.
fn part(choices: &mut Choices<'_>, kind: FieldKind) -> OperatorSet {
    let mut operators: Vec<_> = kind.operators().iter().filter(|_| choices.percent(60)).collect();
    operators.push(Operator::Absent);
    OperatorSet::of(&operators)
}
