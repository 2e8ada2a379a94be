//! A column whose values are handed out in the order of the document: who needs one that is not there refuses, and so does the
//! reader when some are left over.

use crate::refusal::{Chapter, Refusal};

const CHAPTER: Chapter = Chapter("3. Sections");

pub(crate) struct Supply<T> {
    column: &'static str,
    values: std::vec::IntoIter<T>,
}

impl<T> Supply<T> {
    pub(crate) fn new(column: &'static str, values: Vec<T>) -> Self {
        Supply { column, values: values.into_iter() }
    }

    pub(crate) fn next(&mut self) -> Result<T, Refusal> {
        CHAPTER.some(self.values.next(), "a column has fewer rows than the content needs")
    }

    pub(crate) fn finish(mut self) -> Result<(), Refusal> {
        match self.values.next() {
            None => Ok(()),
            Some(_) => Err(Refusal { chapter: self.column, reason: "a column has more rows than the content needs" }),
        }
    }
}
