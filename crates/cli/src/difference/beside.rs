//! What is held beside contents: manifests of releases, and how many machines have each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use channel_file::validator::SensorManifest;
use serde::de::DeserializeOwned;

use crate::finding::{Failure, Finding};
use crate::input::Input;
use crate::number::count;

/// Bytes of the longest such file: thousands of types.
const LONGEST: u64 = 16 << 20;

/// Reads manifests; says of all that are none what is wrong with them.
pub(crate) fn manifests(paths: &[PathBuf]) -> Result<Vec<SensorManifest>, Failure> {
    let (mut manifests, mut findings) = (Vec::<SensorManifest>::new(), Vec::new());
    for path in paths {
        match json::<SensorManifest>(path, "a sensor manifest") {
            Ok(manifest) if manifests.iter().any(|known| known.release == manifest.release) => {
                let message = format!("there is another manifest of the release {}", manifest.release);
                let file = path.to_string_lossy().into_owned();
                findings.push(Finding { file, ..Finding::of_usage(&message) });
            }
            Ok(manifest) => manifests.push(manifest),
            Err(finding) => findings.push(*finding),
        }
    }
    if findings.is_empty() { Ok(manifests) } else { Err(Failure(findings)) }
}

/// Reads how many machines have each release.
pub(crate) fn fleet(path: &Path) -> Result<BTreeMap<String, u64>, Failure> {
    Ok(json(path, "an object of releases with their numbers of machines")?)
}

fn json<T: DeserializeOwned>(path: &Path, expected: &str) -> Result<T, Box<Finding>> {
    let Input { name, bytes } = Input::read(path, LONGEST)?;
    let fault = |message: String| Box::new(Finding { file: name.clone(), ..Finding::of_usage(&message) });
    if count(bytes.len()) > LONGEST {
        return Err(fault(format!("expected {expected}, found more than {LONGEST} bytes")));
    }
    serde_json::from_slice(&bytes).map_err(|error| fault(format!("expected {expected}: {error}")))
}
