"""Whether a value fits its queue and content: labels, questions, scopes, parts, ends of relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from labeler.model.content import Part
from labeler.model.problems import Problem, nearest
from labeler.model.questions import (
    PreferenceQuestion,
    Question,
    RankingQuestion,
    TurnsQuestion,
    answer_faults,
    is_asked,
    is_asked_of,
)
from labeler.model.queue import Label, QueueConfig
from labeler.model.regions import Opaque, Region
from labeler.model.value import Value

__all__ = ["missing_answers", "value_problems"]


class _Parts:
    """The parts that can be pointed at: those of the content, and the messages the person wrote.

    Where the content is not here (``parts`` None) every part may be one.
    """

    def __init__(self, parts: Sequence[Part] | None, authored: Iterable[str]) -> None:
        self.known = parts is not None
        self.all = tuple(parts or ())
        self._kinds = {part.id: part.kind for part in self.all}
        self._authored = frozenset(authored)

    def has(self, ident: str, kind: str | None = None) -> bool:
        """Whether there is this part, of this kind where one is named."""
        if not self.known or ident in self._authored:
            return True
        found = self._kinds.get(ident)
        return found is not None and kind in (None, found)

    def ids(self, kind: str | None = None) -> list[str]:
        """Ids of the content's parts, of this kind where one is named."""
        return [ident for ident, found in self._kinds.items() if kind in (None, found)]


def value_problems(
    value: Value, config: QueueConfig, parts: Sequence[Part] | None
) -> Iterator[Problem]:
    """Everything about the value that the queue's configuration or the content refuses.

    ``where`` of each is the path inside the value. ``parts`` is None where the content is not here:
    then nothing is said about parts. A required answer that is not there is not among the problems:
    see missing_answers.
    """
    there = _Parts(parts, _authored(value, config))
    region_ids = {region.id for region in value.regions}
    labels = _labels_of(config) if value.regions else {}
    for number, region in enumerate(value.regions):
        if _is_plain(region, labels, there):
            continue
        path = f"regions[{number}]"
        yield from _region_problems(region, path, config, labels, there)
        for end in region.ends():
            if end not in region_ids:
                yield Problem("region_end_missing", path, {"id": end})
    for name, answer in value.answers.items():
        yield from _answer_problems(name, answer, "answers", config, there)


def _labels_of(config: QueueConfig) -> Mapping[str, Label]:
    """The labels by id; those of the queue asked for last are known still, for a file of its values."""
    global _last
    known, labels = _last
    if known is not config:
        labels = {label.id: label for label in config.labels}
        _last = config, labels
    return labels


_last: tuple[QueueConfig, Mapping[str, Label]] = (QueueConfig(), {})


def _is_plain(region: Region, labels: Mapping[str, Label], parts: _Parts) -> bool:
    """Whether there is nothing about the region that could be wrong; said of most, at a glance."""
    if region.on is not None or region.attributes or len(parts.all) > 1:
        return False
    if region.CHILDREN is not None or region.__class__ is Opaque:
        return False
    if region.label is not None:
        label = labels.get(region.label)
        if label is None or label.types:
            return False
    for _fault in region.faults():
        return False
    return not region.ends()


def _authored(value: Value, config: QueueConfig) -> Iterator[str]:
    """Ids of the messages the person wrote, which can be pointed at like parts."""
    for question in config.questions:
        if isinstance(question, TurnsQuestion):
            turns = value.answers.get(question.id)
            for turn in turns if isinstance(turns, (list, tuple)) else ():
                if isinstance(turn, Mapping) and isinstance(turn.get("id"), str):
                    yield turn["id"]


def _region_problems(
    region: Region,
    path: str,
    config: QueueConfig,
    labels: Mapping[str, Label],
    parts: _Parts,
) -> Iterator[Problem]:
    if isinstance(region, Opaque):
        return
    for field, reason in region.faults():
        yield Problem("region_invalid", f"{path}.{field}", {"reason": reason})
    if region.on is None and len(parts.all) > 1 and not region.ends():
        yield Problem("part_needed", f"{path}.on", {"count": len(parts.all)})
    if region.on is not None and not parts.has(region.on):
        params = {"part": region.on, "hint": nearest(region.on, parts.ids())}
        yield Problem("part_unknown", f"{path}.on", params)
    if region.label is not None:
        label = labels.get(region.label)
        if label is None:
            known = [name for one in config.labels for name in (one.id, one.title)]
            params = {"label": region.label, "hint": nearest(region.label, known)}
            yield Problem("label_unknown", f"{path}.label", params)
        elif label.types and region.type_name() not in label.types:
            params = {"label": label.title, "type": region.type_name()}
            yield Problem("label_type", f"{path}.label", params)
    for name, answer in region.attributes.items():
        yield from _attribute_problems(name, answer, f"{path}.attributes", config)
    if region.CHILDREN is None:
        return
    field = region.CHILDREN[0]
    for number, child in enumerate(getattr(region, field)):
        inner = f"{path}.{field}[{number}].attributes"
        for name, answer in getattr(child, "attributes", {}).items():
            yield from _attribute_problems(name, answer, inner, config)


