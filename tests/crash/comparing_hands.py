"""A person compares responses until somebody kills the process: ``comparing_hands.py PROJECT HANDLE``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from labeler.plugins import Plugins
from labeler.store import Project
from labeler.work.desk import Desk
from labeler.work.lane import Lane


class Panels:
    """The host of the plugins as the desk asks for it."""

    def __init__(self) -> None:
        self._plugins = Plugins.load(safe_mode=True)
        self.task, self.codec = self._plugins.task, self._plugins.codec

    def content(self, panel: str, raw: bytes) -> Any:
        return self._plugins.content_decoder(panel)(raw)


def sat_down(path: Path, handle: str) -> tuple[Lane, Desk]:
    """The person at the first task of the project."""
    lane = Lane(lambda: Project.open(path))
    desk = Desk(lane, lane.call(lambda project: project.sign_in(handle)), Panels())
    desk.open(lane.call(lambda project: project.query.at("comparison", 0)))
    return lane, desk


def main() -> None:
    _, desk = sat_down(Path(sys.argv[1]), sys.argv[2])
    assert desk.seat is not None
    desk.emit(desk.seat.draft.value.with_answer("ranking", {"r2": 1}), "Rank")
    desk.settle()
    print(json.dumps(desk.seat.context.order), flush=True)
    time.sleep(60)  # the parent kills it long before


if __name__ == "__main__":
    main()
