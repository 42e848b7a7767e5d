#!/usr/bin/env bash
# Fuzzes every decoder for some seconds each with libFuzzer, guided by coverage, and prints how often each was run.
# `scripts/fuzz.sh [SECONDS] [TARGET...]`. Uses the stable compiler: the flags below are what cargo-fuzz passes, without
# the sanitizer that needs a nightly one. A finding ends it, and its bytes lie in fuzz/artifacts/.
set -euo pipefail
cd "$(dirname "$0")/../fuzz"

command -v c++ >/dev/null || { echo "no C++ compiler for libFuzzer: skipped"; exit 77; }

seconds=${1:-5}
shift || true
targets=("$@")
[[ ${#targets[@]} -gt 0 ]] || targets=(lean_pod polar movesense movella_dot witmotion values talks)

export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
# A triple apart, else build scripts and macros get the flags too.
host=$(rustc -vV | sed -n 's/^host: //p')
cargo build --quiet --release --target "$host"
bin="${CARGO_TARGET_DIR:-target}/$host/release"

for target in "${targets[@]}"; do
    mkdir -p "corpus/$target" "artifacts/$target"
    log=$("$bin/$target" "corpus/$target" -max_total_time="$seconds" -max_len=2048 -rss_limit_mb=1024 -timeout=5 \
        -artifact_prefix="artifacts/$target/" -print_final_stats=1 2>&1) || {
        tail -n 40 <<<"$log"
        exit 1
    }
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' <<<"$log")
    printf '%-12s %12s executions in %s s, no finding\n' "$target" "$runs" "$seconds"
done
