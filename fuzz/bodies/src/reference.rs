//! What `docs/MATCHING.md` says, as directly as code can say it: slow, without an index, and written from that document
//! alone, so that faster evaluators can be held against it.

use std::net::IpAddr;

use channel_file::template::{
    Case, Comparison, Content, Criterion, Operator, Pattern, PatternValue, Rule, Sense, SlotRole, TemplateInstance,
    TypeKey, Value,
};
use regex::bytes::{Regex, RegexBuilder};

/// Content made ready: its instances in the order of the file, texts folded, expressions compiled.
pub struct Reference {
    instances: Vec<Instance>,
}

/// An instance that an event matches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its id: its index in the file.
    pub instance: u32,
    /// The id of its rule.
    pub rule: String,
    /// Which of the rule's instances it is.
    pub ordinal: u32,
}

/// What an event does to one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The field that the criterion is on.
    pub field: u16,
    /// Whether the value meets the criterion.
    pub is_met: bool,
    /// The first pattern that the value meets.
    pub pattern: Option<u32>,
}

/// One event: values, and each of them folded.
pub struct Event<'e> {
    values: Vec<(Value<'e>, Vec<u8>)>,
}

struct Instance {
    found: Found,
    template_type: TypeKey,
    criteria: Vec<(u16, Sense, Vec<Ready>)>,
}

struct Ready {
    pattern: Pattern,
    /// The text, folded where case is ignored.
    text: Vec<u8>,
    regex: Option<Regex>,
}

impl Reference {
    /// All that a content says. Panics on a regular expression that is none.
    pub fn new(content: &Content) -> Self {
        Self::of_rules(content.rules())
    }

    /// The same of some rules, which are in the order of their ids.
    pub fn of_rules(rules: &[Rule]) -> Self {
        let mut ordinals = vec![0; rules.len()];
        let mut instances: Vec<Instance> = Vec::new();
        for (id, (rule, instance)) in in_file_order(rules).into_iter().enumerate() {
            let found = Found {
                instance: u32::try_from(id).unwrap(),
                rule: rules[rule].id().to_owned(),
                ordinal: ordinals[rule],
            };
            ordinals[rule] += 1;
            let criteria = instance.criteria().iter().map(ready_criterion).collect();
            instances.push(Instance { found, template_type: instance.template_type(), criteria });
        }
        Self { instances }
    }

    /// Leaves out the instances on types that a sensor does not have, and says which these are. The others keep their ids.
    pub fn leave_out(&mut self, supplies: impl Fn(TypeKey) -> bool) -> Vec<u32> {
        let (kept, left_out) = std::mem::take(&mut self.instances)
            .into_iter()
            .partition::<Vec<_>, _>(|instance| supplies(instance.template_type));
        self.instances = kept;
        left_out.into_iter().map(|instance| instance.found.instance).collect()
    }

    /// The instances that an event of this type matches, in the order of the file.
    pub fn matches(&self, type_id: u32, event: &Event<'_>) -> Vec<&Found> {
        let of_type = self.instances.iter().filter(|instance| instance.template_type.id == type_id);
        let matching = of_type.filter(|instance| {
            instance.criteria.iter().all(|(field, sense, patterns)| is_met(*field, *sense, patterns, event))
        });
        matching.map(|instance| &instance.found).collect()
    }

    /// What the event does to each criterion of an instance.
    pub fn verdicts(&self, instance: u32, event: &Event<'_>) -> Option<Vec<Verdict>> {
        let instance = self.instances.iter().find(|other| other.found.instance == instance)?;
        let verdict = |(field, sense, patterns): &(u16, Sense, Vec<Ready>)| {
            let pattern = patterns.iter().position(|pattern| meets(pattern, *field, event));
            let is_met = is_met(*field, *sense, patterns, event);
            Verdict { field: *field, is_met, pattern: pattern.map(|index| u32::try_from(index).unwrap()) }
        };
        Some(instance.criteria.iter().map(verdict).collect())
    }

    /// The ids of the instances, ascending, and the types that they are on.
    pub fn instances(&self) -> impl Iterator<Item = (u32, TypeKey)> {
        self.instances.iter().map(|instance| (instance.found.instance, instance.template_type))
    }
}

impl<'e> Event<'e> {
    /// An event with these values, one a field of the newest version of its type.
    pub fn new(values: impl IntoIterator<Item = Value<'e>>) -> Self {
        let folded = |value| match value {
            Value::Text(text) => (value, fold(text)),
            _ => (value, Vec::new()),
        };
        Self { values: values.into_iter().map(folded).collect() }
    }
}

