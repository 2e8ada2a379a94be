//! Every finding is met by content that has it, and by none that does not.
#![cfg(feature = "validator")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod few_words;
mod finding_cases;
mod finding_details;
mod judged;

use std::collections::BTreeSet;

use channel_file::template::Operator;
use channel_file::validator::{Finding, FindingCode, Level, Report};

use self::few_words::{any_of, equals};
use self::finding_cases::{
    At, ELSEWHERE, IMAGE, Input, PIPE_NAME, USER, all, content, good_releases, on_pipes, on_second_version, release,
    releases, rule, waiver,
};
use self::judged::{contains, has, none_of, regex, starts, told};

#[test]
fn every_code_has_a_case() {
    let met: BTreeSet<FindingCode> = all().into_iter().map(|case| case.code).collect();
    let elsewhere: BTreeSet<FindingCode> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    let missing: Vec<_> =
        FindingCode::ALL.iter().filter(|code| !met.contains(code) && !elsewhere.contains(code)).collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
    assert!(met.is_disjoint(&elsewhere), "what has a case needs no reason");
}

#[test]
fn each_case_has_its_finding_and_its_neighbour_has_not() {
    let failures: Vec<String> = all()
        .into_iter()
        .filter_map(|case| {
            let report = case.bad.judged();
            let found: Vec<&Finding> = report.findings.iter().filter(|finding| finding.code == case.code).collect();
            let is_it = |finding: &&&Finding| {
                finding.level == case.level
                    && finding.release == case.release
                    && at(finding) == case.at
                    && case.says.iter().all(|part| finding.message.contains(part))
            };
            let refuses = case.level == Level::Error;
            let mut wrong = Vec::new();
            if found.iter().find(is_it).is_none() {
                wrong.push(format!("{:?} {:?} {:?} is not found", case.release, case.at, case.says));
            }
            if refuses && report.is_accepted() {
                wrong.push("it is accepted".into());
            }
            if let Some(release) = case.release {
                let is_accepted: Vec<bool> = report.releases.iter().map(|verdict| verdict.is_accepted).collect();
                let expected: Vec<bool> = (0..is_accepted.len()).map(|own| own != release || !refuses).collect();
                if is_accepted != expected {
                    wrong.push(format!("releases accept it {is_accepted:?}, expected {expected:?}"));
                }
            }
            if found.iter().any(|finding| finding.help.is_empty() || finding.waived.is_some()) {
                wrong.push("help is missing, or it is waived".into());
            }
            let good = case.good.judged();
            if has(&good, case.code)
                && good.findings.iter().any(|finding| finding.code == case.code && finding.waived.is_none())
            {
                wrong.push(format!("its neighbour has it too: {}", told(&good)));
            }
            if !good.is_accepted() || good.releases.iter().any(|verdict| !verdict.is_accepted) {
                wrong.push(format!("its neighbour is refused: {}", told(&good)));
            }
            (!wrong.is_empty()).then(|| format!("{}: {}\n{}", case.code.name(), wrong.join("; "), all_of(&report)))
        })
        .collect();
    assert!(failures.is_empty(), "{} failed\n{}", failures.len(), failures.join("\n"));
}

fn at(finding: &Finding) -> At {
    let leaked = |text: &Option<String>| text.as_ref().map(|text| &*text.clone().leak());
    let place = &finding.place;
    At {
        rule: leaked(&place.rule),
        instance: place.instance,
        field: place.field.map(|field| (field, leaked(&place.field_name).unwrap_or_default())),
        pattern: place.pattern,
        example: place.example,
    }
}

fn all_of(report: &Report) -> String {
    report.findings.iter().map(|finding| format!("  {:?} {:?} {finding}\n", finding.release, at(finding))).collect()
}

