//! Runs of neighbours that are alike.

/// What `chunk_by` gives, without a panic for the compiler to see: that one splits where it counted.
pub(crate) fn runs<T, F>(items: &[T], alike: F) -> impl Iterator<Item = &[T]> + Clone
where
    F: Fn(&T, &T) -> bool + Clone,
{
    let mut rest = items;
    core::iter::from_fn(move || {
        let further = rest.array_windows().take_while(|[one, two]| alike(one, two));
        let length = further.fold(1_usize, |length, _| length.saturating_add(1));
        let run;
        (run, rest) = rest.split_at_checked(length)?;
        Some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_those_of_chunk_by() {
        let all = [1, 1, 2, 1, 3, 3, 3, 4];
        for items in (0..=all.len()).map(|length| all.get(..length).unwrap_or_default()) {
            assert!(runs(items, |one, two| one == two).eq(items.chunk_by(|one, two| one == two)));
        }
    }
}
