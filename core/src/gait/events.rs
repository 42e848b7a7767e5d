//! Initial contact, toe-off and mid-stance, and the step between two contacts.
//!
//! Judges nothing. The body's vertical acceleration is read as force per mass: near zero in flight.
//! Invariant: steps come in time order and never overlap; a hole ends a step without a number.

use std::collections::VecDeque;

use super::{
    steady::SteadyGate,
    step::{Side, Step},
};
use crate::{
    body::{
        filter::Hann,
        rhythm::{Beat, DELAY_CELLS, Rhythm},
        sample::{BodySample, GRID_HZ},
        segment::time_s,
    },
    units::{Degrees, GRAVITY, Millimeters, Milliseconds, StepsPerMinute},
};

/// Smoothing of the vertical force on either side, cells.
const SMOOTH_CELLS: usize = 4;
/// Vertical force per weight that begins contact. With the next one chosen on 27 trials of nine runners against
/// force plates (virtual pelvis pods): contact 1 ± 10 ms, toe-off 5 ± 15 ms, contact time 4 ± 23 ms.
const CONTACT_WEIGHTS: f64 = 0.35;
/// Vertical force per weight that ends contact.
const TOE_OFF_WEIGHTS: f64 = 0.2;
/// Shortest and longest step, seconds: 250 to 50 steps a minute. Ours.
const STEP_S: [f64; 2] = [0.24, 1.2];
/// Shortest and longest ground contact, seconds. Ours.
const CONTACT_S: [f64; 2] = [0.08, 0.6];
/// Cells kept: two of the longest steps and the delay.
const KEPT_CELLS: usize = 320;
/// Share of a step that may be missing before its angle is unknown (`domain.md`, data gate).
const MISSING_SHARE: f64 = 0.05;

/// One instant as the search for events keeps it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    body: BodySample,
    /// Vertical force per weight, smoothed; `None` at the edge of a hole.
    force: Option<f64>,
    /// Fore-aft acceleration of the pelvis, smoothed, m/s².
    fore_aft: Option<f64>,
}

/// What is known of a stance before the next one closes its step.
#[derive(Clone, Copy, Debug)]
struct Stance {
    contact_s: f64,
    toe_off_s: Option<f64>,
    flew_before: bool,
}

/// Finds steps in the samples of the body, one grid cell at a time.
#[derive(Debug)]
pub struct StepDetector {
    rhythm: Rhythm,
    force_filter: Hann,
    fore_aft_filter: Hann,
    cells: VecDeque<Cell>,
    /// Grid cell of the newest of `cells`.
    newest: i64,
    last_beat: Option<Beat>,
    stance: Option<Stance>,
    gate: SteadyGate,
}

impl Default for StepDetector {
    fn default() -> Self {
        Self {
            rhythm: Rhythm::default(),
            force_filter: Hann::new(SMOOTH_CELLS),
            fore_aft_filter: Hann::new(SMOOTH_CELLS),
            cells: VecDeque::with_capacity(KEPT_CELLS + 1),
            newest: 0,
            last_beat: None,
            stance: None,
            gate: SteadyGate::default(),
        }
    }
}

impl StepDetector {
    /// Takes the body at grid cell `index`; gives the step that became certain, about half a second late.
    pub fn push(&mut self, index: i64, body: &BodySample) -> Option<Step> {
        let Some(primary) = body.primary() else {
            self.interrupt();
            self.keep(
                index,
                Cell {
                    body: *body,
                    force: None,
                    fore_aft: None,
                },
            );
            return None;
        };
        if index != self.newest + 1 {
            self.interrupt();
            self.cells.clear();
        }
        let vertical = primary.acceleration.y;
        let fore_aft = body.pelvis.map_or(0.0, |pelvis| pelvis.acceleration.x);
        self.keep(
            index,
            Cell {
                body: *body,
                force: None,
                fore_aft: None,
            },
        );
        let force = self.force_filter.push(vertical / GRAVITY + 1.0);
        let fore_aft = self
            .fore_aft_filter
            .push(fore_aft)
            .filter(|_| body.pelvis.is_some());
        if let Some(cell) = self.at_mut(index - SMOOTH_CELLS as i64) {
            cell.force = force;
            cell.fore_aft = fore_aft;
        }
        let beat = self.rhythm.push(index, vertical)?;
        self.beat(beat)
    }

    fn interrupt(&mut self) {
        self.force_filter.clear();
        self.fore_aft_filter.clear();
        self.last_beat = None;
        self.stance = None;
        self.gate.reset();
    }

