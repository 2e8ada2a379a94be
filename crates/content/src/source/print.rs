//! Content as source text, which [compiles](crate::compile()) to the same content.

use std::fmt::Display;

use channel_file::template::{
    Content, Criterion, Example, FieldKind, OwnedValue, Rule, TemplateInstance, TemplateType, TypeKey, Value,
};

use super::quote::{hexadecimal, scalar};
use crate::excerpt::is_hidden;

mod patterns;

pub use self::patterns::PatternText;

/// Content as source text: a channel header, the template types, the rules. Compiling it without any other types gives
/// equal content.
///
/// Of a type's earlier versions, the text has those that the content uses. Takes time and memory linear in the content.
#[must_use]
pub fn decompile(content: &Content) -> String {
    let mut printer = Printer { text: String::new() };
    printer.line(0, format_args!("channel: {}", content.channel()));
    printer.line(0, format_args!("content-version: {}", content.content_version()));
    for versions in content.types().chunk_by(|one, two| one.key().id == two.key().id) {
        printer.template_type(versions);
    }
    let names = Names::of(content);
    for rule in content.rules() {
        printer.rule(rule, content, &names);
    }
    printer.text
}

/// Which type names need an id beside them.
struct Names<'c> {
    /// Each name with the first id that has it, and whether there are more.
    ids: std::collections::BTreeMap<&'c str, (u32, bool)>,
}

impl<'c> Names<'c> {
    fn of(content: &'c Content) -> Self {
        let mut ids = std::collections::BTreeMap::new();
        for template_type in content.types() {
            let id = template_type.key().id;
            let entry = ids.entry(template_type.name()).or_insert((id, false));
            entry.1 |= entry.0 != id;
        }
        Self { ids }
    }

    fn is_shared(&self, name: &str) -> bool {
        self.ids.get(name).is_some_and(|(_, shared)| *shared)
    }
}

struct Printer {
    text: String,
}

