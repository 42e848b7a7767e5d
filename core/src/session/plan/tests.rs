use proptest::prelude::*;

use super::*;
use crate::{
    cause::{seen::RunSeen, self_test::SelfTestResult, told::Onboarding},
    drill::{
        DrillResult,
        check_in::{BodySign, CheckIn, Felt, Pain, PainPlace},
        gate::NotNow,
    },
    lean::reading::LeanClass,
};

const DAY_S: f64 = 86_400.0;

fn day(days: f64) -> Timestamp {
    Timestamp(1_772_000_000_000_000).plus_seconds(days * DAY_S)
}

fn pain(place: PainPlace, level: u8) -> CheckIn {
    let pain = Pain {
        place,
        level,
        sharp: false,
        limping: false,
        rising: false,
    };
    CheckIn {
        pain: vec![pain],
        ..CheckIn::default()
    }
}

fn session(drill: DrillId, days: f64, feedback: bool) -> Event {
    let entry = Drill::of(drill);
    let all = entry.pass.of;
    Event::Drill(DrillResult {
        drill,
        at: day(days),
        asked: all,
        seen: all,
        passed: all,
        feedback,
        met: true,
    })
}

fn run(class: LeanClass, lean_deg: f64) -> Event {
    let mut class_seconds = [0.0; 5];
    class_seconds[class.index()] = 900.0;
    Event::Run(Box::new(RunSeen {
        steady_steps: 2000,
        class_seconds,
        trunk_lean_deg: Some(lean_deg),
        waist_bend_deg: Some(5.0),
        mid_stance_timing: Some(0.07),
        cadence_spm: Some(172.0),
        ..RunSeen::default()
    }))
}

/// Entries a day apart, the last one now.
fn course(events: Vec<Event>) -> (Course, Timestamp) {
    let mut course = Course::default();
    let mut now = day(0.0);
    for (days, event) in events.into_iter().enumerate() {
        now = day(days as f64);
        // A run is judged against what the ones before it taught.
        let event = match event {
            Event::Run(seen) => Event::Run(Box::new(RunSeen {
                own: course.curve().at(None),
                ..*seen
            })),
            other => other,
        };
        course.take(Entry { at: now, event });
    }
    (course, now)
}

fn told(events: Vec<Event>) -> Plan {
    let (course, now) = course(events);
    plan(&course, now)
}

fn learned() -> Vec<Event> {
    let mut events = vec![session(DrillId::D0, 0.0, true)];
    events.extend((0..3).map(|_| run(LeanClass::Good, 9.0)));
    events
}

#[test]
fn nothing_at_all_asks_for_the_plumb_line() {
    let plan = told(Vec::new());
    assert_eq!(plan.drill, Some(DrillId::D0));
    assert_eq!(plan.unlocked, [DrillId::D0]);
    assert_eq!(
        (plan.stop, plan.next_self_test, plan.probe_due),
        (None, None, None)
    );
}

#[test]
fn runs_that_are_under_lead_to_lean_and_fall_through_the_wall() {
    let mut events = learned();
    events.extend((0..2).map(|_| run(LeanClass::Under, 4.0)));
    let plan = told(events);
    assert_eq!(plan.causes[0].cause, Cause::NotLeaningEnough);
    assert_eq!(plan.drill, Some(DrillId::D3));
    assert!(plan.own.band_deg.is_some());
}

#[test]
fn a_waist_bender_is_not_led_to_starts_before_the_wall_is_owned() {
    let mut events = learned();
    events.extend((0..2).map(|_| run(LeanClass::WaistBend, 9.0)));
    assert_eq!(told(events.clone()).drill, Some(DrillId::D3));
    events.extend([
        session(DrillId::D3, 6.0, true),
        Event::CheckIn(CheckIn::default()),
    ]);
    events.push(session(DrillId::D3, 8.0, false));
    assert_eq!(told(events).drill, Some(DrillId::D4));
}

