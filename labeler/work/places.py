"""Where a file lies and what may be done to it there: local, network, synced folder, read-only medium.

A project is edited in place where locks reach everybody who could write to it. Elsewhere it is read,
or worked on in a copy (``working_copy``) that is merged back.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

import msgspec

from labeler.model.problems import Problem
from labeler.work.mounts import Mount, linux_mounts, macos_mounts, mount_of, windows_mount
from labeler.work.synced import SyncedFolder, synced_folders, synced_marker

__all__ = ["Place", "PlaceKind", "judge", "place_of"]

PlaceKind = Literal["local", "network", "locks_off", "synced", "read_only"]

_PATIENCE_S = 5
_Rule = tuple[bool, frozenset[str], frozenset[str]]


def _rule(plausible: bool, off: str = "", on: str = "") -> _Rule:
    return plausible, frozenset(off.split()), frozenset(on.split())


_NETWORK: dict[str, _Rule] = {
    # kind: whether locks reach the server, options that turn them off, options that turn them on
    "nfs": _rule(True, "nolock nolocks locallocks local_lock=all local_lock=posix"),
    "nfs4": _rule(True, "nolock nolocks locallocks local_lock=all local_lock=posix"),
    "cifs": _rule(True, "nobrl nolock"),
    "smb3": _rule(True, "nobrl nolock"),
    "smbfs": _rule(True, "nobrl nolock"),
    "afpfs": _rule(True),
    "afs": _rule(True),
    "ceph": _rule(True, "nolock"),
    "fuse.ceph": _rule(True),
    "fuse.glusterfs": _rule(True),
    "gpfs": _rule(True),
    "ocfs2": _rule(True, "localflocks"),
    "gfs2": _rule(True, "localflocks lockproto=lock_nolock"),
    "lustre": _rule(False, "localflock noflock", "flock"),
    "9p": _rule(True, "nolock noextend version=9p2000.u aname=drvfs"),
    "unc": _rule(True),
    "remote": _rule(True),
}
"""Kinds whose locks are known. SQLite asks for POSIX locks, so an option about flock alone, such as
``local_lock=flock``, changes nothing."""

_NO_LOCKS = frozenset(
    {
        *("wsl", "webdav", "vmshare", "davfs", "davfs2", "fuse", "macfuse", "osxfuse"),
        *("vboxsf", "prl_fs", "virtiofs", "drvfs", "beegfs", "ncpfs", "coda", "acfs"),
    }
)
"""Kinds whose locks end at this machine."""

_LOCAL_FUSE = frozenset(
    f"fuse.{one}"
    for one in (
        *("ntfs-3g", "ntfs", "exfat", "exfat-fuse", "ext2", "fuse-ext2", "apfs", "bindfs"),
        *("encfs", "gocryptfs", "cryfs", "securefs", "mergerfs", "unionfs", "fuse-overlayfs"),
        *("portal", "lxcfs", "dwarfs", "squashfuse", "archivemount", "vdfuse", "zfs-fuse"),
    )
)
"""Kinds that only put another face on a disk of this machine."""


class Place(msgspec.Struct, frozen=True):
    """Where a file lies.

    ``folder`` is the mount point, or the folder a client keeps in step; ``system`` the file system's
    own name or the client's; ``why`` says it in words.
    """

    kind: PlaceKind
    folder: str
    system: str
    why: Problem

    @property
    def safe(self) -> bool:
        """Whether a project may be edited in place here."""
        return self.kind in ("local", "network")


def judge(mount: Mount | None, synced: SyncedFolder | None) -> Place:
    """What a mount and a sync client together mean for a file. Without a mount: a local disk."""
    if synced is not None:
        folder = str(synced.folder)
        return _place("synced", folder, synced.client, client=synced.client)
    if mount is None:
        return _place("local", "", "")
    if mount.read_only:
        return _place("read_only", mount.point, mount.kind)
    rule = _NETWORK.get(mount.kind)
    if rule is not None:
        plausible, off, on = rule
        option = next(iter(sorted(mount.options & off)), "")
        if option:
            return _place("locks_off", mount.point, mount.kind, option=option)
        if plausible or mount.options & on:
            return _place("network", mount.point, mount.kind)
        return _place("locks_off", mount.point, mount.kind)
    far = mount.kind in _NO_LOCKS or (
        mount.kind.startswith("fuse.") and mount.kind not in _LOCAL_FUSE
    )
    if far:
        return _place("locks_off", mount.point, mount.kind)
    if mount.local is False and mount.kind != "autofs":
        return _place("network", mount.point, mount.kind)
    return _place("local", mount.point, mount.kind)


def _place(
    kind: PlaceKind, folder: str, system: str, *, option: str = "", client: str = ""
) -> Place:
    params = {"system": system, "folder": folder}
    code = f"place_{kind}"
    if option:
        code, params = "place_option", {**params, "option": option}
    if client:
        params["client"] = client
    return Place(kind, folder, system, Problem(code, folder, params))


# ------------------------------------------------------------------------------------- this machine


def place_of(
    path: Path,
    *,
    mounts: Callable[[], Sequence[Mount]] | None = None,
    clients: Callable[[], Sequence[SyncedFolder]] | None = None,
) -> Place:
    """Where a file or folder of this machine lies; links are followed. It need not be there.

    ``mounts`` and ``clients`` are asked in place of this machine. May take as long as the network
    does: not for the UI thread.
    """
    real = _resolved(path)
    known = (clients or _clients_here)()
    held = next((one for one in known if real.is_relative_to(_resolved(one.folder))), None)
    mark = held if held is not None else synced_marker(real)
    if mounts is None and sys.platform == "win32":
        return judge(windows_mount(PureWindowsPath(real), _drive_type), mark)
    table = (mounts or _mounts_here)()
    return judge(mount_of(PurePosixPath(real), table), mark)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # links that go round in a circle
        return path.absolute()


def _clients_here() -> list[SyncedFolder]:
    with contextlib.suppress(RuntimeError):  # nobody's home is known: nobody keeps it in step
        return synced_folders(Path.home(), os.environ, sys.platform)
    return []


def _mounts_here() -> list[Mount]:
    """The mounts of this machine; none where the system does not tell."""
    if sys.platform == "darwin":
        try:
            told = subprocess.run(
                ["/sbin/mount"], capture_output=True, timeout=_PATIENCE_S, check=False
            )
        except (OSError, subprocess.SubprocessError):
            return []
        return macos_mounts(os.fsdecode(told.stdout))
    try:
        return linux_mounts(os.fsdecode(Path("/proc/self/mountinfo").read_bytes()))
    except OSError:
        return []


def _drive_type(root: str) -> int:
    """``GetDriveTypeW`` of a drive's root."""
    import ctypes

    library = getattr(ctypes, "windll", None)
    return int(library.kernel32.GetDriveTypeW(root)) if library is not None else 0
