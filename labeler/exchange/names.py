"""Names to ids: outside files speak of labels and choices by name, a project stores their ids."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import msgspec

from labeler.model.codec import RawValue
from labeler.model.json import UNREADABLE, Json
from labeler.model.questions import Choice, ChoiceQuestion, ChoicesQuestion, RecordsQuestion
from labeler.model.queue import Label, QueueConfig, label_id

__all__ = ["Names"]


class _Head(msgspec.Struct, frozen=True):
    """What of a region is named."""

    label: Any = None
    attributes: Any = None


class _Label(msgspec.Struct, frozen=True):
    label: str | None = None


class _Labels(msgspec.Struct, frozen=True):
    """What the regions of a value are called, read in one go."""

    regions: list[_Label] = []


_labels = msgspec.json.Decoder(_Labels)
_raw_value = msgspec.json.Decoder(RawValue)
_head = msgspec.json.Decoder(_Head)
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode


class Names:
    """The names of one queue's labels and choices.

    A name is taken for a label's name first and for an id second, as files from outside mean it;
    with ``ids_first`` the other way round. ``config`` is that of the queue with ``new`` labels
    beside its own.
    """

    def __init__(self, config: QueueConfig, *, ids_first: bool = False) -> None:
        self.config = config
        self.new: list[Label] = []
        self._last: tuple[bytes, set[str] | None] = b"", set()
        ids = {label.id: label.id for label in config.labels}
        titles = {one.title: one.id for one in reversed(config.labels) if not one.retired}
        self._labels = {**titles, **ids} if ids_first else {**ids, **titles}
        self._choices: dict[str, _Choices] = {}
        self._regional: dict[str, _Choices] = {}
        for question in config.questions:
            choices = _choices_of(question)
            if choices is not None:
                regional = question.scope == "region"
                (self._regional if regional else self._choices)[question.id] = choices

    def label(self, name: str) -> str | None:
        """The id of the label with this name, or None."""
        found = self._labels.get(name)
        return found if found is not None else self._labels.get(_normal(name))

    def _looked_at(self, raw: bytes) -> set[str] | None:
        """``_labels_of`` the value; the one asked for last, which is mostly asked for twice, is kept."""
        last, names = self._last
        if last is not raw:
            names = _labels_of(raw)
            self._last = raw, names
        return names

    def add(self, name: str) -> Label:
        """Add a label of this name to the set; what is asked next knows it."""
        wanted = _normal(name)
        label = Label(label_id(wanted, [one.id for one in self.config.labels]))
        self._labels[wanted] = label.id
        self.new.append(label)
        labels = (*self.config.labels, label)
        self.config = msgspec.structs.replace(self.config, labels=labels)
        return label

    def unknown_labels(self, raw: bytes) -> dict[str, int]:
        """Names in the value that no label has, with the number of the first region that has each."""
        names = self._looked_at(raw)
        if names is not None and names <= self._labels.keys():
            return {}
        found: dict[str, int] = {}
        for number, one in enumerate(_regions(raw)):
            label = _head_of(bytes(one)).label
            if isinstance(label, str) and label.strip() and self.label(label) is None:
                found.setdefault(_normal(label), number)
        return found

    def to_ids(self, raw: bytes) -> bytes:
        """The value's JSON with ids in place of names; what is no value is returned as it is."""
        if not self._choices and not self._regional:
            names = self._looked_at(raw)
            if names is not None and all(self._labels.get(name) == name for name in names):
                return raw
        try:
            outer = _raw_value.decode(raw)
        except UNREADABLE:
            return raw
        changed = False
        regions = list(outer.regions)
        for number, one in enumerate(regions):
            new = self._region(bytes(one))
            if new is not None:
                regions[number] = msgspec.Raw(new)
                changed = True
        answers = dict(outer.answers)
        for name, choices in self._choices.items():
            if name in answers:
                answer = choices.to_ids(answers[name])
                if answer is not answers[name]:
                    answers[name] = answer
                    changed = True
        return _encode({"regions": regions, "answers": answers}) if changed else raw

    def _region(self, raw: bytes) -> bytes | None:
        """The region with ids, or None where it has them already."""
        head = _head_of(raw)
        edits: dict[str, msgspec.Raw] = {}
        if isinstance(head.label, str):
            ident = self.label(head.label)
            if ident is not None and ident != head.label:
                edits["label"] = msgspec.Raw(_encode(ident))
        if self._regional and isinstance(head.attributes, dict):
            attributes = dict(head.attributes)
            for name, choices in self._regional.items():
                if name in attributes:
                    attributes[name] = choices.to_ids(attributes[name])
            if attributes != head.attributes:
                edits["attributes"] = msgspec.Raw(_encode(attributes))
        return _encode({**_fields.decode(raw), **edits}) if edits else None


class _Choices:
    """The choices of one question, by id and by title; of a question of records, by column."""

    def __init__(
        self, choices: tuple[Choice, ...], columns: Mapping[str, _Choices] | None = None
    ) -> None:
        self._ids = {one.id for one in choices}
        self._titles = {one.name: one.id for one in reversed(choices)}
        self._columns = columns

    def to_ids(self, answer: Json) -> Json:
        """The answer with ids; the very same object where there was nothing to change."""
        if isinstance(answer, dict) and set(answer) == {"per"} and isinstance(answer["per"], dict):
            per = {part: self.to_ids(one) for part, one in answer["per"].items()}
            return answer if _same(per.values(), answer["per"].values()) else {"per": per}
        if self._columns is not None:
            return self._rows(answer, self._columns)
        if isinstance(answer, list):
            new = [self._one(one) for one in answer]
            return answer if _same(new, answer) else new
        return self._one(answer)

    def _one(self, answer: Json) -> Json:
        if not isinstance(answer, str) or answer in self._ids:
            return answer
        return self._titles.get(_normal(answer), answer)

    def _rows(self, answer: Json, columns: Mapping[str, _Choices]) -> Json:
        if not isinstance(answer, list):
            return answer
        new = [
            {
                name: columns[name].to_ids(cell) if name in columns else cell
                for name, cell in row.items()
            }
            if isinstance(row, dict)
            else row
            for row in answer
        ]
        return answer if new == answer else new


def _same(new: Any, old: Any) -> bool:
    return all(one is other for one, other in zip(new, old, strict=True))


def _choices_of(question: object) -> _Choices | None:
    if isinstance(question, (ChoiceQuestion, ChoicesQuestion)):
        return _Choices(question.choices)
    if isinstance(question, RecordsQuestion):
        columns = {
            column.id: _Choices(column.choices)
            for column in question.columns
            if column.kind == "choice"
        }
        return _Choices((), columns) if columns else None
    return None


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())


def _labels_of(raw: bytes) -> set[str] | None:
    """The labels in the value, or None where they cannot be told from a look."""
    try:
        regions = _labels.decode(raw).regions
    except UNREADABLE:
        return None
    return {region.label for region in regions if region.label is not None}


def _regions(raw: bytes) -> tuple[msgspec.Raw, ...]:
    try:
        return _raw_value.decode(raw).regions
    except UNREADABLE:
        return ()


def _head_of(raw: bytes) -> _Head:
    try:
        return _head.decode(raw)
    except UNREADABLE:
        return _Head()
