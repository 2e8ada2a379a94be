//! What may name something.

/// Whether a text can name a type, a field or a rule, or serve as a title: no control characters (U+0000 to U+001F, U+007F).
///
/// Names end up on terminals and in logs; a line break or an escape there would say something else.
#[must_use]
pub fn is_name(text: &str) -> bool {
    // No early end: a loop without a branch on the data runs over many bytes at once.
    !text.bytes().fold(false, |found, byte| found | byte.is_ascii_control())
}