#[test]
fn who_leans_too_far_is_led_back_and_never_to_more() {
    let mut events = learned();
    events.extend((0..2).map(|_| run(LeanClass::Over, 15.0)));
    let plan = told(events);
    assert_eq!(plan.drill, Some(DrillId::D7));
    assert!(plan.unlocked.contains(&DrillId::D7));
}

#[test]
fn every_stop_shuts_every_drill_however_long_ago_until_a_check_in_without_it() {
    let sharp = CheckIn {
        pain: vec![Pain {
            sharp: true,
            ..pain(PainPlace::Foot, 1).pain[0]
        }],
        ..CheckIn::default()
    };
    let numb = CheckIn {
        signs: vec![BodySign::Numbness],
        ..CheckIn::default()
    };
    for said in [pain(PainPlace::Knee, 3), sharp, numb] {
        let mut events = learned();
        events.push(Event::CheckIn(said));
        let (course, now) = course(events.clone());
        for later in [now, now.plus_seconds(400.0 * DAY_S)] {
            let plan = plan(&course, later);
            assert!(plan.stop.is_some() && plan.drill.is_none());
            assert!(plan.feedback_share.abs() < 1e-9 && plan.next_self_test.is_none());
        }
        events.push(Event::CheckIn(CheckIn::default()));
        let plan = told(events);
        assert!(plan.stop.is_none() && plan.drill.is_some());
    }
    let plan = told(vec![Event::Onboarding(Onboarding {
        not_now: Some(vec![NotNow::Surgery]),
        ..Onboarding::default()
    })]);
    assert_eq!(plan.stop, Some(Stop::NotNow(NotNow::Surgery)));
}

#[test]
fn a_little_pain_that_grows_leaves_rest_or_what_is_gentle() {
    let mut events = learned();
    events.extend([
        Event::CheckIn(pain(PainPlace::Knee, 1)),
        Event::CheckIn(pain(PainPlace::Knee, 2)),
    ]);
    let plan = told(events.clone());
    assert_eq!((plan.stop, plan.drill, plan.why), (None, None, Why::PainGrows));
    let stiff = CheckIn {
        felt: vec![Felt::CalvesStiff],
        ..pain(PainPlace::Knee, 2)
    };
    events.insert(0, Event::SelfTest(SelfTest::KneeToWall, SelfTestResult::Fail));
    events.insert(4, Event::CheckIn(stiff.clone()));
    let rising = CheckIn {
        pain: pain(PainPlace::Knee, 2).pain,
        ..stiff
    };
    events.pop();
    events.push(Event::CheckIn(CheckIn {
        pain: vec![Pain {
            rising: true,
            ..rising.pain[0]
        }],
        ..rising
    }));
    assert_eq!(told(events).drill, Some(DrillId::D1));
}

#[test]
fn a_drill_that_loads_a_place_that_hurts_is_not_next() {
    let mut events = learned();
    events.extend((0..2).map(|_| run(LeanClass::Under, 4.0)));
    events.extend([
        Event::CheckIn(pain(PainPlace::Achilles, 1)),
        Event::CheckIn(pain(PainPlace::Achilles, 1)),
    ]);
    let (course, now) = course(events);
    let plan = plan(&course, now);
    assert!(plan.drill.is_none_or(|drill| !course.hurts(drill)), "{plan:?}");
}

#[test]
fn one_run_that_is_off_moves_no_band_and_an_invalid_one_teaches_nothing() {
    let usual = told(learned()).own.band_deg;
    let mut off = learned();
    off.push(run(LeanClass::Under, 2.0));
    assert_eq!(told(off).own.band_deg, usual);
    let mut short = learned();
    short.truncate(3);
    assert_eq!(told(short).own.band_deg, None);
}

