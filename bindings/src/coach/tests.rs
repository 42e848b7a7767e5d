//! The coach as a shell uses it: on a clock of the host's, fed with the bytes of simulated pods.
#![allow(
    clippy::disallowed_methods,
    reason = "these tests stand for a shell, which has threads and files"
)]

mod bad_input;
mod observer;
mod radio;
mod threads;

use std::sync::atomic::{AtomicI64, Ordering};

use plumbline_core::sim::{self, Act, Scenario, SimulatedNotification, presets};

use super::*;
use crate::{error::CallbackError, report::ReportView, views::PhaseView};

const START_US: i64 = 1_800_000_000_000_000;
const HOUR_US: i64 = 3_600_000_000;

/// Shows the time it was set to last.
struct HandClock(AtomicI64);

impl HandClock {
    fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(START_US)))
    }

    fn set(&self, us: i64) {
        self.0.store(us, Ordering::SeqCst);
    }

    fn pass(&self, us: i64) -> Timestamp {
        Timestamp(self.0.fetch_add(us, Ordering::SeqCst) + us)
    }
}

impl HostClock for HandClock {
    fn now_us(&self) -> Result<i64, CallbackError> {
        Ok(self.0.load(Ordering::SeqCst))
    }
}

/// A coach with both pods connected, and the hand that turns its clock.
struct Shell {
    coach: Arc<Coach>,
    clock: Arc<HandClock>,
}

impl Shell {
    fn new(observer: Option<Arc<dyn CoachObserver>>) -> Self {
        let clock = HandClock::new();
        let coach =
            Coach::with_clock(in_memory(), observer, Arc::clone(&clock) as Arc<dyn HostClock>).unwrap();
        for site in Site::LEAN {
            coach.connected(site).unwrap();
        }
        coach.check_in(CheckIn::default()).unwrap();
        Self { coach, clock }
    }

    fn hear(&self, notifications: &[SimulatedNotification]) {
        for notification in notifications {
            self.clock.set(notification.arrival.0);
            let bytes = notification.bytes.clone();
            self.coach.notification(notification.site, bytes).unwrap();
        }
    }

    /// Does a drill and gives its report.
    fn practise(&self, drill: DrillId, acts: Vec<Act>) -> ReportView {
        let frames = frames(self.clock.pass(HOUR_US), acts);
        self.coach.start_drill(drill).unwrap();
        self.hear(&frames);
        self.report()
    }

    /// Ends what is going on and gives its report.
    fn report(&self) -> ReportView {
        let id = self.coach.finish().unwrap().expect("a kept session");
        self.coach.history().report(id).unwrap()
    }
}

/// What both pods send from `start` on.
fn frames(start: Timestamp, acts: Vec<Act>) -> Vec<SimulatedNotification> {
    let scenario = Scenario::new(5, acts);
    sim::notifications(&scenario, &sim::simulate(&scenario), start)
}

fn in_memory() -> CoachConfig {
    CoachConfig {
        history_path: None,
        language: "en".into(),
    }
}

fn in_file(path: impl AsRef<std::path::Path>) -> CoachConfig {
    CoachConfig {
        history_path: Some(path.as_ref().display().to_string()),
        language: "en".into(),
    }
}

#[test]
fn a_calibration_opens_the_wall_and_the_tilts_are_counted() {
    let shell = Shell::new(None);
    let calibration = shell.practise(DrillId::D0, presets::calibration());
    assert_eq!(
        calibration.drill.unwrap().unlocked,
        [DrillId::D1, DrillId::D2, DrillId::D3]
    );
    let spread_deg = shell.coach.view().calibration.unwrap().spread_deg;
    assert!(spread_deg > 0.0 && spread_deg < 1.5, "{spread_deg}");

    let drill = shell
        .practise(DrillId::D3, presets::wall_tilts_good())
        .drill
        .unwrap();
    // The last four tilts, with closed eyes, are practice.
    assert_eq!((drill.asked, drill.repetitions.len()), (12, 16));
    assert!(drill.passed >= 10 && drill.met, "{drill:?}");
}

#[test]
fn what_happens_while_the_history_is_suspended_is_kept_when_it_comes_back() {
    let whole = Shell::new(None).practise(DrillId::D0, presets::calibration());

    let shell = Shell::new(None);
    let frames = frames(shell.clock.pass(HOUR_US), presets::calibration());
    shell.coach.start_drill(DrillId::D0).unwrap();
    let (first, second) = frames.split_at(frames.len() / 2);
    shell.hear(first);
    shell.coach.suspend().unwrap();
    shell.hear(second);
    assert_eq!(shell.coach.finish(), Ok(None));
    assert!(shell.coach.storage_trouble().is_some());

    shell.coach.resume().unwrap();
    assert_eq!(shell.coach.storage_trouble(), None);
    let newest = shell.coach.history().sessions(None, 1).unwrap().remove(0);
    assert_eq!(shell.coach.history().report(newest.id), Ok(whole));
}

#[test]
fn a_suspended_history_comes_back() {
    let coach = Coach::new(in_memory(), None).unwrap();
    let history = coach.history();
    coach.suspend().unwrap();
    assert!(matches!(
        history.sessions(None, 1),
        Err(CoachError::NotNow { .. })
    ));
    coach.resume().unwrap();
    assert_eq!(history.sessions(None, 1), Ok(Vec::new()));
}

#[test]
fn a_session_is_finished_once() {
    let shell = Shell::new(None);
    assert!(matches!(shell.coach.finish(), Err(CoachError::NotNow { .. })));
    shell.coach.start_run().unwrap();
    assert!(matches!(shell.coach.start_run(), Err(CoachError::NotNow { .. })));
    assert!(shell.coach.finish().unwrap().is_some());
    assert!(matches!(shell.coach.finish(), Err(CoachError::NotNow { .. })));
    assert!(matches!(shell.coach.view().phase, PhaseView::Finished { .. }));
}
