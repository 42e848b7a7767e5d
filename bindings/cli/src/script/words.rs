//! Drills and pains as a person types them, for scripts and arguments alike.
//!
//! Judges none. Invariant: help and errors list every drill and every place there is.

use plumbline_core::{
    drill::DrillId,
    session::input::{Answer, Input, Pain, PainPlace},
};

/// The drills, as help and errors list them.
const DRILLS: &str = "D0 (the calibration), D1 (calf wake-up), D2 (breathing), D3 (the wall tilt), D4 (lean-and-fall), \
     D5 (stop-start), D6 (lean dial), D7 (ease back), D8 (pelvis), D9 (hands on hips), D10 (held head), \
     D11 (face forward), D12 (dancer or runner), D13 (foot placement), D14 (when tired)";
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

/// What the runner says of what was just done.
pub(super) fn answer(word: &str) -> Result<Input, String> {
    serde_json::from_value(word.into())
        .map(Input::Answer)
        .map_err(|_| format!("`{word}` is neither under, right, over, arched nor tipped"))
}

/// An answer as [`answer`] reads it.
pub(super) fn of_answer(answer: Answer) -> String {
    let word = serde_json::to_value(answer).ok();
    word.as_ref()
        .and_then(serde_json::Value::as_str)
        .unwrap_or("right")
        .to_owned()
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

/// Pain as [`pain`] reads it.
pub(super) fn of_pain(pain: Pain) -> String {
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
    use super::*;

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
        let told: Vec<&str> = DRILLS
            .split(", ")
            .filter_map(|one| one.split(' ').next())
            .collect();
        assert_eq!(drills, told);
    }
}
