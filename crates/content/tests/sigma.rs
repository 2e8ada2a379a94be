//! What Sigma constructs become, tried on events; and what is refused, by name.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)] // a test may panic

use std::collections::BTreeMap;

use channel_file::template::{FieldKind, Severity, TemplateType};
use channel_file_content::sigma::{self, Import, Options};
use channel_file_content::{Diagnostic, TypeLibrary};
use channel_file_fuzz_bodies::reference;

#[path = "support/rule.rs"]
mod rule;
#[path = "support/windows.rs"]
mod windows;

use self::rule::rule;

fn import_with(text: &str, options: &Options) -> Import {
    sigma::import(text, "rule.yml", windows::library(), options)
}

fn import(text: &str) -> Import {
    import_with(text, &Options::default())
}

fn problems(import: &Import) -> Vec<&Diagnostic> {
    import.refused.iter().flat_map(|refused| &refused.diagnostics).collect()
}

/// Whether the rule matches an event with these fields and no others.
fn matches(detection: &str, fields: &[(&str, &str)]) -> bool {
    matches_with(detection, fields, &Options::default())
}

fn matches_with(detection: &str, fields: &[(&str, &str)], options: &Options) -> bool {
    let import = import_with(&rule("process_creation", detection), options);
    assert!(import.refused.is_empty(), "{detection}: {:#?}", import.refused);
    let values: BTreeMap<String, String> =
        fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    let event = windows::Event::new("process_creation", &values);
    let reference = reference::Reference::of_rules(std::slice::from_ref(&import.rules[0].rule));
    !reference.matches(event.type_id, &reference::Event::new(event.values())).is_empty()
}

fn one(item: &str, value: &str) -> bool {
    let detection = format!("  selection:\n    {item}\n  condition: selection");
    matches(&detection, &[("CommandLine", value), ("Image", "C:\\a.exe"), ("ParentImage", "c:\\A.EXE")])
}

fn one_absent(item: &str) -> bool {
    matches(&format!("  selection:\n    {item}\n  condition: selection"), &[("Image", "x")])
}

/// The messages of a refused detection.
fn refusal(detection: &str) -> String {
    refusal_with(detection, &Options::default())
}

fn refusal_with(detection: &str, options: &Options) -> String {
    let import = import_with(&rule("process_creation", detection), options);
    assert!(import.rules.is_empty(), "{detection}");
    let diagnostics = problems(&import);
    assert!(!diagnostics.is_empty());
    diagnostics.iter().map(|diagnostic| format!("{diagnostic} ({})\n", diagnostic.help)).collect()
}

fn item_refusal(item: &str) -> String {
    refusal(&format!("  selection:\n    {item}\n  condition: selection"))
}

#[test]
fn filters_of_two_criteria_on_one_field_do_not_multiply() {
    let mut detection = "  selection:\n    CommandLine|contains: open\n".to_owned();
    for number in 0..14 {
        detection.push_str(&format!("  filter_{number}:\n    Image|startswith: ['C:\\One\\', 'C:\\Two\\']\n"));
        detection.push_str(&format!("    Image|{}: '\\Tool{number}.exe'\n", ["endswith", "contains"][number % 2]));
    }
    detection.push_str("  condition: selection and not 1 of filter_*");
    let import = import(&rule("process_creation", &detection));
    assert_eq!(import.rules[0].rule.instances().len(), 1);
    let image = |image| matches(&detection, &[("CommandLine", "open"), ("Image", image)]);
    for filtered in [r"c:\one\TOOL0.exe", r"C:\Two\x\tool12.exe", r"C:\Two\x\Tool13.exe.old", r"C:\One\Tool7.exe"] {
        assert!(!image(filtered), "{filtered}");
    }
    for met in [r"C:\Three\Tool0.exe", r"C:\Two\Tool12.exe.old", r"C:\One\Tool14.exe", r"D:\C:\One\Tool0.exe", ""] {
        assert!(image(met), "{met}");
    }
    assert!(matches(&detection, &[("CommandLine", "open")]));
    // Across selections too, and not where nothing is negated.
    let conjunction = "  one:\n    Image|startswith: a\n  two:\n    Image|endswith: z\n";
    let instances = |condition: &str| {
        let import = import_with(
            &rule("process_creation", &format!("{conjunction}  other:\n    User: x\n  condition: {condition}")),
            &Options::default(),
        );
        import.rules[0].rule.instances().iter().map(|own| own.criteria().len()).collect::<Vec<_>>()
    };
    assert_eq!(instances("other and not (one and two)"), [2]);
    assert_eq!(instances("other and one and two"), [3]);
}

