//! What becomes of several sources together.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use channel_file::Limits;
use channel_file::template::{Content, Expectation, OwnedValue, TypeKey};
use channel_file_content::{CompileOptions, Compiled, Source, TypeLibrary, compile, decompile};

fn options() -> CompileOptions {
    CompileOptions { channel: Some(291), ..CompileOptions::default() }
}

fn compiled(texts: &[&str], options: &CompileOptions) -> Compiled {
    let names: Vec<_> = (0..texts.len()).map(|index| format!("{index}.yaml")).collect();
    let sources: Vec<_> = names.iter().zip(texts).map(|(name, text)| Source { name, text }).collect();
    compile(&sources, &TypeLibrary::windows(), options)
}

fn content(texts: &[&str]) -> Content {
    let compiled = compiled(texts, &options());
    assert_eq!((compiled.refused, compiled.diagnostics), (vec![], vec![]));
    compiled.content.unwrap()
}

const PIPE: &str = "rule: pipe\ntype: pipe_created\nwhen:\n  - { field: PipeName, any-of: [{ equals: 5 }] }\n";
const FAULTY: &str = "rule: faulty\ntype: pipe_created\nwhen:\n  - { field: PipeNam, any-of: [empty] }\n";

#[test]
fn the_order_of_sources_does_not_matter() {
    let header = "channel: 7\ncontent-version: 3\n";
    let types = "template-type: own\nid: 5000\nversion: 1\nfields: [{ name: A, kind: unsigned }]\n";
    let own = "rule: own\ntype: own\nwhen:\n  - { field: A, any-of: [{ equals: 5 }] }\n";
    let waivers = "waivers-for: own\nwaivers: [{ finding: x, reason: r }]\n";
    let named = [("a", header), ("b", own), ("c", PIPE), ("d", types), ("e", FAULTY), ("f", "rule: ["), ("g", waivers)];
    let mut sources: Vec<_> = named.iter().map(|(name, text)| Source { name, text }).collect();
    let skipping = CompileOptions { skip_refused: true, ..CompileOptions::default() };
    let expected = compile(&sources, &TypeLibrary::windows(), &skipping);
    let content = expected.content.clone().unwrap();
    assert_eq!((content.channel(), content.content_version(), content.rules().len()), (7, 3, 2));
    assert_eq!(expected.refused.iter().map(|refused| &*refused.id).collect::<Vec<_>>(), ["faulty", ""]);
    for _ in 0..sources.len() {
        sources.rotate_left(1);
        let found = compile(&sources, &TypeLibrary::windows(), &skipping);
        assert_eq!(found.content, expected.content);
        assert_eq!(found.refused, expected.refused);
        assert_eq!((found.origins, found.waivers), (expected.origins.clone(), expected.waivers.clone()));
    }
}

#[test]
fn one_refusal_refuses_all_unless_it_may_be_left_out() {
    let found = compiled(&[PIPE, FAULTY], &options());
    assert_eq!((found.content, found.accepted, found.refused.len()), (None, 1, 1));
    let found = compiled(&[PIPE, FAULTY], &CompileOptions { skip_refused: true, ..options() });
    assert_eq!(found.content.map(|content| content.rules().len()), Some(1));
}

#[test]
fn what_is_no_rule_cannot_be_left_out() {
    let skipping = CompileOptions { skip_refused: true, ..options() };
    for text in ["channel: x\n", "template-type: t\nid: 1\n", "channel: 1\n---\nchannel: 1\n"] {
        let found = compiled(&[PIPE, text], &skipping);
        assert_eq!(found.content, None, "{text}");
        assert!(!found.diagnostics.is_empty(), "{text}");
    }
}

#[test]
fn refusing_a_rule_can_refuse_the_example_of_another() {
    let example = "rule: shows\ntype: pipe_created\nwhen:\n  - { field: PipeName, any-of: [empty] }\n\
                   examples:\n  - { no-match: {}, type: dns_query }\n";
    let user = "rule: uses\ntype: dns_query\nwhen:\n  - { field: QueryName, any-of: [empty] }\n\
                examples:\n  - { no-match: {}, type: wmi_event }\n";
    let skipping = CompileOptions { skip_refused: true, ..options() };
    let found = compiled(&[PIPE, example, user], &skipping);
    assert_eq!(found.refused.iter().map(|refused| &*refused.id).collect::<Vec<_>>(), ["shows", "uses"]);
    assert_eq!(found.accepted, 1);
}

