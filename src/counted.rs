//! Counting along.

/// An unsigned number that counts up and stays at its end.
pub(crate) trait Count: Copy {
    /// The next number.
    fn next(self) -> Self;
}

macro_rules! count {
    ($($number:ty)+) => { $( impl Count for $number {
        #[inline]
        fn next(self) -> Self { self.saturating_add(1) }
    } )+ };
}
count! { u8 u16 u32 u64 usize }

/// The items with their numbers: `counted(first, items)`, without an overflow after the last number.
#[inline]
pub(crate) fn counted<N: Count, I: IntoIterator>(first: N, items: I) -> impl Iterator<Item = (N, I::Item)> {
    let mut number = first;
    items.into_iter().map(move |item| {
        let own = number;
        number = number.next();
        (own, item)
    })
}