#[test]
fn text_ignores_case_and_has_wildcards() {
    assert!(one("CommandLine: FOO", "foo"));
    assert!(!one("CommandLine: foo", "foo bar"));
    assert!(one("CommandLine: 'f?o*r'", "FxO bar"));
    assert!(one(r"CommandLine: 'a\*b\?c\\*'", r"a*b?c\anything"));
    assert!(!one(r"CommandLine: 'a\*b'", "axb"));
    assert!(one(r"CommandLine: 'C:\Windows\cmd.exe'", r"c:\windows\CMD.exe"));
    assert!(one("CommandLine|cased: foo", "foo") && !one("CommandLine|cased: foo", "Foo"));
    assert!(one("CommandLine|contains|cased: oo", "foo") && !one("CommandLine|contains|cased: OO", "foo"));
    assert!(one("CommandLine|startswith: fo", "foo") && one("CommandLine|endswith: oO", "foo"));
    assert!(one("CommandLine|contains: ['x', 'o']", "foo") && !one("CommandLine|contains|all: ['x', 'o']", "foo"));
}

#[test]
fn absent_empty_and_present_differ() {
    assert!(one_absent("CommandLine: null") && !one("CommandLine: null", "") && !one("CommandLine:", "x"));
    assert!(one("CommandLine: ''", "") && !one_absent("CommandLine: ''") && !one("CommandLine: ''", "x"));
    assert!(one("CommandLine: '*'", "") && one("CommandLine: '**'", "x") && !one_absent("CommandLine: '*'"));
    assert!(one("CommandLine|contains: ''", "") && !one_absent("CommandLine|contains: ''"));
    assert!(one("CommandLine: '?*'", "x") && !one("CommandLine: '?*'", ""));
    assert!(one("CommandLine|exists: true", "") && one_absent("CommandLine|exists: false"));
    assert!(one("CommandLine: [null, '']", "") && one_absent("CommandLine: [null, '']"));
    assert!(one("CommandLine: ['*', null]", "x") && one_absent("CommandLine: ['*', null]"));
    assert!(one_absent("CommandLine|neq: foo") && !one("CommandLine|neq: [foo, bar]", "bar"));
}

#[test]
fn numbers_keep_their_text() {
    assert!(one("CommandLine: 0x3e7", "0x3E7") && !one("CommandLine: 0x3e7", "999"));
    assert!(one("CommandLine: 010", "010") && !one("CommandLine: 010", "8"));
    assert!(one("CommandLine: 1.10", "1.10") && one("CommandLine: 99999999999999999999", "99999999999999999999"));
    assert!(one("CommandLine: yes", "YES") && one("CommandLine: true", "True"));
    assert!(one("CommandLine|contains: 4", "x4y"));
}

#[test]
fn numbers_compare() {
    for (item, met, unmet) in [
        ("CommandLine|gt: 5", "6", "5"),
        ("CommandLine|gte: 5", "5", "4"),
        ("CommandLine|lt: 5", "4", "5"),
        ("CommandLine|lt: 5", "-9", "x"),
        ("CommandLine|lte: -5", "-5", "-4"),
        ("CommandLine|gt: -5", "0", "-5"),
        ("CommandLine|gt: -5", "18446744073709551615", ""),
        ("CommandLine|gte: 18446744073709551615", "18446744073709551615", "18446744073709551614"),
    ] {
        assert!(one(item, met), "{item}");
        assert!(!one(item, unmet), "{item}");
        assert!(!one_absent(item), "{item}");
    }
}

