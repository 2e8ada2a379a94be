//! Sensor manifests for the tests.

use std::fs;
use std::path::Path;

use channel_file::Limits;
use channel_file::interpreter::Budget;
use channel_file::template::{DeclaredField, DeclaredType, FieldKind, SensorType, SensorTypes};
use channel_file::validator::SensorManifest;

/// Puts a manifest of each release in a folder. `twenty-one.yaml` has the type.
pub(crate) fn write_all(folder: &Path) {
    let sound = manifest("7.10", 21);
    let short = manifest("7.11", 20);
    let older = SensorManifest { types: Vec::new(), ..manifest("6.0", 21) };
    let small = SensorManifest { budget: Budget { bytes: 100, ..Budget::EMBEDDED }, ..manifest("7.12-device", 21) };
    for manifest in [sound, short, older, small] {
        let text = serde_json::to_string_pretty(&manifest).unwrap();
        fs::write(folder.join(format!("release-{}.json", manifest.release)), text).unwrap();
    }
    let text = serde_json::to_string_pretty(&manifest("7.13", 21)).unwrap();
    fs::write(folder.join("unknown-key.json"), text.replacen("\"inputs\"", "\"supplied\"", 1)).unwrap();
    fs::write(folder.join("missing-key.json"), text.replacen("      \"inputs\": 21,\n", "", 1)).unwrap();
}

/// A release whose integration code fills so many of the 21 fields.
fn manifest(release: &str, inputs: usize) -> SensorManifest {
    let names: Vec<String> = (1..=21)
        .map(|number| match number {
            1 => "Image".to_owned(),
            2 => "Pipe".to_owned(),
            21 => "Caller".to_owned(),
            number => format!("Field{number}"),
        })
        .collect();
    let fields: Vec<DeclaredField<'_>> = names
        .iter()
        .map(|name| DeclaredField { name, kind: FieldKind::Text, operators: FieldKind::Text.operators(), since: 1 })
        .collect();
    let declared = DeclaredType { id: 900_021, version: 1, name: "interprocess", fields: &fields };
    let types = [SensorType::supplying(declared, inputs)];
    SensorManifest::new(release, &SensorTypes::new(&types), Limits::DEFAULT, Budget::DEFAULT)
}