/// Whether the text is a regular expression, and what is wrong if not.
///
/// # Errors
///
/// What is wrong with it.
pub fn compile(text: &str, case: Case) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).case_insensitive(case == Case::Ignored).size_limit(1 << 28).build()
}

/// By type, shape, rule; among those of one shape and rule as the author has them. With the index of the rule.
fn in_file_order(rules: &[Rule]) -> Vec<(usize, &TemplateInstance)> {
    let of_rule =
        |(index, rule)| -> Vec<_> { Rule::instances(rule).iter().map(|instance| (index, instance)).collect() };
    let mut instances: Vec<(usize, &TemplateInstance)> = rules.iter().enumerate().flat_map(of_rule).collect();
    instances.sort_by_cached_key(|(rule, instance)| (instance.template_type(), shape(instance), *rule));
    instances
}

/// The slots of an instance: field, role, operator, value kind, number of patterns.
fn shape(instance: &TemplateInstance) -> Vec<(u16, u8, u8, u8, usize)> {
    let mut slots = Vec::new();
    for criterion in instance.criteria() {
        let kinds = |pattern: &Pattern| (pattern.as_ref().operator().code(), pattern.as_ref().value_kind().code());
        let mut role = SlotRole::from(criterion.sense()).code();
        for run in criterion.patterns().chunk_by(|one, two| kinds(one) == kinds(two)) {
            let (operator, value_kind) = kinds(&run[0]);
            slots.push((criterion.field(), role, operator, value_kind, run.len()));
            role = SlotRole::Continues.code();
        }
    }
    slots
}

fn ready_criterion(criterion: &Criterion) -> (u16, Sense, Vec<Ready>) {
    (criterion.field(), criterion.sense(), criterion.patterns().iter().map(ready).collect())
}

fn ready(pattern: &Pattern) -> Ready {
    let (mut text, mut regex) = (Vec::new(), None);
    if let PatternValue::Text(value, case) = pattern.as_ref().value() {
        if pattern.as_ref().operator() == Operator::Regex {
            regex = Some(compile(value, case).unwrap());
        } else if case == Case::Ignored {
            text = fold(value.as_bytes());
        } else {
            text = value.into();
        }
    }
    Ready { pattern: pattern.clone(), text, regex }
}

fn is_met(field: u16, sense: Sense, patterns: &[Ready], event: &Event<'_>) -> bool {
    let any = patterns.iter().any(|pattern| meets(pattern, field, event));
    match sense {
        Sense::AnyOf => any,
        Sense::NoneOf => !any,
    }
}

fn meets(ready: &Ready, field: u16, event: &Event<'_>) -> bool {
    let (operator, pattern) = (ready.pattern.as_ref().operator(), ready.pattern.as_ref().value());
    let (value, folded) = &event.values[usize::from(field)];
    match (operator, pattern, *value) {
        (Operator::Absent, _, Value::Absent) => true,
        (Operator::Absent, ..) | (_, _, Value::Absent) => false,
        (Operator::Empty, _, Value::Text(value) | Value::Bytes(value)) => value.is_empty(),
        (_, PatternValue::Field(reference), _) => {
            let (other, other_folded) = &event.values[usize::from(reference.field)];
            match (*value, *other) {
                (Value::Text(_), Value::Text(_)) if reference.case == Case::Ignored => {
                    compares(reference.comparison, folded, other_folded)
                }
                (Value::Text(one), Value::Text(two)) | (Value::Bytes(one), Value::Bytes(two)) => {
                    compares(reference.comparison, one, two)
                }
                (one, two) => one == two,
            }
        }
        (Operator::Regex, _, Value::Text(value)) => ready.regex.as_ref().unwrap().is_match(value),
        (_, PatternValue::Text(_, case), Value::Text(value)) => {
            let value = if case == Case::Ignored { folded } else { value };
            match operator {
                Operator::Glob => fits(&ready.text, value),
                _ => compares(comparison(operator), value, &ready.text),
            }
        }
        (_, PatternValue::Bytes(pattern), Value::Bytes(value)) => compares(comparison(operator), value, pattern),
        (_, PatternValue::Boolean(pattern), Value::Boolean(value)) => value == pattern,
        (_, PatternValue::Address(_) | PatternValue::Network(_), _) => {
            address(*value).is_some_and(|value| match pattern {
                PatternValue::Address(pattern) => value == pattern,
                PatternValue::Network(network) => is_within(value, network.address(), network.prefix()),
                _ => false,
            })
        }
        _ => {
            let range = match pattern {
                PatternValue::Unsigned(number) => i128::from(number)..=i128::from(number),
                PatternValue::Signed(number) => i128::from(number)..=i128::from(number),
                PatternValue::UnsignedRange(low, high) => i128::from(low)..=i128::from(high),
                PatternValue::SignedRange(low, high) => i128::from(low)..=i128::from(high),
                other => panic!("{operator} {other:?} on {value:?}"),
            };
            number(*value).is_some_and(|value| range.contains(&value))
        }
    }
}

