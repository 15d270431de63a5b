"""What a tour says of a native export, and that it sees where it is not what was done."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from labeler.app.demo.notes import Wanted
from labeler.app.demo.report import differences, stored

HEAD = {"format": "native", "version": "0.1"}
QUEUES = [
    {"queue": {"name": "first", "panel": "sentiment", "config": {}}},
    {"queue": {"name": "other", "panel": "boxes", "config": {}}},
]
SPAN = {"id": "a", "type": "span", "label": "good", "start": 3, "end": 6, "text": "sky"}
DONE = {"t1": Wanted(answers={"feel": "blue"}, marks=(("good", "sky"),))}


def native(**work: Any) -> bytes:
    """Two queues; one task of the first with gold, and work of anna and of ben."""
    value = {"regions": [SPAN], "answers": {"feel": "blue"}}
    mine = {"layer": "work", "by": "anna", "status": "submitted", "value": value, **work}
    annotations = [
        {"layer": "gold", "by": "anna", "status": "submitted", "value": {"answers": {"feel": "x"}}},
        {"layer": "work", "by": "ben", "status": "skipped", "value": {}},
        mine,
    ]
    task = {
        "queue": "first",
        "key": "t1",
        "content": {"text": "a 🙂sky"},
        "annotations": annotations,
    }
    trees = [HEAD, QUEUES[0], {"task": task}, QUEUES[1], {"task": {"queue": "other", "key": "b"}}]
    return b"".join(json.dumps(tree).encode() + b"\n" for tree in trees)


def test_counts_are_those_of_the_panels_queue_and_the_persons_work() -> None:
    raw = native()
    lines = raw.splitlines(keepends=True)
    found = stored(raw, "sentiment", "anna")
    assert (found.tasks, found.regions, found.answers) == (1, 1, 1)
    assert found.annotations == {"gold": 1, "work": 2}
    assert found.statuses == {"submitted": 1}
    assert found.sha256 == hashlib.sha256(lines[1] + lines[2]).hexdigest()
    assert stored(raw, "boxes", "anna").tasks == 1


def test_nothing_is_told_where_stored_is_what_was_done() -> None:
    assert differences(native(), "sentiment", "anna", DONE) == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"status": "skipped"}, "skipped"),
        ({"reason": "why"}, "why"),
        ({"value": {"regions": [SPAN], "answers": {"feel": "red"}}}, "red"),
        ({"value": {"answers": {"feel": "blue"}}}, "sky"),
        ({"value": {"regions": [{**SPAN, "label": "bad"}], "answers": {"feel": "blue"}}}, "bad"),
    ],
)
def test_a_task_stored_otherwise_is_told(other: dict[str, Any], told: str) -> None:
    [fault] = differences(native(**other), "sentiment", "anna", DONE)
    assert fault.startswith("sentiment: t1: ")
    assert told in fault


def test_a_mark_whose_words_do_not_stand_at_its_place_is_told() -> None:
    moved = {"regions": [{**SPAN, "start": 2, "end": 5}], "answers": {"feel": "blue"}}
    [fault] = differences(native(value=moved), "sentiment", "anna", DONE)
    assert "'🙂sk'" in fault


def test_work_that_is_missing_is_told() -> None:
    more = {**DONE, "t2": Wanted()}
    [fault] = differences(native(), "sentiment", "anna", more)
    assert fault.startswith("sentiment: t2: stored is None")
