//! Text with wildcards, and the modifiers that write it in another way: dashes, UTF-16, base64, placeholders.

use std::collections::BTreeMap;

use crate::excerpt::quoted;
use crate::pattern::escape_glob;

/// A part of a text with wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Bytes, since encodings need not leave UTF-8.
    Literal(Vec<u8>),
    /// `*`
    AnyRun,
    /// `?`
    AnyOne,
}

/// Which UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Utf16 {
    LittleEndian,
    BigEndian,
    /// Little-endian after a byte order mark.
    LittleEndianWithMark,
}

/// The parts of a text as its author wrote it: a backslash before `*`, `?` or `\` takes its meaning away, before any
/// other character it stands for itself.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let wildcard = match character {
            '*' => Part::AnyRun,
            '?' => Part::AnyOne,
            '\\' => {
                literal.push(characters.next_if(|next| matches!(next, '*' | '?' | '\\')).unwrap_or('\\'));
                continue;
            }
            other => {
                literal.push(other);
                continue;
            }
        };
        if !literal.is_empty() {
            parts.push(Part::Literal(std::mem::take(&mut literal).into_bytes()));
        }
        parts.push(wildcard);
    }
    if !literal.is_empty() {
        parts.push(Part::Literal(literal.into_bytes()));
    }
    parts
}

/// The bytes of the literals.
pub(super) fn literal_bytes(parts: &[Part]) -> usize {
    let lengths = parts.iter().map(|part| match part {
        Part::Literal(literal) => literal.len(),
        Part::AnyRun | Part::AnyOne => 0,
    });
    lengths.fold(0, usize::saturating_add)
}

/// Bytes in memory.
pub(super) fn size(parts: &[Part]) -> usize {
    literal_bytes(parts).saturating_add(size_of_val(parts))
}

/// The parts as one text for [`glob`](crate::pattern::glob).
///
/// # Errors
///
/// A message if an encoding left bytes that are no UTF-8.
pub(super) fn glob_text(parts: &[Part]) -> Result<String, String> {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::AnyRun => text.push('*'),
            Part::AnyOne => text.push('?'),
            Part::Literal(bytes) => escape_glob(
                std::str::from_utf8(bytes).map_err(|_| {
                    "the encoded value is no UTF-8 text; encode it further, with `base64` or `base64offset`".to_owned()
                })?,
                &mut text,
            ),
        }
    }
    Ok(text)
}

/// What a dash of a Windows command line may be written as.
const DASHES: [char; 5] = ['-', '/', '\u{2013}', '\u{2014}', '\u{2015}'];

/// How many texts [`with_dashes`] gives; `None` beyond what can be counted.
pub(super) fn dash_count(parts: &[Part]) -> Option<usize> {
    let dashes = parts.iter().map(|part| match part {
        Part::Literal(bytes) => dash_places(&String::from_utf8_lossy(bytes)).count(),
        _ => 0,
    });
    let dashes = dashes.fold(0, usize::saturating_add);
    DASHES.len().checked_pow(u32::try_from(dashes).ok()?)
}

/// Each `-` or `/` that begins a word after a place where none ends, written in every way, each place by itself.
///
/// Ask [`dash_count`] first: the number of texts is exponential.
///
/// # Errors
///
/// A message if the text is no UTF-8 any more.
pub(super) fn with_dashes(parts: Vec<Part>) -> Result<Vec<Vec<Part>>, String> {
    let mut texts: Vec<Vec<Part>> = vec![Vec::with_capacity(parts.len())];
    for part in parts {
        let Part::Literal(bytes) = part else {
            texts.iter_mut().for_each(|text| text.push(part.clone()));
            continue;
        };
        let literal = String::from_utf8(bytes).map_err(|_| "`windash` goes before encodings".to_owned())?;
        let places: Vec<usize> = dash_places(&literal).collect();
        let mut written = vec![String::with_capacity(literal.len())];
        for (place, character) in literal.char_indices() {
            if places.binary_search(&place).is_ok() {
                written = combine(written, DASHES.as_slice(), |text, dash| text.push(*dash));
            } else {
                written.iter_mut().for_each(|text| text.push(character));
            }
        }
        texts = combine(texts, &written, |text, literal| text.push(Part::Literal(literal.clone().into_bytes())));
    }
    Ok(texts)
}

/// Byte positions where the regular expression `\B[-/]\b` matches.
fn dash_places(text: &str) -> impl Iterator<Item = usize> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (place, character) = characters.next()?;
            let no_word_ends = !before.replace(character).is_some_and(is_word);
            let word_begins = characters.peek().is_some_and(|(_, next)| is_word(*next));
            if matches!(character, '-' | '/') && no_word_ends && word_begins {
                return Some(place);
            }
        }
    })
}

