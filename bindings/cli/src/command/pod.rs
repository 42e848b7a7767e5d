//! `plumbline pod`: pods in software, for a radio that another program is.
//!
//! Touches no radio: it speaks lines. Invariant: what the pods measured is the made-up runner's motion, block for block.

use std::{
    io::{self, BufReader, Write},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use clap::Args;
use plumbline_core::{
    pod::{
        gatt::Uuid,
        protocol::lean_pod::{BACKFILL, CONTROL, INFO, LIVE, SERVICE, STATUS, TIME},
        site::Site,
    },
    sim::{
        peripheral::{BATTERY, Peripheral},
        simulate,
    },
};

use crate::{failure::Failure, lines::Lines, scene::SceneName};

const EXPLANATION: &str = "\
Two Lean Pods, a chest pod (number 0) and a pelvis pod (number 1), worn by the synthetic runner. The program that has the
radio starts this one and speaks with it in lines; bytes are hexadecimal, UUIDs whole.

From here, at the start:
  pod NUMBER NAME SERVICE                       a pod, and the service it advertises
  characteristic NUMBER SERVICE UUID PROPERTIES what it offers: read, write, write_without_response, notify, indicate
  ready
later:
  notify NUMBER UUID BYTES, indicate NUMBER UUID BYTES
  value NUMBER UUID BYTES                       the answer to a read; without bytes there is nothing
  away NUMBER SECONDS                           the pod is out of reach for so long
  begin                                         Live of every pod is subscribed to: the runner starts
  over                                          the runner has done everything; stored blocks can still be asked for
To here:
  connected NUMBER, disconnected NUMBER
  subscribed NUMBER UUID yes|no
  read NUMBER UUID
  write NUMBER UUID BYTES

Examples:
  plumbline pod --simulate --scenario run-good
  plumbline pod --simulate --scenario calibration --away pelvis:20:5 --speed 4";

/// Longest time between two looks at the clock.
const LOOK: Duration = Duration::from_millis(100);

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXPLANATION, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// Play pods in software (the only kind there is)
    #[arg(long)]
    simulate: bool,
    /// What happens
    #[arg(long, value_enum, value_name = "NAME")]
    scenario: SceneName,
    /// Where all chance comes from: equal seeds give equal bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Samples a second
    #[arg(long, value_name = "HZ", default_value_t = 104.0)]
    rate: f64,
    /// Blocks each pod keeps: at 104 Hz 8 a second
    #[arg(long, value_name = "BLOCKS", default_value_t = 11_500)]
    memory: u32,
    /// How much faster than time the runner is
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    speed: f64,
    /// Which pod leaves, when, and for how long, in seconds of the runner's
    #[arg(long, value_name = "POD:AT:SECONDS")]
    away: Vec<Away>,
}

/// A pod leaves the radio's reach.
#[derive(Clone, Copy, Debug)]
struct Away {
    site: Site,
    at_us: u64,
    seconds: f64,
}

impl std::str::FromStr for Away {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not POD:AT:SECONDS, such as pelvis:20:5");
        let [site, at, seconds] = *text.split(':').collect::<Vec<_>>() else {
            return Err(wrong());
        };
        let seconds_of = |text: &str| {
            let seconds = text.parse::<f64>().ok();
            seconds
                .filter(|seconds| (0.0..1e6).contains(seconds))
                .ok_or_else(wrong)
        };
        Ok(Self {
            site: Site::LEAN
                .into_iter()
                .find(|one| one.name() == site)
                .ok_or_else(wrong)?,
            at_us: (seconds_of(at)? * 1e6) as u64,
            seconds: seconds_of(seconds)?,
        })
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if !arguments.simulate {
        return Err(Failure::WrongUse(
            "only pods in software are played: add --simulate".to_string(),
        ));
    }
    let usable = |value: f64, range: std::ops::RangeInclusive<f64>| range.contains(&value);
    if !usable(arguments.rate, 25.0..=1000.0) || !usable(arguments.speed, 0.1..=100.0) {
        return Err(Failure::WrongUse(
            "the rate is 25 to 1000, the speed 0.1 to 100".to_string(),
        ));
    }
    let mut scenario = arguments.scenario.scenario(arguments.seed);
    scenario.rate_hz = arguments.rate;
    let simulation = simulate(&scenario);
    let pods = simulation
        .pods
        .iter()
        .map(|pod| Peripheral::new(&scenario, pod, arguments.memory));
    let mut stage = Stage {
        pods: pods.collect(),
        sites: simulation.pods.iter().map(|pod| pod.site).collect(),
        live: vec![false; simulation.pods.len()],
        away: arguments.away.clone(),
        speed: arguments.speed,
        began: None,
        over: false,
    };
    let heard = listen();
    stage
        .play(&heard, &mut io::stdout().lock())
        .map_err(|error| Failure::failed("failed to speak with the radio", &error))
}

