//! `inspect`: what a file holds, counted.

use channel_file::ChannelFile;
use channel_file_cli::{Format, Verdict, inspect};
use channel_file_smith::Gate;
use serde_json::Value;

use super::dump::is_plain;

pub(crate) fn body(input: &[u8]) -> Gate {
    let opened = ChannelFile::open(input);
    let mut shown = Vec::new();
    let verdict = inspect(input, Format::Human, &mut shown).expect("memory takes it");
    assert_eq!(matches!(verdict, Verdict::Accepted), opened.is_ok());
    is_plain(&shown);
    shown.clear();
    let verdict = inspect(input, Format::Json, &mut shown).expect("memory takes it");
    assert_eq!(matches!(verdict, Verdict::Accepted), opened.is_ok());
    is_plain(&shown);
    let object: Value = serde_json::from_slice(&shown).expect("JSON is JSON");
    match &opened {
        Ok(file) => {
            let length = |list: &Vec<Value>| u64::try_from(list.len()).unwrap();
            let count = |value: &Value| value.as_u64().or_else(|| value.as_array().map(length));
            let counts = [
                ("types", file.types().count()),
                ("rules", file.rules().len()),
                ("instances", file.instances().len()),
                ("examples", file.examples().len()),
                ("sections", file.sections().count()),
            ];
            for (name, expected) in counts {
                assert_eq!(count(&object[name]), u64::try_from(expected).ok(), "{name} of {object}");
            }
        }
        Err(error) => {
            assert_eq!(object["status"], "refused", "{object}");
            assert_eq!(object["errors"][0]["code"], error.code().as_str(), "{object}");
        }
    }
    Gate::reached(&opened)
}
