//! The pods of this machine's radio, followed until the time is over or somebody presses Ctrl-C.
//!
//! Decides nothing about pods. Invariant: however a command ends, pods are let go and what came is stored.

use std::{
    io::{self, IsTerminal, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use plumbline_core::{
    io::{btleplug::BtleplugLink, clock::SystemClock, host::Host, sqlite::SqliteHistory},
    pod::{
        pairing::{AdapterState, RadioEvent, Wish},
        site::Site,
    },
    ports::{Clock, HistoryStore, PodLink},
    session::{coach::Coach, input::Input},
    units::Timestamp,
    view::PairingView,
};
use signal_hook::{consts::SIGINT, flag};

use crate::{
    Common,
    failure::Failure,
    language::{Language, Titles},
    lines::printable,
    model,
    terminal::say,
};

/// Time between two looks at the radio, and two pictures on a terminal.
const STEP: Duration = Duration::from_millis(100);
/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(1);
/// A radio says how it is within this time, or not at all.
const RADIO_ANSWERS: Duration = Duration::from_secs(10);

/// How the radio is; `None` when it does not say so within some seconds.
pub(crate) fn state() -> Option<AdapterState> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let mut link = BtleplugLink::open(clock).ok()?;
    let began = Instant::now();
    while began.elapsed() < RADIO_ANSWERS {
        if let Some((_, RadioEvent::Adapter(state))) = link.next_event(STEP) {
            return Some(state);
        }
    }
    None
}

/// A coach with this machine's radio.
pub(crate) struct Listener {
    pub(crate) host: Host,
    clock: Arc<SystemClock>,
    stopped: Arc<AtomicBool>,
    began: Instant,
    until: Option<Duration>,
    picture: Picture,
}

impl Listener {
    /// Opens the radio for so many seconds, or until Ctrl-C; fails with a sentence where it cannot be used.
    pub(crate) fn open(
        common: &Common,
        history: SqliteHistory,
        seconds: Option<f64>,
    ) -> Result<Self, Failure> {
        let model = model::best();
        let mut context = history
            .context()
            .map_err(|error| Failure::failed("failed to read the history", &error))?;
        context.language = common.language.tag().to_string();
        let stopped = Arc::new(AtomicBool::new(false));
        // A second Ctrl-C ends the program at once.
        flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&stopped))
            .and_then(|_| flag::register(SIGINT, Arc::clone(&stopped)))
            .map_err(|error| Failure::failed("failed to wait for Ctrl-C", &error))?;
        let clock = Arc::new(SystemClock::new());
        let link = BtleplugLink::open(Arc::clone(&clock) as Arc<dyn Clock>)
            .map_err(|error| Failure::failed("failed to open the radio", &error))?;
        let mut host = Host::new(Coach::new(context, model), Box::new(history));
        host.open_radio(Box::new(link));
        let mut listener = Self {
            host,
            clock,
            stopped,
            began: Instant::now(),
            until: seconds.map(Duration::from_secs_f64),
            picture: Picture::default(),
        };
        listener.wait_for_radio()?;
        Ok(listener)
    }

    fn wait_for_radio(&mut self) -> Result<(), Failure> {
        while !self.host.radio_is_on() {
            if let Some(trouble) = self.view().radio_trouble {
                return Err(Failure::Failed(trouble));
            }
            if self.began.elapsed() > RADIO_ANSWERS || !self.step() {
                return Err(Failure::Failed("the radio does not answer".to_owned()));
            }
        }
        self.began = Instant::now();
        Ok(())
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Listens for a moment; false when it is time to end.
    pub(crate) fn step(&mut self) -> bool {
        let now = self.now();
        self.host.listen(now, STEP);
        let now = self.now();
        // Time alone is never refused.
        let _ = self.host.handle(now, Input::Tick);
        let over = self.until.is_some_and(|until| self.began.elapsed() >= until);
        !over && !self.stopped.load(Ordering::Relaxed)
    }

    /// Goes on after a Ctrl-C, until the next one; before it was pressed nothing changes.
    pub(crate) fn go_on(&self) {
        self.stopped.store(false, Ordering::Relaxed);
    }

    pub(crate) fn view(&self) -> PairingView {
        self.host.pairing_view()
    }

    pub(crate) fn wish(&mut self, wish: &Wish) -> Result<(), Failure> {
        let now = self.now();
        let answer = self.host.wish(now, wish);
        answer.map_err(|refusal| Failure::Failed(self.host.words().text(refusal.message())))
    }

    /// Shows a table: drawn again on a terminal, a line a second elsewhere.
    pub(crate) fn show(&mut self, lines: &[String]) -> Result<(), Failure> {
        self.picture.draw(lines)
    }

    /// Lets the pods go.
    pub(crate) fn close(mut self) {
        let now = self.now();
        self.host.close_radio(now);
        self.host.flush(now);
    }
}

