//! The pose of the body as a function of time, act after act.
//!
//! Knows no pods. Invariant: every motion begins and ends upright, with a neutral pose and the speed of its neighbour,
//! so that nothing jumps where two of them meet.

mod breath;
mod clock;
mod fall;
mod lead;
mod lower;
mod plan;
mod pose;
mod run;
mod stand;
mod strike;
mod tilt;
mod tracks;
mod walk;

use core::f64::consts::PI;

use super::{
    easing::ease,
    random::{self, Stream},
    scenario::{Act, Scenario},
    style::Style,
    truth::{ActTruth, RepetitionTruth},
};
use breath::Breaths;
use lower::Lower;
pub(super) use pose::{Angles, Pose, StepTimes};
use run::Running;
use stand::Sway;
use tilt::Tilt;
use tracks::RunningPart;
use walk::{Walking, WalkingPart};

/// Seconds a half turn on the spot takes.
const TURN_S: f64 = 2.0;

/// One continuous motion, with time counted from its own begin.
#[derive(Clone, Debug)]
enum Motion {
    Stand,
    /// Sways to and fro and from side to side by so much, radians.
    Sway {
        duration_s: f64,
        sway: f64,
    },
    HalfTurn,
    Tilt(Tilt),
    Lower(Lower),
    Breaths(Breaths),
    Walk(Walking),
    Run(Box<Running>),
}

#[derive(Clone, Debug)]
struct Phrase {
    start_s: f64,
    heading: f64,
    motion: Motion,
}

/// All the runner does, ready to be asked for any instant.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    phrases: Vec<Phrase>,
    sway: Sway,
    style: Style,
    heading: f64,
    /// When the last motion ends.
    pub(super) end_s: f64,
    /// The acts as they came to lie.
    pub(super) acts: Vec<ActTruth>,
    /// The repetitions as they came to lie.
    pub(super) repetitions: Vec<RepetitionTruth>,
}

impl Timeline {
    /// Lays the scenario's acts out in time.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let rng = &mut random::stream(scenario.seed, Stream::Motion);
        let mut timeline = Self {
            phrases: Vec::new(),
            sway: Sway::new(rng),
            style: scenario.style.clone(),
            heading: 0.0,
            end_s: 0.0,
            acts: Vec::new(),
            repetitions: Vec::new(),
        };
        let acts = &scenario.acts;
        let mut index = 0;
        while let Some(act) = acts.get(index) {
            let entry_mps = boundary_speed(acts, index);
            let (length, exit_mps) = gait_bout(acts, index);
            let bout = acts.get(index..index + length).unwrap_or_default();
            timeline.lay(act, bout, [entry_mps, exit_mps], rng);
            index += length;
        }
        timeline
    }

    fn lay(&mut self, act: &Act, bout: &[Act], speeds_mps: [f64; 2], rng: &mut random::Random) {
        let start_s = self.end_s;
        match *act {
            Act::Stand { seconds } => self.push(Motion::Stand, seconds),
            Act::SwayingStand { seconds, sway_deg } => {
                let duration_s = seconds.max(0.0);
                self.push(
                    Motion::Sway {
                        duration_s,
                        sway: sway_deg.to_radians(),
                    },
                    duration_s,
                );
            }
            Act::Walk { .. } | Act::Stairs { .. } | Act::Run { .. } | Act::Bout { .. } | Act::Hop { .. } => {
                self.lay_bout(bout, speeds_mps, rng);
                return;
            }
            Act::WallTilts {
                count,
                angle_deg,
                hold_s,
                bend_deg,
            } => {
                self.push(Motion::Stand, tilt::BEFORE_S);
                for _ in 0..count {
                    let tilt = Tilt::new(angle_deg, bend_deg, hold_s, rng);
                    self.repetitions.push(tilt.truth(self.end_s));
                    let duration_s = tilt.duration_s();
                    self.push(Motion::Tilt(tilt), duration_s);
                    self.push(Motion::Stand, tilt::AFTER_S);
                }
            }
            Act::HeelLowers {
                count,
                drop_mm,
                down_s,
                pitch_deg,
            } => {
                self.push(Motion::Stand, lower::REST_S);
                for _ in 0..count {
                    let lower = Lower::new(drop_mm, down_s, pitch_deg, rng);
                    let duration_s = lower.duration_s();
                    self.push(Motion::Lower(lower), duration_s);
                    self.push(Motion::Stand, lower::REST_S);
                }
            }
            Act::Breaths {
                count,
                per_minute,
                swing_deg,
                lying,
            } => {
                let breaths = Breaths::new(count, per_minute, swing_deg, lying);
                let duration_s = breaths.duration_s();
                self.push(Motion::Breaths(breaths), duration_s);
            }
            Act::LeanAndFalls {
                count,
                angle_deg,
                bend_deg,
            } => (0..count).for_each(|_| self.lean_and_fall(angle_deg, bend_deg, rng)),
        }
        self.acts.push(ActTruth {
            start_s,
            end_s: self.end_s,
            act: *act,
        });
    }

    /// Acts of one kind of gait, as one motion.
    fn lay_bout(&mut self, bout: &[Act], speeds_mps: [f64; 2], rng: &mut random::Random) {
        let walked: Vec<_> = bout.iter().filter_map(WalkingPart::of).collect();
        let run: Vec<_> = bout.iter().filter_map(RunningPart::of).collect();
        let (duration_s, motion) = if run.is_empty() {
            let walking = Walking::new(&walked, speeds_mps, rng);
            (walking.duration_s(), Motion::Walk(walking))
        } else {
            let running = if matches!(bout, [Act::Hop { .. }, ..]) {
                Running::hopping(&run, rng)
            } else {
                Running::steady(&run, speeds_mps, &self.style, rng)
            };
            (running.duration_s(), Motion::Run(Box::new(running)))
        };
        let mut start_s = self.end_s;
        for act in bout {
            let end_s = start_s + seconds_of_gait(act);
            self.acts.push(ActTruth {
                start_s,
                end_s,
                act: *act,
            });
            start_s = end_s;
        }
        self.push(motion, duration_s);
    }

    fn lean_and_fall(&mut self, angle_deg: f64, bend_deg: f64, rng: &mut random::Random) {
        self.push(Motion::Stand, fall::STAND_S);
        let fall = fall::Fall::new(angle_deg, bend_deg, &self.style, rng);
        self.repetitions.push(fall.truth(self.end_s));
        let duration_s = fall.running.duration_s();
        self.push(Motion::Run(Box::new(fall.running)), duration_s);
        self.half_turn();
        let back = WalkingPart::covering(fall.distance_m);
        let walking = Walking::new(&[back], [0.0, 0.0], rng);
        let duration_s = walking.duration_s();
        self.push(Motion::Walk(walking), duration_s);
        self.half_turn();
        self.push(Motion::Stand, fall::STAND_S);
    }

    fn half_turn(&mut self) {
        self.push(Motion::HalfTurn, TURN_S);
        self.heading += PI;
    }

    fn push(&mut self, motion: Motion, duration_s: f64) {
        self.phrases.push(Phrase {
            start_s: self.end_s,
            heading: self.heading,
            motion,
        });
        self.end_s += duration_s.max(0.0);
    }

    /// The body at any instant; before the start and after the end it stands.
    pub(super) fn pose(&self, time_s: f64) -> Pose {
        let next = self.phrases.partition_point(|phrase| phrase.start_s <= time_s);
        let phrase = next.checked_sub(1).and_then(|index| self.phrases.get(index));
        let mut pose = match phrase {
            Some(phrase) if time_s < self.end_s => phrase.pose(time_s),
            _ => Pose {
                heading: phrase.map_or(0.0, |_| self.heading),
                ..Pose::default()
            },
        };
        self.sway.add_to(&mut pose, time_s);
        pose
    }

    /// Every closed step, in time order.
    pub(super) fn steps(&self) -> impl Iterator<Item = StepTimes> + '_ {
        self.phrases.iter().flat_map(|phrase| {
            let steps = match &phrase.motion {
                Motion::Walk(walking) => walking.steps(),
                Motion::Run(running) => running.steps(),
                Motion::Stand
                | Motion::Sway { .. }
                | Motion::HalfTurn
                | Motion::Tilt(_)
                | Motion::Lower(_)
                | Motion::Breaths(_) => Vec::new(),
            };
            let start_s = phrase.start_s;
            steps.into_iter().map(move |step| step.later_by(start_s))
        })
    }
}

