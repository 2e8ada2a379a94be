//! Several measurements of one thing.

use serde::Serialize;

/// The middle and the ends of several measurements.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) lowest: f64,
    pub(crate) highest: f64,
}

impl Spread {
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
        let last = values.len().saturating_sub(1);
        Self { median: f64::midpoint(at(last / 2), at(last.div_ceil(2))), lowest: at(0), highest: at(last) }
    }
}

/// Three digits that count.
pub(crate) fn short(number: f64) -> String {
    match number {
        0.0 => "0".to_owned(),
        small if small < 10.0 => format!("{small:.2}"),
        middle if middle < 100.0 => format!("{middle:.1}"),
        large => format!("{large:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_middles() {
        assert_eq!(Spread::of(vec![3.0, 1.0, 9.0]).median, 3.0);
        let even = Spread::of(vec![4.0, 1.0, 9.0, 2.0]);
        assert_eq!((even.median, even.lowest, even.highest), (3.0, 1.0, 9.0));
    }
}
