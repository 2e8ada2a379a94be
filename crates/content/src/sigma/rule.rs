//! One document: from YAML to a rule with its instances.

use std::collections::{BTreeMap, BTreeSet};

use channel_file::template::{Criterion, Rule, Sense, Severity, TemplateInstance, TemplateType};

use super::alternatives::{Alternative, Distribution, Exceeded, Work};
use super::conjunction::Joining;
use super::detection::Detection;
use super::expression::{Expression, Lowering, negated};
use super::header::Header;
use super::options::Options;
use super::vocabulary::Vocabulary;
use super::{condition, logsource, value};
use crate::TypeLibrary;
use crate::findings::{Checked, Findings, Problem};
use crate::yaml::{Entry, Node, Place, Value};

/// Reads one document. `None` if it is no rule, or if anything is wrong with it, which is then reported.
pub(crate) fn read(
    document: &Node<'_>,
    types: &TypeLibrary,
    options: &Options,
    findings: &mut Findings<'_>,
) -> Option<Rule> {
    if !matches!(document.value, Value::Mapping(_)) {
        findings.report(document.place, format!("a rule is a mapping, found {}", document.describe()));
        return None;
    }
    if let Some(problem) = other_kind(document) {
        // What else is wrong with it by the measure of rules says nothing.
        let mut as_rule = Findings::new("", 0);
        let header = Header::read(document, &options.limits, &mut as_rule);
        findings.set_rule(&header.id, &header.title);
        findings.push(problem);
        return None;
    }
    let header = Header::read(document, &options.limits, findings);
    let rule = instances(document, &header, types, options, findings);
    findings.sort();
    let rule = rule?;
    findings.is_empty().then_some(rule)
}

/// Documents that are no rules on single events.
fn other_kind(document: &Node<'_>) -> Option<Problem> {
    let kinds = [
        ("correlation", "a correlation looks at several events; an instance sees one"),
        ("filter", "a filter changes other rules; write its conditions into them"),
        ("action", "collection actions (`action: global`, `repeat`, `reset`) are not supported; write each rule out"),
    ];
    kinds.iter().find_map(|(key, message)| document.entry(key).map(|entry| Problem::new(entry.place, *message)))
}

fn instances(
    document: &Node<'_>,
    header: &Header,
    types: &TypeLibrary,
    options: &Options,
    findings: &mut Findings<'_>,
) -> Option<Rule> {
    let parts = findings.checked(Parts::read(document))?;
    let mut used = BTreeMap::new();
    collect_detections(&parts.condition, Sense::AnyOf, &mut used);
    let detections: BTreeMap<usize, (Vec<Sense>, Option<Detection<'_>>)> = used
        .into_iter()
        .filter_map(|(index, senses)| {
            let detection = Detection::read(&parts.detections.get(index)?.node, findings);
            Some((index, (senses.into_iter().collect(), detection)))
        })
        .collect();
    let fields = fields(detections.values().filter_map(|(_, detection)| detection.as_ref()));
    let template_type = logsource::template_type(document, &fields, types, options, findings)?;
    for (field, place) in &fields {
        findings.note_field(field, *place);
    }
    let mut vocabulary = Vocabulary::new();
    let mut lowering = Lowering {
        template_type,
        options,
        vocabulary: &mut vocabulary,
        room: options.max_patterns,
        bytes: value::most_bytes(options),
    };
    let detections: BTreeMap<usize, Expression> = detections
        .iter()
        .filter_map(|(index, (senses, detection))| {
            Some((*index, lowering.detection(detection.as_ref()?, senses, findings)))
        })
        .collect();
    if !findings.is_empty() {
        return None;
    }
    let mut distribution = Distribution {
        detections: &detections,
        vocabulary: &mut vocabulary,
        most: options.max_alternatives,
        joining: Joining {
            most_patterns: usize::try_from(options.limits.patterns).unwrap_or(usize::MAX),
            most_bytes: options.limits.pattern_bytes,
            operators: template_type.fields().iter().map(|field| field.operators()).collect(),
        },
        work: Work::new(),
        done: BTreeMap::new(),
    };
    let place = parts.condition_place;
    let alternatives = distribution.alternatives(&parts.condition, false);
    let rule = alternatives
        .map_err(|exceeded| too_complex(exceeded, place, options))
        .and_then(|alternatives| build(header, &alternatives, place, &vocabulary, template_type, options));
    let rule = findings.checked(rule)?;
    for instance in rule.instances() {
        findings.note_instance(instance, place);
    }
    Some(rule)
}

/// The detection section, taken apart.
struct Parts<'n> {
    detections: Vec<&'n Entry<'n>>,
    condition: Expression,
    condition_place: Place,
}

impl<'n> Parts<'n> {
    fn read(document: &'n Node<'n>) -> Checked<Self> {
        let Some(section) = document.entry("detection") else {
            return Err(Problem::new(document.place, "the rule has no detection"));
        };
        let Value::Mapping(entries) = &section.node.value else {
            let message = format!("a detection section is a mapping, found {}", section.node.describe());
            return Err(Problem::new(section.node.place, message));
        };
        if let Some(timeframe) = section.node.entry("timeframe") {
            let message = "a timeframe looks at several events; an instance sees one";
            return Err(Problem::new(timeframe.place, message));
        }
        let Some(condition) = section.node.entry("condition") else {
            return Err(Problem::new(section.place, "the detection section has no condition"));
        };
        let detections: Vec<_> = entries.iter().filter(|entry| entry.key != "condition").collect();
        let names: Vec<_> = detections.iter().map(|entry| &*entry.key).collect();
        let condition_place = condition.node.place;
        let condition = condition::read(&condition.node, &names)?;
        Ok(Self { detections, condition, condition_place })
    }
}

