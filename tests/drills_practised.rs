//! Every drill from its first instruction to its result, done well, done badly, and with a pod lost in the middle:
//! the synthetic runner's pod bytes through the coach.

use plumbline_core::{
    drill::{DrillId, DrillResult, Miss, RepetitionOutcome, rehearsal::sessions_that_open},
    lean::band::OwnReference,
    pod::{link::LinkEvent, site::Site},
    session::{
        input::{Answer, CheckIn, Command, Input},
        log::SessionContext,
        output::{CueKind, Output},
        plan::Course,
        report::DrillReport,
    },
    sim::{
        Act, Scenario, notifications,
        practice::{Execution, practice},
        presets, simulate,
    },
    units::Timestamp,
    view::PhaseView,
};

use crate::support::runner::{Runner, START, report};

/// What a practice came to.
struct Practised {
    outcomes: Vec<RepetitionOutcome>,
    report: DrillReport,
    cues: Vec<(f64, CueKind, String)>,
    questions: usize,
    sounds: usize,
    countdowns: usize,
}

/// How the practice differs from both pods worn by a runner who does as asked.
#[derive(Clone, Copy, Default)]
struct Setting {
    /// Which pod falls silent, and at which share of the practice.
    lost: Option<(Site, f64)>,
    /// Sessions of the drill before.
    sessions: usize,
    /// What the runner answers when asked which way it was.
    guesses: Option<[Answer; 2]>,
}

fn practised(drill: DrillId, acts: Vec<Act>, setting: Setting) -> Practised {
    let mut runner = calibrated(drill, setting.sessions);
    let scenario = Scenario::new(11, acts);
    let simulation = simulate(&scenario);
    let length_s = simulation.truth.acts.last().map_or(0.0, |act| act.end_s);
    runner
        .give(Input::CheckIn(CheckIn::default()))
        .expect("a check-in");
    runner.drain();
    runner
        .command(Command::StartDrill(drill))
        .expect("the drill begins");
    let start = runner.now;
    let (mut asked_at, mut answered, mut ticked) = (None::<Timestamp>, 0, start);
    let (mut questions, mut sounds, mut countdowns) = (0, 0, 0);
    for sent in notifications(&scenario, &simulation, start) {
        let after_s = sent.arrival.seconds_since(start);
        let lost = setting
            .lost
            .is_some_and(|(site, share)| sent.site == site && after_s > share * length_s);
        runner.now = sent.arrival;
        while runner.now.seconds_since(ticked) > 0.5 {
            ticked = ticked.plus_seconds(0.5);
            runner.give(Input::Tick).expect("time passes");
            if let PhaseView::Drilling(view) = &runner.view().phase {
                sounds += usize::from(view.sound.is_some());
                countdowns += usize::from(view.seconds_left.is_some());
                if view.question.is_none() {
                    asked_at = None;
                } else if asked_at.is_none() {
                    asked_at = Some(runner.now);
                    questions += 1;
                }
            }
            if asked_at.is_some_and(|at| runner.now.seconds_since(at) >= 1.0) {
                let answer = setting
                    .guesses
                    .map_or(Answer::Right, |guesses| guesses[usize::from(answered >= 6)]);
                answered += 1;
                runner
                    .give(Input::Answer(answer))
                    .expect("an answer is never refused");
            }
        }
        if !lost {
            runner
                .give(Input::Link(LinkEvent::lean_pod_block(sent.site, sent.bytes)))
                .expect("a notification is never refused");
        }
    }
    let outputs = runner.finish();
    let report = report(&outputs).drill.clone().expect("a drill's report");
    let cues = outputs.iter().filter_map(|output| match output {
        Output::Cue(cue) => Some((cue.at.seconds_since(start), cue.kind, cue.text.clone())),
        _ => None,
    });
    Practised {
        outcomes: report.repetitions.iter().map(|one| one.outcome).collect(),
        cues: cues.collect(),
        report,
        questions,
        sounds,
        countdowns,
    }
}

/// A runner with a neutral and a band, for whom the drill is open.
fn calibrated(drill: DrillId, sessions: usize) -> Runner {
    let mut runner = Runner::knowing(SessionContext {
        language: "en".to_owned(),
        course: Course {
            drills: history(drill, sessions),
            ..Course::default()
        },
        own: OwnReference {
            band_deg: Some(presets::OWN_BAND_DEG),
            ..OwnReference::default()
        },
        ..SessionContext::default()
    });
    runner.act(Command::StartDrill(DrillId::D0), presets::calibration());
    runner.now = runner.now.plus_seconds(600.0);
    runner
}

