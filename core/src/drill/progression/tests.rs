use proptest::prelude::*;

use super::*;

const HOUR: i64 = 3_600_000_000;

fn session(drill: DrillId, hours: i64, passed: u32, feedback: bool) -> DrillResult {
    let pass = Drill::of(drill).pass;
    let met = pass.judge(pass.of, passed) == super::super::rule::SetVerdict::Met;
    DrillResult {
        drill,
        at: Timestamp(hours * HOUR),
        asked: pass.of,
        seen: pass.of,
        passed,
        feedback,
        met,
    }
}

fn at(hours: i64) -> Timestamp {
    Timestamp(hours * HOUR)
}

/// As many repetitions as just meet the drill's pass rule, whatever its file says.
fn just_enough(drill: DrillId) -> u32 {
    Drill::of(drill).pass.passed
}

/// D0 met at hour 0, D3 mastered at 49, D4 mastered at 99.
fn mastered() -> Vec<DrillResult> {
    vec![
        session(DrillId::D0, 0, 3, true),
        session(DrillId::D3, 1, 11, true),
        session(DrillId::D3, 49, just_enough(DrillId::D3), false),
        session(DrillId::D4, 50, just_enough(DrillId::D4), true),
        session(DrillId::D4, 99, 12, false),
    ]
}

#[test]
fn the_way_from_the_first_stand_to_the_last_drill() {
    let history = mastered();
    let expected = [
        (0, DrillId::D0, NextReason::Calibrate, 1.0),
        (1, DrillId::D3, NextReason::Opened, 1.0),
        (2, DrillId::D3, NextReason::OnceMore, 0.0),
        (3, DrillId::D4, NextReason::Opened, 1.0),
        (4, DrillId::D4, NextReason::OnceMore, 0.0),
        (5, DrillId::D5, NextReason::Opened, 1.0),
    ];
    for (done, next, why, feedback_share) in expected {
        let now = history.get(done).map_or(at(200), |result| result.at);
        let plan = progress(&history[..done], &Known::default(), now);
        assert_eq!((plan.next, plan.why), (next, why), "after {done} sessions");
        assert!(
            (plan.feedback_share - feedback_share).abs() < 1e-9,
            "after {done} sessions: {plan:?}"
        );
    }
    let plan = progress(&history, &Known::default(), at(200));
    let open = [
        DrillId::D0,
        DrillId::D1,
        DrillId::D2,
        DrillId::D3,
        DrillId::D4,
        DrillId::D5,
        DrillId::D13,
    ];
    assert_eq!(plan.unlocked, open);
    assert_eq!(plan.mastered, [DrillId::D3, DrillId::D4]);
}

#[test]
fn two_met_sessions_closer_than_two_days_or_both_with_feedback_are_no_mastery() {
    let mut history = vec![
        session(DrillId::D0, 0, 3, true),
        session(DrillId::D3, 1, 12, true),
    ];
    history.push(session(DrillId::D3, 48, 12, false));
    assert!(progress(&history, &Known::default(), at(60)).mastered.is_empty());
    history.push(session(DrillId::D3, 61, 12, true));
    assert!(progress(&history, &Known::default(), at(62)).mastered.is_empty());
    history.push(session(DrillId::D3, 63, 12, false));
    assert_eq!(
        progress(&history, &Known::default(), at(64)).mastered,
        [DrillId::D3]
    );
}

#[test]
fn two_weak_sessions_open_the_drill_before_until_it_is_met() {
    let mut history = mastered();
    history.push(session(DrillId::D4, 120, 7, false));
    assert_eq!(
        progress(&history, &Known::default(), at(121)).mastered,
        [DrillId::D3, DrillId::D4]
    );
    history.push(session(DrillId::D4, 122, 7, false));
    let plan = progress(&history, &Known::default(), at(123));
    assert_eq!((plan.next, plan.why), (DrillId::D3, NextReason::Reopened));
    assert_eq!(plan.mastered, [DrillId::D3]);
    assert!((plan.feedback_share - 1.0).abs() < 1e-9 && feedback_for_next(&history, DrillId::D3, at(123)));
    history.push(session(DrillId::D3, 130, 12, false));
    let plan = progress(&history, &Known::default(), at(131));
    assert_eq!((plan.next, plan.why), (DrillId::D4, NextReason::Opened));
    assert!((plan.feedback_share - 1.0).abs() < 1e-9);
}

#[test]
fn a_session_that_was_not_seen_counts_for_nothing() {
    let mut history = mastered();
    for hours in [120, 121] {
        history.push(DrillResult {
            seen: 5,
            met: false,
            ..session(DrillId::D4, hours, 0, false)
        });
    }
    assert_eq!(
        progress(&history, &Known::default(), at(200)).mastered,
        [DrillId::D3, DrillId::D4]
    );
}

#[test]
fn help_comes_back_after_a_session_that_was_not_met() {
    let mut history = vec![
        session(DrillId::D0, 0, 3, true),
        session(DrillId::D3, 1, 12, true),
    ];
    assert!(feedback_for_next(&history, DrillId::D3, at(10)));
    assert_eq!(
        progress(&history, &Known::default(), at(10)).why,
        NextReason::Wait
    );
    assert!(!feedback_for_next(&history, DrillId::D3, at(50)));
    history.push(session(DrillId::D3, 51, 8, false));
    assert!(feedback_for_next(&history, DrillId::D3, at(52)));
    assert_eq!(
        progress(&history, &Known::default(), at(52)).why,
        NextReason::NotYet
    );
}

