//! Made-up runners, each with an own usual lean and bend, an own style, and pods that sit as pods do.
//!
//! Not a model of people: spreads are those of `docs/numbers.md` where it has any, else ours.
//! Invariant: a runner is a function of the seed, so a set split by seed never holds one runner twice.

use rand::RngExt;

use super::{
    Act, PodSetup, Scenario, Simulation,
    random::{self, Random, Stream},
    simulate,
    strap::{Slip, Spring, Strap, Wobble},
    style::Style,
};
use crate::pod::site::Site;

/// Usual trunk lean and waist bend, mean and spread between runners, degrees (`docs/numbers.md`).
const USUAL_LEAN_DEG: [f64; 2] = [9.0, 4.0];
const USUAL_BEND_DEG: [f64; 2] = [5.0, 4.5];
/// No usual bend is further from the mean, spreads: a bend has no limit anybody measured. Ours.
const FURTHEST_SPREADS: f64 = 2.5;
/// Usual mid-stance timing, mean and spread between runners. Ours, wide: the hip passes late in running, by how much is
/// each runner's own.
const USUAL_TIMING: [f64; 2] = [0.06, 0.04];
/// Narrowest half of a band, degrees (`docs/numbers.md`).
const HALF_BAND_DEG: f64 = 3.0;
/// Day-to-day spread of a runner's lean, mean and spread between runners, degrees. Ours.
const DAY_TO_DAY_DEG: [f64; 2] = [1.6, 0.7];
/// How much later the hip comes for each degree the pelvis tilts less than usual. A supposition
/// (`docs/numbers.md`); size ours, half of what the presets show.
const TIMING_PER_DEG: f64 = -0.005;
const TIMING_SCATTER: f64 = 0.015;
/// How far a pod settles after the stand, standard deviation in degrees. Ours: with the orientation's own error about
/// the degree a neutral is trusted to.
const SLIP_DEG: f64 = 0.8;
/// A pod settles over this long, seconds. Ours.
const SETTLES_S: f64 = 2.0;
/// How far it goes on creeping over the run, standard deviation in degrees. Ours.
const CREEP_DEG: f64 = 0.4;
/// The strap's numbers are ours, wide on purpose; real waist recordings (`sisfall_waist_jog`) chose among guesses by the
/// table of the suite's `likeness` and fitted none.
///
/// Own frequencies of straps on soft bodies, Hz, every ratio in between as often. Ours: belts on a belly amplify 5 to
/// 10 Hz, a sensor taped to the sacrum hardly anything.
const STRAP_HZ: [f64; 2] = [6.0, 30.0];
/// Damping of straps that ring and of those that do not, as a share of the critical one. Ours.
const RINGING: [f64; 2] = [0.12, 0.3];
const FIRM: [f64; 2] = [0.3, 0.7];
/// The most that 1 g turns a pelvis pod by, either way, about the axes forward, up and to the right, degrees, and how
/// much less it is on the ribs. Ours.
const WOBBLE_DEG_PER_G: [f64; 3] = [1.6, 1.6, 2.8];
const WOBBLE_ON_RIBS: f64 = 0.5;
/// How irregularly pods rub. Ours.
const SLACK: [f64; 2] = [0.03, 0.25];
/// Spread of the gyroscope's scale; data sheets of phone-grade sensors promise 1 to 3 %.
const GYRO_SCALE: f64 = 0.01;
/// Looks a second of the sensor behind the samples.
const LOOKS_HZ: f64 = 400.0;
/// Share of straps that ring, of runners whose pods sit as if screwed on, and of those whose pods have no gyroscope.
/// Ours.
const RINGING_SHARE: f64 = 0.25;
const SCREWED_SHARE: f64 = 0.25;
const NO_GYRO_SHARE: f64 = 0.2;
/// Spread of cadence between runners, steps a minute. Ours: 140 to 220 are to be told.
const CADENCE_SPM: f64 = 12.0;
/// A run: so many pieces of so many seconds, each in a form of its own.
const PIECES: usize = 5;
const PIECE_S: f64 = 32.0;
/// How long the runner stands before it, seconds: three are a neutral, few stand longer when they want to run. Ours.
const STAND_S: [f64; 2] = [3.2, 6.5];

/// A made-up runner and what they do.
#[derive(Clone, Debug, PartialEq)]
pub struct Runner {
    /// The band of trunk lean this runner usually keeps, degrees.
    pub band_deg: [f64; 2],
    /// The usual waist bend, degrees.
    pub usual_bend_deg: f64,
    /// The stand, the walk and the run, with both pods as they are worn.
    pub scenario: Scenario,
}

