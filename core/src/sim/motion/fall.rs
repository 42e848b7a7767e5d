//! Lean-and-fall: tip like an inverted pendulum, catch with quick steps, run on, stop upright.
//!
//! Invariant: the first three steps gain speed at exactly g · tan(angle), which is what the drill asks about.

use super::{lead::Lead, run::Running, tilt::hinge_back_m, tracks::Tracks};
use crate::{
    sim::{
        easing::Track,
        random::{self, Random},
        style::Style,
        truth::{LaunchTruth, RepetitionTruth},
    },
    units::GRAVITY,
};

/// Seconds of standing before the first fall and after each.
pub(super) const STAND_S: f64 = 3.0;
/// From the first tipping to the first strike: what a pendulum of 1 m takes for a tip of about ten degrees.
const TIP_S: f64 = 0.76;
const FLIGHT_S: f64 = 0.05;
/// Seconds the launch goes on: three of the quick steps and a little.
const LAUNCH_S: f64 = 1.05;
const QUICK_SPM: f64 = 195.0;
const CRUISE_SPM: f64 = 172.0;
const SLOWEST_MPS: f64 = 2.4;
const DISTANCE_M: f64 = 10.0;
const STOP_S: f64 = 1.5;
/// Tilt of the pelvis once the speed is there, degrees. Ours.
const CRUISE_TILT_DEG: f64 = 5.0;
const STEPS_JUDGED: usize = 3;

/// One repetition of the drill, up to the stop.
#[derive(Clone, Debug)]
pub(super) struct Fall {
    pub(super) running: Running,
    /// The way to walk back, metres.
    pub(super) distance_m: f64,
    angle_deg: f64,
    bend_deg: f64,
    lead: Lead,
}

/// Speeds and moments of one fall, seconds from the first tipping.
struct Course {
    launch_mps2: f64,
    caught_mps: f64,
    launched_mps: f64,
    cruise_mps: f64,
    stop_s: f64,
}

impl Course {
    fn new(launch_mps2: f64, caught_mps: f64) -> Self {
        let launched_mps = caught_mps + launch_mps2 * LAUNCH_S;
        let cruise_mps = (launched_mps + 0.4).max(SLOWEST_MPS);
        let launch_m = 0.5 * (caught_mps + launched_mps) * LAUNCH_S;
        let settle_m = 0.5 * (launched_mps + cruise_mps);
        let rest_m = DISTANCE_M - launch_m - settle_m - 0.5 * cruise_mps * STOP_S;
        Self {
            launch_mps2,
            caught_mps,
            launched_mps,
            cruise_mps,
            stop_s: TIP_S + LAUNCH_S + 1.0 + (rest_m / cruise_mps).max(0.0),
        }
    }
}

impl Fall {
    pub(super) fn new(angle_deg: f64, bend_deg: f64, style: &Style, rng: &mut Random) -> Self {
        let angle_deg = angle_deg * (1.0 + random::normal(rng, 0.04));
        let bend_deg = bend_deg * (1.0 + random::normal(rng, 0.04));
        let lead = Lead {
            toe_off_s: TIP_S - FLIGHT_S,
            first_contact_s: TIP_S,
            forward_mps2: GRAVITY * angle_deg.to_radians().tan(),
            back_m: hinge_back_m(bend_deg),
        };
        let course = Course::new(lead.forward_mps2, lead.speed_mps());
        let tracks = course.tracks(angle_deg, bend_deg);
        let duration_s = course.stop_s + STOP_S + 0.3;
        Self {
            running: Running::new(tracks, lead, duration_s, false, style, rng),
            distance_m: DISTANCE_M,
            angle_deg,
            bend_deg,
            lead,
        }
    }

    pub(super) fn truth(&self, start_s: f64) -> RepetitionTruth {
        let judged = self.running.strikes().iter().take(STEPS_JUDGED);
        let (gained, lasted) = judged.fold((0.0, 0.0), |(gained, lasted), strike| {
            (gained + strike.plan.gain_mps, lasted + strike.plan.period_s)
        });
        let way = self.lead_way_m();
        let strike_s = start_s + self.lead.first_contact_s;
        RepetitionTruth {
            start_s,
            end_s: start_s + self.running.duration_s(),
            held_s: [strike_s, strike_s + lasted],
            angle_deg: self.angle_deg,
            trunk_lean_deg: self.angle_deg + self.bend_deg,
            waist_bend_deg: self.bend_deg,
            pelvis_forward_mm: way.last().copied().unwrap_or_default() * 1e3,
            pelvis_back_mm: way.iter().copied().fold(0.0, |back: f64, x| back.max(-x)) * 1e3,
            launch: (lasted > 0.0).then(|| LaunchTruth {
                first_contact_s: strike_s,
                mean_acceleration_mps2: gained / lasted,
            }),
        }
    }

    /// Where the pelvis is, each millisecond from the first tipping to the first strike.
    fn lead_way_m(&self) -> Vec<f64> {
        const STEP_S: f64 = 1e-3;
        let count = (self.lead.first_contact_s / STEP_S) as u32;
        let (mut speed, mut way) = (0.0, 0.0);
        (0..count)
            .map(|index| {
                let middle_s = (f64::from(index) + 0.5) * STEP_S;
                speed += self.running.acceleration(middle_s).x * STEP_S;
                way += speed * STEP_S;
                way
            })
            .collect()
    }
}

impl Course {
    fn tracks(&self, angle_deg: f64, bend_deg: f64) -> Tracks {
        let launched_s = TIP_S + LAUNCH_S;
        // The rotation begins slowly: a fifth of a second passes before it shows.
        let tip_s = 0.22;
        Tracks {
            speed_mps: Track::new(self.caught_mps)
                .slope(
                    [TIP_S, launched_s],
                    [self.caught_mps, self.caught_mps + self.launch_mps2 * LAUNCH_S],
                    0.1,
                )
                .slope(
                    [launched_s, launched_s + 1.0],
                    [self.launched_mps, self.cruise_mps],
                    0.1,
                )
                .level(self.stop_s, 0.0, STOP_S),
            cadence_spm: Track::new(QUICK_SPM).level(launched_s, CRUISE_SPM, 0.5),
            contact_s: Track::new(0.24).level(launched_s, 0.25, 0.5),
            pelvis_deg: Track::new(0.0)
                .level(tip_s, angle_deg, TIP_S - tip_s)
                .level(launched_s, CRUISE_TILT_DEG, 1.0)
                .level(self.stop_s, -1.5, 0.9)
                .level(self.stop_s + 0.9, 0.0, 0.8),
            bend_deg: Track::new(0.0)
                .level(0.0, bend_deg, 0.6)
                .level(launched_s, 0.5 * bend_deg, 1.0)
                .level(self.stop_s, 0.0, 1.2),
            timing: Track::new(0.03),
            swing: Track::new(0.0)
                .level(TIP_S - 0.3, 1.0, 1.3)
                .level(self.stop_s, 0.0, STOP_S),
            times: [(); 3].map(|()| Track::new(1.0)),
        }
    }
}
