//! One document: from YAML to a rule with its instances.

use std::collections::{BTreeMap, BTreeSet};

use channel_file::template::{Criterion, Rule, Severity, TemplateInstance, TemplateType};

use super::alternatives::{Alternative, Distribution, Exceeded, Work};
use super::detection::Detection;
use super::expression::{Expression, Lowering};
use super::header::Header;
use super::options::Options;
use super::problem::{Checked, Position, Problem};
use super::vocabulary::Vocabulary;
use super::yaml::{Entry, Node, NodeValue};
use super::{condition, logsource};
use crate::TypeLibrary;

/// What became of a document.
pub(super) struct Outcome {
    pub(super) header: Header,
    /// The rule, or at least one problem.
    pub(super) rule: Result<Rule, Vec<Problem>>,
}

/// Imports one document.
pub(super) fn import(document: &Node, types: &TypeLibrary, options: &Options) -> Outcome {
    let mut problems = Vec::new();
    if !matches!(document.value, NodeValue::Mapping(_)) {
        let message = format!("a rule is a mapping, found {}", document.kind());
        let rule = Err(vec![Problem::new(document.position, message)]);
        return Outcome { header: Header::default(), rule };
    }
    if let Some(problem) = other_kind(document) {
        // What else is wrong with it by the measure of rules says nothing.
        let header = Header::read(document, &options.limits, &mut problems);
        return Outcome { header, rule: Err(vec![problem]) };
    }
    let header = Header::read(document, &options.limits, &mut problems);
    let rule = instances(document, &header, types, options, &mut problems);
    problems.sort_by_key(|problem| problem.position);
    let rule = match rule {
        Some(rule) if problems.is_empty() => Ok(rule),
        _ => Err(problems),
    };
    Outcome { header, rule }
}

/// Documents that are no rules on single events.
fn other_kind(document: &Node) -> Option<Problem> {
    let kinds = [
        ("correlation", "a correlation looks at several events; an instance sees one"),
        ("filter", "a filter changes other rules; write its conditions into them"),
        ("action", "collection actions (`action: global`, `repeat`, `reset`) are not supported; write each rule out"),
    ];
    kinds.iter().find_map(|(key, message)| document.get(key).map(|entry| Problem::new(entry.position, *message)))
}

fn instances(
    document: &Node,
    header: &Header,
    types: &TypeLibrary,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Rule> {
    let parts = match Parts::read(document) {
        Ok(parts) => parts,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let mut used = BTreeSet::new();
    collect_detections(&parts.condition, &mut used);
    let detections: BTreeMap<usize, Option<Detection<'_>>> = used
        .into_iter()
        .filter_map(|index| Some((index, Detection::read(&parts.detections.get(index)?.value, problems))))
        .collect();
    let fields = fields(detections.values().flatten());
    let template_type = logsource::template_type(document, &fields, types, options, problems)?;
    let mut vocabulary = Vocabulary::new();
    let mut lowering = Lowering { template_type, options, vocabulary: &mut vocabulary, room: options.max_patterns };
    let detections: BTreeMap<usize, Expression> = detections
        .iter()
        .filter_map(|(index, detection)| Some((*index, lowering.detection(detection.as_ref()?, problems))))
        .collect();
    if !problems.is_empty() {
        return None;
    }
    let mut distribution = Distribution {
        detections: &detections,
        vocabulary: &mut vocabulary,
        most: options.max_alternatives,
        most_patterns: usize::try_from(options.limits.patterns).unwrap_or(usize::MAX),
        work: Work::new(),
        done: BTreeMap::new(),
    };
    let position = parts.condition_position;
    let alternatives = distribution.alternatives(&parts.condition, false);
    let rule = alternatives
        .map_err(|exceeded| too_complex(exceeded, position, options))
        .and_then(|alternatives| build(header, &alternatives, position, &vocabulary, template_type, options));
    rule.map_err(|problem| problems.push(problem)).ok()
}

/// The detection section, taken apart.
struct Parts<'n> {
    detections: Vec<&'n Entry>,
    condition: Expression,
    condition_position: Position,
}

impl<'n> Parts<'n> {
    fn read(document: &'n Node) -> Checked<Self> {
        let Some(section) = document.get("detection") else {
            return Err(Problem::new(document.position, "the rule has no detection"));
        };
        let NodeValue::Mapping(entries) = &section.value.value else {
            let message = format!("a detection section is a mapping, found {}", section.value.kind());
            return Err(Problem::new(section.value.position, message));
        };
        if let Some(timeframe) = section.value.get("timeframe") {
            let message = "a timeframe looks at several events; an instance sees one";
            return Err(Problem::new(timeframe.position, message));
        }
        let Some(condition) = section.value.get("condition") else {
            return Err(Problem::new(section.position, "the detection section has no condition"));
        };
        let detections: Vec<_> = entries.iter().filter(|entry| entry.key != "condition").collect();
        let names: Vec<_> = detections.iter().map(|entry| entry.key.as_str()).collect();
        let condition_position = condition.value.position;
        let condition = condition::read(&condition.value, &names)?;
        Ok(Self { detections, condition, condition_position })
    }
}

fn collect_detections(expression: &Expression, used: &mut BTreeSet<usize>) {
    match expression {
        Expression::Detection(index) => {
            used.insert(*index);
        }
        Expression::All(parts) | Expression::Any(parts) => {
            parts.iter().for_each(|part| collect_detections(part, used));
        }
        Expression::Not(part) => collect_detections(part, used),
        Expression::AnyOf(..) => {}
    }
}

/// The names of fields that detections use, and where each is first used.
fn fields<'d>(detections: impl Iterator<Item = &'d Detection<'d>>) -> Vec<(&'d str, Position)> {
    let mut fields: BTreeMap<&str, Position> = BTreeMap::new();
    for detection in detections {
        detection.for_each_item(&mut |item| {
            if let Some(field) = &item.field {
                fields.entry(field).or_insert(item.position);
            }
            if item.refers_to_fields() {
                for value in &item.values {
                    if let Some(field) = value.text() {
                        fields.entry(field).or_insert(value.position);
                    }
                }
            }
        });
    }
    fields.into_iter().collect()
}

