//! Pod frames and commands as text, one line each: what `simulate` writes and `drill`, `run` and the contracts read.
//!
//! `ARRIVAL_US chest|pelvis HEX` is one block of a Lean Pod, `UUID:HEX` bytes of another pod's characteristic,
//! `connected` a Lean Pod that began to stream and `connected:KIND:HZ:G:DPS:G_FACTOR:DPS_FACTOR` another one, `lost` a link
//! that is gone. `AT_US command NAME ...` one command, `AT_US tick` nothing but
//! time, `AT_US location SPEED ALTITUDE ALTITUDE_ERROR GRADE` a fix, with `-` for what is unknown; `#` begins a comment.
//! Plays nothing. Invariant: a line is read to exactly what was written, or refused with its number.

use std::fmt::Write;

use plumbline_core::{
    drill::DrillId,
    pod::{conversation::StreamSetup, kind::PodKind, link::LinkEvent, protocol::lean_pod, site::Site},
    session::input::{CheckIn, Command, Input, Location, Pain, PainPlace},
    units::Timestamp,
};

/// One line: what happened, and when, microseconds on the script's own axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ScriptLine {
    /// When it came.
    pub(crate) at: Timestamp,
    /// What came.
    pub(crate) input: Input,
}

/// A line of a script; `None` for an empty one or a comment.
pub(crate) fn parse(text: &str) -> Result<Option<ScriptLine>, String> {
    let content = text.split('#').next().unwrap_or_default();
    let words: Vec<&str> = content.split_whitespace().collect();
    let [at, what, rest @ ..] = words.as_slice() else {
        return if words.is_empty() {
            Ok(None)
        } else {
            Err(format!("`{content}` has no more than a time"))
        };
    };
    let at = at
        .parse()
        .map(Timestamp)
        .map_err(|_| format!("`{at}` is not a time in microseconds"))?;
    let input = match (*what, rest) {
        ("chest", [word]) => link(Site::Chest, word)?,
        ("pelvis", [word]) => link(Site::Pelvis, word)?,
        ("command", words) => command(words)?,
        ("tick", []) => Input::Tick,
        ("location", [speed, altitude, error, grade]) => Input::Location(Location {
            speed_mps: known(speed)?,
            altitude_m: known(altitude)?,
            altitude_error_m: known(error)?,
            grade: known(grade)?,
        }),
        _ => {
            return Err(format!(
                "`{what}` is neither chest, pelvis, location nor command with what belongs to it"
            ));
        }
    };
    Ok(Some(ScriptLine { at, input }))
}

/// A number, or `-` for an unknown one.
fn known(word: &str) -> Result<Option<f64>, String> {
    let number = (word != "-").then(|| word.parse::<f64>()).transpose();
    let number = number.map_err(|_| format!("`{word}` is neither a number nor -"))?;
    Ok(number.filter(|number| number.is_finite()))
}

fn link(site: Site, word: &str) -> Result<Input, String> {
    Ok(Input::Link(match word {
        "connected" => LinkEvent::lean_pod_connected(site),
        "lost" => LinkEvent::Lost { site },
        word => match word.split_once(':') {
            Some(("connected", setup)) => LinkEvent::Connected {
                site,
                setup: read_setup(setup)?,
            },
            Some((uuid, hex)) => LinkEvent::Notification {
                site,
                characteristic: uuid.parse().map_err(|error| format!("`{uuid}`: {error}"))?,
                bytes: bytes(hex)?,
            },
            None => LinkEvent::lean_pod_block(site, bytes(word)?),
        },
    }))
}

fn read_setup(text: &str) -> Result<StreamSetup, String> {
    let words: Vec<&str> = text.split(':').collect();
    let [
        kind,
        rate,
        accelerometer,
        gyroscope,
        accelerometer_factor,
        gyroscope_factor,
    ] = words.as_slice()
    else {
        return Err(format!("`{text}` is no kind of pod with five numbers behind it"));
    };
    Ok(StreamSetup {
        kind: PodKind::from_name(kind).ok_or_else(|| format!("`{kind}` is no kind of pod"))?,
        rate_hz: known(rate)?,
        accelerometer_range_g: known(accelerometer)?,
        gyroscope_range_dps: known(gyroscope)?,
        accelerometer_factor: known(accelerometer_factor)?,
        gyroscope_factor: known(gyroscope_factor)?,
    })
}

fn written_setup(setup: &StreamSetup) -> String {
    let number = |known: Option<f64>| known.map_or_else(|| ":-".to_string(), |number| format!(":{number}"));
    if *setup == StreamSetup::of(PodKind::LeanPod) {
        return String::new();
    }
    let numbers = [
        setup.rate_hz,
        setup.accelerometer_range_g,
        setup.gyroscope_range_dps,
        setup.accelerometer_factor,
        setup.gyroscope_factor,
    ];
    format!(":{}{}", setup.kind.name(), numbers.map(number).concat())
}

fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let wrong = || {
        format!(
            "`{}` is not bytes in hexadecimal",
            hex.chars().take(16).collect::<String>()
        )
    };
    let digits: Vec<u32> = hex
        .chars()
        .map(|digit| digit.to_digit(16))
        .collect::<Option<_>>()
        .ok_or_else(wrong)?;
    let (pairs, []) = digits.as_chunks::<2>() else {
        return Err(wrong());
    };
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(high * 16 + low).map_err(|_| wrong()))
        .collect()
}

