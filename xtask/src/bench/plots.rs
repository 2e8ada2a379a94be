//! What the plots of the report show.

use std::collections::{BTreeMap, BTreeSet};

use super::measured::Row;
use super::peers::{FIGURES, Formats};
use super::text::nanoseconds;
use crate::figures::{real, short};
use crate::plot::{Axis, Bar, Curve, Panel, bars, curves, grid};

/// Time over size, a panel an operation. What is in proportion is parallel to the dashed line.
pub(crate) fn time(rows: &[Row]) -> String {
    growth(rows, |row| row.nanoseconds, nanoseconds)
}

/// The same of the most memory at once.
pub(crate) fn memory(rows: &[Row]) -> String {
    growth(rows, |row| real(row.peak_bytes), |bytes| format!("{}B", short(bytes)))
}

fn growth(rows: &[Row], value: fn(&Row) -> f64, shown: fn(f64) -> String) -> String {
    let operations: BTreeSet<&str> = rows.iter().map(|row| row.operation.as_str()).collect();
    let panel = |operation: &str| {
        // What takes nothing has no place on a logarithmic axis.
        let own = rows.iter().filter(|row| row.operation == operation && value(row) > 0.0);
        panel(operation, &own.collect::<Vec<_>>(), value, shown)
    };
    grid(&operations.into_iter().filter_map(panel).collect::<Vec<_>>())
}

/// Nothing where there are no two points.
fn panel(operation: &str, rows: &[&Row], value: fn(&Row) -> f64, shown: fn(f64) -> String) -> Option<Panel> {
    let size = |row: &Row| real(row.size().0);
    let ends = |of: &dyn Fn(&Row) -> f64| {
        rows.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), row| (low.min(of(row)), high.max(of(row))))
    };
    let ((least, most), (low, high)) = (ends(&size), ends(&value));
    if least >= most {
        return None;
    }
    let mut kinds: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for row in rows {
        kinds.entry(row.kind()).or_default().push((size(row), value(row)));
    }
    let mut lines: Vec<Curve> =
        kinds.into_iter().map(|(kind, points)| Curve { name: kind.to_owned(), points, is_dashed: false }).collect();
    // It ends where the highest ends.
    let proportion = vec![(least, high * least / most), (most, high)];
    lines.push(Curve { name: String::new(), points: proportion, is_dashed: true });
    let units = rows.first()?.size().1;
    let x = Axis::logarithmic(least, most, format!("{} – {} {units}", short(least), short(most)));
    let y = Axis::logarithmic(low.min(high * least / most), high, format!("{} – {}", shown(low), shown(high)));
    Some(curves(operation, &lines, &x, &y))
}

/// Each figure of each format beside that of the first, a panel a figure and set.
pub(crate) fn formats(formats: &Formats) -> String {
    let mut panels = Vec::new();
    for set in &formats.sets {
        for (name, _, value) in FIGURES {
            let Some(first) = set.peers.first().map(value) else { continue };
            let ratios = set.peers.iter().map(|peer| (peer, value(peer) / first));
            let most = ratios.clone().fold(1.0, |most: f64, (_, ratio)| most.max(ratio));
            let bar = |(peer, ratio): (&super::peers::Format, f64)| Bar {
                label: peer.name.clone(),
                share: ratio / most,
                shown: format!("{ratio:.2}"),
            };
            panels.push(bars(&format!("{}: {name}", set.name), &ratios.map(bar).collect::<Vec<_>>()));
        }
        // The next set begins a row.
        panels.push(bars("", &[]));
    }
    grid(&panels)
}
