//! Ten years of a diary: what the next plan has to fold.
//!
//! Times nothing. Invariant: three runs, three check-ins and two drill sessions a week, each as it comes in life.

use plumbline_core::{
    cause::seen::RunSeen,
    drill::{DrillId, RepetitionOutcome, catalog::Drill, check_in::CheckIn},
    session::plan::{Course, Entry, Event},
    units::Timestamp,
};

const WEEKS: i64 = 520;
const DAY_US: i64 = 86_400_000_000;
const DRILLS: [DrillId; 6] = [
    DrillId::D0,
    DrillId::D3,
    DrillId::D3,
    DrillId::D4,
    DrillId::D4,
    DrillId::D5,
];

fn run(week: i64, day: i64) -> RunSeen {
    let noise = ((7 * week + 3 * day) % 11) as f64 / 5.0;
    RunSeen {
        steady_steps: 5000,
        speed_mps: Some(2.8 + 0.1 * noise),
        class_seconds: [100.0, 1500.0, 50.0, 0.0, 200.0],
        trunk_lean_deg: Some(8.0 + noise),
        pelvis_tilt_deg: Some(4.0),
        waist_bend_deg: Some(4.0 + noise),
        mid_stance_timing: Some(0.07),
        cadence_spm: Some(172.0),
        ..RunSeen::default()
    }
}

/// The course, and the moment after its last day.
pub(crate) fn ten_years() -> (Course, Timestamp) {
    let mut course = Course::default();
    for week in 0..WEEKS {
        for day in 0..7 {
            let at = Timestamp((7 * week + day) * DAY_US);
            let mut take = |event| course.take(Entry { at, event });
            if [0, 2, 4].contains(&day) {
                take(Event::CheckIn(CheckIn::default()));
                take(Event::Run(Box::new(run(week, day))));
            }
            if [1, 5].contains(&day) {
                let drill = Drill::of(DRILLS[((2 * week + day) % 6) as usize]);
                let outcomes = vec![RepetitionOutcome::Passed; drill.asked() as usize];
                take(Event::Drill(drill.result(at, week % 2 == 0, &outcomes)));
            }
        }
    }
    (course, Timestamp(7 * WEEKS * DAY_US))
}
