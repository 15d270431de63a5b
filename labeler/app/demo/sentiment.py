"""What the hands do in the sentiment panel: classes by key, spans by hand, predictions, and back."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt

from labeler.app.demo.hands import Hands, TourFailed
from labeler.app.demo.state import TaskState, of_task
from labeler.kit.controls.scale import ScaleBar

__all__ = ["after_the_kill", "before_the_kill"]

_WORD = re.compile(r"[^\W\d_]{4,}")
_BY_KEY = 6


def _words(hands: Hands, count: int) -> list[str]:
    """Words of the text on the stage that occur in it once, in order."""
    text = hands.surface.document.text
    found = [word for word in _WORD.findall(text) if text.count(word) == 1]
    if len(found) < count:
        raise TourFailed(f"the text of {hands.seat.task.key} has too few words")
    return found[:count]


def _answer(hands: Hands, key: str) -> None:
    """Give the class by its key; the queue goes on by itself."""
    before = hands.seat.task.key
    hands.key(key)
    hands.settle()
    hands.wait("the next task is there", lambda: hands.seat.task.key != before)


def _spans(hands: Hands) -> None:
    """Mark a span by drag, one by double click, one by keyboard alone."""
    first, second, third = _words(hands, 3)
    hands.drag_over(first)
    hands.key("p")
    hands.key(Qt.Key.Key_Escape)
    hands.double_click(second)
    hands.key("o")
    hands.key(Qt.Key.Key_Escape)
    hands.put_caret(third)
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Space)
    hands.key("i")
    hands.settle()
    made = len(hands.seat.draft.value.regions)
    if made != 3:
        raise TourFailed(f"three spans were marked, {made} are there")


def _scale(hands: Hands) -> None:
    """Click on a point of the first scale of the form, where one is asked."""
    scales = hands.work.inspector.form.findChildren(ScaleBar)
    if scales:
        hands.click(scales[0])
        hands.settle()


def _undo_and_redo(hands: Hands, times: int) -> None:
    before = hands.seat.draft.value_json()
    for _ in range(times):
        hands.key(Qt.Key.Key_Z, ctrl=True)
    if hands.seat.draft.value_json() == before:
        raise TourFailed("undo changed nothing")
    for _ in range(times):
        hands.key(Qt.Key.Key_Z, ctrl=True, shift=True)
    if hands.seat.draft.value_json() != before:
        raise TourFailed("redo did not bring back what undo took")


def _undo_across_tasks(hands: Hands) -> None:
    """Take a submit back from the next task, and do it again."""
    key = hands.seat.task.key
    _answer(hands, "3")
    hands.key(Qt.Key.Key_Z, ctrl=True)
    hands.settle()
    if (hands.seat.task.key, hands.seat.draft.status) != (key, "open"):
        raise TourFailed("undo did not reach back across the submit")
    hands.key(Qt.Key.Key_Z, ctrl=True, shift=True)
    hands.settle()
    hands.key(Qt.Key.Key_Return, ctrl=True)
    hands.settle()


def _accept_prediction(hands: Hands) -> None:
    """Go to the first open task with a prediction and take it over by key."""
    for _ in range(hands.seat.queue.tasks):
        seat = hands.seat
        if seat.predictions and seat.draft.status == "open":
            hands.key("a")
            hands.settle()
            if not hands.seat.draft.cursor and hands.seat is seat:
                raise TourFailed("the prediction was not taken over")
            if hands.seat is seat:
                hands.key(Qt.Key.Key_Return, ctrl=True)
                hands.settle()
            if hands.work.flow.seat is seat:
                _answer(hands, "2")
            return
        hands.key(Qt.Key.Key_PageDown, ctrl=True)
        hands.settle()
    raise TourFailed("no open task has a prediction")


def _skip_and_flag(hands: Hands) -> None:
    for key, words, status in (
        ("s", "Not my language", "skipped"),
        ("f", "Names a private person", "flagged"),
    ):
        seat = hands.seat
        hands.key(key)
        hands.key(words)
        hands.key(Qt.Key.Key_Return)
        hands.settle()
        if seat.draft.status != status:
            raise TourFailed(f"{seat.task.key} is {seat.draft.status}, not {status}")


def _open_task(hands: Hands) -> None:
    """Be at a task that is open to the person."""
    if hands.seat.read_only:
        hands.key(Qt.Key.Key_Return, ctrl=True)
        hands.settle()


def before_the_kill(hands: Hands) -> TaskState:
    """Work through tasks; leave one in the middle, and say what must be there again."""
    _spans(hands)
    hands.picture("work-sentiment")
    _scale(hands)
    _undo_and_redo(hands, 2)
    _answer(hands, "1")
    for number in range(_BY_KEY):
        _answer(hands, "123"[number % 3])
    _undo_across_tasks(hands)
    _accept_prediction(hands)
    _open_task(hands)
    _skip_and_flag(hands)
    _open_task(hands)
    _spans(hands)
    _scale(hands)
    hands.key(Qt.Key.Key_Z, ctrl=True)
    hands.settle()
    state = of_task(hands)
    # One gesture more, on top of what was walked through: the kill comes right after it.
    value = state.value
    fourth = _words(hands, 4)[3]
    hands.drag_over(fourth)
    hands.key("u")
    draft = hands.seat.draft
    label = draft.undo_label
    if label is None or draft.value_json().decode() == value:
        raise TourFailed("the last gesture before the kill changed nothing")
    return TaskState(
        state.task,
        state.key,
        draft.value_json().decode(),
        draft.status,
        draft.cursor,
        ((label, value), *state.stack),
    )


def after_the_kill(hands: Hands) -> None:
    """Go on where the kill cut in: submit the task, and a few more."""
    _answer(hands, "2")
    for number in range(3):
        _answer(hands, "312"[number])
    # Change what was submitted before.
    hands.key(Qt.Key.Key_PageUp, ctrl=True)
    hands.settle()
    hands.key("r")
    hands.key("1")
    hands.settle()
    _open_task(hands)
