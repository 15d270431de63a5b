"""Does acts in children that are killed at a call to the disk.

Run as ``killed_hands.py MADE FOLDER SEED KILLS``; ``disk.c`` is preloaded. After each kill the files
are sound, nothing half done is at a target's name, and the act can be done. What a child said to be
done before it was killed is there. Says of each act how often it was killed, and how often it was
done nevertheless.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import random
import shutil
import signal
import sys
from pathlib import Path

from acts import ACTS, Act

CALLS = {
    **{"annotate": 70, "import": 75, "merge": 130, "handout": 350, "settle": 55},
    **{"backup": 75, "rotate": 75, "repair": 360, "migrate": 420, "give_back": 290},
}
"""About how many calls to the disk each makes."""


def killed(act: Act, folder: Path, n: int) -> bool:
    """Do an act in a child that is killed before its n-th call; whether it was."""
    told, tell = os.pipe()
    pid = os.fork()
    if not pid:
        code = 9
        try:
            ctypes.CDLL(None).disk_arm(n, 0, 0)
            nowhere = io.StringIO()
            with contextlib.redirect_stderr(nowhere), contextlib.redirect_stdout(nowhere):
                code = act.do(folder)
            os.write(tell, b"done")
        finally:
            os._exit(code)
    os.close(tell)
    said = os.read(told, 4)
    os.close(told)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert not said
        return True
    assert os.waitstatus_to_exitcode(status) in (0, 1)
    return False


def once(name: str, made: Path, folder: Path, n: int) -> tuple[bool, bool]:
    """Kill an act; whether that happened, and whether the act was done by then."""
    act = ACTS[name]
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    was_killed = killed(act, folder, n)
    done = act.done(folder)
    if not was_killed:
        assert done
    if not done:
        with contextlib.redirect_stdout(io.StringIO()):
            assert act.do(folder) in (0, 1)
        assert act.done(folder)
    return was_killed, done


def main(made: str, folder: str, seed: str, kills: str) -> None:
    chance = random.Random(int(seed))
    counts = dict.fromkeys(ACTS, (0, 0))
    left, names = int(kills), list(ACTS)
    while left:
        name = names[left % len(names)]
        n = chance.randint(1, CALLS[name])
        try:
            was_killed, done = once(name, Path(made), Path(folder), n)
        except BaseException:
            os.write(2, f"{name}: at call {n}\n".encode())
            raise
        left -= was_killed
        counts[name] = counts[name][0] + was_killed, counts[name][1] + (was_killed and done)
    for name, (often, done_all_the_same) in counts.items():
        print(name, often, done_all_the_same)


if __name__ == "__main__":
    sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123 - for as long as the process lives
    main(*sys.argv[1:])
