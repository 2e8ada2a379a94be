//! Manifests for the contents in `files/july`: of a release whose code supplies 20 inputs for 21 fields, and of others.

use std::fs;
use std::path::Path;

use channel_file::interpreter::Budget;
use channel_file::template::{
    Case, Content, Criterion, FieldKind, Operator, Pattern, Rule, Sense, SensorTypes, TemplateInstance, TemplateType,
};
use channel_file::validator::SensorManifest;
use channel_file::{ChannelFile, Limits, OwnTypes, encode};

/// Writes the manifests, and how many machines have each release.
pub(crate) fn write_all(folder: &Path) {
    let folder = folder.join("july");
    fs::create_dir_all(&folder).unwrap();
    let whole = manifest("7.12");
    let mut short = manifest("7.11");
    short.types[0].inputs = 20;
    let mut other = manifest("6.99");
    other.types[0].id = 18;
    for manifest in [&whole, &short, &other] {
        let json = serde_json::to_string_pretty(manifest).unwrap();
        fs::write(folder.join(format!("{}.json", manifest.release)), json).unwrap();
    }
    fs::write(folder.join("fleet.json"), r#"{ "7.11": 8500000, "7.12": 1200 }"#).unwrap();
    fs::write(folder.join("larger-fleet.json"), r#"{ "7.10": 31, "7.12": 1200 }"#).unwrap();
    fs::write(folder.join("no-fleet.json"), r#"{ "7.11": "many" }"#).unwrap();
}

/// The manifest of a release that supplies what it declares.
fn manifest(release: &str) -> SensorManifest {
    let field = |number| if number == 21 { "PipeSession".to_owned() } else { format!("Input{number}") };
    let ipc = (1..=21).fold(TemplateType::builder(17, 1, "ipc"), |all, own| all.field(field(own), FieldKind::Text));
    let ipc = ipc.build().unwrap();
    let pattern = Pattern::text(Operator::Equals, "x", Case::Ignored).unwrap();
    let instance = TemplateInstance::builder(&ipc).criterion(Criterion::new(0, Sense::AnyOf, [pattern]).unwrap());
    let rule = Rule::builder("any").instance(instance.build().unwrap()).build().unwrap();
    let bytes = encode(&Content::builder(291, 1).template_type(ipc).rule(rule).build().unwrap()).unwrap();
    let file = ChannelFile::open(&bytes).unwrap();
    let own = OwnTypes::of(&file);
    SensorManifest::new(release, &SensorTypes::new(&own.sensor_types()), Limits::DEFAULT, Budget::DEFAULT)
}
