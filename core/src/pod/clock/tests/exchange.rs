//! A pod that also answers what its clock reads.

use super::*;

/// The distances from the truth, milliseconds, of the frames from `from` to `to`; every eightieth frame the pod is asked,
/// and hears and answers after so long, seconds, or is not asked at all.
fn errors_ms(
    pod: Pod,
    frames: std::ops::Range<u32>,
    delay_s: impl Fn(u32) -> f64,
    exchange_s: impl Fn(u32) -> Option<(f64, f64)>,
) -> Vec<f64> {
    let mut clock = PodClock::new();
    let mut errors = Vec::new();
    for number in 0..frames.end {
        let at = arrival(number, delay_s(number));
        let found_s = first_s(clock.accept(at, START, &pod.frame(number)));
        if number >= frames.start {
            errors.push((found_s - truth_s(number)) * 1e3);
        }
        if let Some((there_s, back_s)) = exchange_s(number).filter(|_| number % 80 == 4) {
            let heard_s = at.seconds_since(START) + there_s;
            let pod_us = (pod.clock_us + heard_s * 1e6 * (1.0 + pod.skew)).round() as u64;
            let answered = at.plus_seconds(there_s + back_s);
            clock.exchange(at, answered, pod.boot, pod_us, pod_us);
        }
    }
    errors
}

fn worst(errors_ms: &[f64]) -> f64 {
    errors_ms.iter().fold(0.0, |worst, error| worst.max(error.abs()))
}

/// A radio that hands on everything 45 ms late at first, and then now and then.
fn bursts(number: u32) -> f64 {
    if number < 160 || number % 97 < 3 {
        0.045
    } else {
        0.002 + 0.001 * f64::from(number % 7)
    }
}

#[test]
fn under_bursts_of_forty_five_milliseconds_the_offset_is_nearer_with_exchanges_than_without() {
    let half_minute = 40..240;
    let without = worst(&errors_ms(Pod::PLAIN, half_minute.clone(), bursts, |_| None));
    let with = worst(&errors_ms(Pod::PLAIN, half_minute, bursts, |_| {
        Some((0.012, 0.015))
    }));
    assert!(without > 40.0, "{without} ms");
    assert!(with < 16.0, "{with} ms");
}

#[test]
fn an_exchange_in_which_the_answer_waited_as_long_as_the_frames_changes_nothing() {
    let without = errors_ms(Pod::PLAIN, 0..400, bursts, |_| None);
    let with = errors_ms(Pod::PLAIN, 0..400, bursts, |_| Some((0.03, 0.045)));
    assert_eq!(with, without);
}

#[test]
fn a_clock_that_lies_by_more_than_drift_explains_is_not_believed() {
    let mut clock = PodClock::new();
    for number in 0..400 {
        let at = arrival(number, 0.003);
        let found_s = first_s(clock.accept(at, START, &Pod::PLAIN.frame(number)));
        assert!((found_s - truth_s(number)).abs() < 0.004, "frame {number}");
        for lie_us in [0, 1 << 47] {
            clock.exchange(at, at.plus_seconds(0.01), Pod::PLAIN.boot, lie_us, lie_us);
        }
        // Of another start, and answered before it was asked.
        let now_us = Pod::PLAIN.frame(number).stamp.us - 50_000;
        clock.exchange(at, at.plus_seconds(0.01), Pod::PLAIN.boot + 1, now_us, now_us);
        clock.exchange(at, at.plus_seconds(-0.01), Pod::PLAIN.boot, now_us, now_us);
    }
}

proptest! {
    #[test]
    fn an_honest_exchange_never_leads_away_from_the_truth(
        delays_ms in prop::collection::vec(0..60_u32, 300),
        ways_ms in prop::collection::vec((0..40_u32, 0..40_u32), 300),
        skew in -40e-6..40e-6_f64,
    ) {
        let pod = Pod { skew, ..Pod::PLAIN };
        let delay_s = |number: u32| f64::from(delays_ms[number as usize]) * 1e-3;
        let ways_s = |number: u32| {
            let (there, back) = ways_ms[number as usize];
            Some((f64::from(there) * 1e-3, f64::from(back) * 1e-3))
        };
        let without = errors_ms(pod, 0..300, delay_s, |_| None);
        let with = errors_ms(pod, 0..300, delay_s, ways_s);
        for (with, without) in with.iter().zip(&without) {
            // What the drift of a minute makes uncertain.
            prop_assert!(with.abs() <= without.abs() + 0.5, "{with} ms with, {without} ms without");
        }
    }
}
