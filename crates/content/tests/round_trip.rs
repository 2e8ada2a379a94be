//! Content printed as source text compiles to the same content.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::net::IpAddr;

use channel_file::template::{
    Case, Comparison, Content, Criterion, Disposition, Example, Expectation, FieldKind, FieldReference, IpNetwork,
    Operator, OperatorSet, OwnedValue, Pattern, Rule, Sense, Severity, TemplateInstance, TemplateType,
};
use channel_file_content::{CompileOptions, Source, TypeLibrary, compile, decompile};
use proptest::prelude::*;

fn recompiled(text: &str) -> Content {
    let sources = [Source { name: "printed", text }];
    // What is made here goes beyond the limits that are the default.
    let options = CompileOptions { limits: channel_file::Limits::FORMAT, ..CompileOptions::default() };
    let compiled = compile(&sources, &TypeLibrary::new(), &options);
    assert_eq!(compiled.diagnostics, [], "{text}");
    assert_eq!(compiled.refused, [], "{text}");
    compiled.content.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn content_survives_printing(choices in prop::collection::vec(any::<u64>(), 0..1_500)) {
        let content = Choices { rest: choices.into_iter() }.content();
        let text = decompile(&content);
        prop_assert_eq!(recompiled(&text), content, "{}", text);
    }

    /// Every character in every position of a text in which YAML could take it for something else.
    #[test]
    fn any_text_survives(text in "(?s)[ \\-:#'\"\\\\,{}\\[\\]&*!|>%@`~\t\r\n\u{0}-\u{1f}\u{7f}-\u{a0}\u{2028}\u{feff}a0]{1,8}|(?s).{1,12}") {
        let template_type = TemplateType::builder(1, 1, "t").field("F", FieldKind::Text).build().unwrap();
        let pattern = Pattern::text(Operator::Equals, text.clone(), Case::Sensitive).unwrap();
        let criterion = Criterion::new(0, Sense::AnyOf, [pattern]).unwrap();
        let instance = TemplateInstance::builder(&template_type).criterion(criterion).build().unwrap();
        let value = OwnedValue::Text(text.into_bytes());
        let example = Example::new(&template_type, Expectation::Match, [value]).unwrap();
        let rule = Rule::builder("r").instance(instance).example(example).build().unwrap();
        let content = Content::builder(0, 1).template_type(template_type).rule(rule).build().unwrap();
        prop_assert_eq!(recompiled(&decompile(&content)), content);
    }
}

/// Content from a list of numbers; when they run out, the rest is as simple as can be.
struct Choices {
    rest: std::vec::IntoIter<u64>,
}

impl Choices {
    fn number(&mut self) -> u64 {
        self.rest.next().unwrap_or_default()
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound as u64) as usize
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn text(&mut self) -> String {
        const WORDS: &[&str] = &[
            "a",
            "evil",
            r"\",
            r"C:\temp\new",
            "yes",
            "null",
            "~",
            "0x10",
            "5",
            "-1",
            "1e3",
            "true",
            ".",
            "---",
            "...",
            "- a",
            "? a",
            "a: b",
            "a #b",
            "#",
            "'",
            "''",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            "&a",
            "*a",
            "!t",
            "|",
            ">",
            "%",
            "@",
            "`",
            " ",
            "  ",
            "\u{a0}",
            "\u{2028}",
            "\u{2029}",
            "\u{feff}",
            "\u{200b}",
            "\u{202e}",
            "é",
            "日本",
            "😀",
            "\u{10ffff}",
            "<<",
            "=",
            "absent",
            "empty",
            "hex",
        ];
        let mut text = self.pick(WORDS).to_owned();
        for _ in 0..self.below(4) {
            text.push_str(self.pick(WORDS));
        }
        match self.below(12) {
            1 => text.repeat(300),
            2 => char::from_u32(self.number() as u32 % 0x11_0000).map_or(text, String::from),
            _ => text,
        }
    }

    /// Text with anything in it.
    fn wild(&mut self) -> String {
        let mut text = self.text();
        if self.below(3) == 1 {
            text.push(self.pick(&['\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}']));
            text.push_str(&self.text());
        }
        text
    }

    fn name(&mut self) -> String {
        self.text().chars().filter(|character| !character.is_ascii_control()).chain(['n']).collect()
    }

    fn title(&mut self) -> String {
        if self.below(3) == 0 { String::new() } else { self.name() }
    }

    fn bytes(&mut self) -> Vec<u8> {
        let mut bytes = self.wild().into_bytes();
        if self.below(2) == 1 {
            bytes.push(self.number() as u8);
        }
        bytes
    }

    fn address(&mut self) -> IpAddr {
        let (high, low) = (self.number(), self.number());
        match self.below(3) {
            0 => IpAddr::from((low as u32).to_be_bytes()),
            1 => IpAddr::from(u128::from(low).to_be_bytes()),
            _ => IpAddr::from((u128::from(high) << 64 | u128::from(low)).to_be_bytes()),
        }
    }

