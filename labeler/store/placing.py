"""Giving a finished file its name in one step: never over another one, never half of one."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

__all__ = ["put_in_place"]

_NOT_OVER_LINUX, _NOT_OVER_MACOS = 1, 4
_HERE = -100
"""AT_FDCWD: paths are taken from the folder the process is in."""
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)
"""The system or this file system does not know the call."""


def put_in_place(made: Path, target: Path) -> None:
    """Rename ``made`` to ``target``; raises FileExistsError where there is such a file, else OSError.

    Where the system has no such call the name is taken with an empty file first, which a kill at that
    very moment would leave.
    """
    if sys.platform == "win32":
        made.rename(target)
        return
    if _renamed(made, target):
        return
    target.touch(exist_ok=False)
    try:
        made.replace(target)
    except OSError:
        target.unlink()  # it is ours, and empty
        raise


def _renamed(made: Path, target: Path) -> bool:
    """Rename by the one call that refuses to replace; False where there is none."""
    libc = ctypes.CDLL(None, use_errno=True)
    pair = os.fsencode(made), os.fsencode(target)
    try:
        if sys.platform == "darwin":
            code = libc.renamex_np(*pair, _NOT_OVER_MACOS)
        else:
            code = libc.renameat2(_HERE, pair[0], _HERE, pair[1], _NOT_OVER_LINUX)
    except AttributeError:
        return False  # an older library
    number = ctypes.get_errno()
    if code and number not in _CANNOT:
        raise OSError(number, os.strerror(number), str(target))
    return not code
