"""The question editor: the questions as rows, the chosen one's fields, and how it will be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from labeler.app.dialogs.frame import walk
from labeler.app.dialogs.ordered_list import OrderedList
from labeler.app.dialogs.question_detail import QuestionDetail
from labeler.app.dialogs.question_edits import QuestionEdits
from labeler.app.dialogs.question_preview import QuestionPreview
from labeler.app.dialogs.question_words import kind_titles
from labeler.kit import Button, Divider, EmptyState, IconButton, RowRole, Themed
from labeler.kit.controls.keycap import shown_key
from labeler.model.queue import QueueConfig

__all__ = ["QuestionSetEditor"]

_LIST_WIDTH = 224
_GAP = 16
_PREVIEW_WIDTH = 320
_TALLEST = 1 << 16
_MIME = "application/x-question-row"
Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    """The questions as the list shows them; a dragged row is moved by ``moved``."""

    moved = Signal(int, int)

    def __init__(self, edits: QuestionEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self.edits = edits
        self._kinds = dict(kind_titles())
        self.count = len(edits.drafts)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self.count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.edits.drafts):
            return None
        draft = self.edits.drafts[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return draft.name or self.tr("New question")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{draft.name}, {self._kinds[draft.kind]}"
            case Qt.ItemDataRole.ToolTipRole:
                return self._kinds[draft.kind]
            case RowRole.ITALIC:
                return draft.retired or not draft.name
            case RowRole.BADGE if draft.retired:
                return (self.tr("Retired"), "neutral", "")
            case RowRole.BADGE if self.edits.told_faults(index.row()):
                return ("", "danger", "circle-alert")
        return None

    def refresh(self) -> None:
        """Show what the edits say now."""
        count = len(self.edits.drafts)
        if count != self.count:
            self.beginResetModel()
            self.count = count
            self.endResetModel()
        elif count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, 0))

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        if index.isValid():
            return usual | Qt.ItemFlag.ItemIsDragEnabled
        return usual | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(_MIME, QByteArray(str(indexes[0].row()).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not data.hasFormat(_MIME):
            return False
        source = int(bytes(data.data(_MIME).data()).decode())
        target = row if row >= 0 else (parent.row() if parent.isValid() else self.count)
        self.moved.emit(source, target - 1 if target > source else target)
        # The row was moved in the edits; the list must not take it out on its own.
        return False


class QuestionSetEditor(Themed, QWidget):
    """Edits the questions of one queue; ``changed`` fires after each edit.

    ``taken`` are keys that run something on the Work page, with its title. Nothing is stored here:
    ``edits.config`` is what would be. ``delete_wanted`` carries a stored question's id, and the id of
    one of its choices or columns ("" for the question); ``retire_wanted`` the question's id.
    """

    changed = Signal()
    delete_wanted = Signal(str, str)
    retire_wanted = Signal(str)

    def __init__(
        self, config: QueueConfig, taken: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.init_theme()
        self.edits = QuestionEdits(config, taken)
        self._model = _Rows(self.edits, self)
        self.list = OrderedList(self.tr("Questions"))
        self.list.setModel(self._model)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDropIndicatorShown(True)
        self.detail = QuestionDetail(config.labels, self.edits.new_ref)
        reserved = {*taken, *(label.key.upper() for label in config.labels if label.key)}
        self.preview = QuestionPreview(reserved)
        self._build()
        self._model.moved.connect(self._dropped)
        self.list.selectionModel().currentChanged.connect(self._turned)
        self.detail.changed.connect(self._take)
        self.detail.delete_wanted.connect(self._part_unwanted)
        self.detail.retire_wanted.connect(self._retire_asked)
        if self.edits.drafts:
            self.list.setCurrentIndex(self._model.index(0, 0))
        self._show()
        self.theme_changed()

    def _build(self) -> None:
        self.add = Button(self.tr("Add question"), icon="plus", compact=True)
        self.add.setMenu(self._kinds_menu())
        self.up = IconButton("arrow-up", self.tr("Move up"), key=shown_key("Alt+Up"))
        self.down = IconButton("arrow-down", self.tr("Move down"), key=shown_key("Alt+Down"))
        self.delete = IconButton("trash-2", self.tr("Delete question"), key=shown_key("Del"))
        self.undo_button = IconButton("undo-2", self.tr("Undo"), key=shown_key("Ctrl+Z"))
        self.redo_button = IconButton("redo-2", self.tr("Redo"), key=shown_key("Ctrl+Shift+Z"))
        self.up.clicked.connect(self.move_up)
        self.down.clicked.connect(self.move_down)
        self.delete.clicked.connect(self.delete_question)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        tools = QHBoxLayout()
        tools.setSpacing(2)
        for tool in (self.up, self.down, self.delete):
            tools.addWidget(tool)
        tools.addStretch(1)
        tools.addWidget(self.undo_button)
        tools.addWidget(self.redo_button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        left.addLayout(tools)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.detail)
        self.area.viewport().setAutoFillBackground(False)
        self.detail.setAutoFillBackground(False)
        self.empty = EmptyState(
            self.tr("No questions yet"),
            icon="list-checks",
            text=self.tr(
                "A question asks about the whole task, about each part or about each region."
            ),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addLayout(left)
        row.addWidget(self.area, 1)
        row.addWidget(self.empty, 1)
        self._line = Divider(upright=True)
        self._line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._line.setMaximumHeight(_TALLEST)
        row.addWidget(self._line)
        row.addWidget(self.preview)

    def _kinds_menu(self) -> QMenu:
        menu = QMenu(self)
        for kind, title in kind_titles():
            action = QAction(title, menu)
            action.setData(kind)
            menu.addAction(action)
        menu.triggered.connect(self._kind_chosen)
        return menu

    def theme_changed(self) -> None:
        wider = 1 + (self.theme.text_scale - 1) / 2
        self.list.setFixedWidth(round(_LIST_WIDTH * wider))
        self.add.setFixedWidth(round(_LIST_WIDTH * wider))
        self.preview.setFixedWidth(round(_PREVIEW_WIDTH * wider))
        super().theme_changed()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for all three, the fields are worth more than the preview."""
        needed = self.detail.minimumSizeHint().width() + self.area.verticalScrollBar().width()
        room = self.width() - self.list.width() - self.preview.width() - 3 * _GAP - 1
        for widget in (self._line, self.preview):
            widget.setVisible(room >= needed)

    @property
    def place(self) -> int:
        """The question shown, −1 for none."""
        return self.list.currentIndex().row()

    def show_fault(self) -> bool:
        """Go to the first question something is wrong with; whether there is one."""
        self.edits.be_strict()
        place = self.edits.fault_at()
        if place is None:
            return False
        self.go_to(place)
        self.detail.focus_fault(self.edits.faults(place)[0].field)
        return True

    def go_to(self, place: int) -> None:
        """Show the question at a place."""
        self.list.setCurrentIndex(self._model.index(place, 0))
        self._show()

    # edits

    def _kind_chosen(self, action: QAction) -> None:
        self.add_question(str(action.data()))

    def add_question(self, kind: str = "choice") -> None:
        """Add a question of a kind below the one shown, and let its title be typed."""
        place = self.edits.add(kind, self.place)
        self._told(place)
        self.detail.title.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_up(self) -> None:
        """Move the question up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the question down."""
        self._move(1)

    def _move(self, by: int) -> None:
        if self.place >= 0:
            self._told(self.edits.move_to(self.place, self.place + by))

    def _dropped(self, source: int, target: int) -> None:
        self._told(self.edits.move_to(source, target))

    def delete_question(self) -> None:
        """Take the question out of the set; of a stored one, ask whether it can go."""
        if self.place < 0:
            return
        ref = self.edits.drafts[self.place].ref
        if ref in self.edits.stored:
            self.delete_wanted.emit(ref, "")
            return
        self.remove(ref)

    def remove(self, ref: str, inner: str = "") -> None:
        """Take a question out after all, or one of its choices or columns: no answer has it."""
        place = next(at for at, one in enumerate(self.edits.drafts) if one.ref == ref)
        if not inner:
            self.edits.delete(place)
            self._told(min(place, len(self.edits.drafts) - 1))
            self.list.setFocus()
            return
        draft = self.edits.drafts[place]
        name = "columns" if draft.kind == "records" else "choices"
        kept = tuple(one for one in getattr(draft, name) if one.ref != inner)
        if name == "columns":
            self.edits.change(place, columns=kept)
        else:
            self.edits.change(place, choices=kept)
        self._told(place)

    def retire(self, ref: str, retired: bool) -> None:
        """Ask a question nowhere any more, or again."""
        place = next(at for at, one in enumerate(self.edits.drafts) if one.ref == ref)
        self.edits.change(place, retired=retired)
        self._told(place)

    def undo(self) -> None:
        """Take the last change back."""
        if self.edits.can_undo:
            self._told(self.edits.undo())

    def redo(self) -> None:
        """Make the change again that was taken back."""
        if self.edits.can_redo:
            self._told(self.edits.redo())

    def _take(self, fields: dict[str, object], step: str) -> None:
        place = self.place
        if place >= 0:
            self.edits.change(place, step, **fields)
            self._told(place)

    def _part_unwanted(self, field: str, number: int) -> None:
        draft = self.edits.drafts[self.place]
        self.delete_wanted.emit(draft.ref, getattr(draft, field)[number].ref)

    def _retire_asked(self) -> None:
        draft = self.edits.drafts[self.place]
        if draft.retired:
            self.retire(draft.ref, False)
        else:
            self.retire_wanted.emit(draft.ref)

    def _told(self, place: int) -> None:
        self._model.refresh()
        if place != self.place:
            self.list.setCurrentIndex(self._model.index(place, 0))
        self._show()
        self.changed.emit()

    # showing

    def _turned(self, _current: QModelIndex, before: QModelIndex) -> None:
        self.edits.end_key()
        if before.isValid() and before.row() < len(self.edits.drafts):
            self.edits.be_strict(self.edits.drafts[before.row()].ref)
        self.area.verticalScrollBar().setValue(0)
        self._show()

    def _show(self) -> None:
        place, drafts = self.place, self.edits.drafts
        shown = 0 <= place < len(drafts)
        self.area.setVisible(shown)
        self.empty.setVisible(not shown)
        for tool in (self.up, self.down, self.delete):
            tool.setEnabled(shown)
        self.undo_button.setEnabled(self.edits.can_undo)
        self.redo_button.setEnabled(self.edits.can_redo)
        self.preview.show_questions(self.edits.shown())
        if not shown:
            return
        draft = drafts[place]
        idents = self.edits.idents()
        inner = self.edits.choice_idents()[draft.ref]
        self.detail.show_draft(draft, drafts, idents[draft.ref], inner)
        self.detail.show_faults(self.edits.told_faults(place))
        self.preview.show_question(idents[draft.ref])
        stops = [self.list, *self.detail.stops(), self.add, self.up, self.down, self.delete]
        walk([*stops, self.undo_button, self.redo_button])
        for edit in self.detail.findChildren(QLineEdit):
            if not edit.property("undoes"):
                edit.setProperty("undoes", True)
                edit.installEventFilter(self)

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo in a field are those of the set: the field follows it."""
        if event.type() == QEvent.Type.FocusOut:
            self.edits.end_key()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._undone(event)
        return False

    def _undone(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = Qt.KeyboardModifier.ControlModifier
        again = control | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Z and held == control:
            self.undo()
        elif (event.key() == Qt.Key.Key_Z and held == again) or (
            event.key() == Qt.Key.Key_Y and held == control
        ):
            self.redo()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_Up if alt:
                self.move_up()
            case Qt.Key.Key_Down if alt:
                self.move_down()
            case Qt.Key.Key_Delete if self.list.hasFocus():
                self.delete_question()
            case Qt.Key.Key_Insert:
                self.add.showMenu()
            case _ if self._undone(event):
                pass
            case _:
                super().keyPressEvent(event)
                return
        event.accept()
