//! The stages, each in its file. A further one is two lines here: its module, and its place in the order.

mod bare_metal;
mod clippy;
mod corpus;
mod docs;
mod features;
mod fmt;
mod fuzz;
mod growth;
mod instructions;
mod kaitai;
mod lints;
mod no_panic;
mod no_std;
mod package;
mod peers;
mod proof;
mod public_api;
mod rustdoc;
mod test;

use crate::outcome::Stage;

pub(crate) use self::instructions::{Counted, count_all};
pub(crate) use self::peers::cargo as cargo_of_peers;
pub(crate) use self::test::count_passed;

/// Every stage, in the order of the gate: what fails fast and often comes first.
pub(crate) const STAGES: &[Stage] = &[
    fmt::STAGE,
    clippy::STAGE,
    lints::STAGE,
    corpus::STAGE,
    test::STAGE,
    fuzz::STAGE,
    kaitai::STAGE,
    features::STAGE,
    no_std::STAGE,
    no_panic::STAGE,
    growth::STAGE,
    instructions::STAGE,
    docs::STAGE,
    public_api::STAGE,
    package::STAGE,
    peers::STAGE,
];
