#!/usr/bin/env bash
# Calls the real library from Swift. Run scripts/bindings.sh and scripts/frames.sh first.
# Uses the Swift on the PATH when it is 6 or later, else the one scripts/swift-root.sh unpacks.
# Usage: scripts/swift-contract.sh         Exit: 0 passed, 77 no Swift possible here, anything else a failure.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p "${CARGO_TARGET_DIR:-target}"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd -P)
export PLUMBLINE_LIBRARY_DIR=$target/debug
export PLUMBLINE_FRAMES_DIR=$target/fixtures
export PLUMBLINE_BIND=$target

inside=()
strict=()
if swift --version 2>/dev/null | grep -qE 'Swift version ([6-9]|[1-9][0-9])\.'; then
  echo "swift-contract: with the Swift on the PATH"
else
  scripts/swift-root.sh
  inside=(scripts/in-swift-root.sh)
  # A compiler that is always the same warns of the same things; another one's new warnings fail nobody.
  strict=(-Xswiftc -warnings-as-errors)
fi
# Swift 6.0 on Linux leaves a symbol of its own runtime undefined in Observation.
undefined=()
[ "$(uname)" = Linux ] && undefined=(-Xlinker --allow-shlib-undefined)

echo "swift-contract: compiling and testing"
mkdir -p "$target/swift"
log=$target/swift/contract.log
${inside[@]+"${inside[@]}"} swift test --disable-xctest --package-path ios --scratch-path "$target/swift" \
  ${strict[@]+"${strict[@]}"} ${undefined[@]+"${undefined[@]}"} 2>&1 | tee "$log"
passed=$(sed -n 's/.*Test run with \([0-9]*\) tests* passed.*/\1/p' "$log")
[ "${passed:-0}" -gt 0 ] || { echo "swift-contract: no test ran" >&2; exit 1; }
echo "swift-contract: $passed passed, 0 failed, 0 skipped"
