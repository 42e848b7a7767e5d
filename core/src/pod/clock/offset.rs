//! Where a pod's clock stands against the host's.
//!
//! Knows nothing of frames' numbers. Invariant: the offset moves slowly, except where it is wrong by more than drift explains.

use std::collections::VecDeque;

/// Minima of arrival minus stamp are kept one for each second of arrival.
const BUCKET_US: f64 = 1e6;
/// For so many seconds: long enough to meet an undelayed frame, short enough that 50 ppm of drift stay below 2 ms.
const WINDOW_BUCKETS: f64 = 30.0;
/// The offset sinks at most 1 ms a second: an early arrival proves it too large.
const SINK: f64 = 1e-3;
/// In the first 3 s after the first frame, which may itself have come late, 35 ms a second.
const FIRST_SINK: f64 = 3.5e-2;
/// How long the first sinking lasts, microseconds.
const SETTLING_US: f64 = 3e6;
/// It rises at most 0.3 ms a second: late arrivals prove little, and crystals drift less (50 ppm by the profile).
const RISE: f64 = 3e-4;
/// An offset wrong by more than this does not come from drift, microseconds.
const STEP_US: f64 = 2.5e5;
/// While settling, a first frame later than this is not worth sinking from: what was placed by it stays wrong,
/// microseconds.
const FIRST_STEP_US: f64 = 1e5;
/// Arrivals that late for so long are no queue in the phone but a pod clock that stood still, microseconds.
const LATE_FOR_US: f64 = 2e7;

/// The sample would lie after its own arrival by more than any drift explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InTheFuture;

/// An exchange longer than this says too little, microseconds. Ours.
const LONGEST_EXCHANGE_US: f64 = 6e4;
/// Bounds grow wider with their age by the drift that the profile allows, parts of one.
const DRIFT: f64 = 5e-5;

/// The pod heard the host after this, and answered before that: the offset lies in between, at one moment.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    at_us: f64,
    /// Least and greatest offset, microseconds.
    within: (f64, f64),
}

impl Bounds {
    /// As they are worth later.
    fn at(self, now_us: f64) -> (f64, f64) {
        let drift_us = DRIFT * (now_us - self.at_us).abs();
        (self.within.0 - drift_us, self.within.1 + drift_us)
    }
}

/// Host time minus pod time, microseconds, followed along the earliest arrivals.
#[derive(Clone, Debug)]
pub(super) struct Offset {
    us: f64,
    first_arrival_us: f64,
    last_arrival_us: f64,
    last_stamp_us: f64,
    /// Number of a second of arrival, and the least delay seen in it.
    floor: VecDeque<(f64, f64)>,
    /// The least of those.
    least_us: f64,
    bounds: Option<Bounds>,
}

impl Offset {
    /// Taken from the first frame: as if it had come without delay.
    pub(super) fn new(arrival_us: f64, stamp_us: f64) -> Self {
        let us = arrival_us - stamp_us;
        let floor = VecDeque::from([((arrival_us / BUCKET_US).floor(), us)]);
        Self {
            us,
            first_arrival_us: arrival_us,
            last_arrival_us: arrival_us,
            last_stamp_us: stamp_us,
            floor,
            least_us: us,
            bounds: None,
        }
    }

    /// Learns from an exchange: `asked_us` and `answered_us` by the host's clock, the other two by the pod's. It only
    /// says between which the offset lies, so that an honest one never leads away from the truth.
    pub(super) fn exchange(&mut self, asked_us: f64, received_us: f64, sent_us: f64, answered_us: f64) {
        let (low_us, high_us) = (asked_us - received_us, answered_us - sent_us);
        let off_us = (low_us - self.us).max(self.us - high_us);
        if (0.0..=LONGEST_EXCHANGE_US).contains(&(high_us - low_us)) && off_us <= STEP_US {
            self.bounds = Some(Bounds {
                at_us: answered_us,
                within: (low_us, high_us),
            });
        }
    }

    /// The offset in force, microseconds.
    pub(super) fn us(&self) -> f64 {
        self.us
    }

    /// Learns from a frame whose last sample bears `stamp_us`. Changes nothing on refusal.
    pub(super) fn follow(&mut self, arrival_us: f64, stamp_us: f64) -> Result<(), InTheFuture> {
        let seen_us = arrival_us - stamp_us;
        let settling = arrival_us - self.first_arrival_us < SETTLING_US;
        if !settling && seen_us < self.us - STEP_US {
            return Err(InTheFuture);
        }
        if settling && seen_us < self.us - FIRST_STEP_US {
            // The first frames waited in a queue: start again from this one.
            *self = Self {
                first_arrival_us: self.first_arrival_us,
                bounds: self.bounds,
                ..Self::new(arrival_us, stamp_us)
            };
            return Ok(());
        }
        self.note(arrival_us, seen_us);
        let least_us = self.least_us;
        let passed_us = (stamp_us - self.last_stamp_us).max(0.0);
        // A queue that drains brings much pod time in no time: that is no reason to rise.
        let waited_us = (arrival_us - self.last_arrival_us).clamp(0.0, passed_us);
        (self.last_arrival_us, self.last_stamp_us) = (arrival_us, stamp_us);
        if least_us > self.us + STEP_US && self.window_us() >= LATE_FOR_US {
            self.us = least_us;
            return Ok(());
        }
        let everything = (f64::NEG_INFINITY, f64::INFINITY);
        let (low_us, high_us) = self.bounds.map_or(everything, |bounds| bounds.at(arrival_us));
        let sink = if settling || self.us > high_us {
            FIRST_SINK
        } else {
            SINK
        };
        let rise = if self.us < low_us { FIRST_SINK } else { RISE };
        // Frames prove the offset too large, an exchange either.
        let target_us = least_us.min(high_us).max(low_us);
        self.us += (target_us - self.us).clamp(-sink * passed_us, rise * waited_us);
        Ok(())
    }

    fn note(&mut self, arrival_us: f64, seen_us: f64) {
        let second = (arrival_us / BUCKET_US).floor();
        match self.floor.back_mut() {
            // Also when the host's clock went back: then the newest second takes it.
            Some((newest, least_us)) if second <= *newest => *least_us = least_us.min(seen_us),
            _ => self.floor.push_back((second, seen_us)),
        }
        self.least_us = self.least_us.min(seen_us);
        let oldest_kept = self
            .floor
            .back()
            .map_or(second, |&(newest, _)| newest - WINDOW_BUCKETS);
        while self
            .floor
            .front()
            .is_some_and(|&(second, _)| second <= oldest_kept)
        {
            self.floor.pop_front();
            let delays = self.floor.iter().map(|&(_, us)| us);
            self.least_us = delays.fold(f64::INFINITY, f64::min);
        }
    }

    /// Time of arrival that the minima span, microseconds.
    fn window_us(&self) -> f64 {
        match (self.floor.front(), self.floor.back()) {
            (Some(&(oldest, _)), Some(&(newest, _))) => (newest - oldest) * BUCKET_US,
            _ => 0.0,
        }
    }
}
