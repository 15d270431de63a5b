"""Two windows of one person on one file: neither takes the other's gestures away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from labeler.api import Codec, Content, PanelTask, Part, Problem, Value
from labeler.model.checks import value_problems
from labeler.model.problems import Refusal
from labeler.model.queue import QueueConfig, read_config
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.store.drafts import CHECKPOINT_EVERY
from labeler.work.desk import Desk
from labeler.work.lane import Lane

CONFIG = b'{"questions": [{"id": "note", "kind": "text"}]}'


class Text(Content):
    """A text to judge."""

    text: str

    def parts(self) -> tuple[Part, ...]:
        return (Part("text", "text", text=self.text),)


class Panels:
    """A house with one panel, without its checks."""

    def task(self, panel: str) -> PanelTask | None:
        return None

    def codec(self, panel: str) -> Codec:
        return Codec({})

    def content(self, panel: str, raw: bytes) -> Content | None:
        return msgspec.json.decode(raw, type=Text)

    def problems(
        self, panel: str, content: Content, value: Value, config: QueueConfig
    ) -> tuple[Problem, ...]:
        return tuple(value_problems(value, config, content.parts()))


Told = list[float | Problem]
Open = Callable[[], tuple[Desk, Told]]


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Open]:
    """Opens one more window on a project of three texts."""
    path = tmp_path / "p.labeler"
    project = Project.create(path, handle="anna")
    project.put_queue("texts", read_config(CONFIG), panel="texts", by="anna")
    contents = [msgspec.json.encode({"text": f"text {n}"}) for n in range(3)]
    project.bulk("texts", by="anna").tasks(
        [NewTask(f"k{n}", one, content_fingerprint(one)) for n, one in enumerate(contents)]
    )
    project.close()
    lanes = []

    def open_window() -> tuple[Desk, Told]:
        lane = Lane(lambda: Project.open(path))
        lanes.append(lane)
        told: Told = []
        return Desk(lane, lane.call(lambda one: one.sign_in("anna")), Panels(), told.append), told

    yield open_window
    for lane in lanes:
        lane.close()


def note(desk: Desk, text: str) -> None:
    assert desk.seat is not None
    desk.emit(desk.seat.draft.value.with_answer("note", text), f"Write {text}")
    desk.settle()


def at(desk: Desk, key: str) -> None:
    row = desk.lane.call(lambda project: project.query.find(key))
    desk.open(row)


def test_a_task_read_before_another_window_worked_at_it_overwrites_none_of_its_steps(
    window: Open,
) -> None:
    (one, told), (other, _) = window(), window()
    at(one, "k0")
    one.prefetch()
    read_before = one.next_open().result()
    at(other, "k1")
    for text in ("a", "ab", "abc"):
        note(other, text)
    other.leave()
    other.lane.call(lambda project: project.path)  # until the draft is given free
    assert read_before is not None
    one.sit(read_before)
    note(one, "mine")
    note(one, "mine too")
    refused = [what for what in told if isinstance(what, Problem)]
    assert [problem.code for problem in refused] == ["draft_changed"] * 2
    at(one, "k1")
    assert one.seat is not None
    draft = one.seat.draft
    assert [draft.undo() for _ in range(4)] == ["Write abc", "Write ab", "Write a", None]
    draft.redo()
    note(one, "mine at last")
    assert isinstance(told[-1], float)


def test_a_batch_whose_answer_was_lost_may_be_written_again(window: Open) -> None:
    desk, _ = window()
    at(desk, "k0")
    assert desk.seat is not None
    seat = desk.seat
    desk.emit(seat.draft.value.with_answer("note", "a"), "Write")
    batch = seat.draft.take_batch()
    assert batch is not None

    def write(project: Project) -> None:
        project.take_draft(seat.task, desk.person)
        project.write_steps(
            seat.task, desk.person, seat.draft.row, batch.steps, batch.cursor, batch.saved
        )

    desk.lane.call(write)
    desk.lane.call(write)
    other = msgspec.structs.replace(batch.steps[0], forward=b"[]")

    def overwrite(project: Project) -> None:
        project.write_steps(seat.task, desk.person, seat.draft.row, (other,), 1, 0)

    with pytest.raises(Refusal, match="changed in another window"):
        desk.lane.call(overwrite)


def test_undo_reaches_a_task_that_was_left_at_a_checkpoint(window: Open) -> None:
    desk, _ = window()
    at(desk, "k0")
    for number in range(CHECKPOINT_EVERY):
        assert desk.seat is not None
        desk.emit(desk.seat.draft.value.with_answer("note", str(number)), f"Write {number}")
    desk.settle()
    at(desk, "k1")
    undone = desk.undo()
    assert undone is not None
    label, loaded = undone.result()
    assert label == f"Write {CHECKPOINT_EVERY - 1}"
    assert loaded is not None
    assert desk.sit(loaded).draft.value.answers == {"note": str(CHECKPOINT_EVERY - 2)}
