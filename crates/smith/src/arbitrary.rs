//! Generated content for `arbitrary`, and so for `cargo fuzz` and whatever else speaks it.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use crate::choices::Choices;
use crate::content::Generated;

impl<'a> Arbitrary<'a> for Generated<'static> {
    fn arbitrary(input: &mut Unstructured<'a>) -> Result<Self> {
        let length = input.len();
        Generated::new(&mut Choices::of(input.bytes(length)?)).map_err(|_| Error::IncorrectFormat)
    }

    fn size_hint(_: usize) -> (usize, Option<usize>) {
        (0, None)
    }
}
