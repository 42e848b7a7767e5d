#!/usr/bin/env bash
# Runs a command inside the tree that swift-root.sh unpacked, in the current folder.
# Usage: scripts/in-swift-root.sh command [argument...]
# This project, and each folder named in PLUMBLINE_BIND (colon between two), appears there at its own path;
# variables named PLUMBLINE_* go along, no others. The mounts are private and end with the command.
set -euo pipefail

root=${PLUMBLINE_SWIFT_ROOT:-/opt/plumbline-swift-root}
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export root project

if [ "${1:-}" != "--inside" ]; then
  exec unshare --mount --propagation private -- "$BASH" "${BASH_SOURCE[0]}" --inside "$PWD" "$@"
fi
folder=$2
shift 2

# An empty /tmp of its own comes first: the project may lie under it.
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t proc proc "$root/proc" # Swift finds its libraries through /proc/self/exe
mount --rbind /dev "$root/dev"
IFS=: read -r -a folders <<<"$project${PLUMBLINE_BIND:+:$PLUMBLINE_BIND}"
for bound in "${folders[@]}"; do
  mkdir -p "$root$bound"
  mount --bind "$bound" "$root$bound"
done

variables=(HOME=/root LANG=C.UTF-8 TERM=dumb PATH=/usr/libexec/swift/bin:/usr/sbin:/usr/bin:/sbin:/bin)
while IFS= read -r name; do
  variables+=("$name=${!name}")
done < <(compgen -A export PLUMBLINE_ || true)
exec chroot "$root" /usr/bin/env -i "${variables[@]}" \
  /bin/bash -c 'cd "$1" && shift && exec "$@"' in-swift-root "$folder" "$@"
