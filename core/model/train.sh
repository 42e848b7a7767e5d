#!/usr/bin/env bash
# Makes up runners, plays them through the pipeline and trains the network on them: `lean.onnx`, `agreement.json` and
# `numbers.md`.
# Some seven minutes on two cores. The same sources give the same file.
set -euo pipefail
cd "$(dirname "$0")/../.."
runners=${RUNNERS:-1600}
target=${CARGO_TARGET_DIR:-target}
work=$target/lean-model
mkdir -p "$work"

cargo build -p plumbline-core --no-default-features --example lean_windows
half=$((runners / 2))
"$target/debug/examples/lean_windows" 1 $half > "$work/first.csv" &
first=$!
"$target/debug/examples/lean_windows" $((half + 1)) $half > "$work/second.csv"
wait "$first"

if [[ ! -x $work/venv/bin/python ]]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet -r core/model/requirements.txt
fi
OPENBLAS_NUM_THREADS=1 "$work/venv/bin/python" core/model/train.py --train "$work/first.csv" "$work/second.csv"
