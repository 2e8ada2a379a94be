//! Content that is within the limits and made to take long, and a file that is refused at its end.

use channel_file::encode;
use channel_file::template::{
    Case, Content, Criterion, FieldKind, Operator, Pattern, Rule, Sense, TemplateInstance, TemplateType,
};

use crate::{Random, Set};

/// The longest pattern that the default limits allow, in bytes.
const LONGEST: usize = 4_096;

/// All of it.
#[must_use]
pub fn sets() -> Vec<Set> {
    vec![
        Set::new("hostile/tiny", tiny(50_000)),
        Set::new("hostile/everything", everything(10_000)),
        Set::new("hostile/longest", longest(400)),
        Set::new("hostile/characters", characters(10_000)),
    ]
}

/// A file that is wrong in the last thing that a reader looks at: a section's last byte, with every checksum right.
#[must_use]
pub fn refused_late() -> Vec<u8> {
    let mut bytes = encode(&characters(10_000)).expect("it is within the limits");
    // The last byte ends a character.
    if let Some(last) = bytes.last_mut() {
        *last = 0xFF;
    }
    channel_file_smith::repair(&mut bytes);
    bytes
}

fn template_type() -> TemplateType {
    TemplateType::builder(1, 1, "small")
        .field("text", FieldKind::Text)
        .field("number", FieldKind::Unsigned)
        .build()
        .expect("a type")
}

fn of_instances(instances: impl IntoIterator<Item = Vec<Criterion>>) -> Content {
    let own = template_type();
    let mut rule = Rule::builder("hostile");
    for criteria in instances {
        rule = rule.instance(TemplateInstance::builder(&own).criteria(criteria).build().expect("an instance"));
    }
    Content::builder(1, 1).template_type(own).rule(rule.build().expect("a rule")).build().expect("content")
}

fn contains(text: String) -> Pattern {
    Pattern::text(Operator::Contains, text, Case::Ignored).expect("not empty")
}

/// Many instances of one number each.
fn tiny(count: u64) -> Content {
    let one = |number| vec![Criterion::new(1, Sense::AnyOf, [Pattern::unsigned(number)]).expect("a criterion")];
    of_instances((0..count).map(one))
}

/// One instance that has all patterns in one criterion.
fn everything(count: u64) -> Content {
    let patterns = (0..count).map(|number| contains(format!("pattern {number:06} of one criterion")));
    of_instances([vec![Criterion::new(0, Sense::AnyOf, patterns).expect("a criterion")]])
}

/// Few patterns that are as long as they may be, and alike up to their ends.
fn longest(count: u64) -> Content {
    let one = |number: u64| {
        let ending = format!("{number:08}");
        let pattern = contains(format!("{}{ending}", "a".repeat(LONGEST - ending.len())));
        vec![Criterion::new(0, Sense::AnyOf, [pattern]).expect("a criterion")]
    };
    of_instances((0..count).map(one))
}

/// Texts of characters that take two to four bytes each.
fn characters(count: u64) -> Content {
    let mut random = Random::new(count);
    let mut character = || {
        let (first, size) = *random.one_of(&[(0x0400_u32, 0x100), (0x4E00, 0x2000), (0x1F300, 0x200)]);
        char::from_u32(first + u32::try_from(random.below(size)).expect("small")).expect("a character")
    };
    let one = |number: u64| {
        let text: String = (0..12).map(|_| character()).collect();
        // The last text of the heap ends in a character, not in a digit.
        vec![Criterion::new(0, Sense::AnyOf, [contains(format!("{number:06}{text}"))]).expect("a criterion")]
    };
    of_instances((0..count).map(one))
}

#[cfg(test)]
mod tests {
    use channel_file::{ChannelFile, ErrorCode};

    use super::*;

    #[test]
    fn what_is_refused_late_is_refused_behind_the_checksums() {
        let bytes = refused_late();
        let code = ChannelFile::open(&bytes).err().map(|error| error.code());
        assert_eq!(code, Some(ErrorCode::TextUtf8));
    }
}
