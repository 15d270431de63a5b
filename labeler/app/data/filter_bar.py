"""The bar of filters: a chip for each in force, a way to add one, and how many tasks are left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from labeler.app.data.feed import Filter, Found
from labeler.app.words import number, status_word
from labeler.kit import Button, FilterChip, Plain, Text
from labeler.store.rows import STATUSES

__all__ = ["FilterBar"]

_PAD_X, _PAD_Y = 16, 8


class FilterBar(Plain):
    """Changes the queue and the status of a filter; ``changed`` carries the whole new filter."""

    changed = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="bottom", parent=parent)
        self._filter = Filter()
        self._queues: tuple[tuple[str, str], ...] = ()
        self._menu: QMenu | None = None
        self._queue = FilterChip(self.tr("Queue"), "")
        self._status = FilterChip(self.tr("Status"), "")
        self.add = Button(self.tr("Add filter"), "quiet", icon="plus", compact=True)
        self._count = Text("", "ui_strong")
        self._rest = Text("", role="text_2")
        self.stop = Button(self.tr("Stop"), "quiet", key="Esc", compact=True)
        self._queue.clicked.connect(self._choose_queue)
        self._queue.removed.connect(self._drop_queue)
        self._status.clicked.connect(self._choose_status)
        self._status.removed.connect(self._drop_status)
        self.add.clicked.connect(self.choose)
        self.stop.clicked.connect(self.stop_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD_X, _PAD_Y, _PAD_X, _PAD_Y + 1)
        row.setSpacing(8)
        row.addWidget(self._queue)
        row.addWidget(self._status)
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self._count)
        row.addWidget(self._rest)
        row.addWidget(self.stop)
        self.stop.hide()
        self.set_filter(Filter())

    def set_queues(self, queues: Sequence[tuple[str, str]]) -> None:
        """The queues that can be chosen: pairs (name, title)."""
        self._queues = tuple(queues)
        self.set_filter(self._filter)

    def set_filter(self, shown: Filter) -> None:
        """Show this filter's chips."""
        self._filter = shown
        titles = dict(self._queues)
        self._queue.set_filter(self.tr("Queue"), titles.get(shown.queue, shown.queue))
        self._queue.setVisible(bool(shown.queue))
        self._status.set_filter(self.tr("Status"), status_word(shown.status))
        self._status.setVisible(bool(shown.status))
        self.add.setVisible(not (shown.queue and shown.status))

    def set_found(self, found: Found, filtered: bool) -> None:
        """Say how many tasks there are, or how far the search is."""
        self.stop.setVisible(not found.complete)
        self._count.setText(number(found.matches))
        if not found.complete:
            words = self.tr("so far, {scanned} of {total} tasks looked at").format(
                scanned=number(found.scanned), total=number(found.of)
            )
        elif filtered:
            words = self.tr("of {total} tasks, in {time} ms").format(
                total=number(found.of), time=number(found.milliseconds)
            )
        else:
            words = self.tr("in all")
        self._rest.setText(words)

    def set_stopped(self) -> None:
        """Say that the person gave the search up."""
        self.stop.hide()
        self._rest.setText(self.tr("found before it was stopped"))

    # choosing

    def choose(self) -> None:
        """Offer what can be filtered by."""
        menu = QMenu(self)
        if not self._filter.queue and self._queues:
            inner = menu.addMenu(self.tr("Queue"))
            self._fill_queues(inner)
        if not self._filter.status:
            self._fill_states(menu.addMenu(self.tr("Status")))
        self._show(menu, self.add)

    def _choose_queue(self) -> None:
        menu = QMenu(self)
        self._fill_queues(menu)
        self._show(menu, self._queue)

    def _choose_status(self) -> None:
        menu = QMenu(self)
        self._fill_states(menu)
        self._show(menu, self._status)

    def _fill_queues(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for name, title in self._queues:
            self._offer(menu, group, title, name, name == self._filter.queue)
        group.triggered.connect(self._queue_chosen)

    def _fill_states(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for status in STATUSES:
            self._offer(menu, group, status_word(status), status, status == self._filter.status)
        group.triggered.connect(self._status_chosen)

    def _offer(self, menu: QMenu, group: QActionGroup, title: str, data: str, chosen: bool) -> None:
        action = menu.addAction(title.replace("&", "&&"))
        action.setData(data)
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)

    def _show(self, menu: QMenu, below: QWidget) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._menu = menu
        menu.aboutToHide.connect(self._forget_menu)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))

    def _forget_menu(self) -> None:
        self._menu = None

    @property
    def menu(self) -> QMenu | None:
        """The menu that is open, or None."""
        return self._menu

    def _queue_chosen(self, action: QAction) -> None:
        self._change(Filter(str(action.data()), self._filter.status, self._filter.search))

    def _status_chosen(self, action: QAction) -> None:
        self._change(Filter(self._filter.queue, str(action.data()), self._filter.search))

    def _drop_queue(self) -> None:
        self._change(Filter("", self._filter.status, self._filter.search))
        self.add.setFocus()

    def _drop_status(self) -> None:
        self._change(Filter(self._filter.queue, "", self._filter.search))
        self.add.setFocus()

    def _change(self, wanted: Filter) -> None:
        self.set_filter(wanted)
        self.changed.emit(wanted)
