"""The tags beside regions: which are shown, where they hang, and their pictures, kept for reuse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from labeler.kit.canvas.looks import Paint
from labeler.kit.canvas.shapes import ShapeTable
from labeler.kit.canvas.viewport import View
from labeler.kit.theme import Theme

__all__ = ["TAG_FROM", "Tag", "TagSheet", "carried", "lay_out", "place_of", "placed_tag"]

TAG_FROM = 48
"""Logical pixels of width from which a region has a tag at rest."""
Place = tuple[float, float, float]
_PAD = 6
_WIDEST = 240
_NARROW = 96
"""A tag at rest is as wide as its region, or this where the region is narrower."""
_CELL = 64
_MOST_KEPT = 2000


class Tag(NamedTuple):
    """One tag in place: the id it belongs to, its rectangle in logical pixels, text and paint.

    ``anchor`` is the picture's point it hangs at, its region's upper left corner.
    """

    id: str
    rect: QRect
    text: str
    paint: Paint
    anchor: tuple[float, float] = (0.0, 0.0)

    def moved(self, by: QPoint) -> Tag:
        """The same tag elsewhere."""
        return self._replace(rect=self.rect.translated(by))


class TagSheet:
    """Measures and draws tags; each text in each colour is drawn once and kept."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pixmaps: dict[tuple[str, int, int, bool, float], QPixmap] = {}
        self._widths: dict[str, int] = {}

    def clear(self) -> None:
        """Forget all pictures: colours or letters became others."""
        self._pixmaps.clear()
        self._widths.clear()

    @property
    def height(self) -> int:
        """The height of every tag in logical pixels."""
        return self._theme.height("badge")

    def width(self, text: str, most: int = _WIDEST) -> int:
        """The width of a tag with this text; at ``most`` so wide, longer texts are shortened."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) > _MOST_KEPT:
                self._widths.clear()
            wide = QFontMetricsF(self._theme.font("label")).horizontalAdvance(text)
            found = self._widths[text] = min(_WIDEST, int(wide + 0.999)) + 2 * _PAD
        return min(found, max(most, _NARROW))

    def draw(self, painter: QPainter, tag: Tag, dpr: float) -> None:
        """Draw a tag in its place with a painter in logical pixels."""
        key = (tag.text, tag.rect.width(), tag.paint.tag.rgba(), tag.paint.rim, dpr)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            if len(self._pixmaps) > _MOST_KEPT:
                self._pixmaps.clear()
            pixmap = self._pixmaps[key] = self._drawn(tag, dpr)
        painter.drawPixmap(tag.rect.topLeft(), pixmap)

    def _drawn(self, tag: Tag, dpr: float) -> QPixmap:
        theme, paint = self._theme, tag.paint
        width, height = tag.rect.width(), tag.rect.height()
        pixmap = QPixmap(round(width * dpr), round(height * dpr))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A rim in the halo's colour keeps a tag apart from a picture of its own hue.
        pen = QPen(paint.hue if paint.rim else paint.halo, 1)
        if paint.rim:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(paint.tag)
        radius = theme.tokens.sizes.radius_small
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), radius, radius)
        painter.setFont(theme.font("label"))
        painter.setPen(paint.ink)
        room = QRect(_PAD, 0, width - 2 * _PAD + 1, height)
        metrics = QFontMetricsF(theme.font("label"))
        text = metrics.elidedText(tag.text, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextSingleLine), text)
        painter.end()
        return pixmap


def lay_out(
    table: ShapeTable,
    view: View,
    sheet: TagSheet,
    paint_of: Callable[[int], Paint],
    *,
    everything: bool = False,
    without: Iterable[str] = (),
) -> list[Tag]:
    """The tags at rest in this view: of every region that is wide enough, or of ``everything``.

    A tag hangs above its region's top-left corner, inside where there is no room above, at the right
    where it would cover another tag; where that is taken too it stays above.
    """
    rows = table.meeting(*view.in_sight())
    if not everything and len(rows):
        bounds = table.bounds[rows]
        rows = rows[(bounds[:, 2] - bounds[:, 0]) * view.zoom >= TAG_FROM]
    left_out = set(without)
    taken = _Taken()
    found = []
    # Upper regions first: their tags are read, the lower ones' move aside.
    for row in rows[::-1]:
        shape = table.shapes[row]
        if not shape.tag or shape.id in left_out:
            continue
        left, top, right, bottom = table.bounds[row].tolist()
        corners = (left, top, right, bottom)
        rect = placed_tag(corners, shape.tag, view, sheet, taken, narrow=True)
        taken.add(rect)
        found.append(Tag(shape.id, rect, shape.tag, paint_of(int(row)), (left, top)))
    return found


def carried(tags: Sequence[Tag], before: Place, view: View) -> list[Tag]:
    """Tags laid out in another view, each as far from its anchor as it was.

    Laying out anew takes its time where there are hundreds; while the picture moves this will do.
    """
    now = place_of(view)
    found = []
    for tag in tags:
        x, y = tag.anchor
        dx = round(now[0] + x * now[2]) - round(before[0] + x * before[2])
        dy = round(now[1] + y * now[2]) - round(before[1] + y * before[2])
        found.append(tag._replace(rect=tag.rect.translated(dx, dy)))
    return found


def place_of(view: View) -> Place:
    """What of a view decides where tags hang: left, top, zoom."""
    return view.left, view.top, view.zoom


class _Taken:
    """Rectangles that are taken, found by coarse cells."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRect]] = {}

    def add(self, rect: QRect) -> None:
        for cell in self._over(rect):
            self._cells.setdefault(cell, []).append(rect)

    def meets(self, rect: QRect) -> bool:
        return any(
            one.intersects(rect) for cell in self._over(rect) for one in self._cells.get(cell, ())
        )

    def _over(self, rect: QRect) -> list[tuple[int, int]]:
        return [
            (across, down)
            for across in range(rect.left() // _CELL, rect.right() // _CELL + 1)
            for down in range(rect.top() // _CELL, rect.bottom() // _CELL + 1)
        ]


def placed_tag(
    bounds: tuple[float, float, float, float],
    text: str,
    view: View,
    sheet: TagSheet,
    taken: _Taken | None = None,
    clear_of: Iterable[QRect] = (),
    *,
    narrow: bool = False,
) -> QRect:
    """Where one tag hangs; ``clear_of`` are handles it must not cover.

    A ``narrow`` one is hardly wider than its region, so that names do not hide the picture.
    """
    left, top = (round(one) for one in view.to_screen(*bounds[:2]))
    right, _bottom = (round(one) for one in view.to_screen(*bounds[2:]))
    width = sheet.width(text, right - left + 4) if narrow else sheet.width(text)
    height = sheet.height
    # In sight even where the corner is not, and where the text would run out at the right.
    x = max(left - 2, min(0, right - width)) if left < 0 else left - 2
    x = max(min(x, view.room[0] - width), min(x, 0))
    above = QRect(x, top - 2 - height, width, height)
    inside = QRect(x + 4 if left >= 0 else x, max(top, 0) + 4, width, height)
    beside = QRect(right + 3, max(top - 2, 0), width, height)
    first = above if above.top() >= 0 else inside
    handles = list(clear_of)

    def is_free(rect: QRect) -> bool:
        if any(one.intersects(rect) for one in handles):
            return False
        return taken is None or not taken.meets(rect)

    if is_free(first):
        return first
    if beside.right() <= view.room[0] and is_free(beside):
        return beside
    return first