fn comparison(operator: Operator) -> Comparison {
    match operator {
        Operator::Equals => Comparison::Equals,
        Operator::StartsWith => Comparison::StartsWith,
        Operator::EndsWith => Comparison::EndsWith,
        Operator::Contains => Comparison::Contains,
        other => panic!("{other} is no comparison"),
    }
}

fn compares(comparison: Comparison, value: &[u8], with: &[u8]) -> bool {
    match comparison {
        Comparison::Equals => value == with,
        Comparison::StartsWith => value.starts_with(with),
        Comparison::EndsWith => value.ends_with(with),
        Comparison::Contains => (0..=value.len()).any(|from| value[from..].starts_with(with)),
    }
}

/// A text with each character folded; bytes that are no UTF-8 stay.
pub fn fold(text: &[u8]) -> Vec<u8> {
    let mut folded = Vec::new();
    for chunk in text.utf8_chunks() {
        folded.extend(chunk.valid().chars().map(fold_character).collect::<String>().bytes());
        folded.extend(chunk.invalid());
    }
    folded
}

fn fold_character(character: char) -> char {
    let lower: Vec<char> = character.to_lowercase().collect();
    match lower[..] {
        [lower] if lower.len_utf8() == character.len_utf8() => lower,
        _ => character,
    }
}

/// Whether the glob fits the whole of the text: which starts of the text the tokens so far fit, token after token.
fn fits(glob: &[u8], text: &[u8]) -> bool {
    let (glob, text) = (units(glob), units(text));
    let mut starts = vec![false; text.len() + 1];
    starts[0] = true;
    let mut tokens = glob.into_iter();
    while let Some(token) = tokens.next() {
        if token == b"*" {
            for length in 1..starts.len() {
                starts[length] |= starts[length - 1];
            }
            continue;
        }
        let literal = if token == b"\\" { tokens.next() } else { Some(token).filter(|token| *token != b"?") };
        let next = |length: usize| starts[length] && literal.is_none_or(|literal| literal == text[length]);
        starts = std::iter::once(false).chain((0..text.len()).map(next)).collect();
    }
    starts[text.len()]
}

/// What `?` stands for: characters, and bytes that are part of none.
fn units(text: &[u8]) -> Vec<&[u8]> {
    let mut units = Vec::new();
    for chunk in text.utf8_chunks() {
        units.extend(chunk.valid().split_inclusive(|_| true).map(str::as_bytes));
        units.extend(chunk.invalid().iter().map(std::slice::from_ref));
    }
    units
}

/// The number that a value is, saturated far beyond what a pattern can name.
fn number(value: Value<'_>) -> Option<i128> {
    let text = match value {
        Value::Unsigned(number) => return Some(number.into()),
        Value::Signed(number) => return Some(number.into()),
        Value::Text(text) => std::str::from_utf8(text).ok()?,
        _ => return None,
    };
    let (digits, radix, sign) = if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        (digits, 16, 1)
    } else if let Some(digits) = text.strip_prefix('-') {
        (digits, 10, -1)
    } else {
        (text, 10, 1)
    };
    let mut number = (!digits.is_empty()).then_some(0_i128)?;
    for digit in digits.chars() {
        number = number.saturating_mul(radix.into()).saturating_add(digit.to_digit(radix)?.into());
    }
    Some(number * sign)
}

fn address(value: Value<'_>) -> Option<IpAddr> {
    match value {
        Value::IpAddress(address) => Some(address),
        Value::Text(text) => std::str::from_utf8(text).ok()?.parse().ok(),
        _ => None,
    }
}

/// Whether the first bits of both addresses are the same, and both are of the same family.
fn is_within(address: IpAddr, network: IpAddr, prefix: u8) -> bool {
    let bits = |address| match address {
        IpAddr::V4(address) => (4, format!("{:032b}", address.to_bits())),
        IpAddr::V6(address) => (6, format!("{:0128b}", address.to_bits())),
    };
    let ((family, address), (other, network)) = (bits(address), bits(network));
    family == other && address[..usize::from(prefix)] == network[..usize::from(prefix)]
}
