//! A sensor of the replay, in two releases. The template type is the same in both; the code that fills its inputs is not.

pub(crate) mod definition;
pub(crate) mod release_2024_02;
pub(crate) mod release_2024_08;
