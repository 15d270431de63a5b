"""What is shown of a block: its letters, the raw range each stands for, how they look.

No Qt in here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag

__all__ = ["LINE", "OBJECT", "Formula", "Run", "Shown", "Style"]

OBJECT = "\ufffc"
"""What stands for a formula: one letter that cannot be cut."""
LINE = "\u2028"
"""What stands for a line end within a block."""


class Style(IntFlag):
    """How shown letters look; several at once."""

    NONE = 0
    STRONG = 1
    EMPHASIS = 2
    STRUCK = 4
    CODE = 8
    LINK = 16
    ADDRESS = 32
    FORMULA = 64
    BROKEN = 128


@dataclass(frozen=True, slots=True)
class Run:
    """Shown letters ``start`` to ``end`` of one style."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula at one shown letter: its LaTeX, and whether it stands on lines of its own."""

    at: int
    latex: str
    display: bool = False


@dataclass(slots=True)
class Shown:
    """The letters shown, the raw range each stands for, and the runs and formulas among them."""

    letters: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is shown, formulas as one object sign each."""
        return "".join(self.letters)

    def put(self, text: str, start: int, end: int, style: Style = Style.NONE) -> None:
        """Show these letters for one raw range, all of it behind each of them."""
        first = len(self.starts)
        self.letters.append(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))
        self._style(first, style)

    def put_as_is(self, text: str, start: int, style: Style = Style.NONE) -> None:
        """Show raw letters as they are, each for itself."""
        first = len(self.starts)
        self.letters.append(text)
        self.starts.extend(range(start, start + len(text)))
        self.ends.extend(range(start + 1, start + 1 + len(text)))
        self._style(first, style)

    def put_formula(self, latex: str, start: int, end: int, display: bool = False) -> None:
        """Show a formula for a raw range."""
        self.formulas.append(Formula(len(self.starts), latex, display))
        self.put(OBJECT, start, end, Style.FORMULA)

    def put_lines_as_is(self, text: str, start: int, style: Style = Style.NONE) -> None:
        """Show raw letters as they are, line ends as breaks."""
        first = len(self.starts)
        self.put_as_is(text, start)
        self.letters[-1] = text.replace("\n", LINE).replace("\r", " ")
        self._style(first, style)

    def add(self, other: Shown) -> None:
        """Show what another holds after what is shown already."""
        first = len(self.starts)
        self.letters += other.letters
        self.starts += other.starts
        self.ends += other.ends
        self.runs += [Run(first + one.start, first + one.end, one.style) for one in other.runs]
        self.formulas += [Formula(first + one.at, one.latex, one.display) for one in other.formulas]

    def _style(self, first: int, style: Style) -> None:
        last = len(self.starts)
        if not style or first == last:
            return
        if self.runs and self.runs[-1].end == first and self.runs[-1].style == style:
            self.runs[-1] = Run(self.runs[-1].start, last, style)
        else:
            self.runs.append(Run(first, last, style))
