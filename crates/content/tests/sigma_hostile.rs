//! The import takes any text without panicking, says the same of the same text, and ends in time.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::time::{Duration, Instant};

use channel_file_content::sigma::{self, Import, Options};
use proptest::prelude::*;

#[path = "support/rule.rs"]
mod rule;
#[path = "support/windows.rs"]
mod windows;

use self::rule::rule;

fn import(text: &str) -> Import {
    sigma::import(text, "", windows::library(), &Options::default())
}

const WORDS: &[&str] = &[
    "title: a\n",
    "id: b\n",
    "logsource:\n",
    "  category: process_creation\n",
    "  product: windows\n",
    "detection:\n",
    "  s:\n",
    "  t:\n",
    "    Image",
    "    User",
    "|contains",
    "|all",
    "|re",
    "|windash",
    "|base64offset",
    "|wide",
    "|cidr",
    "|gt",
    "|neq",
    "|fieldref",
    "|expand",
    "|exists",
    "|i",
    ": ",
    "'a*'",
    "null",
    "-5",
    "0x1F",
    "''",
    "[a, b]",
    "{a: b}",
    "'-a /b'",
    "\n",
    "      - 'x'\n",
    "  condition: ",
    "s",
    " and ",
    " or ",
    " not ",
    "1 of ",
    "all of ",
    "them",
    "(",
    ")",
    "|",
    "*",
    "&a ",
    "*a",
    "!!str ",
    "---\n",
    "# c\n",
    "\t",
    "\u{0}",
    "é",
    "\u{feff}",
    "%",
    "- ",
    "? ",
    "|-\n",
    ">\n",
];

proptest! {
    #[test]
    fn any_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        let head = "title: a\nid: b\nlogsource:\n  category: process_creation\ndetection:\n";
        for text in [words.concat(), format!("{head}{}", words.concat())] {
            let (one, two) = (import(&text), import(&text));
            prop_assert_eq!(one.rules, two.rules);
            prop_assert_eq!(one.refused, two.refused);
        }
    }

    #[test]
    fn any_text(text in ".{0,200}") {
        let _ = import(&text);
    }

    #[test]
    fn any_item(field in "(Image|User|)", modifiers in prop::collection::vec(prop::sample::select(WORDS), 0..3), value in ".{0,20}") {
        let modifiers: String = modifiers.into_iter().filter(|word| word.starts_with('|')).collect();
        let value = value.replace('\'', "''");
        let text = format!("title: a\nid: b\nlogsource:\n  category: pipe_created\ndetection:\n  s:\n    '{field}{modifiers}': '{value}'\n  condition: s\n");
        let _ = import(&text);
    }
}

/// What grows exponentially or with a square must be noticed, not computed.
#[test]
fn hostile_texts_end_in_time() {
    let begin = Instant::now();
    let many = |count: usize, each: &dyn Fn(usize) -> String| (0..count).map(each).collect::<String>();
    let product = many(60, &|index| format!("  s{index}:\n    - Image: a{index}\n    - User: b{index}\n"));
    let covered = many(2_000, &|index| {
        format!("  s{index}:\n    Image: a{index}\n    User: b{index}\n    Company: c{index}\n    Product: d{index}\n")
    });
    let listed = many(200_000, &|index| format!("      - 'value {index}'\n"));
    for (detection, part) in [
        (format!("{product}  condition: all of s*"), "alternatives"),
        (format!("{product}  condition: not 1 of s*"), ""),
        (format!("{product}  condition: {}", vec!["all of s*"; 500].join(" and ")), "alternatives"),
        (format!("{covered}  condition: 1 of s*"), ""),
        (format!("{covered}  condition: not 1 of s*"), "alternatives"),
        (format!("  s:\n    Image:\n{listed}  condition: s"), "limit is 16384"),
        (format!("  s:\n    Image|windash: '{}'\n  condition: s", " -a".repeat(1_000)), "limit for one rule"),
        (
            format!(
                "  s:\n    Image|windash|contains|all: [{}]\n  condition: s",
                vec!["' -a -b -c -d -e -f'"; 40].join(",")
            ),
            "limit for one rule",
        ),
        (format!("  s:\n    Image: '{}'\n  condition: s", "a".repeat(10_000)), "10000 bytes"),
        (
            format!("  s:\n    Image{}|base64: abcd\n  condition: s", "|wide".repeat(30)),
            "31 modifiers; the limit is 16",
        ),
        (format!("  s:\n    Image{}: abcd\n  condition: s", "|base64".repeat(75)), "75 modifiers; the limit is 16"),
        (format!("  s:\n    ? Image{}\n    : abcd\n  condition: s", "|contains".repeat(40_000)), "the limit is 16"),
        (
            format!("  s:\n    Image|base64: '{}'\n  condition: s", "a".repeat(1_000_000)),
            "1333336 bytes; the limit is 8192",
        ),
        (
            format!("  s:\n    Image|windash: ' -a -b -c -d -e -f -g{}'\n  condition: s", "x".repeat(1_000_000)),
            "too many bytes",
        ),
        (
            format!(
                "  s:\n    Image|windash: ['{}']\n  condition: s",
                vec![format!(" -a -b -c -d -e{}", "x".repeat(8_000)); 40].join("','")
            ),
            "too many bytes",
        ),
        (format!("  s:\n    Image|re: '{}'\n  condition: s", "(".repeat(100_000)), "regular expression"),
        (
            format!(
                "{}  condition: {}",
                many(200_000, &|index| format!("  d{index}: {{Image: a}}\n")),
                vec!["1 of d*"; 1_480].join(" or ")
            ),
            "200000 detections; the limit is 4096",
        ),
        (
            format!(
                "{}  condition: {}",
                many(4_096, &|index| format!("  d{index}: {{Image: a}}\n")),
                vec!["1 of d*"; 1_480].join(" or ")
            ),
            "more than 1048576",
        ),
        (
            format!("  s:\n    Image: x\n  condition: [{}]", vec!["s or s"; 3_000].join(", ")),
            "16386 bytes or more; the limit is 16384",
        ),
        (format!("  s:\n    Image: x\n  condition: {}s", "(".repeat(1_000_000)), "limit"),
        (format!("  s: {}", "[".repeat(1_000_000)), ""),
    ] {
        let text = rule("process_creation", &detection);
        let start = Instant::now();
        let import = import(&text);
        println!("{:?} for {} bytes", start.elapsed(), text.len());
        let problems = import.refused.iter().flat_map(|refused| &refused.diagnostics);
        let message = problems.map(|diagnostic| diagnostic.message.as_str()).next().unwrap_or_default();
        assert!(message.contains(part), "{}: {message}", &detection[detection.len() - 60..]);
    }
    for text in ["- ".repeat(2_000_000), "a: ".repeat(1_000_000), "---\n".repeat(1_000_000), "'".repeat(3_000_000)] {
        let start = Instant::now();
        let _ = import(&text);
        println!("{:?} for {} bytes", start.elapsed(), text.len());
    }
    assert!(!import(&" ".repeat(16_777_217)).refused.is_empty());
    println!("{:?}", begin.elapsed());
    assert!(begin.elapsed() < Duration::from_secs(120), "{:?}", begin.elapsed());
}
