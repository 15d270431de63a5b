"""``ranking``: a prompt, its responses and the ranks people gave them, ties included.

``{"id", "prompt", "responses", "ranks"}`` per line: ranks stand in the order of the responses, from 1
for the best, equal where tied, null where a response was not ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

from labeler.api import AnnotationOut, Json, TaskOut, WriteOptions
from labeler.api.files import target_file
from labeler.panels.comparison.content import ComparisonContent
from labeler.panels.comparison.formats.messages import (
    is_conversation,
    messages_of,
    response_messages,
)
from labeler.panels.comparison.formats.outgoing import CONVERSATIONAL, WHO, write_in_one_form
from labeler.panels.comparison.formats.pairs import PAIR_QUESTION, first_question

__all__ = ["RankingFormat"]

_EXTENSIONS = (".jsonl",)


class RankingFormat:
    """A line for each annotation with a ranking.

    What has none is counted: the status of what was not submitted, ``no_answer``, ``part_unknown`` (a
    rank of no response). Settings as of ``preference``: ``comparison.pair_question``,
    ``comparison.conversational``, ``comparison.export_who`` (columns ``by`` and ``models``); and as
    there one conversation makes prompts and responses lists of messages throughout.
    """

    id: ClassVar[str] = "ranking"
    holds_one: ClassVar[bool] = False

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """Write the rankings of the tasks; the file is empty where there are none."""
        path = target_file(target, _EXTENSIONS, "ranking.jsonl")
        always = bool(options.settings.get(CONVERSATIONAL))
        write_in_one_form(path, _rows(tasks, options), _as_messages, always=always)
        return [path]


def _rows(tasks: Iterable[TaskOut], options: WriteOptions) -> Iterator[dict[str, Json]]:
    wanted = str(options.settings.get(PAIR_QUESTION) or "")
    question = first_question(options.config, "ranking", wanted)
    who = bool(options.settings.get(WHO))
    for task in tasks:
        content = task.content
        if not isinstance(content, ComparisonContent):
            options.drop("content_missing")
            continue
        if not task.annotations:
            options.drop("no_answer")
        start = _task(task, content)
        for annotation in task.annotations:
            ranks = annotation.value.answers.get(question)
            if annotation.status not in ("submitted", "accepted"):
                options.drop(annotation.status)
            elif not isinstance(ranks, Mapping) or not ranks:
                options.drop("no_answer")
            else:
                row = {**start, "ranks": [ranks.get(one.id) for one in content.responses]}
                unknown = len(ranks) - sum(rank is not None for rank in row["ranks"])
                if unknown:
                    options.drop("part_unknown", unknown)
                yield {**row, **_who(annotation, content)} if who else row


def _task(task: TaskOut, content: ComparisonContent) -> dict[str, Json]:
    if is_conversation(content) or not content.turns:
        return {
            "id": task.key,
            "prompt": messages_of(content.turns),
            "responses": [response_messages(one) for one in content.responses],
        }
    return {
        "id": task.key,
        "prompt": content.turns[0].text,
        "responses": [one.text for one in content.responses],
    }


def _who(annotation: AnnotationOut, content: ComparisonContent) -> dict[str, Json]:
    models = [content.models.get(one.id, "") for one in content.responses]
    return {"by": annotation.author, "models": models}


def _as_messages(row: dict[str, Json]) -> dict[str, Json]:
    return {
        **row,
        "prompt": [{"role": "user", "content": row["prompt"]}],
        "responses": [[{"role": "assistant", "content": one}] for one in row["responses"]],
    }