/// The literals in UTF-16; wildcards stay.
///
/// # Errors
///
/// A message if the text is no UTF-8 any more.
pub(super) fn utf16(parts: Vec<Part>, encoding: Utf16) -> Result<Vec<Part>, String> {
    let mut encoded = Vec::with_capacity(parts.len().saturating_add(1));
    if encoding == Utf16::LittleEndianWithMark {
        encoded.push(Part::Literal(vec![0xff, 0xfe]));
    }
    for part in parts {
        let Part::Literal(bytes) = part else {
            encoded.push(part);
            continue;
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| "a text is encoded in UTF-16 once".to_owned())?;
        let units = text.encode_utf16().flat_map(|unit| match encoding {
            Utf16::BigEndian => unit.to_be_bytes(),
            Utf16::LittleEndian | Utf16::LittleEndianWithMark => unit.to_le_bytes(),
        });
        encoded.push(Part::Literal(units.collect()));
    }
    Ok(encoded)
}

/// Base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    let (groups, rest) = bytes.as_chunks::<3>();
    let mut text = String::new();
    for [a, b, c] in groups {
        digits(&mut text, [*a, *b, *c], 4);
    }
    match rest {
        [a] => {
            digits(&mut text, [*a, 0, 0], 2);
            text.push_str("==");
        }
        [a, b] => {
            digits(&mut text, [*a, *b, 0], 3);
            text.push('=');
        }
        _ => {}
    }
    text
}

/// What base64 of any text that contains the bytes contains in turn: three texts, one for each place in a group of
/// three bytes, without the digits that hold bits of other bytes.
pub(super) fn base64_at_offsets(bytes: &[u8]) -> [String; 3] {
    [0, 1, 2].map(|offset: usize| {
        let mut shifted = vec![b' '; offset];
        shifted.extend_from_slice(bytes);
        let text = base64(&shifted);
        let front: usize = match offset {
            0 => 0,
            1 => 2,
            _ => 3,
        };
        let back = match shifted.len().checked_rem(3) {
            Some(1) => 3,
            Some(2) => 2,
            _ => 0,
        };
        text.get(front..text.len().saturating_sub(back)).unwrap_or_default().to_owned()
    })
}

fn digits(text: &mut String, [a, b, c]: [u8; 3], count: usize) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let word = u32::from_be_bytes([0, a, b, c]);
    for shift in [18, 12, 6, 0_u32].into_iter().take(count) {
        let digit = usize::try_from((word >> shift) & 63).unwrap_or_default();
        text.push(char::from(ALPHABET.get(digit).copied().unwrap_or_default()));
    }
}

/// Each placeholder (`%name%`) replaced by each of its values: at most `most` texts of at most `most_bytes` together. A
/// text without placeholder stays as it is.
///
/// # Errors
///
/// A message for a placeholder without values, and beyond these bounds.
pub(super) fn with_placeholders(
    parts: Vec<Part>,
    values: &BTreeMap<String, Vec<String>>,
    most: usize,
    most_bytes: usize,
) -> Result<Vec<Vec<Part>>, String> {
    let too_long = || format!("the placeholders stand for more than {most_bytes} bytes");
    let mut texts: Vec<Vec<Part>> = vec![Vec::new()];
    // What the texts have in memory together; counted before anything is copied.
    let mut total = 0_usize;
    for part in parts {
        let Part::Literal(literal) = part else {
            total = grown(total, texts.len(), size_of::<Part>(), most_bytes).ok_or_else(too_long)?;
            texts.iter_mut().for_each(|text| text.push(part.clone()));
            continue;
        };
        let literal = String::from_utf8(literal).map_err(|_| "`expand` goes before encodings".to_owned())?;
        let mut rest = literal.as_str();
        while let Some((before, name, after)) = next_placeholder(rest) {
            let known = values.get(name).filter(|values| !values.is_empty());
            let known =
                known.ok_or_else(|| format!("the placeholder {} has no values", quoted(&format!("%{name}%"))))?;
            if texts.len().checked_mul(known.len()).is_none_or(|count| count > most) {
                return Err(format!("the placeholders stand for more than {most} patterns"));
            }
            let known: Vec<_> = known.iter().map(|value| self::parts(value)).collect();
            let between = before.len().saturating_add(size_of::<Part>());
            let of_each = known.iter().map(|value| size(value).saturating_add(between)).fold(0, usize::saturating_add);
            let copied = total.saturating_mul(known.len());
            total = grown(copied, texts.len(), of_each, most_bytes).ok_or_else(too_long)?;
            texts = combine(texts, &known, |text, value| {
                if !before.is_empty() {
                    text.push(Part::Literal(before.into()));
                }
                text.extend_from_slice(value);
            });
            rest = after;
        }
        if !rest.is_empty() {
            let length = rest.len().saturating_add(size_of::<Part>());
            total = grown(total, texts.len(), length, most_bytes).ok_or_else(too_long)?;
            texts.iter_mut().for_each(|text| text.push(Part::Literal(rest.into())));
        }
    }
    Ok(texts)
}

/// The total with so many additions of so many bytes each, unless that is more than the most.
fn grown(total: usize, count: usize, each: usize, most: usize) -> Option<usize> {
    count.checked_mul(each)?.checked_add(total).filter(|total| *total <= most)
}

