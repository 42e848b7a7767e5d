//! Named pieces of a runner's day, to be put together into scenarios.
//!
//! Invents no motion. Invariant: what a name promises is what the acts do, by the numbers of the drill catalogue.

use std::ops::Range;

use super::scenario::Act;

/// The band of trunk lean the runner of these presets usually keeps, degrees.
pub const OWN_BAND_DEG: [f64; 2] = [6.0, 12.0];
/// This runner's usual waist bend, degrees.
pub const USUAL_BEND_DEG: f64 = 4.0;

/// How the runner runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunForm {
    /// In the middle of the own band.
    Good,
    /// Upright, with the hip late over the foot.
    Under,
    /// Leaning beyond the band as one piece.
    Over,
    /// Bent at the waist, sitting back.
    WaistBend,
}

impl RunForm {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Good, Self::Under, Self::Over, Self::WaistBend];

    /// The form's name, the same as its lean class.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Under => "under",
            Self::Over => "over",
            Self::WaistBend => "waist_bend",
        }
    }

    /// Trunk lean and waist bend in degrees, and mid-stance timing. Ours: clear cases, not people.
    const fn numbers(self) -> (f64, f64, f64) {
        match self {
            Self::Good => (9.0, USUAL_BEND_DEG, 0.06),
            Self::Under => (2.5, 1.5, 0.11),
            Self::Over => (16.0, 5.0, 0.01),
            Self::WaistBend => (15.0, 13.0, 0.12),
        }
    }
}

const fn stand(seconds: f64) -> Act {
    Act::Stand { seconds }
}

const fn walk(seconds: f64) -> Act {
    Act::Walk {
        seconds,
        speed_mps: 1.3,
    }
}

const fn easy_run(seconds: f64, lean_deg: [f64; 2], bend_deg: [f64; 2], timing: f64) -> Act {
    Act::Run {
        seconds,
        speed_mps: 3.0,
        cadence_spm: 170.0,
        lean_deg,
        bend_deg,
        timing,
        ground_contact_ms: 250.0,
    }
}

/// D0: three holds of five seconds with five walking steps between them, then more than ten straight on.
#[must_use]
pub fn calibration() -> Vec<Act> {
    vec![
        stand(6.5),
        walk(3.4),
        stand(6.5),
        walk(3.4),
        stand(6.5),
        walk(9.0),
        stand(4.0),
    ]
}

/// D3: two sets of six tilts as one piece with the rest between them, then four with the eyes closed.
#[must_use]
pub fn wall_tilts_good() -> Vec<Act> {
    wall_tilts(6.0, 0.0)
}

/// D3: the same with the trunk bent over and the seat back.
#[must_use]
pub fn wall_tilts_bent() -> Vec<Act> {
    wall_tilts(3.0, 10.0)
}

fn wall_tilts(angle_deg: f64, bend_deg: f64) -> Vec<Act> {
    let set = Act::WallTilts {
        count: 6,
        angle_deg,
        hold_s: 3.5,
        bend_deg,
    };
    let unseen = Act::WallTilts {
        count: 4,
        angle_deg,
        hold_s: 3.5,
        bend_deg,
    };
    vec![stand(4.0), set, stand(32.0), set, stand(4.0), unseen, stand(3.0)]
}

/// D4: three sets of four, tipping as one piece into the start.
#[must_use]
pub fn lean_and_falls_good() -> Vec<Act> {
    lean_and_falls(10.0, 0.0)
}

/// D4: the same with a bow at the waist and little behind it.
#[must_use]
pub fn lean_and_falls_bent() -> Vec<Act> {
    lean_and_falls(4.0, 12.0)
}

fn lean_and_falls(angle_deg: f64, bend_deg: f64) -> Vec<Act> {
    let set = Act::LeanAndFalls {
        count: 4,
        angle_deg,
        bend_deg,
    };
    vec![stand(4.0), set, stand(60.0), set, stand(60.0), set]
}

/// A stand long enough for a neutral, a few steps, a run in this form, a stand.
#[must_use]
pub fn run(form: RunForm, seconds: f64) -> Vec<Act> {
    let (lean_deg, bend_deg, timing) = form.numbers();
    vec![
        stand(5.0),
        walk(8.0),
        easy_run(seconds, [lean_deg; 2], [bend_deg; 2], timing),
        stand(4.0),
    ]
}

/// Seconds between two practices, standing.
const PAUSE_S: f64 = 20.0;

/// Practices one after the other with a stand between them, and where each lies among the acts.
#[must_use]
pub fn one_after_the_other(practices: &[Vec<Act>]) -> (Vec<Act>, Vec<Range<usize>>) {
    let mut acts = Vec::new();
    let mut places = Vec::new();
    for practice in practices {
        if !acts.is_empty() {
            acts.push(stand(PAUSE_S));
        }
        places.push(acts.len()..acts.len() + practice.len());
        acts.extend_from_slice(practice);
    }
    (acts, places)
}

