"""Shapes that controls and delegates share: panels, text, key caps, badges, label lines, shadows.

Every function takes the theme, paints into logical pixels and leaves the painter as it found it.
"""

from __future__ import annotations

from math import ceil
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QWidget

from labeler.kit.colour import blend
from labeler.kit.theme import Theme
from labeler.kit.tokens import LabelColour

__all__ = [
    "BADGE_ROLES",
    "BadgeKind",
    "CapKind",
    "badge_size",
    "cap_size",
    "draw_badge",
    "draw_cap",
    "draw_check",
    "draw_focus_inset",
    "draw_icon",
    "draw_label_line",
    "draw_panel",
    "draw_shadow",
    "draw_text",
    "mirrored",
    "painter_for",
    "placed",
    "text_width",
]

CapKind = Literal["rest", "on_accent", "on_danger", "chosen"]
BadgeKind = Literal["neutral", "accent", "ok", "warn", "danger", "gold", "review", "prediction"]

#: Ink and ground of each kind of badge, as token names; a prediction has a dashed rim, no ground.
BADGE_ROLES: dict[BadgeKind, tuple[str, str]] = {
    "neutral": ("text_2", "sunken"),
    "accent": ("accent", "accent_soft"),
    "ok": ("ok", "ok_soft"),
    "warn": ("warn", "warn_soft"),
    "danger": ("danger", "danger_soft"),
    "gold": ("gold", "gold_soft"),
    "review": ("review", "review_soft"),
    "prediction": ("prediction", ""),
}
#: What a key cap shows as a picture instead of as a word.
_CAP_ICONS = {"↵": "corner-down-left"}
_CAP_PADDING = 5
_CAP_MIN = 22
_CAP_ICON = 14
_BADGE_PADDING = 6
_BADGE_GAP = 4
_LINE_HEIGHT = 3
_TICK_EVERY = 8
_SHADOW_REACH = 16
_SHADOW_DROP = 4


def mirrored(direction: Qt.LayoutDirection) -> bool:
    """Whether text and controls run from right to left."""
    return direction == Qt.LayoutDirection.RightToLeft


def painter_for(widget: QWidget) -> QPainter:
    """A painter on the widget that knows which way its text runs; end it when done."""
    painter = QPainter(widget)
    painter.setLayoutDirection(widget.layoutDirection())
    return painter


def placed(painter: QPainter, bounds: QRect, rect: QRect) -> QRect:
    """Where ``rect``, laid out left to right, lies in ``bounds`` in the painter's direction."""
    return QStyle.visualRect(painter.layoutDirection(), bounds, rect)


def draw_panel(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: QColor | None,
    rim: QColor | None,
    radius: float,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded rectangle whose rim lies wholly inside ``rect``; None leaves fill or rim out."""
    box = QRectF(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if rim is not None:
        half = width / 2
        box.adjust(half, half, -half, -half)
        radius = max(0.0, radius - half)
        pen = QPen(rim, width)
        if dashed:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def text_width(theme: Theme, text: str, style: str = "ui") -> int:
    """Pixels the text takes on one line."""
    # Rounded up: half a pixel too little would already bring the ellipsis.
    return ceil(QFontMetricsF(theme.font(style)).horizontalAdvance(text))


def draw_text(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    text: str,
    colour: QColor,
    style: str = "ui",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    wrap: bool = False,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Text centred in height; on one line it is shortened with an ellipsis rather than cut.

    ``align`` is logical: AlignLeft is where text begins, the right edge from right to left.
    """
    font = theme.font(style)
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    flags = int(align) | int(Qt.AlignmentFlag.AlignVCenter)
    if style in ("mono", "code"):
        # Times, coordinates and code read from left to right in every language.
        flags |= int(Qt.TextFlag.TextForceLeftToRight)
        if mirrored(painter.layoutDirection()) and not align & Qt.AlignmentFlag.AlignHCenter:
            # Forced text is not mirrored by Qt, its place still is.
            sides = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight)
            flags ^= sides if flags & sides else int(Qt.AlignmentFlag.AlignRight)
    if wrap:
        flags |= int(Qt.TextFlag.TextWordWrap)
    else:
        flags |= int(Qt.TextFlag.TextSingleLine)
        text = QFontMetricsF(font).elidedText(text, elide, rect.width())
    painter.drawText(rect, flags, text)
    painter.restore()


