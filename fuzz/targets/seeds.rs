//! Writes the published frames of `tests/fixtures/pods` to `corpus/TARGET/`, one file each, as a target takes them.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let vectors = fs::read_to_string(root.join("../tests/fixtures/pods/pods_vectors.json"))?;
    for line in vectors.lines() {
        let field = |name: &str| {
            let (_, rest) = line.split_once(&format!("\"{name}\": \""))?;
            rest.split_once('"').map(|(value, _)| value)
        };
        let (Some(id), Some(protocol), Some(hex)) = (field("id"), field("protocol"), field("hex")) else {
            continue;
        };
        let digit = |at: usize| {
            hex.get(at..at + 2)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        };
        let mut bytes: Vec<u8> = (0..hex.len()).step_by(2).filter_map(digit).collect();
        let (target, kinds) = match protocol {
            "polar-pmd" | "polar-pmd-delta" => ("polar", 3),
            "movesense-gsp" => ("movesense", 1),
            "movella-dot" => ("movella_dot", 1),
            "witmotion-ble5" => ("witmotion", 1),
            _ => ("values", 1),
        };
        if protocol == "movesense-gsp" {
            bytes.splice(0..0, [2, 0x11]);
        }
        for kind in 0..kinds {
            let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
            // The choice of the pod, then twice: how long after the one before, how long, and the bytes.
            let once = [&[20, length], bytes.as_slice()].concat();
            write(
                root,
                target,
                &format!("{id}-{kind}"),
                &[&[kind], once.as_slice(), &once].concat(),
            )?;
        }
        write(root, "values", id, &bytes)?;
        for kind in 0..10 {
            let said = [&[kind, 3, bytes.len().min(255) as u8], bytes.as_slice()].concat();
            write(root, "talks", &format!("{id}-{kind}"), &said)?;
        }
    }
    for samples in [1, 13] {
        let block = plumbline_fuzz::lean_pod_block(samples);
        let once = [&[20, block.len() as u8], block.as_slice()].concat();
        write(
            root,
            "lean_pod",
            &samples.to_string(),
            &[&[0], once.as_slice()].concat(),
        )?;
    }
    Ok(())
}

fn write(root: &Path, target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = root.join("corpus").join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), bytes)
}
