//! Globs and regular expressions.

use channel_file::template::Operator::{Glob, Regex};

use super::{Row, exactly, ignoring, on_text};

pub(crate) fn globs() -> Vec<Row> {
    vec![
        on_text(
            exactly(Glob, "a*b"),
            &[b"ab", b"axb", b"aabb", b"a\nb", b"a\xFFb", b"abab"],
            &[b"", b"a", b"b", b"xab", b"abx", b"aB"],
        ),
        on_text(ignoring(Glob, "a*b"), &[b"AB", b"axB"], &[b"aba", b"\xC3"]),
        on_text(
            exactly(Glob, "?"),
            &[b"a", "é".as_bytes(), "日".as_bytes(), "\u{10400}".as_bytes(), b"\xFF", b"\x80", b"\n", b"?"],
            &[b"", b"ab", b"\xC3\xFF", b"\xE2\x84", b"\xF0\x90\x90", "e\u{301}".as_bytes(), b"\xED\xA0\x80"],
        ),
        on_text(exactly(Glob, "??"), &[b"ab", "日本".as_bytes(), b"\xE2\x84", b"a\xC3"], &["日".as_bytes(), b"a"]),
        on_text(exactly(Glob, "???"), &[b"\xED\xA0\x80", b"\xF0\x90\x90"], &[b"\xE2\x84\xAA", b"\xC3\xA4"]),
        on_text(exactly(Glob, "?*"), &[b"a", b"ab", b"\xFF"], &[b""]),
        on_text(
            exactly(Glob, "*a?"),
            &[b"ab", b"aab", b"xa\xFF", "aé".as_bytes()],
            &[b"a", b"b", b"abb", b"a\xC3\xC3"],
        ),
        on_text(exactly(Glob, "a?*c"), &[b"abc", b"abbc", b"accc"], &[b"ac", b"abcd"]),
        on_text(exactly(Glob, "*ab*ab*"), &[b"abab", b"xabyabz"], &[b"ab", b"aba", b"aabb"]),
        on_text(exactly(Glob, "a*ab"), &[b"aab", b"aabab"], &[b"ab", b"aaba"]),
        on_text(exactly(Glob, "aa*aa"), &[b"aaaa", b"aaaaa"], &[b"aaa", b"aa"]),
        on_text(exactly(Glob, r"\*?\?"), &[b"*a?", b"**?", b"*??"], &[b"xa?", b"*a!", b"\\*a?"]),
        on_text(exactly(Glob, r"C:\\?\\*.exe"), &[br"C:\a\b.exe", br"C:\a\.exe"], &[br"C:\ab\b.exe", b"C:\\\\a.exe"]),
        on_text(ignoring(Glob, "Ä?ß*"), &["ääß".as_bytes(), "äxßß".as_bytes()], &["ääẞ".as_bytes(), "äß".as_bytes()]),
        on_text(ignoring(Glob, "?k"), &["\u{212A}K".as_bytes(), b"\xFFk"], &["x\u{212A}".as_bytes(), b"k"]),
        // The first stop is not always the right one.
        on_text(exactly(Glob, "*a*b?c"), &[b"aabxbbc", b"abbc"], &[b"abc", b"aabxxc"]),
    ]
}