fn command(words: &[&str]) -> Result<Input, String> {
    match words {
        ["start_run"] => Ok(Input::Command(Command::StartRun)),
        ["finish"] => Ok(Input::Command(Command::Finish)),
        ["start_drill", name] => Ok(Input::Command(Command::StartDrill(drill(name)?))),
        ["check_in", "none"] => Ok(Input::CheckIn(CheckIn::default())),
        ["check_in", pains @ ..] if !pains.is_empty() => Ok(Input::CheckIn(CheckIn {
            pain: pains.iter().map(|words| pain(words)).collect::<Result<_, _>>()?,
        })),
        _ => Err(format!("`{}` is no command", words.join(" "))),
    }
}

/// The drills, as help and errors list them.
const DRILLS: &str = "D0 (the calibration), D3 (the wall tilt), D4 (lean-and-fall)";
/// The places of pain, as help and errors list them.
const PLACES: &str =
    "foot, achilles, calf, shin, knee, quads, hip_flexors, hip, low_back, neck, chest, other";

/// How pain is written; what is not said does not hurt.
pub(crate) fn pain_help() -> String {
    format!(
        "Where it hurts: PLACE:LEVEL with :sharp, :limping or :rising behind it; say it again for each place. \
         LEVEL is 0 to 10, PLACE one of {PLACES}. Without it the answer is: nothing hurts, \
         unless the last answer was that something does"
    )
}

/// A drill by its name.
pub(crate) fn drill(name: &str) -> Result<DrillId, String> {
    serde_json::from_value(name.to_uppercase().into())
        .map_err(|_| format!("`{name}` is no drill of the catalogue: {DRILLS}"))
}

/// Pain as `PLACE:LEVEL`, with `:sharp`, `:limping` or `:rising` behind it where that is so.
pub(crate) fn pain(text: &str) -> Result<Pain, String> {
    let words: Vec<&str> = text.split(':').collect();
    let [place, level, signs @ ..] = words.as_slice() else {
        return Err(format!("`{text}` is not a place and a level, such as knee:2"));
    };
    let place: PainPlace = serde_json::from_value((*place).into())
        .map_err(|_| format!("`{place}` is no place of pain: {PLACES}"))?;
    let level = level
        .parse()
        .ok()
        .filter(|level| *level <= 10)
        .ok_or_else(|| format!("`{level}` is not 0 to 10"))?;
    if let Some(unknown) = signs
        .iter()
        .find(|sign| !["sharp", "limping", "rising"].contains(sign))
    {
        return Err(format!("`{unknown}` is neither sharp, limping nor rising"));
    }
    let has = |sign| signs.contains(&sign);
    Ok(Pain {
        place,
        level,
        sharp: has("sharp"),
        limping: has("limping"),
        rising: has("rising"),
    })
}

/// The line an input is written as.
pub(crate) fn line(at: Timestamp, input: &Input) -> String {
    let what = match input {
        Input::Link(LinkEvent::Connected { site, setup }) => {
            format!("{} connected{}", site.name(), written_setup(setup))
        }
        Input::Link(LinkEvent::Lost { site }) => format!("{} lost", site.name()),
        Input::Link(LinkEvent::Notification {
            site,
            characteristic,
            bytes,
        }) => {
            let start = match *characteristic {
                lean_pod::LIVE => format!("{} ", site.name()),
                other => format!("{} {other}:", site.name()),
            };
            bytes.iter().fold(start, |mut line, byte| {
                // Writing to a string cannot fail.
                let _ = write!(line, "{byte:02x}");
                line
            })
        }
        Input::Command(Command::StartDrill(drill)) => format!("command start_drill {}", drill.name()),
        Input::Command(Command::StartRun) => "command start_run".to_string(),
        Input::Command(Command::Finish) => "command finish".to_string(),
        Input::CheckIn(check_in) if check_in.pain.is_empty() => "command check_in none".to_string(),
        Input::CheckIn(check_in) => check_in
            .pain
            .iter()
            .fold("command check_in".to_string(), |line, pain| {
                line + " " + &pain_words(*pain)
            }),
        Input::Location(location) => {
            let Location {
                speed_mps,
                altitude_m,
                altitude_error_m,
                grade,
            } = location;
            let words = [speed_mps, altitude_m, altitude_error_m, grade]
                .map(|number| number.map_or_else(|| "-".to_owned(), |number| number.to_string()));
            format!("location {}", words.join(" "))
        }
        Input::Tick => "tick".to_string(),
    };
    format!("{} {what}", at.0)
}

fn pain_words(pain: Pain) -> String {
    let place = serde_json::to_value(pain.place).ok();
    let place = place
        .as_ref()
        .and_then(serde_json::Value::as_str)
        .unwrap_or("other");
    let signs = [
        (pain.sharp, ":sharp"),
        (pain.limping, ":limping"),
        (pain.rising, ":rising"),
    ];
    let signs: String = signs
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| word)
        .collect();
    format!("{place}:{}{signs}", pain.level)
}

#[cfg(test)]
mod tests {
    use plumbline_core::pod::gatt::Uuid;

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
            Input::CheckIn(CheckIn::default()),
            Input::CheckIn(CheckIn {
                pain: vec![
                    pain(PainPlace::LowBack, 2, true),
                    pain(PainPlace::Calf, 10, false),
                ],
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
    fn every_drill_and_every_place_of_pain_is_listed() {
        // The error of the format names every variant.
        let listed = |error: String| -> Vec<String> {
            let names = error.split("expected").nth(1).unwrap_or_default();
            names.split('`').skip(1).step_by(2).map(str::to_string).collect()
        };
        let places = serde_json::from_value::<PainPlace>("nowhere".into()).expect_err("no place");
        assert_eq!(listed(places.to_string()).join(", "), PLACES);
        let drills = serde_json::from_value::<DrillId>("D99".into()).expect_err("no drill");
        let drills = listed(drills.to_string());
        let told: Vec<&str> = DRILLS.split(", ").filter_map(|one| one.get(..2)).collect();
        assert_eq!(drills, told);
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
            "1 head 00",
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
}
