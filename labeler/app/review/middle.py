"""The middle of the conflicts: which one it is, its task in the panel's editor, its sides as cards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from labeler.app.commands import Commands
from labeler.app.review.cards import SideCards
from labeler.app.review.words import Words
from labeler.app.work.stage import Stage
from labeler.kit import Button, Callout, FlowLayout, IconButton, Part, Plain, Segmented, Text
from labeler.kit.controls.text import ElidedText
from labeler.work.conflict_case import Case

__all__ = ["KEEPS", "Middle"]

KEEPS = tuple(f"review.keep_{number}" for number in range(1, 10))
"""The commands that keep a side, in order."""
_EDGE, _GAP = 12, 8
_LEAST_STAGE, _LEAST_CARDS = 140, 120


class Middle(QWidget):
    """``wanted`` carries the command of a button pressed, ``keep_wanted`` a side.

    ``done_wanted`` fires where writing anew is over.
    """

    wanted = Signal(str)
    keep_wanted = Signal(int)
    done_wanted = Signal()

    def __init__(self, stage: Stage, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self.stage = stage
        self._build_head()
        self.cards = SideCards()
        self.cards.keep_wanted.connect(self.keep_wanted)
        self.unread = Callout("", "", "warn")
        self.unread.hide()
        self.both = Button(self.tr("Keep both"))
        self.write = Button(self.tr("Write it anew"), icon="pencil")
        self.note = Text(self.tr("Every version stays in the history"), role="text_2")
        self._build_scroll()
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(5)
        stage.setMinimumHeight(_LEAST_STAGE)
        self.split.addWidget(stage)
        self.split.addWidget(self.below)
        self.split.setStretchFactor(0, 9)
        self.split.setStretchFactor(1, 10)
        self.split.setSizes([360, 400])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.split, 1)
        for button, command in (
            (self.previous, "review.previous"),
            (self.next, "review.next"),
            (self.both, "review.keep_both"),
            (self.write, "review.write"),
        ):
            button.setProperty("command", command)
            button.clicked.connect(self._pressed)
        self.texts.chosen_changed.connect(self._compare)
        self.name_keys()
        self.theme_changed()

    def _build_head(self) -> None:
        self.head = Plain("surface", edges="bottom")
        self.previous = IconButton("chevron-left", self.tr("Previous conflict"))
        self.next = IconButton("chevron-right", self.tr("Next conflict"))
        self.key = ElidedText("", "mono", elide=Qt.TextElideMode.ElideMiddle)
        self.title = ElidedText("", role="text_2")
        self.texts = Segmented(
            (Part("words", self.tr("Words")), Part("letters", self.tr("Letters"))),
            name=self.tr("Compare texts by"),
            compact=True,
        )
        self.done = Button(self.tr("Done writing"), icon="check", key=self.tr("Esc"), compact=True)
        self.done.clicked.connect(self.done_wanted)
        self.done.hide()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addWidget(self.key)
        row.addWidget(self.title, 1)
        row.addWidget(self.texts)
        row.addWidget(self.done)

    def _build_scroll(self) -> None:
        inside = Plain("surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        self.ways = Plain("surface", edges="top")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.ways.setSizePolicy(policy)
        flow = FlowLayout(self.ways, gap=_GAP)
        flow.setContentsMargins(16, _GAP, 16, _GAP)
        self.note.setMinimumHeight(self.write.sizeHint().height())
        for one in (self.both, self.write, self.note):
            flow.addWidget(one)
        column.addWidget(self.unread)
        column.addWidget(self.cards)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMinimumHeight(_LEAST_CARDS)
        self.area.setWidget(inside)
        # What else can be done stays in sight, however long the sides are.
        self.below = QWidget()
        beneath = QVBoxLayout(self.below)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(0)
        beneath.addWidget(self.area, 1)
        beneath.addWidget(self.ways)

    def show_case(self, case: Case | None, words: Words | None, title: str) -> None:
        """Show another conflict, or none."""
        self.key.set_text(words.key if words is not None else "")
        self.title.set_text(title)
        keys = [self._commands.key_text(name) for name in KEEPS]
        self.cards.show_case(case, words, keys)
        unread = case is not None and not case.sides
        self.unread.setVisible(unread)
        if unread:
            self.unread.set_words(
                self.tr("No version of it can be read"),
                self.tr("Check the project, or merge a copy that still has it whole."),
            )
        self.area.verticalScrollBar().setValue(0)

    def set_writing(self, writing: bool) -> None:
        """While it is written anew, the editor has all the room."""
        self.below.setVisible(not writing)
        self.texts.setVisible(not writing)
        self.done.setVisible(writing)

    def compare_next(self) -> None:
        """Compare texts the other way: by letters, or by words."""
        self.texts.choose("words" if self.texts.chosen == "letters" else "letters")

    def name_keys(self) -> None:
        """Show the keys in force."""
        keys = self._commands.key_text
        self.previous.set_name(self.tr("Previous conflict"), keys("review.previous"))
        self.next.set_name(self.tr("Next conflict"), keys("review.next"))
        self.both.set_key(keys("review.keep_both"))
        self.write.set_key(keys("review.write"))
        self.cards.set_keys([keys(name) for name in KEEPS])

    def theme_changed(self) -> None:
        """Grow with the text."""
        self.head.setFixedHeight(self.head.theme.height("task_strip"))

    def _compare(self, how: str) -> None:
        self.cards.set_letters(how == "letters")

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(str(sender.property("command")))
