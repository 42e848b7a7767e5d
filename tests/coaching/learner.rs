//! One made-up learner: an own way of running, one fault, what practice does to it, and what is told of it.
//!
//! Knows nothing of the coach. Invariant: the same seed lives the same twelve weeks under the same drills.

use plumbline_core::{
    cause::{Cause, told::Onboarding},
    drill::{DrillId, Miss, RepetitionOutcome, catalog::Drill, check_in::PainPlace},
    sim::Style,
};
use rand::{Rng, RngExt, SeedableRng};
use rand_distr::{Distribution, Normal};
use rand_pcg::Pcg64Mcg;

use crate::{
    faults::{self, Fault},
    telling::Telling,
};

/// A standing neutral repeats within 1.9 degrees, and the day adds its own.
const DAY_LEAN_DEG: f64 = 1.5;
const DAY_BEND_DEG: f64 = 1.0;
const DAY_TIMING: f64 = 0.012;
/// Severity below which a fault no longer shows.
pub(crate) const RESOLVED: f64 = 0.35;
/// Severity above which more lean would hurt.
const STILL_THERE: f64 = 0.5;

/// A learner.
pub(crate) struct Learner {
    pub(crate) truth: Cause,
    pub(crate) severity: f64,
    pub(crate) onboarding: Onboarding,
    pub(crate) telling: Telling,
    fault: Fault,
    own: Own,
    seed: u64,
    runs: u64,
    /// What one session of the right drill takes of the fault, as a share.
    rate: f64,
    skills: [f64; Drill::ALL.len()],
    rng: Pcg64Mcg,
}

/// How the learner would run without the fault, at an easy speed.
#[derive(Clone, Copy)]
struct Own {
    lean_deg: f64,
    bend_deg: f64,
    timing: f64,
    cadence_spm: f64,
    lean_per_mps: f64,
}

/// What is asked of the body in one part of a run.
pub(crate) struct Form {
    pub(crate) lean_deg: f64,
    pub(crate) bend_deg: f64,
    pub(crate) timing: f64,
    pub(crate) cadence_spm: f64,
}

/// The learner on one day.
pub(crate) struct Today {
    pub(crate) seed: u64,
    person: u64,
    own: Own,
    fault: Fault,
    severity: f64,
    off: [f64; 3],
}

/// A normal draw.
pub(crate) fn normal(rng: &mut impl Rng, mean: f64, deviation: f64) -> f64 {
    Normal::new(mean, deviation).map_or(mean, |normal| normal.sample(rng))
}

/// Whether something of this chance comes true.
pub(crate) fn chance(rng: &mut impl Rng, share: f64) -> bool {
    rng.random::<f64>() < share
}

