"""The palette: commands, rules of the guideline and tasks in one list, found by their letters."""

from __future__ import annotations

import re

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from labeler.app.context import AppContext
from labeler.app.keys import OWN_KEYS
from labeler.app.palette_hits import Hit, HitDelegate, Hits, letters_of, matched
from labeler.app.words import status_word
from labeler.kit.controls.dialog import Scrim
from labeler.kit.controls.keycap import KeyCap
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import IconMark, Text
from labeler.kit.controls.toast import SHADOW_MARGIN
from labeler.kit.paint import (
    draw_panel,
    draw_shadow,
    painter_for,
)
from labeler.kit.theme import Themed
from labeler.store import TaskRow

__all__ = ["Palette"]

_TOP = 96
_MOST = 40
_COMMANDS, _RULES, _TASKS = 8, 6, 8
_PAUSE_MS = 120
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


class Palette(Themed, QWidget):
    """640 wide, 96 from the top of the window, over a scrim; Enter runs, Escape closes."""

    closed = Signal()

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self.init_theme()
        self._context = context
        self._window = window
        self._before = QApplication.focusWidget()
        self._scrim: Scrim | None = None
        self.setAccessibleName(self.tr("Find a command, task or rule"))
        self.setProperty(OWN_KEYS, True)
        self._commands = self._command_hits()
        self._rules = self._rule_hits()
        self._tasks: list[Hit] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Command, task or rule"))
        self.field.setAccessibleName(self.tr("Find a command, task or rule"))
        self.field.setFont(self.theme.font("reading"))
        self.field.setProperty("kit_bare", True)
        self.rows = QListView()
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setMouseTracking(True)
        self.rows.setUniformItemSizes(True)
        self.rows.setItemDelegate(HitDelegate(self.rows))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setAccessibleName(self.tr("Found"))
        self._model = Hits(self)
        self.rows.setModel(self._model)
        self._nothing = Text(self.tr("Nothing found"), role="text_2")
        self._nothing.setContentsMargins(20, 12, 20, 12)
        self._arrange()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._look_for_tasks)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.rows.clicked.connect(self._run)
        self._typed("")

    def _arrange(self) -> None:
        margin = SHADOW_MARGIN
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(12)
        row.addWidget(IconMark("search", "text_2", 16))
        row.addWidget(self.field, 1)
        foot = Plain("sunken", edges="top")
        keys = QHBoxLayout(foot)
        keys.setContentsMargins(20, 10, 20, 10)
        keys.setSpacing(8)
        for caps, words in (
            ((self.tr("Up"), self.tr("Down")), self.tr("move")),
            ((self.tr("Enter"),), self.tr("run")),
        ):
            for cap in caps:
                keys.addWidget(KeyCap(cap))
            keys.addWidget(Text(words, role="text_2"))
            keys.addSpacing(8)
        keys.addStretch(1)
        keys.addWidget(KeyCap(self.tr("Esc")))
        keys.addWidget(Text(self.tr("close"), role="text_2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(margin + 1, margin + 1, margin + 1, margin + 1)
        column.setSpacing(0)
        column.addWidget(head)
        line = Plain("border")
        line.setFixedHeight(1)
        column.addWidget(line)
        column.addSpacing(4)
        column.addWidget(self._nothing)
        column.addWidget(self.rows, 1)
        column.addSpacing(4)
        column.addWidget(foot)

    def open(self) -> None:
        """Show it, with the caret in its field."""
        self._scrim = Scrim(self._window)
        self._scrim.installEventFilter(self)
        self._window.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_down(self) -> None:
        """Go away and give the focus back."""
        self._window.removeEventFilter(self)
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        from shiboken6 import isValid

        before = self._before
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def place(self) -> None:
        """Measure and move it in its window."""
        margin = SHADOW_MARGIN
        scale = 1 + (self.theme.text_scale - 1) / 2
        wanted = round(self.theme.tokens.sizes.palette * scale)
        width = min(wanted, self._window.width() - 32) + 2 * margin
        rows = self._model.rowCount()
        tall = self.rows.sizeHintForRow(0) if rows else 0
        self.rows.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        chrome = self.sizeHint().height() - (self.rows.sizeHint().height() if rows else 0)
        room = self._window.height() - _TOP - 48
        height = min(chrome + rows * tall + 4, room)
        self.setGeometry((self._window.width() - width) // 2, _TOP - margin, width, height + margin)

    # what there is

    def _command_hits(self) -> list[Hit]:
        commands = self._context.commands
        hits = []
        for entry in commands.all():
            if entry.command.id == "app.palette" or commands.is_of_another_panel(entry):
                continue
            can = entry.can_run()
            command = entry.command
            note = command.group if can.ok else can.reason
            key = commands.key_text(command.id)
            icon = command.icon or "chevron-right"
            hits.append(Hit("command", command.title, command.id, note, icon, key, enabled=can.ok))
        return hits

    def _rule_hits(self) -> list[Hit]:
        session = self._context.session
        if session is None:
            return []
        queue = session.queue(self._context.settings.seat(session.uid).queue)
        if queue is None:
            return []
        return [
            Hit("rule", heading, heading, queue.title, "book-open")
            for heading in _HEADING.findall(queue.config.guideline)
        ]

    def _typed(self, text: str) -> None:
        self._tasks = []
        self._refill()
        if text.strip() and self._context.session is not None:
            self._soon.start()

    def _refill(self) -> None:
        wanted = self.field.text().strip()
        hits: list[Hit] = []
        commands = matched(wanted, self._commands, _COMMANDS if wanted else _MOST)
        rules = matched(wanted, self._rules, _RULES) if wanted else []
        for title, found in (
            (self.tr("Commands"), commands),
            (self.tr("Rules"), rules),
            (self.tr("Tasks"), self._tasks),
        ):
            if found:
                hits += [Hit("heading", title), *found]
        self._model.take(hits)
        for row, hit in enumerate(hits):
            if hit.kind != "heading":
                self.rows.setCurrentIndex(self._model.index(row, 0))
                break
        self.rows.scrollToTop()
        self.place()

    def _look_for_tasks(self) -> None:
        from labeler.app.work.go_to import find_tasks

        session = self._context.session
        text = self.field.text().strip()
        if session is None or not text:
            return
        total = sum(queue.tasks for queue in session.queues)

        def found(rows: tuple[TaskRow, ...]) -> None:
            if self.field.text().strip() != text:
                return
            at = self.rows.currentIndex().row()
            self._tasks = [
                Hit(
                    "task",
                    row.key,
                    row,
                    status_word(row.status),
                    "file-text",
                    letters=(letters_of(text, row.key) or (0, frozenset()))[1],
                )
                for row in rows
            ]
            self._refill()
            if 0 < at < self._model.rowCount():
                self.rows.setCurrentIndex(self._model.index(at, 0))

        self._context.run_patient(
            lambda project: find_tasks(project, text, None, total, _TASKS), found, receiver=self
        )

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.field and kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self._scrim and kind == QEvent.Type.MouseButtonPress:
            self.close_down()
            return True
        if watched is self._window and kind == QEvent.Type.Resize:
            self.place()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_down()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.rows.currentIndex())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}
            self._step(steps.get(key, -8))
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        rows = [n for n, hit in enumerate(self._model.hits) if hit.kind != "heading"]
        if not rows:
            return
        now = self.rows.currentIndex().row()
        at = rows.index(now) if now in rows else 0
        following = (at + by) % len(rows) if abs(by) == 1 else max(0, min(at + by, len(rows) - 1))
        self.rows.setCurrentIndex(self._model.index(rows[following], 0))
        if following == 0:
            self.rows.scrollToTop()

    def _run(self, index: QModelIndex) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if not isinstance(hit, Hit) or not hit.enabled or hit.kind == "heading":
            return
        context = self._context
        self.close_down()
        if hit.kind == "command":
            context.commands.run(str(hit.what))
        elif hit.kind == "rule":
            context.rule_wanted.emit(str(hit.what))
        elif isinstance(hit.what, TaskRow):
            context.show_task(hit.what.queue, hit.what.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, margin = self.theme.tokens, SHADOW_MARGIN
        frame = self.rect().adjusted(margin, margin, -margin, -margin)
        painter = painter_for(self)
        draw_shadow(painter, self.theme, frame, t.sizes.radius_panel)
        draw_panel(painter, frame, t.raised, t.border_strong, t.sizes.radius_panel)
        painter.end()
