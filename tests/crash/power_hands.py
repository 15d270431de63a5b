"""Does acts while every write is remembered: ``power_hands.py FOLDER SYNCHRONOUS ACT...``.

``disk.c`` is preloaded and keeps the log; after each act it stands there that it was done. How
carefully SQLite is to write can be set, to see that carelessness is found out.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import sys
from pathlib import Path

from acts import ACTS

from labeler.store import file


def main(folder: str, synchronous: str, *acts: str) -> None:
    careful = [one for one in file.PRAGMAS if not one.startswith("synchronous=")]
    setattr(file, "PRAGMAS", (*careful, f"synchronous={synchronous}"))  # noqa: B010
    disk = ctypes.CDLL(None)
    for name in acts:
        with contextlib.redirect_stdout(io.StringIO()):
            assert ACTS[name].do(Path(folder)) == 0
        disk.disk_say(f"{folder}/{name}".encode())


if __name__ == "__main__":
    sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123 - for as long as the process lives
    main(*sys.argv[1:])
