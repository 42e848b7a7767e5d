//! The clock against made-up pods and links whose truth is known; [`hostile`] holds those that lie.

mod exchange;
mod hostile;
mod unnumbered;

use glam::DVec3;
use proptest::prelude::*;

use super::{FrameTiming::*, *};
use crate::pod::frame::{FrameNumber, FrameStamp, PodSample};

const START: Timestamp = Timestamp(1_790_000_000_000_000);
const INTERVAL_US: f64 = 9_615.0;
const SAMPLES: usize = 13;
const FRAME_US: f64 = INTERVAL_US * SAMPLES as f64;

fn frame(boot: u16, sequence: u32, first_sample_us: u64) -> PodFrame {
    let sample = PodSample {
        specific_force: DVec3::Y,
        angular_velocity: None,
    };
    PodFrame {
        number: Some(FrameNumber { boot, sequence }),
        stamp: FrameStamp::first(first_sample_us),
        sample_interval_us: INTERVAL_US,
        clipped: false,
        samples: vec![sample; SAMPLES],
    }
}

fn number_back(frame: &mut PodFrame, by: u32) {
    if let Some(number) = &mut frame.number {
        number.sequence -= by;
    }
}

/// A pod whose first sample is taken as the session starts.
#[derive(Clone, Copy)]
struct Pod {
    boot: u16,
    /// What its clock reads at the session's start, microseconds.
    clock_us: f64,
    /// How much its clock runs fast, parts of one.
    skew: f64,
}

impl Pod {
    const PLAIN: Self = Self {
        boot: 3,
        clock_us: 77e6,
        skew: 0.0,
    };

    fn frame(self, number: u32) -> PodFrame {
        let truth_us = f64::from(number) * FRAME_US;
        frame(
            self.boot,
            number,
            (self.clock_us + truth_us * (1.0 + self.skew)).round() as u64,
        )
    }
}

/// When the first sample of frame `number` was taken, seconds.
fn truth_s(number: u32) -> f64 {
    f64::from(number) * FRAME_US * 1e-6
}

/// When frame `number` comes in with `delay_s` after its last sample.
fn arrival(number: u32, delay_s: f64) -> Timestamp {
    START.plus_seconds(truth_s(number) + (FRAME_US - INTERVAL_US) * 1e-6 + delay_s)
}

/// Delays between 2 and 17 ms, and now and then three frames 45 ms late together.
fn delay_s(number: u32) -> f64 {
    let noise = f64::from(number.wrapping_mul(2_654_435_761) >> 16) / 65_536.0;
    if number % 97 < 3 {
        0.045
    } else {
        0.002 + 0.015 * noise
    }
}

fn first_s(timing: FrameTiming) -> f64 {
    match timing {
        Fresh { first_sample_s, .. } => first_sample_s,
        refused => panic!("{refused:?}"),
    }
}

/// The worst distance from the truth, milliseconds, over the frames from `from` to `to`; each must be fresh.
fn worst_ms(pod: Pod, from: u32, to: u32, delay_s: impl Fn(u32) -> f64) -> f64 {
    let mut clock = PodClock::new();
    let mut worst_s = 0.0_f64;
    for number in 0..to {
        let found_s = first_s(clock.accept(arrival(number, delay_s(number)), START, &pod.frame(number)));
        if number >= from {
            worst_s = worst_s.max((found_s - truth_s(number)).abs());
        }
    }
    worst_s * 1e3
}

#[test]
fn samples_are_spaced_by_the_pods_ticks_and_not_by_arrival() {
    let mut clock = PodClock::new();
    let mut before = None;
    for number in 0..400 {
        let timing = clock.accept(arrival(number, delay_s(number)), START, &Pod::PLAIN.frame(number));
        let Fresh {
            first_sample_s,
            interval_s,
            lost_frames,
        } = timing
        else {
            panic!("{timing:?}")
        };
        assert_eq!(lost_frames, 0);
        assert!((interval_s - INTERVAL_US * 1e-6).abs() < 1e-9);
        if let Some(before) = before {
            let slip_s: f64 = first_sample_s - before - FRAME_US * 1e-6;
            assert!(
                slip_s.abs() <= 0.0351 * FRAME_US * 1e-6,
                "frame {number} slipped {slip_s} s"
            );
        }
        before = Some(first_sample_s);
    }
    assert_eq!((clock.frames_received(), clock.frames_lost()), (400, 0));
    assert!((clock.rate_hz().unwrap() - 104.0).abs() < 0.01);
}

#[test]
fn an_hour_of_forty_ppm_stays_within_five_milliseconds_of_the_truth() {
    let hour = (3600e6 / FRAME_US) as u32;
    for skew in [-40e-6, 0.0, 40e-6] {
        let worst_ms = worst_ms(Pod { skew, ..Pod::PLAIN }, 80, hour, delay_s);
        assert!(worst_ms < 5.0, "skew {skew}: {worst_ms} ms");
    }
}

#[test]
fn a_late_first_frame_is_made_good_within_three_seconds() {
    let late = |number| if number < 2 { 0.045 } else { 0.003 };
    assert!(worst_ms(Pod::PLAIN, 24, 200, late) < 5.0);
}

