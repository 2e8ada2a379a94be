//! Where rules and their parts were written, as [`Compiled::origins`](channel_file_content::Compiled) says it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use channel_file::template::{Case, Content, Operator, Pattern, Rule, Sense};
use channel_file_content::{CompileOptions, Compiled, RuleOrigin, Source, SourcePlace, TypeLibrary, compile};

fn compiled(text: &str) -> Compiled {
    let options = CompileOptions { channel: Some(291), ..CompileOptions::default() };
    let sources = [Source { name: "rules.yaml", text }];
    let compiled = compile(&sources, &TypeLibrary::windows(), &options);
    assert_eq!((&compiled.refused, &compiled.diagnostics), (&vec![], &vec![]));
    compiled
}

fn rule<'c>(compiled: &'c Compiled, id: &str) -> (&'c Content, &'c Rule, &'c RuleOrigin) {
    let content = compiled.content.as_ref().unwrap();
    let rule = content.rules().iter().find(|rule| rule.id() == id).unwrap();
    (content, rule, compiled.origins.rule(id).unwrap())
}

/// Line and column of each criterion of each instance, in the order of the content.
fn criteria(compiled: &Compiled, id: &str) -> Vec<Vec<Option<(usize, usize)>>> {
    let (content, rule, origin) = rule(compiled, id);
    let place = |instance: &channel_file::template::TemplateInstance| {
        let fields = content.template_type(instance.template_type()).unwrap().fields();
        let named = instance.criteria().iter().map(|criterion| (&fields[usize::from(criterion.field())], criterion));
        named.map(|(field, criterion)| at(origin.criterion(field.name(), criterion))).collect()
    };
    rule.instances().iter().map(place).collect()
}

fn at(place: Option<SourcePlace>) -> Option<(usize, usize)> {
    place.map(|SourcePlace { line, column }| (line, column))
}

fn equals(text: &str) -> Pattern {
    Pattern::text(Operator::Equals, text, Case::Ignored).unwrap()
}

const TWO_RULES: &str = r"# Two rules.
channel: 291
---
# The first.
title: First
rule: first
type: pipe_created
when:
  - field: PipeName
    none-of:
      - equals: [a, b]
      - glob: 'x*'
  - field: PipeName
    none-of: [{ equals: c }]
  - field: Image
    any-of: [{ equals: d }]
    none-of: [absent]
---
examples:
  - no-match: { User: u }
  - match: { PipeName: a }
  - match: { PipeName: a }
  - { no-match: {} }
rule: second
type: pipe_created
instances:
  - when:
      - { field: Image, none-of: [{ equals: a }, empty] }
  - when:
      - { field: Image, any-of: [{ equals: a }] }
  - when:
      - { field: Image, any-of: [{ equals: b }] }
      - { field: PipeName, none-of: [{ equals: 5 }] }
  - when:
      - { field: Image, any-of: [{ equals: c }] }
";

#[test]
fn lines_count_from_the_start_of_the_source() {
    let compiled = compiled(TWO_RULES);
    for (id, place) in [("first", (5, 1)), ("second", (19, 1))] {
        let origin = compiled.origins.rule(id).unwrap();
        assert_eq!((&*origin.source, at(Some(origin.place))), ("rules.yaml", Some(place)));
    }
    assert_eq!(compiled.origins.rule("third"), None);
}

