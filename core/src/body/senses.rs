//! Whether the axes of a pod's sensors measure at all while its body moves, and how far its gyroscope is off at rest.
//!
//! Repairs nothing and knows no posture. A walking or running body pushes and turns a pod about every axis, so an axis
//! that stays where it is, or a gyroscope far too quiet or too loud for its accelerometer, measures nothing. At rest a
//! gyroscope that turns and gravity that does not tell an offset larger than the filter of the orientation believes.
//! Invariant: nothing is said before a body has moved for some seconds; what moves again is believed again.

use glam::DVec3;

use super::{resample::GridSample, stillness::BIAS_RADPS};

/// One cell in so many is looked at: twelve a second are enough for a scatter.
const EVERY: i64 = 8;
/// Looks that make a verdict: two and a half seconds, some seven steps. Ours.
const LOOKS: u32 = 32;
/// A specific force that scatters by less is no walking body, m/s². Ours: walking shows 1.5 and more, running 4 to 12.
const MOVES_MPS2: f64 = 1.2;
/// And one that scatters by more runs. Ours.
const RUNS_MPS2: f64 = 4.0;
/// A gyroscope that scatters by less for each m/s² is none, rad/s. Ours: made-up walkers and runners show 0.05 to 0.35,
/// a gyroscope in degrees that were taken for radians a 57th of it.
const QUIET: f64 = 0.012;
/// And one that scatters by more than the first, and by more than the second in rad/s, is in another unit. Ours: a 57
/// times louder one shows 3 and more, 20 rad/s and more.
const LOUD: f64 = 1.5;
const LOUD_RADPS: f64 = 12.0;
/// An axis whose scatter is a smaller share of its sensor's is dead, and smaller than this in m/s² or rad/s. Ours: the
/// quietest live axis of made-up runners, mounted any way up, shows 0.06 of the whole, 0.6 m/s² and 0.1 rad/s.
const DEAD_SHARE: f64 = 0.03;
const DEAD_MPS2: f64 = 0.15;
const DEAD_RADPS: f64 = 0.02;

/// A pod whose force and rotation scatter by less over [`REST_LOOKS`] rests, m/s² and rad/s. Ours: one that really turns by
/// as much as an offset that is looked for sways its force by more.
const REST_MPS2: f64 = 0.25;
const REST_RADPS: f64 = 0.05;
/// Half of the looks: 1.3 seconds.
const REST_LOOKS: u32 = LOOKS / 2;
/// Two rests in a row that agree to within this show an offset, rad/s. Ours.
const SAME_RADPS: f64 = 0.03;

/// Watches the axes of one pod.
#[derive(Clone, Debug, Default)]
pub struct Senses {
    looks: u32,
    sums: [f64; 6],
    squares: [f64; 6],
    /// The sums and squares of the first half of the looks.
    half: [[f64; 6]; 2],
    /// What the gyroscope read over the last half, where the pod was at rest.
    rest: Option<DVec3>,
    offset: DVec3,
    gyro_is_none: bool,
    /// It felt another movement than gravity showed.
    gyro_is_refuted: bool,
    axis_is_dead: bool,
    /// What the last looks alone said of both.
    seems: [bool; 2],
}

/// How much both sensors scatter, each axis and all together.
#[derive(Clone, Copy, Debug)]
struct Scatter {
    force: [f64; 3],
    turn: [f64; 3],
    all_force: f64,
    all_turn: f64,
}

impl Senses {
    /// Takes the next cell; says whether what is believed has changed.
    #[inline]
    pub fn push(&mut self, cell: &GridSample) -> bool {
        cell.index % EVERY == 0 && self.look(cell)
    }

    /// Whether there is no gyroscope to be used, though the pod may send one.
    #[must_use]
    pub const fn gyro_is_none(&self) -> bool {
        self.gyro_is_none || self.gyro_is_refuted
    }

    /// The gyroscope felt another movement than gravity showed: it is none from now on.
    pub const fn refute_gyro(&mut self) {
        self.gyro_is_refuted = true;
    }

    /// Whether an axis of the accelerometer measures nothing: then no direction can be told.
    #[must_use]
    pub const fn axis_is_dead(&self) -> bool {
        self.axis_is_dead
    }