def _attribute_problems(
    name: str, answer: Any, path: str, config: QueueConfig
) -> Iterator[Problem]:
    question = config.question(name)
    if question is None or question.scope != "region":
        known = [one.id for one in config.questions if one.scope == "region"]
        params = {"question": name, "hint": nearest(name, known)}
        yield Problem("question_unknown", f"{path}.{name}", params)
        return
    for place, reason in answer_faults(question, answer):
        yield Problem("answer_invalid", f"{path}.{name}{place}", {"reason": reason})


def _answer_problems(
    name: str, answer: Any, path: str, config: QueueConfig, parts: _Parts
) -> Iterator[Problem]:
    question = config.question(name)
    if question is None or question.scope == "region":
        known = [one.id for one in config.questions if one.scope != "region"]
        params = {"question": name, "hint": nearest(name, known)}
        yield Problem("question_unknown", f"{path}.{name}", params)
        return
    if question.part_kind is None:
        for place, reason in answer_faults(question, answer):
            yield Problem("answer_invalid", f"{path}.{name}{place}", {"reason": reason})
        yield from _compared_parts(question, answer, f"{path}.{name}", parts)
        return
    per = _per_part(answer)
    if per is None:
        reason = 'an answer per part is {"per": {part id: answer}}'
        yield Problem("answer_invalid", f"{path}.{name}", {"reason": reason})
        return
    for part, one in per.items():
        place = f"{path}.{name}.per.{part}"
        if not parts.has(part, question.part_kind):
            hint = nearest(part, parts.ids(question.part_kind))
            yield Problem("part_unknown", place, {"part": part, "hint": hint})
            continue
        for inner, reason in answer_faults(question, one):
            yield Problem("answer_invalid", place + inner, {"reason": reason})


def _compared_parts(question: Question, answer: Any, path: str, parts: _Parts) -> Iterator[Problem]:
    if not parts.known:
        return
    if isinstance(question, RankingQuestion) and isinstance(answer, Mapping):
        known = parts.ids(question.part)
        for part in answer:
            if part not in known:
                params = {"part": part, "hint": nearest(part, known)}
                yield Problem("part_unknown", f"{path}.{part}", params)
    elif isinstance(question, PreferenceQuestion):
        count = len(parts.ids(question.part))
        if count != 2:
            reason = f"a preference is between exactly two parts, the content has {count}"
            yield Problem("answer_invalid", path, {"reason": reason})


def missing_answers(
    value: Value, config: QueueConfig, parts: Sequence[Part] | None
) -> Iterator[Problem]:
    """The required questions that are asked and have no answer; ``where`` is where it would stand."""
    for question in config.questions:
        if not question.required:
            continue
        if parts is not None and not is_asked_of(question, [part.kind for part in parts]):
            continue
        kind = question.part_kind
        if question.scope == "task":
            if is_asked(question, value.answers) and _empty(value.answers.get(question.id)):
                yield _missing(question, f"answers.{question.id}")
        elif kind is not None:
            per = _per_part(value.answers.get(question.id)) or {}
            for part in parts or ():
                if part.kind != kind or not is_asked(question, _of_part(value, part.id)):
                    continue
                if _empty(per.get(part.id)):
                    yield _missing(question, f"answers.{question.id}.per.{part.id}")
        else:
            for number, region in enumerate(value.regions):
                if not _applies(question, region) or not is_asked(question, region.attributes):
                    continue
                if _empty(region.attributes.get(question.id)):
                    yield _missing(question, f"regions[{number}].attributes.{question.id}")


def _of_part(value: Value, part: str) -> dict[str, Any]:
    answers = dict(value.answers)
    for name, answer in value.answers.items():
        per = _per_part(answer)
        if per is not None:
            answers[name] = per.get(part)
    return answers


def _per_part(answer: Any) -> Mapping[str, Any] | None:
    """The answers by part in the answer to a part-scope question, None if it is not of that form."""
    if not isinstance(answer, Mapping) or set(answer) != {"per"}:
        return None
    per = answer["per"]
    return per if isinstance(per, Mapping) else None


def _applies(question: Question, region: Region) -> bool:
    if isinstance(region, Opaque):
        return False
    fits_type = not question.types or region.type_name() in question.types
    return fits_type and (not question.labels or region.label in question.labels)


def _empty(answer: Any) -> bool:
    return answer is None or (isinstance(answer, (str, list, tuple, dict)) and not answer)


def _missing(question: Question, where: str) -> Problem:
    return Problem("answer_required", where, {"title": question.name})
