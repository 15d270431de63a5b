"""The label-set editor: the labels as rows, the chosen one's name, key and colour beside them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.dialogs.label_edits import Clash, LabelEdits
from labeler.app.dialogs.ordered_list import OrderedList
from labeler.app.dialogs.swatches import Swatches, offered_colours
from labeler.kit import Button, Field, IconButton, RowRole, Text, Themed
from labeler.kit.controls.keycap import shown_key
from labeler.model.queue import QueueConfig

__all__ = ["LabelSetEditor"]

_LIST_WIDTH = 208
_ROWS = 7
_KEY_WIDTH = 72
Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    """The labels as the list shows them."""

    def __init__(self, edits: LabelEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self.edits = edits

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.edits.labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = index.row()
        if not 0 <= place < len(self.edits.labels):
            return None
        label = self.edits.labels[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return label.name or (label.id if not label.id.startswith("\0") else "")
            case RowRole.KEY:
                return label.key or None
            case RowRole.SWATCH:
                return label.colour or place + 1
            case RowRole.ITALIC:
                return label.retired
            case RowRole.BADGE if label.retired:
                return (self.tr("Retired"), "neutral", "")
            case RowRole.BADGE if self._is_wrong(place):
                return ("", "danger", "circle-alert")
        return None

    def _is_wrong(self, place: int) -> bool:
        label = self.edits.labels[place]
        wrong_key = not label.retired and self.edits.key_clash(place) is not None
        return bool(self.edits.name_fault(place)) or wrong_key


class _KeyLine(Field):
    """Takes one key: what is typed replaces what was there."""

    typed = Signal(str)

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.edit.textEdited.connect(self._one)

    def _one(self, text: str) -> None:
        key = text.strip()[-1:].upper() if text.strip() else ""
        self.edit.setText(key)
        self.typed.emit(key)


class LabelSetEditor(Themed, QWidget):
    """Edits the labels of one queue; ``changed`` fires after each edit.

    ``taken`` are keys that run something on the Work page, with its title. Nothing is stored here:
    ``config`` is what would be.
    """

    changed = Signal()
    delete_wanted = Signal(str)
    """Somebody wants a stored label (its id) gone: whoever knows the file says whether it can go."""

    def __init__(
        self,
        config: QueueConfig,
        taken: Mapping[str, str],
        *,
        stored: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.init_theme()
        self.edits = LabelEdits(config, taken, stored=stored)
        self._model = _Rows(self.edits, self)
        self.list = OrderedList(self.tr("Labels"))
        self.list.setModel(self._model)
        self._build()
        self.list.selectionModel().currentChanged.connect(self._show)
        if self.edits.labels:
            self.list.setCurrentIndex(self._model.index(0, 0))
        self._show()
        self.theme_changed()

    def _build(self) -> None:
        self.add = Button(self.tr("Add label"), icon="plus", compact=True)
        self.up = IconButton("arrow-up", self.tr("Move up"), key=shown_key("Alt+Up"))
        self.down = IconButton("arrow-down", self.tr("Move down"), key=shown_key("Alt+Down"))
        self.delete = IconButton("trash-2", self.tr("Delete label"), key=shown_key("Del"))
        self.add.clicked.connect(self.add_label)
        self.up.clicked.connect(self.move_up)
        self.down.clicked.connect(self.move_down)
        self.delete.clicked.connect(self.delete_label)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.add)
        tools.addStretch(1)
        for tool in (self.up, self.down, self.delete):
            tools.addWidget(tool)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addLayout(tools)
        self.name = Field(self.tr("Name"))
        self.key = _KeyLine(self.tr("Key"))
        self.key.edit.setMaximumWidth(_KEY_WIDTH)
        self.swatches = Swatches()
        self.retire = Button("", "secondary", icon="eye-off", compact=True)
        self._retire_note = Text("", role="text_2", wrap=True)
        self.name.edit.textEdited.connect(self._renamed)
        self.key.typed.connect(self._rekeyed)
        self.swatches.changed.connect(self._recoloured)
        self.retire.clicked.connect(self._retire)
        self._detail = QWidget()
        right = QVBoxLayout(self._detail)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self.name)
        right.addWidget(self.key)
        colours = QVBoxLayout()
        colours.setSpacing(4)
        colours.addWidget(Text(self.tr("Colour"), role="text_2"))
        colours.addWidget(self.swatches)
        right.addLayout(colours)
        right.addStretch(1)
        right.addWidget(self.retire, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._retire_note)
        self._empty = Text(
            self.tr("No labels yet. Questions need none; spans, boxes and segments do."),
            role="text_2",
            wrap=True,
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self._detail, 1)
        row.addWidget(self._empty, 1)

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab reaches, in order: the fields of a label come before the tools of the list."""
        return (
            *(self.list, self.name.edit, self.key.edit),
            *self.swatches.stops(),
            *(self.retire, self.add, self.up, self.down, self.delete),
        )

    def theme_changed(self) -> None:
        self.list.setMinimumHeight(_ROWS * self.theme.height("row_compact"))
        self.list.setFixedWidth(round(_LIST_WIDTH * (1 + (self.theme.text_scale - 1) / 2)))
        super().theme_changed()

    # what the dialog asks

    @property
    def config(self) -> QueueConfig:
        """The queue's configuration with the labels as they are now."""
        return self.edits.config

    @property
    def place(self) -> int:
        """The label shown, −1 for none."""
        return self.list.currentIndex().row()

    def show_fault(self) -> bool:
        """Go to the first label something is wrong with; whether there is one."""
        place = self.edits.fault_at()
        if place is None:
            return False
        self.list.setCurrentIndex(self._model.index(place, 0))
        self._show()
        wrong = self.name if self.edits.name_fault(place) else self.key
        wrong.edit.setFocus()
        return True

    def remove(self, label: str) -> None:
        """Take a stored label out after all: nobody uses it."""
        place = next(n for n, one in enumerate(self.edits.labels) if one.id == label)
        self._remove(place)

    # edits

    def add_label(self) -> None:
        """Add a label and let its name be typed."""
        self._model.beginInsertRows(QModelIndex(), len(self.edits.labels), len(self.edits.labels))
        place = self.edits.add("", offered_colours(self.theme.tokens))
        self._model.endInsertRows()
        self.list.setCurrentIndex(self._model.index(place, 0))
        self._show()
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._told()

    def move_up(self) -> None:
        """Move the label up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the label down."""
        self._move(1)

    def _move(self, by: int) -> None:
        place = self.place
        if place < 0:
            return
        target = self.edits.move(place, by)
        self._refresh()
        self.list.setCurrentIndex(self._model.index(target, 0))
        self._told()

    def delete_label(self) -> None:
        """Take the label out of the set; of a stored one, ask whether it can go."""
        place = self.place
        if place < 0:
            return
        label = self.edits.labels[place]
        if label.id in self.edits.stored:
            self.delete_wanted.emit(label.id)
            return
        self._remove(place)

    def _remove(self, place: int) -> None:
        self._model.beginRemoveRows(QModelIndex(), place, place)
        self.edits.delete(place)
        self._model.endRemoveRows()
        self._show()
        self._told()

    def _renamed(self, name: str) -> None:
        self.edits.rename(self.place, name)
        self._told()

    def _rekeyed(self, key: str) -> None:
        self.edits.rekey(self.place, key)
        self._told()

    def _recoloured(self, colour: str) -> None:
        self.edits.recolour(self.place, colour)
        self._told()

    def _retire(self) -> None:
        place = self.place
        self.edits.retire(place, not self.edits.labels[place].retired)
        self._show()
        self._told()

    def _told(self) -> None:
        self._refresh()
        self._check()
        self.changed.emit()

    def _refresh(self) -> None:
        last = len(self.edits.labels) - 1
        if last >= 0:
            self._model.dataChanged.emit(self._model.index(0, 0), self._model.index(last, 0))

    # what is shown

    def _show(self) -> None:
        place = self.place
        shown = 0 <= place < len(self.edits.labels)
        self._detail.setVisible(shown)
        self._empty.setVisible(not shown)
        for tool in (self.up, self.down, self.delete):
            tool.setEnabled(shown)
        if not shown:
            return
        label = self.edits.labels[place]
        if self.name.text != label.name:
            self.name.set_text(label.name)
        self.key.set_text(label.key)
        self.swatches.set_colour(label.colour or offered_colours(self.theme.tokens)[place % 8])
        stored = label.id in self.edits.stored
        self.retire.setVisible(stored)
        self.retire.setText(self.tr("Offer again") if label.retired else self.tr("Retire"))
        self._retire_note.setVisible(stored)
        self._retire_note.setText(
            self.tr("Offered to nobody; regions that have it keep it.")
            if label.retired
            else self.tr("A retired label is offered to nobody; regions that have it keep it.")
        )
        self._check()

    def _check(self) -> None:
        place = self.place
        if not 0 <= place < len(self.edits.labels):
            return
        match self.edits.name_fault(place):
            case "empty":
                self.name.set_error(self.tr("Give the label a name"))
            case "double":
                self.name.set_error(self.tr("Another label has this name; choose a different one"))
            case _:
                self.name.set_error("")
        clash = self.edits.key_clash(place)
        retired = self.edits.labels[place].retired
        self.key.set_error("" if clash is None or retired else self._clash_words(clash))

    def _clash_words(self, clash: Clash) -> str:
        match clash.kind:
            case "label":
                words = self.tr("The label “{owner}” has this key; choose another")
            case "choice":
                words = self.tr("The answer “{owner}” has this key; choose another")
            case "command":
                words = self.tr("This key runs “{owner}” on the Work page; choose another")
            case _:
                return self.tr("One letter, digit or sign")
        return words.format(owner=clash.owner)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        in_list = self.list.hasFocus()
        match event.key():
            case Qt.Key.Key_Up if alt:
                self.move_up()
            case Qt.Key.Key_Down if alt:
                self.move_down()
            case Qt.Key.Key_Delete if in_list:
                self.delete_label()
            case Qt.Key.Key_Insert:
                self.add_label()
            case _:
                super().keyPressEvent(event)
                return
        event.accept()
