"""The elements of a JSON list in a file, one after the other, without the list in memory."""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from labeler.api import Problem
from labeler.api.files import LONGEST_LINE, Encoding, Progress

__all__ = ["elements"]

_CHUNK = 1 << 20
_SPACE = " \t\r\n"


def elements(
    file: BinaryIO, encoding: Encoding, progress: Progress, name: str
) -> Iterator[tuple[str, Any]]:
    """Pairs of a place (``name[3]``) and an element, or a Problem in place of one.

    A Problem in place of an element ends the list where nobody can say where the next begins.
    """
    file.seek(encoding.mark)
    yield from _List(file, encoding, progress, name).elements()


class _Broken(Exception):
    """The list cannot be read on; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class _List:
    """A list while it is read: the text at hand, and how far it was used."""

    def __init__(self, file: BinaryIO, encoding: Encoding, progress: Progress, name: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
        self._encoding = encoding.name
        self._progress = progress
        self._name = name
        self._json = json.JSONDecoder(parse_float=self._float, parse_constant=self._float)
        self._no_number = ""
        self._text = ""
        self._at = 0
        self._ended = False

    def elements(self) -> Iterator[tuple[str, Any]]:
        try:
            yield from self._elements()
        except _Broken as broken:
            yield broken.problem.where, broken.problem

    def _elements(self) -> Iterator[tuple[str, Any]]:
        if self._letter() != "[":
            raise self._broken("the file is no list of tables", self._name)
        self._at += 1
        number = 0
        if self._letter() != "]":
            while True:
                where = f"{self._name}[{number}]"
                element = self._element(where)
                fault = self._fault(element, where)
                yield where, element if fault is None else fault
                number += 1
                follows = self._letter()
                self._at += 1
                if follows == "]":
                    break
                if follows != ",":
                    raise self._broken("a comma is missing", f"{self._name}[{number}]")
        else:
            self._at += 1
        if self._letter():
            raise self._broken("the file goes on behind the list", self._name)

    def _element(self, where: str) -> Any:
        self._letter()
        while True:
            try:
                element, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > LONGEST_LINE:
                    limit = {"limit": LONGEST_LINE >> 20}
                    raise _Broken(Problem("row_too_long", where, limit)) from None
                if not self._more():
                    reason = f"{error.msg[:1].lower()}{error.msg[1:]}"
                    raise self._broken(reason, where) from None
            except (ValueError, RecursionError) as error:
                reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
                raise self._broken(reason, where) from None
            else:
                # A number at the end of what was read may go on in what was not.
                if end < len(self._text) or not self._more():
                    self._at = end
                    return element

    def _letter(self) -> str:
        """The next letter that is no white space, without using it; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read on, at least as much again as waits to be understood; False at the end of the file."""
        if self._ended:
            return False
        waiting = self._text[self._at :]
        raw = self._file.read(max(_CHUNK, len(waiting)))
        self._progress.add(len(raw))
        self._ended = not raw
        try:
            self._text = waiting + self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            params: dict[str, str | int | float] = {"encoding": self._encoding, "at": error.start}
            params["byte"] = f"0x{error.object[error.start]:02x}"
            raise _Broken(Problem("encoding_mixed", self._name, params)) from None
        self._at = 0
        return not self._ended

    def _float(self, written: str) -> float:
        number = float(written)
        if not math.isfinite(number):
            self._no_number = written
        return number

    def _fault(self, element: Any, where: str) -> Problem | None:
        """What is wrong with an element, though it is JSON to the letter."""
        written, self._no_number = self._no_number, ""
        if not isinstance(element, dict):
            return Problem("row_not_table", where)
        reason = f"{written} is too large a number" if written else ""
        try:
            msgspec.json.encode(element)
        except UnicodeEncodeError:
            reason = r"a \u escape is half of a surrogate pair"
        except (ValueError, OverflowError, RecursionError) as error:
            reason = str(error)
        return Problem("json_syntax", where, {"reason": reason}) if reason else None

    def _broken(self, reason: str, where: str) -> _Broken:
        return _Broken(Problem("json_syntax", where, {"reason": reason}))