    fn keep(&mut self, index: i64, cell: Cell) {
        self.cells.push_back(cell);
        self.newest = index;
        if self.cells.len() > KEPT_CELLS {
            self.cells.pop_front();
        }
    }

    fn at(&self, index: i64) -> Option<&Cell> {
        let back = usize::try_from(self.newest - index).ok()?;
        self.cells.get(self.cells.len().checked_sub(back + 1)?)
    }

    fn at_mut(&mut self, index: i64) -> Option<&mut Cell> {
        let back = usize::try_from(self.newest - index).ok()?;
        let place = self.cells.len().checked_sub(back + 1)?;
        self.cells.get_mut(place)
    }

    fn beat(&mut self, beat: Beat) -> Option<Step> {
        let last = self.last_beat.replace(beat);
        let stance = self.stance_around(beat, last);
        let previous = self.stance.replace(stance)?;
        let duration_s = stance.contact_s - previous.contact_s;
        if !(STEP_S[0]..=STEP_S[1]).contains(&duration_s) {
            self.gate.reset();
            return None;
        }
        let mut step = self.close(previous, stance);
        step.steady = self
            .gate
            .admit(&step, self.yaw_radps(previous.contact_s, stance.contact_s));
        Some(step)
    }

    /// Contact and toe-off around a beat; the deepest point since the last beat where the body did not fly.
    fn stance_around(&self, beat: Beat, last: Option<Beat>) -> Stance {
        let from = last.map_or(beat.index - 40, |last| last.index.max(beat.index - 60));
        let force = |index: i64| self.at(index).and_then(|cell| cell.force);
        let contact = (from..beat.index)
            .rev()
            .find_map(|k| crossing(force, k, CONTACT_WEIGHTS));
        let toe_off =
            (beat.index..=beat.index + DELAY_CELLS as i64).find_map(|k| crossing(force, k, TOE_OFF_WEIGHTS));
        let flew_before = contact.is_some() && beat.is_strong();
        let deepest = || {
            let lowest = (from..beat.index).min_by(|a, b| {
                force(*a)
                    .unwrap_or(f64::MAX)
                    .total_cmp(&force(*b).unwrap_or(f64::MAX))
            });
            time_s(lowest.unwrap_or(beat.index))
        };
        Stance {
            contact_s: contact.unwrap_or_else(deepest),
            toe_off_s: toe_off,
            flew_before,
        }
    }

    fn close(&self, stance: Stance, next: Stance) -> Step {
        let Stance {
            contact_s,
            toe_off_s,
            flew_before,
        } = stance;
        let flight = toe_off_s.filter(|toe_off_s| {
            let contact_time = toe_off_s - contact_s;
            flew_before
                && next.flew_before
                && *toe_off_s < next.contact_s
                && (CONTACT_S[0]..=CONTACT_S[1]).contains(&contact_time)
        });
        let motion = self.vertical_motion(contact_s, next.contact_s);
        let stance_end_s = flight.unwrap_or(next.contact_s);
        let mid_stance_s = motion
            .as_ref()
            .and_then(|motion| motion.lowest_s(contact_s, stance_end_s))
            .unwrap_or(0.5 * (contact_s + stance_end_s));
        let trunk_lean = self.mean_angle(contact_s, next.contact_s, |body| body.chest?.inclination_deg);
        let pelvis_tilt = self.mean_angle(contact_s, next.contact_s, |body| body.pelvis?.inclination_deg);
        let milliseconds = |from: f64, to: f64| Milliseconds((to - from) * 1e3);
        Step {
            initial_contact_s: contact_s,
            mid_stance_s,
            toe_off_s: stance_end_s,
            side: Side::Unknown,
            running: flight.is_some(),
            ground_contact_time: flight.map(|toe_off_s| milliseconds(contact_s, toe_off_s)),
            flight_time: flight.map(|toe_off_s| milliseconds(toe_off_s, next.contact_s)),
            cadence: StepsPerMinute(60.0 / (next.contact_s - contact_s)),
            vertical_oscillation: motion.map(|motion| Millimeters(motion.range_m() * 1e3)),
            trunk_lean,
            pelvis_tilt,
            waist_bend: trunk_lean.zip(pelvis_tilt).map(|(trunk, pelvis)| trunk - pelvis),
            mid_stance_timing: flight
                .and_then(|toe_off_s| self.mid_stance_timing(contact_s, mid_stance_s, toe_off_s)),
            steady: false,
        }
    }

