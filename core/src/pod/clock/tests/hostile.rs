//! The clock against pods that lie, restart unannounced or repeat themselves.

use super::*;

#[test]
fn one_hostile_stamp_is_refused_and_the_next_frame_is_fine() {
    let sound = Pod::PLAIN.frame(80);
    let hostile = [
        (
            "back in time",
            PodFrame {
                stamp: FrameStamp::first(5),
                ..sound.clone()
            },
        ),
        (
            "standing still",
            PodFrame {
                stamp: FrameStamp::first(Pod::PLAIN.frame(79).stamp.us),
                ..sound.clone()
            },
        ),
        (
            "half an hour ahead",
            PodFrame {
                stamp: FrameStamp::first(sound.stamp.us + 1_800_000_000),
                ..sound.clone()
            },
        ),
        (
            "two hours ahead",
            PodFrame {
                stamp: FrameStamp::first(sound.stamp.us + 7_200_000_000),
                ..sound.clone()
            },
        ),
        (
            "the end of time",
            PodFrame {
                stamp: FrameStamp::first(u64::MAX),
                ..sound.clone()
            },
        ),
        (
            "numbers ahead of time",
            PodFrame {
                number: Some(FrameNumber {
                    boot: Pod::PLAIN.boot,
                    sequence: u32::MAX,
                }),
                ..sound.clone()
            },
        ),
        (
            "no samples",
            PodFrame {
                samples: Vec::new(),
                ..sound.clone()
            },
        ),
        (
            "no interval",
            PodFrame {
                sample_interval_us: 0.0,
                ..sound.clone()
            },
        ),
        (
            "no number",
            PodFrame {
                sample_interval_us: f64::NAN,
                ..sound.clone()
            },
        ),
    ];
    for (case, hostile) in hostile {
        let mut clock = PodClock::new();
        for number in 0..80 {
            first_s(clock.accept(arrival(number, 0.005), START, &Pod::PLAIN.frame(number)));
        }
        assert_eq!(
            clock.accept(arrival(80, 0.005), START, &hostile),
            Implausible,
            "{case}"
        );
        let found_s = first_s(clock.accept(arrival(81, 0.005), START, &Pod::PLAIN.frame(81)));
        assert!((found_s - truth_s(81)).abs() < 0.006, "{case}: {found_s}");
    }
}

#[test]
fn a_pod_that_began_again_without_saying_so_is_believed_after_two_seconds() {
    let restarts = [
        (
            "same boot, all from zero",
            Pod {
                clock_us: -truth_s(100) * 1e6,
                ..Pod::PLAIN
            },
            100,
        ),
        (
            "the clock alone stepped back",
            Pod {
                clock_us: 20e6,
                ..Pod::PLAIN
            },
            0,
        ),
        (
            "the clock alone stepped ahead",
            Pod {
                clock_us: 900e6,
                ..Pod::PLAIN
            },
            0,
        ),
    ];
    for (case, again, numbers_off) in restarts {
        let mut clock = PodClock::new();
        let mut fresh = Vec::new();
        for number in 0..200 {
            let mut frame = if number < 100 {
                Pod::PLAIN.frame(number)
            } else {
                again.frame(number)
            };
            if number >= 100 {
                number_back(&mut frame, numbers_off);
            }
            if let Fresh { first_sample_s, .. } = clock.accept(arrival(number, 0.005), START, &frame) {
                assert!(
                    (first_sample_s - truth_s(number)).abs() < 0.006,
                    "{case}: frame {number}"
                );
                fresh.push(number);
            }
        }
        let refused: Vec<_> = (0..200).filter(|number| !fresh.contains(number)).collect();
        assert_eq!(refused, (100..117).collect::<Vec<_>>(), "{case}");
    }
}