#[test]
fn each_release_has_a_verdict_of_its_own() {
    let input = Input::of([on_second_version([any_of(USER, [equals("SYSTEM")])])]);
    let [good, fewer] = releases(|manifest| manifest.types[0].inputs -= 1);
    let [_, without] = releases(|manifest| manifest.types.clear());
    let [_, poor] = releases(|manifest| manifest.budget.bytes = 100);
    let report = input.for_releases([fewer, good, without, poor, release("7.12")]).judged();
    let verdicts: Vec<_> =
        report.releases.iter().map(|verdict| (verdict.release.as_str(), verdict.is_accepted)).collect();
    assert_eq!(verdicts, [("7.11", false), ("7.10", true), ("7.11", false), ("7.11", false), ("7.12", true)]);
    let unsupported: Vec<u64> = report.releases.iter().map(|verdict| verdict.unsupported).collect();
    assert_eq!(unsupported, [1, 0, 1, 0, 0]);
    for verdict in &report.releases {
        assert_eq!(verdict.cost.is_some(), verdict.is_accepted, "{verdict:?}");
        assert_eq!(verdict.evaluated > 0, verdict.is_accepted, "{verdict:?}");
    }
    assert!(!report.is_accepted());
    // A fault of the content itself is one for every release.
    let report = Input::one([any_of(PIPE_NAME, [starts("a")]), any_of(PIPE_NAME, [starts("b")])])
        .for_releases(good_releases())
        .judged();
    assert!(report.releases.iter().all(|verdict| !verdict.is_accepted && verdict.cost.is_some()));
}

#[test]
fn content_without_a_fault_has_no_finding() {
    let instances = [on_pipes([any_of(PIPE_NAME, [starts("evil")]), none_of(IMAGE, [contains("good")])])];
    let report = Input::new(&content([rule("r", instances)])).for_releases(good_releases()).judged();
    assert!(report.findings.is_empty() && report.is_accepted(), "{}", told(&report));
}

#[test]
fn waivers_waive_what_they_name() {
    let input = || {
        let impossible = |field| any_of(field, [equals("evil"), regex("a$b")]);
        Input::one([impossible(PIPE_NAME), impossible(IMAGE)])
    };
    let waived = |waivers: &[(&str, Option<&str>)]| {
        let report = input().waived(waivers.iter().map(|(finding, field)| waiver(finding, *field))).judged();
        let waived = report.findings.iter().filter(|finding| finding.waived.as_deref() == Some("it is meant")).count();
        let missed: u64 = report.coverage.iter().map(|field| field.patterns.missed).sum();
        let of_coverage: u64 = report.coverage.iter().map(|field| field.patterns.waived).sum();
        assert_eq!((missed, usize::try_from(of_coverage).unwrap()), (2 - of_coverage, waived), "{}", told(&report));
        (
            waived,
            report.is_accepted(),
            has(&report, FindingCode::UnusedWaiver),
            has(&report, FindingCode::UnknownWaiver),
        )
    };
    assert_eq!(waived(&[]), (0, false, false, false));
    assert_eq!(waived(&[("no-witness", None)]), (2, true, false, false));
    assert_eq!(waived(&[("CV0501", None)]), (2, true, false, false));
    assert_eq!(waived(&[("no-witness", Some("Image"))]), (1, false, false, false));
    assert_eq!(waived(&[("no-witness", Some("Image")), ("CV0501", Some("PipeName"))]), (2, true, false, false));
    assert_eq!(waived(&[("no-witness", Some("Process"))]), (0, false, true, false));
    assert_eq!(waived(&[("no-witness", None), ("no-witness", Some("Image"))]), (2, true, true, false));
    assert_eq!(waived(&[("NO-WITNESS", None)]), (0, false, false, true));
    let mut of_other_rule = waiver("no-witness", None);
    of_other_rule.rule = "R".into();
    let report = input().waived([of_other_rule]).judged();
    assert!(has(&report, FindingCode::UnknownWaiver) && !has(&report, FindingCode::UnusedWaiver));
    let mut without_reason = waiver("no-witness", None);
    without_reason.reason = " ".into();
    assert!(has(&input().waived([without_reason]).judged(), FindingCode::UnknownWaiver));
}