/// A table that is drawn over itself.
#[derive(Default)]
struct Picture {
    lines: usize,
    drawn: Option<Instant>,
    last: Vec<String>,
}

impl Picture {
    fn draw(&mut self, lines: &[String]) -> Result<(), Failure> {
        if io::stdout().is_terminal() {
            if self.lines > 0 {
                write_raw(&format!("\u{1b}[{}A\u{1b}[J", self.lines))?;
            }
            self.lines = lines.len();
            return lines.iter().try_for_each(|line| say(&printable(line)));
        }
        let due = self.drawn.is_none_or(|drawn| drawn.elapsed() >= LINE_EVERY);
        if due && self.last != lines {
            self.drawn = Some(Instant::now());
            self.last = lines.to_vec();
            return lines.iter().try_for_each(|line| say(&printable(line)));
        }
        Ok(())
    }
}

fn write_raw(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = write!(stdout, "{text}").and_then(|()| stdout.flush());
    written.map_err(|error| Failure::failed("failed to write to standard output", &error))
}

/// The paired pods as a table: place, name, battery, rate, lost, latency, and the sentence; below it what lowers the trust in
/// their numbers.
pub(crate) fn paired_table(view: &PairingView, language: Language) -> Vec<String> {
    let titles = language.titles();
    if view.paired.is_empty() {
        return vec![titles.nothing_paired.to_owned()];
    }
    let mut rows = vec![head(titles)];
    for pod in &view.paired {
        let stream = pod.stream.as_ref();
        let number = |value: Option<f64>, decimals, unit: &str| {
            value.map_or_else(
                || "\u{2013}".to_owned(),
                |value| format!("{} {unit}", language.number(value, decimals)),
            )
        };
        let battery = pod.battery_percent.map(f64::from);
        let [name, battery, rate, lost, delay] = [
            pod.name.clone(),
            number(battery, 0, "%"),
            number(stream.and_then(|stream| stream.rate_hz), 1, "Hz"),
            number(stream.map(|stream| 100.0 * stream.missing), 1, "%"),
            number(stream.and_then(|stream| stream.delay_ms), 0, "ms"),
        ];
        rows.push(row([
            titles.site(pod.site),
            &name,
            &battery,
            &rate,
            &lost,
            &delay,
            stream
                .and_then(|stream| stream.trouble.as_ref())
                .unwrap_or(&pod.sentence),
        ]));
    }
    for pod in &view.paired {
        let doubts = pod.stream.iter().flat_map(|stream| &stream.doubts);
        rows.extend(doubts.map(|doubt| format!("{:<8} {doubt}", titles.site(pod.site))));
    }
    rows
}

fn head(titles: &Titles) -> String {
    row([
        titles.place,
        titles.pod,
        titles.battery,
        titles.rate,
        titles.lost,
        titles.delay,
        "",
    ])
}

fn row([place, name, battery, rate, lost, delay, sentence]: [&str; 7]) -> String {
    let line = format!("{place:<8} {name:<22} {battery:>8} {rate:>10} {lost:>9} {delay:>12}  {sentence}");
    line.trim_end().to_owned()
}

/// The place of a pod on the command line.
pub(crate) fn place(text: &str) -> Result<Site, String> {
    Site::named(text).ok_or_else(|| {
        let places: Vec<_> = Site::ALL.iter().map(|site| site.name()).collect();
        format!("`{text}` is no place of a pod: {}", places.join(", "))
    })
}

/// A number of seconds that can be waited for.
pub(crate) fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| format!("`{text}` is not a number of seconds"))?;
    if (0.0..=86_400.0).contains(&seconds) {
        Ok(seconds)
    } else {
        Err(format!("`{text}` is not between 0 and a day"))
    }
}
