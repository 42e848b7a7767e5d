//! What a shell, a pod or a disk can get wrong: each an answer to act on.

use std::fs;

use super::*;

struct StoppedClock;

impl HostClock for StoppedClock {
    fn now_us(&self) -> Result<i64, CallbackError> {
        Err(CallbackError::Failed {
            detail: "no battery".into(),
        })
    }
}

/// Every way bytes go wrong on the air or in a shell.
fn spoiled(bytes: &[u8]) -> [Vec<u8>; 5] {
    let mut flipped = bytes.to_vec();
    flipped[bytes.len() / 2] ^= 0x10;
    [
        Vec::new(),
        bytes[..bytes.len() - 1].to_vec(),
        [bytes, &[0]].concat(),
        flipped,
        vec![0xA5; 100_000],
    ]
}

#[test]
fn bytes_that_are_no_frame_are_counted_and_change_no_number() {
    let clean = Shell::new(None).practise(DrillId::D0, presets::calibration());

    let shell = Shell::new(None);
    let frames = frames(shell.clock.pass(HOUR_US), presets::calibration());
    shell.coach.start_drill(DrillId::D0).unwrap();
    for (index, frame) in frames.iter().enumerate() {
        shell.hear(std::slice::from_ref(frame));
        if index % 20 == 0 {
            for bytes in spoiled(&frame.bytes) {
                shell.coach.notification(frame.site, bytes).unwrap();
            }
        }
    }
    let missing: f64 = shell.coach.view().pods.iter().map(|pod| pod.missing).sum();
    assert!(missing > 0.1, "{missing}");
    assert_eq!(shell.report(), clean);
}

#[test]
fn a_pod_of_which_no_frame_is_whole_is_not_live() {
    let shell = Shell::new(None);
    let frames = frames(shell.clock.pass(HOUR_US), presets::calibration());
    let frame = frames.iter().find(|frame| frame.site == Site::Chest).unwrap();
    shell.coach.start_run().unwrap();
    for bit in 0..8 * frame.bytes.len() {
        let mut bytes = frame.bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        shell.coach.notification(Site::Chest, bytes).unwrap();
    }
    shell.clock.pass(1_000_000);
    shell.coach.tick().unwrap();
    let chest = &shell.coach.view().pods[0];
    assert!(
        !chest.live && (chest.missing - 1.0).abs() < f64::EPSILON,
        "{chest:?}"
    );
    let report = shell.report();
    assert_eq!(report.summary.steady_steps, 0);
    assert_eq!(report.summary.trunk_lean_deg, None);
}

#[test]
fn an_unknown_language_is_english_and_a_dialect_is_its_language() {
    let next_step = |language: &str| {
        let language = language.to_owned();
        let config = CoachConfig {
            language,
            ..in_memory()
        };
        Coach::new(config, None).unwrap().view().next_step
    };
    let english = next_step("en");
    for unknown in ["tlh", "", "-", "ü\u{0}ü", &"x".repeat(1_000_000)] {
        assert_eq!(next_step(unknown), english);
    }
    assert_eq!(next_step("de-AT"), next_step("de"));
    assert_ne!(next_step("de"), english);
}

fn refused_path(path: impl AsRef<std::path::Path>) -> String {
    match Coach::new(in_file(path), None) {
        Err(CoachError::Store { detail }) => detail,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it opened"),
    }
}

#[test]
fn a_path_that_holds_no_history_is_a_store_error_that_says_why() {
    let folder = tempfile::tempdir().unwrap();
    assert!(refused_path(folder.path().join("missing").join("history.sqlite")).contains("cannot be written"));
    assert!(refused_path(folder.path()).contains("cannot be written"));
    assert!(refused_path("").contains("no file"));
    assert!(!refused_path("nul\0byte").is_empty());
    // Even an administrator makes no file here.
    #[cfg(target_os = "linux")]
    assert!(refused_path("/proc/history.sqlite").contains("cannot be written"));

    let garbage = folder.path().join("garbage.sqlite");
    fs::write(&garbage, [0xA5; 9_000]).unwrap();
    assert!(refused_path(&garbage).contains("not a history"));
    assert_eq!(fs::read(&garbage).unwrap(), [0xA5; 9_000]);
}

#[test]
fn a_history_cut_in_half_is_refused_and_the_half_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.sqlite");
    let coach = Coach::new(in_file(&path), None).unwrap();
    coach.connected(Site::Chest).unwrap();
    coach.start_run().unwrap();
    for _ in 0..200 {
        coach.notification(Site::Chest, vec![0xA5; 400]).unwrap();
    }
    coach.finish().unwrap().expect("a kept session");
    drop(coach);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(refused_path(&path).contains("damaged"));
    assert_eq!(fs::read(&path).unwrap(), &bytes[..bytes.len() / 2]);
}

#[test]
fn a_session_nobody_knows_is_the_callers_fault() {
    let history = Coach::new(in_memory(), None).unwrap().history();
    for id in ["", "nothing", "'; DROP TABLE session; --", "\0"] {
        for answer in [
            history.report(id.into()).map(drop),
            history.delete_session(id.into()),
            history.restore_session(id.into()),
        ] {
            assert!(matches!(answer, Err(CoachError::Invalid { .. })), "{answer:?}");
        }
    }
}

#[test]
fn a_pain_beyond_the_scale_is_the_callers_fault_and_opens_or_shuts_nothing() {
    let shell = Shell::new(None);
    let pain = |level| CheckIn {
        pain: vec![plumbline_core::session::input::Pain {
            place: plumbline_core::session::input::PainPlace::Calf,
            level,
            sharp: false,
            limping: false,
            rising: false,
        }],
        ..CheckIn::default()
    };
    let answer = shell.coach.check_in(pain(11));
    assert!(matches!(answer, Err(CoachError::Invalid { .. })), "{answer:?}");
    assert_eq!(shell.coach.start_drill(DrillId::D0), Ok(()));
    shell.coach.finish().unwrap();
    shell.coach.check_in(pain(10)).unwrap();
    let answer = shell.coach.start_drill(DrillId::D0);
    assert!(
        matches!(answer, Err(CoachError::DrillLocked { .. })),
        "{answer:?}"
    );
}

#[test]
fn a_hosts_clock_that_fails_is_the_hosts_fault() {
    let coach = Coach::with_clock(in_memory(), None, Arc::new(StoppedClock)).unwrap();
    let error = coach.start_drill(DrillId::D0).unwrap_err();
    assert_eq!(
        error,
        CoachError::Invalid {
            detail: "the host's code failed: no battery".into()
        }
    );
}

#[test]
fn a_clock_that_jumps_anywhere_breaks_no_call() {
    let shell = Shell::new(None);
    let frames = frames(Timestamp(START_US), presets::calibration());
    shell.coach.start_drill(DrillId::D0).unwrap();
    let jumps = [0, i64::MIN, -1, 1, START_US, 2 * START_US, i64::MAX, 0];
    for (frame, jump) in frames.iter().zip(jumps.iter().cycle()) {
        shell.clock.set(*jump);
        shell.coach.notification(frame.site, frame.bytes.clone()).unwrap();
        shell.coach.tick().unwrap();
        let _ = shell.coach.next_deadline_us();
    }
    let report = shell.report();
    assert!(report.duration_s.is_finite() && report.duration_s >= 0.0);
}
