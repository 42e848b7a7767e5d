use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{
    seen::RunSeen,
    self_test::{SelfTest, SelfTestResult, next_self_test},
    told::{Background, Onboarding, Told},
    *,
};
use crate::{
    drill::{
        check_in::{CheckIn, Felt, PainPlace},
        message::Argument,
    },
    lean::{band::OwnReference, reading::LeanClass},
};

const OWN: OwnReference = OwnReference {
    band_deg: Some([6.0, 12.0]),
    usual_bend_deg: Some(5.0),
    usual_timing: Some(0.07),
};

/// Twenty minutes of `class` on the runner's own curve.
fn run_of(class: LeanClass) -> RunSeen {
    let mut class_seconds = [0.0; 5];
    class_seconds[class.index()] = 1200.0;
    RunSeen {
        steady_steps: 3000,
        own: OWN,
        class_seconds,
        trunk_lean_deg: Some(9.0),
        pelvis_tilt_deg: Some(4.0),
        waist_bend_deg: Some(5.0),
        mid_stance_timing: Some(0.07),
        cadence_spm: Some(172.0),
        ..RunSeen::default()
    }
}

/// Three good runs and then `last`.
fn after(last: RunSeen) -> Evidence {
    let mut runs = vec![run_of(LeanClass::Good); 3];
    // Long ago: the newest counts most.
    runs.push(last.clone());
    runs.extend([last.clone(), last]);
    Evidence {
        runs,
        told: Told::default(),
    }
}

fn told(said: CheckIn) -> Told {
    Told {
        check_ins: vec![said.clone(), said],
        ..Told::default()
    }
}

fn felt(felt: Felt) -> CheckIn {
    CheckIn {
        felt: vec![felt],
        ..CheckIn::default()
    }
}

fn first(evidence: &Evidence) -> RankedCause {
    rank(evidence).remove(0)
}

fn under() -> RunSeen {
    RunSeen {
        trunk_lean_deg: Some(4.0),
        mid_stance_timing: Some(0.1),
        ..run_of(LeanClass::Under)
    }
}

fn over() -> RunSeen {
    RunSeen {
        trunk_lean_deg: Some(14.0),
        mid_stance_timing: Some(0.02),
        ..run_of(LeanClass::Over)
    }
}

fn bent() -> RunSeen {
    RunSeen {
        waist_bend_deg: Some(12.0),
        ..run_of(LeanClass::WaistBend)
    }
}

fn fading(to: LeanClass) -> RunSeen {
    let mut late = [0.0; 5];
    late[to.index()] = 400.0;
    let mut class_seconds = [0.0, 800.0, 0.0, 0.0, 0.0];
    class_seconds[to.index()] += 400.0;
    RunSeen {
        class_seconds,
        early: [0.0, 400.0, 0.0, 0.0, 0.0],
        late,
        drift_deg_per_10_min: Some(-2.5),
        ..run_of(LeanClass::Good)
    }
}

#[test]
fn each_row_of_the_table_leads_on_what_runs_show() {
    let good = || run_of(LeanClass::Good);
    let start = RunSeen {
        launches_seen: 4,
        launches_bent: 4,
        ..good()
    };
    let at_speed = RunSeen {
        slow_and_fast: Some([[0.0, 600.0, 0.0, 0.0, 0.0], [0.0, 0.0, 600.0, 0.0, 0.0]]),
        class_seconds: [0.0, 600.0, 600.0, 0.0, 0.0],
        ..good()
    };
    let brakes = RunSeen {
        cadence_spm: Some(152.0),
        ..good()
    };
    let uneven = RunSeen {
        timing_by_side: [Some(0.03), Some(0.11)],
        contact_by_side_ms: [Some(240.0), Some(262.0)],
        ..good()
    };
    let hills = RunSeen {
        lean_by_grade_deg: [Some(2.0), Some(9.0), Some(11.0)],
        ..good()
    };
    let arched = RunSeen {
        waist_bend_deg: Some(-5.0),
        own: OwnReference {
            usual_bend_deg: Some(-5.0),
            ..OWN
        },
        ..good()
    };
    let rows = [
        (under(), Cause::NotLeaningEnough),
        (bent(), Cause::WaistBend),
        (start, Cause::StartHabit),
        (over(), Cause::LeaningTooFar),
        (at_speed, Cause::LeanRisesWithSpeed),
        (uneven, Cause::Asymmetry),
        (hills, Cause::Terrain),
        (fading(LeanClass::Under), Cause::FatigueUnder),
        (fading(LeanClass::WaistBend), Cause::FatigueBend),
        (good(), Cause::None),
        (run_of(LeanClass::NotSure), Cause::None),
    ];
    for (run, cause) in rows {
        let leading = first(&after(run));
        assert_eq!(leading.cause, cause);
        assert!(leading.probability > 0.4, "{leading:?}");
        assert_eq!(leading.evidence.is_empty(), cause == Cause::None, "{leading:?}");
    }
    // What only a hint stands for is named, and not believed.
    for (run, cause) in [(brakes, Cause::Overstriding), (arched, Cause::Arching)] {
        let ranked = rank(&after(run));
        let named = ranked.iter().find(|ranked| ranked.cause != Cause::None).unwrap();
        assert_eq!(named.cause, cause);
    }
}

