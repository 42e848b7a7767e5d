//! A virtual body: what chest and pelvis of a real runner did, continued into a run with a stand before it.
//!
//! Before the run the runner stands. A trial of five seconds is repeated in whole strides, its ends joined by
//! spreading what is left open evenly; one of half a minute is taken as it is. Holds no sensor.
//! Invariant: the truth is that of the motion which the pods get, seams and turned segments included.

mod repeat;
mod truth;

use glam::{DMat3, DQuat, DVec3};

use crate::{
    contacts::Contact,
    markers::{Pose, Trial},
};
use repeat::{closed, sequence};

/// How long the body takes from the stand into the first running pose, seconds.
const TURN_S: f64 = 1.0;
/// Frames at either end of a trial that smoothing has spoilt.
const EDGE_FRAMES: usize = 12;

/// One segment in the world, frame by frame.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Specific force where the pod sits, m/s².
    pub force: Vec<DVec3>,
    /// From the segment's axes (forward, up, right) to the world.
    pub turn: Vec<DQuat>,
}

/// What markers and force plates say of one step.
#[derive(Clone, Copy, Debug)]
pub struct TrueStep {
    /// The contact that begins it, seconds of the run.
    pub contact: Contact,
    /// The other foot's contact, seconds.
    pub next_contact_s: f64,
    /// Inclination from the standing pose, mean over the step, degrees; `None` without trunk markers.
    pub trunk_lean_deg: Option<f64>,
    /// The same for the pelvis.
    pub pelvis_tilt_deg: f64,
    /// Rise and fall of the chest pod's and the pelvis pod's place, millimetres.
    pub oscillation_mm: [Option<f64>; 2],
    /// (fore-aft zero crossing − lowest point of the pelvis) / ground contact time.
    pub mid_stance_timing: Option<f64>,
}

impl TrueStep {
    /// The step's place in the run, moved by `seconds`.
    fn shifted(&self, seconds: f64) -> Self {
        Self {
            contact: self.contact.shifted(seconds),
            next_contact_s: self.next_contact_s + seconds,
            ..*self
        }
    }
}

/// Segments turned by known angles from how the runner ran, degrees, + forward: a semi-synthetic posture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Posture {
    /// The trunk.
    pub trunk_deg: f64,
    /// The pelvis.
    pub pelvis_deg: f64,
}

/// How long the stand is and how often the trial comes.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Length of the stand, seconds.
    pub stand_s: f64,
    /// How often a trial is repeated.
    pub repeats: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            stand_s: 5.0,
            repeats: 6,
        }
    }
}

/// A stand and a run, as segments that move and as truth.
#[derive(Clone, Debug)]
pub struct Body {
    /// Frames a second.
    pub rate_hz: f64,
    /// When the run begins, seconds.
    pub run_from_s: f64,
    /// The chest; `None` without trunk markers.
    pub chest: Option<Segment>,
    /// The pelvis.
    pub pelvis: Segment,
    /// Every step.
    pub steps: Vec<TrueStep>,
}

/// Mean of some numbers; `None` of none.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values
        .into_iter()
        .fold((0_usize, 0.0), |(count, sum), value| (count + 1, sum + value));
    (count > 0).then(|| sum / count as f64)
}

impl Body {
    /// Mean trunk lean of the run, degrees.
    pub fn trunk_lean_deg(&self) -> Option<f64> {
        mean(self.steps.iter().filter_map(|step| step.trunk_lean_deg))
    }

    /// Mean pelvis tilt of the run, degrees.
    pub fn pelvis_tilt_deg(&self) -> f64 {
        mean(self.steps.iter().map(|step| step.pelvis_tilt_deg)).unwrap_or(f64::NAN)
    }

    /// Steps a minute over the run.
    pub fn cadence_spm(&self) -> f64 {
        let from = self.steps[0].contact.initial_contact_s;
        let to = self.steps[self.steps.len() - 1].next_contact_s;
        60.0 * self.steps.len() as f64 / (to - from)
    }

    /// Length, seconds.
    pub fn length_s(&self) -> f64 {
        self.pelvis.force.len() as f64 / self.rate_hz
    }
}

/// One trial, read and ready to be made into runs.
pub struct Source {
    trial: Trial,
    poses: Vec<Pose>,
    standing: Option<Pose>,
    contacts: Vec<Contact>,
    has_trunk: bool,
}

/// Positions and orientations of one segment's pod in a trial.
struct Track {
    place: Vec<DVec3>,
    turn: Vec<DQuat>,
    neutral: DQuat,
}

/// The part of a trial that becomes the run, frames.
#[derive(Clone, Copy)]
struct Cut {
    from: usize,
    to: usize,
    repeats: usize,
    lead: usize,
}

