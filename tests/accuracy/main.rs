//! How far the core is from the truth, over every set of recordings beside this checkout.
//!
//! Fits nothing. Invariant: the same recordings give the same document, byte for byte.
#![allow(clippy::disallowed_methods, reason = "reads recordings and writes a document")]
#![allow(
    clippy::expect_used,
    reason = "a document that cannot be made ends the program"
)]

mod bad_input;
mod case;
mod character;
mod classes;
mod judged;
mod plot;
mod pods_compared;
mod real_recordings;
mod rival_steps;
mod rivals;
mod score;
mod table;
mod treadmill;
mod two_models;
mod virtual_pods;

use clap::Parser;

/// Measures the core against every recording beside the checkout.
#[derive(Parser)]
struct Options {
    /// Only sections whose name begins so; then nothing is written.
    #[arg(long)]
    only: Vec<String>,
}

fn main() {
    let options = Options::parse();
    let sections: [(&str, fn() -> String); 8] = [
        ("virtual", virtual_pods::section),
        ("treadmill", treadmill::section),
        ("upright", virtual_pods::upright_section),
        ("waist", real_recordings::waist),
        ("sacrum", real_recordings::treadmill_steps),
        ("classes", classes::section),
        ("bad", bad_input::section),
        ("pods", pods_compared::section),
    ];
    for (name, section) in sections {
        if options.only.is_empty() || options.only.iter().any(|only| name.starts_with(only.as_str())) {
            println!("{}", section());
        }
    }
}
