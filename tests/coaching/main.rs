//! How well the coach finds a known fault in made-up learners, and what twelve weeks with it come to.
//!
//! Tests nothing on people. Invariant: the same seeds give the same document, byte for byte.
#![allow(clippy::disallowed_methods, reason = "uses threads and writes a document")]

mod course;
mod document;
mod faults;
mod learner;
mod run;
mod telling;
#[cfg(test)]
mod tests;

use std::{fs, io, path::Path, process::ExitCode, thread};

use clap::Parser;
use plumbline_core::cause::Cause;

use course::{Coach, LOOKED_AT, Outcome, live};
use learner::Learner;

/// Learners of each set: four of each fault, and four with none.
const LEARNERS: u64 = 64;
/// Weights were chosen by looking at the learners of the first set; those of the second judge.
const SETS: [(&str, u64); 2] = [("chosen on", 1_000), ("judged on", 7_000)];

/// Lets made-up learners live twelve weeks with the coach, and writes docs/coaching.md.
#[derive(Parser)]
struct Options {
    /// Only until the third run, only the learners the weights are chosen on, each with what was told first; writes
    /// nothing.
    #[arg(long)]
    causes: bool,
}

/// One learner and what became of them under each coach.
struct Life {
    truth: Cause,
    ours: Outcome,
    random: Outcome,
    in_order: Outcome,
}

/// The learners of a set: each fault in turn, and none.
fn learners(first_seed: u64) -> impl Iterator<Item = (Cause, u64)> {
    Cause::ALL
        .into_iter()
        .cycle()
        .zip(first_seed..first_seed + LEARNERS)
}

/// Lives all of them, on every processor.
fn lives(first_seed: u64, sessions: Option<usize>) -> Vec<Life> {
    let all: Vec<(Cause, u64)> = learners(first_seed).collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let live_one = |&(truth, seed): &(Cause, u64)| {
        let lived = |coach| live(Learner::new(truth, seed), coach, sessions);
        let rivals = sessions.is_none();
        let rival = |coach| if rivals { lived(coach) } else { Outcome::default() };
        Life {
            truth,
            ours: lived(Coach::Ours),
            random: rival(Coach::Random),
            in_order: rival(Coach::InOrder),
        }
    };
    thread::scope(|scope| {
        let share = all.len().div_ceil(workers);
        let parts: Vec<_> = all
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(live_one).collect::<Vec<Life>>()))
            .collect();
        let done = parts.into_iter().map(thread::ScopedJoinHandle::join);
        done.flat_map(Result::unwrap_or_default).collect()
    })
}

fn main() -> ExitCode {
    if Options::parse().causes {
        for life in lives(SETS[0].1, Some(LOOKED_AT)) {
            let first: Vec<&str> = life
                .ours
                .ranked
                .iter()
                .take(3)
                .map(|cause| cause.name())
                .collect();
            println!("{:24} {}", life.truth.name(), first.join(", "));
        }
        return ExitCode::SUCCESS;
    }
    match write_all() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("docs/coaching.md could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write_all() -> io::Result<()> {
    let sets = SETS.map(|(name, seed)| (name, lives(seed, None)));
    let document = document::document(&sets);
    println!("{document}");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    fs::write(docs.join("coaching.md"), document)
}
