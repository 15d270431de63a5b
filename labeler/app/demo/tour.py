"""The frame of the tour: starts its acts as processes, compares what they left, writes the report.

``report.json`` is ``{panel: {"gestures", "stored", "reopened", "exports"}}``:

- ``gestures`` counts what was done with keys and mouse, before and after the kill;
- ``stored`` is what the command line's native export, a process of its own, says of the panel's
  queue in the end (``report.Stored``);
- ``reopened`` is the same, said by the process that came back after the kill: it must be equal;
- ``exports`` has by format what the export dialog wrote into ``exports/``.

``kill.json`` says by panel what was the same right after the kill: value, cursor, and so many undos
and redos, each pressed and compared (``memory.Compared``).

Besides, what is stored must be what was done, task by task, and every export must come back whole.
This process loads no Qt: a display is looked for before the acts begin.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

import click
import msgspec

import labeler
from labeler.app.demo import act_variable
from labeler.app.demo.cast import PERSON, cast
from labeler.app.demo.notes import AfterNote, BeforeNote
from labeler.app.demo.places import Places, make_room, places
from labeler.app.demo.report import PanelReport, Stored, differences, stored
from labeler.exchange.native import NATIVE

__all__ = ["run_tour"]

_ACT_S = 180
_KILLED = -signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM

S = TypeVar("S", bound=msgspec.Struct)


def run_tour(folder: Path) -> int:
    """Go through every panel; returns 0 where all went as it should, else 1. Raises Refusal."""
    where = places(folder)
    make_room(where)
    faults: list[str] = []
    panels = cast()
    notes = [_panel(panel, where, faults) for panel in panels]
    native = _native(where, faults)
    report = {}
    for panel, (before, after) in zip(panels, notes, strict=True):
        found: Stored | None = None
        again = _said_by_itself(panel, where, after)
        if native:
            found = stored(native, panel, PERSON[0])
        if found is not None and after is not None and again != found:
            faults.append(f"{panel}: the app that came back says {again}, the file {found}")
        if native and after is not None:
            faults += differences(native, panel, PERSON[0], after.pages)
        report[panel] = PanelReport(
            gestures=sum(one.gestures for one in (before, after) if one is not None),
            stored=found,
            reopened=again,
            exports=after.exports if after is not None else {},
        )
    _write(where.report, report)
    kill = {
        panel: after.reopened if after is not None else None
        for panel, (_, after) in zip(panels, notes, strict=True)
    }
    _write(where.kill, kill)
    for fault in faults:
        click.echo(fault, err=True)
    count = len(list(where.root.glob("[0-9][0-9]-*-*.png")))
    click.echo(f"{where.report} and {count} pictures beside it")
    return 1 if faults else 0


def _write(path: Path, tree: object) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(tree), indent=2) + b"\n")


def _said_by_itself(panel: str, where: Places, after: AfterNote | None) -> Stored | None:
    """What the native export says that the app wrote after the kill, through its own dialog."""
    told = after.exports.get(NATIVE) if after is not None else None
    if not told:
        return None
    raw = b"".join((where.exports / name).read_bytes() for name in told["files"])
    return stored(raw, panel, PERSON[0])


def _panel(
    panel: str, where: Places, faults: list[str]
) -> tuple[BeforeNote | None, AfterNote | None]:
    """Play both acts of a panel; what went wrong goes into ``faults``."""
    code, said = _play(f"work:{panel}", where)
    before = _note(where.before(panel), BeforeNote)
    if code != _KILLED or before is None:
        faults.append(
            f"{panel}: before the kill: {said or f'it ended with {code}, see {where.log.name}'}"
        )
        return before, None
    code, said = _play(f"return:{panel}", where)
    after = _note(where.after(panel), AfterNote)
    if code != 0 or after is None:
        faults.append(
            f"{panel}: after the kill: {said or f'it ended with {code}, see {where.log.name}'}"
        )
    elif not after.reopened.same:
        faults.append(f"{panel}: after the kill something was not as before: {after.reopened}")
    return before, after


def _note(path: Path, kind: type[S]) -> S | None:
    return msgspec.json.decode(path.read_bytes(), type=kind) if path.is_file() else None


def _native(where: Places, faults: list[str]) -> bytes:
    """The native lines of the whole project as the command line writes them, empty for a failure."""
    command = ["export", str(where.project), str(where.native), "--format", NATIVE]
    done = subprocess.run(
        [*_program(), *command], capture_output=True, env=_environment(), check=False
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        faults.append(f"the command line could not export what is stored: {said}")
        return b""
    return where.native.read_bytes()


# processes


def _program() -> list[str]:
    """How this program is started anew: a frozen one is its own executable."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-P", "-m", labeler.__name__]


def _environment(**more: str) -> dict[str, str]:
    """Ours, so that the same program is found again, and offscreen where there is no display."""
    environment = {**os.environ, **more}
    if not getattr(sys, "frozen", False):
        house = str(Path(labeler.__file__).resolve().parent.parent)
        others = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = f"{house}{os.pathsep}{others}" if others else house
    if "QT_QPA_PLATFORM" not in environment and sys.platform.startswith("linux"):
        if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def _play(act: str, where: Places) -> tuple[int, str]:
    """Play an act in a process of its own.

    Its exit code, negative the signal that killed it, and why it failed, empty where it did not.
    """
    command = [*_program(), "demo", "--tour", str(where.root)]
    with where.log.open("ab") as log:
        log.write(f"-- {act}\n".encode())
        log.flush()
        try:
            done = subprocess.run(
                command,
                env=_environment(**{act_variable(): act}),
                stdout=log,
                stderr=log,
                timeout=_ACT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return 1, f"it did not end within {_ACT_S} s"
    failed = where.failed(act)
    return done.returncode, failed.read_text(encoding="utf-8") if failed.is_file() else ""
