//! A column whose values are handed out in the order of the document: who needs one that is not there refuses, and so does the
//! reader when some are left over.

use crate::refusal::{Chapter, Refusal};

pub(crate) struct Supply<T> {
    column: Chapter,
    values: std::vec::IntoIter<T>,
}

impl<T> Supply<T> {
    pub(crate) fn new(column: &'static str, values: Vec<T>) -> Self {
        Supply { column: Chapter(column), values: values.into_iter() }
    }

    pub(crate) fn next(&mut self) -> Result<T, Refusal> {
        self.column.some(self.values.next(), "fewer rows than the content needs")
    }

    pub(crate) fn finish(mut self) -> Result<(), Refusal> {
        self.column.demand(self.values.next().is_none(), "more rows than the content needs")
    }
}
