//! A real accelerometer on the sacrum over a force treadmill (`alcantara_sacrum`): one runner, 31 trials of five seconds.
//!
//! Two axes only, and the vertical one ends at zero, as shipped. A trial is repeated in whole strides behind a made-up
//! stand, so nothing absolute can be read from it: only when steps begin and end.

use glam::DVec3;
use plumbline_core::{
    gait::step::Side,
    pod::{recording::Recording, sample::ImuSample},
    units::GRAVITY,
};

use crate::{contacts::Contact, folder};

/// Samples a second.
const RATE_HZ: f64 = 500.0;
/// A foot is down above this, body weights: about 40 N.
const CONTACT_BW: f64 = 0.06;
const STAND_S: f64 = 5.0;
const REPEATS: usize = 6;

/// One trial.
pub struct SacrumTrial {
    /// The file's name: number, speed in m/s, slope in degrees.
    pub name: String,
    /// Speed, m/s.
    pub speed_mps: f64,
    /// Slope, degrees, + uphill.
    pub slope_deg: f64,
    /// What the sensor felt.
    pub recording: Recording,
    /// Contacts on the recording's own clock.
    pub contacts: Vec<Contact>,
}

/// Every trial; empty without the set.
pub fn trials() -> Vec<SacrumTrial> {
    let Some(folder) = folder("alcantara_sacrum") else {
        return Vec::new();
    };
    let files = std::fs::read_dir(folder).expect("the set");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let trials = paths.iter().filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let mut parts = name.split('_');
        parts.next().filter(|first| first.starts_with("trial"))?;
        let speed_mps = parts.next()?.strip_prefix('v')?.parse().ok()?;
        let slope_deg = parts.next()?.strip_prefix("slope")?.parse().ok()?;
        let mut reader = csv::Reader::from_path(path).expect("the trial");
        let number = |cell: &str| cell.parse::<f64>().expect("a number");
        let rows = reader.records().map(|row| {
            let row = row.expect("a row");
            [1, 2, 3].map(|k| number(&row[k]))
        });
        let (recording, contacts) = repeated(&rows.collect::<Vec<[f64; 3]>>())?;
        Some(SacrumTrial {
            name,
            speed_mps,
            slope_deg,
            recording,
            contacts,
        })
    });
    trials.collect()
}

/// Vertical and fore-aft in g, force in body weights.
fn repeated(rows: &[[f64; 3]]) -> Option<(Recording, Vec<Contact>)> {
    let crossings = rows.windows(2).enumerate().filter_map(|(k, pair)| {
        let rises = pair[0][2] < CONTACT_BW && pair[1][2] >= CONTACT_BW;
        let falls = pair[0][2] >= CONTACT_BW && pair[1][2] < CONTACT_BW;
        (rises || falls).then_some((rises, k + 1))
    });
    let crossings: Vec<(bool, usize)> = crossings.skip_while(|(rises, _)| !rises).collect();
    let spans: Vec<[usize; 2]> = crossings
        .chunks_exact(2)
        .map(|pair| [pair[0].1, pair[1].1])
        .collect();
    let steps = (spans.len().checked_sub(1)?) / 2 * 2;
    let (from, to) = (spans.first()?[0], spans.get(steps)?[0]);
    let still = std::iter::repeat_n(DVec3::Y * GRAVITY, (STAND_S * RATE_HZ) as usize);
    let run: Vec<DVec3> = rows[from..to]
        .iter()
        .map(|row| DVec3::new(row[1], row[0], 0.0) * GRAVITY)
        .collect();
    let felt = still.chain(std::iter::repeat_n(run, REPEATS).flatten());
    let samples = felt.enumerate().map(|(k, force)| ImuSample {
        time_s: k as f64 / RATE_HZ,
        specific_force: force,
        angular_velocity: None,
        clipped: false,
    });
    let recording = Recording {
        samples: samples.collect(),
        rate_hz: RATE_HZ,
        has_gyro: false,
        dropped: Vec::new(),
    };
    let period_s = (to - from) as f64 / RATE_HZ;
    let contacts = (0..REPEATS).flat_map(|repeat| {
        let lead_s = STAND_S + repeat as f64 * period_s;
        spans[..steps].iter().map(move |span| {
            let seconds = |k: usize| lead_s + (k as f64 - from as f64) / RATE_HZ;
            Contact {
                side: Side::Unknown,
                initial_contact_s: seconds(span[0]),
                toe_off_s: seconds(span[1]),
                crossing_s: None,
                listed_ms: None,
            }
        })
    });
    Some((recording, contacts.collect()))
}
