//! What a release supplies otherwise than the content expects.

use channel_file::Limits;
use channel_file::template::{FieldKind, Operator, OperatorSet};
use channel_file::validator::{FindingCode, FormatVersion, SensorManifest};

use super::{
    At, Case, IMAGE, Input, PIPE_NAME, PROCESS_ID, USER, good_releases, on_pipes, on_second_version, releases,
};
use crate::few_words::{any_of, equals};
use crate::judged::{glob, range, starts};

/// Two instances on the first version, of which the second asks for the last field.
fn input() -> Input {
    let one = on_pipes([any_of(PIPE_NAME, [equals("evil")])]);
    let two = on_pipes([any_of(PIPE_NAME, [starts("evil")]), any_of(IMAGE, [glob("*a?b*")])]);
    Input::of([one, two])
}

/// On the second version: one instance that asks for its last field.
fn later() -> Input {
    Input::of([on_second_version([any_of(USER, [equals("SYSTEM")]), any_of(PROCESS_ID, [range(1, 9)])])])
}

/// An instance on each version.
fn both_versions() -> Input {
    let one = on_pipes([any_of(PIPE_NAME, [equals("evil")])]);
    Input::of([one, on_second_version([any_of(USER, [equals("SYSTEM")])])])
}

fn case(code: FindingCode, of: Input, at: At, says: &[&'static str], change: impl FnOnce(&mut SensorManifest)) -> Case {
    let good = of.clone().for_releases(good_releases());
    Case::new(code, of.for_releases(releases(change)), at, says, good).of_second()
}

fn last_field(manifest: &mut SensorManifest) -> &mut channel_file::validator::ManifestField {
    &mut manifest.types[0].fields[usize::from(IMAGE)]
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = types();
    cases.extend(inputs());
    cases.extend(fields());
    cases.extend(releases_otherwise());
    cases
}

fn types() -> Vec<Case> {
    use FindingCode::{FieldCountDiffers, LacksType, LacksVersion};
    let first_version = |manifest: &mut SensorManifest| {
        let own = &mut manifest.types[0];
        (own.version, own.inputs) = (1, 3);
        own.fields.truncate(3);
    };
    vec![
        case(LacksType, input(), At::NOWHERE, &["7.11", "pipe_created", "17", "2 instances"], |manifest| {
            manifest.types.clear()
        }),
        case(LacksType, later(), At::NOWHERE, &["7.11", "pipe_created", "1 instance is on"], |manifest| {
            manifest.types[0].id = 18
        }),
        case(
            LacksVersion,
            later(),
            At::NOWHERE,
            &["7.11", "pipe_created", "version 1", "version 2", "1 instance is on"],
            first_version,
        ),
        // Instances on the first version are not counted.
        case(
            LacksVersion,
            both_versions(),
            At::NOWHERE,
            &["version 1", "not in version 2, which 1 instance is on"],
            first_version,
        ),
        // A version that appends nothing is none.
        case(LacksVersion, input(), At::NOWHERE, &["7.11", "version 2", "version 1"], |manifest| {
            manifest.types[0].fields.iter_mut().for_each(|field| field.since = 2);
        }),
        case(
            FieldCountDiffers,
            input(),
            At::NOWHERE,
            &["7.11", "2 fields", "version 1", "pipe_created", "3 fields"],
            |manifest| {
                last_field(manifest).since = 2;
            },
        ),
        case(FieldCountDiffers, input(), At::NOWHERE, &["7.11", "4 fields", "version 1", "3 fields"], |manifest| {
            manifest.types[0].fields[usize::from(USER)].since = 1;
            manifest.types[0].version = 1;
        }),
    ]
}

/// Off by one in both directions.
fn inputs() -> Vec<Case> {
    use FindingCode::{InputsDiffer, WitnessNotRun};
    let fewer = |manifest: &mut SensorManifest| manifest.types[0].inputs -= 1;
    let two_fewer = |manifest: &mut SensorManifest| manifest.types[0].inputs -= 2;
    let more = |manifest: &mut SensorManifest| manifest.types[0].inputs += 1;
    let second = At { instance: Some(1), ..At::INSTANCE };
    let says = &["7.11", "3 inputs", "4 fields", "pipe_created", "nothing fills field 4 User"];
    vec![
        case(
            InputsDiffer,
            later(),
            At::INSTANCE.field(USER),
            &[says.as_slice(), &["1 instance asks for it"]].concat(),
            fewer,
        ),
        // The content is on a version of which the field is no part: it shows nothing, and is refused all the same.
        case(
            InputsDiffer,
            input(),
            At::NOWHERE,
            &[says.as_slice(), &["no instance asks anything of it"]].concat(),
            fewer,
        ),
        case(
            InputsDiffer,
            input(),
            second.field(IMAGE),
            &["2 inputs", "4 fields", "field 3 Image and field 4 User", "1 instance asks"],
            two_fewer,
        ),
        case(InputsDiffer, later(), At::NOWHERE, &["7.11", "5 inputs", "4 fields", "pipe_created"], more),
        case(
            InputsDiffer,
            later(),
            At::INSTANCE.field(PROCESS_ID),
            &["0 inputs", "4 fields", "field 1 PipeName", "field 4 User"],
            |manifest| {
                manifest.types[0].inputs = 0;
            },
        ),
        case(WitnessNotRun, later(), At::INSTANCE, &["instance 0", "3"], fewer),
        case(WitnessNotRun, later(), At::INSTANCE, &["instance 0", "5"], more),
        case(WitnessNotRun, both_versions(), At::INSTANCE, &["instance 0", "3"], fewer),
        case(WitnessNotRun, both_versions(), second, &["instance 1", "3"], fewer),
    ]
}

fn fields() -> Vec<Case> {
    use FindingCode::FieldDiffers;
    let at = At::NOWHERE.field(IMAGE);
    vec![
        case(FieldDiffers, input(), at, &["field 3", "pipe_created", "7.11", "Program", "Image"], |manifest| {
            last_field(manifest).name = "Program".into()
        }),
        case(FieldDiffers, input(), at, &["field 3", "Image", "7.11", "bytes", "text"], |manifest| {
            let field = last_field(manifest);
            (field.kind, field.operators) = (FieldKind::Bytes, FieldKind::Bytes.operators());
        }),
        case(
            FieldDiffers,
            input(),
            at,
            &["field 3", "Image", "7.11", "allows absent and equals, and", "regex"],
            |manifest| {
                last_field(manifest).operators = OperatorSet::of(&[Operator::Absent, Operator::Equals]);
            },
        ),
        // Also where the content does not use what is missing.
        case(FieldDiffers, later(), at, &["field 3", "Image"], |manifest| {
            let kept: Vec<Operator> =
                FieldKind::Text.operators().iter().filter(|own| *own != Operator::Regex).collect();
            last_field(manifest).operators = OperatorSet::of(&kept);
        }),
    ]
}

fn releases_otherwise() -> Vec<Case> {
    use FindingCode::{FormatVersion as Format, LacksOperator, ReleaseLimits};
    let without = |operator: Operator| {
        let kept: Vec<Operator> = Operator::ALL.iter().copied().filter(|own| *own != operator).collect();
        move |manifest: &mut SensorManifest| manifest.operators = OperatorSet::of(&kept)
    };
    let second = At { instance: Some(1), ..At::INSTANCE };
    let limited = |limits: Limits| move |manifest: &mut SensorManifest| manifest.limits = limits;
    let many = || Input::one([any_of(PIPE_NAME, (0..5).map(|number| equals(&format!("evil-{number}"))))]);
    let mut unused = case(LacksOperator, input(), second.field(IMAGE), &["7.11", "glob"], without(Operator::Glob));
    unused.good = input().for_releases(releases(without(Operator::Cidr)));
    vec![
        unused,
        case(LacksOperator, later(), At::INSTANCE.field(PROCESS_ID), &["7.11", "range"], without(Operator::Range)),
        case(Format, input(), At::NOWHERE, &["7.11", "1.0", "0.9"], |manifest| {
            manifest.format = FormatVersion { major: 0, minor: 9 }
        }),
        case(Format, input(), At::NOWHERE, &["7.11", "1.0", "2.0"], |manifest| {
            manifest.format = FormatVersion { major: 2, minor: 0 }
        }),
        Case {
            good: many().for_releases(releases(limited(Limits { patterns: 5, ..Limits::DEFAULT }))),
            ..case(
                ReleaseLimits,
                many(),
                At::NOWHERE,
                &["7.11", "CF07", "4", "5"],
                limited(Limits { patterns: 4, ..Limits::DEFAULT }),
            )
        },
        case(
            ReleaseLimits,
            input(),
            At::NOWHERE,
            &["7.11", "CF07"],
            limited(Limits { instances: 1, ..Limits::DEFAULT }),
        ),
        case(
            ReleaseLimits,
            input(),
            At::NOWHERE,
            &["7.11", "CF07"],
            limited(Limits { file_bytes: 100, ..Limits::DEFAULT }),
        ),
    ]
}