#[test]
fn nothing_that_a_sensor_refuses_can_be_waived() {
    for case in all().into_iter().filter(|case| case.level == Level::Error && !case.code.is_waivable()) {
        let waivers: Vec<_> = FindingCode::ALL.iter().map(|code| waiver(code.name(), None)).collect();
        let report = case.bad.clone().waived(waivers).judged();
        // The waiver itself refuses the content too.
        let waived = report.findings.iter().find(|finding| finding.waived.is_some() && !finding.code.is_waivable());
        assert!(waived.is_none(), "{}: {waived:?}", case.code.name());
        assert!(!report.is_accepted(), "{}: {}", case.code.name(), told(&report));
    }
}

#[test]
fn the_operators_of_a_release_are_asked_for_even_where_the_type_allows_them() {
    let without: Vec<Operator> = Operator::ALL.iter().copied().filter(|own| *own != Operator::Regex).collect();
    let manifests = releases(|manifest| manifest.operators = channel_file::template::OperatorSet::of(&without));
    let one = any_of(PIPE_NAME, [regex("evil")]);
    let two = any_of(PIPE_NAME, [regex("evil|good")]);
    let report = Input::of([on_pipes([one]), on_pipes([two])]).for_releases(manifests).judged();
    let found = report.findings.iter().filter(|finding| finding.code == FindingCode::LacksOperator);
    assert_eq!(found.count(), 1, "told once: {}", told(&report));
}

#[cfg(feature = "serde")]
mod manifests_as_json {
    use channel_file::validator::{SensorManifest, Waiver};
    use serde_json::{Value, json};

    use super::{release, waiver};

    #[test]
    fn a_manifest_comes_back() {
        let manifest = release("7.11");
        let text = serde_json::to_string(&manifest).unwrap();
        assert_eq!(serde_json::from_str::<SensorManifest>(&text).unwrap(), manifest);
    }

    /// Each object of a JSON value, by where it is.
    fn objects(value: &Value, at: &str, found: &mut Vec<(String, Vec<String>)>) {
        match value {
            Value::Object(object) => {
                found.push((at.to_owned(), object.keys().cloned().collect()));
                object.iter().for_each(|(key, value)| objects(value, &format!("{at}/{key}"), found));
            }
            Value::Array(values) => {
                values.iter().enumerate().for_each(|(number, value)| objects(value, &format!("{at}/{number}"), found));
            }
            _ => {}
        }
    }

    #[test]
    fn what_is_not_stated_or_not_known_is_refused() {
        let good = serde_json::to_value(release("7.11")).unwrap();
        let mut found = Vec::new();
        objects(&good, "", &mut found);
        assert!(found.len() > 8, "{found:?}");
        for (at, keys) in found {
            for key in keys {
                let mut without = good.clone();
                without.pointer_mut(&at).unwrap().as_object_mut().unwrap().remove(&key);
                let error =
                    serde_json::from_value::<SensorManifest>(without).expect_err("a key is missing").to_string();
                assert!(error.contains(&key), "{at} without {key}: {error}");
            }
            let mut with = good.clone();
            with.pointer_mut(&at).unwrap()["unheard-of"] = json!(1);
            let error = serde_json::from_value::<SensorManifest>(with).expect_err("a key is unknown").to_string();
            assert!(error.contains("unheard-of"), "{at}: {error}");
        }
        let mut negative = good.clone();
        negative["types"][0]["inputs"] = json!(-1);
        assert!(serde_json::from_value::<SensorManifest>(negative).is_err());
        let mut operator = good;
        operator["operators"][0] = json!("resembles");
        assert!(serde_json::from_value::<SensorManifest>(operator).is_err());
    }

    #[test]
    fn a_waiver_comes_back_and_needs_a_reason() {
        for waiver in [waiver("no-witness", None), waiver("CV0501", Some("Image"))] {
            let value = serde_json::to_value(&waiver).unwrap();
            assert_eq!(serde_json::from_value::<Waiver>(value.clone()).unwrap(), waiver);
            for key in ["rule", "finding", "reason"] {
                let mut without = value.clone();
                without.as_object_mut().unwrap().remove(key);
                assert!(serde_json::from_value::<Waiver>(without).is_err(), "{key}");
            }
            let mut with = value;
            with["unheard-of"] = json!(1);
            assert!(serde_json::from_value::<Waiver>(with).is_err());
        }
    }
}
