//! An analysis as a short summary for the terminal; the JSON has everything.

use plumbline_core::{
    drill::RepetitionOutcome,
    lean::reading::LeanClass,
    pod::site::Site,
    session::analysis::{PodFacts, RunAnalysis},
    words::Words,
};

use super::{gap_lines, quantities};
use crate::{
    language::{Language, clock},
    terminal::Paint,
};

/// The summary.
pub(crate) fn page(analysis: &RunAnalysis, language: Language, paint: Paint) -> String {
    let titles = language.titles();
    let mut lines: Vec<String> = analysis.pods.iter().map(|pod| pod_line(pod, language)).collect();
    lines.push(match analysis.calibration {
        Some(neutral) => format!(
            "{}: {} – {} s, ±{}°",
            titles.neutral,
            language.number(neutral.start_s, 1),
            language.number(neutral.end_s, 1),
            language.number(neutral.spread_deg, 1)
        ),
        None => titles.no_neutral.to_string(),
    });
    lines.push(format!(
        "{}: {} / {}",
        titles.steps,
        analysis.steps.len(),
        analysis.summary.steady_steps
    ));
    lines.extend(minutes(analysis, language, paint));
    if analysis.summary.steady_steps > 0 {
        lines.push(format!("\n{}", paint.bold(titles.numbers)));
        for quantity in quantities(&analysis.summary, language) {
            let Some(known) = quantity.estimate else { continue };
            let mean = language.number(known.mean, quantity.decimals);
            let range = language.range(known.ci90, quantity.decimals);
            lines.push(format!(
                "  {:<24} {mean:>8} {:<10} ({range})",
                quantity.name, quantity.unit
            ));
        }
    }
    if !analysis.launches.is_empty() {
        let passed = analysis
            .launches
            .iter()
            .filter(|launch| launch.outcome == RepetitionOutcome::Passed)
            .count();
        lines.push(format!(
            "\n{}: {} ({passed} {})",
            titles.launches,
            analysis.launches.len(),
            titles.passed
        ));
    }
    if !analysis.gaps.is_empty() {
        lines.push(format!("\n{}", paint.bold(titles.gaps)));
        lines.extend(
            gap_lines(&analysis.gaps, language)
                .into_iter()
                .map(|line| format!("  {line}")),
        );
    }
    lines.join("\n")
}

fn pod_line(pod: &PodFacts, language: Language) -> String {
    let titles = language.titles();
    let gyro = if pod.has_gyro {
        titles.with_gyro
    } else {
        titles.without_gyro
    };
    let name = Words::new(language.tag()).text(match pod.site {
        Site::Chest => "pod-chest",
        Site::Pelvis => "pod-pelvis",
    });
    format!(
        "{name}: {} Hz, {gyro}, {} {}",
        language.number(pod.rate_hz, 1),
        pod.samples,
        titles.samples
    )
}

fn minutes(analysis: &RunAnalysis, language: Language, paint: Paint) -> Vec<String> {
    let titles = language.titles();
    if analysis.windows.is_empty() {
        return vec![titles.no_running.to_string()];
    }
    let mut lines = vec![format!("\n{}", paint.bold(titles.minutes))];
    for class in LeanClass::ALL {
        let seconds: f64 = analysis
            .windows
            .iter()
            .filter(|window| window.class == class)
            .map(|window| window.end_s - window.start_s)
            .sum();
        if seconds > 0.0 {
            // Padded before it is painted: escape codes have no width.
            let word = paint.class(class, &format!("{:<16}", titles.class(class)));
            lines.push(format!("  {word} {:>7}", clock(seconds)));
        }
    }
    lines
}
