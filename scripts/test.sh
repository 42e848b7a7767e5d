#!/usr/bin/env bash
# Runs every part of the suite, goes on after a failure, and counts at the end.
# A part that ends with status 77 could not run here: it counts as skipped, and with CI=true as a failure.
# Usage: scripts/test.sh          Needs Rust and a C compiler; the contracts need a JDK with Maven, and Swift or root.
set -uo pipefail
cd "$(dirname "$0")/.."

readonly SKIPPED=77
passed=0 failed=0 skipped=0 summary=()

# part NAME EXPLANATION COMMAND...: runs one part and notes how it went.
part() {
    local name=$1 began=$SECONDS status=0 verdict
    printf '\n==> %s: %s\n' "$name" "$2"
    shift 2
    printf '    %s\n' "$*"
    "$@" || status=$?
    case $status in
        0) verdict=passed passed=$((passed + 1)) ;;
        "$SKIPPED") verdict=skipped skipped=$((skipped + 1)) ;;
        *) verdict="FAILED (status $status)" failed=$((failed + 1)) ;;
    esac
    summary+=("$(printf '%-12s %-20s %5d s' "$name" "$verdict" $((SECONDS - began)))")
}

part format "the sources are formatted" \
    cargo fmt --all --check
part pure "the core without adapters; compiles its few dependencies" \
    cargo test -p plumbline-core --no-default-features
# All packages and all targets in one set of features: the network's runtime takes minutes and is compiled once.
# With -p cargo would choose other features of shared dependencies, and compile it again.
part build "every package; the first time takes some minutes, mostly for the network's runtime" \
    cargo build --workspace --lib --bins --tests
part lints "clippy, where a warning fails" \
    cargo clippy --workspace --all-targets -- -D warnings
# The tests ask for it themselves; here it is seen when they must skip.
part bluez "a D-Bus of its own and a BlueZ without a radio, for the radio's tests" \
    scripts/fake-bluez.sh
# The tests on other people's recordings say so when those are absent: counted, because cargo counts them as passed.
rust() {
    cargo test --workspace 2>&1 | tee "$log"
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
part rust "unit tests of all packages, the flows, the command line" rust
part fuzz "any bytes at every decoder, two seconds each; needs a C++ compiler" \
    scripts/fuzz.sh 2
part bindings "the Kotlin and Swift sources of the library" \
    scripts/bindings.sh
part frames "what two simulated pods send, for both contracts" \
    scripts/frames.sh
part kotlin "the contract from Kotlin; the first time fetches the compiler" \
    scripts/kotlin-contract.sh
part swift "the contract from Swift; the first time may unpack a compiler" \
    scripts/swift-contract.sh
part ble "two pods over the kernel's own Bluetooth, in qemu; the first time downloads a guest" \
    tests/ble/run.sh

printf '\n'
printf '    %s\n' "${summary[@]}"
printf '    %-12s %-20s %5d s\n' all '' "$SECONDS"
absent=$(grep -c '^skipped: the recordings' "$log")
if [[ $absent -gt 0 ]]; then
    echo "    $absent tests found no recordings beside the checkout (../shared/data) and checked nothing"
fi
if [[ ${CI:-} == true && $skipped -gt 0 ]]; then
    echo "    CI=true: a skipped part is a failure"
fi
printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[[ $failed -eq 0 && (${CI:-} != true || $skipped -eq 0) ]]
