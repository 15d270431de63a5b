"""Exports of a tour, by the running program: every format that writes, of one panel's queue."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from labeler.api.manifest import FormatEntry
from labeler.app.context import Told
from labeler.app.demo.hands import Hands, TourFailed
from labeler.app.session import ProjectSession
from labeler.exchange.exporting import ExportOptions, run_export
from labeler.exchange.native import NATIVE, run_native_export
from labeler.exchange.reports import ExportReport
from labeler.store import Project

__all__ = ["digest", "export_everything", "native_of", "target_of"]

T = TypeVar("T")


def digest(path: Path) -> str:
    """SHA-256 of a file, or of a folder's files by name."""
    total = hashlib.sha256()
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.is_file():
            if path.is_dir():
                total.update(file.relative_to(path).as_posix().encode() + b"\0")
            total.update(file.read_bytes())
    return total.hexdigest()


def target_of(folder: Path, panel: str, format_id: str, extensions: tuple[str, ...]) -> Path:
    """Where an export of a tour goes."""
    return folder / f"{panel}-{format_id}{extensions[0] if extensions else ''}"


def export_everything(hands: Hands, panel: str, folder: Path) -> dict[str, dict[str, object]]:
    """Export the panel's queue in every format that writes, ``native`` too; what came of each."""
    folder.mkdir(parents=True, exist_ok=True)
    session = _session(hands)
    queue = next(one.name for one in session.queues if one.panel == panel)
    plugins = hands.context.plugins
    told: dict[str, dict[str, object]] = {}
    for entry in plugins.formats(panel):
        if not entry.export:
            continue
        target = target_of(folder, panel, entry.id, entry.extensions)
        told[entry.id] = _told_of(_wait(hands, _export(hands, entry, queue, target)), target)
    native = target_of(folder, panel, NATIVE, (".jsonl",))
    report = _wait(
        hands,
        lambda _told: run_native_export(_asks(session), native, queue, ExportOptions("all")),
    )
    told[NATIVE] = _told_of(report, native)
    return told


def _export(
    hands: Hands, entry: FormatEntry, queue: str, target: Path
) -> Callable[[Told], ExportReport]:
    session, plugins = _session(hands), hands.context.plugins
    writer = plugins.writer(entry)
    options = ExportOptions(by=session.person.handle)

    def export(_told: Told) -> ExportReport:
        return run_export(
            _asks(session), plugins, writer, target, queue, options, holds_one=entry.holds_one
        )

    return export


def native_of(hands: Hands, panel: str, target: Path) -> dict[str, object]:
    """What the program at hand exports of the panel's queue, in full: counts and SHA-256."""
    session = _session(hands)
    queue = next(one.name for one in session.queues if one.panel == panel)
    target.unlink(missing_ok=True)
    report = _wait(
        hands,
        lambda _told: run_native_export(_asks(session), target, queue, ExportOptions("all")),
    )
    told = _told_of(report, target)
    del told["file"]
    return told


def _session(hands: Hands) -> ProjectSession:
    session = hands.context.session
    if session is None:
        raise TourFailed("no project is open")
    return session


def _asks(session: ProjectSession) -> Callable[[Callable[[Project], T]], T]:
    def ask(work: Callable[[Project], T], /) -> T:
        return session.lane.post(work, urgent=False).result()

    return ask


def _wait(hands: Hands, export: Callable[[Told], ExportReport]) -> ExportReport:
    reports: list[ExportReport] = []
    failures: list[BaseException] = []
    hands.context.background(export, reports.append, failures.append, receiver=hands.window)
    hands.wait("the export is done", lambda: bool(reports or failures))
    if failures:
        raise failures[0]
    return reports[0]


def _told_of(report: ExportReport, target: Path) -> dict[str, object]:
    return {
        "tasks": report.tasks,
        "annotations": report.annotations,
        "file": target.name,
        "sha256": digest(target),
    }
