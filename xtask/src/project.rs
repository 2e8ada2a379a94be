//! What cargo knows about this repository.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::Command;
use crate::outcome::Failure;

/// The name of the library's package.
pub(crate) const LIBRARY: &str = "channel-file";

/// The repository as cargo sees it.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
    features: Vec<String>,
    published: Vec<String>,
}

/// One way to switch the library's features, for the checks that try each way alone.
pub(crate) struct FeatureSet {
    /// How reports name it.
    pub(crate) name: String,
    /// What cargo takes.
    pub(crate) arguments: Vec<String>,
}

impl Project {
    /// Asks cargo.
    pub(crate) fn load() -> Result<Self, Failure> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().unwrap_or(here).to_path_buf();
        let text = Command::cargo(&root).args(["metadata", "--no-deps", "--format-version", "1"]).read()?;
        let unexpected = || Failure::new("`cargo metadata` gives something else than it did");
        let metadata: Value = serde_json::from_str(&text).map_err(|_| unexpected())?;
        let target = metadata.get("target_directory").and_then(Value::as_str).ok_or_else(unexpected)?;
        let packages = metadata.get("packages").and_then(Value::as_array).ok_or_else(unexpected)?;
        let library = packages.iter().find(|package| name(package) == LIBRARY).ok_or_else(unexpected)?;
        let features = library.get("features").and_then(Value::as_object).ok_or_else(unexpected)?;
        // `publish` is null for packages that may go anywhere, and an empty list for those that may go nowhere.
        let published = packages.iter().filter(|package| package.get("publish").is_none_or(Value::is_null));
        Ok(Self {
            root,
            target: target.into(),
            features: features.keys().filter(|feature| *feature != "default").cloned().collect(),
            published: published.map(|package| name(package).to_owned()).collect(),
        })
    }

    /// The folder of the repository.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A target folder of its own, for builds whose settings would throw away everybody else's.
    pub(crate) fn target_apart(&self, name: &str) -> PathBuf {
        self.target.join(name)
    }

    /// A cargo command in the repository.
    pub(crate) fn cargo(&self) -> Command {
        Command::cargo(&self.root)
    }

    /// A cargo command of another toolchain. The cargo that runs this program has told rustup which one it is.
    pub(crate) fn cargo_of(&self, toolchain: &str) -> Command {
        Command::new("rustup", &self.root).args(["run", toolchain, "cargo"]).env("CARGO_TERM_COLOR", "never")
    }

    /// The packages that are to be published.
    pub(crate) fn published(&self) -> &[String] {
        &self.published
    }

    /// No feature, each feature alone with what it pulls in, and all. Read from the manifest, so that a new one counts.
    pub(crate) fn feature_sets(&self) -> Vec<FeatureSet> {
        let set = |name: &str, arguments: &[&str]| FeatureSet {
            name: name.to_owned(),
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        };
        let alone = self.features.iter().map(|name| set(name, &["--no-default-features", "--features", name]));
        std::iter::once(set("none", &["--no-default-features"]))
            .chain(alone)
            .chain([set("all", &["--all-features"])])
            .collect()
    }
}

fn name(package: &Value) -> &str {
    package.get("name").and_then(Value::as_str).unwrap_or_default()
}
