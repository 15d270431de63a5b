"""The inspector of the conflicts: the decision, the history, the guideline."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from labeler.app.review.decision_tab import DecisionTab
from labeler.app.review.history_tab import HistoryTab
from labeler.app.review.words import Words
from labeler.kit.controls.section import Plain
from labeler.kit.controls.tabs import TabBar
from labeler.kit.guideline_view import GuidelineView
from labeler.work.settlement import Decision

__all__ = ["SIDE_TABS", "Side"]

SIDE_TABS = ("decision", "history", "guidelines")


class Side(Plain):
    """Three tabs beside the conflict; history and guideline are filled when they are looked at."""

    chosen = Signal(object, int)
    commented = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", edges="start", parent=parent)
        self.setAccessibleName(self.tr("Decision"))
        self.tabs = TabBar(self.tr("Decision"))
        for title in (self.tr("Decision"), self.tr("History"), self.tr("Guidelines")):
            self.tabs.add(title)
        self.decision = DecisionTab()
        self.history = HistoryTab()
        self.guideline = GuidelineView()
        self.pages = QStackedWidget()
        for page in (self.decision, self.history, self.guideline):
            self.pages.addWidget(page)
        self._bar = Plain("surface", edges="bottom")
        head = QHBoxLayout(self._bar)
        head.setContentsMargins(8, 0, 12, 0)
        head.addWidget(self.tabs, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        whole.addWidget(self.pages, 1)
        self._shown: Decision | None = None
        self._unread = {"history", "guidelines"}
        self.tabs.currentChanged.connect(self._turned)
        self.decision.chosen.connect(self.chosen)
        self.decision.commented.connect(self.commented)
        self.decision.rule_wanted.connect(self.show_rule)
        self.guideline.left.connect(self._back)
        self.theme_changed()

    @property
    def tab(self) -> str:
        """The tab shown."""
        return SIDE_TABS[self.tabs.currentIndex()]

    def turn_to(self, tab: str) -> None:
        """Show a tab."""
        self.tabs.setCurrentIndex(SIDE_TABS.index(tab))

    def show_decision(self, decision: Decision | None, words: Words | None) -> None:
        """Show another conflict."""
        self._shown = decision
        self._unread = {"history", "guidelines"}
        self.decision.show_decision(decision, words)
        history = decision.case.read.history if decision is not None else ()
        self.tabs.set_count(1, len(history) if decision is not None else None)
        self._fill()

    def show_rule(self, rule: str) -> None:
        """Open the guideline at a heading, with the way back."""
        self.turn_to("guidelines")
        self.guideline.show_rule(rule, origin=self.tabs.tabText(0))

    def _back(self) -> None:
        self.turn_to("decision")

    def _turned(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        self._fill()

    def _fill(self) -> None:
        if self.tab not in self._unread:
            return
        self._unread.discard(self.tab)
        read = self._shown.case.read if self._shown is not None else None
        if self.tab == "history":
            self.history.show_history(read.history if read is not None else ())
        else:
            queue = read.queue if read is not None else None
            self.guideline.set_guideline(queue.config.guideline if queue is not None else "")

    @property
    def least_width(self) -> int:
        """The width that the words on all tabs need."""
        rooms = (self._bar.layout(), self.layout())
        margins = [one.contentsMargins() for one in rooms if one is not None]
        return self.tabs.sizeHint().width() + sum(one.left() + one.right() for one in margins)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.tokens.sizes.inspector, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.tokens.sizes.inspector_min, 200)

    def theme_changed(self) -> None:
        self._bar.setFixedHeight(self.theme.height("task_strip"))
        super().theme_changed()
