"""The sides of a conflict as cards: what they came from, then each with what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from labeler.app.data.when import moment_words
from labeler.app.review.words import Words
from labeler.app.words import number
from labeler.kit import Badge, Button, Card, Divider, Text
from labeler.kit.controls.text import ElidedText
from labeler.model.three_way import ABSENT, Difference
from labeler.model.word_difference import Run, difference
from labeler.store import Version
from labeler.work.conflict_case import Case, names_of

__all__ = ["DifferenceText", "SideCard", "SideCards"]

_PAD, _GAP = 12, 8
_NAME = 104
_MOST = 20
"""So many places are told on a card; of more it says how many there are."""


class DifferenceText(Text):
    """A text with what was removed struck and what was added marked, by signs and colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._runs: tuple[Run, ...] = ()
        self._note = ""
        super().__init__("", "body", wrap=True, selectable=True, parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def plain(self) -> str:
        """What is said, signs included: what is copied and read aloud."""
        told = "".join(" " * blank + text for blank, text in _signed(self._runs))
        return f"{told} {self._note}".strip() if self._note else told

    def show_runs(self, runs: Sequence[Run], note: str = "") -> None:
        """Show these runs, and a quiet note behind them."""
        self._runs, self._note = tuple(runs), note
        self.theme_changed()
        self.setAccessibleName(self.plain)

    def theme_changed(self) -> None:
        super().theme_changed()
        t = self.theme.tokens
        looks = {
            "removed": f"color:{t.diff_del.name()};background-color:{t.diff_del_bg.name()};"
            "text-decoration:line-through",
            "added": f"color:{t.diff_add.name()};background-color:{t.diff_add_bg.name()}",
        }
        told = "".join(
            f'{" " * blank}<span style="white-space:pre-wrap;{looks.get(run.kind, "")}">'
            f"{escape(text).replace(chr(10), '<br>')}</span>"
            for run, (blank, text) in zip(self._runs, _signed(self._runs), strict=True)
        )
        if self._note:
            told += f' <span style="color:{t.text_2.name()}">{escape(self._note)}</span>'
        self.setText(told)


def _signed(runs: Sequence[Run]) -> list[tuple[bool, str]]:
    """The texts of runs, what went and what came with a sign; whether a blank stands before each."""
    told, before = [], ""
    for run in runs:
        sign = {"removed": "− ", "added": "+ "}.get(run.kind, "")
        told.append((run.kind == "added" and before == "removed", sign + run.text))
        before = run.kind
    return told


class SideCard(Card):
    """One side, or with ``side`` −1 what all of them came from. ``keep_wanted`` carries the side."""

    keep_wanted = Signal(int)

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self.side = side
        self.badge = Badge(number(side + 1), "accent")
        self.name = ElidedText("", "ui_strong")
        self.did = ElidedText("", role="text_2")
        self.keep = Button(self.tr("Keep"), compact=True)
        self.keep.clicked.connect(self._keep)
        if side < 0:
            self.badge.set_badge(self.tr("Base"), "neutral", "history")
            self.keep.hide()
        head = QHBoxLayout()
        head.setContentsMargins(_PAD, 8, 8, 8)
        head.setSpacing(_GAP)
        head.addWidget(self.badge)
        head.addWidget(self.name)
        head.addWidget(self.did, 1)
        head.addWidget(self.keep)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(_PAD + 4, 8, _PAD, 10)
        self.grid.setHorizontalSpacing(_GAP)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnMinimumWidth(0, _NAME)
        self.grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Divider())
        column.addLayout(self.grid)
        self.texts: list[DifferenceText] = []

    def add_line(self, name: str, text: DifferenceText | Text) -> None:
        """Put a named text below the others."""
        row = self.grid.rowCount()
        label = Text(name, role="text_2", wrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignTop)
        if isinstance(text, DifferenceText):
            self.texts.append(text)

    def set_kept(self, kept: bool) -> None:
        """Show whether the result is this side as it stands."""
        self.set_rim("accent" if kept else "border")
        self.keep.set_icon("check" if kept else "")
        self.keep.setText(self.tr("Kept") if kept else self.tr("Keep"))
        self.keep.setAccessibleName(f"{self.keep.text()} {self.name.text}")

    def _keep(self) -> None:
        self.keep_wanted.emit(self.side)


