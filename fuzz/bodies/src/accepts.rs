//! `accepts`: what the validator accepts for a release, that release loads and evaluates; what a release refuses, the validator
//! refuses.

use channel_file::interpreter::{Budget, Event, Interpreter};
use channel_file::template::{OwnedValue, Rule, SensorType, SensorTypes, Value};
use channel_file::validator::{FindingCode, Level, ManifestTypes, Report, SensorManifest, Validator, Waiver};
use channel_file::{ChannelFile, Limits};
use channel_file_smith::{Choices, Declared, Generated};

use crate::manifest_changes;

/// What a release was made of, and whether the content was accepted for it.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// One for each release: what was changed in its manifest, and the verdict.
    pub releases: Vec<(&'static str, bool)>,
    /// Events that releases evaluated.
    pub events: u64,
    /// Instances that these match.
    pub matches: usize,
}

/// One content and several releases, and for each that accepts it so many events. Panics where the validator and a release do not
/// agree.
pub fn judge(choices: &mut Choices<'_>, events: u64) -> Verdicts {
    let generated = Generated::new(choices).expect("smith makes valid content");
    let mut choices = Choices::seeded(choices.number());
    let bytes = generated.bytes().expect("smith makes valid content");
    let sensor: Vec<SensorType<'_>> = generated.types.iter().map(Declared::supplied).collect();
    let good = SensorManifest::new("good", &SensorTypes::new(&sensor), Limits::DEFAULT, Budget::DEFAULT);
    let mut changes = vec![("nothing", good.clone())];
    for _ in 0..choices.within(1, 6) {
        changes.push(manifest_changes::changed(&mut choices, &good));
    }
    let manifests: Vec<_> = changes.iter().map(|(_, manifest)| manifest.clone()).collect();
    let waivers = waive_what_chance_makes(&generated);
    let report = Validator::new().manifests(&manifests).waivers(&waivers).judge(&bytes);
    // A waiver refuses nothing that is accepted without it.
    let without = choices.percent(12).then(|| Validator::new().manifests(&manifests).judge(&bytes));
    assert_eq!(report.releases.len(), manifests.len());
    let mut verdicts = Verdicts::default();
    for (number, (change, manifest)) in changes.iter().enumerate() {
        let verdict = &report.releases[number];
        let context = || format!("release {number}, changed: {change}, {manifest:?}\n{}", told(&report));
        let is_accepted_without = without.as_ref().is_some_and(|report| report.releases[number].is_accepted);
        assert!(verdict.is_accepted || !is_accepted_without, "{}", context());
        verdicts.releases.push((change, verdict.is_accepted));
        let evaluated = verdict.is_accepted.then_some((&generated, events));
        match loaded(&bytes, manifest, evaluated, &mut choices, &mut verdicts) {
            Ok(()) => {}
            Err(error) => {
                assert!(!verdict.is_accepted, "accepted, but {error}: {}", context());
                let refuses = report.findings.iter().any(|finding| {
                    finding.release == Some(number) && finding.level == Level::Error && finding.waived.is_none()
                });
                assert!(refuses, "{error}, and nothing says so: {}", context());
                assert!(!report.is_accepted(), "{}", context());
            }
        }
    }
    let is_refused = report.findings.iter().any(|finding| finding.level == Level::Error && finding.waived.is_none());
    assert_eq!(report.is_accepted(), !is_refused, "{}", told(&report));
    verdicts
}

/// What the release itself makes of the file: opened, loaded, and evaluated where it was accepted.
fn loaded(
    bytes: &[u8],
    manifest: &SensorManifest,
    evaluated: Option<(&Generated<'_>, u64)>,
    choices: &mut Choices<'_>,
    verdicts: &mut Verdicts,
) -> channel_file::Result<()> {
    let file = ChannelFile::open_with(bytes, &manifest.limits)?;
    let types = ManifestTypes::of(manifest);
    let types = types.sensor_types();
    let interpreter = Interpreter::load(&file, &SensorTypes::new(&types), &manifest.budget)?;
    let Some((generated, events)) = evaluated else { return Ok(()) };
    let mut scratch = interpreter.scratch();
    for sensor_type in &types {
        let declared = sensor_type.declared();
        let Some(own) = generated.types.iter().find(|own| own.id == declared.id) else { continue };
        if !file.types().any(|used| used.key().id == own.id) {
            continue;
        }
        let own = own.at(declared.version);
        let source = generated.events(&own);
        for _ in 0..events {
            let mut values = source.event(choices);
            values.resize(sensor_type.inputs(), OwnedValue::Absent);
            // Where fields were moved, values are of other kinds.
            for (value, field) in values.iter_mut().zip(declared.fields) {
                if !value.as_ref().fits(field.kind) {
                    *value = OwnedValue::Absent;
                }
            }
            let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
            let event = Event::new(declared, &borrowed)?;
            verdicts.events += 1;
            verdicts.matches += interpreter.evaluate(&event, &mut scratch).count();
        }
    }
    Ok(())
}

/// Content by chance contradicts itself more often than not.
fn waive_what_chance_makes(generated: &Generated<'_>) -> Vec<Waiver> {
    let waive = |rule: &Rule, code: FindingCode| Waiver {
        rule: rule.id().into(),
        finding: code.name().into(),
        field: None,
        reason: "chance".into(),
    };
    let rules = generated.content.rules().iter();
    rules.flat_map(|rule| [FindingCode::NeverMatches, FindingCode::NoWitness].map(|code| waive(rule, code))).collect()
}

fn told(report: &Report) -> String {
    report.findings.iter().map(|finding| format!("{:?} {finding}\n", finding.release)).collect()
}
