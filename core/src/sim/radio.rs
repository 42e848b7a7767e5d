//! The bytes of the pods on the air: Lean Pod blocks with losses, delays and the pods' own clocks.
//!
//! Knows no body. Invariant: notifications of one pod never overtake each other, though some never arrive.

use glam::DVec3;
use rand::RngExt;
use rand_distr::Exp;

use super::{
    Simulation,
    peripheral::MeasuredBlock,
    pod::SimulatedPod,
    random::{self, Random, Stream},
    scenario::Scenario,
};
use crate::{
    pod::{
        protocol::lean_pod::{self, FLAG_CLIPPED, LeanPodBlock, Scale},
        sample::ImuSample,
        site::Site,
    },
    units::Timestamp,
};

/// Samples in one block: with both sensors it just fits the smallest common notification of 182 bytes.
pub(super) const SAMPLES_PER_BLOCK: usize = 13;
/// What every notification takes, and the mean of what it waits beyond that, seconds. Ours.
const DELAY_S: f64 = 0.008;
const WAIT_S: f64 = 0.006;
/// Now and then a host does not listen for a while, and what was sent arrives at once.
const STALL_SHARE: f64 = 0.03;
const STALL_S: f64 = 0.045;

/// One notification as the host receives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimulatedNotification {
    /// When it arrived, on the host's clock.
    pub arrival: Timestamp,
    /// The pod it came from.
    pub site: Site,
    /// One Lean Pod block.
    pub bytes: Vec<u8>,
}

/// All notifications of all pods, in order of arrival; `start` is the host's time when the scenario begins.
#[must_use]
pub fn notifications(
    scenario: &Scenario,
    simulation: &Simulation,
    start: Timestamp,
) -> Vec<SimulatedNotification> {
    let mut all: Vec<_> = simulation
        .pods
        .iter()
        .flat_map(|pod| pod_notifications(scenario, pod, start))
        .collect();
    // A stable sort keeps the order within a pod where two arrive in the same microsecond.
    all.sort_by_key(|notification| notification.arrival);
    all
}

fn pod_notifications(
    scenario: &Scenario,
    pod: &SimulatedPod,
    start: Timestamp,
) -> Vec<SimulatedNotification> {
    let rng = &mut random::stream(scenario.seed, Stream::Radio(pod.site));
    let boot = rng.random();
    let mut arrived_s = f64::NEG_INFINITY;
    let mut sent = Vec::new();
    for (samples, block) in pod
        .samples
        .chunks(SAMPLES_PER_BLOCK)
        .zip(blocks(scenario, pod, boot))
    {
        let last_s = samples.last().map_or(0.0, |last| last.time_s);
        arrived_s = (last_s + delay_s(rng)).max(arrived_s);
        if rng.random::<f64>() < scenario.frame_loss {
            continue;
        }
        sent.push(SimulatedNotification {
            arrival: start.plus_seconds(arrived_s),
            site: pod.site,
            bytes: block.bytes,
        });
    }
    sent
}

/// Everything a pod took down, in blocks numbered from 0.
pub(super) fn blocks(scenario: &Scenario, pod: &SimulatedPod, boot: u16) -> Vec<MeasuredBlock> {
    let block = |(sequence, samples): (usize, &[ImuSample])| {
        let (first, last) = (samples.first()?, samples.last()?);
        let clipped = samples.iter().any(|sample| sample.clipped);
        let block = LeanPodBlock {
            boot,
            sequence: sequence as u32,
            first_sample_us: pod.setup.clock_us(first.time_s),
            interval_us: interval_us(scenario),
            flags: if clipped { FLAG_CLIPPED } else { 0 },
            scale: scale(pod),
            temperature_c: 28,
            samples: samples.iter().map(|sample| counts(sample, scale(pod))).collect(),
        };
        Some(MeasuredBlock {
            ready_us: (last.time_s.max(0.0) * 1e6).ceil() as u64,
            bytes: lean_pod::encode(&block),
        })
    };
    let chunks = pod.samples.chunks(SAMPLES_PER_BLOCK);
    chunks.enumerate().filter_map(block).collect()
}

pub(super) fn interval_us(scenario: &Scenario) -> u16 {
    (1e6 / scenario.rate_hz).round() as u16
}

fn delay_s(rng: &mut Random) -> f64 {
    let wait = Exp::new(1.0 / WAIT_S).map_or(0.0, |waits| random::draw(rng, &waits));
    let stall = if rng.random::<f64>() < STALL_SHARE {
        STALL_S
    } else {
        0.0
    };
    DELAY_S + wait + stall
}