#[test]
fn criteria_are_where_they_were_written() {
    let compiled = compiled(TWO_RULES);
    let (_, rule, origin) = rule(&compiled, "first");
    // The two none-of on the pipe are one, with the place of the first. One mapping has two criteria on the image.
    let [instance] = rule.instances() else { panic!() };
    let senses: Vec<_> = instance
        .criteria()
        .iter()
        .map(|criterion| (criterion.field(), criterion.sense(), criterion.patterns().len()))
        .collect();
    assert_eq!(senses, [(5, Sense::NoneOf, 4), (6, Sense::AnyOf, 1), (6, Sense::NoneOf, 1)]);
    assert_eq!(criteria(&compiled, "first"), [[Some((9, 5)), Some((16, 5)), Some((17, 5))]]);
    let pattern = |sense, pattern| at(origin.pattern("PipeName", sense, &pattern));
    assert_eq!(pattern(Sense::NoneOf, equals("b")), Some((11, 21)));
    assert_eq!(
        pattern(Sense::NoneOf, Pattern::text(Operator::StartsWith, "x", Case::Ignored).unwrap()),
        Some((12, 15))
    );
    assert_eq!(pattern(Sense::NoneOf, equals("c")), Some((14, 25)));
    assert_eq!(pattern(Sense::AnyOf, equals("c")), None);
    assert_eq!(at(origin.pattern("Image", Sense::NoneOf, &Pattern::absent())), Some((17, 15)));
    assert_eq!(at(origin.field("PipeName")), Some((9, 12)));
    assert_eq!(at(origin.field("User")), None);
}

#[test]
fn a_criterion_that_was_not_written_is_where_its_field_is() {
    let compiled = compiled(TWO_RULES);
    let (_, _, origin) = rule(&compiled, "first");
    let criterion = |field, pattern| channel_file::template::Criterion::new(field, Sense::AnyOf, [pattern]).unwrap();
    assert_eq!(at(origin.criterion("PipeName", &criterion(5, equals("z")))), Some((9, 12)));
    assert_eq!(at(origin.criterion("User", &criterion(7, equals("z")))), None);
}

#[test]
fn instances_and_examples_are_found_in_the_order_of_the_rule() {
    let compiled = compiled(TWO_RULES);
    let (_, rule, origin) = rule(&compiled, "second");
    let places: Vec<_> = (0..5).map(|ordinal| at(origin.instance(ordinal))).collect();
    let first_criteria: Vec<_> = criteria(&compiled, "second").iter().map(|places| places[0]).collect();
    let written: Vec<_> = rule
        .instances()
        .iter()
        .map(|instance| match instance.criteria() {
            [only] if only.sense() == Sense::NoneOf => (27, 28),
            [only] if only.patterns() == [equals("a")] => (29, 30),
            [_] => (34, 35),
            _ => (31, 33),
        })
        .collect();
    let expected: Vec<_> = written.iter().map(|(line, _)| Some((*line, 5))).chain([None]).collect();
    assert_eq!(places, expected);
    let expected: Vec<_> = written.iter().map(|(_, line)| Some((*line, 9))).collect();
    assert_eq!(first_criteria, expected);
    // Those to match come first; equal ones stay in their order.
    let places: Vec<_> = (0..5).map(|position| at(origin.example(position))).collect();
    assert_eq!(places, [Some((21, 5)), Some((22, 5)), Some((20, 5)), Some((23, 5)), None]);
    // In criteria before in examples, wherever these stand.
    assert_eq!(at(origin.field("PipeName")), Some((33, 18)));
    assert_eq!(at(origin.field("User")), Some((20, 17)));
}

const SIGMA: &str = r"channel: 1
---
title: Invented
id: invented
logsource: { product: windows, category: process_creation }
detection:
  unused:
    Company: x
  selection:
    Image|endswith:
      - '\a.exe'
      - '\b.exe'
    CommandLine|contains|all: [one, two]
  other:
    Image|endswith: '\c.exe'
    CommandLine|contains|all: [one, two]
  filter:
    ParentImage|fieldref: User
  filter_path:
    Image|startswith: 'C:\Program Files\'
    Image|endswith: '\b.exe'
  condition: (selection or other) and not 1 of filter*
";

