//! Names of linked functions, as short as rustdoc's items allow.

/// `<channel_file::view::Views<channel_file::view::TypeView> as core::iter::Iterator>::next` becomes
/// `<Views as Iterator>::next`: without modules, without what the type and the function are generic over.
pub(super) fn short(symbol: &str) -> String {
    let name = without_modules(symbol);
    let Some(rest) = name.strip_prefix('<') else {
        return without_generics(&name).to_owned();
    };
    let Some((inner, function)) = split_at_close(rest) else { return name };
    let (of_type, of_trait) = match inner.split_once(" as ") {
        Some((of_type, of_trait)) if is_balanced(of_type) => (of_type, format!(" as {of_trait}")),
        _ => (inner, String::new()),
    };
    let of_type = if of_type.starts_with(['(', '[', '&']) { of_type } else { until(of_type, "<") };
    format!("<{of_type}{of_trait}>{}", without_generics(function))
}

fn without_modules(symbol: &str) -> String {
    let mut name = String::new();
    let mut begin = 0_usize;
    let mut rest = symbol;
    while let Some(character) = rest.chars().next() {
        let is_module = rest.starts_with("::") && begin < name.len() && names_follow(rest);
        let skipped = if is_module { 2 } else { character.len_utf8() };
        if is_module {
            name.truncate(begin);
        } else {
            name.push(character);
            if !is_of_word(character) {
                begin = name.len();
            }
        }
        rest = rest.get(skipped..).unwrap_or_default();
    }
    name
}

fn names_follow(separator: &str) -> bool {
    separator.chars().nth(2).is_some_and(is_of_word)
}

fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// What is before the bracket that closes, and what is behind it.
fn split_at_close(text: &str) -> Option<(&str, &str)> {
    let ends = text.match_indices('>').filter(|(at, _)| !text.get(..*at).is_some_and(|before| before.ends_with('-')));
    let end = ends.map(|(at, _)| at).find(|at| text.get(..*at).is_some_and(is_balanced))?;
    Some((text.get(..end)?, text.get(end..)?.strip_prefix('>')?))
}

fn is_balanced(text: &str) -> bool {
    text.matches('<').count() == text.replace("->", "").matches('>').count()
}

fn without_generics(function: &str) -> &str {
    until(function, "::<")
}

fn until<'t>(text: &'t str, end: &str) -> &'t str {
    text.split_once(end).map_or(text, |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn names_are_without_modules_and_generics() {
        for (symbol, name) in [
            ("channel_file::template::glob::glob_form", "glob_form"),
            ("channel_file::channel_file::encode::encode_into::<&mut [u8]>", "encode_into"),
            ("<channel_file::wire::header::Header>::peek", "<Header>::peek"),
            ("<a::Views<a::TypeView> as core::iter::traits::iterator::Iterator>::next", "<Views as Iterator>::next"),
            ("<a::Views<b::TypeView>>::get", "<Views>::get"),
            (
                "<(core::net::IpAddr, u8) as core::convert::From<a::IpNetwork>>::from",
                "<(IpAddr, u8) as From<IpNetwork>>::from",
            ),
            ("<a::Slot as core::hash::Hash>::hash::<&mut dyn core::hash::Hasher>", "<Slot as Hash>::hash"),
        ] {
            assert_eq!(short(symbol), name);
        }
    }
}
