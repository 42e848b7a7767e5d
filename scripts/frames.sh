#!/usr/bin/env bash
# Writes the scripts both contracts play: pod notifications of a simulated runner, and the runner's taps.
# Usage: scripts/frames.sh        -> fixtures/<scenario>.frames in cargo's target folder
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p "${CARGO_TARGET_DIR:-target}/fixtures"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd -P)

cargo build --quiet --workspace --lib --bins --tests # as bindings.sh does
for scenario in first-session run-good; do
  frames=$target/fixtures/$scenario.frames
  "$target/debug/plumbline" simulate --scenario "$scenario" --output "$frames"
  echo "frames: $frames, $(wc -l <"$frames") lines"
done
