//! Invented rules of any number in the shape of public ones, and events for them.
//!
//! The shape was measured on 1,415 public Sigma rules for process creations (SigmaHQ/sigma 8eaafff1, 2026-08-05) as they are
//! compiled: 2.2 instances a rule, 2.9 criteria an instance, 3.6 patterns a criterion in the mean; which fields, operators and senses there are, and how long
//! texts are, by quantiles. No word of theirs is here.

use std::collections::BTreeSet;

use channel_file::template::{
    Case, Content, Criterion, Disposition, FieldKind, Operator, OwnedValue, Pattern, PatternValue, Rule, Sense,
    Severity, TemplateInstance, TemplateType,
};

use crate::Random;
use crate::words::{sentence, word};

/// Names of the fields, all of text.
pub const FIELDS: [&str; 16] = [
    "Program",
    "CommandLine",
    "OriginalName",
    "Description",
    "Product",
    "Company",
    "Version",
    "Directory",
    "User",
    "Level",
    "Hashes",
    "ProcessNumber",
    "ParentProgram",
    "ParentCommandLine",
    "ParentUser",
    "Session",
];
const PROGRAM: u16 = 0;
const COMMAND: u16 = 1;
const ORIGINAL: u16 = 2;
const DESCRIPTION: u16 = 3;
const PRODUCT: u16 = 4;
const DIRECTORY: u16 = 7;
const USER: u16 = 8;
const LEVEL: u16 = 9;
const HASHES: u16 = 10;
const PARENT: u16 = 12;
const PARENT_COMMAND: u16 = 13;

/// Of a thousand criteria, so many look at this field in this sense; sums.
const CRITERIA: &[(u64, u16, Sense)] = &[
    (498, COMMAND, Sense::AnyOf),
    (655, PROGRAM, Sense::AnyOf),
    (740, ORIGINAL, Sense::AnyOf),
    (804, COMMAND, Sense::NoneOf),
    (866, PARENT, Sense::AnyOf),
    (896, PROGRAM, Sense::NoneOf),
    (924, PARENT, Sense::NoneOf),
    (940, PARENT_COMMAND, Sense::AnyOf),
    (954, PARENT_COMMAND, Sense::NoneOf),
    (963, DESCRIPTION, Sense::AnyOf),
    (971, LEVEL, Sense::AnyOf),
    (979, USER, Sense::AnyOf),
    (986, PRODUCT, Sense::AnyOf),
    (993, HASHES, Sense::AnyOf),
    (1000, DIRECTORY, Sense::NoneOf),
];

// Quantiles: of a thousand, so many are at most so large.
const INSTANCES: &[(u64, u64)] = &[(430, 1), (760, 2), (900, 4), (990, 12), (1000, 30)];
const CRITERIA_COUNT: &[(u64, u64)] = &[(170, 1), (440, 2), (700, 3), (860, 4), (940, 5), (990, 7), (1000, 9)];
const PATTERNS: &[(u64, u64)] =
    &[(620, 1), (755, 2), (819, 3), (855, 4), (891, 5), (950, 10), (990, 31), (999, 120), (1000, 400)];
const CONTAINED: &[(u64, u64)] = &[(100, 4), (250, 6), (500, 10), (750, 17), (900, 30), (990, 71), (1000, 232)];
const ENDS: &[(u64, u64)] = &[(100, 6), (250, 9), (500, 12), (750, 13), (900, 17), (990, 50), (1000, 130)];
const EQUAL: &[(u64, u64)] = &[(100, 6), (250, 8), (500, 11), (750, 14), (900, 31), (990, 58), (1000, 123)];
const GLOBS: &[(u64, u64)] = &[(100, 14), (250, 19), (500, 30), (750, 54), (900, 72), (990, 100), (1000, 151)];
const REFERENCES: &[(u64, u64)] = &[(330, 1), (650, 2), (850, 3), (950, 4), (990, 7), (1000, 21)];

/// The type that all of it is about.
#[must_use]
pub fn template_type() -> TemplateType {
    let builder = TemplateType::builder(1, 1, "invented_process");
    FIELDS.iter().fold(builder, |builder, name| builder.field(*name, FieldKind::Text)).build().expect("a type")
}

/// Content of exactly so many instances, which are not none.
#[must_use]
pub fn content(instances: u64) -> Content {
    let template_type = template_type();
    let mut made = Maker { random: Random::new(instances), pool: instances.max(4) * 5 };
    let mut builder = Content::builder(1, 1).template_type(template_type.clone());
    let (mut left, mut number) = (instances, 0);
    while left > 0 {
        let count = made.random.from(INSTANCES).min(left);
        left -= count;
        builder = builder.rule(made.rule(number, count, &template_type));
        number += 1;
    }
    builder.build().expect("content")
}

/// Where texts of rules come from: some in many of them, most in one or two.
struct Maker {
    random: Random,
    pool: u64,
}

