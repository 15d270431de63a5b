"""The picture of the task on screen: asked for, put on the surface when it comes, or why it does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from PySide6.QtCore import QObject, QTimer, Signal

from labeler.api import OUT_OF_REACH, Content, MediaRef, Problem
from labeler.kit.canvas import Picture, PictureLoader
from labeler.kit.problem_words import sentence
from labeler.panels.boxes.frame import ImageFrame
from labeler.panels.boxes.task import ImageContent

__all__ = ["ImageShow"]


_ALWAYS = ("image_cut",)
"""What is wrong with one picture and not the way of all of them."""
_PATIENCE_MS = 400
"""A picture that takes no longer than this comes without a word."""


class ImageShow(QObject):
    """Between loader and frame. ``shown`` fires when another picture, a reason, or that it takes its
    time is on screen; ``said`` carries a sentence about what was done to a picture to show it,
    ``missing`` a medium that is not within reach and the Problem with it."""

    shown = Signal()
    said = Signal(str)
    missing = Signal(object, object)

    def __init__(
        self,
        frame: ImageFrame,
        opener: Callable[[MediaRef], BinaryIO],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._frame = frame
        self._opener = opener
        self._loader = PictureLoader(self)
        self._ref: MediaRef | None = None
        self._name, self._regions = "", 0
        self._said: set[str] = set()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._takes_time)
        self._loader.arrived.connect(self._arrived)
        self._loader.failed.connect(self._failed)

    def prepare(self, content: Content) -> None:
        """Read a picture ahead."""
        if isinstance(content, ImageContent):
            self._loader.prepare(content.image, self._opener)

    def show(self, content: Content | None, name: str, regions: int) -> None:
        """Show the picture of a content, now if it is here, else when it comes.

        ``name`` is the task's key, ``regions`` how many regions are kept where it cannot be shown.
        """
        self._waits(False)
        self._frame.show_reason("", "")
        self._name, self._regions = name, regions
        surface = self._frame.surface
        if not isinstance(content, ImageContent):
            self.let_go()
            self._frame.show_reason(name, self.tr("the content is not here"))
            return
        self._ref = content.image
        surface.set_picture(None, content.width, content.height)
        picture = self._loader.want(content.image, self._opener)
        if picture is not None:
            self._put(picture)
        else:
            self._waits(True)

    def let_go(self) -> None:
        """Show nothing; what is read stays for the next time."""
        self._ref = None
        self._waits(False)
        self._loader.let_go()
        self._frame.surface.set_picture(None)
        self._frame.show_reason("", "")

    def _arrived(self, key: object, picture: Picture) -> None:
        if self._ref is not None and key == self._loader.key_of(self._ref):
            self._put(picture)

    def _waits(self, waits: bool) -> None:
        self._frame.reading = False
        if waits:
            self._patience.start()
        else:
            self._patience.stop()

    def _takes_time(self) -> None:
        self._frame.reading = True
        self._frame.place()
        self.shown.emit()

    def _put(self, picture: Picture) -> None:
        self._waits(False)
        surface = self._frame.surface
        # Where the size was known the person may have zoomed already.
        surface.set_picture(picture, keep=not surface.view.empty)
        if picture.final:
            self._say(picture.notes)
        self.shown.emit()

    def _say(self, notes: Sequence[Problem]) -> None:
        """Say what was done to show the picture: what is so of a whole folder only once."""
        for note in notes:
            if note.code in _ALWAYS or note.code not in self._said:
                self._said.add(note.code)
                # Named, because it may still be on screen with the next task.
                self.said.emit(f"{self._name}: {sentence(note)}")

    def _failed(self, key: object, problem: Problem) -> None:
        if self._ref is None or key != self._loader.key_of(self._ref):
            return
        self._waits(False)
        self._frame.surface.set_picture(None)
        note = ""
        if self._regions:
            note = self.tr("Its {count} regions are kept", "", self._regions)
            note = note.format(count=self._regions)
        self._frame.show_reason(self._ref.path, sentence(problem), note)
        self.shown.emit()
        if problem.code in OUT_OF_REACH:
            self.missing.emit(self._ref, problem)
