//! The primitives that touch bytes, as `nom` parsers. `nom` composes them; its own slice primitives are not used, because
//! a compiler cannot see that their bounds hold.

use nom::IResult;
use nom::error::{ErrorKind, ParseError};

use crate::error::{Error, ErrorCode};

/// What is left to read, and where in the file it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'a> {
    pub(super) rest: &'a [u8],
    pub(super) offset: u64,
}

/// What the file should have gone on with.
#[derive(Debug)]
pub(super) struct Short {
    expected: u64,
    found: u64,
}

impl<'a> ParseError<Input<'a>> for Short {
    fn from_error_kind(input: Input<'a>, _: ErrorKind) -> Self {
        Self { expected: input.offset, found: input.offset }
    }

    fn append(_: Input<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

impl From<nom::Err<Short>> for Error {
    #[cold]
    fn from(error: nom::Err<Short>) -> Self {
        match error {
            nom::Err::Error(short) | nom::Err::Failure(short) => {
                Self::new(ErrorCode::Truncated, short.expected, short.found).at(short.found)
            }
            nom::Err::Incomplete(_) => Self::new(ErrorCode::Truncated, 0, 0),
        }
    }
}

pub(super) type Parsed<'a, T> = IResult<Input<'a>, T, Short>;

/// Takes `N` bytes.
pub(super) fn array<const N: usize>(input: Input<'_>) -> Parsed<'_, [u8; N]> {
    match input.rest.split_first_chunk::<N>() {
        Some((taken, rest)) => Ok((Input { rest, offset: input.offset.saturating_add(super::count(N)) }, *taken)),
        None => Err(nom::Err::Error(Short {
            expected: input.offset.saturating_add(super::count(N)),
            found: input.offset.saturating_add(super::count(input.rest.len())),
        })),
    }
}

pub(super) fn byte(input: Input<'_>) -> Parsed<'_, u8> {
    let (input, [byte]) = array::<1>(input)?;
    Ok((input, byte))
}

pub(super) fn u16(input: Input<'_>) -> Parsed<'_, u16> {
    let (input, bytes) = array::<2>(input)?;
    Ok((input, u16::from_le_bytes(bytes)))
}

pub(super) fn u32(input: Input<'_>) -> Parsed<'_, u32> {
    let (input, bytes) = array::<4>(input)?;
    Ok((input, u32::from_le_bytes(bytes)))
}

pub(super) fn u64(input: Input<'_>) -> Parsed<'_, u64> {
    let (input, bytes) = array::<8>(input)?;
    Ok((input, u64::from_le_bytes(bytes)))
}