/// Sessions that open the drill, and earlier ones of it that were not met.
fn history(drill: DrillId, sessions: usize) -> Vec<DrillResult> {
    let mut results = sessions_that_open(drill, START);
    let before = results.iter().filter(|result| result.drill == drill).count();
    results.extend((before..sessions).map(|time| DrillResult {
        drill,
        at: START.plus_seconds(-86_400.0 * (9 - time) as f64),
        asked: 1,
        seen: 1,
        passed: 0,
        feedback: true,
        met: false,
    }));
    results
}

fn count(practised: &Practised, wanted: RepetitionOutcome) -> usize {
    practised
        .outcomes
        .iter()
        .filter(|outcome| **outcome == wanted)
        .count()
}

/// Done well, the session is met.
fn passes(drill: DrillId, setting: Setting) -> Practised {
    let done = practised(drill, practice(drill.name(), Execution::Good), setting);
    assert!(
        done.report.result.met,
        "{drill:?}: {:?} {:?}",
        done.report.result, done.outcomes
    );
    done
}

/// Done badly, it is not, and the fault is named more often than anything else.
fn misses(drill: DrillId, miss: Miss) {
    let done = practised(drill, practice(drill.name(), Execution::Bad), Setting::default());
    assert!(!done.report.result.met, "{drill:?}: {:?}", done.report.result);
    let named = count(&done, RepetitionOutcome::Missed(miss));
    assert!(
        named > 0 && 2 * named >= done.outcomes.len(),
        "{drill:?}: {:?}",
        done.outcomes
    );
}

/// With the pod lost in the middle of a good execution nothing is failed; what needs it is not seen.
fn is_not_failed(drill: DrillId, site: Site) {
    for share in [0.3, 0.55] {
        let setting = Setting {
            lost: Some((site, share)),
            ..Setting::default()
        };
        let done = practised(drill, practice(drill.name(), Execution::Good), setting);
        let failed: Vec<_> = done
            .outcomes
            .iter()
            .filter(|outcome| matches!(outcome, RepetitionOutcome::Missed(_)))
            .collect();
        assert!(
            failed.is_empty(),
            "{drill:?} without {site:?} from {share}: {:?}",
            done.outcomes
        );
    }
}

macro_rules! drill {
    ($name:ident, $drill:ident, $miss:ident) => {
        mod $name {
            use super::*;

            #[test]
            fn done_well_it_is_met() {
                passes(DrillId::$drill, Setting::default());
            }

            #[test]
            fn done_badly_the_fault_is_named() {
                misses(DrillId::$drill, Miss::$miss);
            }

            #[test]
            fn with_a_pod_lost_in_the_middle_nothing_is_failed() {
                is_not_failed(DrillId::$drill, Site::Chest);
                is_not_failed(DrillId::$drill, Site::Pelvis);
            }
        }
    };
}

drill!(d1_calf_wake_up, D1, TooFast);
drill!(d2_lower_belly_breathing, D2, TooFast);
drill!(d3_whole_body_tilt, D3, Bent);
drill!(d4_lean_and_fall, D4, Bent);
drill!(d5_stop_start_game, D5, Bent);
drill!(d6_lean_dial, D6, TooFast);
drill!(d7_ease_back, D7, NoChange);
drill!(d8_pelvis_finds_the_landing, D8, NoChange);
drill!(d9_hands_on_hips, D9, NotKept);
drill!(d11_face_forward, D11, NotKept);
drill!(d13_foot_placement, D13, Braked);
drill!(d14_hold_it_when_tired, D14, NotKept);

mod d0_find_your_plumb_line {
    use super::*;

    #[test]
    fn done_well_it_is_met_and_swaying_is_named() {
        let outputs = Runner::new().act(
            Command::StartDrill(DrillId::D0),
            practice(DrillId::D0.name(), Execution::Good),
        );
        assert!(
            report(&outputs)
                .drill
                .as_ref()
                .expect("a drill's report")
                .result
                .met
        );
        let swaying = Runner::new().act(
            Command::StartDrill(DrillId::D0),
            practice(DrillId::D0.name(), Execution::Bad),
        );
        let drill = report(&swaying).drill.clone().expect("a drill's report");
        assert!(
            !drill.result.met && report(&swaying).calibration.is_none(),
            "{drill:?}"
        );
    }
}

mod d10_stop_the_head_and_compare {
    use super::*;

