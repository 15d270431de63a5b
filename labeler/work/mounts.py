"""What a system says of its mounts, read into one shape: Linux' mountinfo, macOS' ``mount``, Windows.

Nothing here looks at a disk: tables come in as text, so that those of any system can be read on any
other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath, PureWindowsPath

import msgspec

__all__ = ["Mount", "linux_mounts", "macos_mounts", "mount_of", "windows_mount"]

DRIVE_REMOTE, DRIVE_CDROM = 4, 5
"""Answers of Windows' ``GetDriveTypeW``."""

_LONGEST_TABLE = 4 << 20
_ESCAPE = re.compile(r"\\([0-7]{3})")
_MACOS = re.compile(r"(?P<source>.*?) on (?P<point>/.*) \((?P<options>[^()]*)\)")
_MACOS_DATA = "/System/Volumes/Data"
_MACOS_SEALED = ("/System", "/usr", "/bin", "/sbin")
_NOT_SEALED = "/usr/local"


class Mount(msgspec.Struct, frozen=True):
    """A file system in its place.

    ``point`` is the folder it is seen at, ``kind`` the system's own name of it (``ext4``, ``cifs``),
    ``options`` whatever the system lists about it, ``local`` whether the system says so itself, or
    None where it does not tell.
    """

    point: str
    kind: str
    source: str = ""
    options: frozenset[str] = frozenset()
    read_only: bool = False
    local: bool | None = None
    number: int = 0
    parent: int = 0


def linux_mounts(table: str) -> list[Mount]:
    """The lines of ``/proc/self/mountinfo`` (proc_pid_mountinfo(5)); one that is none is left out."""
    found = []
    for line in table[:_LONGEST_TABLE].splitlines():
        head, dash, tail = line.partition(" - ")
        fields, ending = head.split(" "), tail.split(" ")
        if not dash or len(fields) < 6 or len(ending) < 3 or not fields[0].isdecimal():
            continue
        if not fields[1].isdecimal():
            continue
        own, whole = fields[5].split(","), re.split("[,;]", ending[2])
        found.append(
            Mount(
                point=_unescaped(fields[4]),
                kind=ending[0],
                source=_unescaped(ending[1]),
                options=frozenset((*own, *whole)),
                read_only="ro" in own or "ro" in whole,
                number=int(fields[0]),
                parent=int(fields[1]),
            )
        )
    return found


def _unescaped(text: str) -> str:
    r"""A name as it is: the table writes space, tab, newline and backslash as ``\040`` and so on.

    A name's other bytes stand there as they are, and ``os.fsdecode`` made them what they are here.
    """
    return _ESCAPE.sub(lambda found: chr(int(found[1], 8)), text)


def macos_mounts(table: str) -> list[Mount]:
    """The lines the command ``mount`` prints on macOS: ``SOURCE on POINT (KIND, FLAG, …)``."""
    found = []
    for line in table[:_LONGEST_TABLE].splitlines():
        told = _MACOS.fullmatch(line.rstrip())
        if told is None:
            continue
        kind, *flags = (one.strip() for one in told["options"].split(","))
        options = frozenset(flags)
        found.append(
            Mount(
                point=told["point"],
                kind=kind,
                source=told["source"],
                options=options,
                read_only="read-only" in options,
                local="local" in options,
            )
        )
    return found


def mount_of(path: PurePosixPath, mounts: Sequence[Mount]) -> Mount | None:
    """The file system a resolved absolute path lies on, or None where the table has none for it.

    A mount hides what was mounted below its place before it: from the root down, each step goes
    from a mount to one that lies on it. Tables that do not name parents go by the longest place, of
    equals the last.
    """
    above = [one for one in mounts if _is_below(path, one.point)]
    if not above:
        return None
    numbers = {one.number for one in mounts}
    first = next((one for one in above if _is_root(one, numbers)), None)
    if first is None:
        return _data_volume(path, above, mounts)
    here = first
    while True:
        on_it = [one for one in above if one.parent == here.number and one is not here]
        if not on_it:
            return here
        here = min(on_it, key=lambda one: len(PurePosixPath(one.point).parts))
        above = [one for one in above if one is not here]


def _is_root(mount: Mount, numbers: set[int]) -> bool:
    """Whether everything else lies on this one: its parent is out of sight, or itself."""
    alone = mount.parent not in numbers or mount.parent == mount.number
    return mount.point == "/" and mount.number > 0 and alone


def _data_volume(
    path: PurePosixPath, above: Iterable[Mount], mounts: Iterable[Mount]
) -> Mount | None:
    """The longest match; on macOS, whose root is a sealed picture, what is written lies elsewhere.

    ``/Users`` and its like are links into another volume that no path shows (``firmlinks(5)``).
    """
    found = max(enumerate(above), key=lambda one: (len(PurePosixPath(one[1].point).parts), one[0]))[
        1
    ]
    if found.point != "/" or not found.read_only:
        return found
    if any(_is_below(path, one) for one in _MACOS_SEALED) and not _is_below(path, _NOT_SEALED):
        return found
    return next((one for one in mounts if one.point == _MACOS_DATA), found)


def _is_below(path: PurePosixPath, point: str) -> bool:
    return path.is_relative_to(point)


def windows_mount(path: PureWindowsPath, drive_type: Callable[[str], int]) -> Mount:
    r"""The drive or share of an absolute path; ``drive_type`` is ``GetDriveTypeW`` of ``X:\``.

    Shares are never asked about: asking one that is not there takes a minute, and tells its name to
    whoever answers.
    """
    drive = path.drive
    plain = drive[4:] if drive.startswith(("\\\\?\\", "\\\\.\\")) else drive
    if plain.upper().startswith("UNC\\"):
        plain = "\\\\" + plain[4:]
    if plain.startswith("\\\\"):
        server = plain.lstrip("\\").partition("\\")[0]
        rest = [part.casefold() for part in (*plain.split("\\"), *path.parts[1:2])]
        name = server.partition("@")[0].casefold()
        if name in ("wsl.localhost", "wsl$"):
            kind = "wsl"
        elif "@" in server or "davwwwroot" in rest:
            kind = "webdav"
        elif name in ("vboxsvr", "vboxsrv", "vmware-host"):
            kind = "vmshare"
        else:
            kind = "unc"
        return Mount(point=plain, kind=kind, source=server, local=False)
    told = drive_type(plain + "\\") if plain else 0
    return Mount(
        point=plain,
        kind="remote" if told == DRIVE_REMOTE else "drive",
        read_only=told == DRIVE_CDROM,
        local=told != DRIVE_REMOTE,
    )
