//! The engines. A further one is a file and a line here.

mod channel_file;
mod regex_set;
mod rsigma;
mod rsigma_flat;
mod scan_floor;

use crate::Failure;
use crate::matching::engine::Engine;

/// The engines that are compared unless others are asked for; ratios refer to the first.
fn usual() -> Vec<Box<dyn Engine>> {
    let mut engines: Vec<Box<dyn Engine>> = vec![Box::new(channel_file::ChannelFileEngine)];
    engines.extend(rsigma::configurations());
    engines.push(Box::new(scan_floor::ScanFloor));
    engines
}

/// Every engine: also those that take more time or memory than most want to give.
fn all() -> Vec<Box<dyn Engine>> {
    let mut engines = usual();
    engines.push(Box::new(regex_set::RegexSets));
    engines
}

/// Those whose name contains one of these texts; the usual ones if there is none.
pub(crate) fn named(texts: &[String]) -> Result<Vec<Box<dyn Engine>>, Failure> {
    if texts.is_empty() {
        return Ok(usual());
    }
    let mut engines = all();
    let names: Vec<&str> = engines.iter().map(|engine| engine.describe().name).collect();
    if let Some(text) = texts.iter().find(|text| !names.iter().any(|name| name.contains(text.as_str()))) {
        return Err(format!("no engine is called {text:?}; there are: {}", names.join("; ")).into());
    }
    engines.retain(|engine| texts.iter().any(|text| engine.describe().name.contains(text.as_str())));
    Ok(engines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::data::{Event, Rule};

    const RULE: &str = "
title: Invented
id: 00000000-0000-4000-8000-000000000001
logsource: { product: windows, category: process_creation }
detection:
    selection: { Image|endswith: '\\invented.exe' }
    filter: { User: nobody }
    condition: selection and not filter
";

    fn event(image: &str, user: &str) -> Event {
        let fields = [("Image", image), ("User", user)];
        Event { fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into() }
    }

    #[test]
    fn every_engine_finds_what_the_rule_says() {
        let rules = [Rule { name: "invented.yml".to_owned(), text: RULE.to_owned() }];
        let events = [event(r"C:\Invented.exe", "somebody"), event(r"C:\invented.exe", "nobody"), event("", "")];
        for engine in all() {
            let name = engine.describe().name;
            let parsed = engine.parse(&rules).expect(name);
            let mut loaded = parsed.load().expect(name);
            loaded.prepare(&events).expect(name);
            assert_eq!(loaded.rules(), 1, "{name}");
            let Some(ids) = loaded.rule_ids(0) else { continue };
            assert_eq!(ids, ["00000000-0000-4000-8000-000000000001"], "{name}");
            assert_eq!([0, 1, 2].map(|event| loaded.evaluate(event)), [1, 0, 0], "{name}");
            assert_eq!(loaded.evaluate_all(events.len()), 1, "{name}");
        }
    }

    #[test]
    fn engines_are_chosen_by_name() {
        let names = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            named(&texts).map(|engines| engines.len()).ok()
        };
        assert_eq!(names(&[]), Some(usual().len()));
        assert_eq!(names(&["regex set"]), Some(1));
        assert_eq!(names(&["scan floor"]), Some(1));
        assert_eq!(names(&["scan floor", "no such engine"]), None);
    }
}
