//! What is asked of a field, and a value that fits.

use alloc::vec::Vec;

use super::texts::Machines;
use super::{Found, guess, points};
use crate::counted::counted;
use crate::template::{FieldKind, Operator, OwnedValue, PatternRef, Value};
use crate::wire::index;

/// As many numbers, addresses and truth values are tried.
const MOST_POINTS: usize = 20_000;

/// One criterion on the field.
#[derive(Clone, Debug)]
pub(in super::super) struct Constraint<'f> {
    /// Whether one of the patterns must be met; else none may be.
    pub(in super::super) is_any_of: bool,
    /// The patterns; `None` for one that cannot be met as things are.
    pub(in super::super) patterns: Vec<Option<PatternRef<'f>>>,
}

/// All criteria on a field.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Problem<'p, 'f> {
    pub(in super::super) kind: FieldKind,
    pub(in super::super) constraints: &'p [Constraint<'f>],
    pub(in super::super) effort: Effort,
}

/// How much may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Effort {
    /// What is not found at once is given up.
    Least,
    /// What is not found soon is given up.
    Quick,
    Thorough,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Target {
    /// A value that meets all constraints.
    All,
    /// One that meets this pattern of this constraint, no other of it, and all other constraints.
    Through(usize, u32),
    /// The same, and other patterns of the constraint may be met too.
    AmongOthers(usize, u32),
    /// One that fails this constraint and meets all others.
    Miss(usize),
}

/// What must be true of the patterns of one constraint.
pub(super) enum Wish {
    One,
    None,
    This(u32),
    ThisAlone(u32),
}

/// Says which patterns of a constraint a value meets.
pub(in super::super) trait Probe {
    fn met(&mut self, constraint: usize, value: Value<'_>) -> Vec<u32>;
}

impl<F: FnMut(usize, Value<'_>) -> Vec<u32>> Probe for F {
    fn met(&mut self, constraint: usize, value: Value<'_>) -> Vec<u32> {
        self(constraint, value)
    }
}

impl<'f> Problem<'_, 'f> {
    /// A value that fits, confirmed by the probe.
    pub(in super::super) fn solve(
        &self,
        target: Target,
        machines: &mut Machines<'f>,
        probe: &mut dyn Probe,
    ) -> Found<OwnedValue> {
        if let Some(value) = self.first_of(self.guesses(target), target, probe) {
            return Found::Value(value);
        }
        let mut is_proof = true;
        let points = self.points(target);
        if points.len() > MOST_POINTS {
            is_proof = false;
        }
        // Where only a number or an address will do, and none of each sort does, no text does however it is written.
        let mut contradicts = self.demands_point(target);
        for point in points.into_iter().take(MOST_POINTS) {
            if self.fits(target, point.as_ref(), probe) {
                return Found::Value(point);
            }
            contradicts = contradicts && !self.fits_as_point(target, point.as_ref(), probe);
        }
        if matches!(self.kind, FieldKind::Text | FieldKind::Bytes) {
            if !(is_proof && contradicts) {
                match self.text(target, machines, probe) {
                    Found::Value(value) => return Found::Value(value),
                    Found::Impossible => {}
                    Found::GivenUp => is_proof = false,
                }
            }
            let empty =
                if self.kind == FieldKind::Text { OwnedValue::Text(Vec::new()) } else { OwnedValue::Bytes(Vec::new()) };
            if self.fits(target, empty.as_ref(), probe) {
                return Found::Value(empty);
            }
        }
        if self.fits(target, Value::Absent, probe) {
            return Found::Value(OwnedValue::Absent);
        }
        if is_proof { Found::Impossible } else { Found::GivenUp }
    }

    /// The first of some values that is what is looked for.
    pub(in super::super) fn first_of(
        &self,
        values: impl IntoIterator<Item = OwnedValue>,
        target: Target,
        probe: &mut dyn Probe,
    ) -> Option<OwnedValue> {
        values.into_iter().find(|value| self.fits(target, value.as_ref(), probe))
    }

    /// Whether a value is what is looked for.
    pub(super) fn fits(&self, target: Target, value: Value<'_>, probe: &mut dyn Probe) -> bool {
        counted(0_usize, self.constraints).all(|(number, constraint)| {
            let met = probe.met(number, value);
            match target.wish(number, constraint) {
                Wish::One => !met.is_empty(),
                Wish::None => met.is_empty(),
                Wish::This(pattern) => met.contains(&pattern),
                Wish::ThisAlone(pattern) => met == [pattern],
            }
        })
    }

    /// Whether some constraint is met by numbers and addresses alone, when the value is there.
    fn demands_point(&self, target: Target) -> bool {
        counted(0_usize, self.constraints).any(|(number, constraint)| match target.wish(number, constraint) {
            Wish::None => false,
            Wish::One => constraint.is_of_points(),
            Wish::This(pattern) | Wish::ThisAlone(pattern) => constraint.has_point(pattern),
        })
    }

