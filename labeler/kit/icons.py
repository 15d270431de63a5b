"""Outline icons (Lucide, ISC), drawn in the colour of the text beside them, sharp at any scale.

One ``Icons`` belongs to a ``Theme`` and keeps what it drew; ask ``theme.icons``.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from labeler.assets import asset, brand
from labeler.kit.tokens import Tokens

__all__ = ["DIRECTIONAL", "Icons"]

STROKE = "1.75"
_SCALES = (1.0, 2.0, 3.0)
# The two colours our own mark is drawn in; in the window it takes the theme's accent instead.
_LOGO_GROUND, _LOGO_INK = b"#2F5FD0", b"#FFFFFF"

#: Icons that point somewhere and are mirrored where text runs from right to left.
DIRECTIONAL = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "corner-up-left",
        "external-link",
        "list-checks",
        "panel-right",
        "panel-right-close",
        "panel-right-open",
        "redo-2",
        "skip-forward",
        "undo-2",
    }
)


class Icons:
    """Draws and keeps one theme's icons; a name is a file in ``resources/icons``, less ``.svg``."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, int, int, float, bool], QPixmap] = {}
        self._icons: dict[tuple[str, str, int, bool], QIcon] = {}

    def pixmap(
        self,
        name: str,
        colour: QColor | str = "text_2",
        size: int = 16,
        dpr: float = 1.0,
        mirrored: bool = False,
    ) -> QPixmap:
        """The icon as a pixmap of ``size`` logical pixels at ``dpr`` device pixels each.

        ``colour`` is a colour or a token's name. ``mirrored`` turns the icons that point somewhere;
        the others stay as they are. An unknown name raises AssetMissing.
        """
        ink = self._tokens.role(colour) if isinstance(colour, str) else colour
        flip = mirrored and name in DIRECTIONAL
        key = (name, ink.rgba(), size, dpr, flip)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._draw(self._tinted(name, ink), size, dpr, flip)
        return found

    def icon(
        self, name: str, colour: str = "text_2", size: int = 16, mirrored: bool = False
    ) -> QIcon:
        """The icon for stock widgets and menus, with its disabled face.

        It does not follow a change of theme: set it again on ``Theme.changed``.
        """
        key = (name, colour, size, mirrored)
        found = self._icons.get(key)
        if found is None:
            found = QIcon()
            for dpr in _SCALES:
                found.addPixmap(self.pixmap(name, colour, size, dpr, mirrored))
                found.addPixmap(
                    self.pixmap(name, "text_disabled", size, dpr, mirrored), QIcon.Mode.Disabled
                )
            self._icons[key] = found
        return found

    def logo(self, size: int, dpr: float = 1.0) -> QPixmap:
        """The product's mark; our own takes the theme's accent, a vendor's is shown as it is."""
        key = ("", self._tokens.accent.rgba(), size, dpr, False)
        found = self._pixmaps.get(key)
        if found is None:
            path = asset(brand().icon)
            if path.suffix != ".svg":
                found = QPixmap(str(path)).scaled(
                    round(size * dpr),
                    round(size * dpr),
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
                found.setDevicePixelRatio(dpr)
            else:
                source = path.read_bytes()
                source = source.replace(_LOGO_GROUND, self._tokens.accent.name().encode())
                source = source.replace(_LOGO_INK, self._tokens.on_accent.name().encode())
                found = self._draw(source, size, dpr, False)
            self._pixmaps[key] = found
        return found

    def _tinted(self, name: str, ink: QColor) -> bytes:
        source = self._sources.get(name)
        if source is None:
            source = asset(f"icons/{name}.svg").read_bytes()
            source = source.replace(b'stroke-width="2"', f'stroke-width="{STROKE}"'.encode())
            self._sources[name] = source
        opacity = f'stroke-opacity="{ink.alphaF():.3f}" stroke='.encode()
        return source.replace(b"stroke=", opacity, 1).replace(b"currentColor", ink.name().encode())

    @staticmethod
    def _draw(source: bytes, size: int, dpr: float, flip: bool) -> QPixmap:
        side = round(size * dpr)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, side, side))
        painter.end()
        if flip:
            pixmap = pixmap.transformed(QTransform.fromScale(-1, 1))
        pixmap.setDevicePixelRatio(dpr)
        return pixmap