#[test]
fn a_queue_at_the_start_costs_its_own_frames_and_nothing_later() {
    let mut clock = PodClock::new();
    let mut last_s = f64::NEG_INFINITY;
    for number in 0..200 {
        let queued_s = if number < 16 { truth_s(16 - number) } else { 0.003 };
        let timing = clock.accept(arrival(number, queued_s), START, &Pod::PLAIN.frame(number));
        if let Fresh { first_sample_s, .. } = timing {
            assert!(first_sample_s > last_s);
            last_s = first_sample_s;
        }
        if number >= 18 {
            assert!(
                (first_s(timing) - truth_s(number)).abs() < 0.06,
                "frame {number}: {timing:?}"
            );
        }
        if number >= 48 {
            assert!(
                (first_s(timing) - truth_s(number)).abs() < 0.005,
                "frame {number}: {timing:?}"
            );
        }
    }
}

#[test]
fn a_link_that_gets_faster_is_followed_a_millisecond_a_second() {
    let mut clock = PodClock::new();
    let mut slips_ms = Vec::new();
    for number in 0..800 {
        let delay_s = if number < 400 { 0.04 } else { 0.005 };
        let found_s = first_s(clock.accept(arrival(number, delay_s), START, &Pod::PLAIN.frame(number)));
        slips_ms.push((found_s - truth_s(number)) * 1e3);
    }
    assert!((slips_ms[399] - 40.0).abs() < 0.01);
    let ten_seconds = (10e6 / FRAME_US) as usize;
    assert!(
        (slips_ms[400 + ten_seconds] - 30.0).abs() < 0.3,
        "{}",
        slips_ms[400 + ten_seconds]
    );
    assert!((slips_ms[799] - 5.0).abs() < 0.3, "{}", slips_ms[799]);
}

#[test]
fn a_burst_of_lateness_moves_nothing() {
    let burst = |number| {
        if (200..208).contains(&number) {
            0.045
        } else {
            0.003
        }
    };
    assert!(worst_ms(Pod::PLAIN, 0, 400, burst) < 3.5);
}

#[test]
fn a_phone_that_slept_forty_seconds_gets_the_times_right_when_the_queue_drains() {
    let asleep = |number| {
        if (800..1120).contains(&number) {
            truth_s(1120 - number)
        } else {
            0.003
        }
    };
    assert!(worst_ms(Pod::PLAIN, 0, 1600, asleep) < 4.0);
}

#[test]
fn a_lost_link_of_ten_minutes_leaves_a_gap_of_its_true_length() {
    let pod = Pod {
        skew: 40e-6,
        ..Pod::PLAIN
    };
    let mut clock = PodClock::new();
    for number in 0..800 {
        first_s(clock.accept(arrival(number, delay_s(number)), START, &pod.frame(number)));
    }
    let timing = clock.accept(arrival(5600, 0.01), START, &pod.frame(5600));
    let Fresh {
        first_sample_s,
        lost_frames: 4800,
        ..
    } = timing
    else {
        panic!("{timing:?}")
    };
    assert!((first_sample_s - truth_s(5600)).abs() < 0.03, "{first_sample_s}");
    assert_eq!(clock.frames_lost(), 4800);
    assert!((clock.missing() - 4800.0 / 5601.0).abs() < 1e-12);
}

#[test]
fn lost_frames_are_counted_and_shift_nothing() {
    let mut clock = PodClock::new();
    for number in (0..200).filter(|number| number % 10 != 5) {
        let timing = clock.accept(arrival(number, 0.005), START, &Pod::PLAIN.frame(number));
        let Fresh {
            first_sample_s,
            lost_frames,
            ..
        } = timing
        else {
            panic!("{timing:?}")
        };
        assert_eq!(lost_frames, u32::from(number % 10 == 6));
        assert!((first_sample_s - truth_s(number)).abs() < 0.006);
    }
    assert_eq!((clock.frames_received(), clock.frames_lost()), (180, 20));
}

#[test]
fn duplicates_and_late_comers_are_told_apart() {
    let mut clock = PodClock::new();
    let mut accept =
        |number: u32| clock.accept(arrival(number.max(98), 0.0), START, &Pod::PLAIN.frame(number));
    let timings: Vec<_> = [98, 98, 100, 99, 99, 98, 97, 30].map(&mut accept).to_vec();
    assert!(matches!(timings[0], Fresh { lost_frames: 0, .. }));
    assert_eq!(timings[1], Duplicate);
    assert!(matches!(timings[2], Fresh { lost_frames: 1, .. }));
    assert_eq!(timings[3..], [Stale, Duplicate, Duplicate, Stale, Stale]);
    assert_eq!(clock.frames_lost(), 0, "frame 99 did come");
}

