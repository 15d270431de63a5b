"""A Markdown text to read: styled from the tokens, with no HTML, and nothing ever loaded from outside.

Headings can be found by number, text or anchor; links lead to headings of the same text, any other
link is plain text with its address beside it as a tooltip.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from labeler.kit.paint import draw_panel
from labeler.kit.plain import plain_tip
from labeler.kit.theme import Themed

__all__ = ["LONGEST_PARAGRAPH", "LONGEST_SHOWN", "Heading", "MarkdownPage", "slug"]

LONGEST_SHOWN = 400_000
"""Characters, some two hundred pages. What means harm takes two seconds to lay out by then."""
LONGEST_PARAGRAPH = 50_000
"""Characters; the time to break one into lines grows with the square of its length."""
_SIDE, _ABOVE = 20, 12
_QUOTE_BAR, _QUOTE_INDENT = 3, 16
_CELL_PAD = 6
_CODE_PAD = 8
_QUOTE = QTextFormat.Property.BlockQuoteLevel
_STYLES = {1: "title", 2: "title", 3: "heading"}
_NUMBER = re.compile(r"\s*((?:\d+|[A-Z])(?:\.\d+)*)[.)]?\s+(?=\S)")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]", re.UNICODE)
_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownNoHTML
    | QTextDocument.MarkdownFeature.MarkdownDialectGitHub
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its ``number`` as written ("2.3", or empty), the words after it, its level 1–6.

    ``position`` is that of its block in the document; ``above`` are the headings it lies under.
    """

    number: str
    words: str
    level: int
    position: int
    anchor: str
    above: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Number and words as written."""
        return f"{self.number} {self.words}" if self.number else self.words


def slug(text: str) -> str:
    """The anchor of a heading, as Markdown readers make it: lower case, words joined by hyphens."""
    return _NOT_IN_SLUG.sub("", text.strip().lower()).replace(" ", "-")


class MarkdownPage(Themed, QTextBrowser):
    """Shows one text. ``link_clicked`` carries the anchor of a link inside it.

    ``rendered`` fires after the text was laid out anew (another theme or text size): places in it
    that were remembered are no longer good.
    """

    link_clicked = Signal(str)
    rendered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self._pictures: dict[str, QImage] = {}
        self._nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._nothing.fill(Qt.GlobalColor.transparent)
        self.headings: tuple[Heading, ...] = ()
        self.setAccessibleName(name)
        self.setProperty("kit_bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._clicked)
        self.init_theme()

    def set_markdown(self, text: str, pictures: Mapping[str, QImage] | None = None) -> None:
        """Show this text from its beginning. ``pictures`` are the only images there are, by path."""
        self._markdown = self._whole_or_begun(text)
        self._pictures = dict(pictures or {})
        self._render()
        self.verticalScrollBar().setValue(0)

    def _whole_or_begun(self, text: str) -> str:
        """The text, or as much of it as a window can lay out while nobody waits."""
        shown, left = [], LONGEST_SHOWN
        for paragraph in text.split("\n\n"):
            part = paragraph[: min(left, LONGEST_PARAGRAPH)]
            shown.append(part)
            left -= len(part) + 2
            if len(part) < len(paragraph) or left <= 0:
                break
        begun = "\n\n".join(shown)
        if len(begun) == len(text):
            return text
        words = self.tr("Only the beginning is shown: the text has {count} characters.")
        return f"{begun}\n\n---\n\n{words.format(count=self.locale().toString(len(text)))}\n"

    def heading(self, ref: str) -> Heading | None:
        """The heading with this number, text, words or anchor (with or without ``#``), or None.

        "2.3 An older name" still finds 2.3, so renaming a rule breaks no reference to it.
        """
        wanted = ref.strip().removeprefix("#").casefold()
        if not wanted:
            return None
        for key in (_by_number, _by_text, _by_anchor, _by_words):
            for one in self.headings:
                if key(one) == wanted:
                    return one
        named = _NUMBER.match(ref)
        number = named.group(1).casefold() if named else ""
        return next((one for one in self.headings if number and _by_number(one) == number), None)

    def go_to(self, heading: Heading) -> None:
        """Bring a heading to the top, and the caret to it."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(heading.position)
        self.setTextCursor(cursor)
        block = self.document().findBlock(heading.position)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(max(0, int(top) - _ABOVE // 2))

    def heading_at_top(self) -> Heading | None:
        """The heading under which the first line on screen stands, or None before the first."""
        cursor = self.cursorForPosition(QPoint(_SIDE, _ABOVE))
        at = cursor.position()
        before = [one for one in self.headings if one.position <= at]
        return before[-1] if before else None

    def find_all(self, text: str, most: int = 1_000) -> list[QTextCursor]:
        """Where the text occurs, upper and lower case alike, in order; at most ``most`` places."""
        found: list[QTextCursor] = []
        cursor = QTextCursor(self.document())
        while text and len(found) < most:
            cursor = self.document().find(text, cursor)
            if cursor.isNull():
                break
            found.append(QTextCursor(cursor))
        return found

    def mark(self, places: Sequence[QTextCursor], current: int) -> None:
        """Mark these places, one of them as the current one, and bring that into view."""
        t = self.theme.tokens
        marks: list[QTextBrowser.ExtraSelection] = []
        for number, place in enumerate(places):
            one = QTextBrowser.ExtraSelection()
            one.cursor = place
            look = QTextCharFormat()
            look.setBackground(t.accent if number == current else t.selection)
            look.setForeground(t.on_accent if number == current else t.text)
            one.format = look
            marks.append(one)
        self.setExtraSelections(marks)
        if 0 <= current < len(places):
            caret = QTextCursor(places[current])
            caret.clearSelection()
            self.setTextCursor(caret)
            self.ensureCursorVisible()

    def focus_rect(self) -> QRect:
        """What the focus ring goes round: the page, from inside."""
        return self.rect().adjusted(4, 4, -4, -4)

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        """Only what was handed in; an address is never followed, neither to a file nor a server."""
        path = name.toString() if isinstance(name, QUrl) else name
        # Told "nothing", Qt would open the file of that name itself; told "one clear pixel", it stops.
        return self._pictures.get(path, self._nothing)

    def theme_changed(self) -> None:
        if self._markdown:
            at = self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())
            self._render()
            self.verticalScrollBar().setValue(round(at * self.verticalScrollBar().maximum()))
            self.rendered.emit()

    def wheelEvent(self, e: QWheelEvent) -> None:
        if e.modifiers() & Qt.KeyboardModifier.ControlModifier:
            e.ignore()  # text size is set once for everything
            return
        super().wheelEvent(e)

    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._paint_grounds(painter)
        painter.end()
        super().paintEvent(e)

    def _paint_grounds(self, painter: QPainter) -> None:
        """Wells under code and bars beside quotes: a document itself knows neither."""
        t, port = self.theme.tokens, self.viewport()
        layout = self.document().documentLayout()
        drop = self.verticalScrollBar().value()
        wide = port.width() - 2 * _SIDE
        well = QRectF()
        block = self.document().firstBlock()
        while block.isValid():
            box = layout.blockBoundingRect(block).translated(0, -drop)
            if box.top() > port.height():
                break
            if _is_code(block):
                line = QRectF(_SIDE, box.top(), wide, box.height())
                well = line if well.isNull() else well.united(line)
                if not _is_code(block.next()):
                    rim = t.border_strong if t.is_high_contrast else t.border
                    ground = well.adjusted(0, -_CODE_PAD, 0, _CODE_PAD).toRect()
                    draw_panel(painter, ground, t.sunken, rim, t.sizes.radius_control)
                    well = QRectF()
            elif block.blockFormat().intProperty(_QUOTE):
                rtl = block.textDirection() == Qt.LayoutDirection.RightToLeft
                x = port.width() - _SIDE - _QUOTE_BAR if rtl else _SIDE
                painter.fillRect(QRectF(x, box.top(), _QUOTE_BAR, box.height()), t.border_strong)
            block = block.next()

    # ------------------------------------------------------------------------------------- inside

    def _render(self) -> None:
        document = self.document()
        document.setDefaultFont(self.theme.font("reading"))
        document.setDocumentMargin(0)
        document.setIndentWidth(24)
        document.setMarkdown(self._markdown, _FEATURES)
        root = document.rootFrame().frameFormat()
        root.setLeftMargin(_SIDE)
        root.setRightMargin(_SIDE)
        root.setTopMargin(_ABOVE)
        root.setBottomMargin(2 * _ABOVE)
        document.rootFrame().setFrameFormat(root)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._name_missing_pictures()
        block = document.firstBlock()
        while block.isValid():
            self._style_block(block)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._style_table(frame)
        cursor.endEditBlock()
        self.headings = self._read_headings()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _name_missing_pictures(self) -> None:
        """Put an image's words where there is no image: a sign for "broken" tells nobody anything."""
        block = self.document().firstBlock()
        missing: list[tuple[int, int, str]] = []
        while block.isValid():
            for start, length, look in _fragments(block):
                if look.isImageFormat() and look.toImageFormat().name() not in self._pictures:
                    words = str(look.property(QTextFormat.Property.ImageAltText) or "")
                    missing.append((start, length, words or self.tr("image")))
            block = block.next()
        cursor = QTextCursor(self.document())
        for start, length, words in reversed(missing):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(f"[{words}]", QTextCharFormat())

    def _read_headings(self) -> tuple[Heading, ...]:
        found: list[Heading] = []
        trail: dict[int, str] = {}
        used: dict[str, int] = {}
        block = self.document().firstBlock()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                text = block.text().strip()
                match = _NUMBER.match(text)
                number = match.group(1) if match else ""
                words = text[match.end() :] if match else text
                anchor = slug(text)
                again = used[anchor] = used.get(anchor, 0) + 1
                anchor = anchor if again == 1 else f"{anchor}-{again - 1}"
                above = tuple(trail[n] for n in sorted(trail) if n < level)
                found.append(Heading(number, words, level, block.position(), anchor, above))
                trail = {n: words_ for n, words_ in trail.items() if n < level} | {level: text}
            block = block.next()
        return tuple(found)

    def _style_block(self, block: QTextBlock) -> None:
        t, theme = self.theme.tokens, self.theme
        given = block.blockFormat()
        level = given.headingLevel()
        depth = given.intProperty(_QUOTE)
        code = _is_code(block)
        shape = QTextBlockFormat()
        style = _STYLES.get(level, "heading") if level else "code" if code else "reading"
        shape.setLineHeight(theme.line(style), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        if level:
            shape.setTopMargin(theme.line("reading") if level > 1 else 0)
            shape.setBottomMargin(_ABOVE // 2)
        elif not code:
            in_list: object = block.textList()
            shape.setBottomMargin(_ABOVE if in_list is None else _ABOVE // 2)
        if depth:
            shape.setLeftMargin(depth * _QUOTE_INDENT)
        if code:
            shape.setNonBreakableLines(False)
            shape.setTopMargin(0 if _is_code(block.previous()) else _ABOVE)
            shape.setBottomMargin(0 if _is_code(block.next()) else _ABOVE + _CODE_PAD)
            shape.setLeftMargin(_ABOVE)
            shape.setRightMargin(_ABOVE)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(shape)
        ink = t.text_2 if depth else t.text
        for start, length, look in _fragments(block):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._look(look, style, ink, in_code=code, in_heading=bool(level)))

    def _look(
        self, given: QTextCharFormat, style: str, ink: QColor, *, in_code: bool, in_heading: bool
    ) -> QTextCharFormat:
        """A fragment's format with our fonts and colours; links out of the text are no links."""
        t = self.theme.tokens
        look = QTextCharFormat(given)
        look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        inline_code = given.fontFixedPitch() and not in_code
        font = QFont(self.theme.font("code" if in_code or inline_code else style))
        if not in_heading and not in_code and given.fontWeight() > QFont.Weight.Medium:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(given.fontItalic())
        font.setStrikeOut(given.fontStrikeOut())
        look.setFont(font)
        look.setForeground(ink)
        if inline_code:
            look.setBackground(t.sunken)
        if given.isAnchor():
            target = given.anchorHref()
            if target.startswith("#"):
                look.setForeground(t.accent)
                look.setFontUnderline(True)
            else:
                look.setAnchor(False)
                look.clearProperty(QTextFormat.Property.AnchorHref)
                look.setFontUnderline(False)
                look.setToolTip(plain_tip(target))
        return look

    def _style_table(self, table: QTextTable) -> None:
        t = self.theme.tokens
        shape = table.format()
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(t.border)
        shape.setBorderCollapse(True)
        shape.setCellPadding(_CELL_PAD)
        shape.setCellSpacing(0)
        shape.setTopMargin(0)
        shape.setBottomMargin(_ABOVE)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(shape)
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                cursor = cell.firstCursorPosition()
                cursor.setPosition(
                    cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor
                )
                tight = QTextBlockFormat()
                tight.setBottomMargin(0)
                cursor.mergeBlockFormat(tight)
                if row < max(1, shape.headerRowCount()):
                    ground = cell.format()
                    ground.setBackground(t.sunken)
                    cell.setFormat(ground)

    def _clicked(self, url: QUrl) -> None:
        target = url.toString()
        if target.startswith("#"):
            self.link_clicked.emit(QUrl.fromPercentEncoding(target.encode()))


def _is_code(block: QTextBlock) -> bool:
    shape = block.blockFormat()
    fence, language = QTextFormat.Property.BlockCodeFence, QTextFormat.Property.BlockCodeLanguage
    return block.isValid() and (shape.hasProperty(fence) or shape.hasProperty(language))


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Start, length and format of each run of one format in the block."""
    found = []
    entry = block.begin()
    while not entry.atEnd():
        fragment = entry.fragment()
        if fragment.isValid():
            found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        entry += 1
    return found


def _by_number(heading: Heading) -> str:
    return heading.number.casefold()


def _by_text(heading: Heading) -> str:
    return heading.text.casefold()


def _by_anchor(heading: Heading) -> str:
    return heading.anchor.casefold()


def _by_words(heading: Heading) -> str:
    return heading.words.casefold()