    #[test]
    fn done_twice_it_is_met_whatever_came_of_it() {
        let done = passes(DrillId::D10, Setting::default());
        assert_eq!(done.outcomes, [RepetitionOutcome::Passed; 2]);
        assert_eq!(done.sounds, 0, "an experiment is not steered");
    }

    #[test]
    fn what_was_walked_was_not_compared() {
        let done = practised(
            DrillId::D10,
            practice(DrillId::D10.name(), Execution::Bad),
            Setting::default(),
        );
        assert!(!done.report.result.met);
        assert!(
            done.outcomes
                .iter()
                .all(|outcome| *outcome == RepetitionOutcome::NotSeen)
        );
    }

    #[test]
    fn with_a_pod_lost_in_the_middle_nothing_is_failed() {
        is_not_failed(DrillId::D10, Site::Chest);
        is_not_failed(DrillId::D10, Site::Pelvis);
    }
}

mod d12_dancer_or_runner {
    use super::*;

    const RIGHT: Setting = Setting {
        lost: None,
        sessions: 0,
        guesses: Some([Answer::Arched, Answer::Tipped]),
    };

    fn swings(setting: Setting) -> Practised {
        practised(
            DrillId::D12,
            practice(DrillId::D12.name(), Execution::Good),
            setting,
        )
    }

    #[test]
    fn told_apart_it_is_met() {
        let done = swings(RIGHT);
        assert!(done.report.result.met, "{:?}", done.outcomes);
        assert_eq!(done.questions, 12, "{:?}", done.outcomes);
        assert!(done.report.repetitions.iter().all(|one| one.felt.is_some()));
    }

    #[test]
    fn taken_for_the_other_way_it_is_not() {
        let done = swings(Setting {
            guesses: Some([Answer::Tipped, Answer::Tipped]),
            ..RIGHT
        });
        assert!(!done.report.result.met);
        assert_eq!(
            count(&done, RepetitionOutcome::Missed(Miss::Misjudged)),
            6,
            "{:?}",
            done.outcomes
        );
    }

    #[test]
    fn without_an_answer_it_is_not_seen() {
        let done = swings(Setting {
            guesses: Some([Answer::Right, Answer::Right]),
            ..RIGHT
        });
        assert_eq!(done.report.result.seen, 0);
        assert!(
            done.outcomes
                .iter()
                .all(|outcome| *outcome == RepetitionOutcome::NotSeen)
        );
    }

    #[test]
    fn with_a_pod_lost_in_the_middle_nothing_is_failed() {
        for site in Site::ALL {
            let done = swings(Setting {
                lost: Some((site, 0.25)),
                ..RIGHT
            });
            assert_eq!(
                count(&done, RepetitionOutcome::Missed(Miss::Misjudged)),
                0,
                "{:?}",
                done.outcomes
            );
        }
    }
}

mod telling {
    use super::*;

    fn kinds(done: &Practised, wanted: CueKind) -> Vec<f64> {
        let of = done.cues.iter().filter(|(_, kind, _)| *kind == wanted);
        of.map(|(at_s, ..)| *at_s).collect()
    }

    #[test]
    fn the_first_two_sessions_tell_each_repetition_and_the_third_only_the_set_after_asking() {
        let first = passes(DrillId::D3, Setting::default());
        assert_eq!(first.questions, 0);
        assert!(kinds(&first, CueKind::Verdict).len() > 12);
        let third = passes(
            DrillId::D3,
            Setting {
                sessions: 2,
                ..Setting::default()
            },
        );
        let (asked, told) = (kinds(&third, CueKind::Question), kinds(&third, CueKind::Verdict));
        // Three sets; then the session, and how the runner feels.
        assert_eq!((asked.len(), told.len()), (4, 4), "{:?}", third.cues);
        assert!(asked.iter().zip(&told).take(3).all(|(asked, told)| asked < told));
        let felt = third
            .report
            .repetitions
            .iter()
            .filter(|one| one.felt == Some(Answer::Right));
        assert_eq!(felt.count(), third.questions);
    }

    #[test]
    fn a_comparison_is_asked_about_told_once_counted_down_and_heard_while_it_is_asked_for() {
        let done = passes(DrillId::D6, Setting::default());
        assert_eq!(done.questions, 4);
        assert_eq!(kinds(&done, CueKind::Verdict).len(), 5, "{:?}", done.cues);
        assert!(
            done.countdowns > 500 && done.sounds > 100,
            "{} {}",
            done.countdowns,
            done.sounds
        );
    }
}
