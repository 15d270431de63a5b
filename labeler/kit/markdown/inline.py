"""What is shown of a line of Markdown, and how: emphasis, code, formulas, links, entities.

No Qt in here and no HTML: a tag is text like any other. A link shows its words and its address, an
image its words and its address; neither is ever followed. Emphasis goes by the rules of CommonMark.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from labeler.kit.markdown.flanks import flanks, punctuates
from labeler.kit.markdown.shown import LINE, Shown, Style

__all__ = ["read_inline", "read_plain"]

_SPECIAL = re.compile(r"[\\`*_~\[\]!<&$\n]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_TARGET = re.compile(
    r"\([ \t]*\n?[ \t]*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))*))"
    r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\n?[ \t]*\)"
)
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LONGEST_ADDRESS = 120
_LONGEST_FORMULA = 2_000
_MOST_OPEN = 400
"""Brackets and signs of emphasis kept open at once; what comes beyond is text."""


Lines = Sequence[tuple[int, int]]
"""Raw ranges of the lines of a block, without what contains them and without line ends."""


@dataclass(slots=True)
class _Node:
    """A piece of the source: what it shows, or signs of emphasis that may become style."""

    kind: str
    start: int
    end: int
    text: str = ""
    opens: bool = False
    closes: bool = False
    left: int = 0
    right: int = 0
    style: Style = Style.NONE
    active: bool = True
    whole: int = 0

    @property
    def count(self) -> int:
        """Signs of emphasis not used up."""
        return self.end - self.start - self.left - self.right


class _Source:
    """The lines of a block joined by newlines, and where each letter of that lies in the raw text."""

    def __init__(self, raw: str, lines: Lines, base: int) -> None:
        self.text = "\n".join(raw[start:end] for start, end in lines)
        self._at: list[int] = []
        for number, (start, end) in enumerate(lines):
            self._at.extend(range(start - base, end - base))
            if number + 1 < len(lines):
                self._at.append(end - base)
        self._end = lines[-1][1] - base if lines else 0

    def start(self, at: int) -> int:
        """The raw position before a letter."""
        return self._at[at] if at < len(self._at) else self._end

    def end(self, at: int) -> int:
        """The raw position after the letter before this place."""
        return self._at[at - 1] + 1 if at > 0 else self.start(0)


def read_plain(raw: str, lines: Lines, base: int) -> Shown:
    """The lines as they are (code), each line end as a break; positions count from ``base``."""
    shown = Shown()
    for number, (start, end) in enumerate(lines):
        shown.put_as_is(raw[start:end], start - base)
        if number + 1 < len(lines):
            shown.put(LINE, end - base, lines[number + 1][0] - base)
    return shown


def read_inline(raw: str, lines: Lines, base: int, plain: Collection[str] = frozenset()) -> Shown:
    """What is shown of a paragraph, a heading or a cell; positions count from ``base``.

    Formulas that are ``plain`` are shown as they are written.
    """
    trimmed = _trimmed(raw, lines)
    source = _Source(raw, trimmed, base)
    reader = _Reader(source, plain)
    reader.read()
    return reader.emit()


def _trimmed(raw: str, lines: Lines) -> list[tuple[int, int]]:
    """Lines without the white space they begin with, and the last one without what it ends with."""
    found = []
    for number, (start, end) in enumerate(lines):
        while start < end and raw[start] in " \t":
            start += 1
        if number + 1 == len(lines):
            while end > start and raw[end - 1] in " \t":
                end -= 1
        found.append((start, end))
    return found


class _Reader:
    def __init__(self, source: _Source, plain: Collection[str]) -> None:
        self.source = source
        self._plain = plain
        self.text = source.text
        self.nodes: list[_Node] = []
        self._brackets: list[int] = []
        self._no_code: dict[int, int] = {}
        self._no_formula_after: dict[str, int] = {}

    # reading

    def read(self) -> None:
        text, at, end = self.text, 0, len(self.text)
        while at < end:
            match = _SPECIAL.search(text, at)
            if match is None:
                self._add_text(at, end)
                break
            if match.start() > at:
                self._add_text(at, match.start())
            at = self._special(match.start())
        self._emphasise(0)

    def _add_text(self, start: int, end: int) -> None:
        if self.nodes and self.nodes[-1].kind == "text" and self.nodes[-1].end == start:
            self.nodes[-1].end = end
        else:
            self.nodes.append(_Node("text", start, end))

    def _special(self, at: int) -> int:
        sign = self.text[at]
        if sign == "\\":
            return self._backslash(at)
        if sign == "`":
            return self._code(at)
        if sign in "*_~":
            return self._signs(at)
        if sign == "[" or (sign == "!" and self.text[at + 1 : at + 2] == "["):
            return self._open(at)
        if sign == "]":
            return self._close(at)
        if sign == "<":
            return self._angle(at)
        if sign == "&":
            return self._entity(at)
        if sign == "$":
            return self._dollar(at)
        if sign == "\n":
            return self._newline(at)
        self._add_text(at, at + 1)
        return at + 1

    def _backslash(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following in ("(", "["):
            closing = "\\)" if following == "(" else "\\]"
            end = self._find(closing, at + 2)
            if end > at + 2 and end - at < _LONGEST_FORMULA:
                self._formula(at, end + 2, self.text[at + 2 : end], display=following == "[")
                return end + 2
        if following == "\n":
            self.nodes.append(_Node("shown", at, at + 2, LINE))
            return at + 2
        if following and following in _ESCAPABLE:
            self.nodes.append(_Node("shown", at, at + 2, following))
            return at + 2
        self._add_text(at, at + 1)
        return at + 1

    def _find(self, wanted: str, at: int) -> int:
        """Where a closing sign is, −1 if nowhere; it is looked for in vain only once."""
        if at >= self._no_formula_after.get(wanted, len(self.text) + 1):
            return -1
        found = self.text.find(wanted, at)
        if found < 0:
            self._no_formula_after[wanted] = at
        return found

    def _code(self, at: int) -> int:
        end = at
        while self.text[end : end + 1] == "`":
            end += 1
        ticks = end - at
        close = -1
        if at < self._no_code.get(ticks, len(self.text)):
            fence = re.compile(f"(?<!`){'`' * ticks}(?!`)") if ticks <= 8 else None
            match = fence.search(self.text, end) if fence is not None else None
            close = match.start() if match is not None else -1
        if close < 0:
            self._no_code[ticks] = min(at, self._no_code.get(ticks, at))
            self._add_text(at, end)
            return end
        inner = self.text[end:close]
        start, stop = end, close
        if inner.strip() and inner[0] in " \n" and inner[-1] in " \n":
            start, stop = start + 1, stop - 1
        self.nodes.append(_Node("code", start, stop))
        return close + ticks

    def _signs(self, at: int) -> int:
        sign, end = self.text[at], at
        while self.text[end : end + 1] == sign:
            end += 1
        before = self.text[at - 1] if at else " "
        after = self.text[end] if end < len(self.text) else " "
        left, right = flanks(before, after)
        if sign == "_":
            opens = left and (not right or punctuates(before))
            closes = right and (not left or punctuates(after))
        else:
            opens, closes = left, right
        if sign == "~" and end - at != 2:
            self._add_text(at, end)
            return end
        self.nodes.append(_Node(sign, at, end, opens=opens, closes=closes, whole=end - at))
        return end

    def _open(self, at: int) -> int:
        width = 2 if self.text[at] == "!" else 1
        if len(self._brackets) < _MOST_OPEN:
            self._brackets.append(len(self.nodes))
            self.nodes.append(_Node("[", at, at + width))
        else:
            self._add_text(at, at + width)
        return at + width

    def _close(self, at: int) -> int:
        if not self._brackets:
            self._add_text(at, at + 1)
            return at + 1
        number = self._brackets.pop()
        opening = self.nodes[number]
        match = _TARGET.match(self.text, at + 1) if opening.active else None
        if match is None:
            opening.kind = "text"
            self.nodes.append(_Node("text", at, at + 1))
            return at + 1
        self._emphasise(number + 1)
        group = 1 if match.group(1) is not None else 2
        image = opening.end - opening.start == 2
        opening.kind = "hidden"
        words = self.text[opening.end : at]
        for node in self.nodes[number + 1 :]:
            node.style |= Style.LINK
        start, end = match.span(group)
        if image:
            opening.kind, opening.text = "shown", "["
            self.nodes.append(_Node("shown", at, at + 1, "]"))
        else:
            self.nodes.append(_Node("hidden", at, at + 1))
            for earlier in self._brackets:
                if self.nodes[earlier].end - self.nodes[earlier].start == 1:
                    self.nodes[earlier].active = False
        if start < end and self.text[start:end] != words:
            self._address(at + 1, start, end, match.end())
        else:
            self.nodes.append(_Node("hidden", at + 1, match.end()))
        return match.end()

    def _address(self, paren: int, start: int, end: int, stop: int) -> None:
        """Where a link leads, in brackets after its words; what is too long ends in an ellipsis."""
        look = Style.ADDRESS
        self.nodes.append(_Node("shown", paren, start, " (", style=look))
        shown_end = min(end, start + _LONGEST_ADDRESS)
        self.nodes.append(_Node("as is", start, shown_end, style=look))
        if shown_end < end:
            self.nodes.append(_Node("shown", shown_end, end, "\u2026", style=look))
        self.nodes.append(_Node("shown", end, stop, ")", style=look))

    def _angle(self, at: int) -> int:
        match = _ADDRESS.match(self.text, at)
        if match is None:
            self._add_text(at, at + 1)
            return at + 1
        start, end = match.span(1)
        shown_end = min(end, start + _LONGEST_ADDRESS)
        self.nodes.append(_Node("hidden", at, start))
        self.nodes.append(_Node("as is", start, shown_end, style=Style.LINK))
        if shown_end < end:
            self.nodes.append(_Node("shown", shown_end, end, "\u2026", style=Style.LINK))
        self.nodes.append(_Node("hidden", end, end + 1))
        return match.end()

    def _entity(self, at: int) -> int:
        match = _ENTITY.match(self.text, at)
        letters = html.unescape(match.group()) if match is not None else ""
        if match is None or letters == match.group() or "\n" in letters:
            self._add_text(at, at + 1)
            return at + 1
        self.nodes.append(_Node("shown", at, match.end(), letters))
        return match.end()

    def _dollar(self, at: int) -> int:
        text = self.text
        double = text[at : at + 2] == "$$"
        width = 2 if double else 1
        start = at + width
        end = self._find("$" * width, start)
        while not double and 0 < end < len(text) and text[end - 1] == "\\":
            end = self._find("$", end + 1)
        inner = text[start:end] if end > start else ""
        fits = bool(inner.strip()) and end - at < _LONGEST_FORMULA
        if fits and not double:
            # Sums of money: "$5 and $6" opens before a digit and closes after a space.
            after = text[end + 1 : end + 2]
            fits = not (inner[0].isspace() or inner[-1].isspace() or after.isdigit())
            fits = fits and inner.count("\n") <= 1
        if not fits:
            self._add_text(at, start)
            return start
        self._formula(at, end + width, inner, display=double)
        return end + width

    def _formula(self, start: int, end: int, latex: str, *, display: bool) -> None:
        self.nodes.append(_Node("display" if display else "formula", start, end, latex))

    def _newline(self, at: int) -> int:
        last = self.nodes[-1] if self.nodes else None
        spaces = 0
        if last is not None and last.kind == "text":
            while last.end - spaces > last.start and self.text[last.end - spaces - 1] == " ":
                spaces += 1
            last.end -= spaces
        self.nodes.append(_Node("shown", at - spaces, at + 1, LINE if spaces >= 2 else " "))
        return at + 1

    # emphasis

    def _emphasise(self, bottom: int) -> None:
        """Pair the signs of emphasis from a node on, as CommonMark does."""
        nodes = self.nodes
        stack: list[int] = []
        floor: dict[tuple[str, int, bool], int] = {}
        number = bottom
        while number < len(nodes):
            closer = nodes[number]
            if closer.kind not in ("*", "_", "~"):
                number += 1
                continue
            while closer.closes and closer.count > 0:
                key = (closer.kind, closer.whole % 3, closer.opens)
                found = self._opener(stack, closer, floor.get(key, 0))
                if found < 0:
                    floor[key] = len(stack)
                    break
                self._pair(stack[found], number)
                del stack[found + 1 :]
                if nodes[stack[found]].count == 0:
                    del stack[found:]
                floor = {one: min(at, len(stack)) for one, at in floor.items()}
            if closer.opens and closer.count > 0 and len(stack) < _MOST_OPEN:
                stack.append(number)
            number += 1
        for node in nodes[bottom:]:
            if node.kind in ("*", "_", "~"):
                node.kind = "signs"

    def _opener(self, stack: list[int], closer: _Node, floor: int) -> int:
        for place in range(len(stack) - 1, floor - 1, -1):
            opener = self.nodes[stack[place]]
            if opener.kind != closer.kind or opener.count <= 0:
                continue
            if closer.kind != "~" and (opener.closes or closer.opens):
                both = opener.whole + closer.whole
                if both % 3 == 0 and (opener.whole % 3 or closer.whole % 3):
                    continue
            return place
        return -1

    def _pair(self, opener: int, closer: int) -> None:
        nodes = self.nodes
        first, last = nodes[opener], nodes[closer]
        if first.kind == "~":
            used, style = 2, Style.STRUCK
        else:
            used = 2 if first.count >= 2 and last.count >= 2 else 1
            style = Style.STRONG if used == 2 else Style.EMPHASIS
        first.right += used
        last.left += used
        for node in nodes[opener + 1 : closer]:
            node.style |= style

    # showing

    def emit(self) -> Shown:
        shown, source, text = Shown(), self.source, self.text
        for node in self.nodes:
            start, end = node.start, node.end
            match node.kind:
                case "hidden":
                    continue
                case "shown":
                    shown.put(node.text, source.start(start), source.end(end), node.style)
                case "code":
                    self._emit_code(shown, node)
                case "formula" | "display":
                    if node.text in self._plain:
                        self._emit_lines(shown, node)
                        continue
                    display = node.kind == "display"
                    shown.put_formula(node.text, source.start(start), source.end(end), display)
                case "signs":
                    # Signs used up to open lie at the end of a run, those used to close at its start.
                    self._emit_as_is(shown, start + node.left, end - node.right, node.style)
                case _:
                    self._emit_as_is(shown, start, end, node.style)
        if text and not shown.starts and text.strip():
            self._emit_as_is(shown, 0, len(text), Style.NONE)
        return shown

    def _emit_lines(self, shown: Shown, node: _Node) -> None:
        self._emit_code(shown, node, Style.BROKEN)

    def _emit_code(self, shown: Shown, node: _Node, look: Style = Style.CODE) -> None:
        style = node.style | look
        inner = self.text[node.start : node.end]
        at = node.start
        for part in re.split("(\n)", inner):
            if part == "\n":
                shown.put(" ", self.source.start(at), self.source.start(at + 1), style)
            elif part:
                shown.put_as_is(part, self.source.start(at), style)
            at += len(part)

    def _emit_as_is(self, shown: Shown, start: int, end: int, style: Style) -> None:
        if start < end:
            shown.put_as_is(self.text[start:end], self.source.start(start), style)
