//! Manifests that differ from a good one in some place.

use channel_file::Limits;
use channel_file::template::{FieldKind, Operator, OperatorSet};
use channel_file::validator::{FormatVersion, SensorManifest};

use channel_file_smith::Choices;

/// What was changed, and the manifest.
pub(crate) fn changed(choices: &mut Choices<'_>, good: &SensorManifest) -> (&'static str, SensorManifest) {
    let mut manifest = good.clone();
    let number = choices.below(manifest.types.len());
    let own = &mut manifest.types[number];
    let field = choices.below(own.fields.len());
    let change = match choices.below(22) {
        0 => {
            own.inputs += 1;
            "one input more"
        }
        1 => {
            own.inputs -= 1;
            "one input fewer"
        }
        2 => {
            own.fields.remove(field);
            "a field dropped, inputs kept"
        }
        3 => {
            own.fields.remove(field);
            own.inputs -= 1;
            "a field and its input dropped"
        }
        4 => {
            let mut added = own.fields[field].clone();
            added.name = "added".into();
            added.since = own.version;
            own.fields.push(added);
            own.inputs += 1;
            "a field added to the newest version"
        }
        5 => {
            let mut added = own.fields[field].clone();
            added.name = "added".into();
            own.version += 1;
            added.since = own.version;
            own.fields.push(added);
            own.inputs += 1;
            "a field added in a later version"
        }
        6 => {
            own.version += 1;
            "a later version without a field"
        }
        7 => {
            let version = own.version - 1;
            own.fields.retain(|field| field.since <= version);
            own.version = version;
            own.inputs = u64::try_from(own.fields.len()).unwrap();
            "an earlier version"
        }
        8 => {
            own.version = u32::try_from(choices.below(4)).unwrap();
            "another version, fields kept"
        }
        9 => {
            own.fields[field].name.push('x');
            "a field renamed"
        }
        10 => {
            own.fields[field].kind = *choices.one_of(FieldKind::ALL).unwrap();
            "another kind"
        }
        11 => {
            let kept: Vec<Operator> = own.fields[field].operators.iter().skip(1).collect();
            own.fields[field].operators = OperatorSet::of(&kept);
            "an operator of a field removed"
        }
        12 => {
            own.fields[field].since = u32::try_from(choices.below(4)).unwrap();
            "another version of a field"
        }
        13 => {
            own.fields.rotate_left(1);
            "fields in another order"
        }
        14 => {
            manifest.types.remove(number);
            "a type removed"
        }
        15 => {
            own.id += 1;
            "another id"
        }
        16 => {
            let mut twin = own.clone();
            twin.inputs = twin.inputs.saturating_sub(u64::from(choices.percent(50)));
            let place = if choices.percent(50) { 0 } else { manifest.types.len() };
            manifest.types.insert(place, twin);
            "a type twice"
        }
        17 => {
            let removed = *choices.one_of(Operator::ALL).unwrap();
            let kept: Vec<Operator> = Operator::ALL.iter().copied().filter(|own| *own != removed).collect();
            manifest.operators = OperatorSet::of(&kept);
            "an operator removed"
        }
        18 => {
            manifest.limits = Limits { patterns: 3, fields: 6, criteria: 4, ..manifest.limits };
            "narrow limits"
        }
        19 => {
            let budget = &mut manifest.budget;
            match choices.below(5) {
                0 => budget.bytes = 20_000,
                1 => budget.work = 60,
                2 => budget.regex_bytes = 500,
                3 => budget.regexes_bytes = 2_000,
                _ => (budget.automaton_bytes, budget.automata_bytes) = (0, 0),
            }
            "a narrow budget"
        }
        20 => {
            manifest.format = FormatVersion { major: 0, minor: 9 };
            "an earlier format"
        }
        _ => {
            own.inputs = choices.pick(&[0, 65_535, 65_536, u64::MAX]);
            "inputs beyond all measure"
        }
    };
    (change, manifest)
}
