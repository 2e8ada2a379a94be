//! Where Sigma rules come in.

use saphyr_parser::{Event, Parser};

use super::{Candidate, Faults, Refused};
use crate::source::Origin;
use crate::{Source, TypeLibrary, sigma};

/// Whether a source holds Sigma rules: its first document has the keys of one.
pub(super) fn is_sigma(text: &str) -> bool {
    let mut level = 0_usize;
    let mut is_key = false;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::SequenceStart(..), _)) if level == 0 => return false,
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), _)) => {
                level = level.saturating_add(1);
                is_key = level == 1;
            }
            Ok((Event::MappingEnd | Event::SequenceEnd, _)) => {
                level = level.saturating_sub(1);
                is_key = level == 1;
            }
            Ok((Event::Scalar(text, ..), _)) if level == 1 => {
                if is_key && matches!(&*text, "detection" | "logsource") {
                    return true;
                }
                is_key = !is_key;
            }
            Ok((Event::Alias(_), _)) if level == 1 => is_key = !is_key,
            Ok((Event::DocumentEnd, _)) | Err(_) => return false,
            Ok(_) => {}
        }
    }
    false
}

/// The rules of a Sigma source.
pub(super) fn import(
    source: Source<'_>,
    types: &TypeLibrary,
    options: &sigma::Options,
    faults: &mut Faults,
) -> Vec<Candidate> {
    let sigma::Import { rules, refused } = sigma::import(source.text, source.name, types, options);
    for sigma::Refused { id, title, diagnostics } in refused {
        faults.refused.push(Refused { rule: if id.is_empty() { title } else { id }, diagnostics });
    }
    let origin = Origin { source: source.name.to_owned(), line: 1, column: 1 };
    rules.into_iter().map(|rule| Candidate { rule, origin: origin.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigma_is_known_by_its_keys() {
        for text in [
            "title: t\nlogsource:\n  category: x\n",
            "title: t\ntags: [a, b]\ndetection: {}\n",
            "detection: &a {}\nbroken: [",
            "action: global\nlogsource: {}\n---\n",
        ] {
            assert!(is_sigma(text), "{text}");
        }
        for text in [
            "",
            "rule: logsource\n",
            "- detection\n",
            "rule: x\nwhen: { detection: 1 }\n",
            "rule: a\n---\ndetection: {}\n",
        ] {
            assert!(!is_sigma(text), "{text}");
        }
    }
}
