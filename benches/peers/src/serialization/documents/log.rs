//! Records of an access log.

use std::net::IpAddr;

use channel_file::template::{Content, PatternValue, Rule};

use super::{Document, Unescaped, Weigh, length, sum};
use crate::Failure;

pub(crate) type Log = Vec<Record<String>>;

/// One record.
#[derive(
    Clone,
    Debug,
    PartialEq,
    bitcode::Encode,
    bitcode::Decode,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
)]
pub(crate) struct Record<T> {
    pub(crate) address: [u8; 4],
    pub(crate) identity: T,
    pub(crate) user: T,
    pub(crate) date: T,
    pub(crate) request: T,
    pub(crate) code: u16,
    pub(crate) size: u64,
}

impl Document for Log {
    type Borrowed<'a> = Vec<Record<&'a str>>;
    type Unescaped<'a> = Vec<Record<Unescaped<'a>>>;

    fn of(content: &Content) -> Result<Self, Failure> {
        let mut records = Vec::new();
        for instance in content.rules().iter().flat_map(Rule::instances) {
            let criteria = instance.criteria().iter();
            let values: Vec<_> =
                criteria.flat_map(|of| of.patterns()).map(|pattern| pattern.as_ref().value()).collect();
            records.push(record(&values).ok_or("an instance is no record")?);
        }
        Ok(records)
    }

    fn records(&self) -> usize {
        self.len()
    }
}

fn record(values: &[PatternValue<'_>]) -> Option<Record<String>> {
    use PatternValue::{Address, Text, Unsigned};
    let [
        Address(IpAddr::V4(address)),
        Text(identity, _),
        Text(user, _),
        Text(date, _),
        Text(request, _),
        Unsigned(code),
        Unsigned(size),
    ] = *values
    else {
        return None;
    };
    Some(Record {
        address: address.octets(),
        identity: identity.to_owned(),
        user: user.to_owned(),
        date: date.to_owned(),
        request: request.to_owned(),
        code: code.try_into().ok()?,
        size,
    })
}

impl<T: AsRef<str>> Weigh for Record<T> {
    fn weigh(&self) -> u64 {
        let texts = [&self.identity, &self.user, &self.date, &self.request].map(length);
        sum(texts.into_iter().chain([u32::from_be_bytes(self.address).into(), self.code.into(), self.size]))
    }
}

impl Weigh for ArchivedRecord<String> {
    fn weigh(&self) -> u64 {
        let texts = [&self.identity, &self.user, &self.date, &self.request].map(|text| length(text.as_str()));
        let numbers = [u32::from_be_bytes(self.address).into(), self.code.to_native().into(), self.size.to_native()];
        sum(texts.into_iter().chain(numbers))
    }
}

#[cfg(test)]
mod tests {
    use channel_file_scenarios::log;

    use super::*;

    #[test]
    fn content_says_what_the_records_say() {
        let records = log::records(100);
        let log = Log::of(&log::content(&records)).expect("a log");
        for (record, from) in log.iter().zip(&records) {
            let own = (record.address, &record.identity, &record.user, &record.date, &record.request);
            assert_eq!(own, (from.address, &from.identity, &from.user, &from.date, &from.request));
            assert_eq!((record.code, record.size), (from.code, from.size));
        }
        assert_eq!(log.len(), 100);
    }
}
