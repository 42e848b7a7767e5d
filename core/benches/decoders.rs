//! How many samples a second each decoder takes from bytes to frames, on one core; prints one `name value` a line, in
//! millions, and fails below 20.
//!
//! Best of several runs. Times nothing but decoding: no clock of the pod, no orientation.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints"
)]

#[path = "decoders/streams.rs"]
mod streams;

use std::{hint::black_box, process::ExitCode, time::Instant};

use streams::{Stream, streams};

/// Notifications of each stream, few enough to stay in the cache: what is measured is the decoder.
const NOTIFICATIONS: u32 = 200;
/// Best of so many runs, of so many rounds each.
const RUNS: u32 = 20;
const ROUNDS: u32 = 20;
/// Below this the bench fails, millions of samples a second.
const FLOOR: f64 = 20.0;

/// Millions of samples a second.
fn speed(stream: &mut Stream) -> f64 {
    let mut best = 0.0_f64;
    for _ in 0..RUNS {
        let (begin, mut samples) = (Instant::now(), 0);
        for _ in 0..ROUNDS {
            for (characteristic, bytes) in &stream.notifications {
                let outcome = stream.decoder.decode(*characteristic, bytes, &mut |frame| {
                    samples += frame.samples.len();
                    black_box(frame);
                });
                let _ = black_box(outcome);
            }
        }
        best = best.max(samples as f64 / begin.elapsed().as_secs_f64() * 1e-6);
    }
    best
}

fn main() -> ExitCode {
    let mut slow = false;
    for mut stream in streams(NOTIFICATIONS) {
        let speed = speed(&mut stream);
        slow |= speed < FLOOR;
        println!("decoder_{}_million_samples_a_second {speed:.1}", stream.name);
    }
    ExitCode::from(u8::from(slow))
}
