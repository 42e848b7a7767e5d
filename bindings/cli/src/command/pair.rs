//! `plumbline pair`: says which pod is worn where.

use clap::Args;
use plumbline_core::{
    pod::{
        pairing::{PodId, PodState, Wish},
        site::Site,
    },
    ports::HistoryStore,
};

use crate::{
    Common,
    failure::Failure,
    radio::{Listener, paired_table, place, seconds},
    store,
};

const EXAMPLES: &str = "\
A pod is named by its id or its name, or by how either begins; `plumbline scan` shows both. Once paired it connects by itself.

Examples:
  plumbline pair LeanPod-C7C9 chest
  plumbline pair \"Polar H10\" chest
  plumbline pair LeanPod-C7C9 --identify
  plumbline pair --forget chest";

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// The pod
    #[arg(value_name = "POD", required_unless_present = "forget")]
    pod: Option<String>,
    /// Where it is worn
    #[arg(value_name = "PLACE", value_parser = place, required_unless_present_any = ["forget", "identify"])]
    place: Option<Site>,
    /// Let it blink, where it can, and pair nothing
    #[arg(long, conflicts_with = "place")]
    identify: bool,
    /// Forget the pod of this place
    #[arg(long, value_name = "PLACE", value_parser = place, conflicts_with_all = ["pod", "identify"])]
    forget: Option<Site>,
    /// How long to look for it and to wait for its stream
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    seconds: f64,
}

/// Runs the command.
pub(crate) fn run(common: &Common, arguments: &Arguments) -> Result<(), Failure> {
    // A pod that lies in a drawer is forgotten without a radio.
    if let Some(site) = arguments.forget {
        let done = store::open(common)?.forget_pod(site);
        return done.map_err(|error| Failure::failed("failed to forget the pod", &error));
    }
    let Some(name) = &arguments.pod else {
        return Err(Failure::WrongUse("name a pod".to_owned()));
    };
    let mut listener = Listener::open(common, store::open(common)?, Some(arguments.seconds))?;
    let done = pair(&mut listener, common, arguments, name);
    listener.close();
    done
}

fn pair(listener: &mut Listener, common: &Common, arguments: &Arguments, name: &str) -> Result<(), Failure> {
    listener.wish(&Wish::Look)?;
    let pod = loop {
        if let Some(pod) = named(listener, name)? {
            break pod;
        }
        if !listener.step() {
            return Err(Failure::Failed(common.language.titles().nothing_found.to_owned()));
        }
    };
    match arguments.place {
        Some(site) if !arguments.identify => listener.wish(&Wish::Pair {
            pod: pod.clone(),
            site,
        })?,
        _ => listener.wish(&Wish::Identify { pod: pod.clone() })?,
    }
    listener.wish(&Wish::LookNoMore)?;
    loop {
        let view = listener.view();
        listener.show(&paired_table(&view, common.language))?;
        let paired = view.paired.into_iter().find(|paired| paired.id == pod.0);
        let (state, sentence) = paired.map(|pod| (pod.state, pod.sentence)).unzip();
        match state {
            Some(PodState::Streaming) => return Ok(()),
            Some(PodState::Refused(_)) => return Err(Failure::Failed(sentence.unwrap_or_default())),
            _ => {}
        }
        if !listener.step() {
            // A pod that only showed itself has done what it was asked.
            return if arguments.identify {
                Ok(())
            } else {
                Err(Failure::Failed(sentence.unwrap_or_default()))
            };
        }
    }
}

/// The one pod nearby, or paired, whose id or name begins so.
fn named(listener: &Listener, name: &str) -> Result<Option<PodId>, Failure> {
    let view = listener.view();
    let found = view.found.iter().map(|pod| (&pod.id, &pod.name));
    let paired = view.paired.iter().map(|pod| (&pod.id, &pod.name));
    let mut ids: Vec<&String> = found
        .chain(paired)
        .filter(|(id, own)| id.starts_with(name) || own.starts_with(name))
        .map(|(id, _)| id)
        .collect();
    ids.sort();
    ids.dedup();
    match ids.as_slice() {
        [] => Ok(None),
        [id] => Ok(Some(PodId((*id).clone()))),
        _ => Err(Failure::Failed(format!(
            "more than one pod begins with `{name}`: name it by its id, or let one blink with --identify"
        ))),
    }
}
