//! Waist recordings of real jogging, walking and standing (`sisfall_waist_jog`): a sensor on the belt, 200 Hz.

use plumbline_core::{
    pod::{
        protocol::lean_pod::{self, GyroscopeScale, LeanPodBlock, Scale},
        recording::{Recording, read_csv},
        sample::ImuSample,
        site::Site,
    },
    sim::SimulatedNotification,
    units::{GRAVITY, Timestamp},
};

use crate::recordings;

/// Samples a second.
pub const RATE_HZ: f64 = 200.0;
/// Samples of one notification, as on the air.
const SAMPLES_PER_BLOCK: usize = 13;
/// What a notification takes through the air, seconds.
const DELAY_S: f64 = 0.01;

/// A recording as the CSV a runner would export, accelerometer in m/s², gyroscope in rad/s.
pub fn waist_recording(name: &str) -> Option<Recording> {
    let path = recordings("sisfall_waist_jog")?.join(format!("npz/{name}.npz"));
    let mut archive = npyz::npz::NpzArchive::open(path).expect("the recording");
    let raw: Vec<i16> = archive
        .by_name("raw")
        .expect("readable")
        .expect("raw")
        .into_vec()
        .expect("int16");
    let header = "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2,gyro_x_radps,gyro_y_radps,gyro_z_radps\n";
    let rows = raw.chunks_exact(9).enumerate().map(|(k, row)| {
        let force = |k: usize| f64::from(row[k]) * 32.0 / 8192.0 * GRAVITY;
        let rotation = |k: usize| (f64::from(row[k]) / 14.375).to_radians();
        let time_s = k as f64 / RATE_HZ;
        let (x, y, z) = (force(0), force(1), force(2));
        format!(
            "{time_s},{x},{y},{z},{},{},{}\n",
            rotation(3),
            rotation(4),
            rotation(5)
        )
    });
    let csv: String = std::iter::once(header.to_owned()).chain(rows).collect();
    Some(read_csv(csv.as_bytes()).expect("a valid recording"))
}

/// The recording as a Lean Pod on the pelvis would have sent it.
pub fn on_the_air(recording: &Recording, start: Timestamp) -> Vec<SimulatedNotification> {
    let scale = Scale::G16_DPS2000;
    let counts = |value: f64, per_count: f64| (value / per_count).round() as i16;
    let blocks = recording.samples.chunks(SAMPLES_PER_BLOCK).enumerate();
    let notification = |(sequence, samples): (usize, &[ImuSample])| {
        let (first, last) = (samples[0], samples[samples.len() - 1]);
        let sample = |sample: &ImuSample| {
            let force = sample.specific_force.to_array();
            let rotation = sample.angular_velocity.unwrap_or_default().to_array();
            let force = force.map(|value| counts(value, scale.accelerometer.mps2_per_count()));
            let per_count = scale.gyroscope.map_or(1.0, GyroscopeScale::radps_per_count);
            let rotation = rotation.map(|value| counts(value, per_count));
            [
                force[0],
                force[1],
                force[2],
                rotation[0],
                rotation[1],
                rotation[2],
            ]
        };
        let block = LeanPodBlock {
            boot: 1,
            sequence: sequence as u32,
            first_sample_us: (first.time_s * 1e6) as u64,
            interval_us: (1e6 / RATE_HZ) as u16,
            flags: 0,
            scale,
            temperature_c: lean_pod::NO_TEMPERATURE,
            samples: samples.iter().map(sample).collect(),
        };
        SimulatedNotification {
            arrival: start.plus_seconds(last.time_s + DELAY_S),
            site: Site::Pelvis,
            bytes: lean_pod::encode(&block),
        }
    };
    blocks.map(notification).collect()
}

/// The strongest frequency of the specific force's size between 1.8 and 4 Hz: steps a second while jogging.
pub fn spectral_peak_hz(recording: &Recording) -> f64 {
    let sizes: Vec<f64> = recording
        .samples
        .iter()
        .map(|sample| sample.specific_force.length())
        .collect();
    let mean = sizes.iter().sum::<f64>() / sizes.len() as f64;
    let power = |hz: f64| {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (k, size) in sizes.iter().enumerate() {
            let angle = std::f64::consts::TAU * hz * k as f64 / RATE_HZ;
            real += (size - mean) * angle.cos();
            imaginary += (size - mean) * angle.sin();
        }
        real * real + imaginary * imaginary
    };
    let frequencies = (0..220).map(|k| 1.8 + f64::from(k) * 0.01);
    frequencies
        .max_by(|a, b| power(*a).total_cmp(&power(*b)))
        .expect("frequencies")
}