#[test]
fn dashes_encodings_and_expressions() {
    for dash in ["-", "/", "–", "—", "―"] {
        assert!(one("CommandLine|contains|windash: ' -enc '", &format!("a {dash}ENC b")));
        assert!(one("CommandLine|windash|contains: ' /enc '", &format!("a {dash}ENC b")));
    }
    assert!(!one("CommandLine|contains|windash: 'a-b'", "a/b"));
    assert!(one("CommandLine|contains|all|windash: ['-a', '-b']", "/a –b"));
    assert!(one("CommandLine|base64|contains: foo", "x Zm9v y"));
    assert!(one("CommandLine|base64offset|contains: /bin/sh", "xx9iaW4vc2yy"));
    assert!(one("CommandLine|wide|base64offset|contains: foo", "xxZgBvAG8Axx"));
    assert!(one("CommandLine|utf16|base64: a", "//5hAA=="));
    assert!(one("CommandLine|utf16be|base64: a", "AGE="));
    assert!(one(r"CommandLine|re: 'o{2}$'", "foo") && !one("CommandLine|re: FOO", "foo"));
    assert!(one("CommandLine|re|i: FOO", "foo") && one("CommandLine|re|contains: o", "foo"));
    assert!(one("CommandLine|re|m: '^b'", "a\nb") && !one("CommandLine|re: '^b'", "a\nb"));
    assert!(one("CommandLine|re|s: 'a.b'", "a\nb") && one("CommandLine|re|i|m|s: '^B.C'", "a\nb\nc"));
    assert!(one("CommandLine|re: ''", "") && !one_absent("CommandLine|re: ''"));
    assert!(one("CommandLine|cidr: 192.0.2.0/24", "192.0.2.9") && !one("CommandLine|cidr: 192.0.2.0/24", "192.0.3.9"));
    assert!(one("CommandLine|cidr: 2001:db8::1", "2001:db8::1"));
}

#[test]
fn fields_compare_with_fields() {
    assert!(one("Image|fieldref: ParentImage", "") && !one("Image|fieldref|cased: ParentImage", ""));
    assert!(one("CommandLine|fieldref|startswith: Image", r"c:\a.exe -x"));
    assert!(one("CommandLine|startswith|fieldref: Image", r"c:\a.exe -x"));
    assert!(one("CommandLine|fieldref|endswith: Image", r"x c:\a.exe"));
    assert!(one("CommandLine|contains|fieldref: Image", r"x c:\a.exe y"));
    assert!(!one("CommandLine|fieldref: User", "x"));
}

#[test]
fn placeholders_come_from_options() {
    let options = Options {
        placeholders: BTreeMap::from([("admins".to_owned(), vec!["ann".to_owned(), "b*".to_owned()])]),
        ..Options::default()
    };
    let detection = "  selection:\n    User|expand: 'X\\%admins%'\n  condition: selection";
    assert!(matches_with(detection, &[("User", r"x\Ann")], &options));
    assert!(matches_with(detection, &[("User", r"x\bob")], &options));
    assert!(!matches_with(detection, &[("User", r"x\eve")], &options));
    assert!(refusal(detection).contains("'%admins%'"));
}

#[test]
fn keywords_are_in_any_text_field() {
    let detection = "  keywords: [evil, 'b?d']\n  condition: keywords";
    assert!(matches(detection, &[("Company", "an EVIL one")]) && matches(detection, &[("User", "a bad one")]));
    assert!(!matches(detection, &[("User", "good")]));
    let negated = "  selection:\n    Image: x\n  keywords: [evil]\n  condition: selection and not keywords";
    assert!(matches(negated, &[("Image", "x")]) && !matches(negated, &[("Image", "x"), ("User", "evil")]));
    let all = "  keywords:\n    '|all': [a, b]\n  condition: keywords";
    assert!(matches(all, &[("User", "a"), ("Image", "b")]) && !matches(all, &[("User", "a")]));
    assert!(
        refusal("  keywords:\n    '|all': [a, b, c]\n  condition: keywords").contains("limit for one rule is 4096")
    );
}

#[test]
fn conditions_are_negated_exactly() {
    let detection = "  selection:\n    Image: x\n  filter_a:\n    User|contains|all: [a, b]\n  filter_b:\n    - Company: c\n    \
                     - Product: null\n  condition: selection and not 1 of filter_*";
    for (fields, expected) in [
        (vec![("Image", "x"), ("Product", "p")], true),
        (vec![("Image", "x")], false),
        (vec![("Image", "x"), ("Product", "p"), ("User", "ab")], false),
        (vec![("Image", "x"), ("Product", "p"), ("User", "a")], true),
        (vec![("Image", "x"), ("Product", "p"), ("Company", "C")], false),
    ] {
        assert_eq!(matches(detection, &fields), expected, "{fields:?}");
    }
}

