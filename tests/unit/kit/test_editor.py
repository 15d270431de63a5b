"""The editor protocol, and the contract that finds an editor that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.api import (
    Content,
    Json,
    Label,
    MediaRef,
    Opaque,
    Part,
    QueueConfig,
    Refusal,
    Region,
    Span,
    Value,
)
from labeler.api.manifest import read_manifest
from labeler.api.testing import ContractBroken, Example
from labeler.kit.editor import CanRun, Editor, EditorHost, RegionColumn, TaskView
from labeler.kit.testing import EditorContract, RecordingHost, task_view
from labeler.kit.theme import Theme

MANIFEST = b"""
id = "tiny"
name = "Tiny"
version = "0.1.0"
api = ["0.1"]
kit = ["0.1"]
media = ["text"]
task = "nowhere:Task"
editor = "here:TinyEditor"
[[command]]
id = "tiny.mark"
title = "Mark all"
keys = ["M"]
[[command]]
id = "tiny.drop"
title = "Drop the last"
keys = ["D"]
[[setting]]
key = "tiny.loud"
kind = "bool"
default = true
title = "Loud"
"""


class Words(Content, frozen=True, kw_only=True):
    text: str

    def parts(self) -> tuple[Part, ...]:
        return (Part("text", "text", text=self.text),)


ONE = Example(
    Words(text="good food"),
    Value((Span(id="a", label="pos", start=0, end=4, text="good"),), {"mood": "pos"}),
    QueueConfig(labels=(Label("pos", key="p"),)),
)
TWO = Example(
    Words(text="bad"),
    Value((Span(id="b", start=0, end=1), Span(id="c", start=1, end=2))),
    ONE.config,
)


class TinyEditor(Editor):
    """Draws the text with its spans; two commands, a field for the text of the first span."""

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.chosen: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Text")
        self.field = QLineEdit()
        self.field.setAccessibleName("Note")
        self.field.textEdited.connect(self._typed)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addStretch(1)
        host.theme.changed.connect(self.update)

    def _typed(self, text: str) -> None:
        spans = [region for region in self.value.regions if isinstance(region, Span)]
        if spans:
            typed = msgspec.structs.replace(spans[0], text=text)
            self.change(self.value.with_region(typed), "Type", "tiny.note")

    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        self.field.setReadOnly(view.read_only or view.content is None)
        self._fill()

    def set_value(self, value: Value) -> None:
        super().set_value(value)
        self._fill()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.field.setReadOnly(read_only)

    def _fill(self) -> None:
        spans = [region for region in self.value.regions if isinstance(region, Span)]
        self.field.setText(spans[0].text if spans else "")
        self.update()

    def can_run(self, command_id: str) -> CanRun:
        if command_id not in ("tiny.mark", "tiny.drop"):
            return CanRun(False, "unknown")
        if self.view is None or self.view.content is None or self.read_only:
            return CanRun(False, "Nothing to change here")
        spans = [region for region in self.value.regions if isinstance(region, Span)]
        if command_id == "tiny.drop" and not spans:
            return CanRun(False, "There is no span")
        return CanRun(True)

    def run(self, command_id: str) -> bool:
        if not self.can_run(command_id).ok:
            return False
        if command_id == "tiny.mark":
            self.change(self.value.with_region(Span(id="new", start=0, end=1)), "Mark")
        else:
            last = [one for one in self.value.regions if isinstance(one, Span)][-1]
            self.change(self.value.without({last.id}), "Drop")
        self._fill()
        return True

    def select_regions(self, region_ids: Sequence[str]) -> None:
        self.chosen = tuple(one for one in region_ids if self.value.region(one) is not None)
        self.update()

    def region_columns(self) -> tuple[RegionColumn, ...]:
        return (RegionColumn("text", "Text", grows=True), RegionColumn("at", "At", numeric=True))

    def describe_region(self, region: Region) -> tuple[str, ...]:
        assert isinstance(region, Span)
        return (region.text, str(region.start))

    def state(self) -> Json:
        return {"caret": self.field.cursorPosition()}

    def restore_state(self, state: Json) -> None:
        if isinstance(state, dict) and isinstance(state.get("caret"), int):
            self.field.setCursorPosition(state["caret"])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.host.theme.tokens.surface)
        painter.end()


def contract(cls: type[Any], tmp_path: Path) -> EditorContract:
    path = tmp_path / "panel.toml"
    path.write_bytes(MANIFEST)
    return EditorContract(path, examples=(ONE, TWO), load=lambda _text: cls)


def test_a_sound_editor_keeps_every_claim(theme: Theme, tmp_path: Path) -> None:
    contract(TinyEditor, tmp_path).run()


class EmitsWhenShown(TinyEditor):
    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        self.change(self.value, "Oops")


class EmitsWhenSet(TinyEditor):
    def set_value(self, value: Value) -> None:
        super().set_value(value)
        self.change(value, "Oops")


class LeaksWidgets(TinyEditor):
    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        QWidget(self)


class LeaksItself(TinyEditor):
    ALIVE: list[QWidget] = []

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.ALIVE.append(QWidget())


class WritesWhereItMustOnlyRead(TinyEditor):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.host.emit(Value(), "Oops")


class ForgetsReadOnly(TinyEditor):
    def set_read_only(self, read_only: bool) -> None:
        """Goes on as before."""


class GivesNoReason(TinyEditor):
    def can_run(self, command_id: str) -> CanRun:
        can = super().can_run(command_id)
        return CanRun(can.ok and command_id != "tiny.drop", "")


class RunsAnything(TinyEditor):
    def run(self, command_id: str) -> bool:
        super().run(command_id)
        return True


class MakesEverythingAnew(TinyEditor):
    def change(self, value: Value, label: str, key: str = "") -> None:
        regions = tuple(msgspec.structs.replace(one) for one in value.regions)
        super().change(Value(regions, value.answers), label, key)


class EmitsWithoutName(TinyEditor):
    def change(self, value: Value, label: str, key: str = "") -> None:
        super().change(value, "", key)


class LosesStrangers(TinyEditor):
    def change(self, value: Value, label: str, key: str = "") -> None:
        kept = tuple(one for one in value.regions if not isinstance(one, Opaque))
        super().change(Value(kept, value.answers), label, key)


class DescribesTooLittle(TinyEditor):
    def describe_region(self, region: Region) -> tuple[str, ...]:
        return super().describe_region(region)[:1]


class CountsInWords(TinyEditor):
    def describe_region(self, region: Region) -> tuple[str, ...]:
        return (super().describe_region(region)[0], "three")


class EchoesSelections(TinyEditor):
    def select_regions(self, region_ids: Sequence[str]) -> None:
        super().select_regions(region_ids)
        self.host.select_regions(self.chosen)


class TakesPredictions(TinyEditor):
    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        for prediction in view.predictions:
            self.set_value(prediction.value)


class NeedsContent(TinyEditor):
    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        if view.content is None:
            raise RuntimeError("no content")


class HasNoJsonState(TinyEditor):
    def state(self) -> Json:
        return {"widget": self}


class BelievesAnyState(TinyEditor):
    def restore_state(self, state: Json) -> None:
        self.field.setCursorPosition(state["caret"] if isinstance(state, dict) else 0)
        if state == 7:
            raise RuntimeError("seven")


class HasANamelessButton(TinyEditor):
    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(QPushButton())


class PaintsItsOwnColours(TinyEditor):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.end()

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.field.hide()


class RaisesWhilePainting(TinyEditor):
    def paintEvent(self, event: QPaintEvent) -> None:
        raise RuntimeError("painting")


@pytest.mark.parametrize(
    ("cls", "claim"),
    [
        (EmitsWhenShown, "showing_a_task_emits_nothing"),
        (EmitsWhenSet, "setting_a_value_emits_nothing"),
        (LeaksWidgets, "opening_and_closing_leaves_nothing_behind"),
        (LeaksItself, "opening_and_closing_leaves_nothing_behind"),
        (WritesWhereItMustOnlyRead, "a_read_only_editor_changes_nothing"),
        (ForgetsReadOnly, "a_read_only_editor_changes_nothing"),
        (GivesNoReason, "every_command_answers"),
        (RunsAnything, "every_command_answers"),
        (MakesEverythingAnew, "what_it_emits_is_what_it_shows"),
        (EmitsWithoutName, "what_it_emits_is_what_it_shows"),
        (LosesStrangers, "regions_nobody_knows_survive"),
        (DescribesTooLittle, "every_region_is_described"),
        (CountsInWords, "every_region_is_described"),
        (EchoesSelections, "selecting_from_outside_is_no_echo"),
        (TakesPredictions, "predictions_are_shown_and_change_nothing"),
        (NeedsContent, "it_stands_without_content"),
        (HasNoJsonState, "its_place_comes_back"),
        (BelievesAnyState, "its_place_comes_back"),
        (HasANamelessButton, "everything_that_takes_the_focus_has_a_name"),
        (PaintsItsOwnColours, "another_theme_is_worn_at_once"),
        (RaisesWhilePainting, "showing_a_task_emits_nothing"),
    ],
    ids=lambda one: one.__name__ if isinstance(one, type) else one,
)
def test_the_contract_finds_an_editor_that(
    theme: Theme, tmp_path: Path, cls: type[Editor], claim: str
) -> None:
    check = next(one for one in contract(cls, tmp_path).claims() if one.name == claim)
    with pytest.raises((ContractBroken, RuntimeError, TypeError, KeyError)):
        check.check()
    LeaksItself.ALIVE.clear()


def test_a_manifest_that_names_no_editor_breaks_the_contract(theme: Theme, tmp_path: Path) -> None:
    with pytest.raises(ContractBroken, match="no subclass"):
        contract(QWidget, tmp_path).run()


def test_a_contract_without_examples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="example"):
        EditorContract(tmp_path / "panel.toml", examples=())


# ------------------------------------------------------------------------------ the base class


Made = Callable[..., tuple[TinyEditor, RecordingHost]]


@pytest.fixture
def made(theme: Theme, qtbot: QtBot) -> Made:
    def make(*, read_only: bool = False) -> tuple[TinyEditor, RecordingHost]:
        host = RecordingHost()
        editor = TinyEditor(host)
        qtbot.addWidget(editor)
        editor.show_task(task_view(ONE, read_only=read_only))
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is editor)
        return editor, host

    return make


def test_change_keeps_the_value_and_emits_it(made: Made) -> None:
    editor, host = made()
    editor.change(Value(), "Clear", "k")
    assert editor.value == Value()
    assert [(one.value, one.label, one.key) for one in host.emitted] == [(Value(), "Clear", "k")]


def test_change_does_nothing_where_nothing_may_be_changed(made: Made) -> None:
    editor, host = made(read_only=True)
    editor.change(Value(), "Clear")
    assert editor.value == ONE.value
    editor.set_read_only(False)
    editor.close_task()
    editor.change(Value(), "Clear")
    assert host.emitted == []


def test_closing_lets_go_of_the_task(made: Made) -> None:
    editor, _ = made()
    editor.close_task()
    assert editor.view is None
    assert editor.value == Value()


def test_typing_is_known_by_where_the_caret_is(made: Made, qtbot: QtBot) -> None:
    editor, _ = made()
    editor.setFocus()
    assert editor.typing() is False
    editor.field.setFocus()
    assert editor.typing() is True
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert editor.typing() is False


def test_a_field_that_can_only_be_read_is_no_typing(made: Made) -> None:
    editor, _ = made(read_only=True)
    editor.field.setFocus()
    assert editor.typing() is False


def test_an_editor_that_overrides_nothing_answers_everything(theme: Theme, qtbot: QtBot) -> None:
    editor = Editor(RecordingHost())
    qtbot.addWidget(editor)
    view = task_view(ONE)
    editor.show_task(view)
    assert editor.can_run("x") == CanRun(False, "")
    assert editor.run("x") is False
    assert (
        editor.handle_key(QKeyEvent(QKeyEvent.Type.KeyPress, 65, Qt.KeyboardModifier(0))) is False
    )
    assert editor.tool_widget() is None
    assert editor.shown_questions() == frozenset()
    assert editor.region_columns() == ()
    assert editor.describe_region(ONE.value.regions[0]) == ()
    assert editor.state() is None
    editor.restore_state({"x": 1})
    editor.finish_gesture()
    editor.pick_label("pos")
    editor.show_part("text")
    editor.select_regions(("a",))
    assert editor.view is view
    assert editor.value == ONE.value


def test_a_view_finds_its_parts() -> None:
    view = task_view(ONE)
    part = view.part("text")
    assert part is not None
    assert part.text == "good food"
    assert view.part("gone") is None


def test_the_recording_host_answers_as_the_app_does(theme: Theme, tmp_path: Path) -> None:
    path = tmp_path / "panel.toml"
    path.write_bytes(MANIFEST)
    host = RecordingHost(read_manifest(path), media={"a.wav": b"RIFF"})
    assert host.key_text("tiny.mark") == "M"
    assert host.key_text("tiny.none") == ""
    assert host.setting("tiny.loud") is True
    with pytest.raises(KeyError):
        host.setting("tiny.none")
    assert host.open_medium(MediaRef("a.wav")).read() == b"RIFF"
    with pytest.raises(Refusal, match="no such file"):
        host.open_medium(MediaRef("b.wav"))
