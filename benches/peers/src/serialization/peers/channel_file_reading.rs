//! How every value of an open channel file is read.

use std::net::IpAddr;

use channel_file::ChannelFile;
use channel_file::template::{Case, PatternValue, Sense, Slot, SlotRole};

use crate::serialization::documents::{Log, Rules, length, sum};

/// The weight of the document that a file says.
pub(crate) trait Reading {
    fn read(file: &ChannelFile<'_>) -> u64;
}

impl Reading for Log {
    fn read(file: &ChannelFile<'_>) -> u64 {
        let columns = file.shapes().flat_map(|shape| shape.columns());
        columns.flat_map(|column| column.values()).fold(0, |total, value| {
            total.wrapping_add(match value {
                PatternValue::Text(text, _) => length(text),
                PatternValue::Unsigned(number) => number,
                PatternValue::Address(IpAddr::V4(address)) => address.to_bits().into(),
                _ => 0,
            })
        })
    }
}

impl Reading for Rules {
    fn read(file: &ChannelFile<'_>) -> u64 {
        let mut total = 0_u64;
        for rule in file.rules() {
            let texts = [rule.id(), rule.title(), rule.author()].into_iter().chain(rule.references());
            total = total.wrapping_add(sum(texts.map(length)));
        }
        for shape in file.shapes() {
            let key = shape.template_type().key();
            for instance in shape.instances() {
                let codes = [instance.severity().code(), instance.disposition().code()];
                total = total.wrapping_add(sum([key.id.into(), key.version.into()]) + sum(codes.map(u64::from)));
            }
            for column in shape.columns() {
                let Slot { field, role, operator, .. } = column.slot();
                // What an instance has once, and what each pattern has.
                let sense = match role {
                    SlotRole::AnyOf => Some(Sense::AnyOf),
                    SlotRole::NoneOf => Some(Sense::NoneOf),
                    SlotRole::Continues => None,
                };
                let criterion = sense.map_or(0, |sense| u64::from(field) + u64::from(sense.code()));
                total = total.wrapping_add(criterion.wrapping_mul(column.instances().into()));
                total = column.values().fold(total, |total, value| {
                    let value = match value {
                        PatternValue::Text(text, Case::Sensitive) => 1 + length(text),
                        PatternValue::Text(text, Case::Ignored) => 2 + length(text),
                        _ => 0,
                    };
                    total.wrapping_add(u64::from(operator.code()) + value)
                });
            }
        }
        total
    }
}
