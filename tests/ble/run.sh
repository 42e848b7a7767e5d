#!/usr/bin/env bash
# A runner's phone against the kernel's own Bluetooth: Linux with bluetoothd in qemu without KVM, two pods by bumble on
# this machine, through btleplug into the real coach. Build first: cargo build --workspace --lib --bins --tests
# Usage: tests/ble/run.sh [SEED]            Exit: 0 passed, 77 not possible on this machine, anything else a failure.
# Needs apt-get with its lists, dpkg-deb, Python 3.11 or later with pip; installs nothing, keeps downloads in target/ble.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly SEED=${1:-3} RATE_HZ=208 SPEED=2
# The pelvis pod leaves in mid-run for six of the runner's seconds.
readonly AWAY=pelvis:92:6
readonly LIMIT_S=150

mkdir -p "${CARGO_TARGET_DIR:-target}"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd -P)
cache=$target/ble
began=$SECONDS
say() { echo "ble: $*, after $((SECONDS - began)) s"; }
cannot() {
  echo "ble: skipped: $1" >&2
  exit 77
}

[ "$(uname -sm)" = "Linux x86_64" ] || cannot "the guest is made of Linux packages for x86_64"
command -v python3 >/dev/null || cannot "no python3 here"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || cannot "python3 is older than 3.11"
mkdir -p "$cache"
if [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ]; then
  [ "$(id -u)" = 0 ] || cannot "apt has no list of packages, and only root can fetch it"
  apt-get update -qq || cannot "apt cannot fetch its list of packages"
fi
if ! cmp -s tests/ble/requirements.txt "$cache/requirements.txt"; then
  rm -rf "$cache/python"
  python3 -m pip -q install --root-user-action=ignore --no-deps --target "$cache/python" -r tests/ble/requirements.txt ||
    cannot "bumble cannot be downloaded"
  cp tests/ble/requirements.txt "$cache/requirements.txt"
fi
# Symbols are most of the program, and the guest unpacks it all into memory.
strip -o "$cache/phone" "$target/debug/ble"
python3 tests/ble/image.py "$cache" "$cache/phone" >"$cache/start"
mapfile -t qemu <"$cache/start"
say "the guest is ready to start"

sockets=$(mktemp -d)
PYTHONPATH=$cache/python python3 -u tests/ble/pods.py "unix-server:$sockets/radio" \
  "$target/debug/plumbline" pod --simulate --scenario run-short \
  --seed "$SEED" --rate "$RATE_HZ" --speed "$SPEED" --away "$AWAY" >"$cache/pods.log" 2>&1 &
pods=$!
trap 'kill $pods 2>/dev/null || true; wait $pods 2>/dev/null || true; rm -rf "$sockets"' EXIT
for _ in $(seq 100); do
  [ -S "$sockets/radio" ] && break
  sleep 0.1
done

status=0
timeout "$LIMIT_S" "${qemu[@]}" -accel tcg,thread=multi -cpu max -smp 2 -m 1024 -M pc \
  -nodefaults -no-user-config -display none -no-reboot -serial stdio -device isa-debug-exit,iobase=0xf4,iosize=4 \
  -device virtio-serial-pci,disable-legacy=on -chardev "socket,id=radio,path=$sockets/radio,server=off" \
  -device virtserialport,chardev=radio,name=radio -kernel "$cache/vmlinux" -initrd "$cache/root.cpio" \
  -append "console=ttyS0 quiet panic=-1 mitigations=off nokaslr audit=0 apparmor=0 random.trust_cpu=on tsc=reliable \
no_timer_check ble.args=session,$SEED,$RATE_HZ,$SPEED" </dev/null || status=$?
# The exit device gives (16 + status) * 2 + 1.
case $status in
33) say "1 passed, 0 failed" ;;
*)
  echo "--- the pods"
  tail -n 30 "$cache/pods.log"
  [ "$status" = 124 ] && echo "ble: the guest took longer than $LIMIT_S s"
  say "0 passed, 1 failed (qemu's status $status)"
  exit 1
  ;;
esac
