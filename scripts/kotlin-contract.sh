#!/usr/bin/env bash
# Calls the real library from Kotlin on the JVM. Run scripts/bindings.sh and scripts/frames.sh first.
# Usage: scripts/kotlin-contract.sh        Exit: 0 passed, 77 no JDK or Maven here, anything else a failure.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p "${CARGO_TARGET_DIR:-target}"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd -P)
contract=android/jvm/contract

for tool in javac mvn; do
  if ! command -v "$tool" >/dev/null; then
    echo "kotlin-contract: skipped: no $tool (a JDK 17 or later and Maven are needed)" >&2
    exit 77
  fi
done

echo "kotlin-contract: compiling and testing with Maven"
mvn --batch-mode --quiet -Dstyle.color=never -f "$contract/pom.xml" test \
  -Dnative.dir="$target/debug" -Dframes.dir="$target/fixtures"
awk -F'[:,]' '/^Tests run/ { run += $2; bad += $4 + $6; skipped += $8 }
  END { printf "kotlin-contract: %d passed, %d failed, %d skipped\n", run - bad - skipped, bad, skipped; exit run == 0 }' \
  "$contract"/target/surefire-reports/*.txt
