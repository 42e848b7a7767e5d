//! Lines there and back, and what is refused.

use plumbline_core::{
    drill::DrillId,
    pod::gatt::Uuid,
    session::input::{Answer, Pain, PainPlace},
};

use super::*;

fn read(text: &str) -> Input {
    parse(text)
        .expect("the line reads")
        .expect("the line says something")
        .input
}

#[test]
fn every_input_reads_as_it_was_written() {
    let site = Site::Pelvis;
    let pain = |place, level, sharp| Pain {
        place,
        level,
        sharp,
        limping: !sharp,
        rising: sharp,
    };
    let inputs = [
        Input::Link(LinkEvent::lean_pod_block(site, vec![0x00, 0x7f, 0xff])),
        Input::Link(LinkEvent::lean_pod_block(Site::Chest, (0..=255).collect())),
        Input::Link(LinkEvent::Notification {
            site,
            characteristic: Uuid::short(0x2A37),
            bytes: vec![6, 60],
        }),
        Input::Link(LinkEvent::lean_pod_connected(site)),
        Input::Link(LinkEvent::Connected {
            site,
            setup: StreamSetup {
                rate_hz: Some(52.0),
                accelerometer_factor: Some(f64::from(0.000_244_f32)),
                ..StreamSetup::of(PodKind::PolarVeritySense)
            },
        }),
        Input::Link(LinkEvent::Lost { site }),
        Input::Command(Command::StartDrill(DrillId::D4)),
        Input::Command(Command::StartRun),
        Input::Command(Command::Finish),
        Input::Command(Command::Ask),
        Input::Answer(Answer::Tipped),
        Input::CheckIn(CheckIn::default()),
        Input::CheckIn(CheckIn {
            pain: vec![
                pain(PainPlace::LowBack, 2, true),
                pain(PainPlace::Calf, 10, false),
            ],
            ..CheckIn::default()
        }),
        Input::Tick,
        Input::Location(Location {
            speed_mps: Some(3.1),
            altitude_m: Some(-2.5),
            altitude_error_m: None,
            grade: Some(0.02),
        }),
    ];
    for input in inputs {
        let at = Timestamp(1_250_000);
        assert_eq!(parse(&line(at, &input)), Ok(Some(ScriptLine { at, input })));
    }
}

#[test]
fn lines_look_as_documented() {
    let notification = LinkEvent::lean_pod_block(Site::Pelvis, vec![0x00, 0x7f, 0xff]);
    assert_eq!(
        line(Timestamp(1_250_000), &Input::Link(notification)),
        "1250000 pelvis 007fff"
    );
    assert_eq!(
        read("0 command start_drill D3"),
        Input::Command(Command::StartDrill(DrillId::D3))
    );
    assert_eq!(
        read("5 command finish # after the last hold"),
        Input::Command(Command::Finish)
    );
    assert_eq!(
        read("5 command check_in none"),
        Input::CheckIn(CheckIn::default())
    );
}

#[test]
fn comments_and_empty_lines_say_nothing() {
    for text in ["", "   ", "# frames of two pods", "\t# indented"] {
        assert_eq!(parse(text), Ok(None));
    }
}

#[test]
fn what_is_not_understood_is_refused() {
    for text in [
        "12",
        "soon chest 00",
        "1 chest",
        "1 chest 0",
        "1 chest xy",
        "1 chest 00 00",
        "1 chest é0",
        "1 wrist 00",
        "1 command",
        "1 command start_drill D99",
        "1 command check_in",
        "1 command check_in knee",
        "1 command check_in knee:11",
        "1 command check_in knee:2:odd",
        "1 tick tock",
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
}
