use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::lean::band::OwnReference;
use crate::{
    cause::{
        self, Cause, Evidence,
        seen::RunSeen,
        self_test::{SelfTest, SelfTestResult},
        told::{Background, Onboarding, Told},
    },
    drill::{
        DrillId, Miss, RepetitionOutcome,
        catalog::{Drill, Opening, ProvenanceKind},
        check_in::{CheckIn, Felt, PainPlace},
        gate::Closed,
        progression::NextReason,
        verdict,
    },
};

/// Every text, by language.
const TEXTS: [(&str, [&str; 6]); 2] = [("en", ENGLISH), ("de", GERMAN)];

/// Each message of a language with its variables. Read by hand: what the parser makes of a text is not the question
/// here, only that two texts name the same things.
fn messages((tag, texts): (&str, [&str; 6])) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = None;
    for line in texts
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.starts_with('#'))
    {
        if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}'])) {
            assert!(
                messages.insert(id.to_owned(), BTreeSet::new()).is_none(),
                "{id} twice in {tag}",
            );
            current = Some(id.to_owned());
        }
        for variable in line.split('$').skip(1) {
            let end = variable.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let name = variable[..end.unwrap_or(variable.len())].to_owned();
            let id = current.as_deref().expect("a variable stands in a message");
            messages.entry(id.to_owned()).or_default().insert(name);
        }
    }
    messages
}

#[test]
fn every_text_parses() {
    for (tag, texts) in TEXTS {
        for text in texts {
            if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
                panic!("{tag}: {errors:?}");
            }
        }
    }
}

#[test]
fn every_message_exists_in_every_language_with_the_same_variables() {
    assert_eq!(TEXTS.map(|(tag, _)| tag), [0, 1].map(|k: usize| LANGUAGES[k].tag));
    let english = messages(TEXTS[0]);
    assert!(english.len() > 100, "{}", english.len());
    for language in &TEXTS[1..] {
        let other = messages(*language);
        for (id, variables) in &english {
            assert_eq!(other.get(id), Some(variables), "{id} in {}", language.0);
        }
        assert_eq!(other.len(), english.len());
    }
}

#[test]
fn everything_drills_gates_and_causes_can_say_exists() {
    let known = messages(TEXTS[0]);
    let mut ids = Vec::new();
    for drill in Drill::ALL {
        ids.extend([drill.title, drill.goal, drill.for_whom, drill.cue]);
        ids.extend(drill.phases.iter().map(|phase| phase.instruction));
        ids.extend(drill.not_with.iter().map(|not_with| not_with.message));
        let misses = Miss::ALL.map(RepetitionOutcome::Missed);
        for outcome in misses
            .into_iter()
            .chain([RepetitionOutcome::Passed, RepetitionOutcome::NotSeen])
        {
            ids.push(verdict::of_repetition(drill.id, outcome));
        }
    }
    ids.extend(
        Closed::all()
            .into_iter()
            .flat_map(|closed| [closed.reason().id, closed.still_allowed().id]),
    );
    ids.extend(NextReason::ALL.map(NextReason::message));
    ids.extend(Cause::ALL.map(Cause::message));
    ids.extend(Cause::ALL.into_iter().filter_map(Cause::why_first_drill));
    ids.extend(SelfTest::ALL.map(SelfTest::instruction));
    ids.extend(["why-hurts", "why-on-the-way"]);
    ids.extend(
        [ProvenanceKind::Seed, ProvenanceKind::Study, ProvenanceKind::Ours].map(ProvenanceKind::message),
    );
    for id in ids {
        assert!(known.contains_key(id), "{id}");
    }
}

/// What together shows every sign the causes know.
fn evidence() -> Vec<Evidence> {
    let seen = RunSeen {
        own: OwnReference {
            band_deg: Some([6.0, 12.0]),
            usual_bend_deg: Some(5.0),
            usual_timing: Some(0.07),
        },
        class_seconds: [300.0, 300.0, 300.0, 300.0, 0.0],
        early: [0.0, 400.0, 0.0, 0.0, 0.0],
        late: [400.0, 0.0, 0.0, 0.0, 0.0],
        slow_and_fast: Some([[0.0, 400.0, 0.0, 0.0, 0.0], [0.0, 0.0, 400.0, 0.0, 0.0]]),
        drift_deg_per_10_min: Some(-3.0),
        lean_over_run_deg: Some(-8.0),
        bend_over_run_deg: Some(8.0),
        lean_per_mps_deg: Some(5.0),
        contact_by_side_ms: [Some(240.0), Some(270.0)],
        trunk_lean_deg: Some(1.0),
        pelvis_tilt_deg: Some(-5.0),
        waist_bend_deg: Some(14.0),
        mid_stance_timing: Some(0.15),
        timing_by_side: [Some(0.0), Some(0.1)],
        lean_by_grade_deg: [Some(1.0), Some(9.0), Some(18.0)],
        speed_loss_mps: Some(0.5),
        cadence_spm: Some(150.0),
        launches_seen: 3,
        launches_bent: 3,
        launches_stalled: 3,
        ..RunSeen::default()
    };
    let before = RunSeen {
        speed_loss_mps: Some(0.1),
        ..seen.clone()
    };
    let other = RunSeen {
        late: [0.0, 0.0, 0.0, 400.0, 0.0],
        trunk_lean_deg: Some(18.0),
        lean_over_run_deg: Some(4.0),
        waist_bend_deg: Some(-5.0),
        mid_stance_timing: Some(0.0),
        ..seen.clone()
    };
    let said = CheckIn {
        sore: PainPlace::ALL.to_vec(),
        felt: Felt::ALL.to_vec(),
        ..CheckIn::default()
    };
    let told = Told {
        check_ins: vec![said],
        self_tests: SelfTest::ALL.map(|test| (test, SelfTestResult::LeftShort)).into(),
        onboarding: Onboarding {
            desk_hours: Some(10.0),
            background: vec![Background::Dance],
            ..Onboarding::default()
        },
    };
    let fine = RunSeen {
        class_seconds: [0.0, 900.0, 0.0, 0.0, 0.0],
        ..seen.clone()
    };
    [vec![before, seen], vec![other], vec![fine]]
        .map(|runs| Evidence {
            runs,
            told: told.clone(),
        })
        .to_vec()
}

