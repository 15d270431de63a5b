"""Heads: which ops of an entity count now, and which of them say the same.

Heads of an entity are its ops that no present op names as a parent. Draft ops are never heads or
parents. Heads with equal values are one version, deletions another. More than one version is a
conflict. What was redacted says nothing, whether its body is still here or not: it counts as a deletion.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from labeler.model.json import Json, canonical, freeze
from labeler.store.bodies import (
    AnnotationBody,
    QueueBody,
    RedactBody,
    TaskBody,
    encode,
    value_tree,
    without_comment,
)
from labeler.store.damage import Damaged, read_body, read_rows
from labeler.store.many import values_in
from labeler.store.oplog import WITHHELD, EntityKind, OpKind, unpack_body

__all__ = [
    "Head",
    "common_ancestor",
    "heads_of",
    "heads_of_many",
    "history_of",
    "originals_of",
    "redacted_by",
    "versions_among",
    "versions_of",
]


class Head(NamedTuple):
    """An op as the fold sees it: its row, sort key, kind and lazily read body."""

    row: int
    order: tuple[int, bytes, int]
    kind: int
    person: int
    hash: bytes
    parents: frozenset[bytes]
    enc: int
    stored: bytes | None

    @property
    def hlc(self) -> int:
        """The hybrid clock of the op."""
        return self.order[0]

    @property
    def gone(self) -> bool:
        """Whether it deletes, or was redacted."""
        return self.kind == OpKind.DELETE or self.enc == WITHHELD


_COLUMNS = (
    "SELECT op.ent, op.id, op.hlc, strand.uid, op.seq, op.kind, op.person, op.h, op.parents, op.enc, "
    "op.body FROM op JOIN strand ON strand.id=op.strand WHERE op.ent"
)
_COUNTED = frozenset({int(OpKind.PUT), int(OpKind.DELETE), int(OpKind.IMPORT)})
"""What an op must be to be a head or the parent of one."""


def _ops(connection: sqlite3.Connection, ent: int) -> list[Head]:
    ops = [_head(row) for row in read_rows(connection, f"{_COLUMNS}=?", (ent,))]
    return _without_redacted(connection, ops)


def _head(row: tuple[Any, ...]) -> Head:
    _, number, hlc, strand, seq, kind, person, name, parents, enc, stored = row
    return Head(number, (hlc, strand, seq), kind, person, name, _split(parents), enc, stored)


def _without_redacted(connection: sqlite3.Connection, ops: list[Head]) -> list[Head]:
    """All ops of an entity; those that one of them redacts have no body, as if it were not here."""
    names: set[bytes] = set()
    for op in ops:
        if op.kind == OpKind.REDACT:
            names |= redacted_by(connection, op.enc, op.stored)
    return [op._replace(enc=WITHHELD, stored=b"") if op.hash in names else op for op in ops]


def redacted_by(connection: sqlite3.Connection, enc: int, stored: bytes | None) -> set[bytes]:
    """The ops that one which redacts names; none where it does not read."""
    try:
        raw = unpack_body(connection, enc, stored)
        named = () if raw is None else read_body(raw, RedactBody).ops
    except Damaged:
        return set()  # a check names it
    return {bytes.fromhex(one) for one in named}


def _split(parents: bytes | None) -> frozenset[bytes]:
    if not parents:
        return frozenset()
    return frozenset(parents[at : at + 16] for at in range(0, len(parents), 16))


def _history(heads: Iterable[Head], ops: dict[bytes, Head]) -> Iterator[Head]:
    """The ops that any of these heads replaces, directly or through others; each once."""
    todo = [name for head in heads for name in head.parents]
    seen = set()
    while todo:
        name = todo.pop()
        if name in seen or name not in ops:
            continue
        seen.add(name)
        yield ops[name]
        todo.extend(ops[name].parents)


def heads_of(
    connection: sqlite3.Connection, ent: int, entity_kind: int
) -> tuple[list[Head], list[list[Head]]]:
    """The heads of an entity: one of each version, the shown one first, and all by version.

    Heads whose values are equal are one version. What was edited here and deleted there has both
    versions, and the edited one is shown. Where all of it was deleted nothing is shown: the first list
    is empty, and the second has what deleted it. Both are empty where there is nothing but drafts.
    """
    return versions_among(connection, _ops(connection, ent), entity_kind)


def heads_of_many(
    connection: sqlite3.Connection, ents: Sequence[int], entity_kind: int
) -> dict[int, list[Head]]:
    """The first list of ``heads_of`` for some hundred entities of one kind, asked for at once."""
    found: dict[int, list[Head]] = {ent: [] for ent in ents}
    redacted: set[int] = set()
    for row in read_rows(connection, f"{_COLUMNS} IN ({values_in(ents)})", ents):
        found[row[0]].append(_head(row))
        if row[5] == OpKind.REDACT:
            redacted.add(row[0])
    for ent in redacted:
        found[ent] = _without_redacted(connection, found[ent])
    return {ent: versions_among(connection, ops, entity_kind)[0] for ent, ops in found.items()}


def versions_among(
    connection: sqlite3.Connection, ops: Iterable[Head], entity_kind: int
) -> tuple[list[Head], list[list[Head]]]:
    """``heads_of`` where all ops of the entity are at hand."""
    found = [op for op in ops if op.kind in _COUNTED]
    if len(found) == 1:
        return ([] if found[0].gone else found), [found]
    named = frozenset(parent for op in found for parent in op.parents)
    heads = [op for op in found if op.hash not in named]
    by_name = {op.hash: op for op in found}
    digests: dict[int, bytes] = {}

    def said(op: Head) -> bytes:
        if op.row not in digests:
            digests[op.row] = _digest(_comparable(connection, op, entity_kind))
        return digests[op.row]

    if len(heads) > 1:
        heads = _without_old_imports(heads, by_name, said)
    heads.sort(key=lambda op: (not op.gone, op.order), reverse=True)
    by_word: dict[bytes, list[Head]] = {}
    for op in heads:
        by_word.setdefault(said(op) if len(heads) > 1 else b"", []).append(op)
    versions = list(by_word.values())
    if not heads or heads[0].gone:
        return [], versions
    return [version[0] for version in versions], versions


def common_ancestor(connection: sqlite3.Connection, ent: int, heads: Iterable[Head]) -> Head | None:
    """The nearest op that all these heads replaced, or None where they have no common origin.

    Where several are as near (copies that settled one another's conflicts), the one with the greatest
    clock. A head that brought an earlier op back stands for that one.
    """
    ops = {op.hash: op for op in _ops(connection, ent)}
    shared = _shared([_original(connection, one, ops) for one in heads], ops)
    if not shared:
        return None
    replaced = {op.hash for op in _history((ops[name] for name in shared), ops)}
    return max((ops[name] for name in shared - replaced), key=lambda op: op.order, default=None)


def _shared(heads: Sequence[Head], ops: dict[bytes, Head]) -> set[bytes]:
    """The ops that every one of these heads replaces, without those that delete.

    One walk for all heads: an op passes on to what it replaces which heads are above it, as the bits of
    a number, once all that replace it have. Ops in a circle, which no hash can make, are passed by.
    """
    own: dict[bytes, int] = {}
    for at, head in enumerate(heads):
        own[head.hash] = own.get(head.hash, 0) | 1 << at
    past = {op.hash: op for op in (*heads, *_history(heads, ops))}
    waiting = Counter(name for op in past.values() for name in op.parents if name in ops)
    above: dict[bytes, int] = defaultdict(int)
    ready = [op for op in past.values() if op.hash not in waiting]
    everyone, shared = (1 << len(heads)) - 1, set()
    while ready:
        op = ready.pop()
        bits = above.pop(op.hash, 0)
        if bits == everyone and not op.gone:
            shared.add(op.hash)
        for name in op.parents & waiting.keys():
            above[name] |= bits | own.get(op.hash, 0)
            waiting[name] -= 1
            if not waiting[name]:
                ready.append(ops[name])
    return shared


def history_of(connection: sqlite3.Connection, ent: int) -> list[Head]:
    """Every op of an entity, the oldest first."""
    return sorted(_ops(connection, ent), key=lambda op: op.order)


def originals_of(connection: sqlite3.Connection, ent: int, heads: Iterable[Head]) -> list[Head]:
    """For each head the op it brought back when a settlement was undone; the head itself otherwise."""
    ops = {op.hash: op for op in _ops(connection, ent)}
    return [_original(connection, head, ops) for head in heads]


def _original(connection: sqlite3.Connection, head: Head, ops: dict[bytes, Head]) -> Head:
    """What brings an op back names it beside the one that had replaced it, and says the same."""
    while len(head.parents) > 1:
        said = unpack_body(connection, head.enc, head.stored)
        known = [ops[name] for name in head.parents if name in ops]
        alike = [
            op
            for op in known
            if (op.kind == OpKind.DELETE) == (head.kind == OpKind.DELETE)
            and unpack_body(connection, op.enc, op.stored) == said
        ]
        past = {op.hash for op in _history(known, ops)} if alike else set()
        back = [op for op in alike if op.hash in past]
        if not back or said is None:
            break
        head = max(back, key=lambda op: op.order)
    return head


def versions_of(
    connection: sqlite3.Connection, ops: Iterable[Head], entity_kind: int
) -> list[list[Head]]:
    """These ops of an entity by what they say, as ``heads_of`` has its second list."""
    alone = [op._replace(parents=frozenset()) for op in ops]
    return versions_among(connection, alone, entity_kind)[1]


def _without_old_imports(
    heads: list[Head], ops: dict[bytes, Head], said: Callable[[Head], bytes]
) -> list[Head]:
    """Leave out imports without parents whose value another head's history has already replaced."""
    if not any(op.kind == OpKind.IMPORT and not op.parents for op in heads):
        return heads
    replaced = {said(older) for older in _history(heads, ops) if not older.gone}
    return [
        op for op in heads if op.kind != OpKind.IMPORT or op.parents or said(op) not in replaced
    ]


def _digest(tree: Json) -> bytes:
    """What stands for a tree among others: equal where they are equal by value."""
    return blake2b(canonical(tree), digest_size=16).digest()


def _comparable(connection: sqlite3.Connection, op: Head, entity_kind: int) -> Json:
    """What two ops of an entity are compared by: an annotation's status and value, else the body.

    One that cannot be read is like no other.
    """
    if op.gone:
        return ("deleted",)
    try:
        body = unpack_body(connection, op.enc, op.stored)
        if body is None:
            raise Damaged("a body is missing")
        return _said(body, entity_kind)
    except Damaged:
        return ("damaged", op.hash.hex())


def _said(body: bytes, entity_kind: int) -> Json:
    if entity_kind == EntityKind.ANNOTATION:
        annotation = read_body(body, AnnotationBody)
        return (annotation.status, annotation.reason, value_tree(bytes(annotation.value)))
    if entity_kind == EntityKind.TASK:
        task = read_body(body, TaskBody)
        content = _tree(bytes(task.content))
        return (content, task.joins) if task.joins else content
    if entity_kind == EntityKind.QUEUE:  # where it stands among the others is no disagreement
        return _tree(encode(msgspec.structs.replace(read_body(body, QueueBody), order=0)))
    return without_comment(_tree(body))


def _tree(raw: bytes) -> Json:
    try:
        return freeze(read_body(raw, object))
    except ValueError as error:
        raise Damaged(str(error)) from None