def draw_icon(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    name: str,
    colour: QColor | str,
    size: int = 0,
) -> None:
    """An icon in the middle of ``rect``, sharp at the painter's scale.

    ``size`` is its side in pixels, ``theme.icon_px()`` if 0.
    """
    size = size or theme.icon_px()
    dpr = painter.device().devicePixelRatio()
    flip = mirrored(painter.layoutDirection())
    pixmap = theme.icons.pixmap(name, colour, size, dpr, flip)
    x = rect.x() + (rect.width() - size) // 2
    y = rect.y() + (rect.height() - size) // 2
    painter.drawPixmap(x, y, pixmap)


def cap_size(theme: Theme, key: str) -> QSize:
    """The size of a key cap that shows ``key`` ("1", "Ctrl+Enter", "↵")."""
    height = theme.height("key_cap")
    if key in _CAP_ICONS:
        return QSize(theme.icon_px(_CAP_MIN), height)
    return QSize(
        max(theme.icon_px(_CAP_MIN), text_width(theme, key, "ui_strong") + 2 * _CAP_PADDING), height
    )


def draw_cap(
    painter: QPainter, theme: Theme, rect: QRect, key: str, kind: CapKind = "rest"
) -> None:
    """A key cap: sunken at rest, an outline in the text's colour on primary, danger and chosen."""
    tokens = theme.tokens
    ink: QColor
    if kind == "rest":
        # On high contrast the rim of a cap is as white as any other.
        ink, fill, rim = tokens.text_2, tokens.sunken, tokens.border
    else:
        ink = {
            "on_accent": tokens.on_accent,
            "on_danger": tokens.on_danger,
            "chosen": tokens.accent,
        }[kind]
        fill, rim = None, ink
    draw_panel(painter, rect, fill, rim, tokens.sizes.radius_small)
    icon = _CAP_ICONS.get(key)
    if icon is not None:
        draw_icon(painter, theme, rect, icon, ink, theme.icon_px(_CAP_ICON))
        return
    draw_text(painter, theme, rect, key, ink, "ui_strong", Qt.AlignmentFlag.AlignHCenter)


def badge_size(theme: Theme, text: str, icon: str = "") -> QSize:
    """The size of a badge with this word and, if named, an icon before it."""
    width = text_width(theme, text, "ui_strong") + 2 * _BADGE_PADDING
    if icon:
        width += theme.icon_px() + _BADGE_GAP
    return QSize(width, theme.height("badge"))


def draw_badge(
    painter: QPainter, theme: Theme, rect: QRect, text: str, kind: BadgeKind, icon: str = ""
) -> None:
    """A state word on its soft ground, elided where ``rect`` is narrower than ``badge_size``."""
    tokens = theme.tokens
    ink_role, ground_role = BADGE_ROLES[kind]
    ink = tokens.role(ink_role)
    ground = tokens.role(ground_role) if ground_role else None
    dashed = kind == "prediction"
    rim = ink if dashed or tokens.is_high_contrast else None
    draw_panel(painter, rect, ground, rim, tokens.sizes.radius_small, dashed=dashed)
    inner = rect.adjusted(_BADGE_PADDING, 0, -_BADGE_PADDING, 0)
    if icon:
        side = theme.icon_px()
        place = QRect(inner.x(), inner.y(), side, inner.height())
        draw_icon(painter, theme, placed(painter, rect, place), icon, ink)
        inner.adjust(side + _BADGE_GAP, 0, 0, 0)
    draw_text(painter, theme, placed(painter, rect, inner), text, ink, "ui_strong")


