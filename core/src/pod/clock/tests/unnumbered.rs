//! The clock against pods that number nothing: last-sample stamps, coarse or wrapping clocks, reboots, no stamps at all.

use super::*;
use crate::pod::frame::StampKind;

/// How a kind of pod tells the time.
#[derive(Clone, Copy, Debug)]
struct Manner {
    kind: StampKind,
    samples: u32,
    announced_us: f64,
    wraps_us: Option<u64>,
    resolution_us: u32,
}

const POLAR: Manner = Manner {
    kind: StampKind::LastSample,
    samples: 36,
    announced_us: 5000.0,
    wraps_us: None,
    resolution_us: 1,
};
const MOVESENSE: Manner = Manner {
    kind: StampKind::FirstSample,
    samples: 8,
    announced_us: 1e6 / 104.0,
    wraps_us: Some((1 << 32) * 1000),
    resolution_us: 1000,
};
const DOT: Manner = Manner {
    kind: StampKind::FirstSample,
    samples: 1,
    announced_us: 1e6 / 60.0,
    wraps_us: Some(1 << 32),
    resolution_us: 1,
};
const WIT: Manner = Manner {
    kind: StampKind::None,
    samples: 1,
    announced_us: 10_000.0,
    wraps_us: None,
    resolution_us: 1,
};

/// A pod of some manner whose sample 0 is taken at the session's start.
#[derive(Clone, Copy, Debug)]
struct Unnumbered {
    manner: Manner,
    /// The true time between samples.
    interval_us: f64,
    /// What its clock reads at the session's start, microseconds.
    clock_us: f64,
    skew: f64,
}

impl Unnumbered {
    fn of(manner: Manner) -> Self {
        Self {
            manner,
            interval_us: manner.announced_us,
            clock_us: 12_345_678.0,
            skew: 0.0,
        }
    }

    fn first_s(self, number: u32) -> f64 {
        f64::from(number * self.manner.samples) * self.interval_us * 1e-6
    }

    fn last_s(self, number: u32) -> f64 {
        self.first_s(number) + f64::from(self.manner.samples - 1) * self.interval_us * 1e-6
    }

    fn frames(self, seconds: f64) -> u32 {
        (seconds / self.first_s(1)) as u32
    }

    fn frame(self, number: u32) -> PodFrame {
        let at_s = match self.manner.kind {
            StampKind::LastSample => self.last_s(number),
            _ => self.first_s(number),
        };
        let step = f64::from(self.manner.resolution_us);
        let ticks_us = ((self.clock_us + at_s * 1e6 * (1.0 + self.skew)) / step).floor() * step;
        let us = ticks_us as u64;
        PodFrame {
            number: None,
            stamp: FrameStamp {
                kind: self.manner.kind,
                us: self.manner.wraps_us.map_or(us, |wraps_us| us % wraps_us),
                wraps_us: self.manner.wraps_us,
                resolution_us: self.manner.resolution_us,
            },
            sample_interval_us: self.manner.announced_us,
            clipped: false,
            samples: frame(0, 0, 0)
                .samples
                .iter()
                .cycle()
                .take(self.manner.samples as usize)
                .copied()
                .collect(),
        }
    }

    fn arrival(self, number: u32, delay_s: f64) -> Timestamp {
        START.plus_seconds(self.last_s(number) + delay_s)
    }
}

/// Delays as of one radio: 2 to 17 ms, and each two seconds or so a burst that comes 45 ms late. What is late by a burst
/// comes no earlier than what went before.
fn bursty(pod: Unnumbered, number: u32) -> f64 {
    let at_s = pod.last_s(number);
    let noise = f64::from(number.wrapping_mul(2_654_435_761) >> 16) / 65_536.0;
    let in_burst_s = at_s % 2.0;
    if in_burst_s < 0.045 {
        0.045 - in_burst_s + 0.017
    } else {
        0.002 + 0.015 * noise
    }
}

/// The worst distance of a frame's first sample from the truth, milliseconds, from `from_s` on.
fn worst(pod: Unnumbered, from_s: f64, to_s: f64, sent: impl Fn(u32) -> bool) -> (f64, PodClock) {
    let (mut clock, mut worst_s) = (PodClock::new(), 0.0_f64);
    for number in (0..pod.frames(to_s)).filter(|&number| sent(number)) {
        let at = pod.arrival(number, bursty(pod, number));
        let timing = clock.accept(at, START, &pod.frame(number));
        if pod.first_s(number) >= from_s {
            let off_s = first_s(timing) - pod.first_s(number);
            worst_s = worst_s.max(off_s.abs());
        }
    }
    (worst_s * 1e3, clock)
}