/// The detections that a condition uses, each as it is, negated, or both.
fn collect_detections(expression: &Expression, sense: Sense, used: &mut BTreeMap<usize, BTreeSet<Sense>>) {
    match expression {
        Expression::Detection(index) => {
            used.entry(*index).or_default().insert(sense);
        }
        Expression::All(parts) | Expression::Any(parts) => {
            parts.iter().for_each(|part| collect_detections(part, sense, used));
        }
        Expression::Not(part) => collect_detections(part, negated(sense), used),
        Expression::AnyOf(..) => {}
    }
}

/// The names of fields that detections use, and where each is first used.
fn fields<'d>(detections: impl Iterator<Item = &'d Detection<'d>>) -> Vec<(&'d str, Place)> {
    let mut fields: BTreeMap<&str, Place> = BTreeMap::new();
    for detection in detections {
        detection.for_each_item(&mut |item| {
            if let Some(field) = &item.field {
                fields.entry(field).or_insert(item.place);
            }
            if item.refers_to_fields() {
                for value in &item.values {
                    if let Some(field) = value.text() {
                        fields.entry(field).or_insert(value.place);
                    }
                }
            }
        });
    }
    fields.into_iter().collect()
}

fn too_complex(exceeded: Exceeded, place: Place, options: &Options) -> Problem {
    let message = match exceeded {
        Exceeded::Alternatives(count) => format!(
            "the condition comes to {count} or more alternatives; the limit for one rule is {}",
            options.max_alternatives
        ),
        Exceeded::Work => "the condition takes too many steps to bring into alternatives".to_owned(),
    };
    Problem::new(place, message)
        .help("split the rule in two, or raise the limit; negated groups of several fields multiply")
}

/// The rule with an instance for each alternative.
fn build(
    header: &Header,
    alternatives: &[Alternative],
    place: Place,
    vocabulary: &Vocabulary,
    template_type: &TemplateType,
    options: &Options,
) -> Checked<Rule> {
    if alternatives.is_empty() {
        return Err(Problem::new(place, "the rule never matches: its condition contradicts itself"));
    }
    if alternatives.iter().any(Vec::is_empty) {
        return Err(Problem::new(place, "the rule matches every event: its condition asks nothing"));
    }
    let severity = header.severity.unwrap_or(Severity::Medium);
    let mut builder = Rule::builder(&header.id).title(&header.title).author(&header.author);
    for reference in &header.references {
        builder = builder.reference(reference);
    }
    check_limits(alternatives, place, vocabulary, options)?;
    for alternative in alternatives {
        let mut criteria = Vec::with_capacity(alternative.len());
        for criterion in alternative.iter().filter_map(|number| vocabulary.criterion(*number)) {
            let patterns = criterion.patterns.iter().filter_map(|number| vocabulary.pattern(*number)).cloned();
            criteria.push(
                Criterion::new(criterion.field, criterion.sense, patterns)
                    .map_err(|error| model_problem(error, place, template_type))?,
            );
        }
        let instance = TemplateInstance::builder(template_type)
            .severity(severity)
            .disposition(options.disposition)
            .criteria(criteria)
            .build()
            .map_err(|error| model_problem(error, place, template_type))?;
        builder = builder.instance(instance);
    }
    builder.build().map_err(|error| model_problem(error, place, template_type))
}

/// Counts before anything is copied.
fn check_limits(alternatives: &[Alternative], place: Place, vocabulary: &Vocabulary, options: &Options) -> Checked<()> {
    let exceeds = |count: usize, most: u64| u64::try_from(count).is_ok_and(|count| count > most);
    let mut total = 0_usize;
    for alternative in alternatives {
        if exceeds(alternative.len(), options.limits.criteria) {
            let (count, most) = (alternative.len(), options.limits.criteria);
            let message = format!("an instance of the rule has {count} criteria; the limit is {most}");
            return Err(Problem::new(place, message));
        }
        for criterion in alternative.iter().filter_map(|number| vocabulary.criterion(*number)) {
            if exceeds(criterion.patterns.len(), options.limits.patterns) {
                let (count, most) = (criterion.patterns.len(), options.limits.patterns);
                let message = format!("a criterion of the rule has {count} patterns; the limit is {most}");
                return Err(Problem::new(place, message).help("split the list over several rules"));
            }
            total = total.saturating_add(criterion.patterns.len());
        }
    }
    if total > options.max_patterns {
        let most = options.max_patterns;
        let message =
            format!("the criteria of the rule have {total} patterns together; the limit for one rule is {most}");
        return Err(Problem::new(place, message));
    }
    Ok(())
}

/// What the model does not take, with the field by name.
fn model_problem(error: channel_file::Error, place: Place, template_type: &TemplateType) -> Problem {
    let field = error.path().field_index().and_then(|index| template_type.fields().get(usize::from(index)));
    match field {
        Some(field) => Problem::new(place, format!("'{}': {error}", field.name())),
        None => Problem::new(place, error.to_string()),
    }
}
