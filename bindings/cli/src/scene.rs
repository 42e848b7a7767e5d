//! Scenes for the synthetic runner, with the commands a person would give: what `simulate` and `demo` play.
//!
//! Invents no motion: the presets are the core's. Invariant: the same scene and seed give the same lines.

use std::ops::Range;

use clap::ValueEnum;
use plumbline_core::{
    drill::DrillId,
    pod::link::LinkEvent,
    session::input::{CheckIn, Command, Input},
    sim::{
        Act, PodSetup, Scenario, Simulation, notifications,
        presets::{self, RunForm},
        simulate,
    },
    units::Timestamp,
};

use crate::script::ScriptLine;

/// How long the runner takes to answer how it feels, seconds.
const ANSWER_S: f64 = 3.0;

/// One drill or run of a scene.
#[derive(Clone, Debug)]
pub(crate) struct Practice {
    /// How it begins.
    pub(crate) start: Command,
    /// What the runner does.
    pub(crate) acts: Vec<Act>,
}

impl Practice {
    /// A drill.
    pub(crate) const fn drill(drill: DrillId, acts: Vec<Act>) -> Self {
        Self {
            start: Command::StartDrill(drill),
            acts,
        }
    }

    /// A run.
    pub(crate) const fn run(acts: Vec<Act>) -> Self {
        Self {
            start: Command::StartRun,
            acts,
        }
    }
}

/// A scene by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SceneName {
    /// D0, then D3 as asked: what a first session is
    FirstSession,
    /// D0
    Calibration,
    /// D0, then D3 with the body bent at the waist
    WallTiltsBent,
    /// D0, then D4 as asked
    LeanAndFalls,
    /// D0, then D4 with a bow at the waist
    LeanAndFallsBent,
    /// D0, then forty seconds in the own band
    RunShort,
    /// D0, then three minutes in the own band
    RunGood,
    /// D0, then three minutes too upright
    RunUnder,
    /// D0, then three minutes leaning too far
    RunOver,
    /// D0, then three minutes bent at the waist
    RunWaistBend,
    /// D0, then twenty minutes that fade from good to under
    FadingRun,
}

impl SceneName {
    /// What happens in the scene.
    pub(crate) fn practices(self) -> Vec<Practice> {
        let calibration = Practice::drill(DrillId::D0, presets::calibration());
        let short_run = |form| Some(Practice::run(presets::run(form, 180.0)));
        let second = match self {
            Self::Calibration => None,
            Self::FirstSession => Some(Practice::drill(DrillId::D3, presets::wall_tilts_good())),
            Self::WallTiltsBent => Some(Practice::drill(DrillId::D3, presets::wall_tilts_bent())),
            Self::LeanAndFalls => Some(Practice::drill(DrillId::D4, presets::lean_and_falls_good())),
            Self::LeanAndFallsBent => Some(Practice::drill(DrillId::D4, presets::lean_and_falls_bent())),
            Self::RunShort => {
                let [_, run] = presets::short_session();
                Some(Practice::run(run))
            }
            Self::RunGood => short_run(RunForm::Good),
            Self::RunUnder => short_run(RunForm::Under),
            Self::RunOver => short_run(RunForm::Over),
            Self::RunWaistBend => short_run(RunForm::WaistBend),
            Self::FadingRun => Some(Practice::run(presets::fading_run())),
        };
        std::iter::once(calibration).chain(second).collect()
    }

    /// Who wears which pods and does what.
    pub(crate) fn scenario(self, seed: u64) -> Scenario {
        Scenario::new(seed, acts(&self.practices()).0)
    }
}

/// Everything the runner does, and which of it belongs to which practice.
fn acts(practices: &[Practice]) -> (Vec<Act>, Vec<Range<usize>>) {
    let acts: Vec<Vec<Act>> = practices.iter().map(|practice| practice.acts.clone()).collect();
    presets::one_after_the_other(&acts)
}

/// A scene played by the synthetic runner.
pub(crate) struct Scene {
    /// What the pods took down, and what really happened.
    pub(crate) simulation: Simulation,
    /// Every notification and command, in order.
    pub(crate) lines: Vec<ScriptLine>,
}

/// Plays the practices one after the other, standing between them.
pub(crate) fn play(seed: u64, practices: &[Practice], start: Timestamp) -> Scene {
    let (acts, spans) = acts(practices);
    let scenario = Scenario::new(seed, acts);
    let simulation = simulate(&scenario);
    let line = |at, input| ScriptLine { at, input };
    let feels_well = |seconds| line(start.plus_seconds(seconds), Input::CheckIn(CheckIn::default()));
    let connected = |setup: &PodSetup| line(start, Input::Link(LinkEvent::lean_pod_connected(setup.site)));
    let mut lines: Vec<ScriptLine> = scenario.pods.iter().map(connected).collect();
    lines.push(feels_well(0.0));
    for (practice, span) in practices.iter().zip(spans) {
        let acts = simulation.truth.acts.get(span).unwrap_or_default();
        let begins_s = acts.first().map_or(0.0, |act| act.start_s);
        let ends_s = acts.last().map_or(0.0, |act| act.end_s);
        lines.push(line(
            start.plus_seconds(begins_s),
            Input::Command(practice.start.clone()),
        ));
        lines.push(line(start.plus_seconds(ends_s), Input::Command(Command::Finish)));
        lines.push(feels_well(ends_s + ANSWER_S));
    }
    lines.extend(
        notifications(&scenario, &simulation, start)
            .into_iter()
            .map(|sent| {
                line(
                    sent.arrival,
                    Input::Link(LinkEvent::lean_pod_block(sent.site, sent.bytes)),
                )
            }),
    );
    // Stable: what a person asks for at one instant stands before the frame of that instant.
    lines.sort_by_key(|line| line.at);
    Scene { simulation, lines }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script;

    #[test]
    fn a_first_session_calibrates_and_then_drills() {
        let scene = play(1, &SceneName::FirstSession.practices(), Timestamp(0));
        let commands: Vec<String> = scene
            .lines
            .iter()
            .filter(|line| !matches!(line.input, Input::Link(_)))
            .map(|line| script::line(Timestamp(0), &line.input))
            .collect();
        assert_eq!(
            commands,
            [
                "0 command check_in none",
                "0 command start_drill D0",
                "0 command finish",
                "0 command check_in none",
                "0 command start_drill D3",
                "0 command finish",
                "0 command check_in none",
            ]
        );
        assert!(scene.lines.is_sorted_by_key(|line| line.at));
        assert!(scene.lines.len() > 500);
    }

    #[test]
    fn the_same_seed_gives_the_same_lines() {
        let lines = |seed| play(seed, &SceneName::Calibration.practices(), Timestamp(5)).lines;
        assert_eq!(lines(3), lines(3));
        assert_ne!(lines(3), lines(4));
    }
}
