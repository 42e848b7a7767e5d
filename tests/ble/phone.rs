//! A runner's phone: pairs two pods, follows a calibration, then a short run in which it stalls and a pod leaves.
//!
//! Judges nothing. Invariant: everything the pods sent goes through the product's own radio, pairing, coach and history.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use plumbline_core::{
    drill::DrillId,
    io::{btleplug::BtleplugLink, host::Host, model::best_model, sqlite::SqliteHistory},
    pod::{
        pairing::{PodId, PodState, Wish},
        site::Site,
    },
    ports::{Clock, SessionId},
    session::{
        coach::Coach,
        input::{CheckIn, Command, Input},
        log::{LogEntry, SessionContext},
        report::SessionReport,
    },
    sim::{Scenario, peripheral::Peripheral, presets, simulate},
    units::Timestamp,
};

const START: Timestamp = Timestamp(1_800_000_000_000_000);
const LOOK: Duration = Duration::from_millis(50);
/// Longest time for everything before the runner starts, real seconds.
const PATIENCE: Duration = Duration::from_mins(1);
/// When the phone does nothing for a while, runner's seconds after the run's begin, and for how long, real seconds.
const STALL_AT_S: f64 = 16.0;
const STALL: Duration = Duration::from_secs(5);
/// How long after the run's end the phone still listens, runner's seconds.
const AFTER_S: f64 = 3.0;

/// What will happen, and what the pods will measure.
pub(crate) struct Plan {
    /// The pods' truth, in the order of [`Site::LEAN`].
    pub(crate) pods: Vec<Peripheral>,
    /// Where the drill ends and the run begins and ends, runner's seconds.
    drill_ends_s: f64,
    run_s: [f64; 2],
}

impl Plan {
    /// The same made-up runner as `plumbline pod --simulate --scenario run-short`.
    pub(crate) fn new(seed: u64, rate_hz: f64) -> Self {
        let (acts, places) = presets::one_after_the_other(&presets::short_session());
        let scenario = Scenario {
            rate_hz,
            ..Scenario::new(seed, acts)
        };
        let simulation = simulate(&scenario);
        let span = |place: usize| {
            let acts = simulation
                .truth
                .acts
                .get(places[place].clone())
                .unwrap_or_default();
            let begin = acts.first().map_or(0.0, |act| act.start_s);
            [begin, acts.last().map_or(begin, |act| act.end_s)]
        };
        let pods = simulation.pods.iter();
        Self {
            pods: pods.map(|pod| Peripheral::new(&scenario, pod, 0)).collect(),
            drill_ends_s: span(0)[1],
            run_s: span(1),
        }
    }
}

/// A session as the history has it.
pub(crate) struct Kept {
    pub(crate) log: Vec<LogEntry>,
    pub(crate) report: SessionReport,
}

/// What the history has after everything.
pub(crate) struct Sessions {
    pub(crate) drill: Kept,
    pub(crate) run: Kept,
}

/// The phone.
pub(crate) struct Phone {
    host: Host,
    clock: Arc<FastClock>,
}

/// Time as fast as the made-up runner's.
struct FastClock {
    began: Instant,
    speed: f64,
}

impl Clock for FastClock {
    fn now(&self) -> Timestamp {
        START.plus_seconds(self.began.elapsed().as_secs_f64() * self.speed)
    }
}

impl Phone {
    pub(crate) fn open(speed: f64) -> Result<Self, String> {
        let began = Instant::now();
        let clock = Arc::new(FastClock { began, speed });
        let context = SessionContext {
            language: "en".to_owned(),
            ..SessionContext::default()
        };
        let history = SqliteHistory::open_in_memory().map_err(|error| error.to_string())?;
        let mut host = Host::new(Coach::new(context, best_model()), Box::new(history));
        let link =
            BtleplugLink::open(Arc::clone(&clock) as Arc<dyn Clock>).map_err(|error| error.to_string())?;
        host.open_radio(Box::new(link));
        Ok(Self { host, clock })
    }

