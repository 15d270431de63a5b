"""The system libraries Qt and the decoders load: finds what is missing, installs it where we may.

A wheel of Qt carries Qt, not the libraries of the desktop it talks to. On a bare machine those are
absent; they are found by asking the dynamic loader, which is the one that has to find them later.
"""

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Library(NamedTuple):
    """One thing the machine should have: its soname (or program) and the packages that bring it."""

    name: str
    debian: str
    arch: str


NEEDED = [
    Library("libGL.so.1", "libgl1", "libglvnd"),
    Library("libEGL.so.1", "libegl1", "libglvnd"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libpulse.so.0", "libpulse0", "libpulse"),
    Library("libXrandr.so.2", "libxrandr2", "libxrandr"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
]
# Programs with which the tests look at a real X11 window; without them those tests are skipped.
FOR_TESTS = [
    Library("Xvfb", "xvfb", "xorg-server-xvfb"),
    Library("xauth", "xauth", "xorg-xauth"),
]


def loads(soname: str) -> bool:
    """Whether the dynamic loader of this machine finds the library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing(*, for_tests: bool = False) -> list[Library]:
    """The rows of the tables above that this machine lacks; always none outside Linux."""
    if not sys.platform.startswith("linux"):
        return []
    rows = [row for row in NEEDED if not loads(row.name)]
    if for_tests:
        rows += [row for row in FOR_TESTS if shutil.which(row.name) is None]
    return rows


def command_for(rows: list[Library]) -> list[str] | None:
    """The command that installs these here, word by word; None where we know no package tool."""
    if shutil.which("apt-get"):
        names = [row.debian for row in rows]
        return ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    if shutil.which("dnf"):
        # An RPM names the sonames it provides, so no table of package names is needed.
        names = [
            f"{row.name}()(64bit)" if ".so." in row.name else f"/usr/bin/{row.name}" for row in rows
        ]
        return ["dnf", "install", "--assumeyes", *names]
    if shutil.which("pacman"):
        names = list(dict.fromkeys(row.arch for row in rows))
        return ["pacman", "-S", "--needed", "--noconfirm", *names]
    return None


def may_install() -> list[str] | None:
    """The words to put before an install command (none as root); None where we may not install."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_install(command: list[str], log: Path) -> bool:
    """Run an apt-get install, with fresh package lists if it fails without; True if done."""
    before = may_install()
    if before is None:
        return False
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    wait = ["-o", "DPkg::Lock::Timeout=120"]
    install = [*before, *quiet, *command, *wait]
    update = [*before, *quiet, "apt-get", "update", *wait]
    with log.open("ab") as output:
        for words in (install, update, install):
            done = subprocess.run(words, stdout=output, stderr=output, check=False)
            if words is install and done.returncode == 0:
                return True
    return False


def ensure(log: Path, say: Callable[[str], object], *, for_tests: bool = False) -> bool:
    """Install what is missing where we may, else say the exact line to run; True if Qt can load.

    ``log`` is the file the package tool's own words go to, ``say`` prints one line to the person.
    """
    rows = missing(for_tests=for_tests)
    if not rows:
        return True
    command = command_for(rows)
    if command is not None and may_install() is not None:
        say("Installing system libraries: " + " ".join(row.debian for row in rows))
        apt_install(command, log)
        rows = missing(for_tests=for_tests)
        if not rows:
            return True
        command = command_for(rows)
    needed = [row for row in rows if row in NEEDED]
    if needed:
        say("Qt needs libraries this machine lacks: " + ", ".join(row.name for row in needed))
    else:
        say("The tests that look at a real X11 window are skipped: they need Xvfb and xauth.")
    if command is None:
        say("Install them with the package tool of this system, then run this again.")
    else:
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        say("To install them, run:")
        say("  " + " ".join(shlex.quote(word) for word in [*sudo, *command]))
    return not needed
