#!/usr/bin/env bash
# Makes ready what the radio's tests run on: a D-Bus daemon of their own and a Python with dbus-fast.
# Usage: scripts/fake-bluez.sh       prints two lines: the Python, the D-Bus daemon
# Exit: 0 ready, 77 not possible here, anything else a failure. Everything lies in cargo's target folder.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p "${CARGO_TARGET_DIR:-target}/fake-bluez"
place=$(cd "${CARGO_TARGET_DIR:-target}/fake-bluez" && pwd -P)
requirements=$PWD/tests/fake_bluez/requirements.txt

cannot() {
  echo "fake-bluez: skipped: $1" >&2
  exit 77
}

# Several tests may ask at once.
exec 9>"$place/lock"
command -v flock >/dev/null && flock 9

python=$place/python/bin/python
if ! cmp -s "$requirements" "$place/requirements.txt"; then
  command -v python3 >/dev/null || cannot "no python3 here"
  rm -rf "$place/python"
  python3 -m venv "$place/python" >&2 || cannot "python3 makes no venv here (on Debian: apt-get install python3-venv)"
  "$python" -m pip --quiet --disable-pip-version-check install --requirement "$requirements" >&2 ||
    cannot "dbus-fast could not be fetched"
  cp "$requirements" "$place/requirements.txt"
fi

daemon=$(command -v dbus-daemon || true)
if [ -z "$daemon" ]; then
  daemon=$place/dbus-daemon
  if [ ! -x "$daemon" ]; then
    command -v apt-get >/dev/null || cannot "no dbus-daemon here, and no apt-get to fetch it"
    mkdir -p "$place/debs"
    # Unpacked, not installed: nothing outside this folder changes, and no root is needed.
    (cd "$place/debs" && apt-get download --quiet dbus-daemon libdbus-1-3 libexpat1 libapparmor1 libaudit1 \
      libcap-ng0 libselinux1 libsystemd0 libpcre2-8-0 libcap2 >&2) || cannot "dbus-daemon could not be fetched"
    for package in "$place"/debs/*.deb; do
      dpkg-deb --extract "$package" "$place/root"
    done
    cat >"$daemon" <<SCRIPT
#!/bin/sh
export LD_LIBRARY_PATH=\$(find "$place/root" -name '*.so.*' -exec dirname {} + | sort -u | tr '\n' ':')
exec "$place/root/usr/bin/dbus-daemon" "\$@"
SCRIPT
    chmod +x "$daemon"
  fi
fi
echo "$python"
echo "$daemon"