#[test]
fn every_kind_of_pod_lies_within_five_milliseconds_after_a_minute_so_two_of_any_kinds_do() {
    for manner in [POLAR, MOVESENSE, DOT, WIT] {
        for skew in [-40e-6, 40e-6] {
            let pod = Unnumbered {
                skew,
                // The sensor runs on the same crystal.
                interval_us: manner.announced_us * (1.0 - skew),
                ..Unnumbered::of(manner)
            };
            let (worst_ms, clock) = worst(pod, 60.0, 180.0, |_| true);
            // A constant part of the radio's delay is common to all.
            assert!(
                (0.0..7.0).contains(&worst_ms),
                "{manner:?}, {skew}: {worst_ms} ms"
            );
            assert_eq!(clock.frames_lost(), 0, "{manner:?}");
            assert_eq!(clock.by_arrival(), manner.kind == StampKind::None);
        }
    }
}

/// The distance between two pods of which each frame's place in time is known, at the same instants, milliseconds.
fn between(one: Unnumbered, other: Unnumbered) -> f64 {
    let offsets = |pod: Unnumbered| {
        let mut clock = PodClock::new();
        let mut offsets = Vec::new();
        for number in 0..pod.frames(180.0) {
            let timing = clock.accept(
                pod.arrival(number, bursty(pod, number)),
                START,
                &pod.frame(number),
            );
            offsets.push((pod.first_s(number), first_s(timing) - pod.first_s(number)));
        }
        offsets
    };
    let (one, other) = (offsets(one), offsets(other));
    let mut worst_s = 0.0_f64;
    for (at_s, off_s) in one.iter().filter(|(at_s, _)| *at_s > 60.0) {
        let near = other
            .partition_point(|(other_s, _)| other_s < at_s)
            .min(other.len() - 1);
        worst_s = worst_s.max((off_s - other[near].1).abs());
    }
    worst_s * 1e3
}

#[test]
fn two_pods_of_different_makers_lie_within_five_milliseconds_of_each_other_after_a_minute() {
    let skewed = |manner: Manner, skew: f64| Unnumbered {
        skew,
        interval_us: manner.announced_us * (1.0 - skew),
        ..Unnumbered::of(manner)
    };
    for (one, other) in [
        (POLAR, MOVESENSE),
        (POLAR, DOT),
        (MOVESENSE, DOT),
        (POLAR, WIT),
        (DOT, WIT),
    ] {
        let apart_ms = between(skewed(one, 40e-6), skewed(other, -40e-6));
        assert!(apart_ms < 5.0, "{one:?} and {other:?}: {apart_ms} ms");
    }
}

#[test]
fn a_sensor_a_few_per_cent_off_its_nominal_rate_loses_nothing() {
    for manner in [POLAR, MOVESENSE, DOT] {
        for off in [0.97, 1.03] {
            let pod = Unnumbered {
                interval_us: manner.announced_us * off,
                ..Unnumbered::of(manner)
            };
            let (worst_ms, clock) = worst(pod, 10.0, 60.0, |_| true);
            assert!(worst_ms < 12.0, "{manner:?}, {off}: {worst_ms} ms");
            assert_eq!(clock.frames_lost(), 0, "{manner:?}, {off}");
            let rate_hz = clock.rate_hz().unwrap();
            assert!(
                (rate_hz * pod.interval_us * 1e-6 - 1.0).abs() < 0.01,
                "{manner:?}: {rate_hz}"
            );
        }
    }
}

#[test]
fn lost_frames_are_counted_by_the_stamps_and_the_rest_stays_in_place() {
    for manner in [POLAR, MOVESENSE, DOT] {
        let pod = Unnumbered::of(manner);
        let lost = |number: u32| number > 0 && number.is_multiple_of(23) || number % 100 == 51;
        let (worst_ms, clock) = worst(pod, 5.0, 60.0, |number| !lost(number));
        let truth = (0..pod.frames(60.0)).filter(|&number| lost(number)).count() as u64;
        assert!(worst_ms < 12.0, "{manner:?}: {worst_ms} ms");
        assert!(
            clock.frames_lost().abs_diff(truth) <= 1,
            "{manner:?}: {} of {truth}",
            clock.frames_lost()
        );
    }
}

#[test]
fn a_clock_that_begins_again_at_its_end_goes_on() {
    for (manner, wraps_us) in [
        (DOT, (1_u64 << 32) as f64),
        (MOVESENSE, (1_u64 << 32) as f64 * 1e3),
    ] {
        let pod = Unnumbered {
            clock_us: wraps_us - 20e6,
            ..Unnumbered::of(manner)
        };
        let (worst_ms, clock) = worst(pod, 5.0, 60.0, |_| true);
        assert!(worst_ms < 12.0, "{manner:?}: {worst_ms} ms");
        assert_eq!(clock.frames_lost(), 0);
    }
}