fn too_complex(exceeded: Exceeded, position: Position, options: &Options) -> Problem {
    let message = match exceeded {
        Exceeded::Alternatives(count) => format!(
            "the condition comes to {count} or more alternatives; the limit for one rule is {}",
            options.max_alternatives
        ),
        Exceeded::Work => "the condition takes too many steps to bring into alternatives".to_owned(),
    };
    Problem::new(position, message)
        .help("split the rule in two, or raise the limit; negated groups of several fields multiply")
}

/// The rule with an instance for each alternative.
fn build(
    header: &Header,
    alternatives: &[Alternative],
    position: Position,
    vocabulary: &Vocabulary,
    template_type: &TemplateType,
    options: &Options,
) -> Checked<Rule> {
    if alternatives.is_empty() {
        return Err(Problem::new(position, "the rule never matches: its condition contradicts itself"));
    }
    if alternatives.iter().any(Vec::is_empty) {
        return Err(Problem::new(position, "the rule matches every event: its condition asks nothing"));
    }
    let severity = header.severity.unwrap_or(Severity::Medium);
    let mut builder = Rule::builder(&header.id).title(&header.title).author(&header.author);
    for reference in &header.references {
        builder = builder.reference(reference);
    }
    check_limits(alternatives, position, vocabulary, options)?;
    for alternative in alternatives {
        let mut criteria = Vec::with_capacity(alternative.len());
        for criterion in alternative.iter().filter_map(|number| vocabulary.criterion(*number)) {
            let patterns = criterion.patterns.iter().filter_map(|number| vocabulary.pattern(*number)).cloned();
            criteria.push(
                Criterion::new(criterion.field, criterion.sense, patterns)
                    .map_err(|error| model_problem(error, position, template_type))?,
            );
        }
        let instance = TemplateInstance::builder(template_type)
            .severity(severity)
            .disposition(options.disposition)
            .criteria(criteria)
            .build()
            .map_err(|error| model_problem(error, position, template_type))?;
        builder = builder.instance(instance);
    }
    builder.build().map_err(|error| model_problem(error, position, template_type))
}

/// Counts before anything is copied.
fn check_limits(
    alternatives: &[Alternative],
    position: Position,
    vocabulary: &Vocabulary,
    options: &Options,
) -> Checked<()> {
    let exceeds = |count: usize, most: u64| u64::try_from(count).is_ok_and(|count| count > most);
    let mut total = 0_usize;
    for alternative in alternatives {
        if exceeds(alternative.len(), options.limits.criteria) {
            let (count, most) = (alternative.len(), options.limits.criteria);
            let message = format!("an instance of the rule has {count} criteria; the limit is {most}");
            return Err(Problem::new(position, message));
        }
        for criterion in alternative.iter().filter_map(|number| vocabulary.criterion(*number)) {
            if exceeds(criterion.patterns.len(), options.limits.patterns) {
                let (count, most) = (criterion.patterns.len(), options.limits.patterns);
                let message = format!("a criterion of the rule has {count} patterns; the limit is {most}");
                return Err(Problem::new(position, message).help("split the list over several rules"));
            }
            total = total.saturating_add(criterion.patterns.len());
        }
    }
    if total > options.max_patterns {
        let most = options.max_patterns;
        let message =
            format!("the criteria of the rule have {total} patterns together; the limit for one rule is {most}");
        return Err(Problem::new(position, message));
    }
    Ok(())
}

/// What the model does not take, with the field by name.
fn model_problem(error: channel_file::Error, position: Position, template_type: &TemplateType) -> Problem {
    let field = error.path().field_index().and_then(|index| template_type.fields().get(usize::from(index)));
    match field {
        Some(field) => Problem::new(position, format!("'{}': {error}", field.name())),
        None => Problem::new(position, error.to_string()),
    }
}
