//! The extras. A further one is two lines here: its module, and its place in the help.

mod coverage;
mod miri;
mod stack;

use crate::outcome::{Extra, Failure};
use crate::{bench, campaign, crash};

/// Every extra, in the order of the help.
pub(crate) const EXTRAS: &[Extra] =
    &[bench::EXTRA, campaign::EXTRA, crash::EXTRA, stack::EXTRA, miri::EXTRA, coverage::EXTRA];

/// Demands that no argument follows.
fn no_arguments(name: &str, arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        [] => Ok(()),
        [first, ..] => Err(Failure::unjudged(format!("`{name}` takes no argument `{first}`"))),
    }
}
