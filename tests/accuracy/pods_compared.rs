//! Real pods beside virtual and synthetic ones: do they look alike?

use std::sync::OnceLock;

use plumbline_core::{
    pod::{recording::Recording, site::Site},
    sim::population::{Runner, Timing},
};
use recordings::{
    biomac,
    body::{Plan, Posture},
    trials::hamner,
    waist::waist_recording,
};

use crate::{
    case::{Kind, Run, Worn},
    character::Character,
    plot::{Axis, Mark, Plot, Series},
    score::number,
    table::Table,
};

/// Synthetic runners drawn; those without a gyroscope or below 104 Hz are left out.
const SYNTHETIC: std::ops::Range<u64> = 8_000_000..8_000_040;

fn real() -> Vec<(String, Character)> {
    let names = ["D03", "D04"]
        .iter()
        .flat_map(|speed| (1..=4).map(move |k| format!("{speed}_SA0{k}_R01")));
    names
        .filter_map(|name| {
            let recording = waist_recording(&name)?;
            Some((name, Character::of(&recording, Site::Pelvis)?))
        })
        .collect()
}

fn virtual_pods(kind: Kind, site: Site) -> Vec<Character> {
    // The jogs are slow: so are the trials held against them.
    let slow = hamner()
        .into_iter()
        .filter(|named| named.name.ends_with('2') || named.name.ends_with('3'));
    slow.flat_map(|named| {
        (0..3).filter_map(move |seed| {
            let run = Run::record(&named, kind, Posture::default(), Plan::default(), seed);
            let [chest, pelvis] = run.worn(Worn::BOTH);
            let pod = if site == Site::Chest { chest } else { pelvis };
            Character::of(&pod?, site)
        })
    })
    .collect()
}

fn synthetic(site: Site) -> Vec<Character> {
    let runners = SYNTHETIC.map(|seed| Runner::draw(seed, Timing::FollowsTheForm));
    let fit = runners.filter(|runner| runner.scenario.rate_hz > 100.0);
    fit.filter_map(|runner| {
        let simulation = runner.simulate();
        let pod = simulation.pod(site)?;
        let recording = Recording {
            samples: pod.samples.clone(),
            rate_hz: runner.scenario.rate_hz,
            has_gyro: pod.setup.has_gyro,
            dropped: Vec::new(),
        };
        Character::of(&recording, site).filter(|_| pod.setup.has_gyro)
    })
    .collect()
}

type Pick = fn(&Character) -> Option<f64>;

const NUMBERS: [(&str, usize, Pick); 12] = [
    ("peak in a step, g", 2, |c| Some(c.peak_g)),
    ("spread of peaks, %", 0, |c| Some(100.0 * c.peak_spread)),
    ("unlike the mean step, m/s²", 2, |c| Some(c.unlike_mean_step)),
    ("force 1-5 Hz, m/s²", 2, |c| Some(c.force[0])),
    ("5-10", 2, |c| Some(c.force[1])),
    ("10-20", 2, |c| Some(c.force[2])),
    ("20-40", 2, |c| Some(c.force[3])),
    ("turning, rad/s", 2, |c| c.turning_rms),
    ("turning 1-5 Hz", 2, |c| Some(c.turning?[0])),
    ("5-10", 2, |c| Some(c.turning?[1])),
    ("10-20", 2, |c| Some(c.turning?[2])),
    ("20-40", 2, |c| Some(c.turning?[3])),
];

/// Median, and where nine in ten lie.
fn middle(values: &mut [f64], decimals: usize) -> String {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        values
            .get(((values.len() as f64 - 1.0) * share).round() as usize)
            .copied()
    };
    format!(
        "{} ({}–{})",
        number(at(0.5), decimals),
        number(at(0.05), decimals),
        number(at(0.95), decimals)
    )
}

type Group = (String, Vec<Character>);

/// Every kind of pod, real ones first; computed once.
fn groups() -> &'static [Group] {
    static GROUPS: OnceLock<Vec<Group>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let mut groups: Vec<Group> = Vec::new();
        let real = real();
        groups.extend(
            real.iter()
                .map(|(name, character)| (format!("real waist, {name}"), vec![*character])),
        );
        groups.push((
            REAL.to_owned(),
            real.into_iter().map(|(_, character)| character).collect(),
        ));
        let cycle = biomac::pelvis_cycle().and_then(|recording| Character::of(&recording, Site::Pelvis));
        groups.push(("real pelvis, mean cycle".to_owned(), cycle.into_iter().collect()));
        for (site, name) in [(Site::Pelvis, "pelvis"), (Site::Chest, "chest")] {
            groups.push((format!("virtual {name}"), virtual_pods(Kind::CLEAN, site)));
            groups.push((format!("virtual {name}, strap"), virtual_pods(Kind::STRAP, site)));
            groups.push((format!("synthetic {name}"), synthetic(site)));
        }
        groups.retain(|(_, characters)| !characters.is_empty());
        groups
    })
}

/// The eight real jogs together.
const REAL: &str = "real waist, all";

pub(crate) fn section() -> String {
    let header = std::iter::once("pod").chain(NUMBERS.iter().map(|(name, ..)| *name));
    let mut table = Table::new(&header.collect::<Vec<_>>());
    for (name, characters) in groups() {
        let cells = NUMBERS.iter().map(|(_, decimals, pick)| {
            let mut values: Vec<f64> = characters.iter().filter_map(pick).collect();
            match values.as_slice() {
                [] => "–".to_owned(),
                [one] => number(Some(*one), *decimals),
                _ => middle(&mut values, *decimals),
            }
        });
        table.row(std::iter::once(name.clone()).chain(cells));
    }
    table.render()
}

/// Bands of force and turning, real beside virtual and synthetic.
pub(crate) fn plots() -> Vec<Plot> {
    let bands = |file, title, top, from: usize| {
        let kinds = [
            REAL,
            "real pelvis, mean cycle",
            "virtual pelvis",
            "virtual pelvis, strap",
            "synthetic pelvis",
        ];
        let series = kinds.into_iter().filter_map(|kind| {
            let (_, characters) = groups().iter().find(|(name, _)| name == kind)?;
            let point = |band: usize| {
                let mut values: Vec<f64> = characters.iter().filter_map(NUMBERS[from + band].2).collect();
                values.sort_by(f64::total_cmp);
                Some((band as f64 + 0.5, *values.get(values.len() / 2)?))
            };
            let points = (0..BANDS.len()).filter_map(point).collect();
            Some(Series {
                name: kind.to_owned(),
                mark: Mark::Line,
                points,
            })
        });
        Plot {
            file,
            title,
            x: Axis {
                label: "band, Hz",
                ends: [0.0, 4.0],
                parts: 4,
                names: &BANDS,
            },
            y: Axis {
                label: "root mean square",
                ends: [0.0, top],
                parts: 6,
                names: &[],
            },
            series: series.collect(),
        }
    };
    vec![
        bands(
            "force.svg",
            "Specific force of running pods, band by band, m/s²",
            12.0,
            3,
        ),
        bands(
            "turning.svg",
            "Turning of running pods, band by band, rad/s",
            1.5,
            8,
        ),
    ]
}

/// Names of the bands of [`crate::character::BOUNDS_HZ`].
const BANDS: [&str; 4] = ["1–5", "5–10", "10–20", "20–40"];