/// The first `%name%`, and what is before and after it.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0_usize;
    loop {
        let begin = from.saturating_add(text.get(from..)?.find('%')?);
        let inner = begin.saturating_add(1);
        let end = inner.saturating_add(text.get(inner..)?.find('%')?);
        let name = text.get(inner..end)?;
        if !name.is_empty() && !name.contains('\\') {
            return Some((text.get(..begin)?, name, text.get(end.saturating_add(1)..)?));
        }
        from = end;
    }
}

/// Each of the texts with each of the additions.
fn combine<T: Clone, A>(mut texts: Vec<T>, additions: &[A], mut add: impl FnMut(&mut T, &A)) -> Vec<T> {
    if let [only] = additions {
        texts.iter_mut().for_each(|text| add(text, only));
        return texts;
    }
    let mut combined = Vec::with_capacity(texts.len().saturating_mul(additions.len()));
    for text in &texts {
        for addition in additions {
            let mut text = text.clone();
            add(&mut text, addition);
            combined.push(text);
        }
    }
    combined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Part {
        Part::Literal(text.into())
    }

    #[test]
    fn backslashes_escape_wildcards_alone() {
        assert_eq!(parts(r"C:\Win*\a?"), [literal(r"C:\Win"), Part::AnyRun, literal(r"\a"), Part::AnyOne]);
        assert_eq!(parts(r"\*\?\\*"), [literal(r"*?\"), Part::AnyRun]);
        assert_eq!(parts(r"end\"), [literal(r"end\")]);
        assert_eq!(parts(""), []);
    }

    #[test]
    fn dashes_before_words_vary() {
        let places = |text: &str| dash_places(text).collect::<Vec<_>>();
        assert_eq!(places("-param-name"), [0]);
        assert_eq!(places(" -a /b a-b a/b - --c"), [1, 4, 18]);
        assert_eq!(places("-é -_ -."), [0, 4]);
        assert_eq!(dash_count(&parts("-a -b*-c")), Some(125));
        assert_eq!(with_dashes(parts("-a -b")).unwrap().len(), 25);
        assert_eq!(dash_count(&parts(&" -a".repeat(100))), None);
        let texts: Vec<String> =
            with_dashes(parts("-a*")).unwrap().iter().map(|parts| glob_text(parts).unwrap()).collect();
        assert_eq!(texts, ["-a*", "/a*", "–a*", "—a*", "―a*"]);
    }

    #[test]
    fn base64_is_that_of_everyone() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
        assert_eq!(base64_at_offsets(b"/bin/sh"), ["L2Jpbi9za", "9iaW4vc2", "vYmluL3No"]);
        for bytes in [b"http://".as_slice(), "http://".as_bytes(), "ä€".as_bytes(), b"x", b"xy"] {
            for (offset, part) in base64_at_offsets(bytes).iter().enumerate() {
                let mut whole = vec![b'#'; offset];
                whole.extend_from_slice(bytes);
                whole.extend_from_slice(b"###");
                assert!(base64(&whole).contains(part), "{bytes:?} {offset}");
            }
        }
    }

    #[test]
    fn utf16_comes_in_three_ways() {
        let of = |encoding| utf16(parts("a*"), encoding).unwrap();
        assert_eq!(of(Utf16::LittleEndian), [Part::Literal(vec![b'a', 0]), Part::AnyRun]);
        assert_eq!(of(Utf16::BigEndian), [Part::Literal(vec![0, b'a']), Part::AnyRun]);
        assert_eq!(of(Utf16::LittleEndianWithMark)[0], Part::Literal(vec![0xff, 0xfe]));
        assert!(utf16(of(Utf16::LittleEndianWithMark), Utf16::BigEndian).is_err());
    }

    #[test]
    fn placeholders_are_replaced_or_named() {
        let values = BTreeMap::from([("user".to_owned(), vec!["ann".to_owned(), "b*".to_owned()])]);
        let expand = |text, room| with_placeholders(parts(text), &values, room, 1_000);
        let texts: Vec<String> =
            expand(r"%user%\100%", 9).unwrap().iter().map(|parts| glob_text(parts).unwrap()).collect();
        assert_eq!(texts, [r"ann\\100%", r"b*\\100%"]);
        assert!(expand("%user%%user%", 3).unwrap_err().contains("more than 3"));
        for name in ["%other%", "%admin-users%", "%a b%", "%%é.x%", r"%a\%b%"] {
            let last = name.split(['%', '\\']).rfind(|name| !name.is_empty()).unwrap();
            assert!(expand(name, 9).unwrap_err().contains(&format!("'%{last}%'")), "{name}");
        }
        assert_eq!(expand(r"a%b\c%", 9).unwrap(), [[literal(r"a%b\c%")]]);
        assert_eq!(expand("plain", 9).unwrap(), [[literal("plain")]]);
        let long = format!("%user%{}", "a".repeat(1_000));
        assert!(expand(&long, 9).unwrap_err().contains("1000 bytes"));
    }
}