#[test]
fn alternatives_on_one_field_are_one_criterion() {
    let detection = "  a:\n    Image: x\n    User: u\n  b:\n    Image: y\n    User: u\n  condition: a or b or a";
    let import = import(&rule("process_creation", detection));
    assert_eq!(import.rules[0].rule.instances().len(), 1);
    assert_eq!(import.rules[0].rule.instances()[0].severity(), Severity::High);
}

#[test]
fn the_lowest_version_with_every_field_is_taken() {
    let of = |field: &str| {
        let text = rule("process_creation", &format!("  s:\n    {field}: x\n  condition: s"));
        import(&text).rules[0].rule.instances()[0].template_type().version
    };
    assert_eq!(of("Image"), 1);
    assert_eq!(of("GrandParentImage"), 2);
    let text = rule("process_creation", "  s:\n    Image|fieldref: GrandParentImage\n  condition: s");
    assert_eq!(import(&text).rules[0].rule.instances()[0].template_type().version, 2);
}

#[test]
fn a_category_is_one_type() {
    let mut types = TypeLibrary::new();
    for id in [7, 11] {
        types.insert(TemplateType::builder(id, 1, "twice").field("Image", FieldKind::Text).build().unwrap()).unwrap();
    }
    let import = sigma::import(&rule("twice", "  s:\n    Image: x\n  condition: s"), "", &types, &Options::default());
    let message = &problems(&import)[0].message;
    assert!(message.contains("several template types") && message.contains("7, 11"), "{message}");
}

#[test]
fn fields_of_other_kinds_parse_values() {
    let mut types = TypeLibrary::new();
    let kinds = [
        ("Number", FieldKind::Unsigned),
        ("Offset", FieldKind::Signed),
        ("Flag", FieldKind::Boolean),
        ("Address", FieldKind::IpAddress),
        ("Raw", FieldKind::Bytes),
    ];
    let builder = TemplateType::builder(9, 1, "mixed");
    let builder = kinds.into_iter().fold(builder, |builder, (name, kind)| builder.field(name, kind));
    types.insert(builder.build().unwrap()).unwrap();
    let import = |item: &str| {
        let text = rule("mixed", &format!("  s:\n    {item}\n  condition: s"));
        sigma::import(&text, "", &types, &Options::default())
    };
    for item in [
        "Number: 0x1F",
        "Number: '7'",
        "Number|gte: 7",
        "Number|gte: 0",
        "Offset|lt: 0",
        "Offset: -3",
        "Flag: TRUE",
        "Address: 192.0.2.1",
        "Address|cidr: 2001:db8::/32",
        "Raw|cased|contains: ab",
        "Raw|startswith: '12'",
        "Raw: ''",
        "Number: '*'",
    ] {
        let import = import(item);
        assert_eq!(import.rules.len(), 1, "{item}: {:?}", import.refused);
    }
    for (item, part) in [
        ("Number: x", "unsigned"),
        ("Number|contains: 1", "wildcards"),
        ("Number: -1", "never matches"),
        ("Number|lt: 0", "never matches"),
        ("Flag: 1", "boolean"),
        ("Address|re: x", "regular expression"),
        ("Raw: ab", "cased"),
        ("Raw|cased: 'a?b'", "on bytes"),
        ("Number|cidr: 192.0.2.0/24", "network"),
        ("Flag|gt: 1", "comparison"),
        ("Number|fieldref|contains: Offset", "CF04"),
    ] {
        let import = import(item);
        assert!(problems(&import)[0].message.contains(part), "{item}: {:?}", import.refused);
    }
}

