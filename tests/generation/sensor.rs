//! Template types that a sensor supplies, made at run time.

use channel_file::template::{
    Content, DeclaredField, DeclaredType, FieldKind, Operator, OperatorSet, SensorType, TemplateType, TypeKey,
};

use super::random::Random;

const NAMES: [&str; 12] = ["f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11"];

/// One template type in its newest version.
#[derive(Clone, Debug)]
pub(crate) struct Declared<'n> {
    pub(crate) id: u32,
    pub(crate) version: u32,
    pub(crate) name: &'n str,
    pub(crate) fields: Vec<DeclaredField<'n>>,
}

impl<'n> Declared<'n> {
    /// Most fields are text; some allow but a part of their operators.
    pub(crate) fn new(random: &mut Random, id: u32) -> Self {
        let version = random.pick(&[1, 1, 1, 2, 3]);
        let mut fields = Vec::new();
        for since in 1..=version {
            for _ in 0..random.within(1, 4) {
                let kind = if random.percent(65) { FieldKind::Text } else { random.pick(FieldKind::ALL) };
                let operators = if random.percent(90) { kind.operators() } else { part(random, kind) };
                fields.push(DeclaredField { name: NAMES[fields.len()], kind, operators, since });
            }
        }
        Self { id, version, name: "t", fields }
    }

    /// As a file's own types would be declared: every field since the first version that the type has it.
    pub(crate) fn of(content: &'n Content) -> Vec<Self> {
        let mut types: Vec<Self> = Vec::new();
        for template_type in content.types() {
            let TypeKey { id, version } = template_type.key();
            if types.last().is_none_or(|last| last.id != id) {
                types.push(Self { id, version, name: template_type.name(), fields: Vec::new() });
            }
            let last = types.last_mut().unwrap();
            last.version = version;
            for field in &template_type.fields()[last.fields.len()..] {
                let since = if last.fields.is_empty() { 1 } else { version };
                let (name, kind, operators) = (field.name(), field.kind(), field.operators());
                last.fields.push(DeclaredField { name, kind, operators, since });
            }
        }
        types
    }

    /// The type as a sensor has it that knows no later version than this; all of its fields if it is the newest.
    pub(crate) fn supplied(&self) -> SensorType<'_> {
        SensorType::supplying(self.declaration(), self.fields.len())
    }

    pub(crate) fn declaration(&self) -> DeclaredType<'_> {
        DeclaredType { id: self.id, version: self.version, name: self.name, fields: &self.fields }
    }

    /// The same type in an earlier version.
    pub(crate) fn at(&self, version: u32) -> Self {
        let fields = self.fields.iter().filter(|field| field.since <= version).copied().collect();
        Self { id: self.id, version, name: self.name, fields }
    }

    /// The version as content knows it.
    pub(crate) fn template_type(&self, version: u32) -> TemplateType {
        let builder = TemplateType::builder(self.id, version, self.name);
        let fields = self.fields.iter().filter(|field| field.since <= version);
        fields.fold(builder, |b, field| b.field_with(field.name, field.kind, field.operators)).build().unwrap()
    }
}

/// At least one of a kind's operators: not a reference alone, for there may be no field to refer to.
fn part(random: &mut Random, kind: FieldKind) -> OperatorSet {
    let mut operators: Vec<_> = kind.operators().iter().filter(|_| random.percent(60)).collect();
    operators.push(Operator::Absent);
    OperatorSet::of(&operators)
}
