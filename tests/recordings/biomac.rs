//! The mean running cycle of a real pelvis sensor (`biomac_fixture`), run after run.

use glam::DVec3;
use plumbline_core::{
    pod::{recording::Recording, sample::ImuSample},
    units::GRAVITY,
};

use crate::folder;

/// How often the cycle comes.
const CYCLES: usize = 40;
/// Seconds of standing before it, level with the mean of the cycle: the set holds no stand of this runner.
const STAND_S: f64 = 5.0;

/// What the force plate says of the right foot in this cycle.
#[derive(Clone, Copy, Debug)]
pub struct Cycle {
    /// Length of a stride, seconds.
    pub stride_s: f64,
    /// Right foot down, milliseconds.
    pub ground_contact_ms: f64,
}

fn rows() -> Option<(Vec<String>, Vec<Vec<f64>>)> {
    let path = folder("biomac_fixture")?.join("imu_running_mean_cycle_3.47mps.csv");
    let mut reader = csv::Reader::from_path(path).expect("the cycle");
    let header = reader
        .headers()
        .expect("a header")
        .iter()
        .map(ToOwned::to_owned)
        .collect();
    let number = |cell: &str| cell.parse().expect("a number");
    let rows = reader
        .records()
        .map(|row| row.expect("a row").iter().map(number).collect());
    Some((header, rows.collect()))
}

/// The pelvis sensor's cycle, repeated; `None` without the set.
pub fn pelvis_cycle() -> Option<Recording> {
    let (header, rows) = rows()?;
    let column = |name: &str| header.iter().position(|known| known == name).expect("a column");
    let vector = |prefix: &str| ["x", "y", "z"].map(|axis| column(&format!("{prefix}_{axis}")));
    let (force, gyro) = (vector("pelvis_acc"), vector("pelvis_gyro"));
    let of = |row: &Vec<f64>, columns: [usize; 3]| DVec3::from_array(columns.map(|k| row[k]));
    let step_s = rows[1][0] - rows[0][0];
    let level = rows.iter().map(|row| of(row, force)).sum::<DVec3>().normalize() * GRAVITY;
    let standing = std::iter::repeat_n((level, DVec3::ZERO), (STAND_S / step_s) as usize);
    let cycle: Vec<(DVec3, DVec3)> = rows.iter().map(|row| (of(row, force), of(row, gyro))).collect();
    let running = std::iter::repeat_n(cycle, CYCLES).flatten();
    let samples = standing
        .chain(running)
        .enumerate()
        .map(|(k, (force, gyro))| ImuSample {
            time_s: k as f64 * step_s,
            specific_force: force,
            angular_velocity: Some(gyro),
            clipped: false,
        });
    Some(Recording {
        samples: samples.collect(),
        rate_hz: 1.0 / step_s,
        has_gyro: true,
        dropped: Vec::new(),
    })
}

/// The truth of the cycle: contact from the right foot's force over 5 % of body weight.
pub fn truth() -> Option<Cycle> {
    let (header, rows) = rows()?;
    let force = header
        .iter()
        .position(|known| known == "GRF_y_r_BW")
        .expect("a force");
    let step_s = rows[1][0] - rows[0][0];
    let down = rows.iter().filter(|row| row[force] > 0.05).count();
    Some(Cycle {
        stride_s: rows.len() as f64 * step_s,
        ground_contact_ms: 1e3 * down as f64 * step_s,
    })
}
