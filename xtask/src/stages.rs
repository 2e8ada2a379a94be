//! The stages, each in its file. A further one is two lines here: its module, and its place in the order.

mod bare_metal;
mod clippy;
mod corpus;
mod docs;
mod features;
mod fmt;
mod fuzz;
mod kaitai;
mod no_panic;
mod no_std;
mod package;
mod peers;
mod proof;
mod public_api;
mod test;

use crate::outcome::Stage;

/// Every stage, in the order of the gate: what fails fast and often comes first.
pub(crate) const STAGES: &[Stage] = &[
    fmt::STAGE,
    clippy::STAGE,
    corpus::STAGE,
    test::STAGE,
    fuzz::STAGE,
    kaitai::STAGE,
    features::STAGE,
    no_std::STAGE,
    no_panic::STAGE,
    docs::STAGE,
    public_api::STAGE,
    package::STAGE,
    peers::STAGE,
];
