"""The prompt: always in reach above the responses, never more than a third of the room, collapsible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from labeler.kit.controls.button import IconButton
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import ElidedText, Text
from labeler.kit.markdown import Formulas, MarkdownDocument, MarkdownSurface, Section

__all__ = ["PromptPane"]

_SIDE, _GAP = 20, 8
_SHARE = 3
_SPARE = 10

tr = QCoreApplication.translate


class PromptSurface(MarkdownSurface):
    """The prompt's text, on the ground of its pane."""

    GROUND = "bg"
    PADDINGS = ((0, 20),)
    COLUMN = 960
    TOP = 2
    BOTTOM = 10

    def content_height(self, most: int) -> int:
        """How high the whole text is, as far as it matters: no more than ``most`` is laid out."""
        number, last = 0, len(self.document.blocks)
        while number < last and self.page.top(number) < most:
            self.page.laid(number)
            number += 1
        return min(most, round(self.page.top(number)) + self.TOP + self.BOTTOM)


class PromptPane(Plain):
    """The conversation the responses answer. ``folded`` fires when it was folded or unfolded."""

    folded = Signal(bool)
    raw_wanted = Signal()

    def __init__(self, formulas: Formulas, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="bottom", parent=parent)
        self._folded = False
        self.surface = PromptSurface(tr("Comparison", "Prompt"), formulas)
        self._title = Text(tr("Comparison", "Prompt"), "label")
        self._facts = ElidedText("", role="text_2")
        self.raw = IconButton("code", tr("Comparison", "Show as it is written"), checkable=True)
        self.fold = IconButton("chevron-up", tr("Comparison", "Fold the prompt"))
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 4, _GAP, 0)
        head.setSpacing(_GAP)
        head.addWidget(self._title)
        head.addWidget(self._facts, 1)
        head.addWidget(self.raw)
        head.addWidget(self.fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.surface, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Comparison", "Prompt"))
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self.fit)
        self.fold.clicked.connect(self._fold_clicked)
        self.raw.clicked.connect(self._raw_clicked)
        formulas.ready.connect(self._fitting.start)

    def show_prompt(
        self, sections: Sequence[Section], facts: str, ready: MarkdownDocument | None
    ) -> None:
        """Show a conversation; from its end where there are several turns: that is what is asked."""
        self._facts.set_text(facts)
        self.surface.show_sections(sections, ready)
        self.fit()
        self.surface.scroll_to(self._last_turn(sections))

    @staticmethod
    def _last_turn(sections: Sequence[Section]) -> int:
        return sum(len(one.text) + 2 for one in sections[:-1]) if len(sections) > 1 else 0

    def set_raw(self, raw: bool) -> None:
        """Show the text as it was written, or rendered; the place stays."""
        self.surface.set_raw(raw and not self.surface.too_long)
        self.raw.setChecked(self.surface.raw)
        self._fitting.start()

    def turn(self) -> None:
        """From rendered to raw, or back."""
        self.set_raw(not self.surface.raw)

    @property
    def is_folded(self) -> bool:
        """Whether only its head is seen."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Show only the head, or the text again."""
        if folded == self._folded:
            return
        had_focus = self.surface.hasFocus()
        self._folded = folded
        self.surface.setVisible(not folded)
        self._name_fold("")
        self.fit()
        if folded and had_focus:
            self.fold.setFocus(Qt.FocusReason.OtherFocusReason)
        self.folded.emit(folded)

    def name_keys(self, raw: str, fold: str) -> None:
        """Show the keys of the commands on the buttons."""
        self.raw.set_name(tr("Comparison", "Show as it is written"), raw)
        self._name_fold(fold)

    def _name_fold(self, key: str) -> None:
        words = (
            tr("Comparison", "Unfold the prompt")
            if self._folded
            else tr("Comparison", "Fold the prompt")
        )
        self.fold.set_name(words, key)
        self.fold.set_icon("chevron-down" if self._folded else "chevron-up")

    def _fold_clicked(self) -> None:
        self.set_folded(not self._folded)

    def _raw_clicked(self) -> None:
        self.raw.setChecked(self.surface.raw)
        self.raw_wanted.emit()

    # measure

    def fit(self) -> None:
        """Be as high as the text, and never more than a third of the room."""
        height = self.sizeHint().height()
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        head = self.theme.height("control_compact") + 6
        if self._folded:
            return QSize(200, head + 4)
        parent = self.parentWidget()
        room = (parent.height() if parent is not None else 600) // _SHARE
        most = max(self.theme.line("reading") + _SPARE, room - head)
        return QSize(200, head + self.surface.content_height(most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fitting.start()

    def theme_changed(self) -> None:
        super().theme_changed()
        if hasattr(self, "_fitting"):
            self._fitting.start()
