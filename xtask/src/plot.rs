//! Plots as SVG, in as few lines as they take.

const WIDTH: f64 = 280.0;
const HEIGHT: f64 = 130.0;
const MARGIN: f64 = 24.0;
const COLUMNS: usize = 3;

/// About how wide one is.
const CHARACTER: f64 = 5.5;

/// In the order of their use.
const COLOURS: [&str; 3] = ["#2563a8", "#c2571a", "#3b8a3e"];

/// One of the pictures in a grid.
pub(crate) struct Panel {
    drawn: String,
    height: f64,
}

/// Along one side of a panel, from the lowest to the highest value.
pub(crate) struct Axis {
    low: f64,
    high: f64,
    is_logarithmic: bool,
    label: String,
}

impl Axis {
    /// From 0.
    pub(crate) const fn linear(high: f64, label: String) -> Self {
        Self { low: 0.0, high, is_logarithmic: false, label }
    }

    /// Both ends are above 0.
    pub(crate) const fn logarithmic(low: f64, high: f64, label: String) -> Self {
        Self { low, high, is_logarithmic: true, label }
    }

    /// How far along it a value is, as a share of it.
    fn share(&self, value: f64) -> f64 {
        if self.is_logarithmic {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }

    /// The powers of ten on a logarithmic one.
    fn marks(&self) -> Vec<f64> {
        let powers = (0..16_i32).map(|power| 10_f64.powi(power));
        powers.filter(|power| self.is_logarithmic && (self.low..=self.high).contains(power)).collect()
    }
}

/// A line through points.
pub(crate) struct Curve {
    /// Nothing where there is but one.
    pub(crate) name: String,
    pub(crate) points: Vec<(f64, f64)>,
    /// Drawn to compare with.
    pub(crate) is_dashed: bool,
}

/// Lines over two axes, each of which has something on it.
pub(crate) fn curves(title: &str, curves: &[Curve], x: &Axis, y: &Axis) -> Panel {
    let across = |value| MARGIN + (WIDTH - 2.0 * MARGIN) * x.share(value);
    let up = |value| HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * y.share(value);
    let mut drawn = text(MARGIN, 15.0, "start", title);
    let (left, right, bottom, top) = (MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN, MARGIN);
    let across_marks = x.marks().into_iter().map(|mark| format!("M{:.1} {top}V{bottom}", across(mark)));
    let marks: String =
        across_marks.chain(y.marks().into_iter().map(|mark| format!("M{left} {:.1}H{right}", up(mark)))).collect();
    if !marks.is_empty() {
        drawn.push_str(&format!("<path d=\"{marks}\" stroke=\"#e4e4e4\"/>"));
    }
    for (curve, (colour, row)) in curves.iter().zip(COLOURS.iter().cycle().zip(0_u32..)) {
        let points: Vec<String> =
            curve.points.iter().map(|(x, y)| format!("{:.1},{:.1}", across(*x), up(*y))).collect();
        let (colour, dashes) = if curve.is_dashed { (&"#999", " stroke-dasharray=\"3 3\"") } else { (colour, "") };
        drawn.push_str(&format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"{dashes}/>",
            points.join(" ")
        ));
        if !curve.name.is_empty() {
            let y = MARGIN + 10.0 + 12.0 * f64::from(row);
            drawn.push_str(&format!("<g fill=\"{colour}\">{}</g>", text(MARGIN + 4.0, y, "start", &curve.name)));
        }
    }
    drawn.push_str(&text(right, 15.0, "end", &y.label));
    drawn.push_str(&text(right, HEIGHT - 8.0, "end", &x.label));
    drawn.push_str(&format!("<path d=\"M{left} {top}V{bottom}H{right}\" fill=\"none\" stroke=\"#999\"/>"));
    Panel { drawn, height: HEIGHT }
}

/// One bar.
pub(crate) struct Bar {
    pub(crate) label: String,
    /// Of the longest that there may be.
    pub(crate) share: f64,
    /// What is written at its end.
    pub(crate) shown: String,
}

/// Bars below each other.
pub(crate) fn bars(title: &str, bars: &[Bar]) -> Panel {
    let mut drawn = text(MARGIN, 15.0, "start", title);
    let longest = bars.iter().filter_map(|bar| u32::try_from(bar.label.len()).ok()).max().unwrap_or_default();
    let left = f64::max(95.0, 8.0 + CHARACTER * f64::from(longest));
    let mut y = 24.0;
    for Bar { label, share, shown } in bars {
        let width = (WIDTH - left - 42.0) * share;
        drawn.push_str(&text(left - 5.0, y + 11.0, "end", label));
        drawn.push_str(&format!(
            "<rect x=\"{left:.0}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"14\" fill=\"{}\"/>",
            COLOURS[0]
        ));
        drawn.push_str(&text(left + 4.0 + width, y + 11.0, "start", shown));
        y += 20.0;
    }
    Panel { drawn, height: HEIGHT.max(y + 6.0) }
}

/// All of them in one picture.
pub(crate) fn grid(panels: &[Panel]) -> String {
    let row = panels.iter().fold(HEIGHT, |height, panel| height.max(panel.height));
    let (mut drawn, mut x, mut y, mut column) = (String::new(), 0.0, 0.0, 0_usize);
    for panel in panels {
        if column == COLUMNS {
            (x, y, column) = (0.0, y + row, 0);
        }
        drawn.push_str(&format!("<g transform=\"translate({x:.0} {y:.0})\">{}</g>\n", panel.drawn));
        (x, column) = (x + WIDTH, column.saturating_add(1));
    }
    let width = WIDTH * 3.0;
    let height = y + row;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{drawn}</svg>\n"
    )
}

fn text(x: f64, y: f64, anchor: &str, text: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(points: &[(f64, f64)]) -> Curve {
        Curve { name: String::new(), points: points.to_vec(), is_dashed: false }
    }

    #[test]
    fn lines_rise_with_what_they_show() {
        let (x, y) = (Axis::linear(10.0, "10 s".to_owned()), Axis::linear(100.0, "100 edges".to_owned()));
        let svg = grid(&[curves("open", &[curve(&[(0.0, 0.0), (5.0, 50.0), (10.0, 100.0)])], &x, &y)]);
        assert!(svg.contains("points=\"24.0,106.0 140.0,65.0 256.0,24.0\""), "{svg}");
        assert!(svg.ends_with("</svg>\n"));
    }

    #[test]
    fn a_power_is_a_straight_line_on_logarithmic_axes() {
        let axis = || Axis::logarithmic(1.0, 10_000.0, String::new());
        let svg =
            grid(&[curves("open", &[curve(&[(1.0, 1.0), (100.0, 100.0), (10_000.0, 10_000.0)])], &axis(), &axis())]);
        assert!(svg.contains("points=\"24.0,106.0 140.0,65.0 256.0,24.0\""), "{svg}");
    }
}
