//! What the authors of rules have decided to live with.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::code::{FindingCode, Layer};
use super::finding::{Finding, Place};
use crate::channel_file::ChannelFile;
use crate::counted::counted;

/// A finding that the author of a rule has decided to live with, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Waiver {
    /// Id of the rule.
    pub rule: String,
    /// Code or name of the finding.
    pub finding: String,
    /// Name of the field; all of the rule's where it is `None`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub field: Option<String>,
    /// Why it is right so.
    pub reason: String,
}

/// Waivers, and which of them have waived something.
pub(super) struct Waivers<'w> {
    waivers: &'w [Waiver],
    is_used: Vec<bool>,
}

impl<'w> Waivers<'w> {
    pub(super) fn new(waivers: &'w [Waiver]) -> Self {
        Self { waivers, is_used: alloc::vec![false; waivers.len()] }
    }

    /// Why this finding is waived, if it is.
    pub(super) fn reason(&self, code: FindingCode, rule: &str, field: &str) -> Option<&'w str> {
        self.find(code, rule, Some(field)).map(|(_, waiver)| waiver.reason.as_str())
    }

    fn find(&self, code: FindingCode, rule: &str, field: Option<&str>) -> Option<(usize, &'w Waiver)> {
        counted(0_usize, self.waivers).find(|(_, waiver)| {
            waiver.rule == rule
                && code.is_waivable()
                && FindingCode::from_name(&waiver.finding) == Some(code)
                && waiver.field.as_deref().is_none_or(|own| Some(own) == field)
        })
    }

    /// Marks what is waived, and finds waivers that are none or waive nothing. Whether they waive anything that recorded events
    /// show is left open.
    pub(super) fn apply(self, file: &ChannelFile<'_>, findings: &mut Vec<Finding>) {
        for Waiver { rule, finding, field, reason } in self.waivers {
            let place = || Place { rule: Some(rule.clone()), field_name: field.clone(), ..Place::default() };
            if file.rule(rule).is_none() {
                let message = format!("rule {rule} waives {finding}, and the content has no such rule");
                findings.push(Finding::new(FindingCode::UnknownWaiver, place(), message));
            }
            if reason.trim().is_empty() {
                let message = format!("rule {rule} waives {finding}, and gives no reason");
                findings.push(Finding::new(FindingCode::UnknownWaiver, place(), message));
            }
        }
        self.apply_to(findings, |waiver, code| !code.is_some_and(is_of_traffic) && file.rule(&waiver.rule).is_some());
    }

    /// The same for what recorded events show, and for nothing else.
    pub(super) fn apply_to_traffic(self, findings: &mut Vec<Finding>) {
        self.apply_to(findings, |_, code| code.is_some_and(is_of_traffic));
    }

    /// `is_judged` says for which waivers, by what they waive, this is the place to be found useless.
    fn apply_to(mut self, findings: &mut Vec<Finding>, is_judged: impl Fn(&Waiver, Option<FindingCode>) -> bool) {
        for finding in findings.iter_mut() {
            let Some(rule) = &finding.place.rule else { continue };
            if let Some((number, waiver)) = self.find(finding.code, rule, finding.place.field_name.as_deref()) {
                finding.waived = Some(waiver.reason.clone());
                if let Some(is_used) = self.is_used.get_mut(number) {
                    *is_used = true;
                }
            }
        }
        for (waiver, is_used) in self.waivers.iter().zip(&self.is_used) {
            let Waiver { rule, finding, .. } = waiver;
            if !is_judged(waiver, FindingCode::from_name(finding)) {
                continue;
            }
            let (code, message) = match FindingCode::from_name(finding) {
                None => {
                    (FindingCode::UnknownWaiver, format!("rule {rule} waives {finding}, and there is no such finding"))
                }
                Some(code) if !code.is_waivable() => {
                    (FindingCode::UnknownWaiver, format!("rule {rule} waives {finding}, which cannot be waived"))
                }
                Some(_) if !is_used => {
                    (FindingCode::UnusedWaiver, format!("rule {rule} waives {finding}, and nothing of it was found"))
                }
                Some(_) => continue,
            };
            let place = Place { rule: Some(rule.clone()), field_name: waiver.field.clone(), ..Place::default() };
            findings.push(Finding::new(code, place, message));
        }
    }
}

/// Whether recorded events alone say if a waiver of it is of use.
fn is_of_traffic(code: FindingCode) -> bool {
    code.layer() == Layer::Traffic && code.is_waivable()
}
