//! Pod frames and commands as text, one line each: what `simulate` writes and `drill`, `run` and the contracts read.
//!
//! `ARRIVAL_US chest|pelvis HEX` is one notification, `AT_US command NAME ...` one command; `#` begins a comment.
//! Plays nothing. Invariant: a line is read to exactly what was written, or refused with its number.

use std::fmt::Write;

use plumbline_core::{
    drill::DrillId,
    pod::{link::LinkEvent, site::Site},
    session::input::{CheckIn, Command, Input, Pain, PainPlace},
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
        return if words.is_empty() { Ok(None) } else { Err(format!("`{content}` has no more than a time")) };
    };
    let at = at.parse().map(Timestamp).map_err(|_| format!("`{at}` is not a time in microseconds"))?;
    let input = match (*what, rest) {
        ("chest", [word]) => link(Site::Chest, word)?,
        ("pelvis", [word]) => link(Site::Pelvis, word)?,
        ("command", words) => command(words)?,
        _ => return Err(format!("`{what}` is neither chest, pelvis nor command with what belongs to it")),
    };
    Ok(Some(ScriptLine { at, input }))
}

fn link(site: Site, word: &str) -> Result<Input, String> {
    Ok(Input::Link(match word {
        "connected" => LinkEvent::Connected { site },
        "lost" => LinkEvent::Lost { site },
        hex => LinkEvent::Notification { site, bytes: bytes(hex)? },
    }))
}

fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let wrong = || format!("`{}` is not bytes in hexadecimal", hex.chars().take(16).collect::<String>());
    let digits: Vec<u32> = hex.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>().ok_or_else(wrong)?;
    let (pairs, []) = digits.as_chunks::<2>() else { return Err(wrong()) };
    pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).map_err(|_| wrong())).collect()
}

fn command(words: &[&str]) -> Result<Input, String> {
    match words {
        ["start_run"] => Ok(Input::Command(Command::StartRun)),
        ["finish"] => Ok(Input::Command(Command::Finish)),
        ["start_drill", name] => Ok(Input::Command(Command::StartDrill(drill(name)?))),
        ["check_in", "none"] => Ok(Input::CheckIn(CheckIn::default())),
        ["check_in", place, level, signs @ ..] => Ok(Input::CheckIn(CheckIn { pain: vec![pain(place, level, signs)?] })),
        _ => Err(format!("`{}` is no command", words.join(" "))),
    }
}

/// A drill by its name.
pub(crate) fn drill(name: &str) -> Result<DrillId, String> {
    serde_json::from_value(name.to_uppercase().into()).map_err(|_| format!("`{name}` is no drill of the catalogue"))
}

fn pain(place: &str, level: &str, signs: &[&str]) -> Result<Pain, String> {
    let place: PainPlace = serde_json::from_value(place.into()).map_err(|_| format!("`{place}` is no place of pain"))?;
    let level = level.parse().ok().filter(|level| *level <= 10).ok_or_else(|| format!("`{level}` is not 0 to 10"))?;
    if let Some(unknown) = signs.iter().find(|sign| !["sharp", "limping", "rising"].contains(sign)) {
        return Err(format!("`{unknown}` is neither sharp, limping nor rising"));
    }
    let has = |sign| signs.contains(&sign);
    Ok(Pain { place, level, sharp: has("sharp"), limping: has("limping"), rising: has("rising") })
}

/// The line a notification is written as.
pub(crate) fn notification(at: Timestamp, site: Site, bytes: &[u8]) -> String {
    let mut line = format!("{} {} ", at.0, site.name());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(line, "{byte:02x}");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Input {
        parse(text).expect("the line reads").expect("the line says something").input
    }

    #[test]
    fn a_notification_reads_as_it_was_written() {
        let line = notification(Timestamp(1_250_000), Site::Pelvis, &[0x00, 0x7f, 0xff]);
        assert_eq!(line, "1250000 pelvis 007fff");
        let read = parse(&line).expect("the line reads").expect("the line says something");
        assert_eq!(read.at, Timestamp(1_250_000));
        assert_eq!(
            read.input,
            Input::Link(LinkEvent::Notification { site: Site::Pelvis, bytes: vec![0x00, 0x7f, 0xff] })
        );
    }

    #[test]
    fn commands_read_by_name() {
        assert_eq!(read("0 command start_drill D3"), Input::Command(Command::StartDrill(DrillId::D3)));
        assert_eq!(read("5 command finish # after the last hold"), Input::Command(Command::Finish));
        assert_eq!(read("5 command start_run"), Input::Command(Command::StartRun));
        assert_eq!(read("5 command check_in none"), Input::CheckIn(CheckIn::default()));
        let Input::CheckIn(check_in) = read("5 command check_in low_back 2 rising") else { panic!("no check-in") };
        let [pain] = check_in.pain.as_slice() else { panic!("not one pain") };
        assert!(pain.place == PainPlace::LowBack && pain.level == 2 && pain.rising && !pain.sharp);
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
            "12", "soon chest 00", "1 chest", "1 chest 0", "1 chest xy", "1 chest 00 00", "1 chest é0", "1 head 00", "1 command",
            "1 command start_drill D99", "1 command check_in knee 11", "1 command check_in knee 2 odd",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