#[test]
fn refusals_name_the_construct() {
    for (item, part) in [
        ("Imphash: x", "no field 'Imphash'"),
        ("image: x", "did you mean 'Image'?"),
        ("Image|contians: x", "did you mean 'contains'?"),
        ("Image|not: x", "`neq`"),
        ("UtcTime|hour: 3", "'hour'"),
        ("Image|re: 'a(?=b)'", "look-around"),
        ("Image|re: '(a)\\1'", "backreference"),
        ("Image|contains|re: a", "right after the field"),
        ("Image|contains|i: a", "after `re`"),
        ("Image|re|startswith: a", "anchored"),
        ("Image|gt: '5'", "without quotes"),
        ("Image|gt: 1.5", "whole number"),
        ("Image|cidr: 192.0.2.1/24", "192.0.2.0/24"),
        ("Image|exists: maybe", "true or false"),
        ("Image|base64: 'a*'", "cannot be encoded"),
        ("Image|base64|contains|base64offset: a", "'base64offset' encodes what 'base64' has encoded"),
        ("Image|wide|utf16be|base64: a", "'utf16be' encodes what 'wide' has encoded"),
        (
            "Image|cased|all|cased|neq|cased|cased|cased|cased|cased|cased|cased|cased|cased|cased|cased|cased|cased: a",
            "17 modifiers; the limit is 16",
        ),
        ("Image|base64offset|contains: 'a'", "two bytes or more"),
        ("Image|base64offset: ''", "two bytes or more"),
        ("Image|base64|fieldref: CommandLine", "'base64' does not go before `fieldref`"),
        ("Image|contains|windash|fieldref: CommandLine", "'windash' does not go before `fieldref`"),
        ("Image|expand|fieldref: CommandLine", "'expand' does not go before `fieldref`"),
        ("Image|expand: 'x%admin-users%'", "'%admin-users%' has no values"),
        ("Image|expand: '%a b%'", "'%a b%' has no values"),
        ("Image|utf16: 'a'", "no UTF-8"),
        ("Image|fieldref: Imag", "did you mean 'Image'?"),
        ("Image|fieldref: Image", "with itself"),
        ("Image|contains: null", "no modifiers"),
        ("Image: []", "empty list"),
        ("Image: [[a]]", "expects values"),
        ("Image: {a: b}", "expects values"),
        ("'Image[any]': x", "array"),
        ("'<<': x", "merge keys"),
        ("'|contains': ''", "every event"),
    ] {
        let message = item_refusal(item);
        assert!(message.contains(part), "{item}: {message}");
    }
    for (detection, part) in [
        ("  s:\n    Image: x\n  condition: s | count() > 5", "aggregation"),
        ("  s:\n    Image: x\n  timeframe: 5m\n  condition: s", "timeframe"),
        ("  s:\n    Image: x\n  condition: t", "'t'"),
        ("  s:\n    Image: x", "no condition"),
        ("  s: {}\n  condition: s", "says nothing"),
        ("  s:\n    Image: null\n    Image|contains: x\n  condition: s", "never matches"),
        ("  s:\n    Image: x\n  condition: s and not s", "never matches"),
    ] {
        let message = refusal(detection);
        assert!(message.contains(part), "{detection}: {message}");
    }
}

#[test]
fn other_documents_are_refused_by_name() {
    for (text, part) in [
        ("title: a\ncorrelation: {type: event_count}", "correlation"),
        ("title: a\nfilter: {rules: [x]}", "filter"),
        ("action: global\ntitle: a", "collection actions"),
        ("just text", "a rule is a mapping"),
        ("title: a\nid: b", "no detection"),
        ("a: [", "no YAML"),
    ] {
        let import = import(text);
        assert!(problems(&import).iter().any(|diagnostic| diagnostic.message.contains(part)), "{:?}", import.refused);
    }
    let windows = rule("process_creation", "  s:\n    Image: x\n  condition: s");
    for (from, to, part) in [
        ("product: windows", "product: linux", "'linux'"),
        ("product: windows", "service: sysmon", "'service'"),
        ("category: process_creation", "category: process_creations", "did you mean 'process_creation'?"),
        ("  category: process_creation\n", "", "no category"),
        ("id: 00000000-0000-4000-8000-000000000001\n", "", "no id"),
        ("title: Invented\n", "", "no title"),
        ("level: high", "level: hig", "did you mean 'high'?"),
    ] {
        let import = import(&windows.replace(from, to));
        let found = problems(&import)[0];
        assert!(format!("{found} {}", found.help).contains(part), "{to}: {found} {}", found.help);
    }
    let unlabelled = windows.replace("  product: windows\n", "").replace("level: high\n", "");
    assert_eq!(import(&unlabelled).rules[0].rule.instances()[0].severity(), Severity::Medium);
}

