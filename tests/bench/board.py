"""The one table of a run: each figure with what it is measured beside, and where it should be.

Figures are medians; nothing here fails because a machine is slow. The same goes to build/bench.json.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Beside", "Board", "Figure", "child", "import_costs", "peak_mb", "seconds", "worked"]

PROBES = Path(__file__).parent / "probes"
_CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Beside:
    """What a figure stands beside, in the figure's unit; ``source`` says where a peer's is from."""

    name: str
    value: float
    source: str = "here"


@dataclass(frozen=True)
class Figure:
    """One figure: its runs, what it stands beside, and the greatest it should be."""

    name: str
    unit: str
    runs: tuple[float, ...]
    beside: tuple[Beside, ...] = ()
    target: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """What counts of the runs."""
        return statistics.median(self.runs)


class Board:
    """Collects the figures of a run."""

    def __init__(self, size: str) -> None:
        self.size = size
        self.figures: list[Figure] = []

    def add(
        self,
        name: str,
        unit: str,
        runs: Sequence[float],
        *beside: Beside,
        target: float | None = None,
        note: str = "",
    ) -> None:
        """Take a figure; ``target`` is the greatest it should be, in its unit."""
        self.figures.append(Figure(name, unit, tuple(runs), beside, target, note))

    def table(self) -> str:
        """The figures in the order they were taken, one line for each thing they stand beside."""
        rows = [("figure", "median", "beside it", "", "ratio", "target", "")]
        for figure in self.figures:
            target = "" if figure.target is None else f"≤ {_number(figure.target)} {figure.unit}"
            met = "" if figure.target is None else "met" if _met(figure) else "MISSED"
            first = (figure.name, f"{_number(figure.median)} {figure.unit}")
            for number, beside in enumerate(figure.beside or (None,)):
                name, value, ratio = "", "", ""
                if beside is not None:
                    source = "" if beside.source == "here" else f" [{beside.source}]"
                    name, value = beside.name + source, f"{_number(beside.value)} {figure.unit}"
                    ratio = f"{figure.median / beside.value:.2f}×" if beside.value else ""
                left = first if number == 0 else ("", "")
                right = (target, met) if number == 0 else ("", "")
                rows.append((*left, name, value, ratio, *right))
            if figure.note:
                rows.append(("", "", figure.note, "", "", "", ""))
        return _aligned(rows)

    def write(self, path: Path) -> None:
        """Write the figures with every run."""
        figures = [
            {
                "name": figure.name,
                "unit": figure.unit,
                "median": figure.median,
                "runs": list(figure.runs),
                "beside": [vars(one) for one in figure.beside],
                "target": figure.target,
                "met": None if figure.target is None else _met(figure),
                "note": figure.note,
            }
            for figure in self.figures
        ]
        machine = {"cpus": os.cpu_count(), "system": platform.platform()}
        told = {"size": self.size, "python": sys.version.split()[0], **machine, "figures": figures}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _met(figure: Figure) -> bool:
    return figure.target is not None and figure.median <= figure.target


def _number(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    whole = [row for row in rows if row[3] or row[1]]
    widths = [max(len(row[column]) for row in whole) for column in range(len(rows[0]))]
    right = {1, 3, 4}
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "─" * max(len(line) for line in lines))
    return "\n".join(lines)


def seconds(
    call: Callable[[], object], runs: int = 5, *, before: Callable[[], object] | None = None
) -> list[float]:
    """How long each of so many calls took; ``before`` runs ahead of each and is not counted."""
    taken = []
    for _ in range(runs):
        if before is not None:
            before()
        gc.collect()
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return taken


def child(probe: str, *words: object, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """What a probe says (one JSON table) run in a process of its own.

    Its first argument is when it was started, in monotonic nanoseconds.
    """
    command = [sys.executable, str(PROBES / f"{probe}.py"), str(time.monotonic_ns())]
    path = os.pathsep.join([str(PROBES.parent), str(_CHECKOUT)])
    variables = {**os.environ, "PYTHONPATH": path, **(environment or {})}
    told = subprocess.run(
        [*command, *map(str, words)],
        env=variables,
        cwd=_CHECKOUT,
        capture_output=True,
        check=False,
        text=True,
    )
    if told.returncode != 0:
        raise RuntimeError(f"the probe {probe} failed:\n{told.stderr}")
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def peak_mb() -> float:
    """The most memory this process has had at once, in MB; its own, not its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    import psutil

    return float(getattr(psutil.Process().memory_info(), "peak_wset", 0)) / 1e6


def import_costs() -> dict[str, float]:
    """What an import has cost so far: most memory of this process and the one that read for it,
    added up (MB), and the seconds each of them worked. On a machine that has a core for either and
    nothing else to do, the import takes little more than the longer of the two."""
    import resource

    mine, reader = (
        resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    scale = 1 if sys.platform == "darwin" else 1024
    return {
        "mb": peak_mb() + reader.ru_maxrss * scale / 1e6,
        "wrote": mine.ru_utime + mine.ru_stime,
        "read": reader.ru_utime + reader.ru_stime,
    }


def worked(runs: Sequence[dict[str, Any]]) -> str:
    """A note on how long the two processes of imports worked, as medians."""
    wrote, read = (statistics.median(one[name] for one in runs) for name in ("wrote", "read"))
    return f"seconds worked: {_number(wrote)} writing, {_number(read)} reading beside it"
