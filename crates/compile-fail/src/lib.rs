//! Declarations and inputs that do not compile are in `tests/cases`.
#![forbid(unsafe_code)]
