"""The tour's frame: starts its parts as processes, kills none itself, compares, writes the report.

``report.json`` is ``{panel: {"gestures", "stored", "reopened", "exports"}}``:

- ``gestures`` counts the gestures made with keys and mouse, before and after the kill;
- ``stored`` is what ``export --format native`` of the command line, a process of its own, says of
  the project afterwards: tasks, annotations and the SHA-256 of the lines;
- ``reopened`` is the same as the program says it after it was opened once more; the two must be
  equal, byte for byte of the lines;
- ``exports`` holds, for every format, what the program wrote into ``exports/``: tasks, annotations,
  file and SHA-256; the command line must write the same bytes.

What was compared at the kill (value, cursor, every step of the undo stack) is in ``kill.json``.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from labeler.app.demo import PART
from labeler.app.demo.exports import digest, target_of
from labeler.app.demo.parts import PERSON, SCENES, Places, places
from labeler.assets import brand
from labeler.exchange.native import NATIVE
from labeler.exchange.templates import sample
from labeler.plugins import Plugins

__all__ = ["run_tour"]

_PART_S = 240


def run_tour(folder: Path) -> int:
    """Go through every panel; returns 0 where all that was compared is equal, else 1."""
    where = places(folder)
    where.root.mkdir(parents=True, exist_ok=True)
    for old in (where.machine, where.exports):
        if old.is_dir():
            shutil.rmtree(old)
    where.machine.mkdir()
    where.exports.mkdir()
    report: dict[str, Any] = {}
    kills: dict[str, Any] = {}
    faults: list[str] = []
    for panel in SCENES:
        report[panel], kills[panel] = _panel(panel, where, faults)
    _write(where.root / "kill.json", kills)
    _write(where.root / "report.json", report)
    for fault in faults:
        _say(fault)
    _say(f"{where.root / 'report.json'}: " + ("differences were found" if faults else "all equal"))
    return 1 if faults else 0


def _panel(panel: str, where: Places, faults: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Play the parts of one panel and compare; what does not agree goes into ``faults``."""
    code = _play(f"work:{panel}", where)
    killed = -signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM
    if code != killed:
        faults.append(f"{panel}: the working process ended with {code}, it was not killed")
    if _play(f"return:{panel}", where) != 0:
        faults.append(f"{panel}: the program did not come back whole")
    if _play(f"look:{panel}", where) != 0:
        faults.append(f"{panel}: the program could not be opened once more")
    before, after = _note(where, f"{panel}-before"), _note(where, f"{panel}-after")
    kill = {"before": before.get("state"), "after": after.get("state")}
    if not kill["before"] or kill["before"] != kill["after"]:
        faults.append(f"{panel}: after the kill something is not as it was before, see kill.json")
    exports = after.get("exports", {})
    stored = _stored(panel, where, faults)
    reopened = _note(where, f"{panel}-look")
    if not stored or stored != reopened:
        faults.append(f"{panel}: what is stored is not what the reopened program shows")
    _compare_exports(panel, where, exports, faults)
    gestures = before.get("gestures", 0) + after.get("gestures", 0)
    panel_report = {
        "gestures": gestures,
        "stored": stored,
        "reopened": reopened,
        "exports": exports,
    }
    return panel_report, kill


# the command line says what is stored


def _project(where: Places) -> Path:
    return where.machine / "projects" / f"{sample().title}{brand().extension}"


def _queue_of(panel: str) -> str:
    return next(one.name for one in sample().queues if one.panel == panel)


def _stored(panel: str, where: Places, faults: list[str]) -> dict[str, Any]:
    target = where.machine / f"{panel}-stored.jsonl"
    answer = _export(panel, NATIVE, target, where, ["--source", "all"])
    if answer is None:
        faults.append(f"{panel}: the command line could not export what is stored")
        return {}
    return {
        "tasks": answer["tasks"],
        "annotations": answer["annotations"],
        "sha256": digest(target),
    }


def _compare_exports(panel: str, where: Places, exports: dict[str, Any], faults: list[str]) -> None:
    """The command line must write the same bytes as the program did, in every format."""
    again = where.machine / "exports"
    again.mkdir(exist_ok=True)
    wanted = {entry.id: entry.extensions for entry in Plugins.load().formats(panel) if entry.export}
    wanted[NATIVE] = (".jsonl",)
    for format_id, extensions in wanted.items():
        target = target_of(again, panel, format_id, extensions)
        more = ["--source", "all"] if format_id == NATIVE else ["--by", PERSON[0]]
        answer = _export(panel, format_id, target, where, more)
        told = exports.get(format_id)
        if answer is None or told is None:
            faults.append(f"{panel}: {format_id} was not exported")
        elif told["sha256"] != digest(target) or told["tasks"] != answer["tasks"]:
            faults.append(f"{panel}: {format_id} differs between the app and the command line")


def _export(
    panel: str, format_id: str, target: Path, where: Places, more: list[str]
) -> dict[str, Any] | None:
    arguments = ["export", str(_project(where)), str(target), "--format", format_id]
    arguments += ["--queue", _queue_of(panel), "--json", *more]
    done = subprocess.run(
        [*_program(), *arguments], capture_output=True, env=_environment(), check=False
    )
    if done.returncode != 0:
        _say(done.stderr.decode("utf-8", "replace").strip())
        return None
    answer: dict[str, Any] = msgspec.json.decode(done.stdout)
    return answer


# processes


def _program() -> list[str]:
    """How this program is started anew: a frozen one is its own executable."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "labeler"]


def _environment(**more: str) -> dict[str, str]:
    environment = {**os.environ, **more}
    if "QT_QPA_PLATFORM" not in environment and sys.platform.startswith("linux"):
        if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def _play(part: str, where: Places) -> int:
    """Play a part in a process of its own; its exit code, negative the signal that killed it."""
    command = [*_program(), "demo", "--tour", str(where.root)]
    log = where.root / "tour.log"
    with log.open("ab") as file:
        file.write(f"-- {part}\n".encode())
        file.flush()
        try:
            return subprocess.run(
                command,
                env=_environment(**{PART: part}),
                stdout=file,
                stderr=file,
                timeout=_PART_S,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            file.write(b"-- it did not end\n")
            return 1


def _note(where: Places, name: str) -> dict[str, Any]:
    path = where.note(name)
    if not path.is_file():
        return {}
    note: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return note


def _write(path: Path, tree: dict[str, Any]) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(tree), indent=2) + b"\n")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
