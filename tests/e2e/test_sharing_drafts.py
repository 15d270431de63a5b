"""What a person began in another copy is offered when they sit down at its task."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

sys.path.insert(0, str(Path(__file__).parent))

from copied import copy_of
from made_app import Running

from labeler.app.sharing.draft_offer import DraftOffer
from labeler.model.codec import Codec
from labeler.model.regions import REGION_TYPES
from labeler.store import Project
from labeler.work.draft import Draft

Start = Callable[..., Running]


def begun(path: Path, key: str, by: str = "anna") -> Path:
    """A copy in which somebody began a task and left it without a submit."""
    project = Project.open(path)
    row, person = project.query.find(key), project.sign_in(by)
    draft = Draft(project.open_draft(row, person), Codec(REGION_TYPES))
    draft.emit(draft.value.with_answer("feel", "bad"), "Choose")
    draft.emit(draft.value.with_answer("why", "cold"), "Write")
    batch = draft.take_batch()
    assert batch is not None
    project.write_steps(row, person, draft.row, batch.steps, batch.cursor, batch.saved)
    project.close()
    return path


def merged(path: Path, other: Path) -> Path:
    project = Project.open(path)
    project.merge(other)
    project.close()
    return path


def offer(run: Running) -> DraftOffer:
    found = run.window.sharing.offer
    assert found is not None
    return found


@pytest.fixture
def away(path: Path) -> Path:
    """A project that has what Anna began in the text t0 on another machine."""
    return merged(path, begun(copy_of(path, "laptop.labeler"), "t0"))


def test_what_was_begun_elsewhere_is_taken_over_by_key_and_can_be_undone(
    start: Start, away: Path
) -> None:
    run = start().open(away)
    run.qtbot.waitUntil(lambda: not offer(run).isHidden())
    assert offer(run).words.text() == "Your unfinished work from another copy, Today, 2 changes"
    run.ctrl(Qt.Key.Key_T, shift=True)
    run.settle()
    assert offer(run).isHidden()
    assert dict(run.work.flow.value.answers) == {"feel": "bad", "why": "cold"}
    run.ctrl(Qt.Key.Key_Z)
    run.settle()
    assert dict(run.work.flow.value.answers) == {}
    run.ctrl(Qt.Key.Key_Z, shift=True)
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    stored = run.stored("t0")
    assert stored is not None
    assert stored["value"] == {"answers": {"feel": "bad", "why": "cold"}}
    assert offer(run).isHidden(), "the next task has nothing that came along"


def test_what_is_left_is_not_offered_again(start: Start, away: Path) -> None:
    run = start().open(away)
    run.qtbot.waitUntil(lambda: not offer(run).isHidden())
    QTest.mouseClick(offer(run).decline, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    run.settle()
    run.work.step(forward=True)
    run.settle()
    run.work.step(forward=False)
    run.settle()
    assert run.key == "t0"
    assert offer(run).isHidden()
    assert not run.context.commands.can_run("work.take_draft").ok


def test_what_a_merge_brings_for_the_task_on_the_desk_is_offered_at_once(
    start: Start, path: Path
) -> None:
    other = begun(copy_of(path, "laptop.labeler"), "t0")
    run = start().open(path)
    assert offer(run).isHidden()
    run.window.sharing.merger.merge([other])
    run.qtbot.waitUntil(lambda: not offer(run).isHidden())


def test_what_somebody_else_began_is_offered_to_them_and_not_to_others(
    start: Start, path: Path
) -> None:
    run = start().open(merged(path, begun(copy_of(path, "bens.labeler"), "t0", by="ben")))
    assert offer(run).isHidden()
    assert run.context.session is not None
    along = run.context.session.lane.call(
        lambda project: [one.steps for one in project.drafts_along(project.query.find("t0"))]
    )
    assert along == [2]
