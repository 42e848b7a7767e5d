//! The one clock of the program.
//!
//! Knows no calendar and no time zone. Invariant: it never goes back, whatever is done to the device's wall clock.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use crate::{ports::Clock, units::Timestamp};

/// Wall time at creation, counted on steadily from there.
#[derive(Debug)]
pub struct SystemClock {
    started_at_us: i64,
    since: Instant,
    /// Time slept through, microseconds; only ever grows.
    slept_us: AtomicI64,
}

impl SystemClock {
    /// A clock that starts at the wall time of now.
    #[must_use]
    pub fn new() -> Self {
        Self {
            started_at_us: wall_us(),
            since: Instant::now(),
            slept_us: AtomicI64::new(0),
        }
    }

    /// Catches up with the wall clock, forward only: steady counters stand still while a phone sleeps.
    ///
    /// For the moment a shell comes back to the foreground with nothing going on.
    pub fn catch_up(&self) {
        let behind_us = wall_us().saturating_sub(self.steady_us());
        self.slept_us.fetch_max(behind_us, Ordering::Relaxed);
    }

    fn steady_us(&self) -> i64 {
        let elapsed_us = i64::try_from(self.since.elapsed().as_micros()).unwrap_or(i64::MAX);
        self.started_at_us.saturating_add(elapsed_us)
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let slept_us = self.slept_us.load(Ordering::Relaxed);
        Timestamp(self.steady_us().saturating_add(slept_us))
    }
}

/// Microseconds since the Unix epoch; 0 on a device whose clock stands before it.
fn wall_us() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since_epoch| {
            i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_US: i64 = 3_600_000_000;

    #[test]
    fn starts_at_wall_time_and_never_goes_back() {
        let before = wall_us();
        let clock = SystemClock::new();
        let readings: Vec<_> = (0..1_000).map(|_| clock.now()).collect();
        assert!(readings[0].0 >= before);
        assert!(readings.is_sorted());
    }

    #[test]
    fn catches_up_after_a_sleep() {
        let mut clock = SystemClock::new();
        clock.started_at_us -= HOUR_US;
        let before = wall_us();
        assert!(clock.now().0 < before);
        clock.catch_up();
        assert!(clock.now().0 >= before);
        assert!(clock.now().0 < before + HOUR_US);
    }

    #[test]
    fn catching_up_with_a_wall_clock_set_back_changes_nothing() {
        let mut clock = SystemClock::new();
        clock.started_at_us += HOUR_US;
        let ahead = clock.now();
        clock.catch_up();
        assert!(clock.now() >= ahead);
        assert!(clock.now().seconds_since(ahead) < 1_800.0);
    }
}
