//! Contents: several types in several versions, many instances that share criteria.

use channel_file::template::{Content, Criterion, DeclaredField, Pattern, PatternValue, Rule, Sense, TemplateInstance};

use super::patterns::pattern;
use super::random::Random;
use super::sensor::Declared;
use super::words::Words;

/// A content and the sensor that it was made for, which supplies all of it.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    pub(crate) types: Vec<Declared<'static>>,
    pub(crate) content: Content,
    pub(crate) words: Words,
}

/// Content of one to three types and 1 to 40 instances.
pub(crate) fn generate(random: &mut Random) -> Generated {
    let words = Words::new(random);
    let types: Vec<_> = (0..random.pick(&[1, 1, 2, 3])).map(|index| Declared::new(random, index * 7)).collect();
    let mut builder = Content::builder(u32::try_from(random.below(3)).unwrap(), 1);
    for declared in &types {
        for version in 1..=declared.version {
            builder = builder.template_type(declared.template_type(version));
        }
    }
    // Some criteria are shared.
    let mut pools: Vec<Vec<Criterion>> = vec![Vec::new(); types.len()];
    let count = if random.percent(20) { 1 } else { random.within(2, 40) };
    let mut rules: Vec<Vec<TemplateInstance>> = vec![Vec::new(); random.within(1, count)];
    for index in 0..count {
        let of = random.below(types.len());
        let instance = instance(random, &words, &types[of], &mut pools[of]);
        let rule = if index < rules.len() { index } else { random.below(rules.len()) };
        rules[rule].push(instance);
    }
    for (index, instances) in rules.into_iter().enumerate() {
        let rule = Rule::builder(format!("r{index}"));
        builder = builder.rule(instances.into_iter().fold(rule, |rule, i| rule.instance(i)).build().unwrap());
    }
    Generated { types, content: builder.build().unwrap(), words }
}

fn instance(
    random: &mut Random,
    words: &Words,
    declared: &Declared<'_>,
    pool: &mut Vec<Criterion>,
) -> TemplateInstance {
    let version = u32::try_from(random.within(1, usize::try_from(declared.version).unwrap())).unwrap();
    let known = declared.at(version).fields;
    let template_type = declared.template_type(version);
    let mut criteria = Vec::new();
    for _ in 0..random.pick(&[1, 1, 2, 2, 3, 4, 6]) {
        let shared: Vec<_> = pool.iter().filter(|criterion| fits(criterion, known.len())).collect();
        if !shared.is_empty() && random.percent(40) {
            criteria.push(random.pick(&shared).clone());
        } else {
            let criterion = criterion(random, words, &known);
            pool.push(criterion.clone());
            criteria.push(criterion);
        }
    }
    TemplateInstance::builder(&template_type).criteria(criteria).build().unwrap()
}

/// Whether a criterion speaks of the first fields alone.
fn fits(criterion: &Criterion, fields: usize) -> bool {
    let knows = |pattern: &Pattern| match pattern.as_ref().value() {
        PatternValue::Field(reference) => usize::from(reference.field) < fields,
        _ => true,
    };
    usize::from(criterion.field()) < fields && criterion.patterns().iter().all(knows)
}

fn criterion(random: &mut Random, words: &Words, fields: &[DeclaredField<'_>]) -> Criterion {
    let sense = if random.percent(75) { Sense::AnyOf } else { Sense::NoneOf };
    let field = u16::try_from(random.below(fields.len())).unwrap();
    let count = if random.percent(5) { random.within(5, 40) } else { random.within(1, 4) };
    let mut patterns = Vec::new();
    while patterns.len() < count {
        // A field may have nothing but patterns that chance refuses.
        match pattern(random, words, fields, field) {
            Some(pattern) => patterns.push(pattern),
            None if random.percent(5) => patterns.push(Pattern::absent()),
            None => {}
        }
    }
    Criterion::new(field, sense, patterns).unwrap()
}
