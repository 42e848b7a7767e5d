use proptest::prelude::*;

use super::*;

/// Twenty minutes of `class` on the runner's own curve.
fn run_of(class: LeanClass) -> Evidence {
    let mut class_seconds = [0.0; 5];
    class_seconds[class.index()] = 1200.0;
    Evidence {
        class_seconds,
        trunk_lean_deg: Some(9.0),
        band_deg: Some([6.0, 12.0]),
        mid_stance_timing: Some(0.07),
        usual_mid_stance_timing: Some(0.07),
        waist_bend_deg: Some(5.0),
        usual_bend_deg: Some(5.0),
        valid_runs: 5,
        ..Evidence::default()
    }
}

fn first(evidence: &Evidence) -> RankedCause {
    rank(evidence).remove(0)
}

#[test]
fn each_row_of_the_table_leads_on_its_own_evidence() {
    let under = Evidence {
        trunk_lean_deg: Some(4.0),
        ..run_of(LeanClass::Under)
    };
    let bent = Evidence {
        waist_bend_deg: Some(12.0),
        ..run_of(LeanClass::WaistBend)
    };
    let start = Evidence {
        launches_seen: 4,
        launches_bent: 4,
        ..run_of(LeanClass::Good)
    };
    let over = Evidence {
        mid_stance_timing: Some(0.02),
        ..run_of(LeanClass::Over)
    };
    let mut fading = run_of(LeanClass::Good);
    fading.class_seconds = [480.0, 720.0, 0.0, 0.0, 0.0];
    fading.early_good_share = Some(1.0);
    fading.late_under_share = Some(1.0);
    fading.drift_deg_per_10_min = Some(-2.5);
    let rows = [
        (under, Cause::NotLeaningEnough),
        (bent, Cause::WaistBend),
        (start, Cause::StartHabit),
        (over, Cause::LeaningTooFar),
        (fading, Cause::FatigueUnder),
        (run_of(LeanClass::Good), Cause::None),
        (run_of(LeanClass::NotSure), Cause::None),
    ];
    for (evidence, cause) in rows {
        let leading = first(&evidence);
        assert_eq!(leading.cause, cause);
        assert!(leading.probability > 0.5, "{leading:?}");
        assert_eq!(leading.evidence.is_empty(), cause == Cause::None);
    }
}

#[test]
fn leaning_far_with_late_hips_is_less_likely_leaning_too_far() {
    let over = run_of(LeanClass::Over);
    let late = Evidence {
        mid_stance_timing: Some(0.12),
        ..over
    };
    assert!(first(&late).probability < first(&over).probability);
}

#[test]
fn a_short_run_says_less_than_a_long_one() {
    let long = run_of(LeanClass::Under);
    let mut short = long;
    short.class_seconds[0] = 40.0;
    assert_eq!(first(&long).cause, Cause::NotLeaningEnough);
    assert_eq!(first(&short).cause, Cause::None);
}

#[test]
fn every_cause_but_none_has_a_drill_and_a_reason_for_it() {
    for cause in Cause::ALL {
        assert_eq!(cause.first_drill().is_some(), cause != Cause::None);
        assert_eq!(cause.why_first_drill().is_some(), cause != Cause::None);
    }
}

#[test]
fn evidence_carries_its_numbers_the_weightiest_first() {
    let under = Evidence {
        trunk_lean_deg: Some(4.0),
        ..run_of(LeanClass::Under)
    };
    let told = first(&under).evidence;
    assert_eq!(
        told[0],
        Message::plain("evidence-mostly-under").with("share", number(100.0, 0))
    );
    let below = Message::plain("evidence-below-band")
        .with("lean", number(4.0, 1))
        .with("edge", number(6.0, 1));
    assert_eq!(told[1], below);
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    let number = || prop_oneof![Just(f64::NAN), Just(f64::INFINITY), -30.0..30.0_f64];
    let maybe = move || prop::option::of(number());
    let share = || prop::option::of(0.0..=1.0_f64);
    let seconds = prop::array::uniform5(prop_oneof![Just(0.0), 0.0..3600.0_f64]);
    (
        (seconds, share(), share(), maybe(), maybe()),
        (
            prop::option::of(prop::array::uniform2(number())),
            maybe(),
            maybe(),
            maybe(),
            maybe(),
        ),
        (0_u32..9, 0_u32..9, 0_u32..6),
    )
        .prop_map(
            |((class_seconds, early, late, drift, lean), (band, timing, usual, bend, usual_bend), counts)| {
                Evidence {
                    class_seconds,
                    early_good_share: early,
                    late_under_share: late,
                    drift_deg_per_10_min: drift,
                    trunk_lean_deg: lean,
                    band_deg: band,
                    mid_stance_timing: timing,
                    usual_mid_stance_timing: usual,
                    waist_bend_deg: bend,
                    usual_bend_deg: usual_bend,
                    launches_seen: counts.0,
                    launches_bent: counts.1.min(counts.0),
                    valid_runs: counts.2,
                }
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
        prop_assert!(ranked.iter().all(|cause| cause.probability >= -1e-12));
    }

    #[test]
    fn before_three_valid_runs_only_none_is_above_one_half(evidence in any_evidence()) {
        let young = Evidence { valid_runs: evidence.valid_runs.min(2), ..evidence };
        prop_assert!(rank(&young).iter().all(|one| one.cause == Cause::None || one.probability <= 0.5));
    }
}