#[test]
fn channel_and_version_come_from_options_first() {
    let header = "channel: 7\ncontent-version: 3\n";
    let found = compiled(&[PIPE, header], &CompileOptions { content_version: Some(9), ..options() }).content.unwrap();
    assert_eq!((found.channel(), found.content_version()), (291, 9));
    assert_eq!(content(&[PIPE]).content_version(), 1);
    let found = compiled(&[PIPE], &CompileOptions::default());
    assert_eq!((found.content, found.diagnostics.len()), (None, 1));
    let found = compiled(&[PIPE], &CompileOptions { content_version: Some(0), ..options() });
    assert_eq!((found.content, found.diagnostics.len()), (None, 1));
    assert_eq!(compiled(&[], &options()).diagnostics.len(), 1);
}

#[test]
fn a_rule_asks_for_the_earliest_version_with_its_fields() {
    let version = |text: &str| content(&[text]).types()[0].key();
    let start = "rule: r\ntype: process_creation\n";
    let parent = "  - { field: ParentImage, any-of: [empty] }\n";
    let grandparent = "  - { field: GrandParentImage, any-of: [empty] }\n";
    assert_eq!(version(&format!("{start}when:\n{parent}")), TypeKey { id: 1, version: 1 });
    assert_eq!(version(&format!("{start}when:\n{parent}{grandparent}")), TypeKey { id: 1, version: 2 });
    assert_eq!(version(&format!("{start}type-version: 2\nwhen:\n{parent}")), TypeKey { id: 1, version: 2 });
    let example = "examples:\n  - match: { GrandParentImage: '' }\n";
    assert_eq!(version(&format!("{start}when:\n{parent}{example}")), TypeKey { id: 1, version: 2 });
    let reference = "  - { field: Image, any-of: [{ field: GrandParentImage }] }\n";
    assert_eq!(version(&format!("{start}when:\n{reference}")), TypeKey { id: 1, version: 2 });
    let alternatives = "instances:\n  - when:\n    - { field: Image, any-of: [empty] }\n  - when:\n    ";
    let found = content(&[&format!("{start}{alternatives}{}", grandparent.trim_start())]);
    assert_eq!(found.types().len(), 1, "all alternatives have one version");
}

#[test]
fn loose_forms_become_canonical() {
    let text = "rule: r\ntype: network_connection\nwhen:\n  - field: DestinationIp\n    any-of:\n";
    let loose = content(&[&format!(
        "{text}      - cidr: [192.0.2.0/24, 192.0.2.1/32, '::1/128']\n      - range: [[5, 5], [0x10, 17], [-3, -3]]\n\
         \x20     - glob: ['a**', '*b', '*c*', 'd', 'C:\\T?']\n      - equals: a\n        case: ignored\n"
    )]);
    let strict = content(&[&format!(
        "{text}      - address: [192.0.2.1, '::1']\n      - cidr: 192.0.2.0/24\n      - number: [5, -3]\n\
         \x20     - range: [16, 17]\n      - starts-with: a\n      - ends-with: b\n      - contains: c\n      - equals: [d, a, d]\n\
         \x20     - glob: 'C:\\\\T?'\n"
    )]);
    assert_eq!(loose, strict);
}

