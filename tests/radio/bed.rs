//! A D-Bus and a BlueZ of its own for each test, so that many run side by side.
//!
//! A test's body runs in a process of its own, because libdbus asks once a process where the bus is.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread::sleep,
    time::Duration,
};

use serde_json::{Value, json};

/// Where the fake BlueZ listens; set in the process of a test's body.
const SOCKET: &str = "PLUMBLINE_FAKE_BLUEZ";
const NOT_POSSIBLE: i32 = 77;

/// Tests with a fake BlueZ each: `fn what_it_shows(bluez) { .. }`.
macro_rules! with_bluez {
    ($(fn $name:ident($bluez:ident) $body:block)+) => {
        $(#[test]
        fn $name() {
            let test = concat!(module_path!(), "::", stringify!($name));
            on_a_bus(test, |mut $bluez| $body);
        })+
    };
}
pub(crate) use with_bluez;

/// Runs `body` against a fake BlueZ; `test` is the test's path, by which it is run again.
pub(crate) fn on_a_bus(test: &str, body: impl FnOnce(Fake)) {
    if let Some(socket) = env::var_os(SOCKET) {
        return body(Fake::connect(Path::new(&socket)));
    }
    let Some((python, daemon)) = tools() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("bluez.sock");
    let (_daemon, address) = start(
        Command::new(daemon)
            .arg(format!("--config-file={}", fake("bus.conf").display()))
            .args(["--nofork", "--print-address"]),
    );
    let (_bluez, _) = start(
        Command::new(python)
            .arg(fake("fake_bluez.py"))
            .arg(&socket)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &address),
    );
    let name = test.split_once("::").map_or(test, |(_, name)| name);
    let output = Command::new(env::current_exe().expect("this program"))
        .args([name, "--exact", "--nocapture"])
        .env("DBUS_SYSTEM_BUS_ADDRESS", &address)
        .env(SOCKET, &socket)
        .output()
        .expect("this program again");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (said(&output.stdout), said(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    assert!(out.contains("1 passed"), "no test is called {name}: {out}");
    print!("{out}");
}

/// The Python and the D-Bus daemon, fetched where they are missing.
fn tools() -> Option<(PathBuf, PathBuf)> {
    static TOOLS: OnceLock<Option<(PathBuf, PathBuf)>> = OnceLock::new();
    let found = TOOLS.get_or_init(|| {
        let script = checkout().join("scripts/fake-bluez.sh");
        let output = Command::new(script).output().expect("the script");
        if output.status.code() == Some(NOT_POSSIBLE) {
            println!("{}", String::from_utf8_lossy(&output.stderr));
            return None;
        }
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout).expect("paths");
        let mut lines = text.lines().map(PathBuf::from);
        lines.next().zip(lines.next())
    });
    found.clone()
}

/// The folder of the project, from whichever package's tests.
fn checkout() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = package
        .ancestors()
        .find(|folder| folder.join("scripts/fake-bluez.sh").exists());
    found.expect("the project's folder")
}

fn fake(file: &str) -> PathBuf {
    checkout().join("tests/fake_bluez").join(file)
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a program and gives the first line it says.
fn start(command: &mut Command) -> (Running, String) {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        // The daemon complains of a limit that does no harm.
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let stdout = child.stdout.take().expect("its output");
    let running = Running(child);
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    assert!(!line.trim().is_empty(), "the program ended: {command:?}");
    (running, line.trim().to_owned())
}

/// The fake BlueZ of this test.
pub(crate) struct Fake {
    stream: BufReader<UnixStream>,
}

#[allow(dead_code, reason = "not every package's tests use all of the bed")]
impl Fake {
    fn connect(socket: &Path) -> Self {
        for _ in 0..200 {
            if let Ok(stream) = UnixStream::connect(socket) {
                let stream = BufReader::new(stream);
                return Self { stream };
            }
            sleep(Duration::from_millis(25));
        }
        panic!("the fake BlueZ does not listen");
    }

    pub(crate) fn ask(&mut self, wish: &Value) -> Value {
        writeln!(self.stream.get_mut(), "{wish}").expect("the fake BlueZ listens");
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("the fake BlueZ answers");
        let answer: Value = serde_json::from_str(&line).expect("its answer is JSON");
        assert_eq!(answer.get("mistake"), None, "{wish}");
        answer
    }

    /// Sets what a pod does, as `fake_bluez.py` lists it.
    pub(crate) fn set(&mut self, address: &str, mut what: Value) {
        what["do"] = json!("set");
        what["address"] = json!(address);
        self.ask(&what);
    }

    /// A Lean Pod with Live and a battery of 87 %.
    pub(crate) fn lean_pod(&mut self, address: &str) {
        let name = format!("LeanPod-{}", address[12..].replace(':', ""));
        self.ask(&json!({
            "do": "pod", "address": address, "name": name, "advertised": [SERVICE],
            "services": [
                {"uuid": SERVICE, "characteristics": [{"uuid": LIVE, "flags": ["notify"]}]},
                {"uuid": BATTERY_SERVICE, "characteristics": [
                    {"uuid": BATTERY_LEVEL, "flags": ["read", "notify"], "value": "57"}]},
            ],
        }));
    }

    /// Queues notifications of a pod's Live characteristic.
    pub(crate) fn send(&mut self, address: &str, blocks: &[Vec<u8>], every_ms: u32) {
        self.send_to(address, LIVE, blocks, every_ms);
    }

    /// Queues notifications of one of a pod's characteristics.
    pub(crate) fn send_to(&mut self, address: &str, uuid: &str, values: &[Vec<u8>], every_ms: u32) {
        let hex: Vec<String> = values.iter().map(|value| hex(value)).collect();
        self.ask(&json!({"do": "send", "address": address, "uuid": uuid, "hex": hex, "every_ms": every_ms}));
    }

    /// How many notifications wait to be sent.
    pub(crate) fn waiting(&mut self, address: &str) -> u64 {
        let seen = self.ask(&json!({"do": "seen", "address": address}));
        let waiting = seen["waiting"].as_object().expect("numbers");
        waiting.values().filter_map(Value::as_u64).sum()
    }

    /// What was asked of the pod so far.
    pub(crate) fn calls(&mut self, address: &str) -> Vec<String> {
        let seen = self.ask(&json!({"do": "seen", "address": address}));
        let calls = seen["calls"].as_array().expect("a list").iter();
        calls
            .map(|call| call.as_str().expect("a call").to_owned())
            .collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits.map(|digit| DIGITS[usize::from(digit)]).collect()
}

const SERVICE: &str = "43590100-5f8b-463e-8d5c-dc22cafd3ef7";
pub(crate) const LIVE: &str = "43590103-5f8b-463e-8d5c-dc22cafd3ef7";
const BATTERY_SERVICE: &str = "0000180f-0000-1000-8000-00805f9b34fb";
const BATTERY_LEVEL: &str = "00002a19-0000-1000-8000-00805f9b34fb";
