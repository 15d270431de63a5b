"""COCO in or out, or a folder of images in, as the command line does it.

``coco.py in|out|images PROJECT PLACE``
"""

from __future__ import annotations

import time
from pathlib import Path

from board import import_costs
from told import tell, words

from labeler.exchange import ExportOptions, ImportOptions, here, run_export, run_import
from labeler.model.queue import QueueConfig
from labeler.plugins import Plugins
from labeler.store import Project

QUEUE = "boxes"


def main() -> None:
    way, path, file = words()[0], *map(Path, words()[1:])
    plugins = Plugins.load(safe_mode=True)
    entry = plugins.format("images" if way == "images" else "coco", "boxes")
    tasks = 0
    if way != "out":
        project = Project.create(path, handle="anna")
        project.put_queue(QUEUE, QueueConfig(), panel="boxes", by="anna")
        reader = plugins.reader(entry)
        start = time.perf_counter()
        report = run_import(here(project), plugins, reader, [file], QUEUE, ImportOptions(by="anna"))
        count, tasks = report.annotations, report.tasks
    else:
        project = Project.open(path)
        writer = plugins.writer(entry)
        start = time.perf_counter()
        done = run_export(
            here(project), plugins, writer, file, QUEUE, ExportOptions(), holds_one=True
        )
        count = done.annotations
    taken = time.perf_counter() - start
    costs = import_costs()
    project.close()
    tell(seconds=taken, annotations=count, tasks=tasks, **costs)


main()