pub(super) const fn scale(pod: &SimulatedPod) -> Scale {
    if pod.setup.has_gyro {
        Scale::G16_DPS2000
    } else {
        Scale::G16
    }
}

fn counts(sample: &ImuSample, scale: Scale) -> [i16; 6] {
    let force = sample.specific_force / scale.accelerometer.mps2_per_count();
    let turn = match (sample.angular_velocity, scale.gyroscope) {
        (Some(turn), Some(gyroscope)) => turn / gyroscope.radps_per_count(),
        _ => DVec3::ZERO,
    };
    // A cast from float stops at the ends of the range, as a sensor does.
    [force.x, force.y, force.z, turn.x, turn.y, turn.z].map(|count| count.round() as i16)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::sim::{Act, Scenario, simulate};

    const START: Timestamp = Timestamp(1_700_000_000_000_000);

    fn scenario() -> Scenario {
        Scenario::new(
            11,
            vec![
                Act::Stand { seconds: 5.0 },
                Act::Walk {
                    seconds: 115.0,
                    speed_mps: 1.3,
                },
            ],
        )
    }

    fn sent(scenario: &Scenario) -> Vec<SimulatedNotification> {
        notifications(scenario, &simulate(scenario), START)
    }

    #[test]
    fn the_bytes_decode_to_the_samples_on_the_pod_clock() {
        let scenario = scenario();
        let simulation = simulate(&scenario);
        let mut seen: HashMap<Site, usize> = HashMap::new();
        for notification in notifications(&scenario, &simulation, START) {
            let block = lean_pod::decode(&notification.bytes).unwrap();
            let pod = simulation.pod(notification.site).unwrap();
            let index = seen.entry(notification.site).or_default();
            let first = &pod.samples[*index];
            assert_eq!(block.first_sample_us, pod.setup.clock_us(first.time_s));
            let [x, ..] = block.samples[0];
            let error = f64::from(x) * block.scale.accelerometer.mps2_per_count() - first.specific_force.x;
            assert!(error.abs() < 0.003);
            *index += block.samples.len();
        }
        assert!(
            seen.iter()
                .all(|(site, count)| simulation.pod(*site).unwrap().samples.len() == *count)
        );
    }

    #[test]
    fn equal_seeds_give_equal_bytes_and_other_seeds_give_others() {
        let mut other = scenario();
        other.seed += 1;
        assert_eq!(sent(&scenario()), sent(&scenario()));
        assert_ne!(sent(&scenario()), sent(&other));
    }

    #[test]
    fn as_many_frames_are_lost_as_asked_and_their_sequence_numbers_with_them() {
        let mut lossy = scenario();
        lossy.frame_loss = 0.1;
        let arrived = sent(&lossy);
        let share = 1.0 - arrived.len() as f64 / sent(&scenario()).len() as f64;
        assert!((share - 0.1).abs() < 0.02, "{share}");
        let sequences: Vec<u32> = arrived
            .iter()
            .filter(|notification| notification.site == Site::Chest)
            .map(|notification| lean_pod::decode(&notification.bytes).unwrap().sequence)
            .collect();
        assert!(sequences.is_sorted());
        assert!(sequences.windows(2).any(|pair| pair[1] > pair[0] + 1));
    }

    #[test]
    fn notifications_arrive_in_order_and_some_late() {
        let scenario = scenario();
        let arrived = sent(&scenario);
        assert!(arrived.is_sorted_by_key(|notification| notification.arrival));
        let block_s = SAMPLES_PER_BLOCK as f64 / scenario.rate_hz;
        let gaps: Vec<f64> = arrived
            .iter()
            .filter(|notification| notification.site == Site::Pelvis)
            .map(|notification| notification.arrival)
            .collect::<Vec<_>>()
            .windows(2)
            .map(|pair| pair[1].seconds_since(pair[0]))
            .collect();
        assert!(gaps.iter().any(|gap| *gap > block_s + 0.03));
    }

    #[test]
    fn a_pod_without_gyroscope_sends_blocks_without_one() {
        let mut scenario = scenario();
        scenario.pods[0].has_gyro = false;
        let site = scenario.pods[0].site;
        let arrived = sent(&scenario);
        for notification in &arrived {
            let block = lean_pod::decode(&notification.bytes).unwrap();
            assert_eq!(block.scale.gyroscope.is_none(), notification.site == site);
        }
    }
}
