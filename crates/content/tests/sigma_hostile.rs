//! The import takes any text without panicking, and says the same of the same text.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use channel_file_content::sigma::{self, Options};
use proptest::prelude::*;

#[path = "support/windows.rs"]
mod windows;

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
            let import = || sigma::import(&text, "", windows::library(), &Options::default());
            let (one, two) = (import(), import());
            prop_assert_eq!(one.rules, two.rules);
            prop_assert_eq!(one.refused, two.refused);
        }
    }

    #[test]
    fn any_text(text in ".{0,200}") {
        let _ = sigma::import(&text, "", windows::library(), &Options::default());
    }

    #[test]
    fn any_item(field in "(Image|User|)", modifiers in prop::collection::vec(prop::sample::select(WORDS), 0..3), value in ".{0,20}") {
        let modifiers: String = modifiers.into_iter().filter(|word| word.starts_with('|')).collect();
        let value = value.replace('\'', "''");
        let text = format!("title: a\nid: b\nlogsource:\n  category: pipe_created\ndetection:\n  s:\n    '{field}{modifiers}': '{value}'\n  condition: s\n");
        let _ = sigma::import(&text, "", windows::library(), &Options::default());
    }
}