impl Maker {
    fn rule(&mut self, number: u64, instances: u64, template_type: &TemplateType) -> Rule {
        let (one, other) = (self.random.next(), self.random.next());
        let id = format!(
            "{number:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            one & 0xFFFF,
            (one >> 16) & 0xFFFF,
            (one >> 32) & 0xFFFF,
            other >> 16
        );
        let mut rule = Rule::builder(id).title(sentence(one, 26 + self.random.index(32)));
        rule = rule.author(sentence(other % 97, 8 + self.random.index(62)));
        for _ in 0..self.random.from(REFERENCES) {
            let path = word(self.random.next(), 24 + self.random.index(80));
            rule = rule.reference(format!("https://{}.example/{path}", word(self.random.skewed(40), 9)));
        }
        let (severity, disposition) =
            (*self.random.one_of(Severity::ALL), *self.random.one_of(&[Disposition::Detect, Disposition::Observe]));
        for _ in 0..instances {
            let criteria = self.criteria();
            let instance = TemplateInstance::builder(template_type).severity(severity).disposition(disposition);
            rule = rule.instance(instance.criteria(criteria).build().expect("an instance"));
        }
        rule.build().expect("a rule")
    }

    fn criteria(&mut self) -> Vec<Criterion> {
        let count = self.random.from(CRITERIA_COUNT);
        let mut criteria: Vec<Criterion> = Vec::new();
        for _ in 0..count {
            let share = self.random.below(1000);
            let of_share = CRITERIA.iter().find(|(up_to, ..)| share < *up_to);
            let (_, field, sense) = *of_share.expect("shares go up to a thousand");
            // One that asks for something comes first: without, an instance would match nearly everything.
            let (field, sense) =
                if criteria.is_empty() && sense == Sense::NoneOf { (COMMAND, Sense::AnyOf) } else { (field, sense) };
            let patterns = self.patterns(field, sense);
            if !criteria.iter().any(|known| {
                known.field() == field && known.sense() == sense && known.patterns().iter().eq(patterns.iter())
            }) {
                criteria.push(Criterion::new(field, sense, patterns).expect("it has patterns"));
            }
        }
        criteria
    }

    fn patterns(&mut self, field: u16, sense: Sense) -> BTreeSet<Pattern> {
        if sense == Sense::NoneOf && self.random.per_mille(20) {
            return BTreeSet::from([Pattern::absent()]);
        }
        (0..self.random.from(PATTERNS)).map(|_| self.pattern(field)).collect()
    }

    fn pattern(&mut self, field: u16) -> Pattern {
        let share = self.random.below(1000);
        let ignoring = |operator, text: String| Pattern::text(operator, text, Case::Ignored).expect("not empty");
        match field {
            COMMAND | PARENT_COMMAND => match share {
                0..930 => ignoring(Operator::Contains, self.option(CONTAINED)),
                930..955 => ignoring(Operator::EndsWith, self.option(CONTAINED)),
                955..992 => {
                    let (one, other) = (self.option(CONTAINED), self.option(GLOBS));
                    ignoring(Operator::Glob, format!("*{one}*{other}*"))
                }
                _ => {
                    let number = self.number();
                    let text = format!("{}\\s+-{}[0-9]{{1,4}}", word(number, 6), word(number >> 3, 3));
                    Pattern::text(Operator::Regex, text, Case::Sensitive).expect("an expression")
                }
            },
            PROGRAM | PARENT => match share {
                0..920 => ignoring(Operator::EndsWith, format!("\\{}", self.program())),
                920..980 => ignoring(Operator::Contains, format!("\\{}\\", self.option(EQUAL).trim())),
                _ => ignoring(Operator::StartsWith, format!("D:\\{}", self.option(EQUAL).trim())),
            },
            ORIGINAL => ignoring(Operator::Equals, self.program()),
            HASHES => ignoring(Operator::Contains, format!("H={:032X}", u128::from(self.random.next()) << 40)),
            DIRECTORY | USER => ignoring(Operator::Contains, self.option(CONTAINED)),
            _ => ignoring(Operator::Equals, self.option(EQUAL).trim().to_owned()),
        }
    }

    fn number(&mut self) -> u64 {
        if self.random.per_mille(500) { self.random.skewed(self.pool) } else { self.random.below(self.pool) }
    }

    /// A name with its ending.
    fn program(&mut self) -> String {
        let number = self.number();
        let bytes = Random::new(number).from(ENDS);
        format!("{}.exe", word(number, length(bytes).saturating_sub(5).max(3)))
    }

    /// A part of a command line, the same length for the same number.
    fn option(&mut self, lengths: &[(u64, u64)]) -> String {
        let number = self.number();
        let bytes = length(Random::new(!number).from(lengths).max(3));
        match number % 5 {
            0 => format!(" -{}", word(number, bytes - 2)),
            1 => format!("{} ", word(number, bytes - 1)),
            2 if bytes > 6 => format!("{}.{}", word(number, bytes - 4), word(number >> 2, 3)),
            3 if bytes > 40 => sentence(number, bytes).trim().to_owned(),
            4 if number % 97 == 4 => format!("{}ä", word(number, bytes - 2)),
            _ => word(number, bytes),
        }
    }
}

