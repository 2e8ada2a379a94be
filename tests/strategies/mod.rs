//! Strategies for models that the builders accept, over every field kind, operator and value kind.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::net::IpAddr;

use channel_file::template::{
    Case, Comparison, Content, Criterion, Disposition, Example, Expectation, FieldKind, FieldReference, IpNetwork,
    Operator, OperatorSet, OwnedValue, Pattern, Rule, Sense, Severity, TemplateInstance, TemplateType,
    TemplateTypeBuilder,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Content of one type in one or two versions, and one to six rules.
pub(crate) fn content() -> impl Strategy<Value = Content> {
    types().prop_flat_map(|types| {
        let rules = vec(select(types.clone()).prop_flat_map(rule), 1..6);
        (Just(types), any::<u32>(), 1..u64::MAX, rules).prop_map(|(types, channel, version, rules)| {
            let builder = types.into_iter().fold(Content::builder(channel, version), |b, t| b.template_type(t));
            let rules = rules.into_iter().enumerate().map(|(index, rule)| rule.build(index));
            rules.fold(builder, |b, rule| b.rule(rule)).build().expect("only what can be built is made")
        })
    })
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-zäß日_. -]{1,12}"
}

/// One type: its first version, and maybe a later one with one more field.
fn types() -> impl Strategy<Value = Vec<TemplateType>> {
    let fields = vec((name(), select(FieldKind::ALL), any::<prop::sample::Index>()), 2..7);
    (1_u32..50, name(), fields, any::<bool>()).prop_map(|(id, name, fields, second)| {
        let build = |version, count: usize| {
            let builder = TemplateType::builder(id, version, name.clone());
            let fields = fields.iter().take(count).enumerate();
            let add = |builder: TemplateTypeBuilder,
                       (index, (name, kind, cut)): (usize, &(String, FieldKind, Index))| {
                let all: Vec<_> = kind.operators().iter().collect();
                let some = if index % 3 == 2 { &all[..=cut.index(all.len())] } else { &all };
                builder.field_with(format!("{name}{index}"), *kind, OperatorSet::of(some))
            };
            fields.fold(builder, add).build().expect("names are made unique")
        };
        let first = build(1, fields.len() - 1);
        if second { vec![first, build(4, fields.len())] } else { vec![first] }
    })
}

/// A rule that lacks only an id of its own.
#[derive(Clone, Debug)]
struct RuleParts {
    id: String,
    title: String,
    references: Vec<String>,
    instances: Vec<TemplateInstance>,
    examples: Vec<Example>,
}

impl RuleParts {
    fn build(self, index: usize) -> Rule {
        let builder = Rule::builder(format!("{}{index}", self.id)).title(self.title).author(self.id);
        let builder = self.references.into_iter().fold(builder, |b, reference| b.reference(reference));
        let builder = self.instances.into_iter().fold(builder, |b, instance| b.instance(instance));
        self.examples.into_iter().fold(builder, |b, example| b.example(example)).build().expect("the texts are names")
    }
}

fn rule(template_type: TemplateType) -> impl Strategy<Value = RuleParts> {
    let instances = vec(instance(template_type.clone()), 1..4);
    let examples = vec(example(template_type), 0..3);
    let title = ".{0,9}".prop_map(|title| title.chars().filter(|c| !c.is_ascii_control()).collect());
    (name(), title, vec(name(), 0..3), instances, examples).prop_map(|(id, title, references, instances, examples)| {
        RuleParts { id, title, references, instances, examples }
    })
}

fn instance(template_type: TemplateType) -> impl Strategy<Value = TemplateInstance> {
    let criteria = vec(criterion(template_type.clone()), 1..6);
    let verdict = (select(Severity::ALL), select(Disposition::ALL));
    (criteria, verdict).prop_map(move |(criteria, (severity, disposition))| {
        TemplateInstance::builder(&template_type)
            .severity(severity)
            .disposition(disposition)
            .criteria(criteria)
            .build()
            .expect("the criteria fit the type")
    })
}

fn criterion(template_type: TemplateType) -> impl Strategy<Value = Criterion> {
    let count = template_type.field_count();
    (0..count, select(Sense::ALL)).prop_flat_map(move |(field, sense)| {
        vec(pattern(&template_type, field), 1..5)
            .prop_map(move |patterns| Criterion::new(field, sense, patterns).expect("there is a pattern"))
    })
}

