"""The pictures of a tour: each page and dialog as it stands on screen, in light and in dark."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from labeler.app.demo.robot import Robot, TourFailed
from labeler.kit.theme import ThemeChoice

__all__ = ["Pictures"]

_THEMES: tuple[ThemeChoice, ...] = ("light", "dark")


class Pictures:
    """Writes ``NN-NAME-THEME.png`` into a folder, numbered on from what is there."""

    def __init__(self, robot: Robot, folder: Path) -> None:
        self._robot = robot
        self._folder = folder
        taken = [path.name[:2] for path in folder.glob("[0-9][0-9]-*.png")]
        self._number = max((int(number) for number in taken), default=0)

    def take(self, name: str, window: QWidget | None = None) -> None:
        """Write what is on screen now, dialogs and menus over the window, in both themes.

        ``window`` is a window of its own that is meant alone.
        """
        self._number += 1
        theme = self._robot.app.theme
        # Begin with the theme in force: one change of theme for each two pictures.
        now = theme.tokens.theme
        for choice in _THEMES if now == "light" else tuple(reversed(_THEMES)):
            theme.set(choice=choice)
            self._let_it_be_laid_out()
            path = self._folder / f"{self._number:02}-{name}-{choice}.png"
            shown = self._screen() if window is None else window.grab()
            if not shown.save(str(path)):
                raise TourFailed(f"{path.name} could not be written into {path.parent}")

    def _let_it_be_laid_out(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _screen(self) -> QPixmap:
        window = self._robot.window
        picture = window.grab()
        painter = QPainter(picture)
        for one in self._over(window):
            place = one.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
            # A dialog's corners are cut off by its mask on screen, and not in what it draws.
            painter.setClipRegion(one.mask().translated(place))
            painter.setClipping(not one.mask().isEmpty())
            painter.drawPixmap(place, one.grab())
        painter.end()
        return picture

    def _over(self, window: QWidget) -> list[QWidget]:
        """The dialogs, then the menus that stand over the window."""
        shown = [
            one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window
        ]
        popup = QApplication.activePopupWidget()
        return sorted(shown, key=lambda one: one is popup)