#[test]
fn faults_of_the_first_day_are_seen_without_an_own_band() {
    let first_day = || RunSeen {
        own: OwnReference::default(),
        class_seconds: [0.0, 0.0, 0.0, 0.0, 1200.0],
        ..run_of(LeanClass::NotSure)
    };
    let little = RunSeen {
        trunk_lean_deg: Some(3.0),
        ..first_day()
    };
    let much = RunSeen {
        trunk_lean_deg: Some(16.0),
        ..first_day()
    };
    let folded = RunSeen {
        waist_bend_deg: Some(13.0),
        ..first_day()
    };
    let tires = RunSeen {
        lean_over_run_deg: Some(-7.0),
        ..first_day()
    };
    let folds = RunSeen {
        bend_over_run_deg: Some(7.0),
        ..first_day()
    };
    let steep = RunSeen {
        lean_per_mps_deg: Some(4.0),
        ..first_day()
    };
    let hills = RunSeen {
        lean_by_grade_deg: [Some(3.0), Some(9.0), Some(15.0)],
        ..first_day()
    };
    let rows = [
        (little, Cause::NotLeaningEnough),
        (much, Cause::LeaningTooFar),
        (folded, Cause::WaistBend),
        (tires, Cause::FatigueUnder),
        (folds, Cause::FatigueBend),
        (steep, Cause::LeanRisesWithSpeed),
        (hills, Cause::Terrain),
    ];
    for (run, cause) in rows {
        let evidence = Evidence {
            runs: vec![run; 3],
            told: Told::default(),
        };
        assert_eq!(first(&evidence).cause, cause);
    }
}

#[test]
fn a_self_test_or_what_the_runner_feels_names_what_lies_behind_too_little_lean() {
    let rows = [
        (Felt::CalvesStiff, SelfTest::KneeToWall, Cause::StiffCalves),
        (Felt::BracesAbs, SelfTest::BellyBreath, Cause::StiffCore),
        (Felt::ChinPulledIn, SelfTest::FaceGlide, Cause::RetractedHead),
    ];
    for (feels, test, cause) in rows {
        let mut evidence = after(under());
        assert_eq!(first(&evidence).cause, Cause::NotLeaningEnough);
        evidence.told = told(felt(feels));
        let ranked = rank(&evidence);
        let two: Vec<Cause> = ranked[..2].iter().map(|ranked| ranked.cause).collect();
        assert!(two.contains(&cause), "{two:?}");
        evidence.told.self_tests.insert(test, SelfTestResult::Fail);
        assert_eq!(first(&evidence).cause, cause);
        evidence.told.self_tests.insert(test, SelfTestResult::Pass);
        assert_eq!(first(&evidence).cause, Cause::NotLeaningEnough, "{feels:?}");
    }
}

#[test]
fn the_next_self_test_is_the_one_that_parts_the_likeliest_causes() {
    let mut evidence = after(under());
    evidence.told = told(felt(Felt::CalvesStiff));
    let ranked = rank(&evidence);
    assert_eq!(next_self_test(&ranked, |_| false), Some(SelfTest::KneeToWall));
    let other = next_self_test(&ranked, |test| test == SelfTest::KneeToWall);
    assert_ne!(other, Some(SelfTest::KneeToWall));
    assert_eq!(next_self_test(&ranked, |_| true), None);
    let sure = rank(&after(fading(LeanClass::Under)));
    assert_eq!(next_self_test(&sure, |_| false), None);
}

#[test]
fn a_dancer_whose_chest_stays_behind_may_be_arching() {
    let run = RunSeen {
        waist_bend_deg: Some(-4.0),
        ..run_of(LeanClass::Good)
    };
    let mut evidence = after(run);
    evidence.told = Told {
        onboarding: Onboarding {
            background: vec![Background::Dance],
            ..Onboarding::default()
        },
        ..told(CheckIn {
            sore: vec![PainPlace::LowBack],
            ..CheckIn::default()
        })
    };
    assert_eq!(first(&evidence).cause, Cause::Arching);
}

#[test]
fn leaning_far_with_late_hips_is_less_likely_leaning_too_far() {
    let late = RunSeen {
        mid_stance_timing: Some(0.12),
        ..over()
    };
    assert!(first(&after(late)).probability < first(&after(over())).probability);
}

