"""A step on the UI thread, with a long text typed before it."""

from __future__ import annotations

import json
import statistics

from board import Beside, Board, seconds
from made import QUEUE, Data

from labeler.app.panels import DeskPanels
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.work.desk import Desk
from labeler.work.lane import Lane

LETTERS = 20_000
PER_WRITE = 4
"""Letters in the 250 ms between two writings: a fast typist."""


def test_typing(board: Board, data: Data) -> None:
    lane = Lane(lambda: Project.open(data.copy(data.labelled(1000), "typed")))
    try:
        person = lane.call(lambda project: project.sign_in("dora"))
        desk = Desk(lane, person, DeskPanels(Plugins.load(safe_mode=True)))
        first = desk.fetch_next(QUEUE, None).result()
        assert first is not None
        seat = desk.sit(first)
        typed = 0

        def letter() -> None:
            nonlocal typed
            typed += 1
            text = seat.draft.value.answers.get("note", "")
            letter = " " if typed % 6 == 0 else chr(97 + typed % 26)
            desk.emit(seat.draft.value.with_answer("note", text + letter), "Type", "note")

        def write() -> None:
            if typed % PER_WRITE == 0:
                desk.flush()
            if typed % 400 == 0:
                desk.settle()

        while typed < LETTERS:
            letter()
            write()
        desk.settle()
        behind = seconds(letter, 500, before=write)
        value = json.loads(seat.draft.value_json())
        whole = statistics.median(seconds(lambda: json.dumps(value), 50))
        beside = Beside("json.dumps of the whole value", 1000 * whole)
        name = f"a step with {LETTERS:,} letters behind it"
        taken = [1000 * one for one in behind]
        board.add(name, "ms", taken, beside, target=1)
        board.add("  99 in 100", "ms", [sorted(taken)[int(0.99 * len(taken))]], target=1)
        flushed = seconds(desk.flush, 50, before=letter)
        board.add("  beginning to write it", "ms", [1000 * one for one in flushed], target=1)
        desk.settle()
        undone = seconds(desk.undo, 1)
        redone = seconds(desk.redo, 1)
        assert len(seat.draft.value.answers["note"]) > LETTERS
        board.add("  undo of all of it", "ms", [1000 * one for one in undone])
        board.add("  redo of all of it", "ms", [1000 * one for one in redone])
        desk.settle()
        row = seat.task
        again = seconds(lambda: desk.open(row), 3, before=desk.leave)
        board.add("  opening the task again", "ms", [1000 * one for one in again])
    finally:
        lane.close()
