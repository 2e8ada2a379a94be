//! The instances that use something.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::super::finding::Place;
use super::super::wording::Listed;
use crate::channel_file::view::InstanceView;

/// As many are kept to be named.
const KEPT: usize = 8;

/// The instances that use something for the first time.
#[derive(Clone, Debug, Default)]
pub(super) struct Users {
    /// The first of them, with the index of the criterion.
    pub(super) first: Option<(u32, Option<u16>)>,
    /// How many there are.
    pub(super) count: u64,
    latest: Option<u32>,
    instances: Vec<String>,
    rules: Vec<String>,
    further_rules: bool,
}

impl Users {
    /// Adds an instance; one after the other, so that each is counted once.
    pub(super) fn add(&mut self, instance: &InstanceView<'_>, criterion: Option<u16>) {
        if self.latest == Some(instance.id()) {
            return;
        }
        self.latest = Some(instance.id());
        self.first = self.first.or(Some((instance.id(), criterion)));
        self.count = self.count.saturating_add(1);
        if self.instances.len() < KEPT {
            self.instances.push(instance.id().to_string());
        }
        let rule = instance.rule().id();
        if self.rules.iter().any(|known| known == rule) {
            return;
        }
        if self.rules.len() < KEPT {
            self.rules.push(rule.into());
        } else {
            self.further_rules = true;
        }
    }

    /// `instance 7 (rule a)`, `instances 7 and 9 (rules a and b)`, and whether it is one.
    pub(super) fn named(&self) -> (String, bool) {
        let kept = u64::try_from(self.instances.len()).unwrap_or(u64::MAX);
        let further = self.count.saturating_sub(kept);
        let mut instances = match further {
            0 => Listed(&self.instances).to_string(),
            _ => format!("{} and {further} more", self.instances.join(", ")),
        };
        let rules = match self.further_rules {
            false => Listed(&self.rules).to_string(),
            true => format!("{} and more", self.rules.join(", ")),
        };
        let is_one = self.count == 1;
        let (noun, of) =
            (if is_one { "instance" } else { "instances" }, if self.rules.len() == 1 { "rule" } else { "rules" });
        instances = format!("{noun} {instances} ({of} {rules})");
        (instances, is_one)
    }

    /// Where the first of them is.
    pub(super) fn place(&self, instance: Option<&InstanceView<'_>>, field: Option<u16>) -> Place {
        let Some(instance) = instance else { return Place::default() };
        let place = match field {
            Some(field) => Place::of_field(instance, field),
            None => Place::of_instance(instance),
        };
        Place { criterion: self.first.and_then(|(_, criterion)| criterion), ..place }
    }
}
