"""Saved views: choosing one, saving what is shown as another, and keeping them in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.app.i18n import problem_text
from labeler.app.popover import Popover
from labeler.kit import Button, Field, IconButton, RowList, RowRole, Text
from labeler.model.finding import Filter, filter_text
from labeler.model.problems import Problem, Refusal
from labeler.work.views import SavedView, SavedViews

__all__ = ["ViewsPopover"]

_MOST_ROWS = 10


class ViewsPopover(Popover):
    """``chosen`` carries the view to show. Enter shows the current one, or saves what has a name."""

    chosen = Signal(object)

    def __init__(
        self,
        anchor: QWidget,
        views: SavedViews,
        project: str,
        asked: Filter,
        hidden: Sequence[str],
    ) -> None:
        super().__init__(anchor, "", width=380)
        title = self.tr("Saved views")
        self.setAccessibleName(title)
        first = self.body.itemAt(0)
        heading = first.widget() if first is not None else None
        if isinstance(heading, Text):
            heading.setText(title)
        self._views = views
        self._project = project
        self._asked = asked
        self._hidden = tuple(hidden)
        self._renaming = ""
        self._dropped: tuple[SavedView, int] | None = None
        self._model = QStandardItemModel(self)
        self.rows = RowList(title)
        self.rows.setModel(self._model)
        self.none = Text(
            self.tr("A view keeps a filter and columns under a name, on this computer."),
            role="text_2",
            wrap=True,
        )
        self.up = IconButton("arrow-up", self.tr("Move up"), key="Alt+Up")
        self.down = IconButton("arrow-down", self.tr("Move down"), key="Alt+Down")
        self.pencil = IconButton("pencil", self.tr("Rename"), key="F2")
        self.bin = IconButton("trash-2", self.tr("Delete"), key="Del")
        self.name = Field(self.tr("Name of what is shown now"))
        self.save = Button(self.tr("Save view"), "primary", icon="bookmark", compact=True)
        edits = QHBoxLayout()
        edits.setSpacing(4)
        for button in (self.up, self.down, self.pencil, self.bin):
            edits.addWidget(button)
        edits.addStretch(1)
        self.show_ = Button(self.tr("Show"), key=self.tr("Enter"), compact=True)
        edits.addWidget(self.show_)
        self._edits = QWidget()
        self._edits.setLayout(edits)
        edits.setContentsMargins(0, 0, 0, 0)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        cancel = Button(self.tr("Cancel"), "quiet", key="Esc", compact=True)
        cancel.clicked.connect(self.dismiss)
        foot.addWidget(cancel)
        foot.addWidget(self.save)
        self.back = Button("", "quiet", icon="undo-2", compact=True)
        self.back.clicked.connect(self.bring_back)
        self.back.hide()
        for widget in (self.rows, self.none, self._edits, self.back, self.name):
            self.body.addWidget(widget)
        self.body.addLayout(foot)
        self.rows.doubleClicked.connect(self._show_index)
        self.show_.clicked.connect(self.show_current)
        self.save.clicked.connect(self.keep)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.pencil.clicked.connect(self.rename)
        self.bin.clicked.connect(self.drop)
        self._fill(0)
        self.open()
        begin: QWidget = self.rows if self._model.rowCount() else self.name.edit
        begin.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def current(self) -> SavedView | None:
        """The view the list stands at."""
        found = self.rows.currentIndex().data(Qt.ItemDataRole.UserRole)
        return found if isinstance(found, SavedView) else None

    def _fill(self, row: int) -> None:
        self._model.clear()
        for view in self._views.of(self._project):
            entry = QStandardItem(view.name)
            entry.setData(filter_text(view.asked), RowRole.SECONDARY)
            entry.setData(view, Qt.ItemDataRole.UserRole)
            self._model.appendRow(entry)
        count = self._model.rowCount()
        for widget in (self.rows, self._edits):
            widget.setVisible(count > 0)
        self.none.setVisible(count == 0)
        self.rows.setFixedHeight(min(count, _MOST_ROWS) * self.theme.height("row_compact") + 2)
        if count:
            self.rows.setCurrentIndex(self._model.index(max(0, min(row, count - 1)), 0))
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.rows
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            # The list itself would walk on.
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_rows = self.rows.hasFocus()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if at_rows or not self.name.text.strip():
                    self.show_current()
                else:
                    self.keep()
            case Qt.Key.Key_F2:
                self.rename()
            case Qt.Key.Key_Delete if at_rows:
                self.drop()
            case _:
                super().keyPressEvent(event)

    def _show_index(self, _index: QModelIndex) -> None:
        self.show_current()

    def show_current(self) -> None:
        """Show the view the list stands at."""
        view = self.current
        if view is not None:
            self.dismiss()
            self.chosen.emit(view)

    def keep(self) -> None:
        """Save what is shown under the name that was typed, or give a view that name."""
        name, before = self.name.text, self._renaming
        if before:
            done = self._try(lambda: self._views.rename(self._project, before, name))
        else:
            view = SavedView(name, self._asked, self._hidden)
            done = self._try(lambda: self._views.keep(self._project, view))
        if not done:
            return
        if before:
            self._stop_renaming()
            self._fill(self.rows.currentIndex().row())
            self.rows.setFocus(Qt.FocusReason.PopupFocusReason)
            return
        self.dismiss()

    def rename(self) -> None:
        """Let the current view's name be typed anew."""
        view = self.current
        if view is None:
            return
        self._renaming = view.name
        self.save.setText(self.tr("Rename"))
        self.name.set_text(view.name)
        self.name.edit.selectAll()
        self.name.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _stop_renaming(self) -> None:
        self._renaming = ""
        self.save.setText(self.tr("Save view"))
        self.name.set_text("")

    def drop(self) -> None:
        """Forget the current view."""
        view, row = self.current, self.rows.currentIndex().row()
        if view is not None and self._try(lambda: self._views.drop(self._project, view.name)):
            self._stop_renaming()
            self._dropped = (view, row)
            self.back.setText(self.tr("Bring “{name}” back").format(name=view.name))
            self.back.show()
            self._fill(row)

    def bring_back(self) -> None:
        """Save again what was deleted last, in its place."""
        if self._dropped is None:
            return
        view, row = self._dropped
        if self._try(lambda: self._views.keep(self._project, view)):
            last = len(self._views.of(self._project)) - 1
            self._try(lambda: self._views.move(self._project, view.name, row - last))
            self._dropped = None
            self.back.hide()
            self._fill(row)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        view, row = self.current, self.rows.currentIndex().row()
        if view is not None and self._try(lambda: self._views.move(self._project, view.name, by)):
            self._fill(row + by)

    def _try(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except Refusal as refusal:
            self.name.set_error(problem_text(refusal.problem))
        except OSError as error:
            reason = error.strerror or str(error)
            problem = Problem("disk_error", str(self._views.path or ""), {"reason": reason})
            self.name.set_error(problem_text(problem))
        else:
            self.name.set_error("")
            return True
        self.place()
        return False