    /// Goes through the whole plan.
    pub(crate) fn follow(mut self, plan: &Plan) -> Result<Sessions, String> {
        self.wait_for("the radio is on", |phone| phone.host.radio_is_on())?;
        self.pair(plan)?;
        self.wait_for("both pods stream", |phone| {
            let paired = phone.host.pairing_view().paired;
            paired
                .iter()
                .filter(|pod| pod.state == PodState::Streaming)
                .count()
                == Site::LEAN.len()
        })?;
        let runner_began = self.clock.now();
        let drill = self.session(Command::StartDrill(DrillId::D0), |phone| {
            phone.listen_until(runner_began.plus_seconds(plan.drill_ends_s));
        })?;
        self.listen_until(runner_began.plus_seconds(plan.run_s[0]));
        let run = self.session(Command::StartRun, |phone| {
            let stall_at = runner_began.plus_seconds(plan.run_s[0] + STALL_AT_S);
            phone.listen_until(stall_at);
            say("the phone does nothing for 5 s");
            thread::sleep(STALL);
            phone.listen_until(runner_began.plus_seconds(plan.run_s[1] + AFTER_S));
        })?;
        let now = self.clock.now();
        self.host.close_radio(now);
        let kept = |id: &SessionId| {
            let history = self.host.history();
            Ok::<_, String>(Kept {
                log: history.log(id).map_err(|error| error.to_string())?,
                report: history.report(id).map_err(|error| error.to_string())?,
            })
        };
        Ok(Sessions {
            drill: kept(&drill)?,
            run: kept(&run)?,
        })
    }

    fn pair(&mut self, plan: &Plan) -> Result<(), String> {
        self.wish(&Wish::Look)?;
        let names: Vec<String> = plan.pods.iter().map(Peripheral::name).collect();
        let found = |phone: &Self, name: &str| {
            let found = phone.host.pairing_view().found;
            found.into_iter().find(|pod| pod.name == name).map(|pod| pod.id)
        };
        self.wait_for("both pods are found", |phone| {
            names.iter().all(|name| found(phone, name).is_some())
        })?;
        for (site, name) in Site::LEAN.into_iter().zip(&names) {
            let id = found(self, name).unwrap_or_default();
            self.wish(&Wish::Pair { pod: PodId(id), site })?;
            say(&format!("{name} is the {} pod", site.name()));
        }
        self.wish(&Wish::LookNoMore)
    }

    fn wish(&mut self, wish: &Wish) -> Result<(), String> {
        let now = self.clock.now();
        self.host.wish(now, wish).map_err(|refusal| refusal.to_string())
    }

    fn session(&mut self, start: Command, go_on: impl FnOnce(&mut Self)) -> Result<SessionId, String> {
        self.give(Input::CheckIn(CheckIn::default()))?;
        self.give(Input::Command(start))?;
        go_on(self);
        self.give(Input::Command(Command::Finish))?;
        self.say_cues();
        self.host
            .last_finished()
            .ok_or_else(|| format!("the session was not stored: {:?}", self.host.storage_trouble()))
    }

    fn give(&mut self, input: Input) -> Result<(), String> {
        let now = self.clock.now();
        self.host
            .handle(now, input)
            .map_err(|refusal| refusal.to_string())
    }

    fn listen_until(&mut self, until: Timestamp) {
        while self.clock.now() < until {
            self.listen();
        }
    }

    fn wait_for(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) -> Result<(), String> {
        let began = Instant::now();
        while !is_so(self) {
            if began.elapsed() > PATIENCE {
                let view = self.host.pairing_view();
                return Err(format!("{what}: not within {} s: {view:?}", PATIENCE.as_secs()));
            }
            self.listen();
        }
        say(&format!("{what}, after {:.1} s", began.elapsed().as_secs_f64()));
        Ok(())
    }

    fn listen(&mut self) {
        let now = self.clock.now();
        self.host.listen(now, LOOK);
        let now = self.clock.now();
        // Time alone is never refused.
        let _ = self.host.handle(now, Input::Tick);
        self.say_cues();
    }

    fn say_cues(&mut self) {
        for cue in self.host.take_cues() {
            say(&format!("  {:5.1} s: {}", cue.at.seconds_since(START), cue.text));
        }
    }
}

/// One line of the guest's console.
pub(crate) fn say(text: &str) {
    println!("[phone] {text}");
}