#[test]
fn a_reboot_gives_a_new_offset_and_time_goes_on() {
    let mut clock = PodClock::new();
    let mut last_s = 0.0;
    for number in 0..100 {
        last_s = first_s(clock.accept(arrival(number, 0.005), START, &Pod::PLAIN.frame(number)));
    }
    let again = Pod {
        boot: 4,
        clock_us: -truth_s(116) * 1e6,
        skew: 0.0,
    };
    for number in 116..300 {
        let mut frame = again.frame(number);
        number_back(&mut frame, 116);
        let found_s = first_s(clock.accept(arrival(number, 0.005), START, &frame));
        assert!(found_s > last_s + 12.0 * INTERVAL_US * 1e-6);
        assert!((found_s - truth_s(number)).abs() < 0.006);
        last_s = found_s;
    }
    assert_eq!(
        clock.accept(arrival(300, 0.0), START, &Pod::PLAIN.frame(100)),
        Stale,
        "of the boot before"
    );
    assert_eq!(clock.frames_lost(), 0, "what a reboot cost is not known");
}

#[test]
fn a_reboot_before_the_last_samples_time_never_goes_back() {
    let mut clock = PodClock::new();
    first_s(clock.accept(arrival(0, 0.2), START, &Pod::PLAIN.frame(0)));
    let at = arrival(0, 0.21);
    assert_eq!(
        clock.accept(at, START, &frame(9, 0, 0)),
        Stale,
        "it was measured while the other was"
    );
    assert!(first_s(clock.accept(at.plus_seconds(0.2), START, &frame(9, 1, 125_000))) > 0.3);
}

#[test]
fn the_interval_follows_the_stamps_when_a_sensor_runs_off_its_nominal_rate() {
    let mut clock = PodClock::new();
    let mut interval_us = 0.0;
    for number in 0..80_u32 {
        let stamp_us = (f64::from(number) * FRAME_US * 1.03).round();
        let at = START.plus_seconds((stamp_us + FRAME_US) * 1e-6);
        let timing = clock.accept(at, START, &frame(1, number, stamp_us as u64));
        let Fresh { interval_s, .. } = timing else {
            panic!("{timing:?}")
        };
        interval_us = interval_s * 1e6;
    }
    assert!(
        (interval_us / (INTERVAL_US * 1.03) - 1.0).abs() < 1e-4,
        "{interval_us}"
    );
    assert!((clock.rate_hz().unwrap() - 104.0 / 1.03).abs() < 0.02);
}

#[test]
fn stamps_that_jitter_by_a_millisecond_hardly_move_the_interval() {
    let mut clock = PodClock::new();
    for number in 0..400_u32 {
        let jitter_us = f64::from(number * 7919 % 2001) - 1000.0;
        let mut frame = Pod::PLAIN.frame(number);
        frame.stamp.us = frame.stamp.us.saturating_add_signed(jitter_us as i64);
        let timing = clock.accept(arrival(number, 0.005), START, &frame);
        let Fresh {
            first_sample_s,
            interval_s,
            lost_frames: 0,
        } = timing
        else {
            panic!("{timing:?}")
        };
        assert!(
            (interval_s * 1e6 / INTERVAL_US - 1.0).abs() < 0.006,
            "{interval_s}"
        );
        assert!((first_sample_s - truth_s(number)).abs() < 0.007);
    }
}

#[test]
fn a_hole_inside_the_pod_moves_the_samples_and_not_the_interval() {
    let mut clock = PodClock::new();
    for number in 0..40_u32 {
        let hole_us = if number < 20 { 0.0 } else { 3.0 * INTERVAL_US };
        let stamp_us = f64::from(number) * FRAME_US + hole_us;
        let at = START.plus_seconds((stamp_us + FRAME_US - INTERVAL_US) * 1e-6);
        let timing = clock.accept(at, START, &frame(1, number, stamp_us as u64));
        let Fresh {
            first_sample_s,
            interval_s,
            lost_frames: 0,
        } = timing
        else {
            panic!("{timing:?}")
        };
        assert!((interval_s * 1e6 - INTERVAL_US).abs() < 1e-6);
        assert!((first_sample_s - stamp_us * 1e-6).abs() < 1e-6);
    }
}

#[test]
fn what_was_measured_before_the_session_lies_below_zero() {
    let timing = PodClock::new().accept(START.plus_seconds(0.01), START, &Pod::PLAIN.frame(0));
    assert!((first_s(timing) + 0.01 * 10.54).abs() < 1e-4, "{timing:?}");
}

proptest! {
    #[test]
    fn a_shaken_but_honest_link_gives_every_frame_its_true_time(
        delays_ms in prop::collection::vec(0..60_u32, 300),
        kept in prop::collection::vec(prop::bool::weighted(0.8), 300),
        skew in -50e-6..50e-6_f64,
    ) {
        let pod = Pod { skew, ..Pod::PLAIN };
        let (mut clock, mut at) = (PodClock::new(), START);
        for number in (0..300_u32).filter(|&number| kept[number as usize]) {
            at = at.max(arrival(number, f64::from(delays_ms[number as usize]) * 1e-3));
            let found_s = first_s(clock.accept(at, START, &pod.frame(number)));
            prop_assert!((-0.002..0.061).contains(&(found_s - truth_s(number))), "frame {number}");
        }
    }
}
