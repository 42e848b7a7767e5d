//! A stored session played again gives what it gave live, bit for bit.

use plumbline_core::{
    drill::DrillId,
    io::model::best_model,
    session::{input::Command, output::Output, replay::replay},
    sim::presets,
};

use recordings::waist::{on_the_air, waist_recording};

use crate::support::runner::{Runner, assert_replays_bit_for_bit, report, stored_log};

#[test]
fn simulated_sessions_replay_bit_for_bit() {
    let mut runner = Runner::new();
    let sessions = [
        (Command::StartDrill(DrillId::D0), presets::calibration()),
        (Command::StartDrill(DrillId::D3), presets::wall_tilts_good()),
        (Command::StartRun, presets::run(presets::RunForm::Under, 60.0)),
    ];
    for (command, acts) in sessions {
        assert_replays_bit_for_bit(&runner.act(command, acts));
    }
}

#[test]
fn a_real_jog_on_the_air_replays_bit_for_bit() {
    for name in ["D03_SA01_R01", "D04_SA02_R01"] {
        let Some(recording) = waist_recording(name) else {
            return;
        };
        let live = Runner::new().session(Command::StartRun, |start| on_the_air(&recording, start));
        let steps = report(&live).summary.steady_steps;
        assert!(steps > 100, "{name}: {steps} steady steps of a real jog");
        assert_replays_bit_for_bit(&live);
    }
}

#[test]
fn a_log_that_lost_an_entry_is_played_and_gives_another_report() {
    let live = Runner::new().act(Command::StartRun, presets::run(presets::RunForm::Good, 60.0));
    let mut log = stored_log(&live);
    log.drain(400..420);
    let replayed: Vec<Output> = replay(&log, best_model()).expect("a playable log");
    assert_ne!(report(&live).summary, report(&replayed).summary);
}
