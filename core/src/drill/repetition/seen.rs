//! What was seen of one bout: sums only, so that an hour takes no more room than a minute.
//!
//! Judges nothing. Invariant: a value that too few steps or too little data carry is `None`.

use crate::{
    body::sample::{BodySample, GRID_HZ},
    drill::rule::{Bout, BoutRule, Quantity},
};

/// Fixes of the phone that make a speed. Ours.
const LEAST_FIXES: u32 = 5;
/// Shares of the time that differ by less are those of the same pods. Ours.
const SAME_SHARE: f64 = 0.1;
/// Quantities that are means.
const MEANS: usize = 9;

/// One bout.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) kind: Bout,
    /// When it began, and when what is left out of it was over.
    pub(super) began_s: f64,
    from_s: f64,
    /// `None` while it goes on.
    pub(super) end_s: Option<f64>,
    pub(super) steady_steps: u32,
    /// Instants of chest, pelvis, and either.
    samples: [u32; 3],
    means: [Sums; MEANS],
    line: Line,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: u32,
    sum: f64,
    squares: f64,
}

/// Sums of a straight line, with time from the session's begin in units of ten minutes.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    count: f64,
    time: f64,
    lean: f64,
    squares: f64,
    products: f64,
}

impl Line {
    fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            time: self.time + other.time,
            lean: self.lean + other.lean,
            squares: self.squares + other.squares,
            products: self.products + other.products,
        }
    }

    /// Degrees per 10 minutes.
    fn slope(self) -> Option<f64> {
        let spread = self.count * self.squares - self.time * self.time;
        (spread > f64::EPSILON).then(|| (self.count * self.products - self.time * self.lean) / spread)
    }
}

const fn place(quantity: Quantity) -> Option<usize> {
    Some(match quantity {
        Quantity::TrunkLean => 0,
        Quantity::WaistBend => 1,
        Quantity::Cadence => 2,
        Quantity::MidStanceTiming | Quantity::MidStanceScatter => 3,
        Quantity::SpeedLoss => 4,
        Quantity::Speed => 5,
        Quantity::ChestSway => 6,
        Quantity::PelvisRotation => 7,
        Quantity::InBand => 8,
        Quantity::LeanDrift => return None,
    })
}

/// The pods a quantity comes from: chest, pelvis, or either; `None` where it is none of the pods'.
const fn pods(quantity: Quantity) -> &'static [usize] {
    match quantity {
        Quantity::TrunkLean | Quantity::ChestSway | Quantity::InBand | Quantity::LeanDrift => &[0],
        Quantity::WaistBend => &[0, 1],
        Quantity::PelvisRotation | Quantity::SpeedLoss => &[1],
        Quantity::Cadence | Quantity::MidStanceTiming | Quantity::MidStanceScatter => &[2],
        Quantity::Speed => &[],
    }
}

impl Seen {
    pub(super) fn new(kind: Bout, began_s: f64, settle_s: f64) -> Self {
        Self {
            kind,
            began_s,
            from_s: began_s + settle_s,
            end_s: None,
            steady_steps: 0,
            samples: [0; 3],
            means: [Sums::default(); MEANS],
            line: Line::default(),
        }
    }

    /// Whether this instant counts.
    pub(super) fn holds(&self, time_s: f64) -> bool {
        time_s >= self.from_s && self.end_s.is_none_or(|end_s| time_s < end_s)
    }

    pub(super) fn sample(&mut self, sample: &BodySample) {
        let there = [
            sample.chest.is_some(),
            sample.pelvis.is_some(),
            sample.primary().is_some(),
        ];
        for (count, there) in self.samples.iter_mut().zip(there) {
            *count += u32::from(there);
        }
    }

    pub(super) fn take(&mut self, quantity: Quantity, value: f64) {
        if let Some(sums) = place(quantity).and_then(|place| self.means.get_mut(place)) {
            sums.count += 1;
            sums.sum += value;
            sums.squares += value * value;
        }
    }

    pub(super) fn lean_at(&mut self, time_s: f64, lean_deg: f64) {
        let time = time_s / 600.0;
        self.line = self.line.plus(Line {
            count: 1.0,
            time,
            lean: lean_deg,
            squares: time * time,
            products: time * lean_deg,
        });
    }

    /// Whether this kind of bout was run, as far as any pod could see.
    pub(super) fn was_run(bouts: &[Self], kind: Bout, rule: &BoutRule) -> bool {
        let steps: u32 = of_kind(bouts, kind).map(|seen| seen.steady_steps).sum();
        steps >= rule.least_steps && Self::is_covered(bouts, kind, 2, rule)
    }

    /// The value of a kind of bout; `None` where the pods cannot tell it.
    pub(super) fn value(bouts: &[Self], kind: Bout, quantity: Quantity, rule: &BoutRule) -> Option<f64> {
        let covered = pods(quantity)
            .iter()
            .all(|pod| Self::is_covered(bouts, kind, *pod, rule));
        if !covered {
            return None;
        }
        let Some(place) = place(quantity) else {
            let line = of_kind(bouts, kind).fold(Line::default(), |sum, seen| sum.plus(seen.line));
            let enough = line.count >= f64::from(rule.least_steps);
            return enough.then(|| line.slope()).flatten();
        };
        let parts = of_kind(bouts, kind).filter_map(|seen| seen.means.get(place));
        let count: u32 = parts.clone().map(|sums| sums.count).sum();
        let least = match quantity {
            Quantity::Speed => LEAST_FIXES,
            // A stride is two steps, but strides overlap by one; some are lost where a step is.
            Quantity::ChestSway | Quantity::PelvisRotation => rule.least_steps / 2,
            _ => rule.least_steps,
        };
        if count < least.max(1) {
            return None;
        }
        let mean = parts.clone().map(|sums| sums.sum).sum::<f64>() / f64::from(count);
        if quantity != Quantity::MidStanceScatter {
            return Some(mean);
        }
        // About each bout's own mean: that bouts differ is no scatter from step to step.
        let about = parts.map(|sums| sums.squares - sums.sum * sums.sum / f64::from(sums.count.max(1)));
        Some((about.sum::<f64>().max(0.0) / f64::from(count)).sqrt())
    }

    /// Whether a quantity comes from the same pods in both kinds of bout.
    pub(super) fn same_pods(bouts: &[Self], kinds: [Bout; 2], quantity: Quantity) -> bool {
        if !pods(quantity).contains(&2) {
            return true;
        }
        [0, 1].into_iter().all(|pod| {
            let [one, other] = kinds.map(|kind| share(bouts, kind, pod));
            (one - other).abs() < SAME_SHARE
        })
    }

    fn is_covered(bouts: &[Self], kind: Bout, pod: usize, rule: &BoutRule) -> bool {
        share(bouts, kind, pod) >= 1.0 - rule.missing
    }
}

fn of_kind(bouts: &[Seen], kind: Bout) -> impl Iterator<Item = &Seen> + Clone {
    bouts.iter().filter(move |seen| seen.kind == kind)
}

/// Share of the time of a kind of bout that a pod was seen in.
fn share(bouts: &[Seen], kind: Bout, pod: usize) -> f64 {
    let (seen, asked) = of_kind(bouts, kind).fold((0.0, 0.0), |(seen, asked), bout| {
        let seconds = bout.end_s.unwrap_or(bout.from_s) - bout.from_s;
        let count = bout.samples.get(pod).copied().unwrap_or_default();
        (seen + f64::from(count), asked + seconds.max(0.0) * GRID_HZ)
    });
    if asked > 0.0 { seen / asked } else { 0.0 }
}
