"""The files of an MT-bench folder: read row by row, answers found by their place in the file.

Only places are held in memory, so answers of any size and of many models cost little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from labeler.api import Problem, Refusal
from labeler.api.files import LONGEST_LINE, Progress, batches, encoding_of, opened
from labeler.panels.comparison.formats.json_array import elements
from labeler.panels.comparison.formats.responses import json_rows

__all__ = ["BenchFolder", "Rows", "read_rows"]

Rows = Iterator[tuple[str, Any]]
"""Pairs of a place and a table, or a Problem in place of one."""

_QUESTIONS = "question.jsonl"
_ANSWERS, _REFERENCES = "model_answer", "reference_answer"
_JUDGMENTS = ("model_judgment", "human_judgment")
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def read_rows(path: Path, name: str, progress: Progress) -> Rows:
    """The rows of one file, a JSON list where its name ends with ``.json``, else JSON Lines."""
    for opening in opened(path, ()):
        if isinstance(opening, Problem):
            yield opening.where, opening
            continue
        encoding = encoding_of(opening.file)
        if encoding.guessed:
            yield name, Problem("encoding_guessed", name, {"encoding": encoding.name})
        if path.suffix.casefold() == ".json":
            yield from elements(opening.file, encoding, progress, name)
            continue
        for batch in batches(opening.file, encoding, progress, keep_ends=False):
            yield from json_rows(batch, name)


class BenchFolder:
    """One folder; ``index`` first."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self._folder = folder
        self._progress = progress
        self._answers: dict[str, tuple[Path, dict[str, int]]] = {}
        self._references: list[tuple[Path, dict[str, int]]] = []

    def index(self) -> Iterator[Problem]:
        """Note where each answer lies; raises Refusal where there are no questions."""
        if not (self._folder / _QUESTIONS).is_file():
            raise Refusal.of("file_missing", str(self._folder / _QUESTIONS))
        for path in self._files(_ANSWERS, ".jsonl"):
            places: dict[str, int] = {}
            yield from self._places(path, places)
            self._answers[path.stem] = path, places
        for path in self._files(_REFERENCES, ".jsonl"):
            places = {}
            yield from self._places(path, places)
            self._references.append((path, places))

    def questions(self) -> Rows:
        """The rows of the questions."""
        yield from read_rows(self._folder / _QUESTIONS, _QUESTIONS, self._progress)

    def judgments(self) -> Rows:
        """The rows of all judgments, of models and of people."""
        for folder in _JUDGMENTS:
            for path in self._files(folder, ".jsonl", ".json"):
                yield from read_rows(path, f"{folder}/{path.name}", self._progress)

    def answers(self, question: str) -> Iterator[tuple[str, Sequence[str] | Problem]]:
        """Each model with the turns of its answer to the question, or with what is wrong with it."""
        for model, (path, places) in self._answers.items():
            if question in places:
                yield model, self._turns(path, places[question])

    def references(self, question: str) -> Sequence[str]:
        """The turns of the first reference answer to the question, none where there is none."""
        for path, places in self._references:
            if question in places:
                found = self._turns(path, places[question])
                return () if isinstance(found, Problem) else found
        return ()

    def _files(self, folder: str, *endings: str) -> list[Path]:
        try:
            found = [one for one in (self._folder / folder).iterdir() if one.is_file()]
        except OSError:
            return []  # such a folder is not there
        return sorted(one for one in found if one.suffix.casefold() in endings)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _places(self, path: Path, places: dict[str, int]) -> Iterator[Problem]:
        name = self._name(path)
        with path.open("rb") as file:
            at = 0
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                where = f"{name}:{number}"
                self._progress.add(len(line))
                if len(line) > LONGEST_LINE:
                    yield Problem("row_too_long", where, {"limit": LONGEST_LINE >> 20})
                    while line and not line.endswith(b"\n"):
                        line = file.readline(LONGEST_LINE)
                elif line.strip():
                    problem = _noted(line, at, where, places)
                    if problem is not None:
                        yield problem
                at = file.tell()

    def _turns(self, path: Path, at: int) -> Sequence[str] | Problem:
        with path.open("rb") as file:
            file.seek(at)
            return choice_of(_decode(_unmarked(file.readline())), self._name(path))


def _noted(line: bytes, at: int, where: str, places: dict[str, int]) -> Problem | None:
    try:
        row = _decode(_unmarked(line))
    except (ValueError, RecursionError) as error:
        return Problem("json_syntax", where, {"reason": str(error)})
    question = row.get("question_id")
    if not isinstance(question, int | str) or isinstance(question, bool):
        reason = {"reason": "the id of a question is a number or a text"}
        return Problem("content_invalid", f"{where}: question_id", reason)
    found = choice_of(row, where)
    if isinstance(found, Problem):
        return found
    places[str(question)] = at  # of two answers to one question the last counts, as in FastChat
    return None


def _unmarked(line: bytes) -> bytes:
    return line.removeprefix(b"\xef\xbb\xbf")


def choice_of(row: Mapping[str, Any], where: str) -> Sequence[str] | Problem:
    """The turns of the first choice of an answer, or what is wrong with them."""
    choices = row.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    turns = first.get("turns") if isinstance(first, dict) else None
    if not isinstance(turns, list) or not all(isinstance(one, str) for one in turns):
        reason = {"reason": "an answer has choices with turns, a list of texts"}
        return Problem("content_invalid", f"{where}: choices", reason)
    return turns
