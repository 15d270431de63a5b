"""The Guidelines tab: the rule a question points to, search, and the way back.

The text is Markdown with headings that carry their numbers ("2.3 Partly hidden cars"); a rule is a
heading with what stands under it, and is named by its number.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import Json
from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.field import SearchField
from labeler.kit.controls.flow import FlowLayout
from labeler.kit.controls.text import Divider, ElidedText, Text
from labeler.kit.markdown_page import Heading, MarkdownPage

__all__ = ["GuidelineView"]

_SIDE, _GAP = 16, 8
_SEARCH_AFTER_MS = 120


class GuidelineView(QWidget):
    """A guideline to read. ``left`` fires when the way back leads out of it, to where it came from.

    ``cited`` carries a rule's number and words after they were copied.
    """

    left = Signal()
    cited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._origin = ""
        self._came_from: list[tuple[str, int]] = []
        self._matches: list[QTextCursor] = []
        self._at = -1
        self.back = Button("", compact=True, icon="arrow-left", key="Esc", parent=self)
        self.back.clicked.connect(self.go_back)
        self.search = SearchField(
            self.tr("Search the guideline"), key="/", name=self.tr("Search the guideline")
        )
        self.search.textChanged.connect(self._search_soon)
        self.count = Text("", role="text_2", parent=self)
        self.earlier = IconButton("chevron-up", self.tr("Previous match"), key="Shift+Enter")
        self.later = IconButton("chevron-down", self.tr("Next match"), key="Enter")
        self.earlier.clicked.connect(self.previous_match)
        self.later.clicked.connect(self.next_match)
        self.trail = ElidedText("", role="text_2")
        self.page = MarkdownPage(self.tr("Guideline"))
        self.setFocusProxy(self.page)
        self.page.link_clicked.connect(self._follow)
        self.page.rendered.connect(self._search)
        self.page.verticalScrollBar().valueChanged.connect(self._show_trail)
        self.previous_rule = Button(self.tr("Previous rule"), "quiet", icon="chevron-left")
        self.next_rule = Button(self.tr("Next rule"), "quiet")
        self.cite = Button(self.tr("Copy as citation"), key="C")
        self.previous_rule.clicked.connect(self.go_to_previous)
        self.next_rule.clicked.connect(self.go_to_next)
        self.cite.clicked.connect(self.copy_citation)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SEARCH_AFTER_MS)
        self._soon.timeout.connect(self._search)
        self._arrange()
        self._refresh()

    @property
    def rule(self) -> Heading | None:
        """The rule at the top of the view."""
        return self.page.heading_at_top()

    @property
    def matches(self) -> int:
        """How many places the search found."""
        return len(self._matches)

    def set_guideline(self, text: str, pictures: Mapping[str, QImage] | None = None) -> None:
        """Show a guideline from its beginning; ``pictures`` are its images by the path it names."""
        self._came_from.clear()
        self._origin = ""
        self.search.clear()
        self.page.set_markdown(text, pictures)
        self._search()
        self._refresh()

    def show_rule(self, ref: str, origin: str = "") -> bool:
        """Show the rule with this number, heading or anchor; False where there is none.

        ``origin`` is what the way back is called ("Occluded" for the question it was asked from).
        """
        heading = self.page.heading(ref)
        if heading is None:
            return False
        self._came_from.clear()
        self._origin = origin
        self.page.go_to(heading)
        self._refresh()
        return True

    def go_back(self) -> None:
        """Back to the rule a link was followed from, else out to where the first one was asked."""
        if self._came_from:
            _, scroll = self._came_from.pop()
            self.page.verticalScrollBar().setValue(scroll)
            self._refresh()
        elif self._origin:
            self._origin = ""
            self._refresh()
            self.left.emit()

    def go_to_previous(self) -> None:
        """The rule before the one at the top."""
        self._step(-1)

    def go_to_next(self) -> None:
        """The rule after the one at the top."""
        self._step(1)

    def next_match(self) -> None:
        """The next place of the search; after the last the first."""
        self._go_to_match(1)

    def previous_match(self) -> None:
        """The place before."""
        self._go_to_match(-1)

    def copy_citation(self) -> None:
        """Copy number and words of the rule at the top, to name it in a comment."""
        rule = self.rule
        if rule is not None:
            QGuiApplication.clipboard().setText(rule.text)
            self.cited.emit(rule.text)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Take the page's single keys: ``/`` searches, ``C`` cites, Escape goes back."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.text() == "/":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif event.key() == Qt.Key.Key_C:
            self.copy_citation()
        elif event.key() == Qt.Key.Key_Escape and not self.back.isHidden():
            self.go_back()
        else:
            return False
        return True

    def state(self) -> Json:
        """Where the person reads, as JSON."""
        return {"scroll": self.page.verticalScrollBar().value()}

    def restore_state(self, state: Json) -> None:
        """Go back to where ``state`` was; what does not fit is left aside."""
        scroll = state.get("scroll") if isinstance(state, dict) else None
        if isinstance(scroll, int) and not isinstance(scroll, bool):
            self.page.verticalScrollBar().setValue(scroll)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        searching = self.search.hasFocus()
        if searching and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._go_to_match(-1 if back else 1)
        elif searching and event.key() == Qt.Key.Key_Escape:
            # The field was empty, or the first Escape would have emptied it.
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif searching or not self.handle_key(event):
            super().keyPressEvent(event)

    # ------------------------------------------------------------------------------------- inside

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(_SIDE, _GAP + _GAP // 2, _SIDE, _GAP)
        top.setSpacing(_GAP)
        top.addWidget(self.back)
        top.addWidget(self.search, 1)
        found = QHBoxLayout()
        found.setContentsMargins(_SIDE, 0, _SIDE, _GAP // 2)
        found.setSpacing(_GAP // 2)
        found.addWidget(self.count, 1)
        found.addWidget(self.earlier)
        found.addWidget(self.later)
        where = QHBoxLayout()
        where.setContentsMargins(_SIDE + _GAP // 2, _GAP, _SIDE, 0)
        where.addWidget(self.trail)
        foot = QWidget()
        flow = FlowLayout(foot, gap=_GAP)
        flow.setContentsMargins(_SIDE, _GAP, _SIDE, _GAP)
        for button in (self.previous_rule, self.next_rule, self.cite):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(found)
        column.addWidget(Divider())
        column.addLayout(where)
        column.addWidget(self.page, 1)
        column.addWidget(Divider())
        column.addWidget(foot)

    def _refresh(self) -> None:
        if self._came_from:
            target = self._came_from[-1][0] or self.tr("the beginning")
        else:
            target = self._origin
        words = self.tr("Back to {place}").format(place=target)
        self.back.setText(words)
        self.back.setAccessibleName(words)
        self.back.setVisible(bool(target))
        rules = bool(self.page.headings)
        for button in (self.previous_rule, self.next_rule, self.cite):
            button.setEnabled(rules)
        self._show_trail()
        self._show_count()

    def _show_trail(self) -> None:
        rule = self.rule
        self.trail.set_text("" if rule is None else ", ".join(rule.above))

    def _follow(self, anchor: str) -> None:
        heading = self.page.heading(anchor)
        if heading is None:
            return
        here = self.rule
        scroll = self.page.verticalScrollBar().value()
        self._came_from.append((here.text if here is not None else "", scroll))
        self.page.go_to(heading)
        self._refresh()

    def _step(self, step: int) -> None:
        headings = self.page.headings
        here = self.rule
        at = headings.index(here) if here is not None else -1
        there = min(max(at + step, 0), len(headings) - 1)
        if headings:
            self.page.go_to(headings[there])
            self._show_trail()

    def _search_soon(self) -> None:
        if self.search.text().strip():
            self._soon.start()
        else:
            self._search()

    def _search(self) -> None:
        self._soon.stop()
        wanted = self.search.text().strip()
        self._matches = self.page.find_all(wanted)
        here = self.page.textCursor().position()
        after = [n for n, one in enumerate(self._matches) if one.selectionStart() >= here]
        self._at = after[0] if after else (0 if self._matches else -1)
        self.page.mark(self._matches, self._at)
        self._show_count()

    def _go_to_match(self, step: int) -> None:
        if self._soon.isActive():
            self._search()
        elif self._matches:
            self._at = (self._at + step) % len(self._matches)
            self.page.mark(self._matches, self._at)
            self._show_count()

    def _show_count(self) -> None:
        wanted = self.search.text().strip()
        locale = QLocale()
        if self._matches:
            words = self.tr("{at} of {count}").format(
                at=locale.toString(self._at + 1), count=locale.toString(len(self._matches))
            )
        else:
            words = self.tr("Not found") if wanted and not self._soon.isActive() else ""
        self.count.setText(words)
        for widget in (self.count, self.earlier, self.later):
            widget.setVisible(bool(wanted))
