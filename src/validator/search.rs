//! Making values: one that meets some criteria on a field and fails others, or the proof that there is none.
//!
//! Numbers, addresses and truth values are found at the borders of what patterns ask for, and texts by searching for the
//! shortest way through automata of all patterns that matter. Whatever is found, the interpreter confirms.

mod alphabet;
mod clash;
mod expression;
mod guess;
mod literal;
mod look;
mod machine;
mod points;
mod solve;
mod symbol;
mod text;
mod texts;

pub(super) use self::solve::{Constraint, Effort, Probe, Problem, Target};
pub(super) use self::texts::Machines;

/// The state from which nothing leads on, and the distance from there.
const DEAD: u32 = u32::MAX;

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found<T> {
    Value(T),
    /// There is none, which is proved.
    Impossible,
    /// None was found, which proves nothing.
    GivenUp,
}

impl<T> Found<T> {
    pub(super) fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }
}
