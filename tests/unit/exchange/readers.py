"""Readers that another process can be given, and what goes wrong with them there."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from labeler.api import Content, Part, Problem, ReadOptions, TaskIn

__all__ = ["Dying", "Failing", "Looking", "Rows", "Text", "Waiting", "Wrong"]


class Text(Content, frozen=True, kw_only=True):
    """One text."""

    text: str

    def parts(self) -> tuple[Part, ...]:
        """The text."""
        return (Part(id="text", kind="text"),)


class Rows:
    """So many rows of so many letters; every tenth has no key."""

    id = "rows"

    def __init__(self, count: int, letters: int = 1) -> None:
        self.count = count
        self.letters = letters
        self.home = os.getpid()

    @property
    def is_apart(self) -> bool:
        """Whether this is another process than the one it was made in."""
        return os.getpid() != self.home

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """The rows; what happens at each is the others' to say."""
        print("a reader may print")
        for number in range(self.count):
            self.at(number)
            if options.told is not None:
                options.told(number, self.count)
            text = f"{number} {'x' * self.letters}"
            key = f"k{number}" if number % 10 else None
            yield TaskIn(key, Text(text=text), f"{source.name}:{number + 1}")
        yield from self.last()

    def at(self, number: int) -> None:
        """Called before each row."""

    def last(self) -> Iterator[Problem]:
        """What comes behind the rows."""
        yield from ()


class Looking(Rows):
    """Says at the end what its process is like."""

    def last(self) -> Iterator[Problem]:
        """Modules of Qt, and whether it is in a group of its own."""
        qt = [name for name in sys.modules if name.startswith(("PySide6", "shiboken"))]
        params = {"pid": os.getpid(), "group": os.getpgrp(), "qt": " ".join(qt)}
        yield Problem("seen", "", params)


class Dying(Rows):
    """Is killed in the other process at row 2500."""

    def at(self, number: int) -> None:
        """Die there."""
        if number == 2500 and self.is_apart:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class Failing(Rows):
    """Fails at row 2500, wherever it is."""

    def at(self, number: int) -> None:
        """Fail there."""
        if number == 2500:
            raise ZeroDivisionError("a guest's mistake")


class Wrong(Rows):
    """Yields what no reader may."""

    def last(self) -> Iterator[Problem]:
        """No problem at all."""
        yield "nonsense"  # type: ignore[misc]


class Waiting(Rows):
    """Waits for ever at the last row, in the other process."""

    def at(self, number: int) -> None:
        """Wait there."""
        if number == self.count - 1 and self.is_apart:
            signal.pause()
