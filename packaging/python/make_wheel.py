#!/usr/bin/env python3
"""Makes the Python wheel that carries the hoplint binary: pip installs it, nothing is compiled.

    make_wheel.py BINARY FOLDER

BINARY must need no shared libraries (the target `hoplint_static`). Prints the wheel's path. Needs nothing but Python.
"""

import base64
import hashlib
import os
import pathlib
import platform
import re
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def project():
    """Version, description and address, from CMakeLists.txt: their only place."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    version, description = re.search(r"project\(hoplint VERSION (\S+).*?DESCRIPTION \"(.*?)\"", text, re.S).groups()
    homepage = re.search(r"set\(HOPLINT_HOMEPAGE \"(.*?)\"", text).group(1)
    return version, description, homepage


def tags():
    """A static binary runs on every Linux of its processor, whatever the C library."""
    machine = platform.machine()
    return f"manylinux_2_17_{machine}.manylinux2014_{machine}.musllinux_1_1_{machine}"


def is_static(binary):
    """Whether the program asks for no loader: it has no PT_INTERP segment."""
    listing = subprocess.run(["ldd", str(binary)], capture_output=True, text=True, check=False)
    return "not a dynamic executable" in listing.stderr + listing.stdout or "statically linked" in listing.stdout


class Wheel:
    """A zip whose RECORD lists each member with its hash; the same content gives the same bytes."""

    def __init__(self, path, dist_info):
        self.archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        self.dist_info = dist_info
        self.record = []

    def add(self, name, content, mode=0o644):
        member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = (0o100000 | mode) << 16
        self.archive.writestr(member, content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        self.record.append(f"{name},sha256={digest},{len(content)}")

    def close(self):
        name = f"{self.dist_info}/RECORD"
        self.record.append(f"{name},,")
        self.archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "\n".join(self.record) + "\n")
        self.archive.close()


MAIN = b'''"""`python -m hoplint`: the program that this package carries."""

import os
import sys
import sysconfig


def find():
    """Where pip put it: beside this interpreter, else in the user's scheme."""
    for scheme in (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")):
        path = os.path.join(sysconfig.get_path("scripts", scheme), "hoplint")
        if os.path.isfile(path):
            return path
    raise FileNotFoundError("hoplint's program is not where pip installs programs")


if __name__ == "__main__":
    program = find()
    os.execv(program, [program, *sys.argv[1:]])
'''


def make(binary, folder):
    version, description, homepage = project()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"hoplint-{version}-py3-none-{tags()}.whl"
    dist_info = f"hoplint-{version}.dist-info"
    metadata = (
        f"Metadata-Version: 2.1\nName: hoplint\nVersion: {version}\nSummary: {description}\nHome-page: {homepage}\n"
        "Requires-Python: >=3.8\nLicense-File: LICENSE\nDescription-Content-Type: text/markdown\n\n"
        + (ROOT / "README.md").read_text(encoding="utf-8")
    )
    platforms = "".join(f"Tag: py3-none-{tag}\n" for tag in tags().split("."))
    wheel = Wheel(path, dist_info)
    wheel.add("hoplint/__init__.py", b'"""Carries the program hoplint; see `python -m hoplint --help`."""\n')
    wheel.add("hoplint/__main__.py", MAIN)
    wheel.add(f"hoplint-{version}.data/scripts/hoplint", binary.read_bytes(), 0o755)
    wheel.add(f"{dist_info}/METADATA", metadata.encode())
    wheel.add(f"{dist_info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: hoplint\nRoot-Is-Purelib: false\n{platforms}".encode())
    wheel.add(f"{dist_info}/LICENSE", (ROOT / "LICENSE").read_bytes())
    wheel.close()
    return path


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    binary, folder = pathlib.Path(arguments[0]), pathlib.Path(arguments[1])
    if not os.access(binary, os.X_OK):
        print(f"make_wheel.py: {binary} is no program", file=sys.stderr)
        return 2
    if not is_static(binary):
        print(f"make_wheel.py: {binary} needs shared libraries; build the target hoplint_static", file=sys.stderr)
        return 2
    print(make(binary, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
