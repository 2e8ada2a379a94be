//! What is new: two contents side by side, and what came before them.

mod changes;
mod criteria;
mod digest;
mod fleet;
mod merge;
mod pairing;
mod radius;
mod rules;
mod summary;
mod types;

use alloc::vec::Vec;

use super::finding::Finding;
use super::manifest::{ManifestTypes, SensorManifest};
use super::novelty::{Earlier, History, Release, novelties};
use super::report::ContentSummary;
use crate::channel_file::ChannelFile;
use crate::counted::counted;
use crate::interpreter::Budget;

pub use self::changes::{
    Change, ChangeCounts, ChangeSummary, Changes, CriterionChange, FieldChange, InstanceChange, InstanceName, Replaced,
    RuleChange, TypeChange, WordsChange,
};
pub use self::fleet::{FleetDifference, Unjudged};
pub use self::radius::{Concern, ReleaseDifference};

/// What is different between two contents, what the new one does for the first time, and what that means for each release.
///
/// ```
/// # use channel_file::ChannelFile;
/// # use channel_file::validator::Difference;
/// fn tell(old: &ChannelFile<'_>, new: &ChannelFile<'_>) {
///     let difference = Difference::between(old, new);
///     for novelty in &difference.novelties {
///         println!("{novelty}");
///     }
///     for rule in &difference.changes.rules {
///         println!("{} {}", rule.change.name(), rule.id);
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What the old content is.
    pub old: ContentSummary,
    /// What the new content is.
    pub new: ContentSummary,
    /// How many content versions were looked at: old, new, and all of the history before the new one.
    pub content_versions: u64,
    /// What no content before did. What some release does not supply comes first and is an error; then fields, types,
    /// versions, operators, and what grew. The first hundred are proved by events, as far as one was found.
    pub novelties: Vec<Finding>,
    /// Why the new content would not load whatever the sensor, unless the old one did not for the same reason.
    pub findings: Vec<Finding>,
    /// What the change does to each release, in the order of the manifests.
    pub releases: Vec<ReleaseDifference>,
    /// What is different.
    pub changes: Changes,
}

/// Compares contents. See [`Difference`].
#[derive(Clone, Copy, Debug)]
pub struct Comparer<'c> {
    manifests: &'c [SensorManifest],
    history: Option<&'c History>,
    budget: Budget,
}

impl Default for Comparer<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'c> Comparer<'c> {
    /// Compares two contents alone, under the default budget, until it is told of more.
    #[must_use]
    pub const fn new() -> Self {
        Self { manifests: &[], history: None, budget: Budget::DEFAULT }
    }

    /// The releases that are in the field.
    #[must_use]
    pub const fn manifests(self, manifests: &'c [SensorManifest]) -> Self {
        Self { manifests, ..self }
    }

    /// What came before. The old content need not be part of it.
    #[must_use]
    pub const fn history(self, history: &'c History) -> Self {
        Self { history: Some(history), ..self }
    }

    /// The budget under which content is loaded, those of the releases apart.
    #[must_use]
    pub const fn budget(self, budget: Budget) -> Self {
        Self { budget, ..self }
    }

    /// Compares. Loads each content once for its own types, and once more for each release.
    #[must_use]
    pub fn compare(&self, old: &ChannelFile<'_>, new: &ChannelFile<'_>) -> Difference {
        let types: Vec<ManifestTypes<'_>> = self.manifests.iter().map(ManifestTypes::of).collect();
        let releases = self.manifests.iter().zip(&types);
        let releases: Vec<Release<'_>> =
            releases.map(|(manifest, types)| Release { manifest, types: types.sensor_types() }).collect();
        let earlier = Earlier { old: Some(old), history: self.history };
        let (novel, content_versions) = novelties(new, &earlier, &releases);
        let changes = Changes::between(old, new);
        let releases = counted(0_usize, &releases)
            .map(|(number, release)| radius::release(number, release, (old, new), &changes, &novel))
            .collect();
        let changed = changes.types.iter().filter_map(types::changed_in_place);
        let novelties = changed.chain(novel.into_iter().map(|novel| novel.finding)).collect();
        Difference {
            old: ContentSummary::of(old),
            new: ContentSummary::of(new),
            content_versions,
            novelties,
            findings: radius::whatever_the_sensor(old, new, &self.budget),
            releases,
            changes,
        }
    }
}

impl Difference {
    /// Compares two contents alone.
    #[must_use]
    pub fn between(old: &ChannelFile<'_>, new: &ChannelFile<'_>) -> Self {
        Comparer::new().compare(old, new)
    }

    /// Whether the two say the same, their channels and content versions included: then their bytes are equal too.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let (old, new) = (&self.old, &self.new);
        self.changes.is_empty() && (old.channel, old.content_version) == (new.channel, new.content_version)
    }

    /// Everything that was found and is news: novelties first, then what keeps the new content from being loaded.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        let of_releases = self.releases.iter().flat_map(|release| &release.findings);
        self.novelties.iter().chain(&self.findings).chain(of_releases)
    }

    /// Whether the new content may be published: nothing that was found is an error, and each release would load it, those
    /// included that refuse the old content too.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.releases.iter().all(|release| release.loads_new) && !self.all_findings().any(Finding::refuses)
    }
}