impl Source {
    /// A trial; without a standing pose the runner stands with upright segments.
    pub fn new(trial: Trial, standing: Option<Pose>, contacts: Vec<Contact>, has_trunk: bool) -> Self {
        let poses = (0..trial.frames()).map(|k| trial.at(k)).collect();
        Self {
            trial,
            poses,
            standing,
            contacts,
            has_trunk,
        }
    }

    fn frame(&self, seconds: f64) -> f64 {
        (seconds - self.trial.start_s) * self.trial.rate_hz
    }

    /// The run in a posture: a short trial repeated in whole strides, a long one (`repeats` 1) as it is.
    pub fn body(&self, plan: Plan, posture: Posture) -> Body {
        let rate_hz = self.trial.rate_hz;
        let last_s = self.trial.start_s + (self.trial.frames() - EDGE_FRAMES) as f64 / rate_hz;
        let inside: Vec<Contact> = (self.contacts.iter())
            .filter(|contact| {
                contact.initial_contact_s > self.trial.start_s + 0.12 && contact.initial_contact_s < last_s
            })
            .copied()
            .collect();
        let steps = (inside.len() - 1) / 2 * 2;
        let frame = |seconds: f64| self.frame(seconds).round() as usize;
        let cut = Cut {
            from: frame(inside[0].initial_contact_s),
            to: frame(inside[steps].initial_contact_s),
            repeats: plan.repeats,
            lead: ((plan.stand_s + TURN_S) * rate_hz) as usize,
        };
        let stand = (plan.stand_s * rate_hz) as usize;
        let chest = self
            .has_trunk
            .then(|| self.track(Pose::sternum, Pose::trunk_axes, posture.trunk_deg));
        let pelvis = self.track(Pose::sacrum, Pose::pelvis_axes, posture.pelvis_deg);
        let closed = [chest.as_ref(), Some(&pelvis)].map(|track| Some(closed(track?, cut)));
        let truth: Vec<TrueStep> = (0..steps)
            .map(|k| self.true_step(&inside[k..k + 2], cut, &closed, [chest.as_ref(), Some(&pelvis)]))
            .collect();
        let segment = |track: &Track, turns: &[DQuat]| sequence(track, turns, cut, stand, rate_hz);
        let period_s = (cut.to - cut.from) as f64 / rate_hz;
        let repeated = (0..plan.repeats).flat_map(|repeat| {
            truth
                .iter()
                .map(move |step| step.shifted(repeat as f64 * period_s))
        });
        Body {
            rate_hz,
            run_from_s: cut.lead as f64 / rate_hz,
            steps: repeated.collect(),
            chest: chest
                .as_ref()
                .zip(closed[0].as_ref())
                .map(|(track, turns)| segment(track, turns)),
            pelvis: segment(&pelvis, closed[1].as_deref().unwrap_or_default()),
        }
    }

    fn track(&self, place: fn(&Pose) -> DVec3, axes: fn(&Pose) -> DMat3, forward_deg: f64) -> Track {
        let tip = DQuat::from_rotation_z(-forward_deg.to_radians());
        let placed = |pose: &Pose| {
            let centre = pose.pelvis_centre();
            centre + tip * (place(pose) - centre)
        };
        Track {
            place: self.poses.iter().map(placed).collect(),
            turn: (self.poses.iter())
                .map(|pose| tip * DQuat::from_mat3(&axes(pose)))
                .collect(),
            neutral: (self.standing.as_ref()).map_or(DQuat::IDENTITY, |pose| DQuat::from_mat3(&axes(pose))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        recordings,
        trials::{Named, hamner},
    };

    /// Says that it is skipped where there is nothing to look at.
    fn trials() -> Vec<Named> {
        recordings("hamner2013").map(|_| hamner()).unwrap_or_default()
    }

    #[test]
    fn a_turned_segment_leans_by_that_much_more_and_nothing_else_of_the_truth_moves() {
        for named in trials().iter().take(4) {
            let as_it_was = named.source.body(Plan::default(), Posture::default());
            let posture = Posture {
                trunk_deg: 6.0,
                pelvis_deg: -3.0,
            };
            let turned = named.source.body(Plan::default(), posture);
            let lean = |body: &Body| body.trunk_lean_deg().expect("trunk markers");
            assert!((lean(&turned) - lean(&as_it_was) - 6.0).abs() < 0.05);
            assert!((turned.pelvis_tilt_deg() - as_it_was.pelvis_tilt_deg() + 3.0).abs() < 0.05);
            assert!((turned.cadence_spm() - as_it_was.cadence_spm()).abs() < 1e-9);
        }
    }

    #[test]
    fn a_repeated_trial_is_a_run_without_a_leap() {
        for named in trials() {
            let body = named.source.body(Plan::default(), Posture::default());
            let from = (body.run_from_s * body.rate_hz) as usize;
            for pair in body.pelvis.turn[from..].windows(2) {
                assert!(
                    pair[0].angle_between(pair[1]).to_degrees() < 6.0,
                    "{}",
                    named.name
                );
            }
        }
    }
}