impl Printer {
    /// A line, indented by as many levels.
    fn line(&mut self, level: usize, line: impl Display) {
        use std::fmt::Write as _;
        for _ in 0..level {
            self.text.push_str("  ");
        }
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// `- ` before what the next line says, whose level is one more than that of the list.
    fn item(&mut self, level: usize, line: impl Display) {
        self.line(level, format_args!("- {line}"));
    }

    fn template_type(&mut self, versions: &[TemplateType]) {
        let Some(newest) = versions.last() else {
            return;
        };
        self.line(0, "---");
        self.line(0, format_args!("template-type: {}", scalar(newest.name())));
        self.line(0, format_args!("id: {}", newest.key().id));
        self.line(0, format_args!("version: {}", newest.key().version));
        self.line(0, "fields:");
        let mut versions = versions.iter().peekable();
        for (count, field) in (1_usize..).zip(newest.fields()) {
            while versions.next_if(|version| version.fields().len() < count).is_some() {}
            let since = versions.peek().map_or(newest.key().version, |version| version.key().version);
            let mut line = format!("{{ name: {}, kind: {}", scalar(field.name()), field.kind());
            if field.operators() != field.kind().operators() {
                let operators: Vec<_> = field.operators().iter().map(|operator| operator.name()).collect();
                line.push_str(&format!(", operators: [{}]", operators.join(", ")));
            }
            if since > 1 {
                line.push_str(&format!(", since: {since}"));
            }
            self.item(1, format_args!("{line} }}"));
        }
    }

    fn rule(&mut self, rule: &Rule, content: &Content, names: &Names<'_>) {
        self.line(0, "---");
        self.line(0, format_args!("rule: {}", scalar(rule.id())));
        if !rule.title().is_empty() {
            self.line(0, format_args!("title: {}", scalar(rule.title())));
        }
        if !rule.author().is_empty() {
            self.line(0, format_args!("author: {}", scalar(rule.author())));
        }
        if !rule.references().is_empty() {
            self.line(0, "references:");
            for reference in rule.references() {
                self.item(1, scalar(reference));
            }
        }
        let Some(first) = rule.instances().first() else {
            return;
        };
        self.selection(0, first.template_type(), content, names);
        self.line(0, format_args!("severity: {}", first.severity()));
        self.line(0, format_args!("disposition: {}", first.disposition()));
        if let [only] = rule.instances() {
            self.line(0, "when:");
            self.criteria(1, only, content);
        } else {
            self.line(0, "instances:");
            for instance in rule.instances() {
                self.instance(instance, first, content, names);
            }
        }
        if !rule.examples().is_empty() {
            self.line(0, "examples:");
            for example in rule.examples() {
                self.example(example, first.template_type(), content, names);
            }
        }
    }

    /// An instance among several; what it shares with the first stands with the rule.
    fn instance(&mut self, own: &TemplateInstance, first: &TemplateInstance, content: &Content, names: &Names<'_>) {
        self.item(1, "when:");
        self.criteria(3, own, content);
        if own.template_type() != first.template_type() {
            self.selection(2, own.template_type(), content, names);
        }
        if own.severity() != first.severity() {
            self.line(2, format_args!("severity: {}", own.severity()));
        }
        if own.disposition() != first.disposition() {
            self.line(2, format_args!("disposition: {}", own.disposition()));
        }
    }

    fn selection(&mut self, level: usize, key: TypeKey, content: &Content, names: &Names<'_>) {
        let name = content.template_type(key).map_or("", TemplateType::name);
        self.line(level, format_args!("type: {}", scalar(name)));
        if names.is_shared(name) {
            self.line(level, format_args!("type-id: {}", key.id));
        }
        self.line(level, format_args!("type-version: {}", key.version));
    }

    fn criteria(&mut self, level: usize, instance: &TemplateInstance, content: &Content) {
        let fields = content.template_type(instance.template_type()).map(TemplateType::fields).unwrap_or_default();
        let name = |index: u16| fields.get(usize::from(index)).map_or("", |field| field.name());
        for criterion in instance.criteria() {
            let kind = fields.get(usize::from(criterion.field())).map_or(FieldKind::Text, |field| field.kind());
            self.item(level, format_args!("field: {}", scalar(name(criterion.field()))));
            self.patterns(level.saturating_add(1), criterion, kind, name);
        }
    }

    fn patterns<'f>(&mut self, level: usize, criterion: &Criterion, kind: FieldKind, name: impl Fn(u16) -> &'f str) {
        self.line(level, format_args!("{}:", criterion.sense()));
        let inner = level.saturating_add(1);
        for item in patterns::items(criterion, kind, name) {
            match item.values.as_slice() {
                [] => self.item(inner, item.key),
                [value] => self.item(inner, format_args!("{}: {value}", item.key)),
                values => {
                    self.item(inner, format_args!("{}:", item.key));
                    for value in values {
                        self.item(inner.saturating_add(2), value);
                    }
                }
            }
            for (key, value) in item.modifiers {
                self.line(inner.saturating_add(1), format_args!("{key}: {value}"));
            }
        }
    }

    fn example(&mut self, example: &Example, default: TypeKey, content: &Content, names: &Names<'_>) {
        let fields = content.template_type(example.template_type()).map(TemplateType::fields).unwrap_or_default();
        let present = || {
            let values = fields.iter().zip(example.values());
            values.filter(|(_, value)| !matches!(value, OwnedValue::Absent))
        };
        let expectation = example.expectation();
        if present().next().is_none() {
            self.item(1, format_args!("{expectation}: {{}}"));
        } else {
            self.item(1, format_args!("{expectation}:"));
        }
        for (field, value) in present() {
            let (name, value) = (scalar(field.name()), value_text(value.as_ref()));
            // A key before its colon is short and on one line, in YAML; a longer one has a mark of its own.
            if name.len() > 500 {
                self.line(3, format_args!("? {name}"));
                self.line(3, format_args!(": {value}"));
            } else {
                self.line(3, format_args!("{name}: {value}"));
            }
        }
        if example.template_type() != default {
            self.selection(2, example.template_type(), content, names);
        }
    }
}

/// A value of an event as a scalar of a source, without hidden characters; nothing for an absent one.
#[must_use]
pub fn value_text(value: Value<'_>) -> String {
    match value {
        Value::Absent => String::new(),
        Value::Text(bytes) | Value::Bytes(bytes) => bytes_text(bytes),
        Value::Unsigned(number) => number.to_string(),
        Value::Signed(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::IpAddress(address) => scalar(&address.to_string()),
    }
}

/// Bytes as text where they are UTF-8 with more to see than to escape, else in hexadecimal digits.
fn bytes_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.chars().filter(|character| is_hidden(*character)).count() <= text.chars().count() / 4 => {
            scalar(text)
        }
        _ => format!("{{ hex: '{}' }}", hexadecimal(bytes)),
    }
}
