"""An import as the command line does it, in a process of its own: ``import_texts.py PROJECT JSONL``."""

from __future__ import annotations

import time
from pathlib import Path

from board import import_costs
from told import tell, words

from labeler.exchange import ImportOptions, here, run_import
from labeler.plugins import Plugins
from labeler.store import Project


def main() -> None:
    path, source = map(Path, words())
    plugins = Plugins.load(safe_mode=True)
    project = Project.open(path)
    reader = plugins.reader(plugins.format("text-jsonl", "sentiment"))
    start = time.perf_counter()
    report = run_import(here(project), plugins, reader, [source], "texts", ImportOptions(by="anna"))
    taken = time.perf_counter() - start
    costs = import_costs()
    project.close()
    tell(seconds=taken, tasks=report.tasks, problems=len(report.problems), **costs)


main()
