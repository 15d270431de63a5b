"""A reader of project files written from ``labeler/store/FORMAT.md`` alone, with nothing of ours.

Section numbers in the comments are those of that page.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import unicodedata
import zlib
from collections import defaultdict
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

PUT, DELETE, DRAFT, IMPORT, REDACT = 1, 2, 3, 4, 5
PROJECT, PERSON, QUEUE, LABELS, GUIDELINE, TASK, ANNOTATION, MEDIA, ASSIGN = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    10,
)
NAMES = {PROJECT: "project", QUEUE: "queue", LABELS: "labels", GUIDELINE: "guideline"}
DEFAULTS: dict[int, dict[str, Any]] = {
    PROJECT: {"title": "", "settings": {}},
    PERSON: {"name": "", "kind": "person", "roles": []},
    QUEUE: {"questions": [], "policy": {}, "settings": {}, "order": 0},
    LABELS: {"labels": []},
    GUIDELINE: {"markdown": ""},
    TASK: {"content": None, "joins": "", "fingerprint": "", "meta": {}, "order": 0, "priority": 0},
    ANNOTATION: {"round": 0, "status": "submitted", "reason": "", "value": {}, "about": ""},
    MEDIA: {"size": 0, "mime": "", "hash": "", "fingerprint": ""},
    ASSIGN: {"task": "", "tasks": []},
}


def h(*fields: str | int | bytes) -> bytes:
    """Section 2."""
    raw = [one if isinstance(one, bytes) else str(one).encode() for one in fields]
    joined = b"".join(struct.pack(">Q", len(one)) + one for one in raw)
    return blake2b(joined, digest_size=16).digest()


def number(value: float) -> str:
    """A number that is not whole, as ECMAScript writes it: repr has the digits, not the form."""
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, part = mantissa.partition(".")
    part = "" if part == "0" else part
    point = len(whole) + int(exponent or 0)
    digits = (whole + part).lstrip("0")
    point -= len(whole + part) - len((whole + part).lstrip("0"))
    digits = digits.rstrip("0")
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    rest = "." + digits[1:] if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def canonical(tree: Any) -> str:
    """Section 5."""
    if isinstance(tree, dict):
        names = sorted(tree, key=lambda name: name.encode())
        return "{" + ",".join(f"{canonical(name)}:{canonical(tree[name])}" for name in names) + "}"
    if isinstance(tree, list):
        return "[" + ",".join(map(canonical, tree)) + "]"
    if isinstance(tree, float):
        return str(int(tree)) if tree.is_integer() else number(tree)
    return json.dumps(tree, ensure_ascii=False)


class Op(NamedTuple):
    """One op, with uids in place of rows; ``body`` is None where it is not here."""

    strand: bytes
    seq: int
    hlc: int
    person: bytes
    kind: int
    entity: bytes
    entity_kind: int
    parents: tuple[bytes, ...]
    name: bytes
    body: bytes | None

    @property
    def order(self) -> tuple[int, bytes, int]:
        return self.hlc, self.strand, self.seq

    @property
    def tree(self) -> dict[str, Any]:
        assert self.body is not None
        told = json.loads(self.body)
        return {**DEFAULTS.get(self.entity_kind, {}), **told}


class File:
    """A project file, read whole and verified; AssertionError where it is not what it says."""

    def __init__(self, path: Path) -> None:
        head = path.read_bytes()[:100]
        assert (head[:16], head[18:20]) == (b"SQLite format 3\0", b"\1\1")  # section 1
        assert struct.unpack(">I", head[68:72])[0] == 0x4C424C31
        (self.format,) = struct.unpack(">I", head[60:64])
        assert self.format // 1000 == 1
        self.db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        self.schema = {sql for (sql,) in self.db.execute("SELECT sql FROM sqlite_schema") if sql}
        (self.project,) = self.db.execute("SELECT v FROM meta WHERE k='project'").fetchone()
        self.ops = list(self._ops())
        self.of: dict[bytes, list[Op]] = defaultdict(list)
        for op in self.ops:
            self.of[op.entity].append(op)

    def close(self) -> None:
        self.db.close()

    def _body(self, enc: int, stored: bytes) -> bytes | None:
        """Section 3."""
        if enc == 0:
            return stored
        if enc == 3:
            return None
        if enc == 2:
            parts = self.db.execute("SELECT data FROM blob WHERE hash=? ORDER BY part", (stored,))
            name, stored = stored, b"".join(data for (data,) in parts)
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(stored)
        assert unpacker.eof
        assert not unpacker.unused_data
        assert enc == 1 or blake2b(body, digest_size=16).digest() == name
        return body

    def _ops(self) -> Any:
        rows = self.db.execute(
            "SELECT strand.uid, seq, op.hlc, person.uid, op.kind, ent.uid, ent.kind, parents, salt, "
            "enc, body, h FROM op JOIN strand ON strand.id=op.strand JOIN person ON "
            "person.id=op.person JOIN ent ON ent.id=op.ent ORDER BY op.strand, seq"
        )
        for *header, parents, salt, enc, stored, name in rows.fetchall():
            body = self._body(enc, stored)
            assert (body is None) == (salt is None)
            said = stored if body is None else h(salt, body)
            joined = parents or b""
            assert name == h("op", self.project, *header, joined, said), name.hex()
            split = tuple(joined[at : at + 16] for at in range(0, len(joined), 16))
            assert list(split) == sorted(set(split))
            yield Op(*header, split, name, body)

    def check_seals(self) -> int:
        """Section 4; returns how many strands have a gap."""
        gaps = 0
        by_strand: dict[bytes, list[Op]] = defaultdict(list)
        for op in self.ops:
            by_strand[op.strand].append(op)
        for uid, hlc, have, last, seal in self.db.execute(
            "SELECT uid, hlc, have, last, seal FROM strand"
        ):
            running, ops = b"", by_strand[uid]
            for place, op in enumerate(ops[:have], start=1):
                assert op.seq == place
                running = h(running, op.name)
            assert (seal or b"") == running
            assert [op.seq for op in ops[have : have + 1]] != [have + 1]
            assert last == max((op.seq for op in ops), default=0)
            assert hlc >= max((op.hlc for op in ops), default=0)
            gaps += have < last
        return gaps

    def uid(self, op: Op) -> bytes:
        """Section 5: the uid of what a body is about, made of what it says."""
        tree = op.tree
        match op.entity_kind:
            case 1:
                return h("project", self.project)
            case 2:
                handle = unicodedata.normalize("NFC", tree["handle"].strip()).casefold()
                return h("person", self.project, handle)
            case 3:
                return h("queue", self.project, tree["id"])
            case 4 | 5:
                return h(NAMES[op.entity_kind], self.project, tree["queue"])
            case 6:
                print_ = b""
                if tree["fingerprint"]:
                    print_ = bytes.fromhex(tree["fingerprint"])
                elif tree["content"] is not None:
                    print_ = h("content", canonical(tree["content"]))
                return h("task", self.project, tree["queue"], tree["key"], print_)
            case 7:
                fields = [bytes.fromhex(tree["task"]), tree.get("layer", "work"), tree["author"]]
                about = [tree["about"]] if tree["about"] else []
                return h("annotation", *fields, tree["round"], *about)
            case 8:
                return h("media", self.project, tree["root"], tree["path"])
            case 10:
                if tree["task"]:
                    return h("out", bytes.fromhex(tree["task"]))
                return h("handout", self.project, tree["handout"])
        raise AssertionError(f"kind {op.entity_kind}")

    # section 7

    def redacted(self, entity: bytes) -> set[bytes]:
        """The ops of an entity that were redacted."""
        told = (op.tree["ops"] for op in self.of[entity] if op.kind == REDACT and op.body)
        return {bytes.fromhex(one) for ops in told for one in ops}

    def versions(self, entity: bytes) -> list[list[Op]]:
        """The versions of an entity, the shown one first, each of equal heads."""
        gone = self.redacted(entity)
        ops = {op.name: op for op in self.of[entity] if op.kind in (PUT, DELETE, IMPORT)}

        def deletes(op: Op) -> bool:
            return op.kind == DELETE or op.body is None or op.name in gone

        def says(op: Op) -> str:
            return "" if deletes(op) else compared(op)

        def behind(op: Op) -> set[bytes]:
            found: set[bytes] = set()
            todo = list(op.parents)
            while todo:
                name = todo.pop()
                if name in ops and name not in found:
                    found.add(name)
                    todo += ops[name].parents
            return found

        named = {parent for op in ops.values() for parent in op.parents}
        heads = [op for op in ops.values() if op.name not in named]

        def old_import(op: Op) -> bool:
            return (
                op.kind == IMPORT
                and not op.parents
                and any(
                    says(ops[name]) == says(op) and not deletes(ops[name])
                    for other in heads
                    if other is not op
                    for name in behind(other)
                )
            )

        heads = [op for op in heads if not old_import(op)]
        heads.sort(key=lambda op: (not deletes(op), op.order), reverse=True)
        by_word: dict[str, list[Op]] = {}
        for op in heads:
            by_word.setdefault(says(op), []).append(op)
        return list(by_word.values())

    def shown(self, entity: bytes) -> Op | None:
        """What an entity is now."""
        versions = self.versions(entity)
        first = versions[0][0] if versions else None
        if first is None or first.kind == DELETE or first.body is None:
            return None
        return None if first.name in self.redacted(entity) else first

    def entities(self, kind: int) -> list[bytes]:
        """The entities of a kind that ops are about."""
        return [entity for entity, ops in self.of.items() if ops[0].entity_kind == kind]

    def conflicts(self) -> set[bytes]:
        """The entities in conflict."""
        found = set()
        for entity, ops in self.of.items():
            if ops[0].entity_kind in (PROJECT, QUEUE, LABELS, GUIDELINE, TASK, ANNOTATION):
                if len(self.versions(entity)) > 1 and self.shown(entity):
                    found.add(entity)
        for entity in self.entities(MEDIA):
            trees = [v[0].tree for v in self.versions(entity) if v[0].body and v[0].kind != DELETE]
            if len({(tree["hash"], tree["fingerprint"]) for tree in trees if tree["hash"]}) > 1:
                found.add(entity)
        return found | self._labels_in_use() | self._ambiguous()

    def _tasks(self) -> dict[bytes, dict[str, Any]]:
        shown = {entity: self.shown(entity) for entity in self.entities(TASK)}
        return {entity: op.tree for entity, op in shown.items() if op is not None}

    def _ambiguous(self) -> set[bytes]:
        """Tasks without content of which nothing says to which one they belong."""
        return {stub for stub, owner in self._owners().items() if owner == b"several"}

    def _owners(self) -> dict[bytes, bytes]:
        tasks = self._tasks()
        whole: dict[tuple[str, str], list[bytes]] = defaultdict(list)
        for uid, tree in tasks.items():
            if tree["content"] is not None:
                whole[tree["queue"], tree["key"]].append(uid)
        found = {}
        for uid, tree in tasks.items():
            if tree["content"] is None:
                owners = whole[tree["queue"], tree["key"]]
                joins = bytes.fromhex(tree["joins"]) if len(self.versions(uid)) == 1 else b""
                if len(owners) == 1:
                    found[uid] = owners[0]
                elif owners:
                    found[uid] = joins if joins in owners else b"several"
        return found

    def _labels_in_use(self) -> set[bytes]:
        tasks, owners = self._tasks(), self._owners()
        used: dict[str, set[str]] = defaultdict(set)
        for entity in self.entities(ANNOTATION):
            op = self.shown(entity)
            if op is not None and op.tree["layer"] != "prediction":
                task = bytes.fromhex(op.tree["task"])
                queue = tasks[owners.get(task, task)]["queue"]
                regions = op.tree["value"].get("regions", [])
                used[queue] |= {one["label"] for one in regions if one.get("label")}
        found = set()
        for entity in self.entities(LABELS):
            shown = self.shown(entity)
            told = [op for op in self.of[entity] if op.kind in (PUT, IMPORT) and op.body]
            if shown is not None:
                now = {one["id"] for one in shown.tree["labels"]}
                once = {one["id"] for op in told for one in op.tree["labels"]}
                if (once - now) & used[shown.tree["queue"]]:
                    found.add(entity)
        return found

    def drafts(self) -> set[bytes]:
        """The draft ops that nothing retired."""
        return {
            op.name
            for entity in self.entities(ANNOTATION)
            for op in self.of[entity]
            if op.kind == DRAFT
            and op.body
            and op.name not in self.redacted(entity)
            and not any(retires(other, op) for other in self.of[entity])
        }


def retires(op: Op, draft: Op) -> bool:
    """Section 7, 8."""
    if op.kind not in (PUT, DRAFT, IMPORT) or op.person != draft.person or op.body is None:
        return False
    more, less = op.tree.get("covers", {}), draft.tree.get("covers", {})
    if any(more.get(strand, 0) < step for strand, step in less.items()):
        return False
    return (bool(less) and more != less) or op.order > draft.order


def compared(op: Op) -> str:
    """Section 7, 5: what is compared, in a form in which equal is equal."""
    tree = {name: told for name, told in op.tree.items() if name != "comment"}
    if op.entity_kind == ANNOTATION:
        value = {name: told for name, told in tree["value"].items() if told}
        return canonical([tree["status"], tree["reason"], value])
    if op.entity_kind == TASK:
        return canonical([tree["content"], tree["joins"]])
    tree.pop("order", None)
    return canonical(tree)
