//! Documents that declare template types, in the form that a sensor's own declaration displays.

use channel_file::Limits;
use channel_file::template::{FieldKind, Operator, OperatorSet, TemplateType};

use crate::excerpt::quoted;
use crate::findings::Findings;
use crate::yaml::{Node, under};

/// Versions that one document may declare. Each repeats the fields of those before, so they multiply its size.
const MOST_VERSIONS: usize = 64;

struct Field<'n> {
    name: &'n str,
    kind: FieldKind,
    operators: OperatorSet,
    since: u32,
}

/// Reads a type in each of its versions, ascending: those that a field begins with.
pub(crate) fn read(root: &Node<'_>, limits: &Limits, findings: &mut Findings<'_>) -> Option<Vec<TemplateType>> {
    let (place, entries) = (root.place, root.entries());
    findings.only_known_keys(entries, &["template-type", "id", "version", "fields"], "a template type");
    let name = under(entries, "template-type").and_then(|node| findings.name(node, "the name of a template type"));
    let required = |key: &str, findings: &mut Findings<'_>| {
        let node = under(entries, key);
        if node.is_none() {
            findings.report(place, format!("the template type has no key `{key}`"));
        }
        node
    };
    let id = required("id", findings).and_then(|node| findings.number(node, 0..=u32::MAX));
    let version =
        required("version", findings).and_then(|node| Some((node.place, findings.number(node, 1..=u32::MAX)?)));
    let nodes = required("fields", findings).and_then(|node| findings.list(node, "fields"))?;
    let found = u64::try_from(nodes.len()).unwrap_or(u64::MAX);
    if found > limits.fields {
        findings.report(place, format!("expected at most {} fields, found {found}", limits.fields));
        return None;
    }
    let fields = fields(nodes, findings);
    let (version_place, version) = version?;
    let since: Vec<u32> = fields
        .chunk_by(|one, two| one.since == two.since)
        .filter_map(|run| run.first())
        .map(|field| field.since)
        .collect();
    if findings.is_empty() {
        if let Some([before, after]) = since.array_windows().find(|[before, after]| before > after) {
            findings.report(place, format!("a field since version {after} stands after one since version {before}"));
        } else if since.last() != Some(&version) {
            let last = since.last().copied().unwrap_or_default();
            findings.report_with_help(
                version_place,
                format!("expected {last}, the newest version that a field has as `since`, found {version}"),
                "a version begins with the fields that it appends",
            );
        } else if since.len() > MOST_VERSIONS {
            findings.report(place, format!("expected at most {MOST_VERSIONS} versions, found {}", since.len()));
        }
    }
    if !findings.is_empty() {
        return None;
    }
    let (name, id) = (name?, id?);
    let mut types = Vec::with_capacity(since.len());
    for version in since {
        let builder = TemplateType::builder(id, version, name);
        let declared = fields.iter().take_while(|field| field.since <= version);
        match declared
            .fold(builder, |builder, field| builder.field_with(field.name, field.kind, field.operators))
            .build()
        {
            Ok(template_type) => types.push(template_type),
            Err(error) => {
                findings.report(place, error.to_string());
                return None;
            }
        }
    }
    Some(types)
}

fn fields<'n>(nodes: &'n [Node<'_>], findings: &mut Findings<'_>) -> Vec<Field<'n>> {
    let mut names = std::collections::BTreeSet::new();
    let mut fields = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(field) = field(node, findings) else {
            continue;
        };
        if !names.insert(field.name) {
            findings.report(node.place, format!("the field {} stands here twice", quoted(field.name)));
        }
        fields.push(field);
    }
    fields
}

fn field<'n>(node: &'n Node<'_>, findings: &mut Findings<'_>) -> Option<Field<'n>> {
    let entries = findings.mapping(node, "a field, such as `{ name: PipeName, kind: text }`")?;
    findings.only_known_keys(entries, &["name", "kind", "operators", "since"], "a field");
    for key in ["name", "kind"] {
        if under(entries, key).is_none() {
            findings.report(node.place, format!("the field has no key `{key}`"));
        }
    }
    let name = under(entries, "name").and_then(|node| findings.name(node, "the name of a field"));
    let kind = under(entries, "kind")
        .and_then(|node| findings.named(node, "a kind of field", FieldKind::ALL, FieldKind::name));
    let since = match under(entries, "since") {
        None => Some(1),
        Some(node) => findings.number(node, 1..=u32::MAX),
    };
    let operators = match under(entries, "operators") {
        None => kind.map(FieldKind::operators),
        Some(node) => operators(node, kind, findings),
    };
    Some(Field { name: name?, kind: kind?, operators: operators?, since: since? })
}

fn operators(node: &Node<'_>, kind: Option<FieldKind>, findings: &mut Findings<'_>) -> Option<OperatorSet> {
    let mut operators = Vec::new();
    for node in findings.list(node, "operators")? {
        let operator = findings.named(node, "an operator", Operator::ALL, Operator::name)?;
        if kind.is_some_and(|kind| !kind.operators().contains(operator)) {
            let kind = kind.map_or("", FieldKind::name);
            findings.report(node.place, format!("fields of kind {kind} have no operator `{operator}`"));
            return None;
        }
        operators.push(operator);
    }
    Some(OperatorSet::of(&operators))
}
