//! What a run comes to.

use std::process::ExitCode;

use serde::Serialize;

/// What a run comes to; each verdict has its exit status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Verdict {
    /// Everything was judged and found good.
    #[default]
    Accepted,
    /// Something was judged and found wrong.
    Refused,
    /// Something could not be judged.
    CouldNotJudge,
}

impl Verdict {
    /// The verdict on two things together: one refusal is certain whatever else could not be judged.
    pub(crate) const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Refused, _) | (_, Self::Refused) => Self::Refused,
            (Self::CouldNotJudge, _) | (_, Self::CouldNotJudge) => Self::CouldNotJudge,
            (Self::Accepted, Self::Accepted) => Self::Accepted,
        }
    }

    /// The exit status.
    #[must_use]
    pub const fn status(self) -> u8 {
        match self {
            Self::Accepted => 0,
            Self::Refused => 1,
            Self::CouldNotJudge => 2,
        }
    }

    /// What people read.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::CouldNotJudge => "could not judge",
        }
    }
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        Self::from(verdict.status())
    }
}