#[test]
fn values_of_examples_are_read_by_kind() {
    let types = "template-type: own\nid: 5000\nversion: 1\nfields:\n  - { name: T, kind: text }\n  - { name: B, kind: bytes }\n\
                 \x20 - { name: U, kind: unsigned }\n  - { name: S, kind: signed }\n  - { name: F, kind: boolean }\n\
                 \x20 - { name: A, kind: ip-address }\n";
    let rule = "rule: own\ntype: own\nwhen:\n  - { field: U, any-of: [{ equals: 5 }] }\nexamples:\n\
                \x20 - match: { T: 0x10, B: { hex: ff00 }, U: 0x10, S: -1, F: true, A: ::1 }\n  - no-match: { T: { hex: '' }, B: yes }\n";
    let content = content(&[types, rule]);
    let [matching, other] = content.rules()[0].examples() else { panic!() };
    assert_eq!(matching.expectation(), Expectation::Match);
    assert_eq!(
        matching.values(),
        [
            OwnedValue::Text(b"0x10".to_vec()),
            OwnedValue::Bytes(vec![255, 0]),
            OwnedValue::Unsigned(16),
            OwnedValue::Signed(-1),
            OwnedValue::Boolean(true),
            OwnedValue::IpAddress("::1".parse().unwrap()),
        ]
    );
    assert_eq!(other.values()[..2], [OwnedValue::Text(vec![]), OwnedValue::Bytes(b"yes".to_vec())]);
    assert_eq!(other.values()[2..], vec![OwnedValue::Absent; 4]);
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_matter() {
    let windows =
        format!("\u{feff}---\n{PIPE}---\n{}", PIPE.replace("rule: pipe", "rule: other")).replace('\n', "\r\n");
    assert_eq!(content(&[&windows]).rules().len(), 2);
}

channel_file::template_type! {
    /// A named pipe, as a sensor declares it.
    struct Declared = "declared \"type\"", id 9000, version 3 {
        /// A name.
        pipe_name: text = "Pipe Name",
        process_id: unsigned = "null" [absent, equals],
        user: text = "User" since 3,
    }
}

#[test]
fn a_sensors_declaration_displays_as_a_source() {
    let text = Declared::TYPE.source().to_string();
    let rule = "rule: r\ntype: 'declared \"type\"'\nwhen:\n  - { field: 'null', any-of: [{ equals: 5 }] }\n";
    let user = "rule: u\ntype: 'declared \"type\"'\nwhen:\n  - { field: User, any-of: [absent] }\n";
    let content = content(&[&text, rule, user]);
    assert_eq!(content.types().len(), 2);
    for found in content.types() {
        let declared = channel_file::template::TemplateType::from_declared(&Declared::TYPE, found.key().version);
        assert_eq!(declared.unwrap().unwrap(), *found);
    }
}

/// Texts that would take long, or much memory or stack, if work were not linear. Each is 200 kB.
#[test]
fn hostile_sources_are_refused_in_time() {
    let length = 200_000;
    let fill = |start: &str, repeated: &str| {
        let mut text = start.to_owned();
        while text.len() < length {
            text.push_str(repeated);
        }
        text
    };
    let numbered = |start: &str, item: &dyn Fn(usize) -> String| {
        let mut text = start.to_owned();
        for index in 0.. {
            if text.len() >= length {
                break;
            }
            text.push_str(&item(index));
        }
        text
    };
    let pipe = "rule: r\ntype: pipe_created\nwhen:\n  - field: PipeName\n    any-of:\n";
    let ok_waiver = "{ finding: x, field: PipeName, reason: r }";
    let texts = [
        fill("", "["),
        fill("", "- "),
        fill("rule: r\nwhen: [", "x,"),
        fill("", "---\nrule: a\n"),
        fill("", "---\nx: y\n"),
        fill("", "---\ntemplate-type: t\n"),
        fill("rule: '", "''"),
        fill("rule: \"", "\\x41"),
        fill(pipe, "      - evil\n"),
        fill(pipe, "      - { strats-wiht: evil }\n"),
        numbered("", &|index| format!("k{index}: v\n")),
        numbered("rule: r\n", &|index| format!("field-number-{index}: v\n")),
        numbered("", &|index| format!("---\nrule: r{index}\ntype: unknown_type_{index}\nwhen: [{{}}]\n")),
        numbered("", &|index| {
            format!("---\ntemplate-type: t\nid: {index}\nversion: 1\nfields: [{{ name: A, kind: text }}]\n")
        }),
        numbered("template-type: t\nid: 1\nversion: 1\nfields:\n", &|index| {
            format!("  - {{ name: A{index}, kind: text }}\n")
        }),
        numbered("", &|index| format!("---\nwaivers-for: rule-of-some-length-{index}\nwaivers: [{ok_waiver}]\n")),
        numbered(&format!("{pipe}      - empty\nwaivers:\n"), &|index| {
            format!("  - {{ finding: x, field: PipeNam{index}, reason: r }}\n")
        }),
        fill(pipe, &format!("      - contains: '{}'\n", "\\".repeat(10_000))) + "      - nothing\n",
    ];
    for text in texts {
        let started = std::time::Instant::now();
        let found = compiled(&[&text], &options());
        assert_eq!(found.content, None);
        // Debug builds on slow machines; what is quadratic takes minutes.
        assert!(started.elapsed().as_secs() < 30, "{:?} for {:?}…", started.elapsed(), text.get(..60));
    }
}

const SIGMA: &str = "title: Invented\nid: invented\nlogsource:\n  category: pipe_created\ndetection:\n  s:\n    PipeName: x\n  \
                     condition: s\n";

#[test]
fn one_source_can_hold_both_formats() {
    let text = format!("channel: 7\n---\n{SIGMA}---\n{PIPE}---\n{}", SIGMA.replace("PipeName", "\"Pipe\\x4eame\""));
    let found = compiled(&[&text], &CompileOptions::default());
    let refused: Vec<_> = found.refused.iter().map(|refused| (refused.name(), refused.diagnostics[0].line)).collect();
    assert_eq!(refused, [("invented", 3), ("invented", 17)]);
    assert_eq!(
        found.refused[0].diagnostics[0].to_string(),
        "0.yaml:3:1: rule invented: the id of the rule is taken: 0.yaml:17:1"
    );
    assert_eq!(found.refused[0].title, "Invented");
    let once = text.rsplit_once("---").unwrap().0;
    let found = compiled(&[once], &CompileOptions::default());
    let content = found.content.unwrap();
    assert_eq!((content.channel(), content.rules().len()), (7, 2));
}

#[test]
fn a_document_is_held_to_the_format_that_its_keys_name() {
    // Sigma rules may have escapes and anchors, documents of the own format may not.
    let title = |text: &str| text.replace("title: Invented", "title: &a \"a\\tb\"");
    assert_eq!(content(&[&title(SIGMA)]).rules()[0].title(), "a b");
    let own = PIPE.replace("rule: pipe", "rule: \"a\\tb\"");
    assert!(compiled(&[&own], &options()).refused[0].diagnostics[0].message.contains(r"escape `\t`"));
    let both = compiled(&[&format!("rule: r\n{SIGMA}")], &options());
    assert!(both.refused[0].diagnostics.iter().any(|found| found.message == "a rule has no key 'detection'"));
}

#[test]
fn what_is_neither_format_names_both() {
    for text in ["", "# nothing\n", "---\n---\n~\n", "a: b\n", "- rule\n", "{}\n", "just text\n"] {
        let found = compiled(&[PIPE, text], &options());
        assert_eq!((found.content, found.refused.len()), (None, 1), "{text}");
        let message = &found.refused[0].diagnostics[0].message;
        for key in ["`rule`", "`template-type`", "`channel`", "`logsource`", "`detection`"] {
            assert!(message.contains(key), "{text}: {message}");
        }
    }
    // An empty document beside others is nothing to speak of.
    assert_eq!(content(&[&format!("# Rules about pipes.\n---\n{PIPE}---\n")]).rules().len(), 1);
}

#[test]
fn a_text_that_is_too_long_for_sigma_is_refused() {
    let sigma = channel_file_content::sigma::Options { max_text_bytes: SIGMA.len(), ..Default::default() };
    let options = CompileOptions { sigma, ..options() };
    assert_eq!(compiled(&[SIGMA], &options).accepted, 1);
    let found = compiled(&[&format!("{SIGMA}\n")], &options);
    assert!(found.refused[0].diagnostics[0].message.contains("the limit is"));
}

#[test]
fn printing_is_a_fixpoint() {
    let text = decompile(&content(&[PIPE]));
    let again = compile(&[Source { name: "a", text: &text }], &TypeLibrary::new(), &CompileOptions::default());
    assert_eq!(decompile(&again.content.unwrap()), text);
}

/// A rule of as many instances and patterns.
fn rule(id: &str, instances: usize) -> String {
    let instance = |index| format!("  - when: [{{ field: PipeName, any-of: [{{ equals: p{index} }}] }}]\n");
    format!("rule: {id}\ntype: pipe_created\ninstances:\n{}", (0..instances).map(instance).collect::<String>())
}

#[test]
fn rules_beyond_the_limits_of_the_content_are_refused_where_they_stand() {
    use channel_file::Limits;
    let text = [rule("a", 3), rule("b", 3), rule("c", 2)].join("---\n");
    for (limits, what) in [
        (Limits { instances: 5, ..Limits::DEFAULT }, "6 instances; the limit is 5"),
        (Limits { total_patterns: 5, ..Limits::DEFAULT }, "6 patterns; the limit is 5"),
    ] {
        let found = compiled(&[&text], &CompileOptions { limits, skip_refused: true, ..options() });
        let refused: Vec<_> = found.refused.iter().flat_map(|refused| &refused.diagnostics).collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].to_string(), format!("0.yaml:8:1: rule b: with this rule the content would have {what}"));
        // What fits beside it is kept.
        assert_eq!(found.content.unwrap().rules().len(), 2);
    }
    let limits = Limits { rules: 1, ..Limits::DEFAULT };
    assert_eq!(compiled(&[&text], &CompileOptions { limits, ..options() }).refused.len(), 2);
}