#[test]
fn every_sign_has_its_sentence() {
    let known = messages(TEXTS[0]);
    let said: BTreeSet<&str> = evidence()
        .iter()
        .flat_map(cause::rank)
        .flat_map(|ranked| ranked.evidence)
        .map(|message| message.id)
        .collect();
    for id in known.keys().filter(|id| id.starts_with("evidence-")) {
        let other_place = id == "evidence-sore-other" || id == "evidence-fails-hands-on-hips";
        assert!(said.contains(id.as_str()) || other_place, "{id} is never said");
    }
}

#[test]
fn what_is_said_fills_exactly_the_variables_of_its_message() {
    let known = messages(TEXTS[0]);
    let result = |seen: usize, passed: usize| {
        let mut outcomes = vec![RepetitionOutcome::NotSeen; 12];
        outcomes[..seen].fill(RepetitionOutcome::Missed(Miss::Bent));
        outcomes[..passed].fill(RepetitionOutcome::Passed);
        Drill::of(DrillId::D3).result(crate::units::Timestamp(0), true, &outcomes)
    };
    let mut said: Vec<Message> = Closed::all()
        .into_iter()
        .flat_map(|one| [one.reason(), one.still_allowed()])
        .collect();
    said.extend([(12, 12), (12, 3), (2, 2)].map(|(seen, passed)| verdict::of_session(&result(seen, passed))));
    said.extend(
        evidence()
            .iter()
            .flat_map(cause::rank)
            .flat_map(|ranked| ranked.evidence),
    );
    assert!(
        said.iter()
            .filter(|message| message.id.starts_with("evidence-"))
            .count()
            >= 12
    );
    for message in said {
        let given: BTreeSet<String> = message.args.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert!(known[message.id].is_subset(&given), "{message:?}");
        let text = Words::new("en").say(&message);
        assert!(!text.contains(['{', '$']), "{text}");
    }
}

#[test]
fn a_language_is_found_by_its_tag_whatever_the_region() {
    for (asked, given) in [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE_ch", "de"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
    ] {
        assert_eq!(Words::new(asked).language(), given, "{asked}");
    }
}

#[test]
fn numbers_are_rounded_counted_and_written_as_the_language_does() {
    let english = Words::new("en");
    let german = Words::new("de");
    let args = |minutes, total| {
        [
            ("minutes", Value::Decimal(minutes, 0)),
            ("total", Value::Decimal(total, 0)),
        ]
    };
    assert_eq!(
        english.format("headline-fades", &args(13.6, 20.2)),
        "You held your own lean for 14 of 20 steady minutes, then came upright."
    );
    assert_eq!(
        english.format("headline-good", &args(0.6, 1.2)),
        "You held your own lean for 1 of 1 steady minute."
    );
    let spread = |degrees| [("spread", Value::Decimal(degrees, 1))];
    assert!(
        english
            .format("calibration-done", &spread(0.96))
            .contains("1.0 degrees")
    );
    assert!(
        german
            .format("calibration-done", &spread(0.96))
            .contains("1,0 Grad")
    );
    assert!(
        english
            .format("calibration-done", &spread(-0.04))
            .contains(" 0.0 ")
    );
    assert!(
        english
            .format("calibration-done", &spread(f64::NAN))
            .contains('–')
    );
}

#[test]
fn plurals_follow_the_count() {
    let words = Words::new("de");
    assert_eq!(
        words.format("untold-gaps", &[("seconds", Value::Count(1))]),
        "Eine Sekunde Daten fehlt. Ich habe sie ausgelassen."
    );
    assert_eq!(
        words.format("untold-gaps", &[("seconds", Value::Count(3))]),
        "3 Sekunden Daten fehlen. Ich habe sie ausgelassen."
    );
}

#[test]
fn a_missing_message_or_variable_does_not_panic() {
    let words = Words::new("de");
    assert_eq!(words.text("no-such-message"), "no-such-message");
    assert!(words.text("calibration-done").contains("spread"));
}

#[test]
fn no_sentence_carries_isolation_marks_and_words_can_change_threads() {
    const fn sendable<T: Send>(value: T) -> T {
        value
    }
    let words = sendable(Words::new("en"));
    let text = words.say(
        &Closed::Locked {
            opening: Opening::AnyOf(&[DrillId::D3]),
        }
        .reason(),
    );
    assert_eq!(text, "This one opens after “Whole-body tilt at the wall”.");
}

#[test]
fn no_sentence_promises_what_lean_cannot_keep() {
    for text in TEXTS.into_iter().flat_map(|(_, texts)| texts) {
        let text = text.to_lowercase();
        for promise in [
            "injur", "verletz", "efficien", "effizien", "energy", "energie", "correct", "korrekt", "falsch",
            "wrong",
        ] {
            assert!(!text.contains(promise), "{promise}");
        }
    }
}
