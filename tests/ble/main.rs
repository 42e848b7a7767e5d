//! What runs inside the guest of `make ble`: a runner's phone, with the real coach on the kernel's own Bluetooth.
//!
//! The pods are on the other side of a serial port, and of bluetoothd. It knows their truth, because the made-up runner
//! is the same for equal seeds, and compares block for block. Exit: 0 all as it should be, 1 not.
#![allow(
    clippy::disallowed_methods,
    reason = "the guest is a program of its own with files, a clock and threads"
)]

mod bridge;
mod judge;
mod phone;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match *arguments {
        ["bridge", port] => bridge::run(port).map_err(|error| error.to_string()),
        ["session", seed, rate_hz, speed] => match (seed.parse(), rate_hz.parse(), speed.parse()) {
            (Ok(seed), Ok(rate_hz), Ok(speed)) => session(seed, rate_hz, speed),
            _ => Err("the seed, the rate and the speed are numbers".to_owned()),
        },
        _ => Err("usage: ble bridge PORT | ble session SEED RATE_HZ SPEED".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("[phone] FAILED: {why}");
            ExitCode::FAILURE
        }
    }
}

fn session(seed: u64, rate_hz: f64, speed: f64) -> Result<(), String> {
    let plan = phone::Plan::new(seed, rate_hz);
    let kept = phone::Phone::open(speed)?.follow(&plan)?;
    judge::judge(&plan, &kept)
}
