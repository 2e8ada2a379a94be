//! SARIF 2.1.0, for programs that show findings beside sources.
//!
//! Written are those parts of the format that say something here; the names are the format's own.

mod location;

use std::collections::BTreeMap;

use channel_file::validator::{FindingCode, Level};
use serde::Serialize;

use self::location::{Location, locations};
use super::InputKind;
use super::found::Found;
use crate::finding::Finding;
use crate::verdict::Verdict;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The id of what is wrong with a source before it is content: there is no code for it.
const SOURCE_ERROR: &str = "source-error";

/// A log with its one run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Message,
    help: Message,
    default_configuration: Configuration,
    properties: DescriptorProperties,
}

#[derive(Serialize)]
struct DescriptorProperties {
    layer: &'static str,
    waivable: bool,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    exit_code: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "findingInRule/v1")]
    finding_in_rule: String,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    justification: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_matches: Option<bool>,
}

/// Content that something was found on.
pub(crate) struct Subject<'s> {
    pub(crate) kind: InputKind,
    /// The channel file, if it is one.
    pub(crate) file: Option<&'s str>,
    /// What is wrong with sources before they are content.
    pub(crate) source_errors: Vec<&'s Finding>,
    /// Whether the content was judged without what those are about.
    pub(crate) left_out: bool,
    /// What the validator found, each with what it is beside earlier content: `new`, or `unchanged`.
    pub(crate) findings: Vec<(&'s Found, Option<&'static str>)>,
}

/// What was judged as a log.
pub(crate) fn log(subjects: &[Subject<'_>], status: Verdict, errors: &[Finding]) -> Log {
    let mut results = Results::default();
    subjects.iter().for_each(|subject| results.add(subject));
    Log::of(results.all, status, errors)
}

impl Log {
    /// What is written in place of a report. What is wrong with a source is shown beside it all the same.
    pub(crate) fn of_failure(status: Verdict, errors: &[Finding]) -> Self {
        let (source_errors, errors): (Vec<&Finding>, _) = errors.iter().partition(|error| error.kind == "source");
        let mut results = Results::default();
        let (kind, left_out) = (InputKind::Sources, false);
        results.add(&Subject { kind, file: None, source_errors, left_out, findings: Vec::new() });
        Self::of(results.all, status, errors)
    }

    fn of<'e>(results: Vec<SarifResult>, status: Verdict, errors: impl IntoIterator<Item = &'e Finding>) -> Self {
        let notifications = errors.into_iter().map(|finding| Notification {
            level: "error",
            message: Message { text: finding.message.clone() },
            locations: Location::of_finding(finding).into_iter().collect(),
        });
        let notifications: Vec<Notification> = notifications.collect();
        let invocation = Invocation {
            execution_successful: notifications.is_empty() && status != Verdict::CouldNotJudge,
            exit_code: status.status(),
            tool_execution_notifications: notifications,
        };
        let driver = Driver {
            name: "channel-file",
            semantic_version: env!("CARGO_PKG_VERSION"),
            information_uri: env!("CARGO_PKG_REPOSITORY"),
            rules: descriptors(),
        };
        let run = Run { tool: Tool { driver }, invocations: [invocation], column_kind: "unicodeCodePoints", results };
        Self { schema: SCHEMA, version: "2.1.0", runs: [run] }
    }
}

/// Every code; what is wrong with sources comes last.
fn descriptors() -> Vec<Descriptor> {
    let codes = FindingCode::ALL.iter().map(|code| Descriptor {
        id: code.as_str(),
        name: code.name(),
        short_description: Message { text: code.summary().to_owned() },
        help: Message { text: code.help().to_owned() },
        default_configuration: Configuration { level: code.level().name() },
        properties: DescriptorProperties { layer: code.layer().name(), waivable: code.is_waivable() },
    });
    let of_sources = Descriptor {
        id: SOURCE_ERROR,
        name: SOURCE_ERROR,
        short_description: Message { text: "A source cannot become content.".to_owned() },
        help: Message { text: "correct the source".to_owned() },
        default_configuration: Configuration { level: Level::Error.name() },
        properties: DescriptorProperties { layer: "source", waivable: false },
    };
    codes.chain([of_sources]).collect()
}

/// Results so far.
#[derive(Default)]
struct Results {
    all: Vec<SarifResult>,
    /// How often each fingerprint was asked for.
    known: BTreeMap<String, u64>,
}

impl Results {
    fn add(&mut self, subject: &Subject<'_>) {
        for error in &subject.source_errors {
            let fingerprint = self.fingerprint(&[SOURCE_ERROR, &error.file, &error.rule, &error.message]);
            self.all.push(SarifResult {
                rule_id: SOURCE_ERROR,
                rule_index: FindingCode::ALL.len(),
                level: if subject.left_out { Level::Warning } else { Level::Error }.name(),
                message: message(&error.message, &error.help),
                locations: Location::of_finding(error).into_iter().collect(),
                partial_fingerprints: fingerprint,
                baseline_state: None,
                suppressions: Vec::new(),
                properties: None,
            });
        }
        for (finding, state) in &subject.findings {
            let result = SarifResult { baseline_state: *state, ..self.result(subject, finding) };
            self.all.push(result);
        }
    }

    fn result(&mut self, subject: &Subject<'_>, finding: &Found) -> SarifResult {
        let release = finding.release_name.as_deref();
        let text = match finding.unnamed_release() {
            Some(release) => format!("release {release}: {}", finding.message),
            None => finding.message.clone(),
        };
        // Numbers of instances change with every rule that is added: what stays is the rule, the field, and the order.
        let place = &finding.place;
        let field = place.field_name.as_deref().unwrap_or_default();
        let rule = place.rule.as_deref().unwrap_or_default();
        let fingerprint = self.fingerprint(&[finding.code, release.unwrap_or_default(), rule, field]);
        let suppression = finding.waived.as_ref().map(|reason| Suppression {
            kind: if subject.kind == InputKind::Sources { "inSource" } else { "external" },
            justification: reason.clone(),
        });
        let witness = finding.witness.as_ref();
        SarifResult {
            rule_id: finding.code,
            rule_index: FindingCode::ALL.iter().position(|code| code.as_str() == finding.code).unwrap_or_default(),
            level: finding.level,
            message: message(&text, &finding.help),
            locations: locations(subject.file, finding),
            partial_fingerprints: fingerprint,
            baseline_state: None,
            suppressions: suppression.into_iter().collect(),
            properties: (release.is_some() || witness.is_some()).then(|| Properties {
                release: release.map(str::to_owned),
                event: witness.map(|witness| witness.event.clone()),
                event_matches: witness.map(|witness| witness.matches),
            }),
        }
    }

    /// The same for the same finding in the next version of the content.
    fn fingerprint(&mut self, parts: &[&str]) -> Fingerprints {
        let known = self.known.entry(parts.join("\0")).or_default();
        *known = known.saturating_add(1);
        let text = format!("{}\0{known}", parts.join("\0"));
        Fingerprints { finding_in_rule: crate::number::sha256(text.as_bytes()) }
    }
}

fn message(text: &str, help: &str) -> Message {
    Message { text: if help.is_empty() { text.to_owned() } else { format!("{text}\nhelp: {help}") } }
}
