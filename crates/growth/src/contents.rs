//! Contents that grow, each in another way.

use std::net::Ipv4Addr;

use channel_file::template::{
    Comparison, Content, Criterion, Example, Expectation, FieldKind, IpNetwork, Operator, OwnedValue, Pattern, Rule,
    TemplateType,
};

use crate::words::{
    any_of, content, exact, ignoring, instance, instances_of, none_of, one_instance, refers, rule, template_type,
};
use crate::{Result, operations};

/// One way to grow.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// How much of it the smaller content has.
    size: u32,
    /// How much of it the smaller content has that is judged, which takes longer.
    judged: u32,
    make: fn(u32) -> channel_file::Result<Content>,
    /// What the event repeats on which it is evaluated.
    near_miss: &'static str,
}

pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        name: "tiny instances",
        size: 4_000,
        judged: 64,
        make: |size| instances_of((0..size).map(|number| any_of(0, [exact(Operator::Equals, letter(number))]))),
        near_miss: "a",
    },
    Shape {
        name: "instances without values",
        size: 4_000,
        judged: 64,
        make: |size| instances_of((0..size).map(|_| any_of(0, [Ok(Pattern::absent())]))),
        near_miss: "a",
    },
    Shape {
        name: "criteria of one instance",
        size: 64,
        judged: 4,
        make: |size| {
            let text = |criterion: u32, number: u32| exact(Operator::Contains, format!("<{criterion:03}-{number:03}>"));
            let criterion = |criterion| any_of(0, (0..64).map(move |number| text(criterion, number)));
            one_instance(&[FieldKind::Text], (0..size).map(criterion))
        },
        near_miss: "<001-",
    },
    Shape {
        name: "patterns on one field",
        size: 8_192,
        judged: 128,
        make: |size| one_instance(&[FieldKind::Text], [any_of(0, (0..size).map(hash))]),
        near_miss: "0",
    },
    Shape {
        name: "byte strings on one field",
        size: 2_048,
        judged: 128,
        make: |size| {
            let bytes = |number: u32| Pattern::bytes(Operator::StartsWith, number.to_be_bytes());
            one_instance(&[FieldKind::Bytes], [any_of(0, (0..size).map(bytes))])
        },
        near_miss: "a",
    },
    Shape {
        name: "long patterns",
        size: 16,
        judged: 2,
        make: |size| {
            let long = |number: u32| ignoring(Operator::Contains, format!("{number:04}{}", "ab".repeat(4_090)));
            one_instance(&[FieldKind::Text], [any_of(0, (0..size).map(long))])
        },
        near_miss: "ab",
    },
    Shape {
        name: "equal beginnings",
        size: 1_000,
        judged: 32,
        make: |size| {
            let text = |number: u32| ignoring(Operator::StartsWith, format!("{}{number:05}", "a".repeat(250)));
            instances_of((0..size).map(|number| any_of(0, [text(number)])))
        },
        near_miss: "a",
    },
    Shape {
        name: "equal ends",
        size: 1_000,
        judged: 32,
        make: |size| {
            let text = |number: u32| ignoring(Operator::EndsWith, format!("{number:05}{}", "a".repeat(250)));
            instances_of((0..size).map(|number| any_of(0, [text(number)])))
        },
        near_miss: "a",
    },
    Shape {
        name: "texts that nearly repeat",
        size: 1_000,
        judged: 16,
        make: |size| {
            let text = |number: u32| {
                let place = usize::try_from(number).map_or(0, |number| number.wrapping_rem(200));
                exact(
                    Operator::Contains,
                    format!("{}{number:05}{}", "a".repeat(place), "a".repeat(200_usize.saturating_sub(place))),
                )
            };
            instances_of((0..size).map(|number| any_of(0, [text(number)])))
        },
        near_miss: "a",
    },
    Shape { name: "types", size: 512, judged: 64, make: types, near_miss: "a" },
    Shape {
        name: "fields of one type",
        size: 128,
        judged: 32,
        make: |size| {
            let fields = u16::try_from(size).unwrap_or(u16::MAX);
            let kinds = vec![FieldKind::Text; usize::from(fields)];
            one_instance(&kinds, (0..fields).map(|field| any_of(field, [exact(Operator::Equals, "b")])))
        },
        near_miss: "a",
    },
    Shape {
        name: "fields that refer to others",
        size: 64,
        judged: 8,
        make: |size| {
            let fields = u16::try_from(size).unwrap_or(u16::MAX);
            let kinds = vec![FieldKind::Text; usize::from(fields)];
            let next = |field: u16| field.wrapping_add(1).checked_rem(fields).unwrap_or_default();
            let refer = |field: u16| any_of(field, [Ok(refers(next(field), Comparison::Equals))]);
            one_instance(&kinds, (0..fields).map(refer))
        },
        near_miss: "a",
    },
    Shape {
        name: "rules with references",
        size: 64,
        judged: 16,
        make: |size| {
            let of = template_type(1, &[FieldKind::Text])?;
            let instance = instance(&of, [any_of(0, [Ok(Pattern::empty())])])?;
            let described = |number: u32| {
                let rule = Rule::builder(format!("{number:05}")).title("a rule").author("somebody");
                let references = (0..128).map(|reference| format!("https://example.org/{reference:03}"));
                Ok(references.fold(rule, |rule, text| rule.reference(text)).instance(instance.clone()))
            };
            content([of.clone()], (0..size).map(described))
        },
        near_miss: "a",
    },
    Shape { name: "rules with an example each", size: 2_000, judged: 64, make: rules, near_miss: "a" },
    Shape {
        name: "references of one rule",
        size: 2_000,
        judged: 128,
        make: |size| {
            let of = template_type(1, &[FieldKind::Text])?;
            let absent = instance(&of, [any_of(0, [Ok(Pattern::absent())])]);
            let references = (0..size).map(|number| format!("https://example.org/{number:05}"));
            content([of], [Ok(references.fold(rule("rule", [absent])?, |rule, text| rule.reference(text)))])
        },
        near_miss: "a",
    },
    Shape { name: "examples", size: 2_000, judged: 128, make: examples, near_miss: "a" },
    Shape {
        name: "text outside ASCII",
        size: 2_000,
        judged: 32,
        make: |size| {
            let text = |number: u32| ignoring(Operator::Contains, format!("ÄöÜ\u{1E9E}ω{number:05}日\u{1F980}"));
            instances_of((0..size).map(|number| any_of(0, [text(number)])))
        },
        near_miss: "äÖü\u{1E9E}Ω",
    },
    Shape {
        name: "lists excluded",
        size: 1_000,
        judged: 16,
        make: |size| {
            let text = |number: u32| ignoring(Operator::Contains, format!("not {number:05}"));
            instances_of((0..size).map(|number| none_of(0, [text(number), text(number.wrapping_add(1))])))
        },
        near_miss: "not 0",
    },
    Shape {
        name: "globs with many stars",
        size: 64,
        judged: 8,
        make: |size| {
            let text = |number: u32| ignoring(Operator::Glob, format!("{}{number:05}", "*a?".repeat(50)));
            instances_of((0..size).map(|number| any_of(0, [text(number)])))
        },
        near_miss: "a",
    },
    Shape {
        name: "globs on one field",
        size: 1_000,
        judged: 32,
        make: |size| {
            let text = |number: u32| exact(Operator::Glob, format!("a{number:05}*b"));
            one_instance(&[FieldKind::Text], [any_of(0, (0..size).map(text))])
        },
        near_miss: "a0",
    },
    Shape {
        name: "stars of one glob",
        size: 1_000,
        judged: 128,
        make: |size| {
            let stars = usize::try_from(size).unwrap_or_default();
            instances_of([any_of(0, [exact(Operator::Glob, format!("{}b", "*a".repeat(stars)))])])
        },
        near_miss: "a",
    },
    Shape {
        name: "expressions",
        size: 32,
        judged: 8,
        make: |size| {
            let text = |number: u32| ignoring(Operator::Regex, format!(r"^\\a{number:05}[0-9a-f]{{4}}(?:a+)+$"));
            instances_of((0..size).map(|number| any_of(0, [text(number)])))
        },
        near_miss: r"\a0",
    },
    Shape {
        name: "words of one expression",
        size: 128,
        judged: 32,
        make: |size| {
            let words: Vec<_> = (0..size).map(|number| format!("word{number:05}")).collect();
            instances_of([any_of(0, [exact(Operator::Regex, words.join("|"))])])
        },
        near_miss: "word0",
    },
    Shape {
        name: "numbers and ranges",
        size: 4_000,
        judged: 64,
        make: |size| {
            let number = |number: u32| Ok(Pattern::unsigned(u64::from(number).wrapping_mul(10)));
            let range = |number: u32| {
                let start = u64::from(number).wrapping_mul(10);
                Pattern::unsigned_range(start.wrapping_add(1), start.wrapping_add(5))
            };
            one_instance(&[FieldKind::Unsigned], [any_of(0, (0..size).flat_map(|at| [number(at), range(at)]))])
        },
        near_miss: "a",
    },
    Shape {
        name: "networks",
        size: 2_000,
        judged: 32,
        make: |size| {
            let network = |number: u32| IpNetwork::new(Ipv4Addr::from(number.wrapping_mul(512)).into(), 24);
            one_instance(&[FieldKind::IpAddress], [any_of(0, (0..size).filter_map(network).map(Pattern::network))])
        },
        near_miss: "a",
    },
];

