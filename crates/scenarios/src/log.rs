//! Records of an access log: four texts, an address and two numbers each, as benchmarks of serialization like them. As content, each
//! record is a template instance, and each value an exact pattern.

use std::net::{IpAddr, Ipv4Addr};

use channel_file::template::{
    Case, Content, Criterion, FieldKind, Operator, Pattern, Rule, Sense, TemplateInstance, TemplateType,
};

use crate::Random;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Who asked.
    pub address: [u8; 4],
    /// What the client said it was; nearly always nothing.
    pub identity: String,
    /// Who had signed in.
    pub user: String,
    /// When.
    pub date: String,
    /// For what.
    pub request: String,
    /// What the answer was.
    pub code: u16,
    /// Bytes of the answer.
    pub size: u64,
}

/// So many records as the set has.
pub const RECORDS: usize = 10_000;

const USERS: [&str; 8] = ["-", "ines", "jonas", "kaveh", "lucia", "mirela", "noor", "oskar"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const METHODS: [&str; 4] = ["GET", "GET", "POST", "PUT"];
const FOLDERS: [&str; 6] = ["/images", "/orders", "/archive/2025", "/search", "/api/items", "/help"];
const ENDINGS: [&str; 4] = ["", ".svg", ".html", ".json"];
const CODES: [u16; 10] = [200, 200, 200, 201, 204, 301, 304, 403, 404, 500];

/// The first records of the log.
#[must_use]
pub fn records(count: usize) -> Vec<Record> {
    let mut random = Random::new(26_11);
    let two = |random: &mut Random, bound| format!("{:02}", random.below(bound));
    let record = |_| {
        let random = &mut random;
        let [a, b, c, d, ..] = random.next().to_le_bytes();
        let day = 1 + random.below(28);
        let month = random.one_of(&MONTHS);
        let time = [two(random, 24), two(random, 60), two(random, 60)].join(":");
        Record {
            address: [a, b, c, d],
            identity: "-".to_owned(),
            user: (*random.one_of(&USERS)).to_owned(),
            date: format!("{day:02}/{month}/20{}:{time} +0{}00", 10 + random.below(16), random.below(10)),
            request: format!(
                "{} {}/{}{} HTTP/1.1",
                random.one_of(&METHODS),
                random.one_of(&FOLDERS),
                random.below(1000),
                random.one_of(&ENDINGS)
            ),
            code: *random.one_of(&CODES),
            size: random.below(100_000_000),
        }
    };
    (0..count).map(record).collect()
}

/// The type whose instances they are.
#[must_use]
pub fn template_type() -> TemplateType {
    TemplateType::builder(1, 1, "access_log")
        .field("address", FieldKind::IpAddress)
        .field("identity", FieldKind::Text)
        .field("user", FieldKind::Text)
        .field("date", FieldKind::Text)
        .field("request", FieldKind::Text)
        .field("code", FieldKind::Unsigned)
        .field("size", FieldKind::Unsigned)
        .build()
        .expect("a type")
}

/// All of them as content: one rule, an instance a record.
#[must_use]
pub fn content(records: &[Record]) -> Content {
    let log = template_type();
    let mut rule = Rule::builder("records");
    for record in records {
        let text = |text: &str| Pattern::text(Operator::Equals, text, Case::Sensitive).expect("it is not empty");
        let patterns = [
            Pattern::address(IpAddr::V4(Ipv4Addr::from(record.address))),
            text(&record.identity),
            text(&record.user),
            text(&record.date),
            text(&record.request),
            Pattern::unsigned(record.code.into()),
            Pattern::unsigned(record.size),
        ];
        let criteria = (0..).zip(patterns).map(|(field, pattern)| Criterion::new(field, Sense::AnyOf, [pattern]));
        let criteria: Vec<Criterion> = criteria.map(|criterion| criterion.expect("it has a pattern")).collect();
        rule = rule.instance(TemplateInstance::builder(&log).criteria(criteria).build().expect("an instance"));
    }
    Content::builder(1, 1).template_type(log).rule(rule.build().expect("a rule")).build().expect("content")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_long_as_those_of_the_known_benchmark() {
        let texts =
            |record: &Record| record.identity.len() + record.user.len() + record.date.len() + record.request.len();
        let bytes: usize = records(RECORDS).iter().map(texts).sum();
        assert!(bytes.abs_diff(585_776) < 25_000, "{bytes}");
    }
}
