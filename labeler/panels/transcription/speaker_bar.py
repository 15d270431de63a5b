"""The speakers in the strip above the content: each with key and line, and the way segments are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.controls.chip import ChoiceChip
from labeler.kit.controls.segmented import Part, Segmented
from labeler.kit.theme import Themed

__all__ = ["SpeakerBar", "Tools"]

_BETWEEN = 4
_APART = 8
_WIDEST = 168
"""Of a chip, at normal text size; a longer name is shortened, so that others have room too."""
_MOST_KEYS = 9


class SpeakerBar(Themed, QWidget):
    """Chips in a row; those there is no room for stand in a menu at its end.

    ``picked`` carries a speaker's name, ``new_wanted`` fires on the button for another one.
    """

    picked = Signal(str)
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._keys: Callable[[int], str] = _no_key
        self._current = ""
        self._enabled = True
        self._chips: list[ChoiceChip] = []
        self._more = Button("", "quiet", compact=True, parent=self)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        self._menu.triggered.connect(self._menu_picked)
        self._new = Button(self.tr("New speaker"), "quiet", compact=True, parent=self)
        self._new.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._new.clicked.connect(self.new_wanted)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Speakers"))
        self.init_theme()

    def set_speakers(self, names: Sequence[str], current: str) -> None:
        """Show these speakers; ``current`` speaks in the chosen segment, or in the next one."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            for chip in self._chips:
                chip.hide()
                chip.deleteLater()
            self._chips = []
            for number, name in enumerate(self._names, start=1):
                chip = ChoiceChip(name, key=self._keys(number), colour=number, parent=self)
                # A speaker is given to what is chosen, so the focus stays there.
                chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                chip.setToolTip(name)
                chip.clicked.connect(self._clicked)
                chip.setEnabled(self._enabled)
                self._chips.append(chip)
            self._lay_out()
            self.updateGeometry()
        self._current = current
        for name, chip in zip(self._names, self._chips, strict=True):
            chip.setChecked(name == current)

    def set_keys(self, keys: Callable[[int], str], new: str) -> None:
        """Show the keys in force: of each number, and of a new speaker."""
        self._keys = keys
        for number, chip in enumerate(self._chips, start=1):
            chip.set_key(keys(number))
        self._new.set_key(new)
        self._lay_out()
        self.updateGeometry()

    def set_enabled(self, enabled: bool) -> None:
        """Let speakers be given, or only be read."""
        self._enabled = enabled
        for widget in (*self._chips, self._new, self._more):
            widget.setEnabled(enabled)

    def chip(self, name: str) -> ChoiceChip | None:
        """The chip of a speaker."""
        return next((one for one in self._chips if one.text() == name), None)

    def sizeHint(self) -> QSize:
        widths = [self._width_of(chip) + _BETWEEN for chip in self._chips]
        width = sum(widths) + self._new.sizeHint().width()
        return QSize(width, self.theme.height("control_compact"))

    def minimumSizeHint(self) -> QSize:
        # The menu of all of them at least, so that nobody is out of a hand's reach.
        least = self._more.sizeHint().width() if self._names else 0
        return QSize(least, self.theme.height("control_compact"))

    def theme_changed(self) -> None:
        super().theme_changed()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.width()
        widths = [self._width_of(chip) + _BETWEEN for chip in self._chips]
        new = self._new.sizeHint().width()
        fitting = len(widths)
        if sum(widths) + new > room:
            self._more.setText(self._more_words(len(widths)))
            left = room - self._more.sizeHint().width()
            fitting = 0
            for width in widths:
                left -= width
                if left < 0:
                    break
                fitting += 1
        hidden = self._names[fitting:]
        x = 0
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < fitting)
            if number < fitting:
                x = self._put(chip, x)
        self._more.setVisible(bool(hidden) or new > room)
        self._new.setVisible(not hidden and new <= room)
        if self._more.isVisibleTo(self):
            self._more.setText(self._more_words(len(hidden)) if hidden else self._new.text())
            self._fill_menu(fitting)
            self._put(self._more, x)
        elif self._new.isVisibleTo(self):
            self._put(self._new, x)

    def _width_of(self, chip: ChoiceChip) -> int:
        return min(chip.sizeHint().width(), self.theme.icon_px(_WIDEST))

    def _put(self, widget: QWidget, x: int) -> int:
        width = widget.sizeHint().width()
        if isinstance(widget, ChoiceChip):
            width = self._width_of(widget)
        height = self.theme.height("control_compact")
        place = QRect(x, 0, min(width, max(24, self.width() - x)), height)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(self.width() - 1 - x)
        widget.setGeometry(place)
        return x + width + _BETWEEN

    def _more_words(self, count: int) -> str:
        return self.tr("{count} more", "", count).format(count=count)

    def _fill_menu(self, first: int) -> None:
        self._menu.clear()
        for number, name in enumerate(self._names[first:], start=first + 1):
            key = self._keys(number)
            action = QAction(f"{name}\t{key}" if key else name, self._menu)
            action.setData(name)
            self._menu.addAction(action)
        self._menu.addAction(QAction(self._new.text(), self._menu))

    def _clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, ChoiceChip):
            # Who is chosen is told from outside, with set_speakers.
            chip.setChecked(chip.text() == self._current)
            self.picked.emit(chip.text())

    def _menu_picked(self, action: QAction) -> None:
        name = action.data()
        if isinstance(name, str):
            self.picked.emit(name)
        else:
            self.new_wanted.emit()


class Tools(QWidget):
    """What stands in the task strip: the speakers, and whether clicks make segments or seek."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speakers = SpeakerBar()
        self.mode = Segmented(
            (
                Part("segment", self.tr("Segment")),
                Part("transcribe", self.tr("Transcribe"), icon="keyboard"),
            ),
            name=self.tr("What a click in the wave does"),
            chosen="transcribe",
            compact=True,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_APART)
        row.addWidget(self.speakers, 1)
        row.addWidget(self.mode)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        least = self.speakers.minimumSizeHint().width() + _APART
        mode = self.mode.minimumSizeHint()
        return QSize(least + mode.width(), mode.height())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._keep_mode_whole()
        return super().event(event)

    def _keep_mode_whole(self) -> None:
        """Speakers have a menu to go to where room is short; the words of the mode have none."""
        room = self.width() - self.speakers.minimumSizeHint().width() - _APART
        least, wanted = self.mode.minimumSizeHint().width(), self.mode.sizeHint().width()
        self.mode.setMinimumWidth(max(least, min(wanted, room)))


def _no_key(number: int) -> str:
    return ""
