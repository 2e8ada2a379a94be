//! Conditions over the fields of a template type, before they are brought into alternatives.

use std::collections::{BTreeMap, BTreeSet};

use channel_file::template::{FieldKind, Pattern, PatternValue, Sense, TemplateType};

use super::detection::Detection;
use super::item::Item;
use super::lowering::{self, Target};
use super::options::Options;
use super::value::{self, Value};
use super::vocabulary::{ABSENT, PatternNumber, Vocabulary};
use crate::excerpt::quoted;
use crate::findings::{Checked, Findings, Problem};
use crate::pattern::Meaning;

/// A condition. No deeper than the document and the condition's parentheses together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// The field meets one of the patterns, which ascend; there may be none, for what cannot be met.
    AnyOf(u16, Vec<PatternNumber>),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// The detection with this index.
    Detection(usize),
}

impl Expression {
    /// Calls the function for each field that is asked for patterns; detections are not looked into.
    fn for_each_criterion(&self, sense: Sense, visit: &mut impl FnMut(u16, Sense, &[PatternNumber])) {
        match self {
            Self::AnyOf(field, patterns) => visit(*field, sense, patterns),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.for_each_criterion(sense, visit)),
            Self::Not(part) => part.for_each_criterion(negated(sense), visit),
            Self::Detection(_) => {}
        }
    }
}

/// What a criterion becomes where it is negated.
pub(super) const fn negated(sense: Sense) -> Sense {
    match sense {
        Sense::AnyOf => Sense::NoneOf,
        Sense::NoneOf => Sense::AnyOf,
    }
}

/// Turns detections into expressions.
pub(super) struct Lowering<'a> {
    pub(super) template_type: &'a TemplateType,
    pub(super) options: &'a Options,
    pub(super) vocabulary: &'a mut Vocabulary,
    /// How many patterns the rule may still have.
    pub(super) room: usize,
    /// How many bytes the values of the rule may still have, after modifiers.
    pub(super) bytes: usize,
}

