//! Sensor manifests, waivers and fleets: the files of JSON beside content.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use channel_file::validator::{SensorManifest, Waiver};
use serde::de::DeserializeOwned;

use crate::finding::{Failure, Finding};
use crate::input::Input;
use crate::report::ManifestFile;

/// Bytes of the longest file: thousands of types.
const LONGEST: u64 = 16 << 20;

/// Reads manifests; says of all that are none what is wrong with them.
pub(crate) fn read(paths: &[PathBuf]) -> Result<(Vec<ManifestFile>, Vec<SensorManifest>), Failure> {
    let (mut files, mut manifests, mut findings) = (Vec::<ManifestFile>::new(), Vec::new(), Vec::new());
    for path in paths {
        let (file, manifest): (String, SensorManifest) = match json(path, "manifest", "a sensor manifest") {
            Ok(read) => read,
            Err(finding) => {
                findings.push(*finding);
                continue;
            }
        };
        let release = manifest.release.clone();
        if let Some(other) = files.iter().find(|other| other.release == release) {
            let message = format!("the release {release} has a manifest already: {}", other.file);
            findings.push(Finding { file, ..Finding::of_usage(&message) });
            continue;
        }
        files.push(ManifestFile { file, release });
        manifests.push(manifest);
    }
    if findings.is_empty() { Ok((files, manifests)) } else { Err(Failure(findings)) }
}

/// Reads waivers.
pub(crate) fn read_waivers(path: &Path) -> Result<Vec<Waiver>, Failure> {
    let (_, waivers) = json(path, "waivers", "a list of waivers")?;
    Ok(waivers)
}

/// Reads how many machines have each release.
pub(crate) fn read_fleet(path: &Path) -> Result<BTreeMap<String, u64>, Failure> {
    let (_, fleet) = json(path, "fleet", "an object of releases with their numbers of machines")?;
    Ok(fleet)
}

/// Reads a file of JSON; gives its name too.
fn json<T: DeserializeOwned>(path: &Path, kind: &'static str, expected: &str) -> Result<(String, T), Box<Finding>> {
    let Input { name, bytes } = Input::read(path, LONGEST)?;
    if crate::number::count(bytes.len()) > LONGEST {
        let message = format!("expected {expected}, found more than {LONGEST} bytes");
        return Err(Finding { file: name, ..Finding::of_usage(&message) }.into());
    }
    match serde_json::from_slice(&bytes) {
        Ok(value) => Ok((name, value)),
        Err(error) => Err(Finding::of_json(&name, kind, expected, &error).into()),
    }
}