fn length(bytes: u64) -> usize {
    usize::try_from(bytes).expect("a length")
}

/// Values of events for content of so many instances: a quarter is made to meet an instance, the others know its words.
#[must_use]
pub fn events(content: &Content, count: usize) -> Vec<Vec<OwnedValue>> {
    let instances: Vec<&TemplateInstance> = content.rules().iter().flat_map(Rule::instances).collect();
    let pool = u64::try_from(instances.len().max(4)).expect("a length") * 5;
    let mut maker = Maker { random: Random::new(pool ^ 0xE4E7), pool };
    (0..count).map(|_| maker.event(&instances)).collect()
}

impl Maker {
    fn event(&mut self, instances: &[&TemplateInstance]) -> Vec<OwnedValue> {
        let mut values: Vec<Option<String>> = FIELDS.iter().map(|_| None).collect();
        let folder = |maker: &mut Self| format!("C:\\Windows\\{}", word(maker.random.skewed(30), 8));
        let program = format!("{}\\{}", folder(self), self.program());
        let command = (0..1 + self.random.below(6)).map(|_| self.option(CONTAINED)).collect::<Vec<_>>().join(" ");
        let parent = format!("{}\\{}", folder(self), self.program());
        let fixed = [
            (COMMAND, format!("\"{program}\" {command}")),
            (PROGRAM, program),
            (ORIGINAL, self.program()),
            (DESCRIPTION, sentence(self.number(), 24)),
            (PRODUCT, sentence(self.random.skewed(60), 20)),
            (5, "Invented Corporation".to_owned()),
            (6, format!("10.0.{}.1", self.random.below(20_000))),
            (DIRECTORY, folder(self)),
            (USER, format!("LAB\\{}", word(self.random.skewed(64), 7))),
            (LEVEL, (*self.random.one_of(&["Medium", "High", "System"])).to_owned()),
            (HASHES, format!("A={:040X},H={:032X}", self.random.next(), u128::from(self.random.next()) << 40)),
            (11, format!("{:#x}", self.random.below(20_000))),
            (PARENT_COMMAND, format!("{parent} -{}", word(self.number(), 5))),
            (PARENT, parent),
        ];
        for (field, value) in fixed {
            // Real events lack some of their fields.
            if field <= COMMAND || !self.random.per_mille(60) {
                values[usize::from(field)] = Some(value);
            }
        }
        if self.random.per_mille(250) {
            meet(instances[self.random.index(instances.len())], &mut values);
        }
        values
            .into_iter()
            .map(|value| value.map_or(OwnedValue::Absent, |text| OwnedValue::Text(text.into_bytes())))
            .collect()
    }
}

/// Puts what an instance asks for into the values, as far as texts can be put together.
fn meet(instance: &TemplateInstance, values: &mut [Option<String>]) {
    for criterion in instance.criteria().iter().filter(|criterion| criterion.sense() == Sense::AnyOf) {
        let value = values[usize::from(criterion.field())].get_or_insert_default();
        let Some(pattern) = criterion.patterns().first().map(Pattern::as_ref) else { continue };
        let PatternValue::Text(text, _) = pattern.value() else { continue };
        match pattern.operator() {
            Operator::Equals => text.clone_into(value),
            Operator::StartsWith => *value = format!("{text}{value}"),
            Operator::Contains | Operator::EndsWith => value.push_str(text),
            Operator::Glob => value.push_str(&text.replace('*', "")),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_is_that_of_public_rules() {
        let content = content(3_000);
        let instances: Vec<_> = content.rules().iter().flat_map(Rule::instances).collect();
        assert_eq!(instances.len(), 3_000);
        let criteria: Vec<_> = instances.iter().flat_map(|instance| instance.criteria()).collect();
        let patterns: Vec<_> = criteria.iter().flat_map(|criterion| criterion.patterns()).collect();
        let bytes = |pattern: &Pattern| match pattern.as_ref().value() {
            PatternValue::Text(text, _) => text.len(),
            _ => 0,
        };
        let text: usize = patterns.iter().map(|pattern| bytes(pattern)).sum();
        // In hundredths: what was measured, and what is here.
        for (name, measured, all, of) in [
            ("instances a rule", 221, instances.len(), content.rules().len()),
            ("criteria an instance", 287, criteria.len(), instances.len()),
            ("patterns a criterion", 362, patterns.len(), criteria.len()),
            ("bytes a pattern", 1498, text, patterns.len()),
        ] {
            let own = 100 * all / of;
            assert!(own.abs_diff(measured) < measured / 5, "{name}: {own} hundredths, {measured} measured");
        }
    }
}
