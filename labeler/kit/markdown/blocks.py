"""The blocks of a Markdown text: paragraphs, headings, lists, quotes, code, tables, formulas, rules.

No Qt in here. Every block knows the raw ranges of its lines, so that what is shown of it can be led
back to the text as it was written. Raw HTML is text. What is nested deeper than any reader would
follow is text, too, so no input takes more than time in proportion to its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from labeler.kit.markdown.lines import Align, Line, align_of, cells_of, indent_of, without_indent

__all__ = ["Leaf", "LeafKind", "read_blocks"]

LeafKind = Literal["paragraph", "heading", "code", "formula", "table", "rule"]

DEEPEST = 10
"""Quotes and lists inside one another; what lies deeper is shown as it is written."""
LONGEST_PIECE = 120
"""Lines of code that are laid out at once."""
WIDEST_TABLE = 40
_LONGEST_FORMULA_LINES = 80

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_QUOTE = re.compile(r" {0,3}> ?")
_BULLET = re.compile(r"( {0,3})([-*+])(?=[ \t]|$)")
_ORDERED = re.compile(r"( {0,3})(\d{1,9})([.)])(?=[ \t]|$)")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ENVIRONMENT = re.compile(
    r" {0,3}\\begin\{(equation|align|alignat|gather|multline|eqnarray)(\*?)\}"
)
_BLANK = re.compile(r"[ \t]*$")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One block without blocks in it.

    ``start`` and ``end`` bound its letters in the raw text, ``lines`` are the raw ranges of its lines
    without the signs of what contains them. ``nest`` has a letter for each quote (``q``) and list
    (``l``) around it, outermost first; ``marker`` is what stands before the first block of a list's
    entry. ``group`` numbers pieces that belong together (a long listing is cut), ``first`` and
    ``last`` say which piece this is. Cells of a table are raw ranges by row.
    """

    kind: LeafKind
    start: int
    end: int
    lines: tuple[Line, ...]
    nest: str = ""
    marker: str = ""
    level: int = 0
    language: str = ""
    latex: str = ""
    group: int = 0
    first: bool = True
    last: bool = True
    tight: bool = False
    aligns: tuple[Align, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()


def read_blocks(raw: str) -> tuple[Leaf, ...]:
    """The blocks of a text in order; their ranges do not overlap."""
    reader = _Reader(raw)
    reader.read(_lines(raw), "", "", False)
    return tuple(reader.leaves)


def _lines(raw: str) -> list[Line]:
    found, start = [], 0
    for match in re.finditer("\r\n|[\n\r]", raw):
        found.append((start, match.start()))
        start = match.end()
    if start < len(raw):
        found.append((start, len(raw)))
    return found


class _Reader:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.leaves: list[Leaf] = []
        self._groups = 0
        self._nest = ""
        self._marker = ""
        self._tight = False

    def _text(self, line: Line) -> str:
        return self.raw[line[0] : line[1]]

    def _blank(self, line: Line) -> bool:
        return _BLANK.match(self.raw, line[0], line[1]) is not None

    # one container after the other

    def read(self, lines: list[Line], nest: str, marker: str, tight: bool) -> None:
        """Read what a container holds; ``marker`` goes to the first block in it."""
        before = self._nest, self._marker, self._tight
        self._nest, self._marker, self._tight = nest, marker, tight
        at = 0
        while at < len(lines):
            at = self._block(lines, at)
        if self._marker:  # an empty entry of a list is seen all the same
            place = lines[0][0] if lines else (self.leaves[-1].end if self.leaves else 0)
            self._add("paragraph", ((place, place),))
        self._nest, self._marker, self._tight = before

    def _block(self, lines: list[Line], at: int) -> int:
        """Read the block that begins at a line; the number of the line after it."""
        line = lines[at]
        if self._blank(line):
            return at + 1
        text = self._text(line)
        indent = indent_of(text)
        if indent >= 4:
            return self._indented(lines, at)
        sign = text.lstrip(" ")[:1]
        if sign in "`~" and (match := _FENCE.match(text)):
            return self._fence(lines, at, match)
        if sign in "$\\" and (end := self._formula(lines, at, text)):
            return end
        if sign == "#" and (match := _HEADING.match(text)):
            return self._heading(line, match, text, at)
        if sign in "-*_" and _RULE.match(text):
            self._add("rule", (line,))
            return at + 1
        if len(self._nest) < DEEPEST:
            if sign == ">" and _QUOTE.match(text):
                return self._quote(lines, at)
            if sign in "-*+0123456789" and (match := _BULLET.match(text) or _ORDERED.match(text)):
                return self._list(lines, at, match)
        if self._begins_table(lines, at):
            return self._table(lines, at)
        return self._paragraph(lines, at)

    def _begins_block(self, line: Line) -> bool:
        """Whether a line ends the paragraph before it without a blank line."""
        text = self._text(line)
        if indent_of(text) >= 4:
            return False
        sign = text.lstrip(" ")[:1]
        if not sign or sign not in "`~#-*_>+0123456789$\\":
            return False
        if _FENCE.match(text) or _HEADING.match(text) or _RULE.match(text):
            return True
        if text.lstrip(" ").startswith(("$$", "\\[")) or _ENVIRONMENT.match(text):
            return True
        if len(self._nest) >= DEEPEST:
            return False
        if _QUOTE.match(text):
            return True
        bullet = _BULLET.match(text)
        if bullet:
            return bool(text[bullet.end() :].strip())
        ordered = _ORDERED.match(text)
        return bool(ordered and ordered[2] == "1" and text[ordered.end() :].strip())

    # blocks

    def _paragraph(self, lines: list[Line], at: int) -> int:
        end = at + 1
        while end < len(lines) and not self._blank(lines[end]):
            under = _UNDERLINE.match(self._text(lines[end]))
            if under:
                level = 1 if under[1][0] == "=" else 2
                self._add("heading", tuple(lines[at:end]), level=level, until=lines[end][1])
                return end + 1
            if self._begins_block(lines[end]) or self._begins_table(lines, end):
                break
            end += 1
        self._add("paragraph", tuple(lines[at:end]))
        return end

    def _heading(self, line: Line, match: re.Match[str], text: str, at: int) -> int:
        closing = _HEADING_END.search(text, match.end())
        end = line[0] + (closing.start() if closing else len(text))
        start = min(line[0] + match.end(), end)
        self._add("heading", ((start, end),), level=len(match[1]), until=line[1])
        return at + 1

    def _fence(self, lines: list[Line], at: int, match: re.Match[str]) -> int:
        fence, indent = match[1], indent_of(match[0])
        closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        end = at + 1
        while end < len(lines) and not closing.match(self._text(lines[end])):
            end += 1
        inner = [without_indent(self.raw, line, indent) for line in lines[at + 1 : end]]
        stop = lines[end][1] if end < len(lines) else lines[-1][1]
        language = match[2].strip().split(" ")[0].strip("{}.").lower()
        self._add_code(inner or [(lines[at][1], lines[at][1])], language, stop)
        return end + 1

    def _indented(self, lines: list[Line], at: int) -> int:
        end = last = at
        while end < len(lines):
            blank = self._blank(lines[end])
            if not blank and indent_of(self._text(lines[end])) < 4:
                break
            if not blank:
                last = end
            end += 1
        inner = [without_indent(self.raw, line, 4) for line in lines[at : last + 1]]
        self._add_code(inner, "", inner[-1][1])
        return last + 1

    def _add_code(self, lines: list[Line], language: str, stop: int) -> None:
        self._groups += 1
        count = max(1, -(-len(lines) // LONGEST_PIECE))
        for number in range(count):
            piece = lines[number * LONGEST_PIECE : (number + 1) * LONGEST_PIECE]
            last = number == count - 1
            self._add(
                "code",
                tuple(piece),
                language=language[:40],
                group=self._groups,
                first=number == 0,
                last=last,
                until=stop if last else piece[-1][1],
            )

    def _formula(self, lines: list[Line], at: int, text: str) -> int:
        """A formula on lines of its own; 0 where none begins or it does not end."""
        stripped = text.strip()
        environment = _ENVIRONMENT.match(text)
        if stripped.startswith("$$"):
            opening, closing = "$$", "$$"
        elif stripped.startswith("\\["):
            opening, closing = "\\[", "\\]"
        elif environment:
            opening, closing = "", f"\\end{{{environment[1]}{environment[2]}}}"
        else:
            return 0
        skip = len(text) - len(text.lstrip()) + len(opening)
        for end in range(at, min(len(lines), at + _LONGEST_FORMULA_LINES)):
            words = self._text(lines[end])
            found = words.find(closing, skip if end == at else 0)
            if found < 0:
                continue
            if words[found + len(closing) :].strip(" \t.,;:"):
                return 0  # words follow: it is a formula inside a paragraph
            parts = [self._text(line) for line in lines[at : end + 1]]
            parts[-1] = parts[-1][: found + (0 if opening else len(closing))]
            parts[0] = parts[0][skip:]
            latex = "\n".join(parts).strip()
            if not latex:
                return 0
            start = lines[at][0] + len(text) - len(text.lstrip())
            stop = lines[end][0] + found + len(closing)
            self._add("formula", ((start, stop),), latex=latex, until=lines[end][1])
            return end + 1
        return 0

    def _quote(self, lines: list[Line], at: int) -> int:
        inner: list[Line] = []
        end, open_paragraph = at, False
        while end < len(lines):
            line = lines[end]
            match = _QUOTE.match(self.raw[line[0] : min(line[1], line[0] + 5)])
            if match:
                inner.append((line[0] + match.end(), line[1]))
                open_paragraph = not self._blank(inner[-1])
            elif self._blank(line) or not open_paragraph or self._begins_block(line):
                break
            else:
                inner.append(line)  # a paragraph goes on without the sign
            end += 1
        marker, self._marker = self._marker, ""
        self.read(inner, f"{self._nest}q", marker, self._tight)
        return end

    def _list(self, lines: list[Line], at: int, match: re.Match[str]) -> int:
        ordered = match.re is _ORDERED
        sign = match[3] if ordered else match[2]
        number = int(match[2]) if ordered else 0
        entries: list[tuple[str, list[Line]]] = []
        loose = False
        while at < len(lines):
            text = self._text(lines[at])
            found = (_ORDERED if ordered else _BULLET).match(text)
            if not found or (found[3] if ordered else found[2]) != sign or _RULE.match(text):
                break
            marker = f"{number}{sign}" if ordered else "\u2022"
            entry, at, open_end = self._entry(lines, at, found, text)
            marker, entry = self._task(marker, entry)
            entries.append((marker, entry))
            loose = loose or (
                open_end and at < len(lines) and self._continues(lines[at], ordered, sign)
            )
            loose = loose or any(self._blank(one) for one in entry[1:-1])
            number += 1
        before, self._marker = self._marker, ""
        nest = self._nest
        for place, (marker, entry) in enumerate(entries):
            whole = f"{before} {marker}".strip() if place == 0 and before else marker
            self.read(entry, f"{nest}l", whole, not loose)
        return at

    def _continues(self, line: Line, ordered: bool, sign: str) -> bool:
        found = (_ORDERED if ordered else _BULLET).match(self._text(line))
        return bool(found) and (found[3] if ordered else found[2]) == sign  # type: ignore[index]

    def _entry(
        self, lines: list[Line], at: int, match: re.Match[str], text: str
    ) -> tuple[list[Line], int, bool]:
        """The lines of one entry, the line after it, and whether blank lines end it."""
        rest = text[match.end() :]
        spaces = len(rest) - len(rest.lstrip(" \t"))
        width = match.end() + (spaces if rest.strip() and spaces <= 4 else 1)
        first = lines[at]
        inner = [(min(first[0] + width, first[1]), first[1])]
        end, blanks = at + 1, 0
        open_paragraph = bool(rest.strip()) and not _FENCE.match(rest.strip())
        fenced = _FENCE.match(rest.strip()) is not None
        while end < len(lines):
            line = lines[end]
            if self._blank(line):
                blanks += 1
                inner.append((line[1], line[1]))
                end += 1
                if blanks > 1 and len(inner) == blanks + 1 and not rest.strip():
                    break
                continue
            words = self._text(line)
            if indent_of(words) >= width:
                inner.append(without_indent(self.raw, line, width))
                blanks, open_paragraph = 0, True
            elif (
                blanks
                or not open_paragraph
                or fenced
                or self._begins_block(line)
                or _BULLET.match(words)
                or _ORDERED.match(words)
            ):
                break
            else:
                inner.append(line)
            end += 1
        while len(inner) > 1 and self._blank(inner[-1]):
            inner.pop()
        return inner, end, blanks > 0

    def _task(self, marker: str, entry: list[Line]) -> tuple[str, list[Line]]:
        """A box to be ticked at an entry's beginning is its marker."""
        found = _TASK.match(self._text(entry[0]))
        if not found:
            return marker, entry
        box = "\u2610" if found[1] == " " else "\u2611"
        return box, [(entry[0][0] + found.end(), entry[0][1]), *entry[1:]]

    # tables

    def _begins_table(self, lines: list[Line], at: int) -> bool:
        if at + 1 >= len(lines):
            return False
        head = self._text(lines[at])
        return "|" in head and self._is_table(head, lines[at + 1])

    def _is_table(self, head: str, line: Line) -> bool:
        delimiters = self._text(line)
        if "-" not in delimiters or not _DELIMITERS.match(delimiters):
            return False
        count = len(cells_of(delimiters, 0))
        return (
            count <= WIDEST_TABLE
            and count == len(cells_of(head, 0))
            and (count > 1 or "|" in delimiters)
        )

    def _table(self, lines: list[Line], at: int) -> int:
        aligns = tuple(align_of(self._text(cell)) for cell in cells_of(self.raw, *lines[at + 1]))
        rows = [self._row(lines[at], len(aligns))]
        end = at + 2
        while end < len(lines) and not self._blank(lines[end]):
            if self._begins_block(lines[end]):
                break
            rows.append(self._row(lines[end], len(aligns)))
            end += 1
        self._groups += 1
        for start in range(0, len(rows), LONGEST_PIECE):
            piece = rows[start : start + LONGEST_PIECE]
            bounds = [cell for row in piece for cell in row]
            self._add(
                "table",
                (bounds[0], bounds[-1]),
                aligns=aligns,
                rows=tuple(piece),
                group=self._groups,
                first=start == 0,
                last=start + LONGEST_PIECE >= len(rows),
            )
        return end

    def _row(self, line: Line, count: int) -> tuple[Line, ...]:
        """The cells of a line, exactly as many as the table has columns."""
        cells = cells_of(self.raw, *line)
        if len(cells) > count:
            # Others leave out what is too much; a response is never cut.
            cells[count - 1 :] = [(cells[count - 1][0], cells[-1][1])]
        return (*cells, *[(line[1], line[1])] * (count - len(cells)))

    def _add(
        self,
        kind: LeafKind,
        lines: tuple[Line, ...],
        *,
        until: int | None = None,
        level: int = 0,
        language: str = "",
        latex: str = "",
        group: int = 0,
        first: bool = True,
        last: bool = True,
        aligns: tuple[Align, ...] = (),
        rows: tuple[tuple[Line, ...], ...] = (),
    ) -> None:
        start = lines[0][0] if lines else 0
        end = max(start, lines[-1][1] if lines else start, until or 0)
        marker, self._marker = self._marker, ""
        self.leaves.append(
            Leaf(
                kind,
                start,
                end,
                lines,
                nest=self._nest,
                marker=marker,
                level=level,
                language=language,
                latex=latex,
                group=group,
                first=first,
                last=last,
                tight=self._tight,
                aligns=aligns,
                rows=rows,
            )
        )
