//! An analysis as a short summary for the terminal; the JSON has everything.

use plumbline_core::{
    body::sample::Neutral,
    drill::RepetitionOutcome,
    lean::{
        band::{OwnReference, VALID_STEPS},
        reading::LeanClass,
    },
    pod::site::Site,
    session::{
        analysis::{PodFacts, RunAnalysis},
        from_start::without_neutral,
    },
    words::{Value, Words},
};

use super::{gap_lines, quantities, text::wrap};
use crate::{
    language::{Language, clock},
    terminal::Paint,
};

/// Seconds; a neutral that spans more was merged from several stands, as the core keeps at most this much of one.
const LONGEST_STAND_S: f64 = 15.0;
/// Seconds without a class worth a sentence, as in the report of a session. Ours.
const LONG_NOT_SURE_S: f64 = 30.0;
/// Columns of a sentence.
const WIDTH: usize = 74;

/// The summary.
pub(crate) fn page(analysis: &RunAnalysis, own: OwnReference, language: Language, paint: Paint) -> String {
    let mut lines: Vec<String> = analysis.pods.iter().map(|pod| pod_line(pod, language)).collect();
    lines.push(neutral(analysis.calibration, language));
    lines.push(language.steps(analysis.steps.len(), analysis.summary.steady_steps));
    lines.extend(minutes(analysis, language, paint));
    lines.extend(numbers(analysis, language, paint));
    lines.extend(launches(analysis, language));
    lines.extend(gaps(analysis, language, paint));
    lines.extend(untold(analysis, own, language, paint));
    lines.join("\n")
}

/// The standing pose, and when it was taken.
fn neutral(neutral: Option<Neutral>, language: Language) -> String {
    let titles = language.titles();
    let Some(neutral) = neutral else {
        return titles.no_neutral.to_string();
    };
    let stands = if neutral.end_s - neutral.start_s > LONGEST_STAND_S {
        format!(" {}", titles.several_stands)
    } else {
        String::new()
    };
    format!(
        "{}{stands}: {} – {} s, ±{}°",
        titles.neutral,
        language.number(neutral.start_s, 1),
        language.number(neutral.end_s, 1),
        language.number(neutral.spread_deg, 1)
    )
}

/// Why windows got no class, and what would help.
fn untold(analysis: &RunAnalysis, own: OwnReference, language: Language, paint: Paint) -> Vec<String> {
    let (titles, words) = (language.titles(), Words::new(language.tag()));
    let mut reasons = Vec::new();
    if analysis.calibration.is_none() {
        reasons.push(without_neutral(analysis.lean_change_deg, &words));
    }
    let absent = Site::LEAN
        .into_iter()
        .filter(|site| analysis.pods.iter().all(|pod| pod.site != *site));
    reasons.extend(absent.map(|site| {
        words.text(if site == Site::Chest {
            "untold-no-chest"
        } else {
            "untold-no-pelvis"
        })
    }));
    let steps = analysis.summary.steady_steps;
    if steps > 0 && steps < VALID_STEPS {
        reasons.push(words.format("untold-few-steps", &[("steps", Value::Count(u64::from(steps)))]));
    }
    if own.band_deg.is_none() && !analysis.windows.is_empty() {
        reasons.push(titles.give_band.to_string());
    }
    let not_sure_s = seconds_of(analysis, LeanClass::NotSure);
    if own.band_deg.is_some() && not_sure_s >= LONG_NOT_SURE_S {
        let minutes = Value::Decimal(not_sure_s / 60.0, 1);
        reasons.push(words.format("untold-not-sure", &[("minutes", minutes)]));
    }
    let lines = reasons.iter().flat_map(|reason| {
        let marks = std::iter::once("- ").chain(std::iter::repeat("  "));
        marks
            .zip(wrap(reason, WIDTH))
            .map(|(mark, line)| format!("  {mark}{line}"))
    });
    let heading = (!reasons.is_empty()).then(|| format!("\n{}", paint.bold(titles.untold)));
    heading.into_iter().chain(lines).collect()
}

/// The means over the steady steps, each with its interval.
fn numbers(analysis: &RunAnalysis, language: Language, paint: Paint) -> Vec<String> {
    if analysis.summary.steady_steps == 0 {
        return Vec::new();
    }
    let known = quantities(&analysis.summary, language)
        .into_iter()
        .filter_map(|quantity| {
            let estimate = quantity.estimate?;
            let mean = language.number(estimate.mean, quantity.decimals);
            let range = language.range(estimate.ci90, quantity.decimals);
            Some(format!(
                "  {:<24} {mean:>8} {:<10} ({range})",
                quantity.name, quantity.unit
            ))
        });
    let heading = format!("\n{}", paint.bold(language.titles().numbers));
    std::iter::once(heading).chain(known).collect()
}

fn launches(analysis: &RunAnalysis, language: Language) -> Option<String> {
    let titles = language.titles();
    let outcomes = analysis.launches.iter().map(|launch| launch.outcome);
    let passed = outcomes.filter(|outcome| *outcome == RepetitionOutcome::Passed);
    let (seen, passed) = (analysis.launches.len(), passed.count());
    (seen > 0).then(|| format!("\n{}: {seen} ({passed} {})", titles.launches, titles.passed))
}

fn gaps(analysis: &RunAnalysis, language: Language, paint: Paint) -> Vec<String> {
    if analysis.gaps.is_empty() {
        return Vec::new();
    }
    let heading = format!("\n{}", paint.bold(language.titles().gaps));
    let lines = gap_lines(&analysis.gaps, language).into_iter();
    std::iter::once(heading)
        .chain(lines.map(|line| format!("  {line}")))
        .collect()
}

fn pod_line(pod: &PodFacts, language: Language) -> String {
    let titles = language.titles();
    let gyro = if pod.has_gyro {
        titles.with_gyro
    } else {
        titles.without_gyro
    };
    let name = Words::new(language.tag()).text(pod.site.message());
    format!(
        "{name}: {} Hz, {gyro}, {} {}",
        language.number(pod.rate_hz, 1),
        pod.samples,
        titles.samples
    )
}

fn seconds_of(analysis: &RunAnalysis, class: LeanClass) -> f64 {
    let windows = analysis.windows.iter().filter(|window| window.class == class);
    windows.map(|window| window.end_s - window.start_s).sum()
}

fn minutes(analysis: &RunAnalysis, language: Language, paint: Paint) -> Vec<String> {
    let titles = language.titles();
    if analysis.windows.is_empty() {
        return vec![titles.no_running.to_string()];
    }
    let mut lines = vec![format!("\n{}", paint.bold(titles.minutes))];
    for class in LeanClass::ALL {
        let seconds = seconds_of(analysis, class);
        if seconds > 0.0 {
            // Padded before it is painted: escape codes have no width.
            let word = paint.class(class, &format!("{:<16}", titles.class(class)));
            lines.push(format!("  {word} {:>7}", clock(seconds)));
        }
    }
    lines
}
