//! What is wrong with a manifest, whatever the content.

use channel_file::template::{FieldKind, OperatorSet};
use channel_file::validator::{FindingCode, ManifestField, ManifestType, SensorManifest};

use super::{At, Case, Input, PIPE_NAME, releases};
use crate::few_words::{any_of, equals};

pub(crate) fn cases() -> Vec<Case> {
    use FindingCode::{InputsDifferUnused, MalformedType, RepeatedType};
    let input = || Input::one([any_of(PIPE_NAME, [equals("evil")])]);
    let case = |code, says: &[&'static str], change: fn(&mut SensorManifest)| {
        let good = input().for_releases(releases(|manifest| manifest.types.push(other(1))));
        Case::new(code, input().for_releases(releases(change)), At::NOWHERE, says, good).of_second()
    };
    vec![
        case(MalformedType, &["other", "id 99"], |manifest| {
            manifest.types.push(ManifestType { version: 0, ..other(1) });
        }),
        case(MalformedType, &["other", "id 99"], |manifest| {
            manifest.types.push(ManifestType { fields: Vec::new(), ..other(0) });
        }),
        case(MalformedType, &["other", "id 99"], |manifest| {
            let mut own = other(1);
            own.fields[0].operators = OperatorSet::of(&[]);
            manifest.types.push(own);
        }),
        case(MalformedType, &["other", "id 99"], |manifest| {
            let mut own = other(2);
            own.fields.push(own.fields[0].clone());
            manifest.types.push(own);
        }),
        case(MalformedType, &["pipe_created", "id 17"], |manifest| manifest.types[0].fields[3].since = 3),
        case(MalformedType, &["id 99"], |manifest| {
            manifest.types.push(ManifestType { name: "two\nlines".into(), ..other(1) })
        }),
        case(RepeatedType, &["id 99", "twice"], |manifest| manifest.types.extend([other(1), other(1)])),
        case(RepeatedType, &["id 17", "twice"], |manifest| {
            let twin = ManifestType { inputs: 3, ..manifest.types[0].clone() };
            manifest.types.push(twin);
        }),
        case(InputsDifferUnused, &["7.11", "0 inputs", "1 field", "other", "id 99"], |manifest| {
            manifest.types.push(other(0))
        })
        .warning(),
        case(InputsDifferUnused, &["7.11", "2 inputs", "1 field", "other", "id 99"], |manifest| {
            manifest.types.push(other(2))
        })
        .warning(),
    ]
}

/// A type that the content does not use, with so many inputs for its one field.
fn other(inputs: u64) -> ManifestType {
    let kind = FieldKind::Boolean;
    let field = ManifestField { name: "Flag".into(), kind, operators: kind.operators(), since: 1 };
    ManifestType { id: 99, version: 1, name: "other".into(), inputs, fields: vec![field] }
}
