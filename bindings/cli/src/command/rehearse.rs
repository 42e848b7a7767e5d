//! One drill done by the synthetic runner, from the first instruction to the result.
//!
//! Keeps nothing. Invariant: what is said is what a runner with pods would hear.

use clap::ValueEnum;
use plumbline_core::{
    drill::{DrillId, rehearsal::sessions_that_open},
    lean::band::OwnReference,
    session::{
        input::{Answer, Input},
        log::SessionContext,
        plan::Course,
    },
    sim::{
        practice::{Execution, practice},
        presets,
    },
    units::Timestamp,
};

use crate::{
    Common,
    failure::Failure,
    live::{Player, refused},
    report::{Origin, text},
    scene::{self, Practice},
    terminal::{Paint, say},
};

/// 4 May 2026, a Monday, so that every rehearsal is the same.
const START: Timestamp = Timestamp(1_777_852_800_000_000);
/// How long the runner takes to answer, seconds.
const ANSWER_S: f64 = 1.5;

/// How the synthetic runner does the drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Profile {
    /// As the drill asks
    Good,
    /// With the fault the drill is to show
    Bad,
}

/// Plays the drill after a calibration and prints what the coach says, then the report.
pub(super) fn rehearse(common: &Common, drill: DrillId, profile: Profile, json: bool) -> Result<(), Failure> {
    let execution = match profile {
        Profile::Good => Execution::Good,
        Profile::Bad => Execution::Bad,
    };
    let mut player = Player::rehearsing(
        common,
        SessionContext {
            course: Course {
                drills: sessions_that_open(drill, START),
                ..Course::default()
            },
            own: OwnReference {
                band_deg: Some(presets::OWN_BAND_DEG),
                ..OwnReference::default()
            },
            ..SessionContext::default()
        },
    )?;
    let mut practices = vec![Practice::drill(drill, practice(drill.name(), execution))];
    if drill != DrillId::D0 {
        practices.insert(0, Practice::drill(DrillId::D0, presets::calibration()));
    }
    let scene = scene::play(1, &practices, START);
    let mut asked_at = None;
    for line in scene.lines {
        if let Some(answer) = answer_due(&player, &mut asked_at, line.at, execution) {
            hand(&mut player, common, line.at, Input::Answer(answer), json)?;
        }
        hand(&mut player, common, line.at, line.input, json)?;
    }
    let report = player.finished()?;
    if json {
        let json = serde_json::to_string(&report)
            .map_err(|error| Failure::failed("failed to write JSON", &error))?;
        return say(&json);
    }
    let page = text::page(&report, common.language, Origin::Pods, Paint::for_stdout());
    say(&format!("\n{}", page.trim_end()))
}

/// What the runner answers when a question has been open for a moment. Done badly, every swing is taken for a tip.
fn answer_due(
    player: &Player,
    asked_at: &mut Option<Timestamp>,
    now: Timestamp,
    execution: Execution,
) -> Option<Answer> {
    let (drill, phase) = player.question()?;
    let at = *asked_at.get_or_insert(now);
    if now.seconds_since(at) < ANSWER_S {
        return None;
    }
    *asked_at = None;
    Some(match (drill, phase, execution) {
        (DrillId::D12, 1, Execution::Good) => Answer::Arched,
        (DrillId::D12, ..) => Answer::Tipped,
        _ => Answer::Right,
    })
}

fn hand(
    player: &mut Player,
    common: &Common,
    at: Timestamp,
    input: Input,
    quiet: bool,
) -> Result<(), Failure> {
    let (cues, refusal) = player.take(at, input);
    if !quiet {
        for cue in &cues {
            say(&player.line(cue, Paint::for_stdout()))?;
        }
    }
    refusal.map_or(Ok(()), |refusal| Err(refused(&refusal, common.language)))
}
