"""A million texts come in, a hundred thousand labelled ones go out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import peers
from board import Beside, Board, child, seconds, worked
from made import QUEUE, Data, project_of, texts

from labeler.exchange import ExportOptions, here, run_export
from labeler.plugins import Plugins
from labeler.store import Project

RUNS = 3
LABELLED = 100_000


def _import(data: Data, empty: Path, count: int) -> dict[str, float]:
    path = data.copy(empty, "import")
    told = child("import_texts", path, data.jsonl(count))
    assert told["tasks"] == count
    assert told["problems"] == 0
    return told


def _naive(data: Data, count: int) -> dict[str, float]:
    path = data.folder / "naive.sqlite"
    path.unlink(missing_ok=True)
    return child("naive_import", path, data.jsonl(count))


def test_import(board: Board, data: Data, tmp_path: Path) -> None:
    empty = project_of(tmp_path / "empty.labeler", 0, lambda _number: ())
    few, many = data.tasks // 10, data.tasks
    ours = [_import(data, empty, many) for _ in range(RUNS)]
    naive = sorted(_naive(data, many)["seconds"] for _ in range(RUNS))[RUNS // 2]
    full = board.size == "full"
    board.add(
        f"import of {many:,} texts",
        "s",
        [one["seconds"] for one in ours],
        Beside("json.loads + executemany, one table", naive),
        *(peers.IMPORT_MILLION_S if full else peers.IMPORT_HUNDRED_THOUSAND_S),
        target=15 if full else None,
        note=worked(ours),
    )
    least = sorted(_import(data, empty, few)["mb"] for _ in range(RUNS))[RUNS // 2]
    board.add(
        f"peak memory at {many:,} texts",
        "MB",
        [one["mb"] for one in ours],
        Beside(f"the same at {few:,}", least),
        *peers.IMPORT_MB,
        target=round(1.15 * least, 1) if full else None,
    )


def test_export(board: Board, data: Data, tmp_path: Path) -> None:
    plugins = Plugins.load(safe_mode=True)
    project = Project.open(data.labelled(LABELLED))
    writer = plugins.writer(plugins.format("text-jsonl", "sentiment"))
    target = tmp_path / "out.jsonl"
    again: Callable[[], None] = lambda: target.unlink(missing_ok=True)  # noqa: E731

    def export() -> None:
        report = run_export(here(project), plugins, writer, target, QUEUE, ExportOptions(by="anna"))
        assert report.annotations == LABELLED

    rows = [
        {"id": key, "text": text, "sentiment": "positive", "by": "anna"}
        for key, text in texts(LABELLED)
    ]

    def dump() -> None:
        with target.open("w", encoding="utf-8") as stream:
            for row in rows:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")

    try:
        ours = seconds(export, RUNS, before=again)
    finally:
        project.close()
    naive = sorted(seconds(dump, RUNS, before=again))[RUNS // 2]
    board.add(
        f"export of {LABELLED:,} labelled texts",
        "s",
        ours,
        Beside("json.dumps of rows in memory", naive),
        *peers.EXPORT_S,
        target=2,
    )
    shutil.rmtree(tmp_path)
