//! Plots as SVG, in as few lines as they take.

use crate::campaign::state::{Point, Record};
use crate::figures::{real, short};
use crate::fuzzing::gates::NAMES;

const WIDTH: f64 = 280.0;
const HEIGHT: f64 = 130.0;
const MARGIN: f64 = 24.0;
const COLUMNS: usize = 3;

/// Edges over processor time, a panel a target.
pub(crate) fn edges(records: &[(&str, &Record)]) -> String {
    let panels = records.iter().map(|(name, record)| {
        let most_seconds = record.cpu_seconds.max(1.0);
        let most_edges = real(record.edges).max(1.0);
        let place = |point: &Point| {
            let x = MARGIN + (WIDTH - 2.0 * MARGIN) * point.cpu_seconds / most_seconds;
            let y = HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * real(point.edges) / most_edges;
            format!("{x:.1},{y:.1}")
        };
        let points: Vec<String> = std::iter::once(&Point::default()).chain(&record.points).map(place).collect();
        format!(
            "{}<polyline points=\"{}\" fill=\"none\" stroke=\"#2563a8\" stroke-width=\"1.5\"/>{}{}",
            text(MARGIN, 15.0, "start", name),
            points.join(" "),
            text(WIDTH - MARGIN, 15.0, "end", &format!("{} edges", record.edges)),
            text(WIDTH - MARGIN, HEIGHT - 8.0, "end", &format!("{} CPU s", short(record.cpu_seconds))),
        ) + &axis()
    });
    grid(&panels.collect::<Vec<_>>())
}

/// The share of inputs that passed each gate, a panel a target.
pub(crate) fn gates(records: &[(&str, &Record)]) -> String {
    let panels = records.iter().map(|(name, record)| {
        let mut panel = text(MARGIN, 15.0, "start", name);
        let mut y = 24.0;
        for gate in NAMES {
            let percent = record.gates.percent(gate);
            let width = (WIDTH - 130.0) * percent / 100.0;
            panel.push_str(&text(90.0, y + 11.0, "end", gate));
            panel.push_str(&format!(
                "<rect x=\"95\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"14\" fill=\"#2563a8\"/>"
            ));
            panel.push_str(&text(99.0 + width, y + 11.0, "start", &format!("{percent:.0}%")));
            y += 20.0;
        }
        panel
    });
    grid(&panels.collect::<Vec<_>>())
}

fn axis() -> String {
    let (left, right, bottom, top) = (MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN, MARGIN);
    format!("<path d=\"M{left} {top}V{bottom}H{right}\" fill=\"none\" stroke=\"#999\"/>")
}

fn text(x: f64, y: f64, anchor: &str, text: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>")
}

fn grid(panels: &[String]) -> String {
    let (mut drawn, mut x, mut y, mut column) = (String::new(), 0.0, 0.0, 0_usize);
    for panel in panels {
        if column == COLUMNS {
            (x, y, column) = (0.0, y + HEIGHT, 0);
        }
        drawn.push_str(&format!("<g transform=\"translate({x:.0} {y:.0})\">{panel}</g>\n"));
        (x, column) = (x + WIDTH, column.saturating_add(1));
    }
    let width = WIDTH * 3.0;
    let height = y + HEIGHT;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{drawn}</svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_rise_with_what_was_reached() {
        let points = vec![
            Point { cpu_seconds: 5.0, executions: 10, edges: 50 },
            Point { cpu_seconds: 10.0, executions: 20, edges: 100 },
        ];
        let record = Record { cpu_seconds: 10.0, edges: 100, points, ..Record::default() };
        let svg = edges(&[("open", &record)]);
        assert!(svg.contains("points=\"24.0,106.0 140.0,65.0 256.0,24.0\""), "{svg}");
        assert!(svg.ends_with("</svg>\n"));
    }
}
