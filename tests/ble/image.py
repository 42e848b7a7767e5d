#!/usr/bin/env python3
"""Fetches a Linux with Bluetooth and makes a bootable image of it around one test program.

Installs nothing and needs no root: packages are downloaded and unpacked into the cache, the image is written here.
Everything that can be missing ends with status 77 and a sentence.

usage: image.py CACHE PROGRAM      makes CACHE/vmlinux and CACHE/root.cpio; prints how to start qemu, one word a line
"""
import lzma
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

SKIPPED = 77
HERE = Path(__file__).resolve().parent
LIBRARIES = "/usr/lib/x86_64-linux-gnu"
# The guest: bluetoothd, the message bus and a shell, with the libraries they are linked against.
PACKAGES = """bluez busybox-static dbus-daemon libc6 libgcc-s1 libdbus-1-3 libsystemd0 libexpat1 libselinux1 libaudit1
libcap-ng0 libapparmor1 libcap2 libgcrypt20 libgpg-error0 liblzma5 libzstd1 liblz4-1 libpcre2-8-0 libglib2.0-0 libdw1
libelf1 libasound2 zlib1g libbz2-1.0 libudev1 libreadline8 libtinfo6""".split()
PROGRAMS = {"busybox", "dbus-daemon"}
# Beside the drivers, what the kernel's self-test of the pairing keys wants loaded before ecdh_generic.
MODULES = "sha512_generic hmac ctr drbg ecdh_generic cmac bluetooth hci_vhci uhid virtio_pci virtio_console".split()
LEFT_OUT = re.compile(
    r"(etc/(?!bluetooth/)|usr/share/(?!dbus-1/system)|var/|boot/|(usr/)?lib/(systemd|udev|modules)/|usr/lib/cups/"
    r"|usr/lib/x86_64-linux-gnu/(gconv|audit|gio|perl)/|lib/x86_64-linux-gnu/security/)"
)


def skip(why):
    print(f"ble: skipped: {why}", file=sys.stderr)
    sys.exit(SKIPPED)


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def download(packages, folder):
    """The package files, downloaded once. A name that is there in any version is not asked for again."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in packages if not list(folder.glob(name + "_*.deb"))]
    if missing:
        got = subprocess.run(["apt-get", "-q", "download", *missing], cwd=folder, capture_output=True, text=True)
        if got.returncode:
            skip(f"packages cannot be downloaded: {(got.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    return [next(folder.glob(name + "_*.deb")) for name in packages]


def unpack(packages, cache, name):
    """A folder with the packages unpacked, made anew when the list of files has changed."""
    files = download(packages, cache / "packages")
    root, stamp = cache / name, cache / f"{name}.stamp"
    wanted = "\n".join(file.name for file in files)
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        for file in files:
            subprocess.run(["dpkg-deb", "-x", file, root], check=True)
        stamp.write_text(wanted)
    return root


def qemu(cache):
    """The machine's qemu, or one unpacked into the cache: installing it could remove a newer qemu-utils."""
    if shutil.which("qemu-system-x86_64"):
        return ["qemu-system-x86_64"]
    plan = output("apt-get", "install", "--no-install-recommends", "-s", "qemu-system-x86")
    root = unpack(re.findall(r"^Inst (\S+)", plan, re.M), cache, "qemu")
    libraries = f"{root}{LIBRARIES}:{root}/lib/x86_64-linux-gnu"
    shares = [f"{root}/usr/share/qemu", f"{root}/usr/share/seabios"]
    program = f"{root}/usr/bin/qemu-system-x86_64"
    return ["env", f"LD_LIBRARY_PATH={libraries}", program, "-L", shares[0], "-L", shares[1]]


def vmlinux(image):
    """The ELF kernel inside a bzImage: qemu starts it directly, and the guest unpacks nothing."""
    data = image.read_bytes()
    setup = (data[0x1F1] + 1) * 512
    offset, length = struct.unpack_from("<II", data, 0x248)
    packed = data[setup + offset : setup + offset + length]
    if packed.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMADecompressor().decompress(packed)
    if packed.startswith(b"\x1f\x8b"):
        return zlib.decompressobj(31).decompress(packed)
    skip("the kernel is packed in a way this script does not know")