#[test]
fn problems_have_their_place_and_come_together() {
    let text = rule("process_creation", "  s:\n    Imag: x\n    Users:\n      - y\n  condition: s");
    let import = import(&format!("{text}---\n{}", rule("pipe_created", "  s:\n    PipeName: x\n  condition: s")));
    let [imported] = &*import.rules else { panic!() };
    assert_eq!((imported.line, imported.column), (14, 1));
    assert_eq!(import.refused[0].title, "Invented");
    let places: Vec<_> = problems(&import).iter().map(|diagnostic| (diagnostic.line, diagnostic.column)).collect();
    assert_eq!(places, [(8, 5), (9, 5)]);
    assert_eq!(problems(&import)[0].source, "rule.yml");
}

#[test]
fn a_damaged_document_leaves_the_others() {
    let text = rule("pipe_created", "  s:\n    PipeName: x\n  condition: s");
    let import = import(&format!("---\n{text}---\nb: [\n---\n{text}---\n"));
    let lines: Vec<_> = import.rules.iter().map(|imported| imported.line).collect();
    assert_eq!((lines, problems(&import)[0].line), (vec![2, 15], 14));
}

#[test]
fn titles_stay_on_one_line() {
    let text = rule("process_creation", "  s:\n    Image: x\n  condition: s");
    let text =
        text.replace("title: Invented", "title: \"a\\n\\tb\\e\"\nauthor: [ann, bob]\nreferences:\n  - \"c d\\n\"");
    let import = import(&text);
    assert_eq!(import.rules[0].rule.title(), "a b");
    assert_eq!(import.rules[0].rule.author(), "ann, bob");
    assert_eq!(import.rules[0].rule.references(), ["c d"]);
}

#[test]
fn limits_hold_on_both_sides() {
    let detection = |count: usize| {
        let values: Vec<_> = (0..count).map(|value| format!("v{value}")).collect();
        format!("  s:\n    Image: [{}]\n  condition: s", values.join(", "))
    };
    let all = |count: usize| detection(count).replace("Image:", "Image|re|all:");
    let negated = |count: usize| all(count).replace("condition: s", "condition: not s");
    let limits = |limits| Options { limits, ..Options::default() };
    let patterns = limits(channel_file::Limits { patterns: 5, ..channel_file::Limits::DEFAULT });
    let criteria = limits(channel_file::Limits { criteria: 5, ..channel_file::Limits::DEFAULT });
    let few = Options { max_alternatives: 5, ..Options::default() };
    let rare = Options { max_patterns: 5, ..Options::default() };
    type Detection<'d> = &'d dyn Fn(usize) -> String;
    let cases: [(Detection<'_>, Options, &str); 4] = [
        (&detection, patterns, "a criterion of the rule has 6 patterns; the limit is 5"),
        (&all, criteria, "6 criteria; the limit is 5"),
        (&negated, few, "6 or more alternatives; the limit for one rule is 5"),
        (&detection, rare, "more than 5 patterns"),
    ];
    for (text, options, part) in cases {
        let at_limit = import_with(&rule("process_creation", &text(5)), &options);
        assert_eq!(at_limit.rules.len(), 1, "{:?}", at_limit.refused);
        let message = refusal_with(&text(6), &options);
        assert!(message.contains(part), "{message}");
    }
}

/// Every modifier that the parser knows has its row in the documentation.
#[test]
fn every_modifier_is_documented() {
    let documentation = include_str!("../../../docs/SIGMA.md");
    for modifier in [
        "contains",
        "startswith",
        "endswith",
        "all",
        "neq",
        "base64",
        "base64offset",
        "wide",
        "utf16le",
        "utf16be",
        "utf16",
        "windash",
        "re",
        "i",
        "ignorecase",
        "m",
        "multiline",
        "s",
        "dotall",
        "cidr",
        "cased",
        "exists",
        "expand",
        "fieldref",
        "gt",
        "gte",
        "lt",
        "lte",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
    ] {
        let rows = documentation.lines().filter(|line| line.starts_with('|'));
        assert!(rows.into_iter().any(|row| row.contains(&format!("`{modifier}`"))), "{modifier}");
        let known = rsigma_parser::parse_field_spec(&format!("Image|{modifier}"));
        assert!(known.is_ok(), "{modifier}");
    }
}
