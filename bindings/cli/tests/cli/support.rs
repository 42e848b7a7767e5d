//! Starts the program in a folder of its own, and makes recordings to give it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use plumbline_core::{
    pod::{recording::write_csv, sample::ImuSample, site::Site},
    sim::{Act, Scenario, Simulation, simulate},
};
use serde_json::Value;
use tempfile::TempDir;

/// A folder that is also the program's home, so that nobody's history is touched.
pub(crate) struct Home(TempDir);

/// What the program did.
pub(crate) struct Done {
    /// Exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Whether nothing was left in it.
    pub(crate) fn is_empty(&self) -> bool {
        fs::read_dir(self.0.path())
            .expect("the folder is readable")
            .next()
            .is_none()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("the file is written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file is there")
    }

    /// The program, ready to start.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let folder: &Path = self.0.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_plumbline"));
        command
            .args(arguments)
            .current_dir(folder)
            .env("HOME", folder)
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("TMPDIR", folder)
            .env_remove("NO_COLOR");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        Done::from(self.command(arguments).output().expect("the program starts"))
    }

    /// Runs the program where it has to end well, and gives what it printed.
    pub(crate) fn good(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(done.code, Some(0), "{arguments:?}: {}", done.stderr);
        assert!(
            !done.stderr.contains("panicked"),
            "{arguments:?}: {}",
            done.stderr
        );
        done.stdout
    }

    /// Runs the program where it has to answer with JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.good(arguments)).expect("the answer is JSON")
    }

    /// Runs the program where it has to fail, and gives its one line.
    pub(crate) fn failure(&self, arguments: &[&str]) -> String {
        self.run(arguments).one_line(1)
    }
}

impl Done {
    /// The one line on standard error that a failure is told in.
    pub(crate) fn one_line(&self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        assert_eq!(self.stderr.lines().count(), 1, "{}", self.stderr);
        let line = self.stderr.trim_end().strip_prefix("plumbline: ");
        line.expect("the line says who speaks").to_string()
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("output is text"),
            stderr: String::from_utf8(output.stderr).expect("output is text"),
        }
    }
}

/// A stand and an easy run in the middle of the band 6 to 12 degrees.
pub(crate) fn short_run(stand_s: f64, run_s: f64) -> Vec<Act> {
    vec![
        Act::Stand { seconds: stand_s },
        Act::Run {
            seconds: run_s,
            speed_mps: 3.0,
            cadence_spm: 170.0,
            lean_deg: [9.0; 2],
            bend_deg: [4.0; 2],
            timing: 0.06,
            ground_contact_ms: 250.0,
        },
        Act::Stand { seconds: 4.0 },
    ]
}

/// What both pods take down while the synthetic runner does this.
pub(crate) fn simulation(acts: Vec<Act>, rate_hz: f64) -> Simulation {
    simulate(&Scenario {
        rate_hz,
        ..Scenario::new(5, acts)
    })
}

pub(crate) fn samples(simulation: &Simulation, site: Site) -> &[ImuSample] {
    &simulation.pod(site).expect("both pods are worn").samples
}

/// The recording of some samples.
pub(crate) fn csv(samples: &[ImuSample]) -> String {
    let mut bytes = Vec::new();
    write_csv(&mut bytes, samples).expect("memory takes everything");
    String::from_utf8(bytes).expect("a recording is text")
}
