use super::*;
use crate::drill::{
    catalog::Drill,
    repetition::{RepetitionCounter, made_up::MadeUp},
};

fn count(made_up: &MadeUp) -> Vec<Repetition> {
    let mut counter = RepetitionCounter::new(&Drill::of(crate::drill::DrillId::D0).rule);
    made_up
        .samples
        .iter()
        .filter_map(|sample| counter.push(sample, &[]))
        .collect()
}

#[test]
fn three_stands_with_walking_between_are_three_repetitions() {
    let made_up = MadeUp::without_neutral()
        .stand(6.0)
        .walk(3.0)
        .stand(6.0)
        .walk(3.0)
        .stand(6.0);
    let found = count(&made_up);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|one| one.outcome == RepetitionOutcome::Passed));
    assert!(
        found
            .iter()
            .all(|one| (one.end_s - one.start_s - 5.0).abs() < 0.05)
    );
}

#[test]
fn standing_on_after_a_hold_is_not_a_second_one() {
    assert_eq!(count(&MadeUp::without_neutral().stand(20.0)).len(), 1);
}

#[test]
fn a_stand_that_is_broken_off_moved() {
    let found = count(
        &MadeUp::without_neutral()
            .stand(3.5)
            .walk(2.0)
            .stand(0.8)
            .walk(2.0),
    );
    let outcomes: Vec<_> = found.iter().map(|one| one.outcome).collect();
    assert_eq!(outcomes, [RepetitionOutcome::Missed(Miss::Moved)]);
}

#[test]
fn silence_in_a_hold_is_not_seen_and_a_short_hole_is_bridged() {
    let silent = count(&MadeUp::without_neutral().stand(3.0).lose(2.0).stand(3.0));
    assert_eq!(
        silent.iter().map(|one| one.outcome).collect::<Vec<_>>(),
        [RepetitionOutcome::NotSeen]
    );
    let bridged = count(&MadeUp::without_neutral().stand(3.0).lose(0.2).stand(3.0));
    assert_eq!(
        bridged.iter().map(|one| one.outcome).collect::<Vec<_>>(),
        [RepetitionOutcome::Passed]
    );
}

#[test]
fn one_pod_is_enough_and_a_restless_second_one_is_heard() {
    assert_eq!(count(&MadeUp::without_neutral().only_chest().stand(6.0)).len(), 1);
    let mut restless = MadeUp::without_neutral().stand(6.0);
    for sample in &mut restless.samples {
        if let Some(chest) = sample.chest.as_mut() {
            chest.angular_velocity.z += 0.1;
        }
    }
    assert!(count(&restless).is_empty());
}

#[test]
fn the_seconds_held_are_told_while_they_pass() {
    let mut counter = RepetitionCounter::new(&Drill::of(crate::drill::DrillId::D0).rule);
    for sample in &MadeUp::without_neutral().stand(3.0).samples {
        counter.push(sample, &[]);
    }
    assert!((counter.held_s().unwrap() - 3.0).abs() < 0.05);
}
