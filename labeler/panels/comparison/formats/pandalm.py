"""``pandalm``: PandaLM's human test set, pairs of responses with the votes of three annotators.

A JSON list of ``{"idx", "instruction", "input", "response1", "response2", "cmp_key", "annotator1", …}``
(github.com/WeOpenML/PandaLM, data/testset-v1.json); a vote is 0 for a tie, 1 or 2 for the better one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from labeler.api import AnnotationIn, Problem, ReadOptions, TaskIn, nearest
from labeler.api.files import Progress, encoding_of, opened
from labeler.panels.comparison.content import ComparisonContent, Response
from labeler.panels.comparison.formats.json_array import elements
from labeler.panels.comparison.formats.messages import conversation_of
from labeler.panels.comparison.formats.votes import Vote, Votes

__all__ = ["PandaLmFormat"]

_EXTENSIONS = (".json",)
_NEEDED = ("instruction", "response1", "response2")
_ANNOTATOR = re.compile(r"annotator[0-9]{1,4}")
_VOTES: dict[int, Vote] = {0: "tie", 1: "first", 2: "second"}
_GUESSED = "the {name} is no text; read as {text!r}"
_NO_QUESTION = "the queue asks for no preference; the votes were left out"


class PandaLmFormat:
    """Pairs with three votes each. The votes answer the queue's first question for a preference."""

    id: ClassVar[str] = "pandalm"

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task for each element with two responses; problems name file, number and field."""
        votes = Votes(options.config)
        progress = Progress(source, _EXTENSIONS, options)
        said = votes.asked
        found: list[Problem] = []
        for opening in opened(source, _EXTENSIONS):
            if isinstance(opening, Problem):
                yield opening
                continue
            file, name = opening
            encoding = encoding_of(file)
            if encoding.guessed:
                yield Problem("encoding_guessed", name, {"encoding": encoding.name})
            for where, row in elements(file, encoding, progress, name):
                if isinstance(row, Problem):
                    yield row
                    continue
                if not said and any(_ANNOTATOR.fullmatch(one) for one in row):
                    said = True
                    yield Problem("question_missing", name, text=_NO_QUESTION)
                task = _task(row, where, name, votes, found)
                yield from found
                found.clear()
                if task is not None:
                    yield task


def _task(
    row: dict[str, Any], where: str, source: str, votes: Votes, found: list[Problem]
) -> TaskIn | None:
    """The row as a task; it is used up, and what is left becomes the task's metadata."""
    texts = []
    for name in _NEEDED:
        if name not in row:
            params = {"column": name, "hint": nearest(name, row)}
            found.append(Problem("column_missing", where, params))
            return None
        text = row.pop(name)
        if isinstance(text, bool | int | float) and name != "instruction":
            # The set went through a spreadsheet, which took a response of one word for a value.
            params = {"name": name, "text": str(text)}
            found.append(Problem("text_guessed", f"{where}: {name}", params, _GUESSED))
            text = str(text)
        if not isinstance(text, str):
            reason = {"reason": f"the {name} is a text"}
            found.append(Problem("content_invalid", f"{where}: {name}", reason))
            return None
        texts.append(text)
    instruction, first, second = texts
    more = row.get("input")
    if isinstance(more, str):
        del row["input"]
    asked = [one for one in (instruction, more) if isinstance(one, str) and one.strip()]
    if not asked:
        found.append(Problem("row_empty", f"{where}: instruction"))
        return None
    content = ComparisonContent(
        turns=conversation_of("\n\n".join(asked)),
        responses=(Response(id="r1", text=first), Response(id="r2", text=second)),
        models=_models(row),
    )
    annotations = _annotations(row, where, votes, found)
    key = row.pop("idx", None)
    known = isinstance(key, int | str) and not isinstance(key, bool)
    return TaskIn(str(key) if known else None, content, where, row, annotations, source)


def _models(row: dict[str, Any]) -> dict[str, str]:
    """The names in ``cmp_key`` (``one_other``): out of the metadata, which a person may see."""
    told = row.pop("cmp_key", None)
    if not isinstance(told, str) or not told:
        return {}
    names = told.split("_")
    if len(names) == 2 and all(names):
        return {"r1": names[0], "r2": names[1]}
    return {"r1": told, "r2": told}  # which part of it is whose name nobody can say


def _annotations(
    row: dict[str, Any], where: str, votes: Votes, found: list[Problem]
) -> tuple[AnnotationIn, ...]:
    made = []
    for name in [one for one in row if _ANNOTATOR.fullmatch(one)]:
        told = row.pop(name)
        place = f"{where}: {name}"
        vote = _VOTES.get(told) if isinstance(told, int) and not isinstance(told, bool) else None
        if vote is None:
            reason = {"reason": f"a vote is 0, 1 or 2, not {str(told)[:40]}"}
            found.append(Problem("answer_invalid", place, reason))
        elif votes.asked:
            made.append(votes.annotation(vote, name, place))
    return tuple(made)