def draw_label_line(
    painter: QPainter, rect: QRect, label: LabelColour, colour: QColor | None = None
) -> None:
    """A label's line across the middle of ``rect``: its hue on surfaces and its pattern."""
    ink = colour if colour is not None else label.surface
    y = rect.y() + rect.height() / 2
    painter.save()
    if label.pattern == "double":
        painter.fillRect(QRectF(rect.x(), y - 2, rect.width(), 1), ink)
        painter.fillRect(QRectF(rect.x(), y + 1, rect.width(), 1), ink)
        painter.restore()
        return
    if label.pattern == "ticked":
        painter.fillRect(QRectF(rect.x(), y - 1, rect.width(), 2), ink)
        for x in range(0, rect.width(), _TICK_EVERY):
            painter.fillRect(QRectF(rect.x() + x, y - 5, 2, 4), ink)
        painter.restore()
        return
    pen = QPen(ink, _LINE_HEIGHT)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if label.dash:
        pen.setDashPattern(list(label.dash))
    painter.setPen(pen)
    middle = rect.y() + (rect.height() - _LINE_HEIGHT) // 2 + _LINE_HEIGHT / 2
    painter.drawLine(QPointF(rect.x(), middle), QPointF(rect.x() + rect.width(), middle))
    painter.restore()


def draw_check(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    state: Qt.CheckState,
    round_: bool = False,
    enabled: bool = True,
) -> None:
    """A check box (or, round, a radio button) filling ``rect``, 16 × 16 as drawn."""
    tokens = theme.tokens
    on = state != Qt.CheckState.Unchecked
    partly = state == Qt.CheckState.PartiallyChecked
    radius = rect.width() / 2 if round_ else tokens.sizes.radius_small
    fill, rim = tokens.surface, tokens.border_strong
    if not enabled:
        fill, rim = tokens.sunken, tokens.border
    elif on and not partly:
        fill, rim = tokens.accent, tokens.accent
    draw_panel(painter, rect, fill, rim, radius)
    ink = tokens.on_accent if enabled else tokens.text_disabled
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = rect.width() / 16
    if round_ and on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QRectF(rect).center(), 3 * side, 3 * side)
    elif partly:
        bar = QRectF(rect.x() + 4 * side, rect.y() + 7 * side, 8 * side, 2 * side)
        painter.fillRect(bar, tokens.accent if enabled else ink)
    elif on:
        tick = QPainterPath()
        tick.moveTo(rect.x() + 4.2 * side, rect.y() + 8.2 * side)
        tick.lineTo(rect.x() + 6.9 * side, rect.y() + 10.9 * side)
        tick.lineTo(rect.x() + 11.8 * side, rect.y() + 5.4 * side)
        pen = QPen(ink, 1.75 * side)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(tick)
    painter.restore()


def draw_focus_inset(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """The focus ring of a row, inside its own edge."""
    sizes = theme.tokens.sizes
    draw_panel(
        painter, rect, None, theme.tokens.focus, sizes.radius_control, width=sizes.focus_width
    )


def draw_shadow(painter: QPainter, theme: Theme, rect: QRect, radius: float) -> None:
    """The soft shadow of a popup (0 4 16) round ``rect``, painted in rings: no effects, no blur."""
    shade = theme.tokens.shadow
    if shade.alpha() == 0:
        return
    clear = QColor(shade)
    clear.setAlpha(0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    base = QRectF(rect).translated(0, _SHADOW_DROP)
    # Each ring adds a little; together they reach the token's alpha next to the edge.
    ring = blend(clear, shade, 2.0 / _SHADOW_REACH)
    for reach in range(_SHADOW_REACH, 0, -2):
        painter.setBrush(ring)
        spread = reach / 2
        painter.drawRoundedRect(
            base.adjusted(-spread, -spread, spread, spread), radius + spread, radius + spread
        )
    painter.restore()
