//! A channel file in numbers and names.

use channel_file::template::{Disposition, Operator, PatternValue, Severity, Value};
use channel_file::{ChannelFile, Limits};
use serde::Serialize;

use crate::finding::Finding;
use crate::number::{count, sha256};
use crate::verdict::Verdict;

/// A channel file in numbers and names. The fields are those of the JSON.
#[derive(Debug, Serialize)]
pub(crate) struct Overview {
    pub(crate) command: &'static str,
    pub(crate) status: Verdict,
    pub(crate) file: String,
    pub(crate) format: String,
    pub(crate) channel: u32,
    pub(crate) content_version: u64,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
    pub(crate) types: Vec<TypeOverview>,
    pub(crate) rules: u64,
    pub(crate) instances: u64,
    pub(crate) criteria: u64,
    pub(crate) patterns: u64,
    pub(crate) examples: u64,
    /// Patterns of each operator.
    pub(crate) operators: Vec<Count>,
    /// Instances of each severity.
    pub(crate) severities: Vec<Count>,
    /// Instances of each disposition.
    pub(crate) dispositions: Vec<Count>,
    pub(crate) sections: Vec<SectionOverview>,
    pub(crate) limits: Vec<LimitOverview>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule_list: Option<Vec<RuleOverview>>,
    pub(crate) errors: Vec<Finding>,
}

/// A template type.
#[derive(Debug, Serialize)]
pub(crate) struct TypeOverview {
    pub(crate) id: u32,
    pub(crate) version: u32,
    pub(crate) name: String,
    pub(crate) fields: Vec<FieldOverview>,
}

/// A field of a template type.
#[derive(Debug, Serialize)]
pub(crate) struct FieldOverview {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) operators: Vec<&'static str>,
    #[serde(skip)]
    pub(crate) has_all_operators: bool,
}

/// How many there are of something.
#[derive(Debug, Serialize)]
pub(crate) struct Count {
    pub(crate) name: &'static str,
    pub(crate) count: u64,
}

/// Where a section is and how large.
#[derive(Debug, Serialize)]
pub(crate) struct SectionOverview {
    pub(crate) name: &'static str,
    pub(crate) offset: u64,
    pub(crate) bytes: u64,
    pub(crate) rows: u64,
}

/// A limit, and the most that the file has of what it limits.
#[derive(Debug, Serialize)]
pub(crate) struct LimitOverview {
    pub(crate) name: &'static str,
    pub(crate) found: u64,
    pub(crate) limit: u64,
}

/// A rule.
#[derive(Debug, Serialize)]
pub(crate) struct RuleOverview {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) references: Vec<String>,
    pub(crate) instances: u64,
    pub(crate) examples: u64,
}

impl Overview {
    /// The bytes have to be a channel file that keeps the limits.
    pub(crate) fn of(name: &str, bytes: &[u8], limits: &Limits, with_rules: bool) -> Result<Self, Box<Finding>> {
        let file = &ChannelFile::open_with(bytes, limits).map_err(|error| Finding::of_bytes(name, error, bytes))?;
        let tally = Tally::of(file);
        let (major, minor) = file.header().format_version();
        Ok(Self {
            command: "inspect",
            status: Verdict::Accepted,
            file: name.to_owned(),
            format: format!("{major}.{minor}"),
            channel: file.channel(),
            content_version: file.content_version(),
            bytes: count(file.bytes().len()),
            sha256: sha256(file.bytes()),
            types: types(file),
            rules: count(file.rules().len()),
            instances: count(file.instances().len()),
            criteria: tally.criteria,
            patterns: tally.found.total_patterns,
            examples: count(file.examples().len()),
            operators: counts(Operator::ALL, |operator| operator.name(), &tally.operators),
            severities: counts(Severity::ALL, |severity| severity.name(), &tally.severities),
            dispositions: counts(Disposition::ALL, |disposition| disposition.name(), &tally.dispositions),
            sections: sections(file),
            limits: headroom(&tally.found, limits),
            rule_list: with_rules.then(|| rules(file, &tally.instances_of_rules)),
            errors: Vec::new(),
        })
    }
}

impl LimitOverview {
    /// How much of the limit is used, in percent and tenths of one; `None` where there is no limit.
    pub(crate) fn share(&self) -> Option<(u64, u64)> {
        if self.limit == u64::MAX {
            return None;
        }
        let tenths = u128::from(self.found).saturating_mul(1000).checked_div(u128::from(self.limit))?;
        let tenths = u64::try_from(tenths).ok()?;
        Some((tenths.checked_div(10)?, tenths.checked_rem(10)?))
    }
}

/// What has to be counted instance by instance.
struct Tally {
    /// The most that there is of what each limit limits.
    found: Limits,
    criteria: u64,
    /// By code.
    operators: Vec<u64>,
    severities: Vec<u64>,
    dispositions: Vec<u64>,
    /// By index.
    instances_of_rules: Vec<u64>,
}

