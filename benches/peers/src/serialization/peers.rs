//! The formats. A further one is a file and a line here.

mod bitcode;
mod channel_file;
mod channel_file_reading;
mod flatbuffers;
mod flatbuffers_tables;
mod json;
mod postcard;
mod prost;
mod prost_messages;
mod rkyv;

use super::documents::{Log, Rules, Sample};
use super::entrant::{Entrant, enter};
use crate::Failure;

/// Every format with this document; ratios refer to the first.
macro_rules! all {
    ($sample:expr) => {
        vec![
            enter(channel_file::ChannelFilePeer, $sample)?,
            enter(rkyv::Rkyv, $sample)?,
            enter(bitcode::Bitcode, $sample)?,
            enter(bitcode::BitcodeKeeping::default(), $sample)?,
            enter(postcard::Postcard, $sample)?,
            enter(prost::Prost, $sample)?,
            enter(flatbuffers::FlatBuffers::default(), $sample)?,
            enter(json::Json, $sample)?,
        ]
    };
}

pub(crate) fn of_log(sample: &Sample<Log>, names: &[String]) -> Result<Vec<Box<dyn Entrant>>, Failure> {
    named(all!(sample), names)
}

pub(crate) fn of_rules(sample: &Sample<Rules>, names: &[String]) -> Result<Vec<Box<dyn Entrant>>, Failure> {
    named(all!(sample), names)
}

/// Those whose name contains one of these texts; every format if there is none.
fn named(mut entrants: Vec<Box<dyn Entrant>>, texts: &[String]) -> Result<Vec<Box<dyn Entrant>>, Failure> {
    let names: Vec<&str> = entrants.iter().map(|entrant| entrant.description().name).collect();
    if let Some(text) = texts.iter().find(|text| !names.iter().any(|name| name.contains(text.as_str()))) {
        return Err(format!("no format is called {text:?}; there are: {}", names.join("; ")).into());
    }
    entrants.retain(|entrant| {
        texts.is_empty() || texts.iter().any(|text| entrant.description().name.contains(text.as_str()))
    });
    Ok(entrants)
}

#[cfg(test)]
mod tests {
    use channel_file_scenarios::{log, rules};

    use super::*;
    use crate::serialization::entrant::Verb;
    use crate::serialization::measure::measure;

    const NAMES: [&str; 8] = [
        "channel-file",
        "rkyv",
        "bitcode",
        "bitcode, kept buffer",
        "postcard",
        "prost",
        "flatbuffers, kept builder",
        "serde_json",
    ];

    /// Entering a format proves it; then it does everything again and again.
    #[test]
    fn every_format_says_the_same() {
        let log = Sample::new("log", log::content(&log::records(20))).expect("a log");
        let rules = Sample::new("rules", rules::content(30)).expect("rules");
        for mut entrants in [of_log(&log, &[]).expect("formats"), of_rules(&rules, &[]).expect("formats")] {
            assert_eq!(entrants.iter().map(|entrant| entrant.description().name).collect::<Vec<_>>(), NAMES);
            for entrant in &mut entrants {
                Verb::ALL.into_iter().try_for_each(|verb| entrant.run(verb, 3)).expect("it is proved");
            }
        }
    }

    #[test]
    fn figures_are_of_the_formats_that_are_wanted() {
        let log = Sample::new("log", log::content(&log::records(3))).expect("a log");
        let names = ["channel-file".to_owned(), "serde".to_owned()];
        let measured = measure(&log, of_log(&log, &names).expect("formats"), 1).expect("figures");
        let [own, json] = &measured.peers[..] else { panic!("there are two") };
        assert_eq!((own.description.name, json.description.name), ("channel-file", "serde_json"));
        assert_eq!((own.ratios.bytes, own.ratios.access), (1.0, 1.0));
        assert_eq!(json.ratios.read, json.read_us.median / own.read_us.median);
        assert_eq!((own.allocations.access.calls, own.allocations.read.calls), (0, 0));
        assert!(json.allocations.owned.calls > 0 && json.allocations.owned.peak_bytes > 0);
        assert!(of_log(&log, &["no such format".to_owned()]).is_err());
    }
}
