//! Small plots as SVG: points and lines over two axes.

use std::fmt::Write;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 84.0;
/// Told apart by eyes that see no red or no green (Okabe and Ito).
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#000000"];

/// How a series is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Points,
    Line,
    /// A thin grey line that is no data.
    Guide,
}

pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) mark: Mark,
    pub(crate) points: Vec<(f64, f64)>,
}

pub(crate) struct Plot {
    pub(crate) file: &'static str,
    pub(crate) title: &'static str,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) series: Vec<Series>,
}

/// What an axis shows, between which ends, with how many parts; names stand in the middle of the parts.
pub(crate) struct Axis {
    pub(crate) label: &'static str,
    pub(crate) ends: [f64; 2],
    pub(crate) parts: usize,
    pub(crate) names: &'static [&'static str],
}

impl Plot {
    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let share = |value: f64, [low, high]: [f64; 2]| ((value - low) / (high - low)).clamp(0.0, 1.0);
        let across = LEFT + share(x, self.x.ends) * (WIDTH - LEFT - RIGHT);
        (
            across,
            HEIGHT - BOTTOM - share(y, self.y.ends) * (HEIGHT - TOP - BOTTOM),
        )
    }

    pub(crate) fn svg(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n<title>{}</title>\n\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n",
            self.title
        );
        text(&mut svg, (LEFT, 24.0), "start", self.title);
        self.axes(&mut svg);
        let colours = COLOURS.iter().cycle();
        let data = self.series.iter().filter(|series| series.mark != Mark::Guide);
        for series in self.series.iter().filter(|series| series.mark == Mark::Guide) {
            self.line(&mut svg, &series.points, "#999999", 1.0);
        }
        for (k, (series, colour)) in data.zip(colours).enumerate() {
            self.draw(&mut svg, series, colour);
            let (across, down) = (
                LEFT + 190.0 * (k % 3) as f64,
                HEIGHT - 30.0 + 18.0 * (k / 3) as f64,
            );
            let _ = writeln!(
                svg,
                "<circle cx=\"{across:.1}\" cy=\"{down:.1}\" r=\"4\" fill=\"{colour}\"/>"
            );
            text(&mut svg, (across + 9.0, down + 4.0), "start", &series.name);
        }
        svg + "</svg>\n"
    }

    fn axes(&self, svg: &mut String) {
        let (x, y) = (&self.x, &self.y);
        for part in 0..=y.parts {
            let value = y.ends[0] + (y.ends[1] - y.ends[0]) * part as f64 / y.parts as f64;
            self.line(svg, &[(x.ends[0], value), (x.ends[1], value)], "#dddddd", 1.0);
            let (across, down) = self.at((x.ends[0], value));
            text(svg, (across - 6.0, down + 4.0), "end", &plain(value));
        }
        let named = !x.names.is_empty();
        for part in 0..x.parts + usize::from(!named) {
            let place = part as f64 + if named { 0.5 } else { 0.0 };
            let value = x.ends[0] + (x.ends[1] - x.ends[0]) * place / x.parts as f64;
            let (across, down) = self.at((value, y.ends[0]));
            let label = x
                .names
                .get(part)
                .map_or_else(|| plain(value), |name| (*name).to_owned());
            text(svg, (across, down + 16.0), "middle", &label);
        }
        text(
            svg,
            (0.5 * (LEFT + WIDTH - RIGHT), HEIGHT - BOTTOM + 34.0),
            "middle",
            x.label,
        );
        let middle = 0.5 * (TOP + HEIGHT - BOTTOM);
        let _ = writeln!(
            svg,
            "<text transform=\"translate(16 {middle:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            y.label
        );
    }

    fn draw(&self, svg: &mut String, series: &Series, colour: &str) {
        if series.mark == Mark::Line {
            self.line(svg, &series.points, colour, 2.0);
        }
        for point in &series.points {
            let (across, down) = self.at(*point);
            let _ = writeln!(
                svg,
                "<circle cx=\"{across:.1}\" cy=\"{down:.1}\" r=\"3\" fill=\"{colour}\" fill-opacity=\"0.7\"/>"
            );
        }
    }

    fn line(&self, svg: &mut String, points: &[(f64, f64)], colour: &str, width: f64) {
        let places = points.iter().map(|point| {
            let (across, down) = self.at(*point);
            format!("{across:.1},{down:.1}")
        });
        let places: Vec<String> = places.collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>",
            places.join(" ")
        );
    }
}

fn text(svg: &mut String, (across, down): (f64, f64), anchor: &str, words: &str) {
    let _ = writeln!(
        svg,
        "<text x=\"{across:.1}\" y=\"{down:.1}\" text-anchor=\"{anchor}\">{words}</text>"
    );
}

/// With as many digits as it has, at most two.
fn plain(value: f64) -> String {
    let hundredths = (value * 100.0).round() / 100.0;
    format!("{hundredths}")
}
