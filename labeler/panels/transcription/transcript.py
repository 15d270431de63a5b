"""The transcript below the wave: a table of rows with one live text over the row that is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from labeler.kit.focus import keyboard_in_use
from labeler.kit.paint import draw_focus_inset, draw_text
from labeler.kit.theme import Themed
from labeler.panels.transcription.entries import Entry
from labeler.panels.transcription.live_text import LiveText
from labeler.panels.transcription.transcript_model import Column, TranscriptModel
from labeler.panels.transcription.transcript_rows import RowPainter, column_widths, row_height

__all__ = ["Transcript"]

_ROW_AIR = 4
_STATES_LOOKED_AT = 200
_HINT_WIDEST = 460


class Transcript(Themed, QTableView):
    """Rows in order of time.

    ``picked`` carries the id of a row chosen by a hand, ``play_pressed`` that of a row to be heard,
    ``edit_wanted`` that of one to be typed into. The live text's own signals are on ``live``.
    """

    picked = Signal(str)
    play_pressed = Signal(str)
    edit_wanted = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = TranscriptModel(self)
        self._painter = RowPainter(self)
        self._duration = 0
        self._names: Mapping[str, str] = {}
        self._typed = ""
        self._tall = ""
        self._quiet = False
        self.hint = ""
        """What is said where there is no row yet."""
        self._looks: tuple[object, ...] = ()
        self.setModel(self.table)
        self.setItemDelegate(self._painter)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(0)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.live = LiveText(self.tr("Text of the segment"), self.viewport())
        self.live.hide()
        self.live.resized.connect(self._fit_live)
        self.verticalScrollBar().valueChanged.connect(self._place_live)
        self.init_theme()
        self.theme_changed()

    # what is shown

    def show_entries(
        self,
        entries: Sequence[Entry],
        names: Mapping[str, str],
        colours: Mapping[str, int],
        duration: int,
    ) -> None:
        """Show these rows; the chosen one and the text being typed stay where they are."""
        chosen, typed = self.chosen, self._typed
        self._duration = duration
        self._names = dict(names)
        self._quiet = True
        self._even_rows()
        self.table.set_entries(entries, names, colours)
        self._fit_columns()
        self._quiet = False
        self.choose(chosen)
        self._typed = typed
        if typed and self.table.row_of(typed) < 0:
            self.stop_typing()
        else:
            self._fit_live()

    def replace(self, entry: Entry) -> None:
        """Show one row changed, its times being the same."""
        self.table.replace(entry)

    @property
    def chosen(self) -> str:
        """The id of the chosen row, "" for none."""
        entry = self.table.entry(self.currentIndex().row())
        return entry.id if entry is not None else ""

    def choose(self, ident: str, *, reveal: bool = False) -> None:
        """Choose a row, or none; ``picked`` does not fire."""
        row = self.table.row_of(ident)
        self._quiet = True
        if row < 0:
            self.setCurrentIndex(self.table.index(-1, -1))
            self.clearSelection()
        elif self.currentIndex().row() != row or not self.selectionModel().hasSelection():
            flags = QItemSelectionModel.SelectionFlag
            index = self.table.index(row, Column.TEXT)
            bar = self.verticalScrollBar().value()
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            if not reveal:
                self.verticalScrollBar().setValue(bar)
        self._quiet = False
        if reveal and row >= 0:
            self.scrollTo(self.table.index(row, Column.TEXT))

    @property
    def duration(self) -> int:
        """How long the recording is whose rows these are."""
        return self._duration

    # typing

    @property
    def typed(self) -> str:
        """The id of the row that is typed into, "" for none."""
        return self._typed

    def start_typing(self, ident: str, *, focus: bool = True) -> None:
        """Put the live text over a row, with the caret at its end."""
        row = self.table.row_of(ident)
        entry = self.table.entry(row)
        if entry is None:
            return
        self.choose(ident, reveal=True)
        if self._typed != ident:
            self._even_rows()
            self._typed = ident
            self.live.set_text(entry.text)
        self._painter.typed_row = row
        self.live.show()
        self._fit_live()
        self.scrollTo(self.table.index(row, Column.TEXT))
        if focus:
            self.live.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_typing(self) -> None:
        """Take the live text away; the focus goes to the rows if it was there."""
        had_focus = self.live.hasFocus()
        self._typed = ""
        self._painter.typed_row = -1
        self._even_rows()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.live.hide()
        self.viewport().update()

    def _even_rows(self) -> None:
        """Give the row that grew with its text the height of all others."""
        row = self.table.row_of(self._tall) if self._tall else -1
        if row >= 0:
            self.setRowHeight(row, row_height(self.theme))
        self._tall = ""

    def _fit_live(self) -> None:
        row = self.table.row_of(self._typed) if self._typed else -1
        if row < 0:
            return
        self._painter.typed_row = row
        least = row_height(self.theme)
        wanted = max(least, self.live.wanted_height() + 2 * _ROW_AIR)
        if self.rowHeight(row) != wanted:
            self._tall = self._typed
            self.setRowHeight(row, wanted)
        self._place_live()

    def _place_live(self) -> None:
        row = self.table.row_of(self._typed) if self._typed else -1
        if row >= 0:
            cell = self.visualRect(self.table.index(row, Column.TEXT))
            self.live.setGeometry(cell.adjusted(0, _ROW_AIR, -_ROW_AIR, -_ROW_AIR - 1))

    # Qt

    def theme_changed(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row_height(self.theme))
        rows.setDefaultSectionSize(row_height(self.theme))
        self.viewport().update()
        # Once the live text and the scroll bar have measured themselves.
        QTimer.singleShot(0, self, self._measure_anew)

    def _measure_anew(self) -> None:
        self._looks = ()
        self._fit_columns()
        self._fit_live()

    def sizeHint(self) -> QSize:
        return QSize(600, 6 * row_height(self.theme))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 2 * row_height(self.theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        entries = self.table.entries
        room = self.viewport().width()
        states = {self.table.state_of(one) for one in entries[:_STATES_LOOKED_AT]}
        looks = (room, self._duration, len(entries), tuple(self._names.values()), *sorted(states))
        if looks == self._looks:
            return
        self._looks = looks
        widths = column_widths(
            self.theme,
            room,
            self._duration,
            len(entries),
            list(self._names.values()),
            sorted(states),
        )
        for column, width in widths.items():
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width)
        self._fit_live()

    def currentChanged(self, current: object, previous: object) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        if not self._quiet and self.chosen:
            self.picked.emit(self.chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        entry = self.table.entry(index.row())
        if event.button() == Qt.MouseButton.LeftButton and entry is not None:
            before = self.chosen
            super().mousePressEvent(event)
            if index.column() == Column.PLAY:
                self.play_pressed.emit(entry.id)
            elif index.column() == Column.TEXT:
                self.edit_wanted.emit(entry.id)
            elif entry.id == before:
                self.picked.emit(entry.id)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Wheel):
            self._hover(-1)
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.table.rowCount() and self.hint:
            painter = QPainter(self.viewport())
            painter.setLayoutDirection(self.layoutDirection())
            # Not wider than a line is read at ease.
            side = max(24, (self.viewport().width() - self.theme.icon_px(_HINT_WIDEST)) // 2)
            place = self.viewport().rect().adjusted(side, 12, -side, -12)
            middle, ink = Qt.AlignmentFlag.AlignHCenter, self.theme.tokens.text_2
            draw_text(painter, self.theme, place, self.hint, ink, "body", middle, wrap=True)
            painter.end()
        index = self.currentIndex()
        if index.isValid() and self.hasFocus() and keyboard_in_use(self):
            painter = QPainter(self.viewport())
            top = self.rowViewportPosition(index.row())
            size = QSize(self.viewport().width(), self.rowHeight(index.row()) - 1)
            draw_focus_inset(painter, self.theme, QRect(QPoint(0, top), size))
            painter.end()

    def _hover(self, row: int) -> None:
        was = self._painter.hover_row
        if row != was:
            self._painter.hover_row = row
            for one in (was, row):
                if one >= 0:
                    top, height = self.rowViewportPosition(one), self.rowHeight(one)
                    self.viewport().update(0, top, self.viewport().width(), height)