    /// The versions of a type with this id.
    fn types(&mut self, id: u32) -> Vec<TemplateType> {
        let name = if self.below(2) == 0 { "shared".to_owned() } else { self.name() };
        // Nothing is asked of the first field that it does not take.
        let mut fields = vec![("Key".to_owned(), FieldKind::Text, FieldKind::Text.operators())];
        let mut versions = Vec::new();
        let mut version = 0;
        for _ in 0..=self.below(3) {
            version += 1 + if self.below(3) == 1 { self.number() as u32 % 100 } else { 0 };
            for _ in 0..=self.below(4) {
                let kind = self.pick(FieldKind::ALL);
                let bits = self.number() as u16 & kind.operators().bits();
                let operators = OperatorSet::from_bits(bits).filter(|set| !set.is_empty() && bits & 1 == 1);
                let field = (format!("{}{}", self.name(), fields.len()), kind, operators.unwrap_or(kind.operators()));
                fields.push(field);
            }
            let builder = TemplateType::builder(id, version, name.clone());
            let builder =
                fields.iter().fold(builder, |builder, (name, kind, set)| builder.field_with(name.clone(), *kind, *set));
            versions.push(builder.build().unwrap());
        }
        versions
    }

    fn pattern(&mut self, template_type: &TemplateType, field: u16) -> Option<Pattern> {
        let kind = template_type.fields()[usize::from(field)].kind();
        let case = self.pick(&[Case::Ignored, Case::Sensitive]);
        let operator = self.pick(Operator::ALL);
        let (one, two) = (self.number(), self.number());
        Some(match operator {
            Operator::Absent => Pattern::absent(),
            Operator::Empty => Pattern::empty(),
            Operator::Equals => match (kind, self.below(4)) {
                (FieldKind::Text, 1) | (FieldKind::Unsigned, _) => Pattern::unsigned(one),
                (FieldKind::Text, 2) => Pattern::signed(one.cast_signed() | i64::MIN),
                (FieldKind::Signed, _) => Pattern::signed(one.cast_signed()),
                (FieldKind::Text, 3) | (FieldKind::IpAddress, _) => Pattern::address(self.address()),
                (FieldKind::Boolean, _) => Pattern::boolean(one % 2 == 1),
                (FieldKind::Bytes, _) => Pattern::bytes(operator, self.bytes()).ok()?,
                _ => Pattern::text(operator, self.wild(), case).ok()?,
            },
            Operator::StartsWith | Operator::EndsWith | Operator::Contains if kind == FieldKind::Bytes => {
                Pattern::bytes(operator, self.bytes()).ok()?
            }
            Operator::StartsWith | Operator::EndsWith | Operator::Contains | Operator::Regex => {
                Pattern::text(operator, self.wild(), case).ok()?
            }
            Operator::Glob => {
                let escaped = |text: String| text.replace('\\', r"\\").replace('*', r"\*").replace('?', r"\?");
                let text = format!("{}?*{}", escaped(self.wild()), escaped(self.wild()));
                Pattern::text(operator, text, case).ok()?
            }
            Operator::Cidr => {
                let (address, prefix) = (self.address(), self.below(128) as u8);
                Pattern::network(IpNetwork::containing(address, prefix)?).ok()?
            }
            Operator::Range if kind == FieldKind::Signed || (kind == FieldKind::Text && one % 2 == 1) => {
                let low = if kind == FieldKind::Text { one.cast_signed() | i64::MIN } else { one.cast_signed() };
                Pattern::signed_range(low, two.cast_signed()).ok()?
            }
            Operator::Range => Pattern::unsigned_range(one, two).ok()?,
            Operator::FieldReference => {
                let field = self.below(template_type.fields().len()) as u16;
                let comparison = self.pick(Comparison::ALL);
                let case = if kind == FieldKind::Text { case } else { Case::Sensitive };
                Pattern::field(FieldReference { field, comparison, case })
            }
        })
    }

    fn instance(&mut self, template_type: &TemplateType) -> TemplateInstance {
        let mut builder = TemplateInstance::builder(template_type)
            .severity(self.pick(Severity::ALL))
            .disposition(self.pick(Disposition::ALL))
            .criterion(Criterion::new(0, Sense::NoneOf, [Pattern::absent()]).unwrap());
        for _ in 0..self.below(5) {
            let field = self.below(template_type.fields().len()) as u16;
            let sense = self.pick(Sense::ALL);
            // Only the type can say whether the field takes a pattern.
            let taken = |pattern: &Pattern| {
                let criterion = Criterion::new(field, sense, [pattern.clone()]).unwrap();
                TemplateInstance::builder(template_type).criterion(criterion).build().is_ok()
            };
            let patterns: Vec<_> =
                (0..=self.below(8)).filter_map(|_| self.pattern(template_type, field)).filter(taken).collect();
            builder = builder.criteria(Criterion::new(field, sense, patterns));
        }
        builder.build().unwrap()
    }

