"""What a tour found: what is stored as the command line says it, held against what was done."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from labeler.app.demo.notes import Wanted

_WHOSE = {"span": "label", "segment": "speaker"}
"""By the type of a region with words, the field that says what kind of words, or whose, they are."""

__all__ = ["PanelReport", "Stored", "differences", "stored"]


class Stored(msgspec.Struct, frozen=True):
    """What the native export says of a panel's queue.

    ``annotations`` counts by layer, ``statuses`` the work by its status, ``regions`` and ``answers``
    what is in it; ``sha256`` is that of the queue's lines, those of its tasks included, each with
    its line end.
    """

    tasks: int
    annotations: dict[str, int]
    statuses: dict[str, int]
    regions: int
    answers: int
    sha256: str


class PanelReport(msgspec.Struct, frozen=True):
    """What ``report.json`` has under a panel's id; see ``Stored``."""

    gestures: int
    stored: Stored | None
    reopened: Stored | None
    exports: dict[str, dict[str, Any]]


def _work(task: Mapping[str, Any], handle: str) -> list[dict[str, Any]]:
    return [
        one for one in task.get("annotations", ()) if one["layer"] == "work" and one["by"] == handle
    ]


def _of_queue(native: bytes, panel: str) -> tuple[list[bytes], list[dict[str, Any]]]:
    """The lines of the panel's queues and the tasks in them."""
    names, lines, tasks = set(), [], []
    for line in native.splitlines(keepends=True):
        tree = msgspec.json.decode(line)
        if "queue" in tree and tree["queue"]["panel"] == panel:
            names.add(tree["queue"]["name"])
            lines.append(line)
        elif "task" in tree and tree["task"]["queue"] in names:
            lines.append(line)
            tasks.append(tree["task"])
    return lines, tasks


def stored(native: bytes, panel: str, handle: str) -> Stored:
    """What a native export says of a panel: counts, and the sum of its lines."""
    lines, tasks = _of_queue(native, panel)
    layers: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    regions = answers = 0
    for task in tasks:
        layers.update(one["layer"] for one in task.get("annotations", ()))
        for one in _work(task, handle):
            statuses[one["status"]] += 1
            regions += len(one["value"].get("regions", ()))
            answers += len(one["value"].get("answers", ()))
    total = hashlib.sha256(b"".join(lines)).hexdigest()
    return Stored(
        len(tasks),
        dict(sorted(layers.items())),
        dict(sorted(statuses.items())),
        regions,
        answers,
        total,
    )


def differences(native: bytes, panel: str, handle: str, pages: Mapping[str, Wanted]) -> list[str]:
    """Where what is stored is not what the person did, a line for each task."""
    _, tasks = _of_queue(native, panel)
    faults = []
    done: dict[str, Wanted] = {}
    for task in tasks:
        for one in _work(task, handle):
            faults += [
                f"{panel}: {task['key']}: a mark says {words!r}, at its place stands {there!r}"
                for words, there in _misplaced(one["value"].get("regions", ()), task["content"])
            ]
            done[task["key"]] = _as_wanted(one)
    for key in sorted(done.keys() | pages.keys()):
        if done.get(key) != pages.get(key):
            faults.append(f"{panel}: {key}: stored is {done.get(key)}, done was {pages.get(key)}")
    return faults


def _text_of(content: Mapping[str, Any], part: str | None) -> str:
    """The text of a part: of the content itself, or of what in it has this id."""
    if part is None or "text" in content:
        return str(content.get("text", ""))
    for name in ("responses", "turns"):
        for one in content.get(name, ()):
            if one["id"] == part:
                return str(one.get("text", ""))
    return ""


def _misplaced(regions: Any, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for one in regions:
        if one["type"] == "span":
            text = _text_of(content, one.get("on"))
            there = text[one["start"] : one["end"]]
            if there != one["text"]:
                found.append((one["text"], there))
    return found


def _as_wanted(one: Mapping[str, Any]) -> Wanted:
    value = one["value"]
    marks = sorted(
        (mark["start"], mark["end"], mark.get(_WHOSE[mark["type"]], ""), mark.get("text", ""))
        for mark in value.get("regions", ())
        if mark["type"] in _WHOSE
    )
    return Wanted(
        one["status"],
        value.get("answers", {}),
        tuple((label, words) for _, _, label, words in marks),
        one.get("reason", ""),
        tuple(
            mark.get("label") or ""
            for mark in value.get("regions", ())
            if mark["type"] not in _WHOSE
        ),
    )
