"""The side a person chooses is the response that is exported as chosen, whatever order they saw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from labeler.api import ReadOptions, TaskIn
from labeler.app.work.raw import RawView
from labeler.exchange import ExportOptions, run_export
from labeler.exchange.reading import canonical_content
from labeler.exchange.templates import new_project
from labeler.kit.editor import TaskView
from labeler.kit.form import QuestionForm
from labeler.kit.theme import Theme, install_theme
from labeler.panels.comparison.formats import ResponsesFormat
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.work.desk import Desk, Seat
from labeler.work.lane import Lane

WHY = "The one at the left answers the question, the other one does not."
ROWS = [
    {"id": "pair", "prompt": "2+3?", "responses": ["five", "six"]},
    {"id": "four", "prompt": "Name a gas.", "responses": ["a", "b", "c", "d"]},
    {
        "id": "named",
        "prompt": "Hi",
        "responses": [{"text": "yes", "model": "Zarathustra-7b"}, "no"],
    },
]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return install_theme(qapp, choice="light", reduced_motion=True)


class Panels:
    """The host of the plugins as the desk asks for it."""

    def __init__(self, plugins: Plugins) -> None:
        self._plugins = plugins
        self.task, self.codec, self.problems = plugins.task, plugins.codec, plugins.problems

    def content(self, panel: str, raw: bytes) -> Any:
        return self._plugins.content_decoder(panel)(raw)


@pytest.fixture
def plugins() -> Plugins:
    return Plugins.load(safe_mode=True)


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    """A project of the template with a pair and a task of four responses."""
    path, source = tmp_path / "p.labeler", tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    project = new_project(path, "comparison", handle="lead")
    config = project.queue("comparison").config
    new = []
    for one in ResponsesFormat().read(source, ReadOptions(config)):
        assert isinstance(one, TaskIn)
        assert one.content is not None
        raw = canonical_content(one.content)
        new.append(NewTask(one.key, raw, content_fingerprint(raw)))
    project.bulk("comparison", by="lead").add(new)
    project.close()
    made = Lane(lambda: Project.open(path))
    yield made
    made.close()


def sat_down(lane: Lane, plugins: Plugins, handle: str, key: str) -> tuple[Desk, Seat]:
    desk = Desk(lane, lane.call(lambda project: project.sign_in(handle)), Panels(plugins))
    return desk, desk.open(lane.call(lambda project: project.query.find(key)))


def asked(qtbot: QtBot, desk: Desk, seat: Seat) -> QuestionForm:
    """The form as the Work page shows it, its answers on their way to the desk."""
    form = QuestionForm(scopes=("task", "part"))
    qtbot.addWidget(form)
    form.resize(360, 1400)
    form.show_task(
        TaskView(
            task=seat.task.id,
            key=seat.task.key,
            content=seat.content,
            parts=seat.parts,
            config=seat.queue.config,
            value=seat.draft.value,
            context=seat.context,
        )
    )
    form.answered.connect(lambda given: desk.emit(form.value, given.label, given.key))
    form.show()
    qtbot.waitExposed(form)
    return form


def control(form: QuestionForm, question: str) -> Any:
    block = next(one for one in form.asked_blocks if one.question.id == question)
    block.build()
    return block.control


def exported(lane: Lane, plugins: Plugins, target: Path, by: str, **settings: Any) -> list[Any]:
    entry = plugins.format("preference", "comparison")
    told = {f"comparison.{name}": one for name, one in settings.items()}
    run_export(
        *(lambda work: lane.call(work), plugins, plugins.writer(entry), target, "comparison"),
        ExportOptions(by=by, settings=told),
        holds_one=entry.holds_one,
    )
    return [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]


def test_the_response_at_the_side_chosen_is_exported_as_chosen(
    lane: Lane, plugins: Plugins, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    seen: set[tuple[str, ...]] = set()
    for number in range(64):  # both orders within a few people; within 64 for certain
        person = f"person {number}"
        desk, seat = sat_down(lane, plugins, person, "pair")
        order = seat.context.order
        if order in seen:
            continue
        seen.add(order)
        form = asked(qtbot, desk, seat)
        bar = control(form, "preference").bar
        # The leftmost cell: the response at the left is much better.
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.cell_rect(-3).center())
        answer = seat.draft.value.answers["preference"]
        assert answer == {"kind": "prefer", "strength": -3 if order == ("r1", "r2") else 3}
        desk.emit(seat.draft.value.with_answer("justification", WHY), "Write")
        assert desk.submit() == []
        desk.settle()
        texts = {part.id: part.text for part in seat.parts}
        [row] = exported(lane, plugins, tmp_path / f"{number}.jsonl", person)
        assert (row["chosen"], row["rejected"]) == (texts[order[0]], texts[order[1]])
        if len(seen) == 2:
            break
    assert seen == {("r1", "r2"), ("r2", "r1")}


def test_the_order_kept_as_it_was_shown_is_the_order_exported(
    lane: Lane, plugins: Plugins, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    desk, seat = sat_down(lane, plugins, "ada", "four")
    form = asked(qtbot, desk, seat)
    assert "preference" not in [block.question.id for block in form.asked_blocks]
    qtbot.mouseClick(control(form, "ranking").keep, Qt.MouseButton.LeftButton)
    order = seat.context.order
    assert seat.draft.value.answers["ranking"] == {part: n for n, part in enumerate(order, 1)}
    desk.emit(seat.draft.value.with_answer("justification", WHY), "Write")
    assert desk.submit() == []
    desk.settle()
    texts = {part.id: part.text for part in seat.parts}
    rows = exported(lane, plugins, tmp_path / "out.jsonl", "ada", ranking_pairs=True, margin=True)
    best = {(texts[order[0]], texts[order[3]], 3.0), (texts[order[0]], texts[order[1]], 1.0)}
    assert best <= {(row["chosen"], row["rejected"], row["margin"]) for row in rows}
    assert len(rows) == 6


def test_a_model_s_name_is_not_shown_where_the_content_is_shown_as_it_is_stored(
    lane: Lane, plugins: Plugins, qtbot: QtBot, theme: Theme
) -> None:
    _, seat = sat_down(lane, plugins, "ada", "named")
    assert b"Zarathustra-7b" in seat.full.content
    found = plugins.panel("comparison")
    assert found is not None
    view = RawView(seat, known=True, off=True, reason="", unseen=found.manifest.unseen)
    qtbot.addWidget(view)
    shown = "".join(one.toPlainText() for one in view.findChildren(QTextEdit))
    assert '"yes"' in shown
    assert "Zarathustra" not in shown
