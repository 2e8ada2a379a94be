//! Waivers that stand beside rules, in documents of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::{Candidate, Document, Faults};
use crate::excerpt::quoted;
use crate::source::{Types, WaivableFields, read_waivers};
use crate::suggestion::did_you_mean;
use crate::yaml::under;
use crate::{Refused, Waiver};

/// The waivers of the documents, for rules that were accepted; these ascend by id. Those for rules that were refused go
/// with them.
pub(super) fn read(
    documents: Vec<Document<'_>>,
    accepted: &[Candidate],
    types: &mut Types<'_>,
    faults: &mut Faults,
) -> Vec<Waiver> {
    let refused: BTreeSet<String> = faults.refused.iter().map(|Refused { id, .. }| id.clone()).collect();
    let mut fields = BTreeMap::new();
    let mut waivers = Vec::new();
    for Document { root, mut findings, .. } in documents {
        let entries = root.entries();
        findings.only_known_keys(entries, &["waivers-for", "waivers"], "a document of waivers");
        let rule =
            under(entries, "waivers-for").and_then(|node| Some((node.place, findings.name(node, "the id of a rule")?)));
        let list = under(entries, "waivers");
        if list.is_none() {
            findings.report(root.place, "the document has no key `waivers`");
        }
        if let (Some((place, id)), Some(list)) = (rule, list) {
            findings.set_rule(id, "");
            let read = read_waivers(list, id, &mut findings);
            match accepted.binary_search_by(|candidate| candidate.rule.id().cmp(id)) {
                Ok(index) => {
                    if let Some(candidate) = accepted.get(index) {
                        let fields = fields.entry(index).or_insert_with(|| WaivableFields::of(&candidate.rule, types));
                        fields.check(list, types, &mut findings);
                    }
                    waivers.extend(read);
                }
                // What could not be read as far as its id may be the rule.
                Err(_) if refused.contains(id) || refused.contains("") => {}
                Err(_) => {
                    let known = accepted.iter().map(|candidate| candidate.rule.id());
                    let help = match did_you_mean(id, known.chain(refused.iter().map(String::as_str))) {
                        nothing if nothing.is_empty() => "`waivers-for` takes the id of a rule".to_owned(),
                        help => help,
                    };
                    findings.report_with_help(place, format!("no source has a rule {}", quoted(id)), help);
                }
            }
        }
        faults.diagnostics.extend(findings.into_diagnostics());
    }
    waivers
}
