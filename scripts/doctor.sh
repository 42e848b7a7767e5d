#!/usr/bin/env bash
# Says which tools are here and what each is for. Fails only when one is missing that nothing works without.
set -uo pipefail
cd "$(dirname "$0")/.."

missing=0

# tool NAME needed|optional PURPOSE VERSION-COMMAND...
tool() {
    local name=$1 need=$2 purpose=$3 version
    shift 3
    if command -v "$name" >/dev/null 2>&1; then
        # The first line with a version in it: some tools print colours or a wrapper's complaints before.
        version=$("$@" 2>&1 | sed 's/\x1b\[[0-9;]*m//g' | grep -m 1 -E '[0-9]+\.[0-9]')
        printf '  ok       %-11s %s\n' "$name" "$version"
    elif [[ $need == needed ]]; then
        printf '  MISSING  %-11s %s\n' "$name" "$purpose"
        missing=1
    else
        printf '  absent   %-11s %s\n' "$name" "$purpose"
    fi
}

tool cargo needed "builds everything; rustup installs it" cargo --version
tool cc needed "links Rust and compiles SQLite" cc --version
tool java optional "the contract from Kotlin" java -version
tool mvn optional "fetches the Kotlin compiler for the contract" mvn --version
tool python3 optional "the radio's tests; trains the network anew" python3 --version
tool dbus-daemon optional "the radio's tests; without it one is unpacked where that is possible" dbus-daemon --version
tool swift optional "the contract from Swift; without it one is unpacked where that is allowed" swift --version
tool chromium optional "looking at the HTML report as a picture" chromium --version
exit $missing