class SideCards(QWidget):
    """What a conflict came from and its sides, one below the other."""

    keep_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[SideCard] = []
        self.letters = False
        self._case: Case | None = None
        self._words: Words | None = None
        self._keys: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_case(self, case: Case | None, words: Words | None, keys: Sequence[str]) -> None:
        """Show another conflict; ``keys`` are those that keep a side, in order."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards, self._case, self._words = [], case, words
        if case is None or words is None:
            return
        origin = case.read.origin
        if case.base is not None and origin is not None:
            card = SideCard(-1)
            card.name.set_text(self.tr("Before"))
            pattern = self.tr("{when}, all of them started here")
            card.did.set_text(pattern.format(when=moment_words(origin.when)))
            self._add(card)
        for side, name in enumerate(names_of(case.sides)):
            card = SideCard(side)
            card.name.set_text(name or self.tr("Task {number}").format(number=number(side + 1)))
            card.did.set_text(self._did(case.sides[side]))
            card.keep_wanted.connect(self.keep_wanted)
            self._add(card)
        self._fill()
        self.set_keys(keys)

    def _add(self, card: SideCard) -> None:
        self.cards.append(card)
        self._column.addWidget(card)

    def set_keys(self, keys: Sequence[str]) -> None:
        """Show the keys that keep a side."""
        for card in self.cards:
            if 0 <= card.side < len(keys):
                card.keep.set_key(keys[card.side])

    def set_letters(self, letters: bool) -> None:
        """Compare texts letter by letter, or word by word."""
        self.letters = letters
        if self._case is not None and self._words is not None:
            for card in self.cards:
                for text, one in zip(card.texts, _told(self._case), strict=True):
                    self._compare(card.side, text, one)

    def set_kept(self, kept: int | None) -> None:
        """Show which side the result equals."""
        for card in self.cards:
            if card.side >= 0:
                card.set_kept(card.side == kept)

    def set_enabled(self, enabled: bool, why: str = "") -> None:
        """Whether a side can be kept now."""
        for card in self.cards:
            card.keep.setEnabled(enabled)
            card.keep.setToolTip(why)

    def _fill(self) -> None:
        case, words = self._case, self._words
        if case is None or words is None:
            return
        told = _told(case)
        many = len({one.place.region for one in told}) > 1
        for card in self.cards:
            for one in told:
                text = DifferenceText()
                self._compare(card.side, text, one)
                name = words.place_name(one.place)
                region = words.region_name(one.place.region) if one.place.region else ""
                if many and region and region != name:
                    name = f"{region}, {name}"
                card.add_line(name, text)
            rest = len(case.found) - len(told)
            if rest:
                more = self.tr("And %n more places", "", rest)
                card.add_line("", Text(more, role="text_2"))

    def _compare(self, side: int, text: DifferenceText, one: Difference) -> None:
        words = self._words
        if words is None:
            return
        before, origin = words.said(one, one.base), self._case is not None and self._case.base
        value = one.base if side < 0 else one.versions[side]
        said = words.said(one, value)
        if value is ABSENT:
            gone = self.tr("not there") if one.base is ABSENT else self.tr("deleted")
            if self._case is not None and any(other.uses for other in self._case.sides):
                gone = self.tr("taken out; kept as retired for what uses it")
            runs: tuple[Run, ...] = (Run("removed", before),) if side >= 0 and before else ()
            text.show_runs(runs, gone)
        elif side < 0 or origin is None:
            text.show_runs((Run("same", said),) if said else ())
        elif one.base is ABSENT:
            text.show_runs((Run("added", said),))
        else:
            runs = difference(before, said, letters=self.letters)
            same = all(run.kind == "same" for run in runs)
            note = ""
            if same:
                changed = value != one.base
                note = self.tr("changed in detail") if changed else self.tr("same as before")
            text.show_runs(runs, note)

    def _did(self, side: Version) -> str:
        """What a person did, when, and why where it settled an earlier conflict."""
        if not side.hlc:
            return ""
        words = {
            "submitted": self.tr("submitted"),
            "accepted": self.tr("accepted"),
            "returned": self.tr("returned"),
            "open": self.tr("reopened"),
            "skipped": self.tr("skipped"),
            "flagged": self.tr("flagged"),
        }.get(side.status, self.tr("changed"))
        if side.deleted:
            words = self.tr("deleted it")
        elif side.uses:
            words = self.tr("uses it")
        if side.reason:
            pattern = self.tr("{what}: {reason}")
            words = pattern.format(what=words, reason=side.reason)
        told = f"{words}, {moment_words(side.when)}"
        if side.comment:
            told += ", " + self.tr("“{text}”").format(text=side.comment)
        return told


def _told(case: Case) -> list[Difference]:
    """The places told on cards: contested ones first, as many as can be read."""
    ordered = sorted(case.found, key=lambda one: one.verdict != "contested")
    return ordered[:_MOST]
