"""Whether tasks read from a file are those written to it, as far as the format can hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from labeler.api.formats import AnnotationIn, LabelsIn, TaskIn, TaskOut
from labeler.api.manifest import FormatEntry
from labeler.api.panel import PanelTask
from labeler.api.testing.claims import expect
from labeler.model.codec import Codec
from labeler.model.content import Content
from labeler.model.json import Json, canonical, equal_json, read_json
from labeler.model.problems import Problem
from labeler.model.questions import ChoiceQuestion, ChoicesQuestion, Question
from labeler.model.queue import QueueConfig

__all__ = ["Likeness"]

_CALLER = {"layer": "work", "author": "ada"}
"""What an import takes where the file does not say; the tasks written have it too."""


class Likeness:
    """Compares tasks written with tasks read, for one format and one configuration."""

    def __init__(
        self, entry: FormatEntry, config: QueueConfig, codec: Codec, task: PanelTask
    ) -> None:
        self._entry = entry
        self._loses = frozenset(entry.loses)
        self._config = config
        self._codec = codec
        self._task = task

    def compare(self, told: Sequence[TaskOut], rows: Sequence[TaskIn | LabelsIn | Problem]) -> None:
        """Raise ContractBroken with the first difference."""
        name = self._entry.id
        tasks: list[TaskIn] = []
        for row in rows:
            expect(not isinstance(row, Problem), f"{name} finds a problem in its own file: {row}")
            if isinstance(row, TaskIn):
                tasks.append(row)
        written = [self._of_out(task) for task in told]
        read = self._of_in(tasks, told)
        expect(len(read) == len(written), f"{name}: {len(written)} tasks written, {len(read)} read")
        for one, other in zip(written, read, strict=True):
            for field, before in one.items():
                after = other[field]
                expect(
                    equal_json(before, after),
                    f"{name}: the {field} of {one['key'] or 'a task'} was {_shown(before)} "
                    f"and came back as {_shown(after)}; if the format cannot hold it, say so in loses",
                )

    def _of_out(self, task: TaskOut) -> dict[str, Any]:
        people = [
            {
                "layer": one.layer,
                "author": one.author,
                "status": one.status,
                "value": self._value(read_json(one.raw)),
            }
            for one in task.annotations
        ]
        return self._task_form(task.key, task.content, task.meta, people)

    def _of_in(self, tasks: Sequence[TaskIn], told: Sequence[TaskOut]) -> list[dict[str, Any]]:
        """The tasks read, in the order of those written; several rows of a key are one task."""
        contents = {task.key: task.content for task in told}
        forms: dict[str, dict[str, Any]] = {}
        for number, task in enumerate(tasks):
            by_key = "keys" not in self._loses and task.key is not None
            key = str(task.key) if by_key else f"{number}"
            content = task.content or contents.get(key)
            people = [self._person(one, key, content) for one in task.annotations]
            form = self._task_form(task.key or "", task.content, task.meta, people)
            if key in forms:
                same = equal_json(forms[key]["content"], form["content"])
                expect(same, f"{self._entry.id}: two rows of {key!r} have other contents")
                form["annotations"] += forms[key]["annotations"]
            forms[key] = form
        if "keys" in self._loses:
            return [self._sorted(form) for form in forms.values()]
        for one in told:
            expect(one.key in forms, f"{self._entry.id}: the task {one.key!r} did not come back")
        return [self._sorted(forms[one.key]) for one in told]

    def _task_form(
        self,
        key: str,
        content: Content | None,
        meta: Mapping[str, Any],
        people: list[dict[str, Any]],
    ) -> dict[str, Any]:
        tree = {} if content is None else read_json(msgspec.json.encode(content))
        tree = {name: one for name, one in tree.items() if f"content.{name}" not in self._loses}
        if "extra" in self._loses:
            tree.pop("extra", None)
        form = {
            "key": "" if "keys" in self._loses else key,
            "content": tree,
            "meta": {} if "meta" in self._loses else dict(meta),
            "annotations": people,
        }
        return self._sorted(form)

    def _sorted(self, form: dict[str, Any]) -> dict[str, Any]:
        for person in form["annotations"]:
            if "authors" in self._loses:
                person.pop("author", None)
            if "status" in self._loses:
                person.pop("status", None)
        form["annotations"] = sorted(form["annotations"], key=canonical)
        return form

    def _person(self, one: AnnotationIn, key: str, content: Content | None) -> dict[str, Any]:
        raw = msgspec.json.encode(self._with_ids(read_json(one.value)))
        value = self._codec.read(raw, key, one.where)
        if content is not None:
            value = self._task.complete(content, value)
        return {
            "layer": one.layer or _CALLER["layer"],
            "author": one.author or _CALLER["author"],
            "status": one.status,
            "value": self._value(read_json(self._codec.encode(value))),
        }

    def _value(self, tree: dict[str, Any]) -> dict[str, Any]:
        """The value without what the format loses."""
        regions = [
            self._region(region)
            for region in tree.get("regions", ())
            if region.get("type") not in self._loses
        ]
        answers = {
            name: answer
            for name, answer in tree.get("answers", {}).items()
            if _kind(self._config.question(name)) not in self._loses
        }
        return {
            "regions": [] if "regions" in self._loses else regions,
            "answers": {} if "answers" in self._loses else answers,
        }

    def _region(self, region: dict[str, Any]) -> dict[str, Any]:
        lost = {name for name in region if f"{region.get('type')}.{name}" in self._loses}
        lost |= {name for name in region if f"region.{name}" in self._loses}
        lost |= self._loses & {"extra", "attributes"}
        return {name: one for name, one in region.items() if name not in lost}

    def _with_ids(self, tree: dict[str, Any]) -> dict[str, Any]:
        """A value from a file with ids in place of the names of labels and choices."""
        regions = []
        for region in tree.get("regions", ()):
            label = region.get("label")
            known = self._config.label_named(label) if isinstance(label, str) else None
            regions.append({**region, "label": known.id} if known is not None else region)
        answers = {
            name: _choices_by_id(self._config.question(name), answer)
            for name, answer in tree.get("answers", {}).items()
        }
        return {**tree, "regions": regions, "answers": answers}


def _kind(question: Question | None) -> str:
    return "" if question is None else str(type(question).__struct_config__.tag)


def _choices_by_id(question: Question | None, answer: Json) -> Json:
    if not isinstance(question, (ChoiceQuestion, ChoicesQuestion)):
        return answer
    ids = {choice.id for choice in question.choices}
    by_title = {choice.title: choice.id for choice in question.choices}
    if isinstance(answer, str) and answer not in ids:
        return by_title.get(answer, answer)
    if isinstance(answer, list):
        return [one if one in ids else by_title.get(one, one) for one in answer]
    if isinstance(answer, dict) and "per" in answer:
        per = {part: _choices_by_id(question, one) for part, one in answer["per"].items()}
        return {"per": per}
    return answer


def _shown(tree: Json) -> str:
    text = canonical(tree).decode()
    return text if len(text) < 600 else f"{text[:600]}…"
