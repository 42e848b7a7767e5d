//! The published frames of `tests/fixtures/pods` as bytes to begin from, one file each, as a target takes them.
//!
//! Fuzzes nothing. Invariant: a seed never replaces what a fuzzer found.

use std::{fs, io, path::Path};

use plumbline_core::pod::protocol::lean_pod::{self, LeanPodBlock, Scale};

/// Writes the seeds of a target to `corpus/TARGET/`.
///
/// # Panics
/// When the fixture cannot be read or the folder not be written: nothing worth fuzzing would follow.
pub fn write(target: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let vectors = fs::read_to_string(root.join("../tests/fixtures/pods/pods_vectors.json"));
    let vectors = vectors.expect("the published frames lie beside the tests");
    let folder = root.join("corpus").join(target);
    let seeds = vectors
        .lines()
        .filter_map(vector)
        .flat_map(|vector| vector.seeds(target));
    write_all(&folder, seeds.chain(blocks(target))).expect("the corpus can be written");
}

struct Vector<'a> {
    id: &'a str,
    target: &'static str,
    bytes: Vec<u8>,
}

fn vector(line: &str) -> Option<Vector<'_>> {
    let field = |name: &str| {
        let (_, rest) = line.split_once(&format!("\"{name}\": \""))?;
        rest.split_once('"').map(|(value, _)| value)
    };
    let hex = field("hex")?;
    let digits = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let mut bytes: Vec<u8> = (0..hex.len()).step_by(2).filter_map(digits).collect();
    let target = match field("protocol")? {
        "polar-pmd" | "polar-pmd-delta" => "polar",
        "movesense-gsp" => {
            bytes.splice(0..0, [2, 0x11]);
            "movesense"
        }
        "movella-dot" => "movella_dot",
        "witmotion-ble5" => "witmotion",
        _ => "values",
    };
    Some(Vector {
        id: field("id")?,
        target,
        bytes,
    })
}

impl Vector<'_> {
    fn seeds(&self, target: &str) -> Vec<(String, Vec<u8>)> {
        let length = u8::try_from(self.bytes.len()).unwrap_or(u8::MAX);
        let seed = |kind: u8, head: u8| {
            let once = [&[head, length], self.bytes.as_slice()].concat();
            (
                format!("{}-{kind}", self.id),
                [&[kind], once.as_slice(), &once].concat(),
            )
        };
        match target {
            "values" => vec![(self.id.to_owned(), self.bytes.clone())],
            "talks" => (0..10).map(|kind| seed(kind, 3)).collect(),
            target if target == self.target => {
                [0, 1, 2, 0x80, 0x81, 0x82].map(|kind| seed(kind, 20)).to_vec()
            }
            _ => Vec::new(),
        }
    }
}

/// Sound blocks of a Lean Pod, of which nobody publishes any.
fn blocks(target: &str) -> Vec<(String, Vec<u8>)> {
    if target != "lean_pod" {
        return Vec::new();
    }
    let block = |samples: usize| {
        let block = lean_pod::encode(&LeanPodBlock {
            boot: 1,
            sequence: 2,
            first_sample_us: 3_000_000,
            interval_us: 9615,
            flags: 0,
            scale: Scale::G16_DPS2000,
            temperature_c: 20,
            samples: vec![[1, 2, 2048, 4, 5, 6]; samples],
        });
        let length = u8::try_from(block.len()).unwrap_or(u8::MAX);
        (samples.to_string(), [&[0, 20, length], block.as_slice()].concat())
    };
    vec![block(1), block(13)]
}

fn write_all(folder: &Path, seeds: impl Iterator<Item = (String, Vec<u8>)>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, bytes) in seeds {
        fs::write(folder.join(format!("seed-{name}")), bytes)?;
    }
    Ok(())
}
