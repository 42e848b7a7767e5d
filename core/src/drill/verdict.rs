//! What to say about a repetition and about a session.
//!
//! Judges nothing. Invariant: a repetition that was not seen is never blamed on the runner.

use super::{
    DrillId, DrillResult, Miss, RepetitionOutcome,
    catalog::Drill,
    message::{Argument, Message},
    rule::SetVerdict,
};

impl Miss {
    /// Every miss, for tests and lists.
    pub const ALL: [Self; 12] = [
        Self::Moved,
        Self::Spread,
        Self::TooLittle,
        Self::TooMuch,
        Self::Bent,
        Self::TooShort,
        Self::PelvisBehind,
        Self::AngleAndStart,
        Self::TooFast,
        Self::NoChange,
        Self::Braked,
        Self::NotKept,
    ];
}

/// The sentence for one repetition of `drill`. Without numbers: it is heard, not read.
#[must_use]
pub const fn of_repetition(drill: DrillId, outcome: RepetitionOutcome) -> &'static str {
    match (outcome, drill) {
        (RepetitionOutcome::Passed, DrillId::D0) => "repetition-passed-stand",
        (RepetitionOutcome::Passed, _) => "repetition-passed",
        (RepetitionOutcome::NotSeen, _) => "repetition-not-seen",
        (RepetitionOutcome::Missed(Miss::Moved), _) => "miss-moved",
        (RepetitionOutcome::Missed(Miss::Spread), _) => "miss-spread",
        (RepetitionOutcome::Missed(Miss::TooLittle), DrillId::D4 | DrillId::D5) => "miss-too-little-start",
        (RepetitionOutcome::Missed(Miss::TooLittle), _) => "miss-too-little",
        (RepetitionOutcome::Missed(Miss::TooMuch), DrillId::D4 | DrillId::D5) => "miss-too-much-start",
        (RepetitionOutcome::Missed(Miss::TooMuch), _) => "miss-too-much",
        (RepetitionOutcome::Missed(Miss::Bent), _) => "miss-bent",
        (RepetitionOutcome::Missed(Miss::TooShort), DrillId::D4 | DrillId::D5) => "miss-too-short-start",
        (RepetitionOutcome::Missed(Miss::TooShort), _) => "miss-too-short",
        (RepetitionOutcome::Missed(Miss::PelvisBehind), _) => "miss-pelvis-behind",
        (RepetitionOutcome::Missed(Miss::AngleAndStart), _) => "miss-angle-and-start",
        (RepetitionOutcome::Missed(Miss::TooFast), _) => "miss-too-fast",
        (RepetitionOutcome::Missed(Miss::NoChange), _) => "miss-no-change",
        (RepetitionOutcome::Missed(Miss::Braked), _) => "miss-braked",
        (RepetitionOutcome::Missed(Miss::NotKept), _) => "miss-not-kept",
    }
}

/// The sentence for a finished session.
#[must_use]
pub fn of_session(result: &DrillResult) -> Message {
    let drill = Drill::of(result.drill);
    let id = match drill.judge(result) {
        SetVerdict::NotSeen => "session-not-seen",
        SetVerdict::NotYet => "session-not-yet",
        SetVerdict::Met => "session-met",
    };
    Message::plain(id)
        .with("drill", Argument::Named(drill.title))
        .with("passed", Argument::Count(result.passed))
        .with("seen", Argument::Count(result.seen))
        .with("asked", Argument::Count(result.asked))
}