fn listen() -> Receiver<io::Result<String>> {
    let (sender, heard) = channel();
    thread::spawn(move || {
        for (k, line) in Lines::of(BufReader::new(io::stdin())).enumerate() {
            let line = line.map_err(|error| io::Error::other(format!("line {} is {error}", k + 1)));
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    heard
}

/// The pods and where the runner stands.
struct Stage {
    pods: Vec<Peripheral>,
    sites: Vec<Site>,
    /// Which pods' Live was ever subscribed to.
    live: Vec<bool>,
    away: Vec<Away>,
    speed: f64,
    began: Option<Instant>,
    over: bool,
}

impl Stage {
    fn play(&mut self, heard: &Receiver<io::Result<String>>, out: &mut dyn Write) -> io::Result<()> {
        self.introduce(out)?;
        loop {
            match heard.recv_timeout(self.pause()) {
                Ok(line) => self.hear(&line?, out)?,
                Err(RecvTimeoutError::Timeout) => {}
                // The radio is gone.
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            for line in heard.try_iter() {
                self.hear(&line?, out)?;
            }
            self.advance(out)?;
            out.flush()?;
        }
    }

    fn introduce(&self, out: &mut dyn Write) -> io::Result<()> {
        const BATTERY_SERVICE: Uuid = Uuid::short(0x180F);
        for (number, pod) in self.pods.iter().enumerate() {
            writeln!(out, "pod {number} {} {SERVICE}", pod.name())?;
            for (service, uuid, properties) in [
                (SERVICE, INFO, "read"),
                (SERVICE, CONTROL, "write,indicate"),
                (SERVICE, LIVE, "notify"),
                (SERVICE, BACKFILL, "notify"),
                (SERVICE, TIME, "write_without_response,notify"),
                (SERVICE, STATUS, "read,notify"),
                (BATTERY_SERVICE, BATTERY, "read"),
            ] {
                writeln!(out, "characteristic {number} {service} {uuid} {properties}")?;
            }
        }
        writeln!(out, "ready")?;
        out.flush()
    }

    /// Until the next block is ready.
    fn pause(&self) -> Duration {
        let now_us = self.now_us();
        let next_us = self.pods.iter().filter_map(Peripheral::next_us).min();
        let wait = next_us.filter(|_| self.began.is_some()).map(|next_us| {
            let runner_s = next_us.saturating_sub(now_us) as f64 * 1e-6;
            Duration::from_secs_f64(runner_s / self.speed)
        });
        wait.unwrap_or(LOOK).min(LOOK)
    }

    /// The runner's time, microseconds.
    fn now_us(&self) -> u64 {
        let passed = self.began.map_or(Duration::ZERO, |began| began.elapsed());
        (passed.as_secs_f64() * self.speed * 1e6) as u64
    }

    fn hear(&mut self, line: &str, out: &mut dyn Write) -> io::Result<()> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [verb, number, ref rest @ ..] = *words else {
            return Ok(());
        };
        let Some((number, pod)) = number
            .parse::<usize>()
            .ok()
            .and_then(|number| Some((number, self.pods.get_mut(number)?)))
        else {
            return Ok(());
        };
        let uuid = rest.first().and_then(|text| text.parse::<Uuid>().ok());
        match (verb, uuid, rest.get(1)) {
            ("connected", ..) => pod.connected(),
            ("disconnected", ..) => pod.disconnected(),
            ("subscribed", Some(uuid), Some(wanted)) => {
                pod.subscribe(uuid, *wanted == "yes");
                if uuid == LIVE && *wanted == "yes" {
                    self.listened(number, out)?;
                }
            }
            ("read", Some(uuid), _) => {
                let value = pod
                    .read(uuid)
                    .map(|bytes| hexadecimal(&bytes))
                    .unwrap_or_default();
                writeln!(out, "value {number} {uuid} {value}")?;
            }
            ("write", Some(uuid), bytes) => {
                let bytes = bytes.map_or(Some(Vec::new()), |text| from_hexadecimal(text));
                pod.write(uuid, &bytes.unwrap_or_default());
            }
            _ => {}
        }
        Ok(())
    }

    /// The runner starts when every pod is listened to.
    fn listened(&mut self, number: usize, out: &mut dyn Write) -> io::Result<()> {
        self.live[number] = true;
        if self.began.is_none() && self.live.iter().all(|live| *live) {
            self.began = Some(Instant::now());
            writeln!(out, "begin")?;
        }
        Ok(())
    }

    fn advance(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let now_us = self.now_us();
        for (number, pod) in self.pods.iter_mut().enumerate() {
            if self.began.is_some() {
                pod.advance(now_us);
            }
            while let Some(sent) = pod.next_sent() {
                let verb = if sent.characteristic == CONTROL {
                    "indicate"
                } else {
                    "notify"
                };
                writeln!(
                    out,
                    "{verb} {number} {} {}",
                    sent.characteristic,
                    hexadecimal(&sent.bytes)
                )?;
            }
        }
        for away in self
            .away
            .extract_if(.., |away| self.began.is_some() && away.at_us <= now_us)
        {
            if let Some(number) = self.sites.iter().position(|site| *site == away.site) {
                writeln!(out, "away {number} {}", away.seconds / self.speed)?;
            }
        }
        if !self.over && self.pods.iter().all(Peripheral::is_over) {
            self.over = true;
            writeln!(out, "over")?;
        }
        Ok(())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        use std::fmt::Write as _;
        // Writing into a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_their_digits() {
        assert_eq!(
            from_hexadecimal(&hexadecimal(&[0, 10, 255])),
            Some(vec![0, 10, 255])
        );
        assert_eq!(from_hexadecimal("0g"), None);
        assert_eq!(from_hexadecimal("012"), None);
    }

    #[test]
    fn an_absence_is_a_pod_a_moment_and_a_length() {
        let away: Away = "pelvis:20:5".parse().unwrap();
        assert_eq!((away.site, away.at_us), (Site::Pelvis, 20_000_000));
        for wrong in ["", "pelvis:20", "foot:1:2", "chest:-1:2", "chest:1:x"] {
            assert!(wrong.parse::<Away>().is_err(), "{wrong}");
        }
    }
}