#[test]
fn feedback_fades_over_the_sessions_of_a_drill() {
    let mut history = vec![session(DrillId::D0, 0, 3, true)];
    let mut shares = Vec::new();
    for hours in 1..=10 {
        shares.push(progress(&history, &Known::default(), at(hours)).feedback_share);
        history.push(session(DrillId::D3, hours, 8, true));
    }
    assert_eq!(shares, [1.0, 1.0, 1.0, 1.0, 0.75, 0.5, 0.3, 0.1, 0.1, 0.1]);
}

/// A session that was met, and one two days later without help.
fn own(drill: DrillId, hours: i64) -> [DrillResult; 2] {
    let enough = just_enough(drill);
    [
        session(drill, hours, enough, true),
        session(drill, hours + 48, enough, false),
    ]
}

fn known(wanted: &[DrillId], findings: &[Finding]) -> Known {
    Known {
        wanted: wanted.to_vec(),
        findings: findings.iter().copied().collect(),
        ..Known::default()
    }
}

#[test]
fn a_cause_leads_to_its_drill_and_on_the_way_there_to_what_opens_it() {
    let mut history = vec![session(DrillId::D0, 0, 3, true)];
    let starts = known(&[DrillId::D4, DrillId::D5], &[]);
    assert_eq!(progress(&history, &starts, at(1)).next, DrillId::D3);
    history.extend(own(DrillId::D3, 1));
    assert_eq!(progress(&history, &starts, at(60)).next, DrillId::D4);
    history.extend(own(DrillId::D4, 60));
    assert_eq!(progress(&history, &starts, at(120)).next, DrillId::D5);
    let calves = known(&[DrillId::D1, DrillId::D3], &[]);
    assert_eq!(progress(&history, &calves, at(120)).next, DrillId::D1);
}

#[test]
fn what_was_found_opens_drills_of_its_own_and_practised_they_stay_open() {
    let mut history = vec![session(DrillId::D0, 0, 3, true)];
    let too_far = known(&[DrillId::D7, DrillId::D8], &[Finding::LeansTooFar]);
    assert_eq!(progress(&history, &too_far, at(1)).next, DrillId::D7);
    assert!(
        !progress(&history, &Known::default(), at(1))
            .unlocked
            .contains(&DrillId::D7)
    );
    history.push(session(DrillId::D7, 2, 2, true));
    assert!(
        progress(&history, &Known::default(), at(3))
            .unlocked
            .contains(&DrillId::D7)
    );
}

#[test]
fn trained_runners_and_those_who_lean_too_far_are_not_led_to_the_lean_dial() {
    let mut history = vec![session(DrillId::D0, 0, 3, true)];
    history.extend(own(DrillId::D3, 1));
    history.extend(own(DrillId::D4, 60));
    history.extend(own(DrillId::D5, 120));
    let next = |known: &Known| progress(&history, known, at(200)).next;
    assert_eq!(next(&Known::default()), DrillId::D6);
    let trained = Known {
        trained: true,
        ..Known::default()
    };
    assert_eq!(next(&trained), DrillId::D9);
    let too_far = Known {
        leans_too_far: true,
        ..known(&[], &[Finding::LeansTooFar])
    };
    assert_eq!(next(&too_far), DrillId::D9);
}

#[test]
fn the_calf_wake_up_is_owned_after_six_times() {
    let mut history = vec![session(DrillId::D0, 0, 3, true)];
    for day in 0..6 {
        assert!(
            progress(&history, &Known::default(), at(24 * day))
                .mastered
                .is_empty()
        );
        let whole = DrillResult {
            asked: 1,
            seen: 1,
            passed: 1,
            ..session(DrillId::D1, 24 * day + 1, 32, true)
        };
        history.push(whole);
    }
    assert_eq!(
        progress(&history, &Known::default(), at(200)).mastered,
        [DrillId::D1]
    );
}

fn any_session() -> impl Strategy<Value = DrillResult> {
    let drill = prop::sample::select(&[DrillId::D0, DrillId::D3, DrillId::D4][..]);
    (drill, 0_i64..300, 0_u32..=12, any::<bool>()).prop_map(|(drill, hours, passed, feedback)| {
        session(drill, hours, passed.min(Drill::of(drill).pass.of), feedback)
    })
}

proptest! {
    #[test]
    fn the_order_of_lines_and_duplicates_do_not_matter(
        history in prop::collection::vec(any_session(), 0..30).prop_shuffle(),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut other = history.clone();
        other.reverse();
        if !history.is_empty() {
            other.push(seed.get(&history).clone());
        }
        prop_assert_eq!(progress(&history, &Known::default(), at(301)), progress(&other, &Known::default(), at(301)));
    }

    #[test]
    fn mastery_needs_two_met_sessions_two_days_apart_the_later_without_feedback(
        history in prop::collection::vec(any_session(), 0..30),
    ) {
        let plan = progress(&history, &Known::default(), at(301));
        for drill in &plan.mastered {
            let of_drill: Vec<_> = history.iter().filter(|one| one.drill == *drill && one.met).collect();
            let earned = of_drill.iter().any(|later| {
                !later.feedback && of_drill.iter().any(|one| later.at.0 - one.at.0 >= 48 * HOUR)
            });
            prop_assert!(earned, "{:?} in {:?}", drill, history);
            prop_assert!(plan.unlocked.contains(drill));
        }
        prop_assert!(plan.unlocked.contains(&plan.next) || plan.why == NextReason::Reopened);
    }

    #[test]
    fn nothing_is_open_but_the_stand_before_a_calibration(
        history in prop::collection::vec(any_session(), 0..30),
    ) {
        let uncalibrated: Vec<_> = history.into_iter().filter(|one| one.drill != DrillId::D0).collect();
        prop_assert_eq!(progress(&uncalibrated, &Known::default(), at(301)).next, DrillId::D0);
    }
}
