"""A folder of media as the command line takes it: ``import_folder.py PROJECT FOLDER reference|embed``."""

from __future__ import annotations

import time
from pathlib import Path

from board import peak_mb
from pictured import FolderFormat, PicturePanels
from told import tell, words

from labeler.exchange import ImportOptions, here, run_import
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.work.media_roots import MediaRoots


def main() -> None:
    path, folder = map(Path, words()[:2])
    embed = words()[2] == "embed"
    project = Project.create(path, handle="anna")
    project.put_queue("pictures", read_config(b"{}"), panel="pictures", by="anna")
    roots = MediaRoots(path.with_name("media_roots.json"))
    start, worked = time.perf_counter(), time.process_time()
    report = run_import(
        *(here(project), PicturePanels(), FolderFormat(), [folder], "pictures"),
        ImportOptions(by="anna", embed=embed),
        roots=roots,
    )
    taken, worked = time.perf_counter() - start, time.process_time() - worked
    project.close()
    problems = len(report.problems)
    tell(seconds=taken, cpu=worked, mb=peak_mb(), tasks=report.tasks, problems=problems)


main()
