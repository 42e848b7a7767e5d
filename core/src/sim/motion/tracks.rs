//! The numbers of a bout of running over time: what was asked for, with a start and a stop around it.
//!
//! Lays no steps. Invariant: every track begins and ends as the neighbours of the bout leave and find it.

use super::lead::{LANDING_S, PUSH_S};
use crate::sim::{
    easing::Track,
    scenario::{Act, Way},
};

/// Contact is longer while the speed is low, seconds.
const SLOW_CONTACT_S: f64 = 0.03;
/// The mean acceleration of a start that nobody hurries, m/s². Ours.
const EASY_START_MPS2: f64 = 1.0;

/// A piece of running with one set of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunningPart {
    /// How long.
    pub(super) seconds: f64,
    speed_mps: f64,
    cadence_spm: f64,
    lean_deg: [f64; 2],
    bend_deg: [f64; 2],
    timing: f64,
    contact_s: f64,
    /// Braking, sway and rotation, as multiples of the style's own.
    times: [f64; 3],
}

/// Ground contact of a bout, seconds.
const BOUT_CONTACT_S: f64 = 0.25;

impl RunningPart {
    pub(super) fn of(act: &Act) -> Option<Self> {
        match *act {
            Act::Run {
                seconds,
                speed_mps,
                cadence_spm,
                lean_deg,
                bend_deg,
                timing,
                ground_contact_ms,
            } => Some(Self {
                seconds: seconds.max(2.0 * (PUSH_S + LANDING_S)),
                speed_mps,
                cadence_spm: cadence_spm.clamp(60.0, 300.0),
                lean_deg,
                bend_deg,
                timing,
                contact_s: ground_contact_ms * 1e-3,
                times: [1.0; 3],
            }),
            Act::Bout { seconds, way } => Some(Self::of_way(seconds, way)),
            Act::Hop {
                seconds,
                hops_per_minute,
                ground_contact_ms,
            } => Some(Self {
                seconds: seconds.max(2.0 * (PUSH_S + LANDING_S)),
                speed_mps: 0.0,
                cadence_spm: hops_per_minute.clamp(60.0, 300.0),
                lean_deg: [2.0; 2],
                bend_deg: [2.0; 2],
                timing: 0.0,
                contact_s: ground_contact_ms * 1e-3,
                times: [1.0; 3],
            }),
            _ => None,
        }
    }

    const fn of_way(seconds: f64, way: Way) -> Self {
        Self {
            seconds: seconds.max(2.0 * (PUSH_S + LANDING_S)),
            speed_mps: way.speed_mps,
            cadence_spm: way.cadence_spm.clamp(60.0, 300.0),
            lean_deg: [way.lean_deg; 2],
            bend_deg: [way.bend_deg; 2],
            timing: way.timing,
            contact_s: BOUT_CONTACT_S,
            times: [way.braking, way.sway, way.rotation],
        }
    }
}

/// Everything that changes over a bout, in seconds from its begin.
#[derive(Clone, Debug)]
pub(super) struct Tracks {
    pub(super) speed_mps: Track,
    pub(super) cadence_spm: Track,
    pub(super) contact_s: Track,
    pub(super) pelvis_deg: Track,
    pub(super) bend_deg: Track,
    pub(super) timing: Track,
    /// How much of the gait's own swings there is, 0 to 1.
    pub(super) swing: Track,
    /// Braking, sway and rotation, as multiples of the style's own.
    pub(super) times: [Track; 3],
}

impl Tracks {
    pub(super) fn of_parts(parts: &[RunningPart], duration_s: f64, [entry_mps, exit_mps]: [f64; 2]) -> Self {
        const SETTLE_S: f64 = 1.5;
        let ramp = |from: f64, to: f64, part_s: f64| {
            ((to - from).abs() / EASY_START_MPS2).max(2.0).min(0.45 * part_s)
        };
        let initial = |of: fn(&RunningPart) -> f64| parts.first().map_or(0.0, of);
        let mut tracks = Self {
            speed_mps: Track::new(entry_mps),
            cadence_spm: Track::new(initial(|part| part.cadence_spm)),
            contact_s: Track::new(initial(|part| part.contact_s + SLOW_CONTACT_S)),
            pelvis_deg: Track::new(0.0),
            bend_deg: Track::new(0.0),
            timing: Track::new(initial(|part| part.timing)),
            swing: Track::new(0.0).level(0.0, 1.0, SETTLE_S.min(0.4 * duration_s)),
            times: [0, 1, 2].map(|one: usize| Track::new(parts.first().map_or(1.0, |part| part.times[one]))),
        };
        let (mut start_s, mut speed_mps) = (0.0, entry_mps);
        for part in parts {
            let span = [start_s, start_s + part.seconds];
            let pelvis_deg = [0, 1].map(|end| part.lean_deg[end] - part.bend_deg[end]);
            let blend_s = ramp(speed_mps, part.speed_mps, part.seconds);
            tracks.speed_mps = tracks.speed_mps.level(start_s, part.speed_mps, blend_s);
            tracks.contact_s = tracks.contact_s.level(start_s, part.contact_s, blend_s);
            tracks.cadence_spm = tracks.cadence_spm.level(start_s, part.cadence_spm, 1.0);
            tracks.timing = tracks.timing.level(start_s, part.timing, 1.0);
            if start_s > 0.0 {
                let mut times = part.times.into_iter();
                tracks.times = tracks
                    .times
                    .map(|track| track.level(start_s, times.next().unwrap_or(1.0), 1.0));
            }
            tracks.pelvis_deg = tracks.pelvis_deg.slope(span, pelvis_deg, blend_s);
            tracks.bend_deg = tracks.bend_deg.slope(span, part.bend_deg, blend_s);
            (start_s, speed_mps) = (span[1], part.speed_mps);
        }
        let last_s = parts.last().map_or(0.0, |part| part.seconds);
        tracks.stop(duration_s, exit_mps, ramp(speed_mps, exit_mps, last_s))
    }

    /// Slows down to `exit_mps` and comes upright, both done just before the end.
    #[must_use]
    fn stop(self, end_s: f64, exit_mps: f64, ramp_s: f64) -> Self {
        let upright_s = ramp_s.min(1.5);
        let at_s = end_s - ramp_s;
        let late_s = end_s - upright_s;
        Self {
            speed_mps: self.speed_mps.level(at_s, exit_mps, ramp_s),
            pelvis_deg: self.pelvis_deg.level(late_s, 0.0, upright_s),
            bend_deg: self.bend_deg.level(late_s, 0.0, upright_s),
            swing: self.swing.level(late_s, 0.0, upright_s),
            ..self
        }
    }
}