/// A pattern that the field takes.
fn pattern(template_type: &TemplateType, field: u16) -> BoxedStrategy<Pattern> {
    let (kind, operators) = {
        let field = &template_type.fields()[usize::from(field)];
        (field.kind(), field.operators())
    };
    let others: Vec<u16> = (0..template_type.field_count())
        .filter(|other| *other != field && template_type.fields()[usize::from(*other)].kind() == kind)
        .collect();
    let operators: Vec<_> =
        operators.iter().filter(|operator| *operator != Operator::FieldReference || !others.is_empty()).collect();
    if operators.is_empty() {
        // Nothing but references is allowed, and there is no field to refer to: no such set is made.
        unreachable!("every set of the strategy has `absent`");
    }
    let case = any::<bool>().prop_map(|ignored| if ignored { Case::Ignored } else { Case::Sensitive });
    select(operators)
        .prop_flat_map(move |operator| match (operator, kind) {
            (Operator::Absent, _) => Just(Pattern::absent()).boxed(),
            (Operator::Empty, _) => Just(Pattern::empty()).boxed(),
            (Operator::FieldReference, _) => reference(kind, others.clone()).boxed(),
            (Operator::Cidr, _) => network().boxed(),
            (Operator::Range, FieldKind::Signed) => range(i64::MIN, i64::MAX - 1, true).boxed(),
            (Operator::Range, FieldKind::Text) => {
                prop_oneof![range(i64::MIN, -1, true), range(0, i64::MAX, false)].boxed()
            }
            (Operator::Range, _) => range(0, i64::MAX, false).boxed(),
            (Operator::Equals, FieldKind::Unsigned) => any::<u64>().prop_map(Pattern::unsigned).boxed(),
            (Operator::Equals, FieldKind::Signed) => any::<i64>().prop_map(Pattern::signed).boxed(),
            (Operator::Equals, FieldKind::Boolean) => any::<bool>().prop_map(Pattern::boolean).boxed(),
            (Operator::Equals, FieldKind::IpAddress) => any::<IpAddr>().prop_map(Pattern::address).boxed(),
            (_, FieldKind::Bytes) => vec(any::<u8>(), 1..6)
                .prop_map(move |bytes| Pattern::bytes(operator, bytes).expect("there is a byte"))
                .boxed(),
            (Operator::Glob, _) => ("[a-cß]{1,3}", "[*?]", "[a-cß]{1,3}", case.clone())
                .prop_map(|(a, b, c, case)| Pattern::text(Operator::Glob, a + &b + &c, case).expect("a glob"))
                .boxed(),
            (Operator::Equals, _) => prop_oneof![
                4 => ("[a-cß日]{1,6}", case.clone())
                    .prop_map(|(text, case)| Pattern::text(Operator::Equals, text, case).expect("a character")),
                1 => any::<u64>().prop_map(Pattern::unsigned),
                1 => (i64::MIN..0).prop_map(Pattern::signed),
                1 => any::<IpAddr>().prop_map(Pattern::address),
            ]
            .boxed(),
            (_, _) => ("[a-cß日]{1,6}", case.clone())
                .prop_map(move |(text, case)| Pattern::text(operator, text, case).expect("a character"))
                .boxed(),
        })
        .boxed()
}

fn reference(kind: FieldKind, others: Vec<u16>) -> impl Strategy<Value = Pattern> {
    let comparisons = match kind {
        FieldKind::Text | FieldKind::Bytes => Comparison::ALL,
        _ => &[Comparison::Equals],
    };
    (select(others), select(comparisons), any::<bool>()).prop_map(move |(field, comparison, ignored)| {
        let case = if ignored && kind == FieldKind::Text { Case::Ignored } else { Case::Sensitive };
        Pattern::field(FieldReference { field, comparison, case })
    })
}

fn network() -> impl Strategy<Value = Pattern> {
    (any::<IpAddr>(), any::<u8>()).prop_map(|(address, prefix)| {
        let prefix = prefix % if address.is_ipv4() { 32 } else { 128 };
        let network = IpNetwork::containing(address, prefix).expect("the prefix is short enough");
        Pattern::network(network).expect("more than one address")
    })
}

fn range(low: i64, high: i64, signed: bool) -> impl Strategy<Value = Pattern> {
    (low..high, 1_i64..1000).prop_map(move |(low, width)| {
        let high = low.saturating_add(width);
        if signed {
            Pattern::signed_range(low, high).expect("the range ascends")
        } else {
            Pattern::unsigned_range(low.unsigned_abs(), high.unsigned_abs()).expect("the range ascends")
        }
    })
}

fn example(template_type: TemplateType) -> impl Strategy<Value = Example> {
    let values: Vec<_> = template_type.fields().iter().map(|field| value(field.kind())).collect();
    (values, select(Expectation::ALL)).prop_map(move |(values, expectation)| {
        Example::new(&template_type, expectation, values).expect("one value a field")
    })
}

fn value(kind: FieldKind) -> BoxedStrategy<OwnedValue> {
    let present = match kind {
        FieldKind::Text => vec(any::<u8>(), 0..9).prop_map(OwnedValue::Text).boxed(),
        FieldKind::Bytes => vec(any::<u8>(), 0..9).prop_map(OwnedValue::Bytes).boxed(),
        FieldKind::Unsigned => any::<u64>().prop_map(OwnedValue::Unsigned).boxed(),
        FieldKind::Signed => any::<i64>().prop_map(OwnedValue::Signed).boxed(),
        FieldKind::Boolean => any::<bool>().prop_map(OwnedValue::Boolean).boxed(),
        FieldKind::IpAddress => any::<IpAddr>().prop_map(OwnedValue::IpAddress).boxed(),
    };
    prop_oneof![1 => Just(OwnedValue::Absent), 4 => present].boxed()
}
