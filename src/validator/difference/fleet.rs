//! How many machines a change reaches.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::Difference;

/// How many machines a change reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FleetDifference {
    /// All machines.
    pub machines: u64,
    /// Machines with a release that the change touches.
    pub touched: u64,
    /// Machines with a release that would refuse the new content.
    pub refusing: u64,
    /// Machines with a release that was not judged.
    pub unjudged: Vec<Unjudged>,
}

/// Machines of which nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unjudged {
    /// The release, of which there is no manifest.
    pub release: String,
    /// How many machines have it.
    pub machines: u64,
}

impl Difference {
    /// Counts the machines of a fleet, given by the number of machines with each release.
    #[must_use]
    pub fn fleet(&self, fleet: &BTreeMap<String, u64>) -> FleetDifference {
        let mut counted = FleetDifference::default();
        for (name, machines) in fleet {
            counted.machines = counted.machines.saturating_add(*machines);
            let Some(release) = self.releases.iter().find(|own| own.release == *name) else {
                counted.unjudged.push(Unjudged { release: name.clone(), machines: *machines });
                continue;
            };
            if release.is_touched() {
                counted.touched = counted.touched.saturating_add(*machines);
            }
            if !release.loads_new {
                counted.refusing = counted.refusing.saturating_add(*machines);
            }
        }
        counted
    }
}
