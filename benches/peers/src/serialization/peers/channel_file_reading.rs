//! How every value of an open channel file is read.

use std::net::IpAddr;

use channel_file::ChannelFile;
use channel_file::template::{Case, PatternValue};

use crate::serialization::documents::{Log, Rules, length, sum};

/// The weight of the document that a file says.
pub(crate) trait Reading {
    fn read(file: &ChannelFile<'_>) -> u64;
}

impl Reading for Log {
    fn read(file: &ChannelFile<'_>) -> u64 {
        let patterns = file.instances().flat_map(|instance| instance.criteria()).flat_map(|of| of.patterns());
        sum(patterns.map(|pattern| match pattern.value() {
            PatternValue::Text(text, _) => length(text),
            PatternValue::Unsigned(number) => number,
            PatternValue::Address(IpAddr::V4(address)) => address.to_bits().into(),
            _ => 0,
        }))
    }
}

impl Reading for Rules {
    fn read(file: &ChannelFile<'_>) -> u64 {
        let mut total = 0_u64;
        for rule in file.rules() {
            let texts = [rule.id(), rule.title(), rule.author()].into_iter().chain(rule.references());
            total = total.wrapping_add(sum(texts.map(length)));
        }
        for instance in file.instances() {
            let key = instance.template_type().key();
            let codes = [instance.severity().code(), instance.disposition().code()];
            total = total.wrapping_add(sum([key.id.into(), key.version.into()]) + sum(codes.map(u64::from)));
            for criterion in instance.criteria() {
                total = total.wrapping_add(u64::from(criterion.field()) + u64::from(criterion.sense().code()));
                for pattern in criterion.patterns() {
                    let value = match pattern.value() {
                        PatternValue::Text(text, Case::Sensitive) => 1 + length(text),
                        PatternValue::Text(text, Case::Ignored) => 2 + length(text),
                        _ => 0,
                    };
                    total = total.wrapping_add(u64::from(pattern.operator().code()) + value);
                }
            }
        }
        total
    }
}