#[test]
fn a_run_without_help_is_due_a_week_after_a_drill_is_owned_and_then_later() {
    let mut events = vec![session(DrillId::D0, 0.0, true), session(DrillId::D3, 1.0, true)];
    events.push(run(LeanClass::Good, 9.0));
    events.push(session(DrillId::D3, 3.0, false));
    let (mut course, now) = course(events);
    assert_eq!(plan(&course, now).probe_due, Some(day(10.0)));
    course.take(Entry {
        at: day(11.0),
        event: run(LeanClass::Good, 9.0),
    });
    assert_eq!(plan(&course, day(11.0)).probe_due, Some(day(17.0)));
    course.take(Entry {
        at: day(300.0),
        event: run(LeanClass::Good, 9.0),
    });
    assert_eq!(plan(&course, day(300.0)).probe_due, None);
}

fn any_event() -> impl Strategy<Value = Event> {
    let class = prop::sample::select(LeanClass::ALL.to_vec());
    let place = prop::sample::select(vec![PainPlace::Knee, PainPlace::LowBack, PainPlace::Calf]);
    let drill = prop::sample::select(Drill::ALL.map(|drill| drill.id).to_vec());
    prop_oneof![
        (class, -5.0..25.0_f64).prop_map(|(class, lean)| run(class, lean)),
        (place, 0_u8..5).prop_map(|(place, level)| Event::CheckIn(pain(place, level))),
        Just(Event::CheckIn(CheckIn::default())),
        (drill, 0_u32..13, 0_u32..13, any::<bool>()).prop_map(|(drill, seen, passed, feedback)| {
            let entry = Drill::of(drill);
            let asked = if entry.pass.as_one { 1 } else { entry.pass.of };
            let seen = seen.min(asked);
            let mut result = DrillResult {
                drill,
                at: day(0.0),
                asked,
                seen,
                passed: passed.min(seen),
                feedback,
                met: false,
            };
            result.met = entry.judge(&result) == crate::drill::rule::SetVerdict::Met;
            Event::Drill(result)
        }),
    ]
}

/// The moments of drill results follow the entries'.
fn at_their_days(events: Vec<Event>) -> Vec<Event> {
    let moved = |(days, event): (usize, Event)| match event {
        Event::Drill(result) => Event::Drill(DrillResult {
            at: day(days as f64),
            ..result
        }),
        other => other,
    };
    events.into_iter().enumerate().map(moved).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_year_of_anything_never_dead_ends(events in prop::collection::vec(any_event(), 0..120)) {
        let (mut course, now) = course(at_their_days(events));
        // Whatever came before: after a check-in without pain there is something to do, and it is open.
        let now = now.plus_seconds(DAY_S);
        course.take(Entry { at: now, event: Event::CheckIn(CheckIn::default()) });
        let plan = plan(&course, now);
        let drill = plan.drill.expect("something to do");
        prop_assert!(plan.unlocked.contains(&drill) || plan.why == Why::Practice(NextReason::Reopened));
        prop_assert!(plan.stop.is_none());
    }

    #[test]
    fn the_same_course_gives_the_same_plan(events in prop::collection::vec(any_event(), 0..60)) {
        let (course, now) = course(at_their_days(events));
        prop_assert_eq!(plan(&course, now), plan(&course.clone(), now));
    }

    #[test]
    fn no_drill_that_hurts_or_asks_an_over_leaner_for_more_is_ever_next(
        events in prop::collection::vec(any_event(), 0..60),
    ) {
        let (course, now) = course(at_their_days(events));
        let plan = plan(&course, now);
        if let Some(drill) = plan.drill {
            prop_assert!(!course.hurts(drill), "{:?}", drill);
            let too_far = plan.causes.iter().any(|one| one.cause == Cause::LeaningTooFar && one.is_found());
            let reopened = plan.why == Why::Practice(NextReason::Reopened);
            prop_assert!(!(too_far && Drill::of(drill).more_lean) || reopened, "{:?}", drill);
        }
    }
}