    /// Rise and fall over the step: the vertical acceleration integrated twice, closed over the step.
    fn vertical_motion(&self, from_s: f64, to_s: f64) -> Option<VerticalMotion> {
        let (from, to) = (first_cell(from_s), first_cell(to_s));
        let vertical: Option<Vec<f64>> = (from..to)
            .map(|k| Some(self.at(k)?.body.primary()?.acceleration.y))
            .collect();
        let height_m = integrate_closed(&integrate_closed(&vertical?));
        (height_m.len() > 4).then_some(VerticalMotion { from, height_m })
    }

    fn mean_angle(
        &self,
        from_s: f64,
        to_s: f64,
        angle: impl Fn(&BodySample) -> Option<f64>,
    ) -> Option<Degrees> {
        let (from, to) = (first_cell(from_s), first_cell(to_s));
        let (mut sum, mut count) = (0.0, 0_u32);
        for value in (from..to).filter_map(|k| angle(&self.at(k)?.body)) {
            sum += value;
            count += 1;
        }
        let wanted = (to - from) as f64;
        let known = f64::from(count) >= wanted * (1.0 - MISSING_SHARE);
        (count > 0 && known).then(|| Degrees(sum / f64::from(count)))
    }

    /// Where fore-aft acceleration turns from braking to propulsion, against the lowest point, in contact times.
    /// Over a steady stance braking and propulsion cancel; what is left over is vertical force seen through
    /// a tilt error, so it is taken off in proportion to that force.
    fn mid_stance_timing(&self, contact_s: f64, lowest_s: f64, toe_off_s: f64) -> Option<f64> {
        let (from, to) = (first_cell(contact_s), first_cell(toe_off_s));
        let stance: Option<Vec<(f64, f64)>> = (from..to)
            .map(|k| {
                let cell = self.at(k)?;
                Some((cell.fore_aft?, cell.force?))
            })
            .collect();
        let stance = stance?;
        let total = stance
            .iter()
            .fold((0.0, 0.0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
        let leak = total.0 / total.1.max(1e-6);
        let level: Vec<f64> = stance
            .iter()
            .map(|(fore_aft, force)| fore_aft - leak * force)
            .collect();
        let crossing_s = |(k, pair): (usize, &[f64])| {
            let (a, b) = (*pair.first()?, *pair.last()?);
            (a < 0.0 && b >= 0.0).then(|| time_s(from + k as i64) + a / (a - b) / GRID_HZ)
        };
        let nearest = level
            .windows(2)
            .enumerate()
            .filter_map(crossing_s)
            .min_by(|a, b| (a - lowest_s).abs().total_cmp(&(b - lowest_s).abs()))?;
        Some((nearest - lowest_s) / (toe_off_s - contact_s))
    }

    fn yaw_radps(&self, from_s: f64, to_s: f64) -> f64 {
        let (from, to) = (first_cell(from_s), first_cell(to_s));
        let yaws = (from..to).filter_map(|k| Some(self.at(k)?.body.primary()?.angular_velocity.y));
        yaws.sum::<f64>() / (to - from).max(1) as f64
    }
}

/// Height over one step, metres, from its first cell.
struct VerticalMotion {
    from: i64,
    height_m: Vec<f64>,
}

impl VerticalMotion {
    fn range_m(&self) -> f64 {
        let fold = |start: f64, pick: fn(f64, f64) -> f64| self.height_m.iter().copied().fold(start, pick);
        fold(f64::MIN, f64::max) - fold(f64::MAX, f64::min)
    }

    fn lowest_s(&self, from_s: f64, to_s: f64) -> Option<f64> {
        let times = (self.from..).map(time_s);
        times
            .zip(&self.height_m)
            .filter(|(time_s, _)| (from_s..=to_s).contains(time_s))
            .min_by(|a, b| a.1.total_cmp(b.1))
            .map(|(time_s, _)| time_s)
    }
}

/// Integral over the grid, of a signal without its mean, again without its mean: closed over a step.
fn integrate_closed(values: &[f64]) -> Vec<f64> {
    let level = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let mut sum = 0.0;
    values
        .iter()
        .map(|value| {
            sum += (value - level) / GRID_HZ;
            sum
        })
        .collect()
}

/// When the force crosses `level` between cell `k` and the next, either way, seconds.
fn crossing(force: impl Fn(i64) -> Option<f64>, k: i64, level: f64) -> Option<f64> {
    let (a, b) = (force(k)?, force(k + 1)?);
    ((a < level) != (b < level)).then(|| time_s(k) + (level - a) / (b - a) / GRID_HZ)
}

fn first_cell(time_s: f64) -> i64 {
    (time_s * GRID_HZ).ceil() as i64
}
