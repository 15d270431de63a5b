"""``preference``: pairs to train on, in TRL's explicit form, ``{"prompt", "chosen", "rejected"}``.

Texts in the standard form, lists of ``{"role", "content"}`` in the conversational one
(huggingface.co/docs/trl, dataset_formats). A column has one type throughout: a reader of columns
takes no file that mixes the forms, so one conversation makes a file of conversations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from labeler.api import AnnotationOut, Json, TaskOut, WriteOptions
from labeler.api.files import target_file
from labeler.panels.comparison.content import ComparisonContent
from labeler.panels.comparison.formats.messages import (
    is_conversation,
    lost_in,
    messages_of,
    response_messages,
)
from labeler.panels.comparison.formats.outgoing import CONVERSATIONAL, WHO, write_in_one_form
from labeler.panels.comparison.formats.pairs import Pair, PairMaker

__all__ = ["PreferenceFormat"]

_EXTENSIONS = (".jsonl",)
_MARGIN = "comparison.margin"


class PreferenceFormat:
    """A line for each pair; what makes no pair is counted by its reason (see ``PairMaker``).

    Settings: ``comparison.conversational`` (lists of messages throughout), ``comparison.margin`` (a
    column ``margin``, a number), ``comparison.export_who`` (a column ``meta`` with the task's key,
    who said so, to which question, and the names of the models).
    """

    id: ClassVar[str] = "preference"
    holds_one: ClassVar[bool] = True

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """Write the pairs of the tasks; the file is empty where there are none."""
        path = target_file(target, _EXTENSIONS, "preference.jsonl")
        always = bool(options.settings.get(CONVERSATIONAL))
        write_in_one_form(path, _Rows(options).of(tasks), _as_messages, always=always)
        return [path]


class _Rows:
    """Makes rows of pairs."""

    def __init__(self, options: WriteOptions) -> None:
        self._maker = PairMaker(options.config, options.settings, options.drop)
        self._drop = options.drop
        self._margin = bool(options.settings.get(_MARGIN))
        self._who = bool(options.settings.get(WHO))

    def of(self, tasks: Iterable[TaskOut]) -> Iterator[dict[str, Json]]:
        for task in tasks:
            if not task.annotations:
                self._drop("no_answer")
            for annotation in task.annotations:
                for pair in self._maker.pairs(task, annotation):
                    yield self._row(task, annotation, pair)

    def _row(self, task: TaskOut, annotation: AnnotationOut, pair: Pair) -> dict[str, Json]:
        content = task.content
        assert isinstance(content, ComparisonContent)
        if is_conversation(content) or not content.turns:
            lost = lost_in((*content.turns, *pair.chosen.turns, *pair.rejected.turns))
            if lost:
                self._drop("message_fields", lost)
            row: dict[str, Json] = {
                "prompt": messages_of(content.turns),
                "chosen": response_messages(pair.chosen),
                "rejected": response_messages(pair.rejected),
            }
        else:
            prompt = content.turns[0].text
            row = {"prompt": prompt, "chosen": pair.chosen.text, "rejected": pair.rejected.text}
        if self._margin:
            row["margin"] = pair.margin
        if self._who:
            models = content.models
            row["meta"] = {
                "task": task.key,
                "by": annotation.author,
                "question": pair.question,
                "chosen_model": models.get(pair.chosen.id, ""),
                "rejected_model": models.get(pair.rejected.id, ""),
            }
        return row


def _as_messages(row: dict[str, Json]) -> dict[str, Json]:
    return {
        **row,
        "prompt": [{"role": "user", "content": row["prompt"]}],
        "chosen": [{"role": "assistant", "content": row["chosen"]}],
        "rejected": [{"role": "assistant", "content": row["rejected"]}],
    }
