//! Numbers for people.

use std::time::Duration;

/// The nearest number that a ratio can be made of.
pub(crate) fn real(number: u64) -> f64 {
    let half = |bits: u64| f64::from(u32::try_from(bits & u64::from(u32::MAX)).unwrap_or_default());
    half(number >> 32) * 4_294_967_296.0 + half(number)
}

/// To three digits or so: `999`, `1.2 k`, `34 M`.
pub(crate) fn short(number: f64) -> String {
    let scaled = [(1e9, " G"), (1e6, " M"), (1e3, " k")].into_iter().find(|(unit, _)| number >= *unit);
    let (number, unit) = scaled.map_or((number, ""), |(size, unit)| (number / size, unit));
    if number < 10.0 && !unit.is_empty() { format!("{number:.1}{unit}") } else { format!("{number:.0}{unit}") }
}

/// `42 s`, `3 min 20 s`, `2 h 5 min`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} min {} s", seconds % 60),
        _ => format!("{hours} h {} min", minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown = [7, 999, 1_000, 12_345, 1_234_567, 5_000_000_000].map(|number| short(real(number)));
        assert_eq!(shown, ["7", "999", "1.0 k", "12 k", "1.2 M", "5.0 G"]);
    }

    #[test]
    fn times_have_two_units_at_most() {
        let shown = [42, 200, 7_500].map(|seconds| duration(Duration::from_secs(seconds)));
        assert_eq!(shown, ["42 s", "3 min 20 s", "2 h 5 min"]);
    }
}
