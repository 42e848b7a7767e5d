//! Inputs in any order and at any time, through the real coach: no panic, no wrong refusal, and every session replays
//! bit for bit.

use std::sync::OnceLock;

use plumbline_core::{
    drill::DrillId,
    pod::{link::LinkEvent, site::Site},
    session::{
        coach::Refusal,
        input::{CheckIn, Command, Input, Pain, PainPlace},
        output::{Output, StoreRequest},
    },
    sim::{SimulatedNotification, presets},
    units::Timestamp,
};
use proptest::prelude::*;

use crate::support::runner::{Runner, START, air, assert_replays_bit_for_bit};

/// One thing that happens.
#[derive(Clone, Debug)]
enum Happening {
    Command(Command),
    Connected(Site),
    Lost(Site),
    Tick,
    CheckIn(Vec<Pain>),
    /// So many notifications of a recorded day, from this one on, changed in this way.
    Air(usize, usize, u8),
    /// The host's clock moves, microseconds.
    Clock(i64),
    /// The host's clock is wrong altogether.
    ClockAt(i64),
}

/// A calibration and half a minute of running on the air, once for all cases.
fn day() -> &'static [SimulatedNotification] {
    static DAY: OnceLock<Vec<SimulatedNotification>> = OnceLock::new();
    DAY.get_or_init(|| {
        let acts = [
            presets::calibration(),
            presets::wall_tilts_good(),
            presets::run(presets::RunForm::Good, 30.0),
        ];
        air(acts.concat(), START)
    })
}

fn site() -> impl Strategy<Value = Site> {
    prop::sample::select(Site::ALL.to_vec())
}

fn command() -> impl Strategy<Value = Command> {
    let drills = [DrillId::D0, DrillId::D3, DrillId::D4].map(Command::StartDrill);
    let all = [
        drills.to_vec(),
        vec![Command::StartRun, Command::Finish, Command::Finish],
    ]
    .concat();
    prop::sample::select(all)
}

fn pain() -> impl Strategy<Value = Pain> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (any::<u8>(), flags).prop_map(|(level, (sharp, limping, rising))| Pain {
        place: PainPlace::Knee,
        level,
        sharp,
        limping,
        rising,
    })
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        4 => command().prop_map(Happening::Command),
        1 => site().prop_map(Happening::Connected),
        1 => site().prop_map(Happening::Lost),
        1 => Just(Happening::Tick),
        1 => prop::collection::vec(pain(), 0..3).prop_map(Happening::CheckIn),
        6 => (any::<prop::sample::Index>(), 1_usize..1500, 0_u8..12)
            .prop_map(|(from, count, change)| Happening::Air(from.index(day().len()), count, change)),
        2 => (-100_000_000_i64..100_000_000).prop_map(Happening::Clock),
        1 => prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(0), any::<i64>()].prop_map(Happening::ClockAt),
    ]
}

fn changed(sent: &SimulatedNotification, change: u8, nth: usize) -> Vec<SimulatedNotification> {
    let mut one = sent.clone();
    match change {
        0 => one.bytes.truncate(nth % 200),
        1 => one.bytes.extend([0; 300]),
        2 => {
            let bit = nth % (8 * one.bytes.len());
            one.bytes[bit / 8] ^= 1 << (bit % 8);
        }
        3 => return vec![one.clone(), one],
        4 => one.site = Site::ALL[1 - one.site.index()],
        5 if nth.is_multiple_of(3) => return Vec::new(),
        _ => {}
    }
    vec![one]
}

/// Plays what happens; fails where a refusal is wrong.
fn play(happenings: Vec<Happening>) -> Vec<Vec<Output>> {
    let mut runner = Runner::new();
    let mut sessions = Vec::new();
    let (mut going, mut offset_us, mut connected) = (false, 0_i64, [true; 2]);
    for happening in happenings {
        match happening {
            Happening::Command(command) => {
                let answer = runner.command(command.clone());
                let some_pod = connected.contains(&true);
                match (&command, &answer) {
                    (Command::Finish, answer) => assert_eq!(answer.is_ok(), going),
                    (_, Err(Refusal::NotNow(_))) => assert!(going),
                    (Command::StartRun, answer) => assert_eq!(answer.is_ok(), some_pod),
                    (Command::StartDrill(DrillId::D0), Err(Refusal::NotCalibrated)) => panic!("{command:?}"),
                    (_, Err(Refusal::NoPod)) => assert!(!some_pod),
                    _ => {}
                }
                if answer.is_ok() {
                    going = command != Command::Finish;
                    if !going {
                        sessions.push(runner.drain());
                    }
                }
            }
            Happening::Connected(site) => {
                connected[site.index()] = true;
                runner
                    .give(Input::Link(LinkEvent::lean_pod_connected(site)))
                    .expect("a link event");
            }
            Happening::Lost(site) => {
                connected[site.index()] = false;
                runner
                    .give(Input::Link(LinkEvent::Lost { site }))
                    .expect("a link event");
            }
            Happening::Tick => runner.give(Input::Tick).expect("a tick"),
            Happening::CheckIn(pain) => runner
                .give(Input::CheckIn(CheckIn {
                    pain,
                    ..CheckIn::default()
                }))
                .expect("a check-in"),
            Happening::Clock(by_us) => {
                runner.now = Timestamp(runner.now.0.saturating_add(by_us));
                offset_us = offset_us.saturating_add(by_us);
            }
            Happening::ClockAt(at_us) => {
                runner.now = Timestamp(at_us);
                runner.give(Input::Tick).expect("a tick");
                runner.now = START;
            }
            Happening::Air(from, count, change) => {
                for (nth, sent) in day().iter().enumerate().skip(from).take(count) {
                    for one in changed(sent, change, nth) {
                        connected[one.site.index()] = true;
                        runner.now = Timestamp(one.arrival.0.saturating_add(offset_us));
                        let (site, bytes) = (one.site, one.bytes);
                        let event = LinkEvent::lean_pod_block(site, bytes);
                        runner.give(Input::Link(event)).expect("a notification");
                    }
                }
            }
        }
    }
    if going {
        runner.command(Command::Finish).expect("the session ends");
        sessions.push(runner.drain());
    }
    sessions
}

/// What one session put out, from its begin to its report.
fn from_its_begin(outputs: &[Output]) -> &[Output] {
    let begins = |output: &Output| matches!(output, Output::Store(StoreRequest::Begin { .. }));
    let at = outputs.iter().position(begins).expect("a session begins");
    &outputs[at..]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn inputs_in_any_order_are_rightly_refused_and_replay_bit_for_bit(
        happenings in prop::collection::vec(happening(), 1..40),
    ) {
        for session in play(happenings) {
            assert_replays_bit_for_bit(from_its_begin(&session));
            let json = serde_json::to_value(crate::support::runner::report(&session)).expect("json");
            prop_assert!(numbers_are_known(&json), "{json}");
        }
    }
}

/// No `null` where a number must stand: what JSON makes of a number that is none inside a list of bounds.
fn numbers_are_known(json: &serde_json::Value) -> bool {
    match json {
        serde_json::Value::Array(all) => all.iter().all(|one| !one.is_null() && numbers_are_known(one)),
        serde_json::Value::Object(all) => all.values().all(numbers_are_known),
        _ => true,
    }
}
