//! What each target begins with: small, invented, one for each thing that there is. Made anew by
//! `BLESS=1 cargo test --package channel-file-fuzz-bodies --test folders`.

use std::collections::{BTreeMap, BTreeSet};

use channel_file::template::{Content, Rule, RuleBuilder};
use channel_file::{decode, encode};
use channel_file_content::decompile;
use channel_file_smith::{Choices, Generated};

use crate::target::{Input, Target};

/// Contents by chance for each target.
const GENERATED: u64 = 12;

/// The seeds of a target, by name.
#[must_use]
pub fn seeds(target: &Target) -> BTreeMap<String, Vec<u8>> {
    let mut seeds = all(target.input);
    seeds.retain(|_, bytes| bytes.len() <= target.most_bytes);
    seeds
}

/// Files of nearly 64 KiB, to measure with: rules as smith makes them, as many as there is room for.
#[must_use]
pub fn large() -> BTreeMap<String, Vec<u8>> {
    (0..4).map(|number| (format!("large-{number}"), large_file(1000 * number))).collect()
}

fn large_file(first_seed: u64) -> Vec<u8> {
    const MOST_BYTES: usize = 1 << 16;
    let first = Generated::new(&mut Choices::seeded(first_seed)).expect("smith makes valid content");
    let types: Vec<_> = first.types.iter().map(|declared| declared.declaration()).collect();
    let mut builder = Content::builder(0, 1);
    let mut keys = BTreeSet::new();
    let mut file = Vec::new();
    for seed in first_seed.. {
        let made = Generated::for_types(&mut Choices::seeded(seed), &types).expect("smith makes valid content");
        for declared in made.content.types() {
            if keys.insert(declared.key()) {
                builder = builder.template_type(declared.clone());
            }
        }
        for rule in made.content.rules() {
            let another = Rule::builder(format!("{}-{seed}", rule.id())).title(rule.title());
            let another = rule.instances().iter().cloned().fold(another, RuleBuilder::instance);
            builder = builder.rule(another.build().expect("its instances were in a rule before"));
        }
        let larger = builder.clone().build().and_then(|content| encode(&content)).expect("all of it was valid before");
        if larger.len() > MOST_BYTES {
            break;
        }
        file = larger;
    }
    file
}

fn all(input: Input) -> BTreeMap<String, Vec<u8>> {
    match input {
        Input::Bytes => {
            let invalid = channel_file_corpus::invalid().expect("it is made of valid files");
            let invalid = invalid.into_iter().map(|file| (format!("invalid-{}", file.name), file.bytes));
            files().chain(invalid.step_by(5)).collect()
        }
        Input::File => files().collect(),
        Input::Choices => (0..2 * GENERATED).map(choices).collect(),
        Input::Text => texts(),
    }
}

fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
    let valid = channel_file_corpus::valid().expect("it is made of valid content");
    let valid = valid.into_iter().map(|file| (format!("valid-{}", file.name), file.bytes));
    let generated = (0..GENERATED).map(|seed| (format!("generated-{seed}"), generated(seed)));
    valid.chain(generated).filter(|(_, bytes)| bytes.len() <= 4096)
}

fn generated(seed: u64) -> Vec<u8> {
    let made = Generated::new(&mut Choices::seeded(seed)).and_then(|made| made.bytes());
    made.expect("smith makes valid content")
}

/// From none at all to enough for some dozen instances.
fn choices(number: u64) -> (String, Vec<u8>) {
    let mut chance = Choices::seeded(number);
    let length = usize::try_from(number * number * 4).expect("it is small");
    let bytes = (0..length).map(|_| u8::try_from(chance.below(256)).expect("it is below 256"));
    (format!("choices-{number:02}"), bytes.collect())
}

fn texts() -> BTreeMap<String, Vec<u8>> {
    let named = |(name, bytes): (String, Vec<u8>)| {
        let content = decode(&bytes).expect("it is valid");
        (format!("{name}.yaml"), decompile(&content).into_bytes())
    };
    let sigma = SIGMA.iter().map(|(name, text)| (format!("sigma-{name}.yaml"), text.as_bytes().to_vec()));
    files().map(named).chain(sigma).filter(|(_, text)| text.len() <= 4096).collect()
}

/// Invented rules, each with something that the importer treats on its own.
const SIGMA: &[(&str, &str)] = &[
    (
        "modifiers",
        "title: Invented\nid: 00000000-0000-4000-8000-000000000001\nlogsource:\n  product: windows\n  category: process_creation\n\
         detection:\n  one:\n    Image|endswith: '\\invented.exe'\n    CommandLine|contains|all:\n      - ' -one'\n      - ' -two'\n  \
         condition: one\nlevel: high\n",
    ),
    (
        "condition",
        "title: Invented\nid: 00000000-0000-4000-8000-000000000002\nlogsource:\n  product: windows\n  category: process_creation\n\
         detection:\n  one:\n    Image: '*\\a?b*.exe'\n  two:\n    - User|re: '^[a-z]+$'\n    - User: null\n  filter_one:\n    \
         ProcessId|gte: 7\n  condition: (1 of one* or all of two) and not 1 of filter_*\nlevel: low\n",
    ),
    (
        "values",
        "title: Invented\nid: 00000000-0000-4000-8000-000000000003\nlogsource:\n  product: windows\n  category: network_connection\n\
         detection:\n  one:\n    DestinationIp|cidr:\n      - 192.0.2.0/24\n      - 2001:db8::/32\n    DestinationPort: [80, 443]\n    \
         Image|cased|startswith: C:\\\n    Initiated: 'true'\n  condition: one\nlevel: medium\n",
    ),
    (
        "encoded",
        "title: Invented\nid: 00000000-0000-4000-8000-000000000004\nlogsource:\n  product: windows\n  category: process_creation\n\
         detection:\n  one:\n    CommandLine|wide|base64offset|contains: invented\n  two:\n    CommandLine|windash|contains: ' -x'\n  \
         keywords:\n    - invented\n  condition: one or two\nlevel: critical\n",
    ),
];
