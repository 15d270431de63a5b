"""The lane: one thread owns the project; long work in it is overtaken between its transactions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeler.store import Project
from labeler.work.lane import Lane, LaneClosed


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    Project.create(tmp_path / "p.labeler", handle="anna").close()
    made = Lane(lambda: Project.open(tmp_path / "p.labeler"))
    yield made
    made.close()


def test_long_work_lets_pass_what_waits_and_is_passed_by_nothing_that_passes(lane: Lane) -> None:
    began, posted = threading.Event(), threading.Event()
    order: list[str] = []

    def long(_project: Project) -> None:
        began.set()
        assert posted.wait(5)
        lane.let_pass()
        order.append("long")

    def passes(_project: Project) -> None:
        lane.post(lambda _: order.append("posted by what passes"), urgent=True)
        lane.let_pass()
        order.append("passes")

    ended = lane.post(long, urgent=False)
    assert began.wait(5)
    first = lane.post(lambda _project: order.append("patient"), urgent=False)
    second = lane.post(passes)
    posted.set()
    for one in (first, second, ended):
        one.result(5)
    assert order == ["passes", "posted by what passes", "patient", "long"]


def test_long_work_ends_where_the_project_is_closed(lane: Lane) -> None:
    began, goes_on = threading.Event(), threading.Event()

    def long(_project: Project) -> None:
        began.set()
        assert goes_on.wait(5)
        while True:
            lane.let_pass()

    ended = lane.post(long, urgent=False)
    assert began.wait(5)
    closing = threading.Thread(target=lane.close)
    closing.start()
    goes_on.set()
    with pytest.raises(LaneClosed):
        ended.result(5)
    closing.join(5)
    assert not closing.is_alive()


def test_only_the_lane_lets_pass(lane: Lane) -> None:
    with pytest.raises(RuntimeError):
        lane.let_pass()