def modules(root, version):
    """The modules' files, each after those it depends on."""
    folder = root / "lib/modules" / version
    plain = lambda name: name.split(".ko")[0].replace("-", "_")
    files = {plain(file.name): file for file in folder.rglob("*.ko*")}
    built_in = {plain(Path(line).name) for line in (folder / "modules.builtin").read_text().split()}
    order = {}

    def add(name):
        name = plain(name)
        if name in built_in or name in order:
            return
        needs = re.search(rb"\0depends=([^\0]*)\0", files[name].read_bytes())
        for other in filter(None, needs.group(1).decode().split(",")):
            add(other)
        order[name] = files[name]

    for name in MODULES:
        add(name)
    return order


class Archive:
    """A cpio archive in the format the kernel takes for its first file system."""

    def __init__(self, path):
        self.file, self.number, self.seen = open(path, "wb"), 0, set()

    def put(self, name, mode, data=b"", device=(0, 0)):
        if name in self.seen:
            return
        parent = os.path.dirname(name)
        if parent:
            self.put(parent, 0o40755)
        self.seen.add(name)
        self.number += 1
        label = name.encode() + b"\0"
        fields = (self.number, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(label), 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields)
        self.file.write(head + label + b"\0" * (-(len(head) + len(label)) % 4) + data + b"\0" * (-len(data) % 4))

    def folder(self, name):
        self.put(name, 0o40755)

    def text(self, name, text):
        self.put(name, 0o100644, text.encode())

    def program(self, name, path):
        self.put(name, 0o100755, Path(path).read_bytes())

    def link(self, name, target):
        self.put(name, 0o120777, target.encode())

    def close(self):
        self.put("TRAILER!!!", 0)
        self.file.close()


def put_system(archive, root):
    """The unpacked packages without what a guest that lives for a minute never reads."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        program = re.match(r"(usr/)?s?bin/(.+)", name)
        if LEFT_OUT.match(name) or (program and program.group(2) not in PROGRAMS):
            continue
        place = name if name.startswith(("usr/", "etc/")) else "usr/" + name
        if path.is_symlink():
            archive.link(place, os.readlink(path))
        elif path.is_file():
            archive.put(place, 0o100000 | (path.stat().st_mode & 0o777), path.read_bytes())


def put_libraries_of(archive, program):
    """What the program is linked against and the packages do not bring."""
    for path in re.findall(r"=> (/\S+)", output("ldd", program)):
        archive.program(f"{LIBRARIES[1:]}/{os.path.basename(path)}", path)


def image(root, version, program, path):
    archive = Archive(path)
    for name in ("bin", "sbin", "lib", "lib64"):
        archive.folder("usr/" + name)
        archive.link(name, "usr/" + name)
    for name in ("proc", "sys", "dev", "run", "tmp", "var/lib/bluetooth", "root"):
        archive.folder(name)
    # Without it the message bus closes every connection.
    archive.text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nmessagebus:x:101:101::/:/bin/false\n")
    archive.text("etc/group", "root:x:0:\nmessagebus:x:101:\n")
    archive.put("dev/console", 0o20600, device=(5, 1))
    put_system(archive, root)
    order = modules(root, version)
    for name, file in order.items():
        archive.put(f"modules/{name}.ko", 0o100644, file.read_bytes())
    archive.text("modules/order", "".join(name + "\n" for name in order))
    archive.program("init", HERE / "init")
    archive.program("test/guest", program)
    put_libraries_of(archive, program)
    archive.close()


def main():
    cache, program = Path(sys.argv[1]).resolve(), sys.argv[2]
    cache.mkdir(parents=True, exist_ok=True)
    for tool in ("apt-get", "apt-cache", "dpkg-deb", "ldd"):
        if not shutil.which(tool):
            skip(f"no {tool} here (the guest is made of Debian's packages)")
    depends = re.search(r"Depends: linux-image-(\d\S+)", output("apt-cache", "depends", "linux-image-amd64"))
    if not depends:
        skip("apt knows no kernel package: is its list of packages there?")
    version = depends.group(1)
    start = qemu(cache)
    root = unpack([*PACKAGES, f"linux-image-{version}"], cache, "guest")
    kernel, stamp = cache / "vmlinux", cache / "vmlinux.stamp"
    if not stamp.exists() or stamp.read_text() != version:
        kernel.write_bytes(vmlinux(root / f"boot/vmlinuz-{version}"))
        stamp.write_text(version)
    image(root, version, program, cache / "root.cpio")
    print("\n".join(start))


main()
