#!/usr/bin/env bash
# Writes the script both contracts play: pod notifications of a simulated first session, and the runner's taps.
# Usage: scripts/frames.sh        -> fixtures/first-session.frames in cargo's target folder
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p "${CARGO_TARGET_DIR:-target}/fixtures"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd -P)
frames=$target/fixtures/first-session.frames

cargo build --quiet --workspace --lib --bins --tests # as bindings.sh does
"$target/debug/plumbline" simulate --scenario first-session --output "$frames"
echo "frames: $frames"