    /// Whether what the gyroscope reads is to be put right or left out.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.gyro_is_none() || self.offset != DVec3::ZERO
    }

    /// What the gyroscope reads too much, rad/s: nothing, unless it is more than the filter of the orientation believes.
    #[must_use]
    pub const fn offset(&self) -> DVec3 {
        self.offset
    }

    fn look(&mut self, cell: &GridSample) -> bool {
        let turn = cell.angular_velocity.unwrap_or_default().to_array();
        let values = cell.specific_force.to_array().into_iter().chain(turn);
        for ((sum, square), value) in self.sums.iter_mut().zip(&mut self.squares).zip(values) {
            *sum += value;
            *square += value * value;
        }
        self.looks += 1;
        let has_gyro = cell.angular_velocity.is_some();
        if self.looks == REST_LOOKS {
            let shifted = has_gyro && self.weigh_rest();
            self.half = [self.sums, self.squares];
            return shifted;
        }
        if self.looks < LOOKS {
            return false;
        }
        let shifted = has_gyro && self.weigh_rest();
        let scatter = Scatter::of(self.looks, &self.sums, &self.squares);
        (self.looks, self.sums, self.squares) = (0, [0.0; 6], [0.0; 6]);
        self.half = [[0.0; 6]; 2];
        shifted | (scatter.all_force > MOVES_MPS2 && self.judge(&scatter, has_gyro))
    }

    /// Takes the half that ends; says whether another offset is believed.
    fn weigh_rest(&mut self) -> bool {
        let since_half = |all: &[f64; 6], half: &[f64; 6]| std::array::from_fn(|k| all[k] - half[k]);
        let sums = since_half(&self.sums, &self.half[0]);
        let squares = since_half(&self.squares, &self.half[1]);
        let scatter = Scatter::of(REST_LOOKS, &sums, &squares);
        let rests = scatter.all_force < REST_MPS2 && scatter.all_turn < REST_RADPS;
        let read = DVec3::new(sums[3], sums[4], sums[5]) / f64::from(REST_LOOKS);
        let before = std::mem::replace(&mut self.rest, rests.then_some(read));
        let agree = before.is_some_and(|before| before.distance(read) < SAME_RADPS);
        if !(rests && agree) || self.offset.distance(read) < BIAS_RADPS {
            return false;
        }
        self.offset = if read.length() > BIAS_RADPS {
            read
        } else {
            DVec3::ZERO
        };
        true
    }

    fn judge(&mut self, scatter: &Scatter, has_gyro: bool) -> bool {
        let before = (self.gyro_is_none, self.axis_is_dead);
        let planar = has_gyro && scatter.is_planar();
        let seems = [
            has_gyro && !planar && scatter.turns_wrongly(),
            scatter.dead_forces().contains(&true) && !planar,
        ];
        // Of a body that only just sets off or stops an axis may be quiet for once.
        let before_too = std::mem::replace(&mut self.seems, seems);
        let sure = |which: usize| seems[which] && (before_too[which] || scatter.all_force > RUNS_MPS2);
        (self.gyro_is_none, self.axis_is_dead) = (sure(0), sure(1));
        before != (self.gyro_is_none, self.axis_is_dead)
    }
}

impl Scatter {
    fn of(looks: u32, sums: &[f64; 6], squares: &[f64; 6]) -> Self {
        let count = f64::from(looks.max(1));
        let of = |k: usize| (squares[k] / count - (sums[k] / count).powi(2)).max(0.0);
        let [force, turn] = [0, 3].map(|from| [from, from + 1, from + 2].map(of));
        let [all_force, all_turn] = [force, turn].map(|axes| axes.iter().sum::<f64>().sqrt());
        Self {
            force: force.map(f64::sqrt),
            turn: turn.map(f64::sqrt),
            all_force,
            all_turn,
        }
    }

    fn dead_forces(&self) -> [bool; 3] {
        self.force
            .map(|axis| axis < DEAD_MPS2 && axis < DEAD_SHARE * self.all_force)
    }

    fn dead_turns(&self) -> [bool; 3] {
        self.turn
            .map(|axis| axis < DEAD_RADPS && axis < DEAD_SHARE * self.all_turn)
    }

    fn turns_wrongly(&self) -> bool {
        let quiet = self.all_turn < QUIET * self.all_force;
        let loud = self.all_turn > (LOUD * self.all_force).max(LOUD_RADPS);
        quiet || loud || self.dead_turns().contains(&true)
    }

