"""The speakers in the strip above the content: each with key and line, and the way segments are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.controls.chip import ChoiceChip
from labeler.kit.controls.overflow import OverflowRow, Tile
from labeler.kit.controls.segmented import Part, Segmented

__all__ = ["SpeakerBar", "Tools"]

_APART = 8
_WIDEST = 168
"""Of a chip, at normal text size; a longer name is shortened, so that others have room too."""


class SpeakerBar(OverflowRow):
    """A chip for each speaker; those there is no room for stand in a menu at its end.

    ``picked`` carries a speaker's name, ``new_wanted`` fires on the button for another one.
    """

    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = QCoreApplication.translate
        self._new = Button(tr("SpeakerBar", "New speaker"), "quiet", compact=True)
        super().__init__(
            tr("SpeakerBar", "Speakers"), last=self._new, widest=_WIDEST, parent=parent
        )
        self._names: tuple[str, ...] = ()
        self._keys: Callable[[int], str] = _no_key
        self._enabled = True
        self._new.clicked.connect(self.new_wanted)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_speakers(self, names: Sequence[str], current: str) -> None:
        """Show these speakers; ``current`` speaks in the chosen segment, or in the next one."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            tiles = self._told()
            self.set_tiles(tiles, [self._chip_of(*one) for one in enumerate(tiles, start=1)])
            self.set_enabled(self._enabled)
        self.choose(current)

    def set_keys(self, keys: Callable[[int], str], new: str) -> None:
        """Show the keys in force: of each number, and of a new speaker."""
        self._keys = keys
        for number, name in enumerate(self._names, start=1):
            chip = self.chip(name)
            if chip is not None:
                chip.set_key(keys(number))
        self._new.set_key(new)
        self.retell(self._told())

    def set_enabled(self, enabled: bool) -> None:
        """Let speakers be given, or only be read."""
        self._enabled = enabled
        super().set_enabled(enabled)

    def chip(self, name: str) -> ChoiceChip | None:
        """The chip of a speaker."""
        found = self.button(name)
        return found if isinstance(found, ChoiceChip) else None

    def _told(self) -> list[Tile]:
        return [Tile(name, name, self._keys(at)) for at, name in enumerate(self._names, start=1)]

    def _chip_of(self, number: int, tile: Tile) -> ChoiceChip:
        chip = ChoiceChip(tile.title, key=tile.key, colour=number, parent=self)
        chip.setToolTip(tile.title)
        return chip


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
