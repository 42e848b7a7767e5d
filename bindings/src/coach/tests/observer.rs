//! An observer that calls back, and one that fails.

use std::{
    sync::{OnceLock, Weak, mpsc},
    thread,
    time::Duration,
};

use super::*;
use crate::views::Cue;

/// Long enough for a slow machine, short enough for a person who waits for a deadlock.
const PATIENCE: Duration = Duration::from_mins(2);

/// Calls everything a shell may call, from within each answer.
#[derive(Default)]
struct CallsBack {
    coach: OnceLock<Weak<Coach>>,
    views: AtomicI64,
    cues: AtomicI64,
}

impl CallsBack {
    fn call_back(&self) {
        let Some(coach) = self.coach.get().and_then(Weak::upgrade) else {
            return;
        };
        coach.tick().unwrap();
        let _ = (coach.view(), coach.next_deadline_us(), coach.storage_trouble());
        coach.history().sessions(None, 1).unwrap();
        // No frame: it is counted, and changes no number.
        coach.notification(Site::Chest, vec![1, 2, 3]).unwrap();
    }
}

impl CoachObserver for CallsBack {
    fn view_changed(&self, _view: CoachView) -> Result<(), CallbackError> {
        self.views.fetch_add(1, Ordering::SeqCst);
        self.call_back();
        Ok(())
    }

    fn cue(&self, _cue: Cue) -> Result<(), CallbackError> {
        self.cues.fetch_add(1, Ordering::SeqCst);
        self.call_back();
        Ok(())
    }
}

/// Fails at everything it is told.
struct Fails;

impl CoachObserver for Fails {
    fn view_changed(&self, _view: CoachView) -> Result<(), CallbackError> {
        Err(CallbackError::Failed {
            detail: "no screen".into(),
        })
    }

    fn cue(&self, _cue: Cue) -> Result<(), CallbackError> {
        Err(CallbackError::Failed {
            detail: "no voice".into(),
        })
    }
}

#[test]
fn an_observer_may_call_the_coach_from_within_every_answer() {
    let observer = Arc::new(CallsBack::default());
    let (done, answer) = mpsc::channel();
    let told = Arc::clone(&observer);
    thread::spawn(move || {
        let shell = Shell::new(Some(Arc::clone(&told) as Arc<dyn CoachObserver>));
        assert!(told.coach.set(Arc::downgrade(&shell.coach)).is_ok());
        let _ = done.send(shell.practise(DrillId::D0, presets::calibration()));
    });
    let report = answer.recv_timeout(PATIENCE).expect("no deadlock");
    assert!(observer.views.load(Ordering::SeqCst) > 10);
    assert!(observer.cues.load(Ordering::SeqCst) > 3);
    let undisturbed = Shell::new(None).practise(DrillId::D0, presets::calibration());
    assert_eq!(report, undisturbed);
}

#[test]
fn an_observer_that_always_fails_costs_no_number() {
    let failing = Shell::new(Some(Arc::new(Fails))).practise(DrillId::D0, presets::calibration());
    let silent = Shell::new(None).practise(DrillId::D0, presets::calibration());
    assert_eq!(failing, silent);
}