impl Phrase {
    fn pose(&self, time_s: f64) -> Pose {
        let elapsed_s = time_s - self.start_s;
        let mut pose = match &self.motion {
            Motion::Stand => Pose::default(),
            Motion::Sway { duration_s, sway } => stand::swaying(elapsed_s, *duration_s, *sway),
            Motion::HalfTurn => Pose {
                heading: PI * ease(elapsed_s / TURN_S),
                ..Pose::default()
            },
            Motion::Tilt(tilt) => tilt.pose(elapsed_s),
            Motion::Lower(lower) => lower.pose(elapsed_s),
            Motion::Breaths(breaths) => breaths.pose(elapsed_s),
            Motion::Walk(walking) => walking.pose(elapsed_s),
            Motion::Run(running) => running.pose(elapsed_s),
        };
        pose.heading += self.heading;
        pose
    }
}

/// How many acts from `index` on are one bout of gait, and the speed at which the bout ends.
fn gait_bout(acts: &[Act], index: usize) -> (usize, f64) {
    let same = |act: &&Act| match acts.get(index) {
        Some(Act::Walk { .. } | Act::Stairs { .. }) => matches!(act, Act::Walk { .. } | Act::Stairs { .. }),
        Some(Act::Hop { .. }) => matches!(act, Act::Hop { .. }),
        Some(Act::Run { .. } | Act::Bout { .. }) => matches!(act, Act::Run { .. } | Act::Bout { .. }),
        _ => false,
    };
    let length = acts.iter().skip(index).take_while(same).count().max(1);
    (length, boundary_speed(acts, index + length))
}

/// The speed between act `index` and the one before it: the slower of the two.
fn boundary_speed(acts: &[Act], index: usize) -> f64 {
    let speed = |act: Option<&Act>| match act {
        Some(Act::Walk { speed_mps, .. } | Act::Run { speed_mps, .. }) => *speed_mps,
        Some(Act::Stairs { .. }) => walk::STAIRS_MPS,
        Some(Act::Bout { way, .. }) => way.speed_mps,
        _ => 0.0,
    };
    let before = index.checked_sub(1).and_then(|before| acts.get(before));
    speed(before).min(speed(acts.get(index)))
}

/// How long the gait of this act takes; nothing when it is none.
fn seconds_of_gait(act: &Act) -> f64 {
    let walking = WalkingPart::of(act).map(|part| part.seconds);
    let running = RunningPart::of(act).map(|part| part.seconds);
    walking.or(running).unwrap_or_default()
}