/// Whether mid-stance timing tells anything about the form, as `docs/numbers.md` supposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// The hip comes later the less the pelvis tilts.
    FollowsTheForm,
    /// It is the runner's usual one whatever the form: what a model must survive if the supposition is wrong.
    SaysNothing,
}

impl Runner {
    /// The runner of this seed.
    #[must_use]
    pub fn draw(seed: u64, timing: Timing) -> Self {
        let rng = &mut random::stream(seed, Stream::Runner);
        let around = |rng: &mut Random, [mean, spread]: [f64; 2]| mean + random::normal(rng, spread);
        let usual_lean_deg = around(rng, USUAL_LEAN_DEG).clamp(1.0, 18.0);
        let spreads = random::normal(rng, 1.0);
        let usual = Usual {
            lean_deg: usual_lean_deg,
            bend_deg: USUAL_BEND_DEG[0]
                + USUAL_BEND_DEG[1] * spreads.clamp(-FURTHEST_SPREADS, FURTHEST_SPREADS),
            half_band_deg: (1.5 * around(rng, DAY_TO_DAY_DEG)).max(HALF_BAND_DEG),
            timing: around(rng, USUAL_TIMING).clamp(-0.04, 0.16),
        };
        let stand_s = rng.random_range(STAND_S[0]..STAND_S[1]);
        let acts = acts(rng, &usual, timing, stand_s);
        let rates = [52.0, 104.0, 104.0, 208.0];
        let rate_hz = rates[rng.random_range(0..rates.len())];
        let has_gyro = rng.random::<f64>() >= NO_GYRO_SHARE;
        let screwed = rng.random::<f64>() < SCREWED_SHARE;
        let pods = Site::LEAN.map(|site| PodSetup {
            has_gyro,
            accelerometer_noise_mps2: rng.random_range(0.01..0.1),
            gyro_noise_radps: rng.random_range(0.001..0.01),
            gyro_scale: 1.0 + random::normal(rng, GYRO_SCALE),
            looks: (LOOKS_HZ / rate_hz).ceil() as u32,
            strap: if screwed {
                Strap::default()
            } else {
                strap(site, rng, stand_s)
            },
            ..PodSetup::typical(site, seed)
        });
        let scenario = Scenario {
            seed,
            rate_hz,
            pods: pods.to_vec(),
            acts,
            style: Style::of_person(seed),
            frame_loss: (rng.random_range(-0.05..0.05_f64)).max(0.0),
        };
        Self {
            band_deg: [
                usual.lean_deg - usual.half_band_deg,
                usual.lean_deg + usual.half_band_deg,
            ],
            usual_bend_deg: usual.bend_deg,
            scenario,
        }
    }

    /// What the pods took down, straps included, and what really happened.
    #[must_use]
    pub fn simulate(&self) -> Simulation {
        simulate(&self.scenario)
    }

    /// Whether the strap of this pod rings.
    #[must_use]
    pub fn rings(&self, site: Site) -> bool {
        let worn = self.scenario.pods.iter().find(|pod| pod.site == site);
        let spring = worn.and_then(|pod| pod.strap.spring);
        spring.is_some_and(|spring| spring.damping < RINGING[1])
    }
}

struct Usual {
    lean_deg: f64,
    bend_deg: f64,
    half_band_deg: f64,
    timing: f64,
}

fn strap(site: Site, rng: &mut Random, stand_s: f64) -> Strap {
    let place = match site {
        Site::Chest => WOBBLE_ON_RIBS,
        Site::Pelvis | Site::Head => 1.0,
    };
    let mut slip = |at_s: f64, over_s: f64, spread_deg: f64| Slip {
        at_s,
        over_s,
        turn_deg: [(); 3].map(|()| random::normal(rng, spread_deg)),
    };
    let slips = vec![
        slip(stand_s, SETTLES_S, SLIP_DEG),
        slip(stand_s, PIECES as f64 * PIECE_S, CREEP_DEG),
    ];
    let rings = rng.random::<f64>() < RINGING_SHARE;
    let damping = if rings { RINGING } else { FIRM };
    let hertz = |rng: &mut Random| STRAP_HZ[0] * (STRAP_HZ[1] / STRAP_HZ[0]).powf(rng.random());
    Strap {
        slips,
        spring: Some(Spring {
            hertz: [(); 3].map(|()| hertz(rng)),
            damping: rng.random_range(damping[0]..damping[1]),
        }),
        wobble: Some(Wobble {
            hertz: hertz(rng),
            damping: rng.random_range(damping[0]..damping[1]),
            deg_per_g: WOBBLE_DEG_PER_G.map(|most| place * rng.random_range(-most..most)),
        }),
        slack: rng.random_range(SLACK[0]..SLACK[1]),
    }
}

