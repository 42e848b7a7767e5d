//! Processor time, so that others on the machine do not count.

use std::time::{Duration, Instant};

/// Time this thread was given by a machine that others use too, where the system tells, else by the clock.
fn own_time(clock: &Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| clock.elapsed(), Duration::from_nanos)
}

/// The best of several runs, milliseconds.
pub(crate) fn best_of(runs: u32, mut run: impl FnMut()) -> f64 {
    let clock = Instant::now();
    let once = |run: &mut dyn FnMut()| {
        let begin = own_time(&clock);
        run();
        own_time(&clock).saturating_sub(begin)
    };
    let best = (0..runs).map(|_| once(&mut run)).min();
    best.unwrap_or(Duration::ZERO).as_secs_f64() * 1e3
}

/// The same of something short: the system tells its time in steps of some milliseconds, of which the best of several
/// would pick the kindest, so that each run is `repeats` of it.
#[allow(dead_code, reason = "not every benchmark has something short")]
pub(crate) fn best_mean_of(runs: u32, repeats: u32, mut run: impl FnMut()) -> f64 {
    best_of(runs, || (0..repeats).for_each(|_| run())) / f64::from(repeats)
}
