//! Repetitions of the synthetic runner, from pod samples through the pipeline, held against what it really did.

use plumbline_core::{
    drill::{DrillId, Miss, Repetition, RepetitionOutcome, catalog::Drill, repetition::RepetitionCounter},
    lean::{band::OwnReference, rules::RuleModel},
    session::pipeline::{Event, Pipeline},
    sim::{Act, RepetitionTruth, Scenario, Simulation, presets, simulate},
};

const SEEDS: [u64; 3] = [1, 2, 3];

/// The repetitions counted after a calibration, beside the true ones.
fn practise(drill: DrillId, seed: u64, acts: Vec<Act>) -> (Vec<Repetition>, Vec<RepetitionTruth>) {
    let all = presets::calibration().into_iter().chain(acts).collect();
    let simulation = simulate(&Scenario::new(seed, all));
    let mut counter = RepetitionCounter::new(&Drill::of(drill).rule);
    let mut steps = Vec::new();
    let mut counted = Vec::new();
    for event in events(&simulation) {
        match event {
            Event::Step(step) => steps.push(step),
            Event::Body(body) => counted.extend(counter.push(&body, &std::mem::take(&mut steps))),
            Event::Reading(_) | Event::Gap(_) => {}
        }
    }
    (counted, simulation.truth.repetitions)
}

fn events(simulation: &Simulation) -> Vec<Event> {
    let mut samples: Vec<_> = simulation
        .pods
        .iter()
        .flat_map(|pod| pod.samples.iter().map(|sample| (pod.site, *sample)))
        .collect();
    samples.sort_by(|(_, a), (_, b)| a.time_s.total_cmp(&b.time_s));
    let mut pipeline = Pipeline::new(OwnReference::default(), &[]);
    let mut events = Vec::new();
    for (site, sample) in samples {
        pipeline.push(site, sample, &RuleModel, &mut |event| events.push(event));
    }
    pipeline.finish(&RuleModel, &mut |event| events.push(event));
    events
}

/// Every true repetition is counted once, with this outcome, and measured this well.
fn check(drill: DrillId, acts: &[Act], outcome: RepetitionOutcome) {
    for seed in SEEDS {
        let (counted, truth) = practise(drill, seed, acts.to_vec());
        assert_eq!(counted.len(), truth.len(), "seed {seed}");
        for (one, truth) in counted.iter().zip(&truth) {
            assert_eq!(one.outcome, outcome, "seed {seed}: {one:?} was {truth:?}");
            let off =
                |measured: Option<f64>, true_value: f64| (measured.expect("both pods") - true_value).abs();
            assert!(
                off(one.trunk_lean_deg, truth.trunk_lean_deg) < 1.0,
                "seed {seed}: {one:?} was {truth:?}"
            );
            assert!(
                off(one.waist_bend_deg, truth.waist_bend_deg) < 2.0,
                "seed {seed}: {one:?} was {truth:?}"
            );
            assert!(
                off(one.pelvis_forward_mm, truth.pelvis_forward_mm) < 30.0,
                "seed {seed}: {one:?} was {truth:?}"
            );
            if let Some(launch) = truth.launch {
                let expected_deg = launch.expected_angle_deg();
                assert!(
                    off(one.expected_angle_deg, expected_deg) < 1.0,
                    "seed {seed}: {one:?} was {truth:?}"
                );
            }
        }
    }
}

#[test]
fn three_stands_are_seen_while_calibrating() {
    for seed in SEEDS {
        let (counted, _) = practise(DrillId::D0, seed, Vec::new());
        let outcomes: Vec<_> = counted.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [RepetitionOutcome::Passed; 3], "seed {seed}");
    }
}

#[test]
fn tilts_as_one_piece_pass_and_bent_ones_are_named() {
    check(
        DrillId::D3,
        &presets::wall_tilts_good(),
        RepetitionOutcome::Passed,
    );
    check(
        DrillId::D3,
        &presets::wall_tilts_bent(),
        RepetitionOutcome::Missed(Miss::Bent),
    );
}

#[test]
fn starts_as_one_piece_pass_and_bent_ones_are_named() {
    check(
        DrillId::D4,
        &presets::lean_and_falls_good(),
        RepetitionOutcome::Passed,
    );
    check(
        DrillId::D4,
        &presets::lean_and_falls_bent(),
        RepetitionOutcome::Missed(Miss::Bent),
    );
}

#[test]
fn walking_from_a_stand_is_no_repetition() {
    for drill in [DrillId::D3, DrillId::D4] {
        let (counted, _) = practise(
            drill,
            1,
            vec![
                Act::Stand { seconds: 4.0 },
                Act::Walk {
                    seconds: 30.0,
                    speed_mps: 1.3,
                },
            ],
        );
        assert!(counted.is_empty(), "{counted:?}");
    }
}