fn acts(rng: &mut Random, usual: &Usual, timing: Timing, stand_s: f64) -> Vec<Act> {
    let speed_mps: f64 = rng.random_range(2.0..5.2);
    let usual_spm = 172.0 + 4.0 * (speed_mps - 3.3);
    let cadence_spm = (usual_spm + random::normal(rng, CADENCE_SPM)).clamp(140.0, 220.0);
    let wanted_ms = 250.0 - 28.0 * (speed_mps - 3.3) + random::normal(rng, 22.0);
    let ground_contact_ms = wanted_ms.clamp(170.0, 60_000.0 / cadence_spm - 50.0);
    let mut acts = vec![
        Act::Stand { seconds: stand_s },
        Act::Walk {
            seconds: 8.0,
            speed_mps: 1.3,
        },
    ];
    acts.extend((0..PIECES).map(|_| {
        let (lean_deg, bend_deg) = form_deg(rng, usual);
        let fades = if rng.random::<f64>() < 0.3 { 1.5 } else { 0.2 };
        let (lean_change, bend_change) = (random::normal(rng, fades), random::normal(rng, fades));
        let tilt_deg = (lean_deg - usual.lean_deg) - (bend_deg - usual.bend_deg);
        let told = match timing {
            Timing::FollowsTheForm => TIMING_PER_DEG * tilt_deg,
            Timing::SaysNothing => 0.0,
        };
        Act::Run {
            seconds: PIECE_S,
            speed_mps,
            cadence_spm: cadence_spm + random::normal(rng, 1.5),
            lean_deg: [lean_deg - lean_change, lean_deg + lean_change],
            bend_deg: [bend_deg - bend_change, bend_deg + bend_change],
            timing: (usual.timing + told + random::normal(rng, TIMING_SCATTER)).clamp(-0.05, 0.2),
            ground_contact_ms,
        }
    }));
    acts.push(Act::Stand { seconds: 4.0 });
    acts
}

/// Trunk lean and waist bend of one piece, degrees: as usual, below the band, above it and bent are about equally
/// frequent, each by anything from nothing to far. A bend moves the chest and leaves the pelvis, or moves the chest less
/// and the pelvis back, and now and then anything. Ours: a lean above the band is as often a bend, and so is a pelvis
/// that comes back a little, so that no model learns from made-up runners which of the two one pod sees.
fn form_deg(rng: &mut Random, usual: &Usual) -> (f64, f64) {
    let beyond = rng.random_range(0.0..8.0);
    let bend_scatter = random::normal(rng, 1.5);
    let half = usual.half_band_deg;
    let (lean, bend) = match rng.random_range(0..100) {
        0..25 => (random::normal(rng, 0.5 * half), bend_scatter),
        25..50 => (-half - beyond, bend_scatter),
        50..70 => (half + beyond, bend_scatter),
        70..84 => (5.0 + beyond + random::normal(rng, 1.5), 5.0 + beyond),
        84..98 => (2.0 + beyond + random::normal(rng, 3.0), 5.0 + beyond),
        _ => (random::normal(rng, 5.0), 5.0 + beyond),
    };
    (
        (usual.lean_deg + lean).clamp(-6.0, 30.0),
        (usual.bend_deg + bend).clamp(-8.0, 28.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_runner_and_another_seed_another() {
        let draw = |seed| Runner::draw(seed, Timing::FollowsTheForm);
        assert_eq!(draw(4), draw(4));
        assert_ne!(draw(4), draw(5));
    }

    #[test]
    fn what_the_timing_tells_is_all_that_changes_with_it() {
        let [told, untold] =
            [Timing::FollowsTheForm, Timing::SaysNothing].map(|timing| Runner::draw(9, timing));
        assert_ne!(told.scenario.acts, untold.scenario.acts);
        assert_eq!(told.scenario.pods, untold.scenario.pods);
    }

    #[test]
    fn every_band_is_at_least_six_degrees_wide_and_runners_differ_as_the_priors_say() {
        let runners: Vec<Runner> = (0..300)
            .map(|seed| Runner::draw(seed, Timing::SaysNothing))
            .collect();
        let leans: Vec<f64> = runners
            .iter()
            .map(|runner| f64::midpoint(runner.band_deg[0], runner.band_deg[1]))
            .collect();
        let mean = leans.iter().sum::<f64>() / 300.0;
        let spread = (leans.iter().map(|lean| (lean - mean).powi(2)).sum::<f64>() / 300.0).sqrt();
        assert!((mean - 9.0).abs() < 1.0, "{mean}");
        assert!((3.0..4.5).contains(&spread), "{spread}");
        assert!(
            runners
                .iter()
                .all(|runner| runner.band_deg[1] - runner.band_deg[0] > 5.999)
        );
    }
}
