"""Does an act again and again on a disk that fails at its n-th call; ``disk.c`` is preloaded.

Run as ``faulty_hands.py MADE FOLDER ERRNO once|stays ACT:FIRST:STEP...``. For n = FIRST, FIRST + STEP
and so on until the act meets no fault: one line of stderr at most, files that are sound, the act
wholly done where it said so, nothing at a target's name but what is whole, and done when it is tried
again. Says on its standard output how many faults were met.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import shutil
import sys
from pathlib import Path

from acts import ACTS, SAID, Act, sound
from gestures import AllRegions

from labeler.model.problems import Problem
from labeler.store import Project
from labeler.store.drafting import value_at_cursor
from labeler.work.desk import Desk
from labeler.work.lane import Lane

_MOST = 100_000


def once(act: Act, made: Path, folder: Path, n: int, error: int, *, stays: bool) -> bool:
    """Do the act with the n-th call failing; whether any did."""
    disk = ctypes.CDLL(None)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    told = io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
        disk.disk_arm(n, error, int(stays))
        try:
            code = act.do(folder)
        finally:
            hits = disk.disk_hits()
            disk.disk_arm(-1, 0, 0)
    lines = told.getvalue().splitlines()
    assert code in (0, 1, 2), code
    assert len(lines) <= 1, lines
    assert "Traceback" not in told.getvalue()
    assert "should not have happened" not in told.getvalue(), lines
    if code == 2:
        assert len(lines) == 1
    done = act.done(folder)
    if code == 0:
        assert done, "it said that it is done"
    if not done:
        again = io.StringIO()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(again):
            assert act.do(folder) in (0, 1), again.getvalue()
        assert act.done(folder), "it cannot be done any more"
    return bool(hits)


def at_the_desk(made: Path, folder: Path, n: int, error: int, *, stays: bool) -> bool:
    """Answer and submit in the app's way while the disk fails, then while it works again."""
    disk = ctypes.CDLL(None)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    path = folder / "p.labeler"
    told: list[float | Problem] = []
    lane = Lane(lambda: Project.open(path))
    anna = lane.call(lambda project: project.person("anna"))
    desk = Desk(lane, anna, AllRegions(), told.append)
    seat = desk.open(lane.call(lambda project: project.query.find("k3")))
    disk.disk_arm(n, error, int(stays))
    for answer in ("positive", "negative"):
        desk.emit(seat.draft.value.with_answer("sentiment", answer), "Answer")
        desk.settle()
    assert desk.submit() == []
    desk.settle()
    hits = disk.disk_hits()
    disk.disk_arm(-1, 0, 0)
    refused = [one.code for one in told if isinstance(one, Problem)]
    assert set(refused) <= {"disk_error", "disk_full", "file_read_only"}, refused
    assert seat.draft.value.answers == {"sentiment": "negative"}
    assert seat.draft.status == "submitted"
    desk.settle()
    assert not seat.draft.unwritten, told
    assert [desk.undo() is not None for _ in range(2)] == [True, True]  # Submit, Answer
    desk.settle()
    lane.close()

    def asked(project: Project) -> tuple[object, ...]:
        row = project.query.find("k3")
        draft = project.open_draft(row, anna, take=False)
        (one,) = project.task(row).annotations
        assert not project.conflicts()[1:]  # the one that prepare made
        return value_at_cursor(draft), [step.label for step in draft.ahead], one.status

    value, ahead, status = sound(path, asked)
    assert value == SAID % b"positive"
    assert ahead == ["Answer", "Submit"]
    assert status == "open"  # taken back by the undo
    return bool(hits)


def main(made: str, folder: str, error: str, stays: str, *acts: str) -> None:
    for act in acts:
        name, first, step = act.split(":")
        faults = 0
        for n in range(int(first), _MOST, int(step)):
            here, often = (Path(made), Path(folder), n, int(error)), stays == "stays"
            try:
                if not (
                    at_the_desk(*here, stays=often)
                    if name == "desk"
                    else once(ACTS[name], *here, stays=often)
                ):
                    break
            except BaseException:
                os.write(2, f"{name}: at call {n}\n".encode())
                raise
            faults += 1
        print(name, faults)


if __name__ == "__main__":
    sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123 - for as long as the process lives
    main(*sys.argv[1:])
