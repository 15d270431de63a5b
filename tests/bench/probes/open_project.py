"""Opening a project as the app does, in a process of its own: ``open_project.py PROJECT PERSON``."""

from __future__ import annotations

import time
from pathlib import Path

from board import peak_mb
from told import tell, words

from labeler.store import Project


def main() -> None:
    path, handle = words()
    times = {}
    start = last = time.perf_counter()

    def done(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        times[name] = now - last
        last = now

    project = Project.open(Path(path))
    done("open")
    person = project.sign_in(handle)
    queues = project.queues()
    done("queues")
    project.query.listing().page(0, 60)
    done("page")
    project.latest_gesture(person)
    found = project.query.next_open(queues[0].name, bytes.fromhex(person.uid))
    assert found is not None
    done("next")
    project.task(found)
    project.query.position(found)
    done("task")
    times["seconds"] = time.perf_counter() - start
    project.file.close()
    tell(mb=peak_mb(), **times)


main()