    /// A made-up body that moves in one plane pushes along two axes and turns about the third: nothing is missing.
    fn is_planar(&self) -> bool {
        let (forces, turns) = (self.dead_forces(), self.dead_turns());
        (0..3).any(|axis| {
            let others_turn = (0..3).any(|other| other != axis && !turns[other]);
            forces[axis] && !turns[axis] && !others_turn
        })
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;

    fn after(change: impl Fn(DVec3, DVec3) -> (DVec3, Option<DVec3>)) -> Senses {
        let mut senses = Senses::default();
        for index in 0..600 {
            let phase = index as f64 * 0.18;
            let force = DVec3::new(2.0 * phase.cos(), 9.8 + 8.0 * phase.sin(), (0.5 * phase).sin());
            let turn = DVec3::new(
                0.4 * (0.5 * phase).cos(),
                1.2 * (0.5 * phase).sin(),
                0.5 * phase.cos(),
            );
            let (specific_force, angular_velocity) = change(force, turn);
            senses.push(&GridSample {
                index,
                specific_force,
                angular_velocity,
                clipped: false,
            });
        }
        senses
    }

    #[test]
    fn live_axes_are_believed_with_and_without_a_gyroscope() {
        for senses in [
            after(|force, turn| (force, Some(turn))),
            after(|force, _| (force, None)),
        ] {
            assert!(!senses.gyro_is_none() && !senses.axis_is_dead());
        }
    }

    #[test]
    fn a_gyroscope_that_is_constant_in_part_or_in_another_unit_is_none() {
        let changes: [fn(DVec3) -> DVec3; 5] = [
            |_| DVec3::ZERO,
            |_| DVec3::new(0.02, -0.3, 0.1),
            |turn| turn.with_y(0.0),
            |turn| turn * 57.3,
            |turn| turn / 57.3,
        ];
        for (k, change) in changes.into_iter().enumerate() {
            let senses = after(|force, turn| (force, Some(change(turn))));
            assert!(senses.gyro_is_none() && !senses.axis_is_dead(), "{k}");
        }
    }

    #[test]
    fn a_constant_axis_of_force_is_dead_whatever_its_value() {
        for value in [0.0, 2.5, -9.8] {
            assert!(after(|force, turn| (force.with_y(value), Some(turn))).axis_is_dead());
            assert!(after(|force, _| (force.with_z(value), None)).axis_is_dead());
        }
    }

    #[test]
    fn a_body_that_moves_in_one_plane_lacks_nothing() {
        let senses = after(|force, turn| (force.with_z(0.0), Some(DVec3::Z * turn.z)));
        assert!(!senses.gyro_is_none() && !senses.axis_is_dead());
    }

    fn offset_after(rest: impl Fn(f64) -> (DVec3, DVec3)) -> DVec3 {
        let mut senses = Senses::default();
        for index in 0..600 {
            let (specific_force, turn) = rest(index as f64 * 0.01);
            senses.push(&GridSample {
                index,
                specific_force,
                angular_velocity: Some(turn),
                clipped: false,
            });
        }
        senses.offset()
    }

    #[test]
    fn a_gyroscope_that_turns_while_gravity_stands_is_off_by_as_much() {
        for off in [DVec3::X * 0.15, DVec3::new(0.1, -0.2, 0.3)] {
            let found = offset_after(|_| (DVec3::Y * 9.8, off));
            assert!(found.distance(off) < 1e-6, "{found}");
        }
    }

    #[test]
    fn a_small_offset_is_left_to_the_filter_and_a_body_that_turns_has_none() {
        let turning = |about: DVec3, time_s: f64| {
            let up = glam::DQuat::from_scaled_axis(-about * time_s) * DVec3::Y;
            (up * 9.8, about)
        };
        assert_eq!(offset_after(|_| (DVec3::Y * 9.8, DVec3::X * 0.05)), DVec3::ZERO);
        assert_eq!(
            offset_after(|time_s| turning(DVec3::Z * 0.1, time_s)),
            DVec3::ZERO
        );
        assert_eq!(
            offset_after(|time_s| turning(DVec3::X * 0.3, time_s)),
            DVec3::ZERO
        );
    }

    #[test]
    fn of_a_body_at_rest_nothing_is_said() {
        let senses = after(|_, _| (DVec3::Y * 9.8, Some(DVec3::ZERO)));
        assert!(!senses.gyro_is_none() && !senses.axis_is_dead());
    }
}
