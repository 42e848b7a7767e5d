//! What is printed of a day of the demo while it passes.
//!
//! Chooses no words: cues and sentences come from the core. Invariant: a day is told in the order it happened.

use indicatif::ProgressBar;
use plumbline_core::{
    drill::{DrillId, catalog::Drill},
    session::{
        input::{Command, Input},
        output::SessionKind,
        report::SessionReport,
    },
    words::Words,
};

use crate::{
    failure::Failure,
    language::Language,
    report::text::wrap,
    terminal::{Paint, progress, say},
};

/// What is printed of a day while it passes.
pub(super) struct Telling {
    bar: ProgressBar,
    language: Language,
    paint: Paint,
    /// Whether the calibration was shown on an earlier day.
    knows_calibration: bool,
    /// Only the last cue of the session is shown, this one so far.
    shortened: bool,
    latest: Option<String>,
    /// Whether a question waits for its answer.
    asked: bool,
}

impl Telling {
    pub(super) fn new(lines: usize, knows_calibration: bool, language: Language, paint: Paint) -> Self {
        Self {
            bar: progress(lines as u64, "running"),
            language,
            paint,
            knows_calibration,
            shortened: false,
            latest: None,
            asked: false,
        }
    }

    /// The day is over.
    pub(super) fn close(self) {
        self.bar.finish_and_clear();
    }

    fn say(&self, line: &str) -> Result<(), Failure> {
        self.bar.suspend(|| say(line))
    }

    /// What the runner did: the heading of a drill or a run, or an answer.
    pub(super) fn input(&mut self, input: &Input) -> Result<(), Failure> {
        self.bar.inc(1);
        if let Some(title) = title(input, self.language) {
            let calibrates = matches!(input, Input::Command(Command::StartDrill(DrillId::D0)));
            self.shortened = calibrates && self.knows_calibration;
            self.say(&format!("\n{}", self.paint.dim(&title)))?;
        }
        match input {
            Input::CheckIn(answer) if answer.pain.is_empty() && std::mem::take(&mut self.asked) => {
                self.say(&format!("         > {}", self.language.titles().nothing_hurts))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn cues(&mut self, cues: Vec<String>) -> Result<(), Failure> {
        for cue in cues {
            if self.shortened {
                self.latest = Some(cue);
            } else {
                self.say(&cue)?;
            }
        }
        Ok(())
    }

    /// What a session came to.
    pub(super) fn end(&mut self, outcome: &str) -> Result<(), Failure> {
        if let Some(latest) = self.latest.take() {
            let dots = format!("         {}", self.language.titles().as_before);
            self.say(&self.paint.dim(&dots))?;
            self.say(&latest)?;
        }
        self.shortened = false;
        if outcome.is_empty() {
            return Ok(());
        }
        self.say(outcome)
    }

    pub(super) fn questions(&mut self, questions: Vec<String>) -> Result<(), Failure> {
        for question in questions {
            self.asked = true;
            self.say(&question)?;
        }
        Ok(())
    }
}

/// What a session came to: its sentence, and the drills it opened or mastered.
pub(super) fn outcome(
    report: &SessionReport,
    before: &[DrillId],
    after: &[DrillId],
    language: Language,
) -> String {
    let (titles, words) = (language.titles(), Words::new(language.tag()));
    let name = |drill: DrillId| words.text(Drill::of(drill).title);
    // A drill's sentence was the last cue already.
    let mut lines: Vec<String> = match report.kind {
        SessionKind::Run => vec![report.headline.clone()],
        SessionKind::Drill(_) => Vec::new(),
    };
    let unlocked = report.drill.iter().flat_map(|drill| &drill.unlocked);
    lines.extend(unlocked.map(|drill| format!("{}: {}", titles.unlocked, name(*drill))));
    let mastered = after.iter().filter(|drill| !before.contains(drill));
    lines.extend(mastered.map(|drill| format!("{}: {}", titles.mastered, name(*drill))));
    let lines = lines.iter().flat_map(|line| wrap(line, 70));
    let lines: Vec<String> = lines.map(|line| format!("         {line}")).collect();
    lines.join("\n")
}

/// The heading above the cues of a drill or a run.
fn title(input: &Input, language: Language) -> Option<String> {
    match input {
        Input::Command(Command::StartDrill(drill)) => Some(format!(
            "{} · {}",
            drill.name(),
            Words::new(language.tag()).text(Drill::of(*drill).title)
        )),
        Input::Command(Command::StartRun) => Some(language.titles().run.to_string()),
        _ => None,
    }
}
