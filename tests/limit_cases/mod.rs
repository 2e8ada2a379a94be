//! For each limit the content that needs it, and where the reader says so.
#![allow(dead_code, reason = "each test takes what it needs")]

use channel_file::template::{Content, Example, Expectation, FieldKind, OwnedValue, Pattern};
use channel_file::{ChannelFile, ErrorCode, Limits, SectionKind};

use crate::few_words::{any_of, content, equals, instance, rule, template_type};

/// One limit.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) code: ErrorCode,
    pub(crate) content: Content,
    /// The lowest limit that takes the content.
    pub(crate) needs: u64,
    /// Where in the file a reader with a lower limit stops.
    pub(crate) offset: fn(&[u8]) -> u64,
    /// The default limits, but for this one.
    pub(crate) within: fn(u64) -> Limits,
}

macro_rules! cases {
    ($( $name:ident $code:ident: $content:expr, needs $needs:expr, at $offset:expr; )+) => {
        /// Every limit: a new one without a case does not compile.
        pub(crate) fn cases() -> Vec<Case> {
            let Limits { $( $name: _, )+ } = Limits::DEFAULT;
            vec![$( Case {
                name: stringify!($name),
                code: ErrorCode::$code,
                content: $content,
                needs: $needs,
                offset: $offset,
                within: |limit| Limits { $name: limit, ..Limits::DEFAULT },
            }, )+]
        }

        /// Every limit's name and how to read it.
        pub(crate) fn all() -> Vec<(&'static str, fn(&Limits) -> u64)> {
            vec![$( (stringify!($name), |limits| limits.$name), )+]
        }
    };
}

cases! {
    file_bytes LimitFileBytes: one_pattern("p"), needs 268, at |_| 24;
    types LimitTypes: three_types(), needs 3, at |bytes| place(bytes, SectionKind::Types, 0);
    fields LimitFields: three_types(), needs 4, at |bytes| place(bytes, SectionKind::Types, 12 + 8);
    instances LimitInstances: three_rules(), needs 4, at |bytes| place(bytes, SectionKind::Severities, 0);
    criteria LimitCriteria: three_criteria(), needs 3, at |bytes| place(bytes, SectionKind::Slots, 3 * 9 + 5);
    patterns LimitPatterns: three_criteria(), needs 5, at |bytes| place(bytes, SectionKind::Slots, 2 * 9 + 5);
    total_patterns LimitTotalPatterns: three_rules(), needs 5, at |bytes| place(bytes, SectionKind::Shapes, 0);
    pattern_bytes LimitPatternBytes: one_pattern("pattern"), needs 7,
        at |bytes| place(bytes, SectionKind::TextEnds, 2 * 4);
    name_bytes LimitNameBytes: long_name(), needs 9, at |bytes| place(bytes, SectionKind::TextEnds, 4 * 4);
    rules LimitRules: three_rules(), needs 3, at |bytes| place(bytes, SectionKind::Rules, 0);
    references LimitReferences: three_rules(), needs 2, at |bytes| place(bytes, SectionKind::Rules, 8 + 4);
    examples LimitExamples: two_examples(), needs 2, at |bytes| place(bytes, SectionKind::Examples, 0);
    example_bytes LimitExampleBytes: two_examples(), needs 9, at |bytes| place(bytes, SectionKind::ByteEnds, 2 * 4);
}

/// Where in the file so many bytes into a section are.
pub(crate) fn place(bytes: &[u8], kind: SectionKind, within: u64) -> u64 {
    let file = ChannelFile::open(bytes).expect("it is valid");
    let section = file.sections().find(|(found, ..)| *found == kind);
    section.map(|(_, offset, _)| offset).expect("the section is there") + within
}

fn one_pattern(pattern: &str) -> Content {
    let text = template_type(1, &[FieldKind::Text]);
    let instance = instance(&text, [any_of(0, [equals(pattern)])]);
    content([text], [rule("r", [instance])])
}

/// Types of two, four and one field.
fn three_types() -> Content {
    let types = [(1, 2), (2, 4), (3, 1)].map(|(id, fields)| template_type(id, &vec![FieldKind::Text; fields]));
    let instances: Vec<_> = types.iter().map(|of| instance(of, [any_of(0, [equals("p")])])).collect();
    content(types, [rule("r", instances)])
}

/// Rules with two, one and one instance, the second with two references; five patterns in all.
fn three_rules() -> Content {
    let text = template_type(1, &[FieldKind::Text]);
    let of = |patterns: &[&str]| instance(&text, [any_of(0, patterns.iter().map(|pattern| equals(pattern)))]);
    let second = rule("b", [of(&["r"])]).reference("x").reference("y");
    content([text.clone()], [rule("a", [of(&["p"]), of(&["q"])]), second, rule("c", [of(&["s", "t"])])])
}

/// Criteria of one, five (in two slots) and one pattern.
fn three_criteria() -> Content {
    let three = template_type(1, &[FieldKind::Text; 3]);
    let five = ["p", "q", "r", "s"].map(equals).into_iter().chain([Pattern::unsigned(1)]);
    let criteria = [any_of(0, [equals("p")]), any_of(1, five), any_of(2, [Pattern::absent()])];
    let instance = instance(&three, criteria);
    content([three], [rule("r", [instance])])
}

/// A title of nine bytes, and a pattern that is longer.
fn long_name() -> Content {
    let text = template_type(1, &[FieldKind::Text]);
    let instance = instance(&text, [any_of(0, [equals("a longer pattern")])]);
    content([text], [rule("r", [instance]).title("nine byte")])
}

/// Examples whose values have three, no and nine bytes; a pattern of ten.
fn two_examples() -> Content {
    let bytes = template_type(1, &[FieldKind::Bytes]);
    let pattern = Pattern::bytes(channel_file::template::Operator::Equals, *b"ten bytes.").expect("bytes");
    let instance = instance(&bytes, [any_of(0, [pattern])]);
    let example = |value: &[u8], expectation| {
        Example::new(&bytes, expectation, [OwnedValue::Bytes(value.into())]).expect("one value")
    };
    let (one, two) = (example(b"abc", Expectation::Match), example(b"nine byte", Expectation::NoMatch));
    content([bytes.clone()], [rule("r", [instance]).example(one).example(two)])
}