pub(crate) fn expressions() -> Vec<Row> {
    vec![
        // Searched for anywhere.
        on_text(exactly(Regex, "ab+c"), &[b"abc", b"xabbbcx", b"\xFFabc\xFF"], &[b"", b"ac", b"aBc", b"ab\xFFc"]),
        on_text(ignoring(Regex, "ab+c"), &[b"ABC", b"xaBbc"], &[b"ac"]),
        // After many places where it nearly is.
        on_text(
            exactly(Regex, "Администратор"),
            &["АдминАдминАдминАдминистратор".as_bytes(), "ÄÄÄАдминАдминАдминАдминАдминистратор".as_bytes()],
            &["АдминАдминАдминАдмин".as_bytes(), "администратор".as_bytes()],
        ),
        on_text(exactly(Regex, "^ab"), &[b"ab", b"abx"], &[b"xab", b"\nab"]),
        on_text(exactly(Regex, "ab$"), &[b"ab", b"xab"], &[b"abx", b"ab\n", b"ab\r\n"]),
        on_text(exactly(Regex, "(?m)^ab$"), &[b"ab", b"x\nab\ny"], &[b"x\nabx", b"x ab"]),
        on_text(exactly(Regex, "^$"), &[b""], &[b"a", b"\n"]),
        on_text(exactly(Regex, "a*"), &[b"", b"b", b"aaa", b"\xFF"], &[]),
        // One character, no line feed, no stray byte.
        on_text(
            exactly(Regex, "^.$"),
            &[b"a", "日".as_bytes(), b"\r", b"\0"],
            &[b"", b"\n", b"\xFF", b"ab", b"\xE2\x84", b"\xED\xA0\x80"],
        ),
        on_text(exactly(Regex, "(?s)^.$"), &[b"a", b"\n"], &[b"\xFF", b"\xC3"]),
        on_text(exactly(Regex, "a.b"), &["aéb".as_bytes()], &[b"a\xFFb", b"a\nb", b"a\xC3b"]),
        on_text(exactly(Regex, "a.*b"), &[b"ab", b"xaxxb", b"a\xFFab"], &[b"a\nb", b"a\xFFb"]),
        on_text(exactly(Regex, "^[^a]$"), &[b"b", "é".as_bytes(), b"\n"], &[b"a", b"\xFF", b""]),
        on_text(exactly(Regex, r"^\W$"), &[b" ", b"\n"], &[b"\xFF", "é".as_bytes(), b"_"]),
        on_text(exactly(Regex, r"(?-u:\xFF)"), &[b"a\xFFb", b"\xFF"], &["\u{FF}".as_bytes(), b"a"]),
        on_text(exactly(Regex, r"(?-u:\x84)"), &["Ä".as_bytes(), b"\x84"], &["ä".as_bytes()]),
        on_text(exactly(Regex, r"\xFF"), &["\u{FF}".as_bytes()], &[b"\xFF"]),
        // Words are those of Unicode.
        on_text(
            exactly(Regex, r"\bab\b"),
            &[b"ab", b"x ab!", b"\xFFab\xFF", "日 ab".as_bytes(), b"-ab-"],
            &[b"abc", "éab".as_bytes(), "abд".as_bytes(), b"_ab", "日ab".as_bytes()],
        ),
        on_text(exactly(Regex, r"\bд"), &["д".as_bytes(), "a д".as_bytes(), b"\xFF\xD0\xB4"], &["ад".as_bytes()]),
        on_text(exactly(Regex, r"ab\B"), &[b"abc", "abé".as_bytes(), "ab日".as_bytes()], &[b"ab", b"ab ", b"cab!"]),
        on_text(exactly(Regex, r"(?-u:\b)ab"), &[b"ab", "éab".as_bytes()], &[b"xab"]),
        on_text(exactly(Regex, r"^\w\d\s$"), &["é٣\u{A0}".as_bytes(), b"a1 "], &[b"-1 ", b"aa "]),
        on_text(exactly(Regex, r"\p{Cyrillic}"), &["x д".as_bytes()], &["é".as_bytes(), b"a"]),
        // The engine's case folding, which is not that of texts.
        on_text(ignoring(Regex, "^k$"), &[b"k", b"K", "\u{212A}".as_bytes()], &[b"x"]),
        on_text(ignoring(Regex, "^\u{212A}$"), &[b"k", b"K", "\u{212A}".as_bytes()], &[b"x"]),
        on_text(ignoring(Regex, "^s$"), &["\u{17F}".as_bytes(), b"S"], &["ß".as_bytes()]),
        on_text(ignoring(Regex, "^ß$"), &["\u{1E9E}".as_bytes(), "ß".as_bytes()], &[b"ss", b"SS"]),
        on_text(ignoring(Regex, "^σ$"), &["ς".as_bytes(), "Σ".as_bytes()], &[b"s"]),
        on_text(ignoring(Regex, "^i$"), &[b"I"], &["\u{130}".as_bytes(), "\u{131}".as_bytes()]),
        on_text(ignoring(Regex, "^\u{2C65}$"), &["\u{23A}".as_bytes()], &[b"a"]),
        on_text(ignoring(Regex, "(?-i)ab"), &[b"ab"], &[b"AB", b"Ab"]),
        on_text(exactly(Regex, "(?i)ab"), &[b"ab", b"AB"], &[b"a"]),
        on_text(exactly(Regex, "(?i:a)b"), &[b"ab", b"Ab"], &[b"aB", b"AB"]),
        // Where many ways lead nowhere.
        on_text(
            exactly(Regex, "^(?:a|aa)+$"),
            &[b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
            &[b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", b""],
        ),
        on_text(exactly(Regex, "(?:a|b)*a(?:a|b){9}$"), &[b"babbbbbbbbb"], &[b"bbbbbbbbbbbb", b"abbbbbbbb"]),
    ]
}