#[test]
fn a_short_run_says_less_than_a_long_one() {
    let mut short = under();
    short.class_seconds[0] = 10.0;
    let evidence = |run| Evidence {
        runs: vec![run; 3],
        ..Evidence::default()
    };
    let of = |evidence: &Evidence| {
        let ranked = rank(evidence);
        let found = ranked.iter().find(|one| one.cause == Cause::NotLeaningEnough);
        found.unwrap().probability
    };
    assert!(of(&evidence(short)) < of(&evidence(under())));
}

#[test]
fn every_cause_that_a_drill_can_change_has_one_and_a_reason_for_it() {
    for cause in Cause::ALL {
        let nothing = matches!(cause, Cause::Asymmetry | Cause::Terrain | Cause::None);
        assert_eq!(cause.drills().is_empty(), nothing);
        assert_eq!(cause.why_first_drill().is_none(), nothing);
    }
}

#[test]
fn evidence_carries_its_numbers_the_weightiest_first() {
    let told = first(&after(under())).evidence;
    assert_eq!(told[0].id, "evidence-mostly-under");
    let below = Message::plain("evidence-below-band")
        .with(
            "lean",
            Argument::Decimal {
                value: 4.0,
                digits: 1,
            },
        )
        .with(
            "edge",
            Argument::Decimal {
                value: 6.0,
                digits: 1,
            },
        );
    assert!(told.contains(&below), "{told:?}");
}

fn any_run() -> impl Strategy<Value = RunSeen> {
    let number = || prop_oneof![Just(f64::NAN), Just(f64::INFINITY), -30.0..30.0_f64];
    let maybe = move || prop::option::of(number());
    let seconds = || prop::array::uniform5(prop_oneof![Just(0.0), 0.0..3600.0_f64]);
    (
        (
            seconds(),
            seconds(),
            seconds(),
            prop::option::of(prop::array::uniform2(seconds())),
        ),
        prop::collection::vec(maybe(), 19),
        prop::option::of(prop::array::uniform2(number())),
        (0_u32..9, 0_u32..9, 0_u32..9),
    )
        .prop_map(
            |((class_seconds, early, late, slow_and_fast), numbers, band_deg, counts)| RunSeen {
                steady_steps: 500,
                speed_mps: numbers[0],
                own: OwnReference {
                    band_deg,
                    usual_bend_deg: numbers[1],
                    usual_timing: numbers[2],
                },
                class_seconds,
                early,
                late,
                slow_and_fast,
                drift_deg_per_10_min: numbers[3],
                lean_over_run_deg: numbers[14],
                bend_over_run_deg: numbers[15],
                lean_per_mps_deg: numbers[16],
                contact_by_side_ms: [numbers[17], numbers[18]],
                trunk_lean_deg: numbers[4],
                pelvis_tilt_deg: numbers[5],
                waist_bend_deg: numbers[6],
                mid_stance_timing: numbers[7],
                timing_by_side: [numbers[8], numbers[9]],
                lean_by_grade_deg: [numbers[10], numbers[11], numbers[4]],
                speed_loss_mps: numbers[12],
                cadence_spm: numbers[13],
                launches_seen: counts.0,
                launches_bent: counts.1.min(counts.0),
                launches_stalled: counts.2.min(counts.0),
            },
        )
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    let felt = prop::sample::subsequence(vec![Felt::CalvesStiff, Felt::RunsTall, Felt::LegsDrag], 0..3);
    let sore = prop::sample::subsequence(vec![PainPlace::Quads, PainPlace::Neck], 0..2);
    let tests = prop::collection::btree_map(
        prop::sample::select(SelfTest::ALL.to_vec()),
        prop::sample::select(vec![
            SelfTestResult::Pass,
            SelfTestResult::Fail,
            SelfTestResult::LeftShort,
        ]),
        0..4,
    );
    (prop::collection::vec(any_run(), 0..7), felt, sore, tests).prop_map(
        |(runs, felt, sore, self_tests): (_, _, _, BTreeMap<_, _>)| Evidence {
            runs,
            told: Told {
                self_tests,
                ..told(CheckIn {
                    sore,
                    felt,
                    ..CheckIn::default()
                })
            },
        },
    )
}

proptest! {
    #[test]
    fn probabilities_sum_to_one_and_are_ordered(evidence in any_evidence()) {
        let ranked = rank(&evidence);
        prop_assert_eq!(ranked.len(), Cause::ALL.len());
        let sum: f64 = ranked.iter().map(|cause| cause.probability).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{}", sum);
        prop_assert!(ranked.windows(2).all(|pair| pair[0].probability >= pair[1].probability));
        prop_assert!(ranked.iter().all(|cause| (0.0..=1.0).contains(&cause.probability)));
    }

    #[test]
    fn before_three_valid_runs_only_none_is_above_one_half(evidence in any_evidence()) {
        let young = Evidence { runs: evidence.runs.into_iter().take(2).collect(), ..evidence };
        prop_assert!(rank(&young).iter().all(|one| one.cause == Cause::None || one.probability <= 0.5));
    }
}
