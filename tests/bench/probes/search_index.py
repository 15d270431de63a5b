"""Making the search index of a project from nothing: ``search_index.py PROJECT FOLDER``."""

from __future__ import annotations

import time
from pathlib import Path

from board import peak_mb
from told import tell, words

from labeler.store import Project
from labeler.store.indexing import Indexing


def main() -> None:
    path, folder = map(Path, words())
    project = Project.open(path, read_only=True)
    index = Indexing(project.file, folder)
    slices = []
    began, worked = time.perf_counter(), time.process_time()
    ready = False
    while not ready:
        before = time.thread_time()
        state = index.step()
        slices.append(1000 * (time.thread_time() - before))
        if state.problem is not None:
            raise RuntimeError(str(state.problem))
        ready = state.ready
    taken, worked = time.perf_counter() - began, time.process_time() - worked
    index.close()
    project.file.close()
    slices.sort()
    told = {
        "seconds": taken,
        "cpu": worked,
        "slices": len(slices),
        "p99": slices[int(0.99 * len(slices))],
        "longest": slices[-1],
        "mb": sum(one.stat().st_size for one in folder.iterdir()) / 1e6,
        "project_mb": path.stat().st_size / 1e6,
        "peak_mb": peak_mb(),
    }
    tell(**told)


if __name__ == "__main__":
    main()
