//! Invented content of any size with the shape of real content, and events for it; the same for the same size.
//!
//! The shape is that of public rules for process creations: 3.65 criteria an instance and 2.9 patterns a criterion in the mean,
//! half of them anchored at an end of the value, most names asked for by few instances and a few by very many.
#![allow(dead_code, reason = "each test takes what it needs")]

use channel_file::template::{
    Case, Content, Criterion, FieldKind, Operator, Pattern, Rule, Sense, TemplateInstance, TemplateType,
};

/// A small generator of numbers that look random (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Small numbers far more often than large ones, as names in rules are.
    pub(crate) fn skewed(&mut self, bound: u64) -> u64 {
        let mut number = self.below(bound);
        for _ in 0..3 {
            number = self.below(number + 1);
        }
        number
    }
}

/// Fields of the type that everything here is about, by index.
const PROGRAM: u16 = 0;
const COMMAND: u16 = 1;
const PARENT: u16 = 2;
const ORIGINAL: u16 = 3;
const USER: u16 = 4;
pub(crate) const FIELDS: [&str; 6] = ["Program", "Command", "Parent", "Original", "User", "Note"];

pub(crate) fn template_type() -> TemplateType {
    let builder = TemplateType::builder(1, 1, "invented_process");
    FIELDS.iter().fold(builder, |builder, name| builder.field(*name, FieldKind::Text)).build().expect("a type")
}

/// A word for a number: nearly always others for others.
fn word(number: u64) -> String {
    const CONSONANTS: &[u8; 20] = b"bcdfghjklmnpqrstvwxz";
    const VOWELS: &[u8; 6] = b"aeiouy";
    let mut rest = Random(number).next();
    let mut letter = |letters: &[u8]| {
        let bound = u64::try_from(letters.len()).expect("a few");
        let letter = letters[usize::try_from(rest % bound).expect("within the letters")];
        rest /= bound;
        char::from(letter)
    };
    (0..4).flat_map(|_| [letter(CONSONANTS), letter(VOWELS)]).collect()
}

fn program(number: u64) -> String {
    format!("\\{}.exe", word(number))
}

fn option(number: u64) -> String {
    format!("--{}", word(number.wrapping_mul(7) + 3))
}

pub(crate) fn content(instances: u64) -> Content {
    let template_type = template_type();
    let mut random = Random(instances);
    let names = instances / 4 + 16;
    let text = |operator, text: String| Pattern::text(operator, text, Case::Ignored).expect("not empty");
    let mut builder = Content::builder(1, 1).template_type(template_type.clone());
    for rule in 0..instances {
        let mut criteria = Vec::new();
        let some = |random: &mut Random| 1 + random.skewed(9);
        let programs = (0..some(&mut random)).map(|_| text(Operator::EndsWith, program(random.skewed(names))));
        criteria.push(Criterion::new(PROGRAM, Sense::AnyOf, programs.collect::<Vec<_>>()));
        for _ in 0..1 + random.below(2) {
            let options = (0..some(&mut random)).map(|_| text(Operator::Contains, option(random.below(names * 4))));
            criteria.push(Criterion::new(COMMAND, Sense::AnyOf, options.collect::<Vec<_>>()));
        }
        if random.below(2) == 0 {
            let parents = (0..some(&mut random)).map(|_| text(Operator::EndsWith, program(random.skewed(names))));
            criteria.push(Criterion::new(PARENT, Sense::AnyOf, parents.collect::<Vec<_>>()));
        }
        if random.below(3) == 0 {
            let original = text(Operator::Equals, format!("{}.exe", word(random.skewed(names))));
            criteria.push(Criterion::new(ORIGINAL, Sense::NoneOf, [original]));
        }
        if random.below(4) == 0 {
            criteria.push(Criterion::new(USER, Sense::NoneOf, [text(Operator::Contains, word(random.skewed(64)))]));
        }
        let criteria = criteria.into_iter().map(|criterion| criterion.expect("it has patterns"));
        let instance = TemplateInstance::builder(&template_type).criteria(criteria).build().expect("an instance");
        let rule = Rule::builder(format!("rule-{rule:06}")).title("Invented").instance(instance);
        builder = builder.rule(rule.build().expect("a rule"));
    }
    builder.build().expect("content")
}

/// Values of events: programs and options that the content of this size knows, and as many that it does not.
pub(crate) fn events(instances: u64, count: u64) -> Vec<[String; FIELDS.len()]> {
    let mut random = Random(count);
    let names = instances / 4 + 16;
    (0..count)
        .map(|_| {
            let known = random.below(2) == 0;
            let beyond = if known { 0 } else { names };
            let program_of =
                |random: &mut Random| format!("C:\\Windows\\System32{}", program(beyond + random.skewed(names)));
            let options: Vec<_> = (0..4).map(|_| option(beyond * 4 + random.below(names * 4))).collect();
            let started = program_of(&mut random);
            let command =
                format!("\"{started}\" {} /quiet \"D:\\Work\\report {}.txt\"", options.join(" "), random.next());
            [
                started,
                command,
                program_of(&mut random),
                format!("{}.exe", word(random.skewed(names))),
                format!("LAB\\{}", word(random.skewed(64))),
                "nothing looks here".to_owned(),
            ]
        })
        .collect()
}
