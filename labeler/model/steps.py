"""Changes to a value as data: what a gesture did, and how to take it back.

A ValueTree is a value one level deep: regions as their JSON bytes by id, answers as JSON. A Change is
applied to it without any plugin's code, and applying one gives the change that takes it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from labeler.model.codec import RawValue, encode_value_json
from labeler.model.json import UNREADABLE, Json, freeze

__all__ = [
    "Change",
    "DropAnswer",
    "DropChild",
    "DropRegion",
    "MoveRegion",
    "PutAnswer",
    "PutChild",
    "PutRegion",
    "SetStatus",
    "Splice",
    "StepMismatch",
    "ValueTree",
    "decode_changes",
    "encode_changes",
    "splice_between",
]


class StepMismatch(ValueError):
    """A change does not fit the value it is applied to: its region, child or answer is not there."""


class _Change(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="do"):
    """One change; ``at`` counts from 0, texts in code points."""


class PutRegion(_Change, frozen=True, tag="put"):
    """Put a region in place of the one with its id, or insert it ``at`` a position (None: the end)."""

    id: str
    raw: msgspec.Raw
    at: int | None = None


class DropRegion(_Change, frozen=True, tag="drop"):
    """Take a region away."""

    id: str


class MoveRegion(_Change, frozen=True, tag="move"):
    """Give a region another position in the order."""

    id: str
    at: int


class PutChild(_Change, frozen=True, tag="put_child"):
    """Put one keyed child of a region; ``field`` names the list, ``by`` the child's key field."""

    id: str
    field: str
    by: str
    key: str | int
    raw: msgspec.Raw
    at: int | None = None


class DropChild(_Change, frozen=True, tag="drop_child"):
    """Take one keyed child of a region away."""

    id: str
    field: str
    by: str
    key: str | int


class PutAnswer(_Change, frozen=True, tag="answer"):
    """Set the answer to a question, of one part where ``part`` is given."""

    question: str
    raw: msgspec.Raw
    part: str | None = None


class DropAnswer(_Change, frozen=True, tag="drop_answer"):
    """Take the answer to a question away."""

    question: str
    part: str | None = None


class Splice(_Change, frozen=True, tag="splice"):
    """Replace ``remove`` code points of a text at ``at`` by ``insert``.

    The text is an answer (``question`` and perhaps ``part``) or the ``field`` of a region (``id``).
    """

    at: int
    remove: int = 0
    insert: str = ""
    id: str | None = None
    field: str = "text"
    question: str | None = None
    part: str | None = None


class SetStatus(_Change, frozen=True, tag="status"):
    """The annotation's status changed (submitted, skipped, flagged, or open again)."""

    status: str
    reason: str = ""


Change = (
    PutRegion
    | DropRegion
    | MoveRegion
    | PutChild
    | DropChild
    | PutAnswer
    | DropAnswer
    | Splice
    | SetStatus
)

_encoder = msgspec.json.Encoder()
_changes = msgspec.json.Decoder(tuple[Change, ...])
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_list = msgspec.json.Decoder(list[msgspec.Raw])
_raw_value = msgspec.json.Decoder(RawValue)


def encode_changes(changes: Sequence[Change]) -> bytes:
    """The JSON of a step's changes."""
    return _encoder.encode(changes)


def decode_changes(raw: bytes) -> tuple[Change, ...]:
    """The changes in a step's JSON; raises msgspec.ValidationError on anything else."""
    return _changes.decode(raw)


def splice_between(old: str, new: str) -> tuple[int, int, str]:
    """The smallest splice (at, remove, insert) that makes ``new`` of ``old``."""
    limit = min(len(old), len(new))
    start = _same(limit, lambda n: old[:n] == new[:n])
    limit -= start
    end = _same(limit, lambda n: n == 0 or old[-n:] == new[-n:])
    return start, len(old) - start - end, new[start : len(new) - end]