    fn example(&mut self, template_type: &TemplateType) -> Example {
        let values: Vec<_> = template_type
            .fields()
            .iter()
            .map(|field| match (self.below(2), field.kind()) {
                (0, _) => OwnedValue::Absent,
                (_, FieldKind::Text) => OwnedValue::Text(if self.below(5) == 1 { vec![] } else { self.bytes() }),
                (_, FieldKind::Bytes) => OwnedValue::Bytes(self.bytes()),
                (_, FieldKind::Unsigned) => OwnedValue::Unsigned(self.number()),
                (_, FieldKind::Signed) => OwnedValue::Signed(self.number().cast_signed()),
                (_, FieldKind::Boolean) => OwnedValue::Boolean(self.below(2) == 1),
                (_, FieldKind::IpAddress) => OwnedValue::IpAddress(self.address()),
            })
            .collect();
        Example::new(template_type, self.pick(Expectation::ALL), values).unwrap()
    }

    fn content(&mut self) -> Content {
        let types: Vec<_> = (0..=self.below(3)).flat_map(|id| self.types(id as u32)).collect();
        let mut content = Content::builder(self.number() as u32, self.number().max(1));
        let mut used = Vec::new();
        for ordinal in 0..=self.below(3) {
            let mut rule = Rule::builder(format!("{}{ordinal}", self.name())).title(self.title()).author(self.title());
            for _ in 0..self.below(3) {
                rule = rule.reference(self.name());
            }
            for _ in 0..=self.below(3) {
                let template_type = self.pick(&types);
                rule = rule.instance(self.instance(&template_type));
                used.push(template_type);
            }
            for _ in 0..self.below(3) {
                let template_type = self.pick(&used);
                rule = rule.example(self.example(&template_type));
            }
            content = content.rule(rule.build().unwrap());
        }
        types.into_iter().fold(content, channel_file::template::ContentBuilder::template_type).build().unwrap()
    }
}

/// The contents above are worth printing: each thing that can be printed is in many of them.
#[test]
fn choices_reach_everything() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(any::<u64>(), 0..1_500);
    let texts: Vec<_> = (0..200)
        .map(|_| {
            let choices = strategy.new_tree(&mut runner).unwrap().current();
            decompile(&Choices { rest: choices.into_iter() }.content())
        })
        .collect();
    for wanted in [
        "type-id:",
        "since:",
        "operators:",
        "author:",
        "references:",
        "instances:",
        "    severity:",
        "    disposition:",
        "    type-version:",
        "- absent",
        "- empty",
        "- equals",
        "- starts-with",
        "- ends-with",
        "- contains",
        "- glob",
        "- regex",
        "- number",
        "- range",
        "- address",
        "- cidr",
        "- field:",
        "comparison:",
        "case: sensitive",
        "hex:",
        "match: {}",
        "? ",
        "none-of:",
        "\\x00",
        "\\u2028",
    ] {
        let found = texts.iter().filter(|text| text.contains(wanted)).count();
        assert!(found >= 10, "{wanted:?} is in {found} of {}", texts.len());
    }
}

/// Sources that are almost right: whatever is made of them, nothing panics, and what is accepted survives printing.
#[test]
fn damaged_sources_are_refused_or_survive() {
    const PIECES: &[&str] = &[
        "",
        " ",
        "\n",
        "- ",
        "---\n",
        ":",
        "'",
        "\"",
        "\\",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "*",
        "?",
        "absent",
        "null",
        "5",
        "-1",
        "0x",
        "\t",
        "\u{0}",
        "\u{85}",
        "é",
        "type",
        "instances:",
        "field: Image",
        "&a ",
        "!t ",
        "|\n",
        "%",
    ];
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/named-pipes/rules.yaml");
    let source: Vec<char> = std::fs::read_to_string(path).unwrap().chars().collect();
    let types = TypeLibrary::windows();
    let skipping = CompileOptions { skip_refused: true, channel: Some(1), ..CompileOptions::default() };
    let edit = (0..source.len(), 0..12_usize, prop::sample::select(PIECES));
    let edits = prop::collection::vec(edit, 1..4);
    let accepted = std::cell::Cell::new(0_u32);
    proptest!(ProptestConfig::with_cases(100), |(edits in edits)| {
        let mut text = source.clone();
        for (start, length, piece) in edits {
            let start = start.min(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, piece.chars());
        }
        let text: String = text.into_iter().collect();
        let compiled = compile(&[Source { name: "damaged", text: &text }], &types, &skipping);
        prop_assert!(compiled.content.is_some() || !compiled.refused.is_empty() || !compiled.diagnostics.is_empty());
        if let Some(content) = compiled.content {
            accepted.set(accepted.get() + 1);
            prop_assert_eq!(recompiled(&decompile(&content)), content);
        }
    });
    assert!(accepted.get() > 0, "most edits damage one rule of several");
}
