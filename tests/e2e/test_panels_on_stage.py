"""The panel on the stage: what its keys do, that it goes when it is turned off, where its focus is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_app import Running, make_project, predict, with_policy

from labeler.app.dialogs.settings import SettingsDialog
from labeler.app.panels import DeskPanels
from labeler.app.work.raw import RawView
from labeler.kit.focus import FocusRing
from labeler.kit.text import TextSurface
from labeler.model.queue import read_config
from labeler.model.regions import Region
from labeler.model.value import Value
from labeler.plugins import Plugins

Start = Callable[..., Running]


def predicted(start: Start, folder: Path, value: bytes, *, auto: bool = True) -> Running:
    config = with_policy(auto_advance=auto)
    path = make_project(folder / "p.labeler", config=config, panel="sentiment")
    predict(path, "t0", value)
    return start().open(path)


def test_accepting_a_class_by_its_key_goes_on_like_the_key_of_the_choice(
    start: Start, tmp_path: Path
) -> None:
    run = predicted(start, tmp_path, b'{"answers": {"feel": "good"}}')
    run.work.focus_content()
    run.press("a")
    run.settle()
    stored = run.stored("t0")
    assert stored is not None
    assert (stored["status"], stored["value"]) == ("submitted", {"answers": {"feel": "good"}})
    assert run.key == "t1"
    # One gesture: one undo takes back the submission and the answer, and leads there.
    run.context.commands.run("app.undo")
    run.settle()
    assert run.key == "t0"
    assert run.work.flow.value == Value()


def test_it_does_not_where_the_queue_does_not_go_on_by_itself(start: Start, tmp_path: Path) -> None:
    run = predicted(start, tmp_path, b'{"answers": {"feel": "good"}}', auto=False)
    run.work.focus_content()
    run.press("a")
    run.settle()
    assert run.key == "t0"
    assert run.work.flow.value.answers == {"feel": "good"}


@pytest.mark.parametrize(
    "value",
    [
        b'{"answers": {"feel": "good"}, "regions": [{"id": "s", "type": "span", "label": "thing",'
        b' "start": 0, "end": 3, "text": "one"}]}',
        b'{"answers": {"feel": "good", "why": "so it is"}}',
        b'{"answers": {"why": "so it is"}}',
    ],
)
def test_what_is_more_than_one_keys_answer_is_looked_at_first(
    start: Start, tmp_path: Path, value: bytes
) -> None:
    run = predicted(start, tmp_path, value)
    run.work.focus_content()
    run.press("a")
    run.settle()
    assert run.key == "t0"
    assert run.work.flow.value != Value()


def test_a_panel_turned_off_leaves_the_stage_at_once_and_comes_back(
    start: Start, tmp_path: Path
) -> None:
    run = start().open(make_project(tmp_path / "p.labeler", panel="sentiment"))
    run.work.focus_content()
    run.press("1")
    run.settle()
    run.context.commands.run("app.settings")
    dialog = run.window.findChild(SettingsDialog)
    assert dialog is not None
    page = dialog.plugins
    rows = [page.rows.model().index(n, 0) for n in range(page.rows.model().rowCount())]
    page.rows.setCurrentIndex(next(one for one in rows if one.data() == "Sentiment"))
    page.turn()
    assert run.work.stage.editor is None
    assert isinstance(run.work.stage.currentWidget(), RawView)
    assert run.work.flow.value.answers == {"feel": "good"}, "the draft is the desk's"
    page.turn()
    assert run.work.stage.editor is not None
    assert run.work.flow.value.answers == {"feel": "good"}
    dialog.reject()


class _Breaking(Region, tag="breaking", frozen=True, kw_only=True):
    """A guest's region that cannot say what is wrong with it."""

    def faults(self):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError("a guest's mistake")


def test_a_guests_region_that_breaks_is_a_problem_and_no_crash() -> None:
    panels = DeskPanels(Plugins.load(safe_mode=True))
    task = panels.content("sentiment", b'{"text": "one"}')
    assert task is not None
    config = read_config(b'{"labels": [], "questions": []}')
    found = panels.problems("sentiment", task, Value((_Breaking(id="x"),)), config)
    assert [problem.code for problem in found] == ["plugin_failed"]


def test_no_ring_lies_round_a_text_with_a_caret(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    run = start().open(make_project(tmp_path / "p.labeler", panel="sentiment"))
    surface = run.window.findChild(TextSurface)
    assert surface is not None
    surface.setFocus()
    QTest.keyClick(surface, Qt.Key.Key_Right)

    def rings() -> list[QWidget]:
        return [one for one in run.window.findChildren(FocusRing) if one.isVisible()]

    assert rings() == []
    surface.set_read_only(True)
    assert len(rings()) == 1, "without a caret the ring says where the keyboard is"
    surface.set_read_only(False)
    assert rings() == []
