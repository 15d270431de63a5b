"""LaTeX drawn as pictures in the theme's ink, ahead of being seen and in slices of a few milliseconds.

ziamath turns a formula into an SVG of nothing but outlines. Whatever else one holds (a formula can
smuggle markup in), whatever it says it does not know, and what is too long to be drawn between two
strokes of a key, is *broken*: it is shown as it is written.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Thread
from time import perf_counter

from PySide6.QtCore import QByteArray, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

__all__ = ["Formulas", "Picture"]

LONGEST = 500
_SLICE_S = 0.006
_LOOK_AGAIN_MS = 20
_KEPT = 3_000
_INKS_KEPT = 2
_TAGS = {"svg", "g", "path", "rect", "line", "polygon", "polyline", "circle", "ellipse"}
_TAG = re.compile(r"<\s*/?\s*([^\s/>]+)")
_PAINTED = re.compile(r'(fill|stroke)="(?!none)[^"]*"')
_NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|alignat|gather|multline|eqnarray)\}")
_TAGGED = re.compile(r"\\tag\*?\{([^{}]*)\}")
_DROPPED = re.compile(r"\\(?:label\{[^{}]*\}|nonumber|notag)")
_UNKNOWN = re.compile(r"\\[A-Za-z]")

Key = tuple[str, bool, int]
"""LaTeX, whether it stands on lines of its own, and the size of its letters in pixels."""


@dataclass(slots=True)
class Picture:
    """A formula drawn: ``above`` and ``below`` its base line, in pixels; ``broken`` if it is none."""

    broken: bool = True
    width: float = 0.0
    above: float = 0.0
    below: float = 0.0
    svg: str = ""
    _inks: OrderedDict[str, QSvgRenderer] = field(default_factory=OrderedDict)

    def draw(self, painter: QPainter, left: float, base: float, ink: QColor) -> None:
        """Paint it with its base line at a height."""
        renderer = self.tinted(ink)
        renderer.render(
            painter, QRectF(left, base - self.above, self.width, self.above + self.below)
        )

    def tinted(self, ink: QColor) -> QSvgRenderer:
        """What paints it in this ink."""
        name = ink.name()
        renderer = self._inks.get(name)
        if renderer is None:
            tinted = _PAINTED.sub(rf'\1="{name}"', self.svg)
            renderer = self._inks[name] = QSvgRenderer(QByteArray(tinted.encode()))
            while len(self._inks) > _INKS_KEPT:
                self._inks.popitem(last=False)
        return renderer


class Formulas(QObject):
    """Draws formulas and keeps them. ``ready`` carries the set of LaTeX texts drawn in a slice.

    ``find`` answers at once; what is not drawn yet is drawn when nothing else is to be done, what
    was asked for last first. ``allow`` lets ``find`` draw on the spot for so many seconds.
    """

    ready = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawn: OrderedDict[Key, Picture] = OrderedDict()
        self._wanted: OrderedDict[Key, None] = OrderedDict()
        self._left = 0.0
        self.ink: QColor | None = None
        """The ink formulas will probably be wanted in: those drawn ahead are tinted at once."""
        self._loading: Thread | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw_some)

    def load_ahead(self) -> None:
        """Load what draws formulas and colours listings beside everything else: it takes a while."""
        if self._loading is None:
            self._loading = Thread(target=_load, name="formulas", daemon=True)
            self._loading.start()

    def _is_loading(self) -> bool:
        return self._loading is not None and self._loading.is_alive()

    @property
    def waiting(self) -> int:
        """How many formulas are still to be drawn."""
        return len(self._wanted)

    def allow(self, seconds: float) -> None:
        """Let ``find`` take this much time to draw what it is asked for."""
        self._left = seconds

    def find(self, latex: str, *, display: bool, size: int) -> Picture | None:
        """The formula drawn with letters of ``size`` pixels; None while it is being waited for."""
        key = (latex, display, size)
        found = self._drawn.get(key)
        if found is not None:
            self._drawn.move_to_end(key)
            return found
        if self._left > 0 and not self._is_loading():
            began = perf_counter()
            found = self._draw(key)
            self._left -= perf_counter() - began
            return found
        self._wanted[key] = None
        self._wanted.move_to_end(key)
        self._start()
        return None

    def want(self, latex: str, *, display: bool, size: int) -> None:
        """Draw a formula some time, after everything that is waited for."""
        key = (latex, display, size)
        if key not in self._drawn and key not in self._wanted:
            self._wanted[key] = None
            self._wanted.move_to_end(key, last=False)
            while len(self._wanted) > _KEPT:
                self._wanted.popitem(last=False)
            self._start()

    def _start(self) -> None:
        self._timer.start(_LOOK_AGAIN_MS if self._is_loading() else 0)

    def forget_wanted(self) -> None:
        """Drop what was not drawn yet."""
        self._wanted.clear()
        self._timer.stop()

    def _draw_some(self) -> None:
        if self._is_loading():
            return
        self._timer.setInterval(0)
        done: set[str] = set()
        began = perf_counter()
        while self._wanted and (not done or perf_counter() - began < _SLICE_S):
            key, _ = self._wanted.popitem(last=True)
            picture = self._draw(key)
            if self.ink is not None and not picture.broken:
                picture.tinted(self.ink)
            done.add(key[0])
        if not self._wanted:
            self._timer.stop()
        if done:
            self.ready.emit(done)

    def _draw(self, key: Key) -> Picture:
        picture = self._drawn[key] = _picture(*key)
        self._wanted.pop(key, None)
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        return picture


def _load() -> None:
    import pygments.lexers.python  # noqa: F401
    import ziamath.zmath  # noqa: F401


def _picture(latex: str, display: bool, size: int) -> Picture:
    if len(latex) > LONGEST:
        return Picture()
    from ziamath.config import config  # 0.4 s to load, and most texts hold no formula
    from ziamath.zmath import Latex

    config.svg2 = False  # no <symbol> and <use>: outlines only
    source = _NUMBERED.sub(r"\\\1{\2*}", latex)
    source = _DROPPED.sub("", _TAGGED.sub(r"\\qquad (\1)", source)).strip()
    try:
        drawn = Latex(source, size=size, inline=not display)
        svg = drawn.svg()
        told = drawn.mathmlstr()
    except Exception:  # noqa: BLE001 - it raises whatever its parsers stumble over
        return Picture()
    if _UNKNOWN.search(told) or not _is_harmless(svg):
        return Picture()
    box = QSvgRenderer(QByteArray(svg.encode())).viewBoxF()
    if box.width() <= 0 or box.height() <= 0:
        return Picture()
    return Picture(False, box.width(), -box.top(), box.bottom(), svg)


def _is_harmless(svg: str) -> bool:
    """Whether an SVG is made of outlines and names no other place."""
    tags = {tag.lower() for tag in _TAG.findall(svg)}
    return tags <= _TAGS and "href" not in svg and "url(" not in svg and "style" not in svg
