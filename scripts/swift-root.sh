#!/usr/bin/env bash
# Unpacks a Debian 13 tree with Swift 6.0.3 beside the running system, once.
# Usage: scripts/swift-root.sh          PLUMBLINE_SWIFT_ROOT=/opt/plumbline-swift-root
# Exit: 0 ready, 77 not possible on this machine, anything else a failure.
# Changes nothing outside that folder, except that it installs mmdebstrap when that is missing.
set -euo pipefail

root=${PLUMBLINE_SWIFT_ROOT:-/opt/plumbline-swift-root}
suite=trixie
packages=swiftlang,libstdc++-14-dev,libc6-dev
recipe="$suite $packages 1" # raise the number when this script changes what it unpacks
stamp=$root/.plumbline-recipe
unfinished=$root.unfinished # beside it: mmdebstrap wants an empty folder

cannot() {
  echo "swift-root: skipped: $1" >&2
  exit 77
}

if [ "$(cat "$stamp" 2>/dev/null)" = "$recipe" ]; then
  echo "swift-root: $root is ready"
  exit 0
fi
[ "$(id -u)" = 0 ] || cannot "unpacking needs root; or put a swift 6 on the PATH"
command -v apt-get >/dev/null || cannot "no apt-get here; put a swift 6 on the PATH"
unshare --mount true 2>/dev/null || cannot "this machine forbids private mounts; put a swift 6 on the PATH"
if [ -d "$root" ] && [ -n "$(ls -A "$root")" ] && [ ! -e "$unfinished" ] && [ ! -e "$stamp" ]; then
  echo "swift-root: $root exists and is not ours; choose another with PLUMBLINE_SWIFT_ROOT" >&2
  exit 1
fi

# The machine's own mirror is the one that is known to answer.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' | head -n 1)
[ -n "$mirror" ] || cannot "no Debian mirror in the apt sources"

if ! command -v mmdebstrap >/dev/null; then
  echo "swift-root: installing mmdebstrap"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap
fi

# A compiler and its libraries are all that is wanted: the debugger alone is half a gigabyte.
leave_out=(
  '/usr/libexec/swift/bin/lldb*' /usr/libexec/swift/bin/repl_swift '/usr/libexec/swift/lib/liblldb*'
  /usr/libexec/swift/bin/clangd /usr/libexec/swift/bin/sourcekit-lsp /usr/libexec/swift/bin/docc
  '/usr/libexec/swift/lib/libsourcekitdInProc*' '/usr/libexec/swift/lib/swift_static/*'
  '/usr/libexec/swift/lib/swift/embedded/*'
  '/usr/share/doc/*' '/usr/share/man/*' '/usr/share/info/*' '/usr/share/locale/*'
)

echo "swift-root: unpacking Swift into $root (a minute or more, 1.4 GB)"
rm -rf --one-file-system "$root"
touch "$unfinished"
mmdebstrap --quiet --variant=apt --mode=root \
  "${leave_out[@]/#/--dpkgopt=path-exclude=}" \
  --aptopt='APT::Install-Recommends "false"' \
  --aptopt='Acquire::Check-Valid-Until "false"' \
  --aptopt='Acquire::Retries "3"' \
  --include="$packages" "$suite" "$root" "$mirror"
rm -rf "$root"/var/cache/apt/archives/*.deb
echo "$recipe" >"$stamp"
rm "$unfinished"
echo "swift-root: ready, $(du -sh "$root" | cut -f1)"