impl Learner {
    pub(crate) fn new(truth: Cause, seed: u64) -> Self {
        let mut rng = Pcg64Mcg::seed_from_u64(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let fault = faults::of(truth);
        let trained = chance(&mut rng, 0.2);
        // Lean, bend and timing of lab runners against their own stand (`docs/numbers.md`), somewhat narrower.
        let own = Own {
            lean_deg: normal(&mut rng, 9.0, 2.5).clamp(5.0, 13.0),
            bend_deg: normal(&mut rng, 5.0, 2.5).clamp(0.0, 9.0),
            timing: normal(&mut rng, 0.07, 0.02),
            cadence_spm: normal(&mut rng, 169.0, 6.0).clamp(160.0, 184.0),
            lean_per_mps: if trained { 0.0 } else { normal(&mut rng, 1.0, 0.5) },
        };
        let usual_hours = rng.random_range(0.0..9.0);
        let done_before = if chance(&mut rng, 0.8) {
            fault.background
        } else {
            &[]
        };
        let onboarding = Onboarding {
            trained: Some(trained),
            desk_hours: Some(fault.desk_hours.unwrap_or(usual_hours)),
            background: done_before.iter().copied().take(1).collect(),
            not_now: None,
        };
        Self {
            truth,
            severity: rng.random_range(0.8..1.2),
            onboarding,
            telling: Telling::new(&fault, &mut rng),
            fault,
            own,
            seed,
            runs: 0,
            rate: rng.random_range(0.10..0.22),
            skills: [(); Drill::ALL.len()].map(|()| rng.random_range(0.45..0.75)),
            rng,
        }
    }

    pub(crate) fn today(&mut self) -> Today {
        self.runs += 1;
        let rng = &mut self.rng;
        Today {
            seed: self.seed * 1000 + self.runs,
            person: self.seed,
            own: self.own,
            fault: self.fault,
            severity: self.severity,
            off: [DAY_LEAN_DEG, DAY_BEND_DEG, DAY_TIMING].map(|deviation| normal(rng, 0.0, deviation)),
        }
    }

    /// One more day without the coach: what was not practised for long comes back a little.
    pub(crate) fn sleep(&mut self) {
        self.severity += 0.003 * (1.0 - self.severity).max(0.0);
        self.telling.sleep(&mut self.rng);
    }

    pub(crate) fn is_resolved(&self) -> bool {
        self.severity < RESOLVED
    }

    /// Whether practising this would do harm now: more lean for somebody who bends or leans too far.
    pub(crate) fn would_be_hurt(&self, drill: DrillId, tips_as_one: bool, eases: bool) -> bool {
        let more = matches!(drill, DrillId::D4 | DrillId::D5 | DrillId::D6 | DrillId::D11);
        let most = matches!(drill, DrillId::D6 | DrillId::D11);
        self.severity > STILL_THERE
            && match self.truth {
                // The table lets a waist bender start from a fall once the wall taught the tilt.
                Cause::WaistBend => most || (more && !tips_as_one),
                Cause::LeaningTooFar => more,
                Cause::LeanRisesWithSpeed => most && !eases,
                _ => false,
            }
    }

    /// Practises once: the outcomes of the judged repetitions, drawn from the skill. What it does to the fault follows
    /// from which drill the table names for it.
    pub(crate) fn practise(&mut self, drill: DrillId, feedback: bool, hurts: bool) -> Vec<RepetitionOutcome> {
        let place = Drill::ALL.iter().position(|one| one.id == drill).unwrap_or(0);
        let skill = self.skills[place] + if feedback { 0.05 } else { 0.0 };
        let skill = if drill == DrillId::D0 { 0.97 } else { skill };
        let rng = &mut self.rng;
        let outcomes: Vec<RepetitionOutcome> = (0..Drill::of(drill).asked())
            .map(|_| match () {
                () if chance(rng, 0.03) => RepetitionOutcome::NotSeen,
                () if chance(rng, skill) => RepetitionOutcome::Passed,
                () => RepetitionOutcome::Missed(Miss::NoChange),
            })
            .collect();
        self.skills[place] = (self.skills[place] + rng.random_range(0.06..0.14)).min(0.95);
        let right = self.truth.drills().iter().position(|one| *one == drill);
        self.severity = match right {
            _ if hurts => (self.severity + 0.08).min(1.3),
            Some(0) => self.severity * (1.0 - self.rate),
            Some(_) => self.severity * (1.0 - 0.7 * self.rate),
            None => self.severity * 0.99,
        };
        if hurts && chance(&mut self.rng, 0.3) {
            let place = match self.truth {
                Cause::WaistBend => PainPlace::LowBack,
                _ => PainPlace::HipFlexors,
            };
            self.telling.hurt(place, &mut self.rng);
        }
        outcomes
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        chance(&mut self.rng, share)
    }

    pub(crate) const fn rng(&mut self) -> &mut Pcg64Mcg {
        &mut self.rng
    }
}

impl Today {
    pub(crate) fn form(&self, speed_mps: f64, grade: f64, through: f64) -> Form {
        let (fault, s) = (&self.fault, self.severity);
        let tired = ((through - 0.4) / 0.6).clamp(0.0, 1.0);
        let cold = (1.0 - 2.0 * through).clamp(0.0, 1.0);
        let hill = if grade > 0.0 {
            fault.up_lean_deg
        } else {
            fault.down_lean_deg
        };
        let hill = if grade == 0.0 { 0.0 } else { hill };
        let faster = speed_mps - 2.8;
        let lean_deg = fault.lean_deg
            + tired * fault.tired_lean_deg
            + cold * fault.cold_lean_deg
            + hill
            + faster * fault.lean_per_mps;
        Form {
            lean_deg: (self.own.lean_deg + faster * self.own.lean_per_mps + s * lean_deg + self.off[0])
                .clamp(-3.0, 24.0),
            bend_deg: self.own.bend_deg + s * (fault.bend_deg + tired * fault.tired_bend_deg) + self.off[1],
            timing: self.own.timing + s * fault.timing + self.off[2],
            cadence_spm: self.own.cadence_spm + s * fault.cadence_spm,
        }
    }

    /// Tilt and bend of a start, degrees.
    pub(crate) fn start(&self) -> (f64, f64) {
        let tilt = 9.0 + self.severity * self.fault.start_deg + 0.5 * self.off[0];
        let bend = self.severity * self.fault.start_bend_deg + 0.5 * self.off[1];
        (tilt.max(1.0), bend)
    }

    pub(crate) fn style(&self) -> Style {
        let times = |share: f64| (1.0 + self.severity * share).max(0.1);
        Style::of_person(self.person)
            .braking(times(self.fault.braking))
            .uneven(
                self.severity * self.fault.uneven[0],
                self.severity * self.fault.uneven[1],
            )
            .pelvis_turning(times(self.fault.pelvis))
            .chest_swaying(times(self.fault.sway))
    }
}
