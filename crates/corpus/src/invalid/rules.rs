//! Rules.

use channel_file::{ErrorCode, SectionKind};

use super::Defects;
use super::bases::two_rules;
use crate::{Place, Result};

const fn rules(row: usize, within: usize) -> Place {
    Place::new(SectionKind::Rules, row, within)
}

/// Index of the first rule's id among the texts.
const FIRST_ID: usize = 6;

/// Texts of a rule without references.
const RULE_TEXTS: usize = 3;

pub(super) fn add(defects: &mut Defects) -> Result<()> {
    let base = two_rules()?;
    let code = ErrorCode::RuleOrder;
    let second_id = base.text(FIRST_ID.saturating_add(RULE_TEXTS))?;
    defects.put_elsewhere(("rule-repeated", "two rules of one id", code), &base, second_id, b"a", rules(1, 0))?;
    defects.put_elsewhere(("rules-descend", "the later id first", code), &base, second_id, b"A", rules(1, 0))?;

    let code = ErrorCode::RuleFirstInstance;
    let defect = ("rule-begins-with-anothers-instance", "the first instance is of another rule", code);
    defects.put(defect, &base, rules(0, 0), &[1, 0, 0, 0])?;
    let defect = ("rule-begins-nowhere", "an instance after the last", code);
    defects.put(defect, &base, rules(1, 0), &u32::MAX.to_le_bytes())?;
    let defect = ("rule-begins-late", "the rule has an earlier instance", code);
    let earlier = Place::new(SectionKind::InstanceRules, 1, 0);
    defects.put_elsewhere(defect, &base, rules(1, 0), &[2, 0, 0, 0], earlier)?;

    let code = ErrorCode::RuleTexts;
    let defect = ("rule-of-two-texts", "an id and a title, but no author", code);
    defects.put(defect, &base, rules(0, 4), &[2, 0, 0, 0])?;
    let defect = ("rule-texts-of-2-to-the-32", "as many references as 32 bits count", ErrorCode::LimitReferences);
    defects.put(defect, &base, rules(0, 4), &u32::MAX.to_le_bytes())?;
    let defect =
        ("rule-takes-anothers-texts", "id, title and author of the second rule as references", ErrorCode::NameEmpty);
    defects.put_elsewhere(defect, &base, rules(0, 4), &[6, 0, 0, 0], rules(0, 0))?;
    let defect = ("last-rule-with-a-text-more", "a reference that there is not", ErrorCode::SectionRows);
    let column = Place::new(SectionKind::TextEnds, 0, 0);
    defects.put_elsewhere(defect, &base, rules(1, 4), &[7, 0, 0, 0], column)
}