#[test]
fn criteria_of_sigma_rules_are_where_their_items_are() {
    let compiled = compiled(SIGMA);
    let (content, rule, origin) = rule(&compiled, "invented");
    assert_eq!(at(Some(origin.place)), Some((3, 1)));
    let [instance] = rule.instances() else { panic!() };
    let fields = content.template_type(instance.template_type()).unwrap().fields();
    let found: Vec<_> = instance
        .criteria()
        .iter()
        .map(|criterion| {
            let name = fields[usize::from(criterion.field())].name();
            (name, criterion.sense(), criterion.patterns().len(), at(origin.criterion(name, criterion)).unwrap())
        })
        .collect();
    let expected = [
        // Each value under `all` is a criterion of its own.
        ("CommandLine", Sense::AnyOf, 1, (13, 5)),
        ("CommandLine", Sense::AnyOf, 1, (13, 5)),
        // The alternatives were merged, and the two of the filter were joined: no pattern of theirs is left.
        ("Image", Sense::AnyOf, 3, (10, 5)),
        ("Image", Sense::NoneOf, 2, (20, 5)),
        ("ParentImage", Sense::NoneOf, 1, (18, 5)),
    ];
    let mut sorted = found.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected, "{found:?}");
    assert_eq!(at(origin.instance(0)), Some((22, 14)));
    assert_eq!(at(origin.instance(1)), None);
    let ends = |text| Pattern::text(Operator::EndsWith, text, Case::Ignored).unwrap();
    assert_eq!(at(origin.pattern("Image", Sense::AnyOf, &ends(r"\b.exe"))), Some((12, 9)));
    assert_eq!(at(origin.pattern("Image", Sense::AnyOf, &ends(r"\c.exe"))), Some((15, 21)));
    assert_eq!(at(origin.field("User")), Some((18, 27)));
    assert_eq!(at(origin.field("Company")), None);
}

#[test]
fn the_senses_of_one_pattern_are_told_apart() {
    let text = SIGMA.split_once("detection:").unwrap().0.to_owned()
        + "detection:\n  one:\n    User: a\n    Image: x\n  other:\n    User|neq: a\n    Image: y\n    Company: z\n";
    let places = |condition: &str| {
        let compiled = compiled(&format!("{text}  condition: {condition}\n"));
        let origin = compiled.origins.rule("invented").unwrap();
        [Sense::AnyOf, Sense::NoneOf].map(|sense| at(origin.pattern("User", sense, &equals("a"))))
    };
    assert_eq!(places("one or other"), [Some((8, 11)), Some((11, 15))]);
    // `neq` under `not` asks for the value again.
    assert_eq!(places("one and not other"), [Some((8, 11)), None]);
    assert_eq!(places("not one and other"), [None, Some((8, 11))]);
    // Each detection is used as it is and negated, so the first of them counts in both senses.
    assert_eq!(places("(one and not other) or (other and not one)"), [Some((8, 11)), Some((8, 11))]);
}

#[test]
fn keywords_of_sigma_rules_have_a_place_and_no_field() {
    let text = SIGMA.split_once("detection:").unwrap().0.to_owned()
        + "detection:\n  words:\n    - mimi\n    - '*kawa*'\n  condition: words\n";
    let compiled = compiled(&text);
    let (content, rule, origin) = rule(&compiled, "invented");
    let [instance, ..] = rule.instances() else { panic!() };
    let fields = content.template_type(instance.template_type()).unwrap().fields();
    let name = fields[usize::from(instance.criteria()[0].field())].name();
    assert_eq!(at(origin.criterion(name, &instance.criteria()[0])), Some((8, 7)));
    assert_eq!(origin.field(name), None);
}

#[test]
fn only_accepted_rules_have_an_origin() {
    let text =
        format!("{TWO_RULES}---\nrule: first\ntype: pipe_created\nwhen:\n  - {{ field: Image, any-of: [empty] }}\n");
    let options = CompileOptions { skip_refused: true, ..CompileOptions::default() };
    let compiled = compile(&[Source { name: "", text: &text }], &TypeLibrary::windows(), &options);
    assert_eq!((compiled.origins.rule("first"), compiled.refused.len()), (None, 2));
    assert!(compiled.origins.rule("second").is_some());
}