impl Shape {
    pub(crate) fn run(&self) -> Result {
        for size in [self.size, self.size.saturating_mul(2)] {
            operations::run(self.name, &(self.make)(size)?, self.near_miss)?;
        }
        for size in [self.judged, self.judged.saturating_mul(2)] {
            operations::check(self.name, &(self.make)(size)?)?;
        }
        Ok(())
    }
}

fn letter(number: u32) -> String {
    char::from_u32(number.wrapping_rem(26).wrapping_add(u32::from(b'a'))).map(String::from).unwrap_or_default()
}

fn hash(number: u32) -> channel_file::Result<Pattern> {
    exact(Operator::Equals, format!("{:064x}", u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
}

fn types(size: u32) -> channel_file::Result<Content> {
    let types: Vec<TemplateType> =
        (0..size).map(|id| template_type(id, &[FieldKind::Text])).collect::<channel_file::Result<_>>()?;
    let absent = |of: &TemplateType| instance(of, [any_of(0, [Ok(Pattern::absent())])]);
    let instances: Vec<_> = types.iter().map(absent).collect();
    content(types, [rule("rule", instances)])
}

pub(crate) fn rules(size: u32) -> channel_file::Result<Content> {
    let of = template_type(1, &[FieldKind::Text])?;
    let example = Example::new(&of, Expectation::Match, [OwnedValue::Absent])?;
    let numbered = |number: u32| {
        let instances = [instance(&of, [any_of(0, [Ok(Pattern::absent())])])];
        Ok(rule(&format!("{number:05}"), instances)?.example(example.clone()))
    };
    content([of.clone()], (0..size).map(numbered))
}

pub(crate) fn examples(size: u32) -> channel_file::Result<Content> {
    let of = template_type(1, &[FieldKind::Text, FieldKind::Unsigned])?;
    let criterion: channel_file::Result<Criterion> = any_of(0, [exact(Operator::StartsWith, "example")]);
    let instance = instance(&of, [criterion]);
    let rule = (0..size).try_fold(rule("rule", [instance])?, |rule, number| {
        let values = [OwnedValue::Text(format!("example {number:05}").into()), OwnedValue::Absent];
        Ok(rule.example(Example::new(&of, Expectation::Match, values)?))
    });
    content([of], [rule])
}
