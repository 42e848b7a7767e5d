//! What a learner tells: symptoms that are there and not told, told late, or told and not there; pain that comes and
//! goes; self-tests that come out wrong.
//!
//! Judges nothing. Invariant: what is told never depends on what the coach believes.

use plumbline_core::{
    cause::self_test::{SelfTest, SelfTestResult},
    drill::check_in::{CheckIn, Felt, Pain, PainPlace},
};
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

use crate::{
    faults::{Fault, Symptom},
    learner::chance,
};

/// Of the symptoms the texts name a runner has each with this chance.
const HAS_IT: f64 = 0.8;
/// A symptom is told at once, or a check-in or two later; else it is forgotten.
const TOLD: f64 = 0.7;
const TOLD_LATE: f64 = 0.2;
/// At a check-in somebody names a sore place, or a feeling, that has nothing to do with it.
const FALSE: f64 = 0.1;
/// A self-test comes out as it is.
const TEST_RIGHT: f64 = 0.8;
/// Some pain of its own begins on a day; who has pain says there is none.
const PAIN_BEGINS: f64 = 0.015;
const LIES: f64 = 0.15;

/// What one learner has and tells.
pub(crate) struct Telling {
    symptoms: Vec<Symptom>,
    tests: &'static [SelfTest],
    late: Vec<(u8, Symptom)>,
    pain: Option<(Pain, u8)>,
}

impl Telling {
    pub(crate) fn new(fault: &Fault, rng: &mut Pcg64Mcg) -> Self {
        let all = fault.symptoms.iter().copied();
        Self {
            symptoms: all.filter(|_| chance(rng, HAS_IT)).collect(),
            tests: fault.tests,
            late: Vec::new(),
            pain: None,
        }
    }

    /// Something hurts from now on, for some days.
    pub(crate) fn hurt(&mut self, place: PainPlace, rng: &mut Pcg64Mcg) {
        let pain = Pain {
            place,
            level: rng.random_range(1..=5),
            sharp: chance(rng, 0.1),
            limping: chance(rng, 0.1),
            rising: chance(rng, 0.2),
        };
        self.pain = Some((pain, rng.random_range(3..=7)));
    }

    /// A day later.
    pub(crate) fn sleep(&mut self, rng: &mut Pcg64Mcg) {
        self.pain = self
            .pain
            .and_then(|(pain, days)| Some((pain, days.checked_sub(1)?)));
        if self.pain.is_none() && chance(rng, PAIN_BEGINS) {
            let place = PainPlace::ALL[rng.random_range(0..PainPlace::ALL.len())];
            self.hurt(place, rng);
        }
    }

    /// A check-in; the fault's own symptoms fade with it.
    pub(crate) fn check_in(&mut self, severity: f64, rng: &mut Pcg64Mcg) -> CheckIn {
        let mut said = CheckIn::default();
        for symptom in self.symptoms.clone() {
            if !chance(rng, severity.min(1.0)) {
                continue;
            }
            match rng.random::<f64>() {
                at if at < TOLD => tell(&mut said, symptom),
                at if at < TOLD + TOLD_LATE => self.late.push((rng.random_range(1..=2), symptom)),
                _ => {}
            }
        }
        for (wait, symptom) in std::mem::take(&mut self.late) {
            match wait {
                0 => tell(&mut said, symptom),
                _ => self.late.push((wait - 1, symptom)),
            }
        }
        if chance(rng, FALSE) {
            tell(
                &mut said,
                Symptom::Sore(PainPlace::ALL[rng.random_range(0..PainPlace::ALL.len())]),
            );
        }
        if chance(rng, FALSE) {
            tell(
                &mut said,
                Symptom::Feels(Felt::ALL[rng.random_range(0..Felt::ALL.len())]),
            );
        }
        if let Some((pain, _)) = self.pain.filter(|_| !chance(rng, LIES)) {
            said.pain.push(pain);
        }
        said
    }

    /// How a self-test ends.
    pub(crate) fn test(&self, test: SelfTest, severity: f64, rng: &mut Pcg64Mcg) -> SelfTestResult {
        let fails = self.tests.contains(&test) && severity > 0.3;
        if fails == chance(rng, TEST_RIGHT) {
            SelfTestResult::Fail
        } else {
            SelfTestResult::Pass
        }
    }
}

fn tell(said: &mut CheckIn, symptom: Symptom) {
    match symptom {
        Symptom::Sore(place) => said.sore.push(place),
        Symptom::Feels(felt) => said.felt.push(felt),
    }
}
