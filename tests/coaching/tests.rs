//! A few learners until their third run: that the page can be trusted to be about something.

use plumbline_core::cause::Cause;

use crate::{
    SETS,
    course::{Coach, LOOKED_AT, Outcome, live},
    learner::Learner,
};

/// A set that neither chose nor judges.
const SEED: u64 = SETS[1].1 + 5_000;

fn lived(truth: Cause, seed: u64) -> Outcome {
    live(Learner::new(truth, seed), Coach::Ours, Some(LOOKED_AT))
}

#[test]
fn faults_that_show_in_every_run_are_among_the_first_two_causes_by_the_third() {
    let faults = [
        Cause::NotLeaningEnough,
        Cause::WaistBend,
        Cause::LeaningTooFar,
        Cause::FatigueUnder,
        Cause::FatigueBend,
        Cause::Terrain,
        Cause::None,
    ];
    let found = faults.iter().zip(SEED..).filter(|(truth, seed)| {
        let ranked = lived(**truth, *seed).ranked;
        ranked.iter().take(2).any(|cause| cause == *truth)
    });
    assert!(found.count() >= faults.len() - 1);
}

#[test]
fn a_life_can_be_lived_twice() {
    let [once, again] = [(); 2].map(|()| lived(Cause::StiffCalves, SEED));
    assert!(!once.ranked.is_empty());
    assert_eq!((once.ranked, once.drills), (again.ranked, again.drills));
}

#[test]
fn coaches_that_do_not_look_do_harm_or_take_longer() {
    let coaches = [Coach::Random, Coach::InOrder];
    let lives = coaches.map(|coach| live(Learner::new(Cause::LeaningTooFar, SEED), coach, None));
    assert!(
        lives
            .iter()
            .all(|life| life.drills > 10 && life.ranked.is_empty())
    );
    assert!(
        lives
            .iter()
            .any(|life| life.harmful > 0 || life.resolved_after.is_none())
    );
}
