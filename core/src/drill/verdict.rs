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
    pub const ALL: [Self; 14] = [
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
        Self::TooSlow,
        Self::Misjudged,
    ];
}

/// The sentence for one repetition of `drill`. Without numbers: it is heard, not read.
#[must_use]
pub const fn of_repetition(drill: DrillId, outcome: RepetitionOutcome) -> &'static str {
    match outcome {
        RepetitionOutcome::Passed => match drill {
            DrillId::D0 => "repetition-passed-stand",
            DrillId::D10 => "repetition-compared",
            _ => "repetition-passed",
        },
        RepetitionOutcome::NotSeen => "repetition-not-seen",
        RepetitionOutcome::Missed(miss) => of_miss(Movement::of(drill), miss),
    }
}

/// What a drill's repetition is a matter of: the same fault is told otherwise.
#[derive(Clone, Copy)]
enum Movement {
    /// Tilting at the wall and standing.
    Tilt,
    /// Starting to run.
    Start,
    /// Rising on the toes.
    Rise,
    /// Running.
    Run,
}

impl Movement {
    const fn of(drill: DrillId) -> Self {
        match drill {
            DrillId::D4 | DrillId::D5 => Self::Start,
            DrillId::D1 => Self::Rise,
            DrillId::D0 | DrillId::D2 | DrillId::D3 | DrillId::D12 => Self::Tilt,
            DrillId::D6
            | DrillId::D7
            | DrillId::D8
            | DrillId::D9
            | DrillId::D10
            | DrillId::D11
            | DrillId::D13
            | DrillId::D14 => Self::Run,
        }
    }
}

const fn of_miss(movement: Movement, miss: Miss) -> &'static str {
    match (miss, movement) {
        (Miss::Moved, _) => "miss-moved",
        (Miss::Spread, _) => "miss-spread",
        (Miss::TooLittle, Movement::Start) => "miss-too-little-start",
        (Miss::TooLittle, Movement::Rise) => "miss-too-little-rise",
        (Miss::TooLittle, Movement::Run) => "miss-too-little-run",
        (Miss::TooLittle, Movement::Tilt) => "miss-too-little",
        (Miss::TooMuch, Movement::Start) => "miss-too-much-start",
        (Miss::TooMuch, Movement::Rise) => "miss-too-much-rise",
        (Miss::TooMuch, Movement::Run) => "miss-too-much-run",
        (Miss::TooMuch, Movement::Tilt) => "miss-too-much",
        (Miss::Bent, Movement::Rise) => "miss-bent-rise",
        (Miss::Bent, _) => "miss-bent",
        (Miss::TooShort, Movement::Start) => "miss-too-short-start",
        (Miss::TooShort, _) => "miss-too-short",
        (Miss::PelvisBehind, _) => "miss-pelvis-behind",
        (Miss::AngleAndStart, _) => "miss-angle-and-start",
        (Miss::TooFast, Movement::Run) => "miss-too-fast-run",
        (Miss::TooFast, _) => "miss-too-fast",
        (Miss::TooSlow, _) => "miss-too-slow",
        (Miss::NoChange, _) => "miss-no-change",
        (Miss::Braked, _) => "miss-braked",
        (Miss::NotKept, _) => "miss-not-kept",
        (Miss::Misjudged, _) => "miss-misjudged",
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