impl Lowering<'_> {
    /// Every problem is reported; the expression counts only if there was none. The condition uses the detection in these
    /// senses, for which places are noted.
    pub(super) fn detection(
        &mut self,
        detection: &Detection<'_>,
        senses: &[Sense],
        findings: &mut Findings<'_>,
    ) -> Expression {
        let mut all =
            |parts: &[Detection<'_>]| parts.iter().map(|part| self.detection(part, senses, findings)).collect();
        match detection {
            Detection::All(parts) => Expression::All(all(parts)),
            Detection::Any(parts) => Expression::Any(all(parts)),
            Detection::Item(item) => {
                let lowered = self.item(item, senses, findings);
                findings.checked(lowered).unwrap_or_else(|| Expression::Any(Vec::new()))
            }
        }
    }

    fn item(&mut self, item: &Item<'_>, senses: &[Sense], findings: &mut Findings<'_>) -> Checked<Expression> {
        let asked = |sense: &Sense| if item.negated { negated(*sense) } else { *sense };
        let senses: Vec<_> = senses.iter().map(asked).collect();
        let mut groups = Vec::with_capacity(item.values.len());
        for node in &item.values {
            let values = value::expand(node, item, self.options, &mut self.bytes)?;
            let fail = |message: String| match &item.field {
                Some(field) => Problem::new(node.place, format!("{}: {message}", quoted(field))),
                None => Problem::new(node.place, message),
            };
            let group = match &item.field {
                Some(field) => self.on_field(field, &values),
                None => self.anywhere(&values),
            };
            let group = group.map_err(fail)?;
            for sense in &senses {
                group.for_each_criterion(*sense, &mut |field, sense, patterns| {
                    for pattern in self.patterns(patterns) {
                        findings.note_pattern(self.field_name(field), sense, pattern, node.place, item.place);
                    }
                });
            }
            groups.push(group);
        }
        let expression = if item.all { Expression::All(groups) } else { any_of(groups) };
        for sense in &senses {
            expression.for_each_criterion(*sense, &mut |field, sense, patterns| {
                findings.note_criterion(self.field_name(field), sense, self.patterns(patterns), item.place);
            });
        }
        Ok(if item.negated { Expression::Not(Box::new(expression)) } else { expression })
    }

    /// Any of the values on one field.
    fn on_field(&mut self, name: &str, values: &[Value]) -> Result<Expression, String> {
        let Some((index, field)) = self.template_type.field(name) else {
            return Err(format!("the type {} has no such field", quoted(self.template_type.name())));
        };
        let target = Target { template_type: self.template_type, index, kind: field.kind() };
        let meanings = values.iter().map(|value| lowering::meaning(value, target)).collect::<Result<Vec<_>, _>>()?;
        self.criterion(index, meanings)
    }

    /// Any of the values somewhere in any text field.
    fn anywhere(&mut self, values: &[Value]) -> Result<Expression, String> {
        let template_type = self.template_type;
        let mut fields = Vec::new();
        for (index, field) in (0_u16..).zip(template_type.fields()) {
            if field.kind() != FieldKind::Text {
                continue;
            }
            let target = Target { template_type, index, kind: FieldKind::Text };
            let mut meanings = Vec::with_capacity(values.len());
            for value in values {
                let value = match value {
                    Value::Text(parts, case) => &Value::Text(lowering::contained(parts), *case),
                    Value::Regex { .. } => value,
                    _ => return Err("a keyword is a text or a regular expression".to_owned()),
                };
                meanings.push(match lowering::meaning(value, target)? {
                    Meaning::Present => return Err("a keyword without a character is in every event".to_owned()),
                    meaning => meaning,
                });
            }
            fields.push(self.criterion(index, meanings)?);
        }
        Ok(Expression::Any(fields))
    }

    fn criterion(&mut self, field: u16, meanings: Vec<Meaning>) -> Result<Expression, String> {
        let mut present = false;
        let mut numbers = BTreeSet::new();
        for meaning in meanings {
            match meaning {
                Meaning::Never => {}
                Meaning::Present => present = true,
                Meaning::AnyOf(patterns) => {
                    for pattern in patterns {
                        numbers.insert(self.number(pattern)?);
                    }
                }
            }
        }
        let criterion = Expression::AnyOf(field, numbers.into_iter().collect());
        if !present {
            return Ok(criterion);
        }
        let present = Expression::Not(Box::new(Expression::AnyOf(field, vec![ABSENT])));
        Ok(any_of(vec![criterion, present]))
    }

    fn patterns<'p>(&'p self, numbers: &'p [PatternNumber]) -> impl Iterator<Item = &'p Pattern> {
        numbers.iter().filter_map(|number| self.vocabulary.pattern(*number))
    }

    fn field_name(&self, index: u16) -> &str {
        self.template_type.fields().get(usize::from(index)).map_or("", channel_file::template::Field::name)
    }

    fn number(&mut self, pattern: Pattern) -> Result<PatternNumber, String> {
        let most = self.options.limits.pattern_bytes;
        if let PatternValue::Text(text, _) = pattern.as_ref().value()
            && u64::try_from(text.len()).is_ok_and(|length| length > most)
        {
            return Err(format!("the pattern has {} bytes; the limit is {most}", text.len()));
        }
        self.room = self.room.checked_sub(1).ok_or_else(|| {
            format!("the rule has more than {} patterns, the limit for one rule", self.options.max_patterns)
        })?;
        Ok(self.vocabulary.pattern_number(pattern))
    }
}

/// Any of the expressions; what is asked of one field becomes one criterion.
fn any_of(expressions: Vec<Expression>) -> Expression {
    let mut merged: Vec<Expression> = Vec::with_capacity(expressions.len());
    let mut places: BTreeMap<u16, (usize, BTreeSet<PatternNumber>)> = BTreeMap::new();
    for expression in expressions {
        match expression {
            Expression::AnyOf(_, patterns) if patterns.is_empty() => {}
            Expression::AnyOf(field, patterns) => {
                let (_, known) = places.entry(field).or_insert_with(|| {
                    merged.push(Expression::Any(Vec::new()));
                    (merged.len().saturating_sub(1), BTreeSet::new())
                });
                known.extend(patterns);
            }
            other => merged.push(other),
        }
    }
    for (field, (place, patterns)) in places {
        if let Some(slot) = merged.get_mut(place) {
            *slot = Expression::AnyOf(field, patterns.into_iter().collect());
        }
    }
    Expression::Any(merged)
}
