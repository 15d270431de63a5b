"""What is asked of the table: the line of search and the chips, two faces of one filter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from labeler.app.context import AppContext
from labeler.app.data.filter_bar import FilterBar
from labeler.app.i18n import problem_text
from labeler.kit import SearchField
from labeler.model.finding import Condition, Filter, filter_text, read_filter
from labeler.model.problems import Problem, Refusal

__all__ = ["Asking"]

_PAUSE_MS = 150


class Asking(QObject):
    """Watches the search and the chips. ``wanted`` carries a Filter that is not in force yet.

    What is typed counts after a short pause; Enter makes chips of the conditions in it and leads to
    the table (``left``). What cannot be understood yet is said and changes nothing.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(
        self,
        context: AppContext,
        search: SearchField,
        bar: FilterBar,
        in_force: Callable[[], Filter],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._search = search
        self._bar = bar
        self._in_force = in_force
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        search.textChanged.connect(self._changed)
        search.returnPressed.connect(self.enter)
        search.installEventFilter(self)
        bar.changed.connect(self._chips_changed)

    @property
    def is_pausing(self) -> bool:
        """Whether something was typed that does not count yet."""
        return self._pause.isActive()

    def show_filter(self, wanted: Filter) -> None:
        """Write a filter down: its words in the search, its conditions as chips."""
        self._pause.stop()
        self._write(wanted)
        self._bar.set_conditions(wanted.conditions)
        self._bar.set_wrong("")

    def say_wrong(self, problem: Problem) -> None:
        """Say why what is asked means nothing."""
        self._bar.set_wrong(problem_text(problem))

    def _write(self, wanted: Filter) -> None:
        self._search.blockSignals(True)
        self._search.setText(filter_text(Filter(wanted.words)))
        self._search.blockSignals(False)

    def _typed(self) -> Filter | None:
        """What is typed, or None where it cannot be understood."""
        session = self._context.session
        queues = session.queues if session is not None else ()
        names = [question.id for queue in queues for question in queue.config.questions]
        try:
            typed = read_filter(self._search.text(), names)
        except Refusal as refusal:
            self.say_wrong(refusal.problem)
            return None
        self._bar.set_wrong("")
        return typed

    def _changed(self, _text: str) -> None:
        self._pause.start()

    def _paused(self) -> None:
        typed = self._typed()
        if typed is not None:
            self._want(self._chosen(self._bar.conditions).also(typed))

    def enter(self) -> None:
        """What is typed counts now, its conditions as chips; the keys go to the table."""
        self._pause.stop()
        typed = self._typed()
        if typed is None:
            return
        whole = self._chosen(self._bar.conditions).also(typed)
        if typed.conditions or typed.sort is not None:
            self._write(whole)
            self._bar.set_conditions(whole.conditions)
        self._want(whole)
        self.left.emit()

    def _chips_changed(self, conditions: tuple[Condition, ...]) -> None:
        # A search still being typed counts too.
        self._pause.stop()
        self._want(self._chosen(conditions).also(self._typed() or Filter()))

    def _chosen(self, conditions: tuple[Condition, ...]) -> Filter:
        """What stands beside what is typed: the chips, and the order of the table."""
        return Filter((), conditions, self._in_force().sort)

    def _want(self, whole: Filter) -> None:
        if whole != self._in_force():
            self.wanted.emit(whole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        down = (
            watched is self._search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
        )
        if down:
            self.enter()
        return down
