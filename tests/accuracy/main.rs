//! How far the core is from the truth, over every set of recordings beside this checkout.
//!
//! Fits nothing. Invariant: the same recordings give the same document, byte for byte.
#![allow(clippy::disallowed_methods, reason = "reads recordings and writes a document")]
#![allow(
    clippy::expect_used,
    reason = "a document that cannot be made ends the program"
)]

mod case;
mod judged;
mod rivals;
mod score;
mod table;
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
    let sections: [(&str, fn() -> String); 1] = [("virtual", virtual_pods::section)];
    for (name, section) in sections {
        if options.only.is_empty() || options.only.iter().any(|only| name.starts_with(only.as_str())) {
            println!("{}", section());
        }
    }
}
