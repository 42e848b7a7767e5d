#!/usr/bin/env bash
# Builds the shipped library as phones get it and prints its size; above the ceiling it fails.
set -euo pipefail
cd "$(dirname "$0")/.."

# Ours: the network's runtime alone is about 13 MB on this kind of machine.
readonly CEILING_BYTES=$((18 * 1024 * 1024))

echo "building the shipped library: link-time optimisation over everything, five minutes and more"
library=$(cargo build --release -p plumbline-ffi --message-format=json-render-diagnostics |
    grep -o '"[^"]*/libplumbline_ffi\.\(so\|dylib\)"' | tail -n 1 | tr -d '"')
bytes=$(wc -c <"$library")
packed=$(gzip -9 -c "$library" | wc -c)
awk -v bytes="$bytes" -v packed="$packed" -v ceiling="$CEILING_BYTES" 'BEGIN {
    printf "stripped %.2f MB, gzip %.2f MB, ceiling %.2f MB\n", bytes / 2^20, packed / 2^20, ceiling / 2^20
}'
if ((bytes > CEILING_BYTES)); then
    echo "the library has outgrown its ceiling" >&2
    exit 1
fi
