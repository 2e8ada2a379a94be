//! Chapter 5: texts and byte strings.

use crate::bytes::{Cursor, count, index};
use crate::limits::{self, Limits};
use crate::refusal::{Chapter, Refusal};
use crate::supply::Supply;

const CHAPTER: Chapter = Chapter("5. Texts and byte strings");

/// All texts of a file, in its order.
pub(crate) fn texts(ends: &[u8], heap: &[u8]) -> Result<Supply<String>, Refusal> {
    let heap = CHAPTER.some(core::str::from_utf8(heap).ok(), "the text heap is no UTF-8")?;
    let mut start = 0;
    let mut texts = Vec::new();
    for end in Cursor::rows(ends, Cursor::u32) {
        // Also none where an end descends, leaves the heap or splits a character.
        let text = CHAPTER.some(heap.get(start..index(end)), "no end of a text")?;
        texts.push(text.to_owned());
        start = index(end);
    }
    CHAPTER.demand(start == heap.len(), "text after the last one")?;
    Ok(Supply::new("3. Sections, text-ends", texts))
}

/// All byte strings of a file, in its order.
pub(crate) fn byte_strings(ends: &[u8], heap: &[u8]) -> Result<Supply<Vec<u8>>, Refusal> {
    let mut start = 0;
    let mut strings = Vec::new();
    for end in Cursor::rows(ends, Cursor::u32) {
        let string = CHAPTER.some(heap.get(start..index(end)), "no end of a byte string")?;
        strings.push(string.to_owned());
        start = index(end);
    }
    CHAPTER.demand(start == heap.len(), "bytes after the last byte string")?;
    Ok(Supply::new("3. Sections, byte-ends", strings))
}

/// A name of a type or field, an id or a reference.
pub(crate) fn name(texts: &mut Supply<String>, limits: &Limits) -> Result<String, Refusal> {
    let name = title(texts, limits)?;
    CHAPTER.demand(!name.is_empty(), "a name without a character")?;
    Ok(name)
}

/// A title or author: a name that may be empty.
pub(crate) fn title(texts: &mut Supply<String>, limits: &Limits) -> Result<String, Refusal> {
    let title = texts.next()?;
    limits::keep(limits.name_bytes, count(title.len()), "too many name bytes")?;
    CHAPTER.demand(!title.bytes().any(|byte| byte < 0x20 || byte == 0x7f), "a name with a control character")?;
    Ok(title)
}
