"""What an editor's commands are made of: the table, decisions about predictions, labels on offer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from labeler.api import Box, Label, QueueConfig, Span, Value
from labeler.kit.command_table import CommandTable
from labeler.kit.decisions import Decisions
from labeler.kit.editor import CanRun
from labeler.kit.offered_labels import OfferedLabels


@dataclass(frozen=True)
class Word:
    """A proposal that is one word."""

    id: str


@dataclass
class Desk:
    """An editor whose value holds the ids of what was taken over."""

    words: tuple[str, ...] = ("a", "b", "c")
    chosen: tuple[str, ...] = ()
    may_edit: bool = True
    value: Value = field(default_factory=Value)
    rejected: set[str] = field(default_factory=set)
    labels: list[str] = field(default_factory=list)

    @property
    def taken(self) -> list[str]:
        return [region.id for region in self.value.regions]

    @property
    def open(self) -> list[Word]:
        gone = {*self.taken, *self.rejected}
        return [Word(one) for one in self.words if one not in gone]

    def chosen_open(self) -> list[Word]:
        return [one for one in self.open if one.id in self.chosen]

    def commit(self, value: Value, label: str, key: str = "") -> None:
        self.value = value
        self.labels.append(label)

    def choose_regions(self, ids: Sequence[str]) -> None:
        self.chosen = tuple(ids)

    def reject(self, ids: Collection[str]) -> None:
        self.rejected |= set(ids)

    def recall(self) -> None:
        self.rejected.clear()

    def accept(self, taken: Sequence[Word], label: str | None) -> tuple[Value, list[str]]:
        new = [Span(id=one.id, start=0, end=1, label=label) for one in taken]
        return Value((*self.value.regions, *new)), [one.id for one in new]


def commands(desk: Desk) -> CommandTable:
    return CommandTable(Decisions(desk, desk.accept).entries("words"))


def test_with_nothing_chosen_a_decision_is_about_the_first_and_the_next_is_chosen() -> None:
    desk = Desk()
    assert commands(desk).run("words.accept")
    assert (desk.taken, desk.chosen, desk.labels) == (["a"], ("b",), ["Accept prediction"])
    desk.chosen = ()
    assert commands(desk).run("words.reject")
    assert (desk.rejected, desk.chosen) == ({"b"}, ("c",))


def test_all_that_are_chosen_are_decided_together() -> None:
    desk = Desk(chosen=("a", "c"))
    commands(desk).run("words.accept")
    assert (desk.taken, desk.chosen, desk.labels) == (["a", "c"], ("b",), ["Accept predictions"])


def test_a_chosen_one_is_decided_alone_and_the_next_is_chosen() -> None:
    desk = Desk(chosen=("a",))
    commands(desk).run("words.accept")
    assert (desk.taken, desk.chosen) == (["a"], ("b",))
    commands(desk).run("words.reject")
    assert (desk.rejected, desk.chosen) == ({"b"}, ("c",))
    assert desk.labels == ["Accept prediction"]


def test_after_the_last_one_the_first_that_is_left_is_chosen() -> None:
    desk = Desk(chosen=("b",))
    table = commands(desk)
    table.run("words.accept")
    table.run("words.accept")
    assert (desk.taken, desk.chosen) == (["b", "c"], ("a",))


def test_all_are_accepted_even_if_one_is_chosen() -> None:
    desk = Desk(chosen=("b",))
    commands(desk).run("words.accept_all")
    assert desk.taken == ["a", "b", "c"]


def test_what_was_rejected_is_called_back() -> None:
    desk = Desk()
    table = commands(desk)
    assert table.can_run("words.recall") == CanRun(False, "No prediction was rejected")
    for _ in range(3):
        table.run("words.reject")
    assert (desk.open, desk.labels) == ([], [])
    assert table.run("words.recall")
    assert [one.id for one in desk.open] == ["a", "b", "c"]


def test_a_read_only_task_and_one_without_predictions_say_so() -> None:
    closed = commands(Desk(may_edit=False))
    assert closed.can_run("words.accept").reason == "The task is read only"
    assert not closed.run("words.accept_all")
    assert commands(Desk(words=())).can_run("words.reject").reason == "There is no prediction"


def test_a_table_runs_what_can_be_run_and_tells_what_came_of_it() -> None:
    ran: list[str] = []
    table = CommandTable(
        {
            "x.does": (lambda: ran.append("does"), lambda: CanRun(True)),
            "x.fails": (lambda: False, lambda: CanRun(True)),
            "x.never": (lambda: ran.append("never"), lambda: CanRun(False, "Not now")),
        }
    )
    assert [table.run(f"x.{one}") for one in ("does", "fails", "never", "unknown")] == [
        *(True, False, False, False)
    ]
    assert ran == ["does"]
    assert table.can_run("x.never").reason == "Not now"
    assert not table.can_run("x.unknown").ok


def test_the_first_reason_that_holds_is_the_one_given() -> None:
    closed = CanRun(False, "Read only")
    assert closed.where(False, "Nothing is selected") == closed
    assert closed.where(True, "Nothing is selected") == closed
    assert CanRun(True).where(False, "Nothing is selected") == CanRun(False, "Nothing is selected")
    assert CanRun(True).where(True, "Nothing is selected").ok


LABELS = QueueConfig(
    labels=(
        Label(id="old", name="Old", key="O", retired=True),
        Label(id="box", name="Box", key="B", types=("box",)),
        Label(id="both", name="Both", key="É"),
        Label(id="span", name="Span", key="s", types=("span",), colour="#123456"),
    )
)


def test_only_labels_in_use_and_for_the_type_are_offered_in_their_order() -> None:
    spans = OfferedLabels(LABELS, Span)
    assert [one.id for one in spans.offered] == ["both", "span"]
    assert ["box" in spans, "old" in spans, "span" in spans] == [False, False, True]
    assert [one.id for one in OfferedLabels(LABELS, Span, Box).offered] == ["box", "both", "span"]


def test_a_look_counts_the_whole_set_and_a_name_outlives_its_label() -> None:
    spans = OfferedLabels(LABELS, Span)
    assert spans.look("both") == (3, 3)
    assert spans.look("span") == ("#123456", 4)
    assert spans.look("gone") == spans.look(None) == (None, None)
    assert [spans.title(one) for one in ("box", "gone", None)] == ["Box", "gone", ""]
    assert [(one.id, one.place) for one in spans.entries()] == [("both", 3), ("span", 4)]


@pytest.mark.parametrize(
    ("text", "held", "found"),
    [
        ("é", Qt.KeyboardModifier.NoModifier, "both"),
        ("É", Qt.KeyboardModifier.ShiftModifier, "both"),
        ("s", Qt.KeyboardModifier.KeypadModifier, "span"),
        ("s", Qt.KeyboardModifier.ControlModifier, None),
        ("b", Qt.KeyboardModifier.NoModifier, None),
        ("", Qt.KeyboardModifier.ShiftModifier, None),
    ],
)
def test_a_label_is_found_by_its_key(text: str, held: Qt.KeyboardModifier, found: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0, held, text)
    label = OfferedLabels(LABELS, Span).by_key(event)
    assert (label.id if label is not None else None) == found