    /// Whether a number or an address is what is looked for, as far as patterns go that ask for numbers and addresses.
    fn fits_as_point(&self, target: Target, value: Value<'_>, probe: &mut dyn Probe) -> bool {
        counted(0_usize, self.constraints).all(|(number, constraint)| {
            let met: Vec<u32> =
                probe.met(number, value).into_iter().filter(|pattern| constraint.has_point(*pattern)).collect();
            match target.wish(number, constraint) {
                Wish::One => !constraint.is_of_points() || !met.is_empty(),
                Wish::None => met.is_empty(),
                Wish::This(pattern) => !constraint.has_point(pattern) || met.contains(&pattern),
                Wish::ThisAlone(pattern) => {
                    let others = met.iter().any(|other| *other != pattern);
                    !others && (!constraint.has_point(pattern) || met.contains(&pattern))
                }
            }
        })
    }

    /// What is likely to fit: what the pattern asks for that is looked for, and a text with something of each constraint.
    fn guesses(&self, target: Target) -> Vec<OwnedValue> {
        let mut guesses = Vec::new();
        let mut asked = Vec::new();
        for (number, constraint) in counted(0_usize, self.constraints) {
            match target.wish(number, constraint) {
                Wish::None => {}
                Wish::One => asked.extend(constraint.patterns.iter().flatten().take(1).copied()),
                Wish::This(pattern) | Wish::ThisAlone(pattern) => {
                    let Some(pattern) = constraint.pattern(pattern) else { continue };
                    guesses.extend(guess::of_pattern(self.kind, pattern));
                    asked.push(pattern);
                }
            }
        }
        guesses.extend(guess::of_all(self.kind, &asked));
        guesses
    }

    /// Numbers and the like that may fit; none on text, unless a number or an address is asked for.
    fn points(&self, target: Target) -> Vec<OwnedValue> {
        let asks = |(number, constraint): (usize, &Constraint<'_>)| match target.wish(number, constraint) {
            Wish::None => false,
            Wish::One => constraint.patterns.iter().flatten().any(points::is_point),
            Wish::This(pattern) | Wish::ThisAlone(pattern) => {
                constraint.pattern(pattern).is_some_and(|pattern| points::is_point(&pattern))
            }
        };
        let is_text = matches!(self.kind, FieldKind::Text | FieldKind::Bytes);
        if is_text && !counted(0_usize, self.constraints).any(asks) {
            return Vec::new();
        }
        points::values(
            self.kind,
            self.constraints.iter().flat_map(|constraint| constraint.patterns.iter().flatten().copied()),
        )
    }
}

impl<'f> Constraint<'f> {
    /// Whether the pattern asks for a number or an address.
    fn has_point(&self, pattern: u32) -> bool {
        self.pattern(pattern).is_some_and(|pattern| points::is_point(&pattern))
    }

    /// Whether all of the patterns do, but for those that no text with a character meets.
    fn is_of_points(&self) -> bool {
        let is_of = |pattern: &PatternRef<'_>| {
            points::is_point(pattern) || matches!(pattern.operator(), Operator::Absent | Operator::Empty)
        };
        self.patterns.iter().flatten().all(is_of)
    }

    pub(super) fn pattern(&self, pattern: u32) -> Option<PatternRef<'f>> {
        self.patterns.get(index(pattern)).copied().flatten()
    }
}

impl Target {
    pub(super) const fn constraint(self) -> Option<usize> {
        match self {
            Self::All => None,
            Self::Through(own, _) | Self::AmongOthers(own, _) | Self::Miss(own) => Some(own),
        }
    }

    /// The same among some of the constraints, that of the target included.
    pub(super) fn within(self, numbers: &[usize]) -> Self {
        let place = |own: usize| numbers.iter().position(|number| *number == own).unwrap_or(usize::MAX);
        match self {
            Self::All => Self::All,
            Self::Through(own, pattern) => Self::Through(place(own), pattern),
            Self::AmongOthers(own, pattern) => Self::AmongOthers(place(own), pattern),
            Self::Miss(own) => Self::Miss(place(own)),
        }
    }

    pub(super) fn wish(self, number: usize, constraint: &Constraint<'_>) -> Wish {
        match self {
            Self::Through(own, pattern) if own == number => Wish::ThisAlone(pattern),
            Self::AmongOthers(own, pattern) if own == number => Wish::This(pattern),
            Self::Miss(own) if own == number => {
                if constraint.is_any_of {
                    Wish::None
                } else {
                    Wish::One
                }
            }
            _ if constraint.is_any_of => Wish::One,
            _ => Wish::None,
        }
    }
}
