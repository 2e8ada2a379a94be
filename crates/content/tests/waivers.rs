//! Findings that sources waive, with their rules and beside them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use channel_file_content::{CompileOptions, Compiled, Source, TypeLibrary, Waiver, compile, decompile};

fn compiled(texts: &[&str], skip_refused: bool) -> Compiled {
    let names: Vec<_> = (0..texts.len()).map(|index| format!("{index}.yaml")).collect();
    let sources: Vec<_> = names.iter().zip(texts).map(|(name, text)| Source { name, text }).collect();
    let options = CompileOptions { channel: Some(291), skip_refused, ..CompileOptions::default() };
    compile(&sources, &TypeLibrary::windows(), &options)
}

fn waiver(rule: &str, finding: &str, field: Option<&str>, reason: &str, place: (&str, usize, usize)) -> Waiver {
    let [rule, finding, reason, source] = [rule, finding, reason, place.0].map(str::to_owned);
    let (field, line, column) = (field.map(str::to_owned), place.1, place.2);
    Waiver { rule, finding, field, reason, source, line, column }
}

const RULE: &str = "rule: pipe\ntype: pipe_created\nwhen:\n  - { field: PipeName, any-of: [{ equals: 5 }] }\n";

const SIGMA: &str = "title: Invented\nid: invented\nlogsource: { product: windows, category: process_creation }\n\
                     detection:\n  selection:\n    Image: x\n  condition: selection\n";

const WAIVERS: &str = "waivers:\n  - finding: CV0501\n    field: Image\n    reason: 'Sensors without it are gone.'\n  - { reason: \
                       Tried by hand, finding: no-witness }\n";

#[test]
fn waivers_stand_with_their_rule_or_beside() {
    let own = format!("channel: 291\n---\n{RULE}{WAIVERS}");
    let beside = "waivers-for: invented\nwaivers:\n  - { finding: 7, field: Image, reason: r }\n---\nwaivers-for: pipe\nwaivers:\n\
                  \x20 - { finding: 7, reason: s }\n";
    let found = compiled(&[beside, &own, SIGMA], false);
    assert_eq!((&found.refused, &found.diagnostics), (&vec![], &vec![]));
    let expected = [
        waiver("invented", "7", Some("Image"), "r", ("0.yaml", 3, 5)),
        waiver("pipe", "7", None, "s", ("0.yaml", 7, 5)),
        waiver("pipe", "CV0501", Some("Image"), "Sensors without it are gone.", ("1.yaml", 8, 5)),
        waiver("pipe", "no-witness", None, "Tried by hand", ("1.yaml", 11, 5)),
    ];
    assert_eq!(found.waivers, expected);
}

#[test]
fn waivers_are_no_content() {
    let with = format!("{RULE}{WAIVERS}");
    let (plain, with) = (compiled(&[RULE], false), compiled(&[&with], false));
    assert_eq!((plain.waivers.len(), with.waivers.len()), (0, 2));
    assert_eq!(plain.content, with.content);
    assert!(!decompile(&with.content.unwrap()).contains("waivers"));
}

#[test]
fn a_waiver_does_not_make_the_rule_ask_for_a_later_version() {
    let rule = "rule: r\ntype: process_creation\nwhen:\n  - { field: Image, any-of: [empty] }\n";
    let waivers = "waivers:\n  - { finding: x, field: GrandParentImage, reason: r }\n";
    let found = compiled(&[&format!("{rule}{waivers}")], false);
    let diagnostic = &found.refused[0].diagnostics[0];
    assert_eq!(
        (diagnostic.to_string(), &*diagnostic.help),
        (
            "0.yaml:6:26: rule r: 'process_creation' version 1 has no field 'GrandParentImage'".to_owned(),
            "version 2 has it"
        )
    );
    let found = compiled(&[&format!("{rule}type-version: 2\n{waivers}")], false);
    assert_eq!((found.refused.len(), found.waivers.len()), (0, 1));
}

#[test]
fn a_waiver_may_name_a_field_of_any_type_of_the_rule() {
    let rule = "rule: r\ninstances:\n  - type: pipe_created\n    when: [{ field: Image, any-of: [empty] }]\n  - type: dns_query\n    \
                when: [{ field: Image, any-of: [empty] }]\n";
    let waivers = |field| format!("{rule}waivers: [{{ finding: x, field: {field}, reason: r }}]\n");
    for field in ["PipeName", "QueryName"] {
        assert_eq!(compiled(&[&waivers(field)], false).waivers.len(), 1);
    }
    let found = compiled(&[&waivers("QueryNam")], false);
    let diagnostic = &found.refused[0].diagnostics[0];
    assert_eq!(diagnostic.to_string(), "0.yaml:7:32: rule r: no template type of the rule has a field 'QueryNam'");
    assert_eq!(diagnostic.help, "did you mean `QueryName`?");
}

#[test]
fn waivers_for_a_refused_rule_go_with_it() {
    let faulty = RULE.replace("PipeName", "PipeNam").replace("rule: pipe", "rule: faulty");
    let beside = "waivers-for: faulty\nwaivers: [{ finding: x, field: Bogus, reason: r }]\n";
    let found = compiled(&[RULE, &faulty, beside], true);
    assert_eq!((found.refused.len(), found.diagnostics.len(), found.waivers.len()), (1, 0, 0));
    assert!(found.content.is_some());
    // What is wrong with the waivers themselves counts all the same.
    let found = compiled(&[RULE, &faulty, &beside.replace("reason: r", "reason: ''")], true);
    assert_eq!((found.content, found.diagnostics.len()), (None, 1));
}

#[test]
fn a_rule_that_no_source_has_cannot_be_waived() {
    let beside = "---\nwaivers-for: pip\nwaivers: [{ finding: x, reason: r }]\n";
    for skip_refused in [false, true] {
        let found = compiled(&[RULE, beside], skip_refused);
        assert_eq!((found.content, found.accepted, found.refused.len()), (None, 1, 0));
        let [diagnostic] = &*found.diagnostics else { panic!() };
        assert_eq!(diagnostic.to_string(), "1.yaml:2:14: rule pip: no source has a rule 'pip'");
        assert_eq!(diagnostic.help, "did you mean 'pipe'?");
    }
    // What cannot be read may be the rule.
    let found = compiled(&[RULE, "rule: [\n", beside], true);
    assert_eq!((found.refused.len(), found.diagnostics.len()), (1, 0));
}

#[test]
fn a_sigma_rule_waives_nothing_by_itself() {
    let found = compiled(&[&format!("{SIGMA}{WAIVERS}")], false);
    assert_eq!((found.accepted, found.refused.len(), found.waivers.len()), (1, 0, 0));
}