/// A first drill and a short run: D0, then forty seconds in the own band.
#[must_use]
pub fn short_session() -> [Vec<Act>; 2] {
    [calibration(), run(RunForm::Good, 40.0)]
}

/// Twenty minutes: good for ten, then the lean fades from 9 to 3 degrees while the hip comes later and later.
#[must_use]
pub fn fading_run() -> Vec<Act> {
    let bend_deg = |at_lean: f64| USUAL_BEND_DEG - 0.4 * (9.0 - at_lean);
    let fade =
        |from: f64, to: f64, timing| easy_run(200.0, [from, to], [bend_deg(from), bend_deg(to)], timing);
    vec![
        stand(5.0),
        walk(10.0),
        easy_run(600.0, [9.0; 2], [USUAL_BEND_DEG; 2], 0.06),
        fade(9.0, 7.0, 0.07),
        fade(7.0, 5.0, 0.09),
        fade(5.0, 3.0, 0.11),
        walk(10.0),
        stand(5.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Scenario, StepTruth, Truth, simulate};

    fn truth(acts: Vec<Act>) -> Truth {
        let mut scenario = Scenario::new(21, acts);
        scenario.pods.clear();
        simulate(&scenario).truth
    }

    fn mean(steps: &[&StepTruth], of: fn(&StepTruth) -> f64) -> f64 {
        steps.iter().map(|step| of(step)).sum::<f64>() / steps.len() as f64
    }

    #[test]
    fn the_calibration_walks_five_steps_twice_and_then_more_than_ten() {
        let truth = truth(calibration());
        let walked: Vec<usize> = truth
            .acts
            .iter()
            .filter(|act| matches!(act.act, Act::Walk { .. }))
            .map(|act| {
                let inside = |step: &&StepTruth| (act.start_s..act.end_s).contains(&step.initial_contact_s);
                truth.steps.iter().filter(inside).count()
            })
            .collect();
        assert!(matches!(walked[..], [4..=6, 4..=6, 11..=30]), "{walked:?}");
    }

    #[test]
    fn good_repetitions_are_what_the_drills_ask_for_and_bent_ones_are_not() {
        for repetition in truth(wall_tilts_good()).repetitions {
            assert!((4.0..8.0).contains(&repetition.trunk_lean_deg));
            assert!(repetition.waist_bend_deg.abs() < 3.0 && repetition.pelvis_forward_mm > 30.0);
        }
        for repetition in truth(lean_and_falls_good()).repetitions {
            let expected_deg = repetition.launch.unwrap().expected_angle_deg();
            assert!((6.0..15.0).contains(&repetition.trunk_lean_deg));
            assert!((repetition.trunk_lean_deg - expected_deg).abs() < 4.0);
            assert!(repetition.pelvis_forward_mm > 0.0 && repetition.pelvis_back_mm < 10.0);
        }
        for repetition in truth(wall_tilts_bent()).repetitions {
            assert!(repetition.waist_bend_deg > 6.0 && repetition.pelvis_forward_mm < 30.0);
        }
        for repetition in truth(lean_and_falls_bent()).repetitions {
            assert!(repetition.waist_bend_deg > 6.0 && repetition.pelvis_back_mm > 10.0);
        }
    }

    #[test]
    fn each_form_lies_clearly_on_its_side_of_the_own_band() {
        for form in RunForm::ALL {
            let truth = truth(run(form, 60.0));
            let steps: Vec<_> = truth.running_steps(20.0, 65.0).collect();
            let lean_deg = mean(&steps, |step| step.trunk_lean_deg);
            let bend_deg = mean(&steps, StepTruth::waist_bend_deg);
            let bent = bend_deg > USUAL_BEND_DEG + 6.0;
            let name = match lean_deg {
                _ if bent => "waist_bend",
                low if low < OWN_BAND_DEG[0] - 2.0 => "under",
                high if high > OWN_BAND_DEG[1] + 2.0 => "over",
                _ => "good",
            };
            assert_eq!(name, form.name());
        }
    }

    #[test]
    fn the_fading_run_never_stops_and_ends_below_the_band() {
        let truth = truth(fading_run());
        let early: Vec<_> = truth.running_steps(60.0, 600.0).collect();
        let late: Vec<_> = truth.running_steps(1180.0, 1205.0).collect();
        assert!((mean(&early, |step| step.trunk_lean_deg) - 9.0).abs() < 0.2);
        assert!((mean(&late, |step| step.trunk_lean_deg) - 3.2).abs() < 0.4);
        let all: Vec<_> = truth.running_steps(0.0, 2000.0).collect();
        assert!(
            all.windows(2)
                .all(|pair| (pair[1].initial_contact_s - pair[0].next_contact_s).abs() < 1e-9)
        );
    }
}
