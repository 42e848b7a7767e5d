#!/usr/bin/env bash
# Builds the library for this machine and writes its Kotlin and Swift sources. Nothing it writes is committed.
# Usage: scripts/bindings.sh
#   Kotlin -> android/jvm/contract/target/uniffi      Swift -> ios/.generated
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=$PWD
mkdir -p "${CARGO_TARGET_DIR:-target}"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd -P)
kotlin=$project/android/jvm/contract/target/uniffi
swift=$project/ios/.generated
extension=so
[ "$(uname)" = Darwin ] && extension=dylib
library=$target/debug/libplumbline_ffi.$extension

echo "bindings: building the library and the generators"
# All packages at once, tests too: their shared dependencies then have one set of features, and the largest is built
# once. What is shipped is built alone, so that it does not gain what only the generators need.
cargo build --quiet --workspace --lib --bins --tests

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
# The generators read cargo's metadata from the folder they start in.
cd bindings
"$target/debug/uniffi-bindgen" generate --no-format --language kotlin --out-dir "$fresh/kotlin" "$library"
generate_swift() { "$target/debug/uniffi-bindgen-swift" "$@"; }
generate_swift --swift-sources "$library" "$fresh/swift/PlumblineCore"
generate_swift --headers "$library" "$fresh/swift/PlumblineCoreFFI"
generate_swift --modulemap --module-name PlumblineCoreFFI --modulemap-filename module.modulemap \
  "$library" "$fresh/swift/PlumblineCoreFFI"

# A file that did not change keeps its time, so that nothing is compiled twice.
put() { # from, to
  local file
  (cd "$1" && find . -type f) | while IFS= read -r file; do
    cmp -s "$1/$file" "$2/$file" || install -D -m 644 "$1/$file" "$2/$file"
  done
  echo "bindings: $2"
}
put "$fresh/kotlin" "$kotlin"
put "$fresh/swift" "$swift"