#[test]
fn two_hours_that_the_numbers_do_not_show_are_believed_only_when_the_pod_goes_on() {
    let mut clock = PodClock::new();
    let hole = |number: u32| if number < 80 { 0.0 } else { 7200.0 };
    let timings: Vec<_> = (0..120)
        .map(|number| {
            let mut frame = Pod::PLAIN.frame(number);
            frame.stamp.us += (hole(number) * 1e6) as u64;
            clock.accept(arrival(number, hole(number) + 0.005), START, &frame)
        })
        .collect();
    assert!(
        timings[80..97].iter().all(|timing| *timing == Implausible),
        "{:?}",
        &timings[80..97]
    );
    assert!((first_s(timings[97]) - truth_s(97) - 7200.0).abs() < 0.006);
}

#[test]
fn old_frames_sent_again_in_a_rush_are_not_taken_for_a_new_start() {
    let mut clock = PodClock::new();
    for number in 0..400 {
        first_s(clock.accept(arrival(number, 0.005), START, &Pod::PLAIN.frame(number)));
    }
    for number in 100..400 {
        let timing = clock.accept(
            arrival(400, f64::from(number) * 1e-3),
            START,
            &Pod::PLAIN.frame(number),
        );
        assert!(matches!(timing, Stale | Duplicate), "frame {number}: {timing:?}");
    }
    let found_s = first_s(clock.accept(arrival(405, 0.005), START, &Pod::PLAIN.frame(405)));
    assert!((found_s - truth_s(405)).abs() < 0.006);
}

#[test]
fn a_pod_clock_that_stood_still_is_caught_up_with() {
    let mut clock = PodClock::new();
    for number in 0..800 {
        let stood_s = if number < 200 { 0.005 } else { 4.0 };
        first_s(clock.accept(arrival(number, stood_s), START, &Pod::PLAIN.frame(number)));
    }
    let found_s = first_s(clock.accept(arrival(800, 4.0), START, &Pod::PLAIN.frame(800)));
    assert!((found_s - truth_s(800) - 4.0).abs() < 0.01, "{found_s}");
}

/// A hostile or merely unlucky frame and the host microseconds since the one before.
fn any_arrival() -> impl Strategy<Value = (i64, PodFrame)> {
    let stamp = prop_oneof![any::<u64>(), 0..200_000_000_u64, Just(u64::MAX)];
    let interval = prop_oneof![Just(INTERVAL_US), 100.0..1e6, any::<f64>()];
    let sequence = prop_oneof![0..300_u32, any::<u32>()];
    let kind = prop_oneof![
        Just(StampKind::FirstSample),
        Just(StampKind::LastSample),
        Just(StampKind::None)
    ];
    let numbered = prop_oneof![Just(true), any::<bool>()];
    let what = (0..3_u16, sequence, stamp, interval, 0..30_usize);
    (0..2_000_000_i64, what, kind, numbered, any::<bool>()).prop_map(
        |(passed, (boot, sequence, stamp, sample_interval_us, count), kind, numbered, wraps)| {
            let mut frame = PodFrame {
                sample_interval_us,
                ..frame(boot, sequence, stamp)
            };
            if !numbered {
                frame.number = None;
                frame.stamp.kind = kind;
                frame.stamp.wraps_us = wraps.then_some(1 << 32);
            }
            frame.samples.truncate(count);
            (passed, frame)
        },
    )
}

proptest! {
    #[test]
    fn times_rise_and_stay_near_arrival_whatever_comes(arrivals in prop::collection::vec(any_arrival(), 0..200)) {
        let (mut clock, mut at, mut last_s) = (PodClock::new(), START, f64::NEG_INFINITY);
        for (passed, frame) in arrivals {
            at.0 += passed;
            if let Fresh { first_sample_s, interval_s, .. } = clock.accept(at, START, &frame) {
                prop_assert!(first_sample_s > last_s && interval_s > 0.0);
                last_s = first_sample_s + (frame.samples.len() - 1) as f64 * interval_s;
                prop_assert!(last_s <= at.seconds_since(START) + 0.25 + 2.0 * interval_s);
            }
            prop_assert!((0.0..=1.0).contains(&clock.missing()));
            prop_assert!(clock.rate_hz().is_none_or(|rate_hz| rate_hz.is_finite() && rate_hz > 0.0));
        }
    }
}