#[test]
fn a_pod_that_starts_again_is_placed_at_once() {
    for manner in [POLAR, MOVESENSE, DOT] {
        let pod = Unnumbered {
            clock_us: 3e9,
            ..Unnumbered::of(manner)
        };
        let (half, whole) = (pod.frames(20.0), pod.frames(40.0));
        let again = Unnumbered {
            clock_us: -pod.first_s(half + 2) * 1e6,
            ..pod
        };
        let mut clock = PodClock::new();
        for number in (0..half).chain(half + 2..whole) {
            let frame = if number < half {
                pod.frame(number)
            } else {
                again.frame(number)
            };
            let found_s = first_s(clock.accept(pod.arrival(number, 0.005), START, &frame));
            let off_ms = (found_s - pod.first_s(number)).abs() * 1e3;
            assert!(off_ms < 12.0, "{manner:?}, frame {number}: {off_ms} ms");
        }
    }
}

#[test]
fn the_same_frame_twice_is_a_duplicate_and_an_old_one_is_stale() {
    for manner in [POLAR, MOVESENSE, DOT] {
        let pod = Unnumbered::of(manner);
        let mut clock = PodClock::new();
        for number in 0..50 {
            first_s(clock.accept(pod.arrival(number, 0.005), START, &pod.frame(number)));
        }
        let at = pod.arrival(49, 0.006);
        assert_eq!(clock.accept(at, START, &pod.frame(49)), Duplicate, "{manner:?}");
        let old = clock.accept(at, START, &pod.frame(46));
        assert!(matches!(old, Stale | Duplicate), "{manner:?}: {old:?}");
        first_s(clock.accept(pod.arrival(50, 0.005), START, &pod.frame(50)));
    }
}

#[test]
fn a_host_that_slept_gets_a_drained_queue_right() {
    for manner in [POLAR, MOVESENSE, DOT, WIT] {
        let pod = Unnumbered::of(manner);
        let mut clock = PodClock::new();
        let (from, to) = (pod.frames(30.0), pod.frames(35.0));
        for number in 0..pod.frames(60.0) {
            let at = pod.arrival(if (from..to).contains(&number) { to } else { number }, 0.005);
            let off_ms =
                (first_s(clock.accept(at, START, &pod.frame(number))) - pod.first_s(number)).abs() * 1e3;
            let late = manner.kind == StampKind::None;
            assert!(
                off_ms < 12.0 || late && number >= from,
                "{manner:?}, frame {number}: {off_ms} ms"
            );
        }
        assert_eq!(clock.frames_lost(), 0, "{manner:?}");
    }
}

#[test]
fn a_pod_that_lies_about_its_rate_is_found_out_within_a_dozen_frames() {
    for manner in [POLAR, MOVESENSE, DOT] {
        let pod = Unnumbered {
            interval_us: manner.announced_us * 2.0,
            ..Unnumbered::of(manner)
        };
        let (worst_ms, clock) = worst(pod, 12.0, 60.0, |_| true);
        assert!(worst_ms < 20.0, "{manner:?}: {worst_ms} ms");
        let rate_hz = clock.rate_hz().unwrap();
        assert!(
            (rate_hz * pod.interval_us * 1e-6 - 1.0).abs() < 0.02,
            "{manner:?}: {rate_hz}"
        );
        assert!(clock.frames_lost() < 20, "{manner:?}: {}", clock.frames_lost());
    }
}

#[test]
fn a_loss_without_stamps_is_noticed_after_a_second_and_costs_no_more() {
    let pod = Unnumbered::of(WIT);
    let (from, to) = (pod.frames(30.0), pod.frames(31.0));
    let mut clock = PodClock::new();
    for number in (0..pod.frames(60.0)).filter(|number| !(from..to).contains(number)) {
        let timing = clock.accept(
            pod.arrival(number, bursty(pod, number)),
            START,
            &pod.frame(number),
        );
        let off_ms = (first_s(timing) - pod.first_s(number)).abs() * 1e3;
        if number >= pod.frames(32.2) {
            assert!(off_ms < 25.0, "frame {number}: {off_ms} ms");
        }
    }
    assert!(clock.frames_lost().abs_diff(100) <= 3, "{}", clock.frames_lost());
}

#[test]
fn a_pod_without_stamps_that_lies_about_its_rate_is_found_out_within_seconds() {
    for times in [0.5, 2.0] {
        let pod = Unnumbered {
            interval_us: WIT.announced_us * times,
            ..Unnumbered::of(WIT)
        };
        let (worst_ms, clock) = worst(pod, 10.0, 60.0, |_| true);
        assert!(worst_ms < 30.0, "{times}: {worst_ms} ms");
        assert_eq!(clock.frames_lost(), 0, "{times}");
        let rate_hz = clock.rate_hz().unwrap();
        assert!(
            (rate_hz * pod.interval_us * 1e-6 - 1.0).abs() < 0.01,
            "{times}: {rate_hz}"
        );
    }
}