#[test]
fn limits_of_one_rule_are_checked_where_it_stands() {
    use channel_file::Limits;
    const RULE: &str = "rule: r\ntitle: longest\nreferences: [a, b]\ntype: pipe_created\nwhen:\n  - { field: PipeName, any-of: \
                        [{ equals: [abcd, b] }] }\n  - { field: Image, none-of: [{ equals: c }] }\nexamples:\n  - match: { \
                        PipeName: abcde }\n";
    let most = Limits::DEFAULT;
    for (limits, expected) in [
        (Limits { name_bytes: 6, ..most }, "2:8: rule r: the title has 7 bytes; the limit is 6"),
        (Limits { references: 1, ..most }, "3:13: rule r: the rule has 2 references; the limit is 1"),
        (Limits { criteria: 1, ..most }, "6:3: rule r: an instance has 2 criteria; the limit is 1"),
        (Limits { patterns: 1, ..most }, "6:3: rule r: a criterion has 2 patterns; the limit is 1"),
        (Limits { pattern_bytes: 3, ..most }, "6:3: rule r: a pattern has 4 bytes; the limit is 3"),
        (Limits { example_bytes: 4, ..most }, "9:3: rule r: a value of an example has 5 bytes; the limit is 4"),
        (
            Limits { examples: 0, ..most },
            "1:1: rule r: with this rule the content would have 1 examples; the limit is 0",
        ),
    ] {
        let found = compiled(&[RULE, PIPE], &CompileOptions { limits, skip_refused: true, ..options() });
        assert_eq!(found.refused[0].diagnostics[0].to_string(), format!("0.yaml:{expected}"));
        assert_eq!(found.content.unwrap().rules().len(), 1);
    }
}

