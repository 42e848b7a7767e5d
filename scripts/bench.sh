#!/usr/bin/env bash
# Prints one table: what our side needs, what the others need for the same work, the ratio. Without Python or a network
# ours alone. `bench.sh quick` leaves out the network of the lean model, whose runtime takes a quarter of an hour to build.
set -euo pipefail
cd "$(dirname "$0")/.."

work="${CARGO_TARGET_DIR:-target}/bench"
mkdir -p "$work"
work=$(cd "$work" && pwd)
results="$work/results.txt"

echo "building; our side alone takes a minute" >&2
cargo bench --quiet -p plumbline-core --no-default-features --bench decoders | tee "$work/decoders.txt" >&2
cargo bench --quiet -p plumbline-core --no-default-features --bench speed --no-run
PLUMBLINE_SAMPLES="$work/samples.f64" cargo bench --quiet -p plumbline-core --no-default-features --bench speed >"$results"

others() {
    local python="$work/venv/bin/python"
    if ! [ -x "$python" ]; then
        command -v python3 >/dev/null || { echo "no python3: ours alone" >&2; return; }
        python3 -m venv "$work/venv" || { echo "python3 makes no venv: ours alone" >&2; return; }
    fi
    if ! "$python" -m pip install --quiet --disable-pip-version-check -r scripts/requirements-bench.txt; then
        echo "the packages of scripts/requirements-bench.txt cannot be had: ours alone" >&2
        return
    fi
    "$python" scripts/rivals.py "$work/samples.f64" core/model/lean.onnx >>"$results"
}
others
# Machines get slower and faster while they are used by others: both sides a second time, and the best of both counts.
PLUMBLINE_SAMPLES="$work/samples.f64" cargo bench --quiet -p plumbline-core --no-default-features --bench speed >>"$results"
if [ -x "$work/venv/bin/python" ]; then others; fi

if [ "${1:-}" != quick ]; then
    echo "building the network's runtime; the first time takes a quarter of an hour on two cores" >&2
    cargo bench --quiet -p plumbline-core --bench inference -- processor-time >>"$results"
    cargo bench --quiet -p plumbline-core --bench history >"$work/history.txt" || true
fi

awk -f scripts/bench.awk "$results"