def _same(limit: int, equal: Any) -> int:
    """The greatest n ≤ limit for which equal(n) holds, where it holds for every smaller one too."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if equal(middle):
            low = middle
        else:
            high = middle - 1
    return low


class ValueTree:
    """A value that changes are applied to: regions as JSON bytes in order, answers, status.

    ``status`` is that of the annotation: ``open`` while it is worked on.
    """

    __slots__ = ("answers", "reason", "regions", "status")

    def __init__(
        self,
        regions: Mapping[str, bytes] | None = None,
        answers: Mapping[str, Json] | None = None,
        status: str = "open",
        reason: str = "",
    ) -> None:
        self.regions: dict[str, bytes] = dict(regions or {})
        self.answers: dict[str, Json] = dict(answers or {})
        self.status = status
        self.reason = reason

    @classmethod
    def read(cls, raw: bytes, status: str = "open", reason: str = "") -> ValueTree:
        """The tree of a value's JSON (regions with ids, as in a project)."""
        outer = _raw_value.decode(raw)
        regions: dict[str, bytes] = {}
        for one in outer.regions:
            region = bytes(one)
            regions[msgspec.json.decode(region, type=_Id).id] = region
        return cls(
            regions, {key: freeze(value) for key, value in outer.answers.items()}, status, reason
        )

    def json(self) -> bytes:
        """The value's JSON; regions stand as they came."""
        return encode_value_json([msgspec.Raw(raw) for raw in self.regions.values()], self.answers)

    def copy(self) -> ValueTree:
        """A tree of its own with the same content."""
        return ValueTree(self.regions, self.answers, self.status, self.reason)

    def apply(self, change: Change) -> Change:
        """Apply a change; returns the change that takes it back. Raises StepMismatch."""
        try:
            return self._apply(change)
        except StepMismatch:
            raise
        except UNREADABLE as error:
            raise StepMismatch(f"the value is not what the change expects: {error}") from None

    def _apply(self, change: Change) -> Change:
        match change:
            case PutRegion():
                return self._put_region(change)
            case DropRegion(id=ident):
                at = self._position(ident)
                return PutRegion(ident, msgspec.Raw(self.regions.pop(ident)), at)
            case MoveRegion(id=ident, at=at):
                before = self._position(ident)
                raw = self.regions.pop(ident)
                self._insert(ident, raw, at)
                return MoveRegion(ident, before)
            case PutChild():
                return self._put_child(change)
            case DropChild():
                return self._drop_child(change)
            case PutAnswer(question=question, raw=raw, part=part):
                return self._set_answer(question, part, freeze(msgspec.json.decode(raw)))
            case DropAnswer(question=question, part=part):
                return self._set_answer(question, part, None)
            case Splice():
                return self._splice(change)
            case SetStatus(status=status, reason=reason):
                back = SetStatus(self.status, self.reason)
                self.status, self.reason = status, reason
                return back

    def apply_all(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """Apply changes in order; returns those that take them back, in the order to apply them.

        Raises StepMismatch, and then the tree is as it was.
        """
        back: list[Change] = []
        try:
            for change in changes:
                back.append(self.apply(change))
        except StepMismatch:
            for change in reversed(back):
                self.apply(change)
            raise
        return tuple(reversed(back))

    def _position(self, ident: str) -> int:
        if ident not in self.regions:
            raise StepMismatch(f"there is no region {ident!r}")
        return list(self.regions).index(ident)

    def _insert(self, ident: str, raw: bytes, at: int | None) -> None:
        if at is None or at >= len(self.regions):
            self.regions[ident] = raw
            return
        entries = list(self.regions.items())
        entries.insert(at, (ident, raw))
        self.regions = dict(entries)

    def _put_region(self, change: PutRegion) -> Change:
        raw = bytes(change.raw)
        before = self.regions.get(change.id)
        if before is None:
            self._insert(change.id, raw, change.at)
            return DropRegion(change.id)
        self.regions[change.id] = raw
        return PutRegion(change.id, msgspec.Raw(before))

    def _children(self, ident: str, field: str) -> tuple[dict[str, msgspec.Raw], list[msgspec.Raw]]:
        if ident not in self.regions:
            raise StepMismatch(f"there is no region {ident!r}")
        fields = _fields.decode(self.regions[ident])
        return fields, (_list.decode(fields[field]) if field in fields else [])

    def _find_child(self, children: list[msgspec.Raw], by: str, key: str | int) -> int | None:
        for number, raw in enumerate(children):
            if msgspec.json.decode(_fields.decode(raw).get(by, b"null")) == key:
                return number
        return None

    def _store_children(
        self, ident: str, field: str, fields: dict[str, msgspec.Raw], children: list[msgspec.Raw]
    ) -> None:
        fields[field] = msgspec.Raw(_encoder.encode(children))
        self.regions[ident] = _encoder.encode(fields)

    def _put_child(self, change: PutChild) -> Change:
        fields, children = self._children(change.id, change.field)
        number = self._find_child(children, change.by, change.key)
        back: Change
        if change.field not in fields:  # taking the child back must take the list back too
            back = PutRegion(change.id, msgspec.Raw(self.regions[change.id]))
            children.append(change.raw)
        elif number is None:
            at = len(children) if change.at is None else change.at
            children.insert(at, change.raw)
            back = DropChild(change.id, change.field, change.by, change.key)
        else:
            old = children[number]
            children[number] = change.raw
            back = PutChild(change.id, change.field, change.by, change.key, old.copy())
        self._store_children(change.id, change.field, fields, children)
        return back

    def _drop_child(self, change: DropChild) -> Change:
        fields, children = self._children(change.id, change.field)
        number = self._find_child(children, change.by, change.key)
        if number is None:
            raise StepMismatch(f"the region {change.id!r} has no {change.field} {change.key!r}")
        old = children.pop(number).copy()
        self._store_children(change.id, change.field, fields, children)
        return PutChild(change.id, change.field, change.by, change.key, old, number)

    def _answer(self, question: str, part: str | None) -> Json:
        answer = self.answers.get(question)
        return answer if part is None else _per_part(answer).get(part)

    def _set_answer(self, question: str, part: str | None, answer: Json) -> Change:
        present = self.answers.get(question)
        back: Change = DropAnswer(question)
        if present is not None:
            back = PutAnswer(question, msgspec.Raw(_encoder.encode(present)))
        whole = answer
        if part is not None:
            per = dict(_per_part(present))
            if per:  # else the part's table comes or goes as a whole
                back = DropAnswer(question, part)
                if part in per:
                    back = PutAnswer(question, msgspec.Raw(_encoder.encode(per[part])), part)
            if answer is not None:
                per[part] = answer
            elif part in per:
                del per[part]
            else:
                return back
            whole = freeze({"per": per}) if per else None
        if whole is None:
            self.answers.pop(question, None)
        else:
            self.answers[question] = whole
        return back

    def _splice(self, change: Splice) -> Change:
        fields: dict[str, msgspec.Raw] = {}
        before = b""
        if change.question is not None:
            found = self._answer(change.question, change.part)
        elif change.id is not None and change.id in self.regions:
            before = self.regions[change.id]
            fields = _fields.decode(before)
            found = msgspec.json.decode(fields.get(change.field, b"null"))
        else:
            raise StepMismatch(f"there is no region {change.id!r}")
        text = "" if found is None else found
        end = change.at + change.remove
        if not isinstance(text, str) or not 0 <= change.at <= end <= len(text):
            raise StepMismatch("the splice does not lie in the text")
        new = text[: change.at] + change.insert + text[end:]
        back: Change
        if change.question is not None:
            back = self._set_answer(change.question, change.part, new)
        else:
            fields[change.field] = msgspec.Raw(_encoder.encode(new))
            self.regions[change.id or ""] = _encoder.encode(fields)
            back = PutRegion(change.id or "", msgspec.Raw(before))
        if found is None:  # there was no text: taken back, there is none again
            return back
        removed = text[change.at : end]
        return msgspec.structs.replace(change, remove=len(change.insert), insert=removed)


def _per_part(answer: Json) -> Mapping[str, Json]:
    """The answers by part in ``{"per": {…}}``; empty for an answer of any other form."""
    if isinstance(answer, dict) and set(answer) == {"per"} and isinstance(answer["per"], dict):
        return answer["per"]
    return {}


class _Id(msgspec.Struct, frozen=True):
    id: str