impl Tally {
    fn of(file: &ChannelFile<'_>) -> Self {
        let mut tally = Self {
            found: Limits {
                file_bytes: count(file.bytes().len()),
                types: count(file.types().len()),
                fields: 0,
                instances: count(file.instances().len()),
                criteria: 0,
                patterns: 0,
                total_patterns: 0,
                pattern_bytes: 0,
                name_bytes: 0,
                rules: count(file.rules().len()),
                references: 0,
                examples: count(file.examples().len()),
                example_bytes: 0,
            },
            criteria: 0,
            operators: vec![0; Operator::ALL.len()],
            severities: vec![0; Severity::ALL.len()],
            dispositions: vec![0; Disposition::ALL.len()],
            instances_of_rules: vec![0; file.rules().len()],
        };
        tally.names(file);
        tally.instances(file);
        for value in file.examples().flat_map(|example| example.values()) {
            let bytes = match value {
                Value::Text(bytes) | Value::Bytes(bytes) => count(bytes.len()),
                Value::Unsigned(_) | Value::Signed(_) => 8,
                Value::IpAddress(address) => {
                    if address.is_ipv4() {
                        4
                    } else {
                        16
                    }
                }
                Value::Boolean(_) => 1,
                Value::Absent => 0,
            };
            most(&mut tally.found.example_bytes, bytes);
        }
        tally
    }

    fn names(&mut self, file: &ChannelFile<'_>) {
        let found = &mut self.found;
        let mut name = |name: &str| most(&mut found.name_bytes, count(name.len()));
        for template_type in file.types() {
            name(template_type.name());
            template_type.fields().for_each(|field| name(field.name()));
            most(&mut found.fields, u64::from(template_type.field_count()));
        }
        for rule in file.rules() {
            [rule.id(), rule.title(), rule.author()].into_iter().chain(rule.references()).for_each(&mut name);
            most(&mut found.references, count(rule.references().len()));
        }
    }

    fn instances(&mut self, file: &ChannelFile<'_>) {
        for instance in file.instances() {
            add(&mut self.severities, usize::from(instance.severity().code()), 1);
            add(&mut self.dispositions, usize::from(instance.disposition().code()), 1);
            add(&mut self.instances_of_rules, usize::try_from(instance.rule().index()).unwrap_or(usize::MAX), 1);
            let criteria = count(instance.criteria().len());
            most(&mut self.found.criteria, criteria);
            self.criteria = self.criteria.saturating_add(criteria);
            for criterion in instance.criteria() {
                let patterns = count(criterion.patterns().len());
                most(&mut self.found.patterns, patterns);
                self.found.total_patterns = self.found.total_patterns.saturating_add(patterns);
                for slot in criterion.slots() {
                    add(&mut self.operators, usize::from(slot.operator.code()), u64::from(slot.count));
                }
                for pattern in criterion.patterns() {
                    match pattern.value() {
                        PatternValue::Text(text, _) => most(&mut self.found.pattern_bytes, count(text.len())),
                        PatternValue::Bytes(bytes) => most(&mut self.found.pattern_bytes, count(bytes.len())),
                        _ => {}
                    }
                }
            }
        }
    }
}

fn most(most: &mut u64, found: u64) {
    *most = found.max(*most);
}

fn add(counts: &mut [u64], index: usize, further: u64) {
    if let Some(count) = counts.get_mut(index) {
        *count = count.saturating_add(further);
    }
}

fn counts<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, counts: &[u64]) -> Vec<Count> {
    all.iter().zip(counts).map(|(one, count)| Count { name: name(*one), count: *count }).collect()
}

fn types(file: &ChannelFile<'_>) -> Vec<TypeOverview> {
    let types = file.types().map(|template_type| TypeOverview {
        id: template_type.key().id,
        version: template_type.key().version,
        name: template_type.name().to_owned(),
        fields: template_type
            .fields()
            .map(|field| FieldOverview {
                name: field.name().to_owned(),
                kind: field.kind().name(),
                operators: field.operators().iter().map(Operator::name).collect(),
                has_all_operators: field.operators() == field.kind().operators(),
            })
            .collect(),
    });
    types.collect()
}

fn sections(file: &ChannelFile<'_>) -> Vec<SectionOverview> {
    let sections = file.sections().map(|(kind, offset, bytes)| SectionOverview {
        name: kind.name(),
        offset,
        bytes: count(bytes.len()),
        rows: count(bytes.len()).checked_div(kind.row_bytes()).unwrap_or_default(),
    });
    sections.collect()
}

fn rules(file: &ChannelFile<'_>, instances: &[u64]) -> Vec<RuleOverview> {
    let rules = file.rules().zip(instances).map(|(rule, instances)| RuleOverview {
        id: rule.id().to_owned(),
        title: rule.title().to_owned(),
        author: rule.author().to_owned(),
        references: rule.references().map(str::to_owned).collect(),
        instances: *instances,
        examples: count(rule.examples().len()),
    });
    rules.collect()
}

/// Every limit: one that is added to the library has to be added here.
fn headroom(found: &Limits, limits: &Limits) -> Vec<LimitOverview> {
    let Limits {
        file_bytes,
        types,
        fields,
        instances,
        criteria,
        patterns,
        total_patterns,
        pattern_bytes,
        name_bytes,
        rules,
        references,
        examples,
        example_bytes,
    } = *limits;
    let limit = |name, found, limit| LimitOverview { name, found, limit };
    vec![
        limit("file_bytes", found.file_bytes, file_bytes),
        limit("types", found.types, types),
        limit("fields", found.fields, fields),
        limit("instances", found.instances, instances),
        limit("criteria", found.criteria, criteria),
        limit("patterns", found.patterns, patterns),
        limit("total_patterns", found.total_patterns, total_patterns),
        limit("pattern_bytes", found.pattern_bytes, pattern_bytes),
        limit("name_bytes", found.name_bytes, name_bytes),
        limit("rules", found.rules, rules),
        limit("references", found.references, references),
        limit("examples", found.examples, examples),
        limit("example_bytes", found.example_bytes, example_bytes),
    ]
}
