//! `plumbline record`: a run from the paired pods, kept as CSV, as frames and in the history.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use plumbline_core::{
    io::host::Awaited,
    pod::{link::LinkEvent, recording::write_csv, sample::ImuSample, site::Site},
    session::{
        input::{CheckIn, Command, Input},
        log::LogEntry,
        stream::PodStream,
    },
    units::Timestamp,
};

use crate::{
    Common,
    failure::Failure,
    language::Language,
    live::refused,
    radio::{Listener, paired_table, seconds},
    script, store,
    terminal::say,
};

const EXAMPLES: &str = "\
Waits for the paired pods, records until Ctrl-C, and writes beside each other
  NAME-chest.csv, NAME-pelvis.csv   for `plumbline analyze`
  NAME.frames                       the run's log, for `plumbline run --frames`
The run is in the history too, second by second, so that a crash costs no more than a second.
After the end, what a pod stored of a hole is fetched; Ctrl-C once more gives it up.

Examples:
  plumbline record evening
  plumbline record evening --seconds 600
  plumbline analyze --chest evening-chest.csv --pelvis evening-pelvis.csv";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// What the files' names begin with
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// How long to record, from the first pod's stream on [default: until Ctrl-C]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    seconds: Option<f64>,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    let mut listener = Listener::open(common, store::open(common)?, None)?;
    let log = record(&mut listener, common, arguments);
    listener.close();
    write(&arguments.name, &log?)
}

fn record(listener: &mut Listener, common: &Common, arguments: &Arguments) -> Result<Vec<LogEntry>, Failure> {
    let titles = common.language.titles();
    if listener.view().paired.is_empty() {
        return Err(Failure::Failed(titles.nothing_paired.to_owned()));
    }
    // The first pod begins it; another may join late.
    while listener.view().paired.iter().all(|pod| pod.stream.is_none()) {
        listener.show(&paired_table(&listener.view(), common.language))?;
        if !listener.step() {
            return Err(Failure::Failed("no pod streamed".to_owned()));
        }
    }
    let began = listener.now();
    command(listener, common, Input::CheckIn(CheckIn::default()))?;
    command(listener, common, Input::Command(Command::StartRun))?;
    let over = |now: Timestamp| {
        arguments
            .seconds
            .is_some_and(|seconds| now.seconds_since(began) >= seconds)
    };
    while listener.step() && !over(listener.now()) {
        let mut table = paired_table(&listener.view(), common.language);
        table.insert(0, titles.recording.to_owned());
        listener.show(&table)?;
    }
    command(listener, common, Input::Command(Command::Finish))?;
    fetch(listener, common)?;
    let id = listener.host.last_finished();
    let id = id.ok_or_else(|| Failure::Failed("the history did not take the run".to_owned()))?;
    let log = listener.host.history().log(&id);
    log.map_err(|error| Failure::failed("failed to read the run", &error))
}

/// Waits for what the pods stored, until it came or the next Ctrl-C, which says what is left there.
fn fetch(listener: &mut Listener, common: &Common) -> Result<(), Failure> {
    let titles = common.language.titles();
    // The Ctrl-C that ended the run is over.
    listener.go_on();
    while listener.host.waits_for_stored() {
        let awaited: Vec<Awaited> = listener.host.awaited().collect();
        if !listener.step() {
            let left = |pod: &Awaited| format!("{}: {}", titles.site(pod.site), titles.left_on_pod);
            awaited.iter().map(left).try_for_each(|line| say(&line))?;
            break;
        }
        if !awaited.is_empty() {
            let mut table = vec![titles.fetching.to_owned()];
            table.extend(awaited.iter().map(|pod| progress(pod, common.language)));
            listener.show(&table)?;
        }
    }
    // What came makes the report anew.
    let now = listener.now();
    listener.host.flush(now);
    Ok(())
}

fn progress(pod: &Awaited, language: Language) -> String {
    let titles = language.titles();
    let share = pod
        .share
        .map(|share| format!("{} %", language.number(100.0 * share, 0)));
    let how = match share {
        Some(share) => share,
        None if pod.linked => "...".to_owned(),
        None => titles.fetching_away.to_owned(),
    };
    format!("{:<8} {how}", titles.site(pod.site))
}

fn command(listener: &mut Listener, common: &Common, input: Input) -> Result<(), Failure> {
    let now = listener.now();
    let answer = listener.host.handle(now, input);
    answer.map_err(|refusal| refused(&refusal, common.language))
}

fn write(name: &Path, log: &[LogEntry]) -> Result<(), Failure> {
    let frames = beside(name, ".frames");
    to_file(&frames, |file| {
        for entry in log {
            if let LogEntry::Input { at, input } = entry {
                writeln!(file, "{}", script::line(*at, input))?;
            }
        }
        Ok(())
    })?;
    for site in Site::ALL {
        let samples = samples(log, site);
        if !samples.is_empty() {
            to_file(&beside(name, &format!("-{}.csv", site.name())), |file| {
                write_csv(file, &samples)
            })?;
        }
    }
    Ok(())
}

fn beside(name: &Path, ending: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

fn to_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let written = File::create(path).map(BufWriter::new).and_then(|mut file| {
        write(&mut file)?;
        file.flush()
    });
    written.map_err(|error| Failure::failed(&format!("failed to write {}", path.display()), &error))?;
    say(&path.display().to_string())
}

/// The samples of one pod on the run's axis, as the coach had them.
fn samples(log: &[LogEntry], of: Site) -> Vec<ImuSample> {
    let inputs = log.iter().filter_map(|entry| match entry {
        LogEntry::Input { at, input } => Some((*at, input)),
        LogEntry::Context(_) => None,
    });
    let mut samples = Vec::new();
    let mut stream = PodStream::default();
    let mut began = None;
    for (at, input) in inputs {
        let began = *began.get_or_insert(at);
        match input {
            Input::Link(LinkEvent::Connected { site, setup }) if *site == of => stream.connected(setup),
            Input::Link(LinkEvent::Notification {
                site,
                characteristic,
                bytes,
            }) if *site == of => {
                stream.take(at, began, *characteristic, bytes, |sample| samples.push(sample));
            }
            _ => {}
        }
    }
    samples
}