#[test]
fn sources_without_a_rule_are_told_from_those_whose_rules_are_refused() {
    let found = compiled(&["channel: 1\n"], &options());
    assert!(found.holds_no_rule);
    assert_eq!(found.diagnostics[0].message, "the sources hold no rule");
    let found = compiled(&[FAULTY], &CompileOptions { skip_refused: true, ..options() });
    assert!(!found.holds_no_rule);
    assert_eq!(found.diagnostics[0].message, "no rule was accepted");
}

#[test]
fn types_alone_are_read_from_sources() {
    let one = Source {
        name: "a.yaml",
        text: "template-type: t\nid: 1\nversion: 2\nfields:\n  - { name: A, kind: text }\n  - { name: B, kind: text, since: 2 }\n",
    };
    let rules =
        Source { name: "b.yaml", text: "rule: r\ntype: unknown\nwhen:\n  - field: F\n    any-of: [{ equals: x }]\n" };
    let library = channel_file_content::template_types(&[one, rules], &Limits::DEFAULT).unwrap();
    let found: Vec<_> = library.types().iter().map(|own| (own.key().id, own.key().version)).collect();
    assert_eq!(found, [(1, 1), (1, 2)], "in all versions; the rule is passed over");

    let other =
        Source { name: "c.yaml", text: "template-type: t\nid: 1\nversion: 1\nfields:\n  - { name: C, kind: text }\n" };
    let broken = Source { name: "d.yaml", text: "template-type: [\n" };
    let wrong = channel_file_content::template_types(&[one, other, broken], &Limits::DEFAULT).unwrap_err();
    let sources: Vec<&str> = wrong.iter().map(|diagnostic| diagnostic.source.as_str()).collect();
    assert_eq!(sources.first().copied().zip(sources.last().copied()), Some(("c.yaml", "d.yaml")), "{wrong:?}");
}
