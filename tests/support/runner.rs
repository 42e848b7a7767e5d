//! A coach and what it put out, fed with commands and notifications in virtual time.

use plumbline_core::{
    io::model::{best_model, model_named},
    pod::{link::LinkEvent, site::Site},
    session::{
        coach::{Coach, Refusal},
        input::{CheckIn, Command, Input},
        log::{LogEntry, SessionContext},
        output::{Output, StoreRequest},
        replay::{replay, report_of},
        report::SessionReport,
    },
    sim::{self, Act, Scenario, SimulatedNotification},
    units::Timestamp,
    view::CoachView,
};

pub(crate) const START: Timestamp = Timestamp(1_800_000_000_000_000);

/// A coach with both pods connected, and everything it put out.
pub(crate) struct Runner {
    coach: Coach,
    pub(crate) now: Timestamp,
    outputs: Vec<Output>,
}

impl Runner {
    pub(crate) fn new() -> Self {
        Self::knowing(SessionContext {
            language: "en".to_owned(),
            ..SessionContext::default()
        })
    }

    /// A runner of whom the coach knows this much.
    pub(crate) fn knowing(context: SessionContext) -> Self {
        let mut runner = Self {
            coach: Coach::new(context, best_model()),
            now: START,
            outputs: Vec::new(),
        };
        for site in Site::LEAN {
            runner
                .give(Input::Link(LinkEvent::lean_pod_connected(site)))
                .expect("a link event is never refused");
        }
        runner
    }

    pub(crate) fn give(&mut self, input: Input) -> Result<(), Refusal> {
        let answer = self.coach.handle(self.now, input);
        while let Some(output) = self.coach.poll_output() {
            self.outputs.push(output);
        }
        answer
    }

    pub(crate) fn view(&self) -> &CoachView {
        self.coach.view()
    }

    pub(crate) fn command(&mut self, command: Command) -> Result<(), Refusal> {
        self.give(Input::Command(command))
    }

    /// Plays notifications, made for a session that starts at the time given; what the session put out is given back.
    pub(crate) fn session(
        &mut self,
        command: Command,
        sent: impl FnOnce(Timestamp) -> Vec<SimulatedNotification>,
    ) -> Vec<Output> {
        self.now = self.now.plus_seconds(3600.0);
        self.give(Input::CheckIn(CheckIn::default())).expect("a check-in");
        self.outputs.clear();
        self.command(command).expect("the session starts");
        for notification in sent(self.now) {
            self.now = notification.arrival;
            let event = LinkEvent::lean_pod_block(notification.site, notification.bytes);
            self.give(Input::Link(event))
                .expect("a notification is never refused");
        }
        self.finish()
    }

    /// Ends what is going on; gives what was put out since the session's begin.
    pub(crate) fn finish(&mut self) -> Vec<Output> {
        self.command(Command::Finish).expect("the session ends");
        std::mem::take(&mut self.outputs)
    }

    /// Gives what was put out so far and keeps nothing.
    pub(crate) fn drain(&mut self) -> Vec<Output> {
        std::mem::take(&mut self.outputs)
    }

    /// Plays acts of the synthetic runner.
    pub(crate) fn act(&mut self, command: Command, acts: Vec<Act>) -> Vec<Output> {
        self.session(command, |start| air(acts, start))
    }
}

/// What both pods of the synthetic runner send, two in a thousand notifications lost.
pub(crate) fn air(acts: Vec<Act>, start: Timestamp) -> Vec<SimulatedNotification> {
    let scenario = Scenario {
        frame_loss: 0.002,
        ..Scenario::new(11, acts)
    };
    sim::notifications(&scenario, &sim::simulate(&scenario), start)
}

pub(crate) fn report(outputs: &[Output]) -> &SessionReport {
    report_of(outputs).expect("a report")
}

/// The session's log as a history gives it back: through its bytes.
pub(crate) fn stored_log(outputs: &[Output]) -> Vec<LogEntry> {
    let entries = outputs.iter().filter_map(|output| match output {
        Output::Store(StoreRequest::Append(entry)) => Some(entry),
        _ => None,
    });
    entries
        .map(|entry| LogEntry::from_bytes(&entry.to_bytes().expect("bytes")).expect("an entry"))
        .collect()
}

/// Plays the session's log again and fails when any cue, log entry or number of the report differs.
pub(crate) fn assert_replays_bit_for_bit(live: &[Output]) {
    let log = stored_log(live);
    let Some(LogEntry::Context(context)) = log.first() else {
        panic!("a log begins with what the coach knew");
    };
    let judge = model_named(&context.model).expect("the model that judged live");
    let replayed = replay(&log, judge).expect("a playable log");
    let lasting = |outputs: &[Output]| -> Vec<Output> {
        let lasts = |output: &&Output| !matches!(output, Output::Changed);
        outputs.iter().filter(lasts).cloned().collect()
    };
    assert!(lasting(live) == lasting(&replayed), "the replay differs");
    let json = |outputs: &[Output]| serde_json::to_string(report(outputs)).expect("json");
    assert_eq!(json(live), json(&replayed));
}
