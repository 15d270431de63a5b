"""A small project with something of everything a search looks at, and what it should find there."""

from __future__ import annotations

from pathlib import Path

import msgspec
from travellers import draft_of, put

from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.store.indexing import Indexing

__all__ = ["build", "keys", "make", "new"]

TEXTS = b"""{
 "labels": [{"id": "cat", "name": "Katze"}, {"id": "dog"}],
 "questions": [
  {"id": "sentiment", "kind": "choice",
   "choices": [{"id": "positive", "title": "Gut"}, {"id": "negative"}]},
  {"id": "rating", "kind": "scale", "minimum": 1, "maximum": 5},
  {"id": "note", "kind": "text"}],
 "policy": {"overlap": 2}
}"""


def new(key: str, content: object, **meta: object) -> NewTask:
    """A task with this content (None: not here yet) and metadata."""
    raw = b"" if content is None else msgspec.json.encode(content)
    return NewTask(key, raw, content_fingerprint(raw), msgspec.json.encode(meta))


def written(key: str, raw: bytes) -> NewTask:
    """A task whose content is written so, and no otherwise."""
    return NewTask(key, raw, content_fingerprint(raw))


def make(path: Path) -> Project:
    """The project: two queues, work, gold, a prediction, a conflict, a draft, a joined task."""
    project = Project.create(path, title="Looked through", handle="anna", name="Anna Brandt")
    for name in ("texts", "more"):
        title = "Reviews de/en" if name == "texts" else ""
        project.put_queue(name, read_config(TEXTS), panel="sentiment", title=title, by="anna")
    project.sign_in("ben", "Ben Okafor")
    bulk = project.bulk("texts", by="anna")
    added = bulk.tasks(
        [
            new("k1", {"text": "Straße nach Zürich, das Wienerschnitzel war gut"}, city="Wien"),
            new("k2", {"text": "the room was clean"}, city="New York", score=4),
            new("k3", {"text": "the clean room and the towel"}),
            new("k4", {"text": "東京タワーに行った", "model": "secretmodel"}),
            new("k5", {"messages": [{"text": "first part"}, {"text": "second half"}]}),
            new("img/IMG_0412.jpg", {"text": "Parken unmöglich 🎂"}),
            new("k7", None),
            new("k8", {"text": "الطَّعام لذيذ"}, tags=["a", "b"]),
            written("k9", rb'{"text": "\u00dcbung\nmacht den Meister", "n": 1e5}'),
            new("k10", {"text": "ﬁne ＨＡＬＬ", "rows": [*range(4000)]}, last="endword"),
        ]
    )
    said = [
        ("k1", "ben", {"answers": {"sentiment": "positive", "rating": 4, "note": "Überraschend"}}),
        ("k2", "ben", {"answers": {"sentiment": "negative", "rating": 2}}),
        ("k2", "anna", {"answers": {"sentiment": "positive"}}),
        (
            "k3",
            "anna",
            {"regions": [{"id": "r1", "type": "span", "label": "cat", "text": "towel"}]},
        ),
    ]
    uids = {one.key: one.uid for one in added}
    bulk.annotations(
        [
            *(NewAnnotation(uids[k], "work", who, msgspec.json.encode(v)) for k, who, v in said),
            NewAnnotation(uids["k5"], "gold", "anna", b'{"answers":{"note":"goldenword"}}'),
            NewAnnotation(uids["k5"], "prediction", "robot", b'{"answers":{"note":"guessed"}}'),
        ]
    )
    project.bulk("more", by="anna").tasks([new(f"m{n}", {"text": f"text {n}"}) for n in range(40)])
    bulk.tasks([new("k7", {"text": "came later"})])
    draft = draft_of(project, "k8", "anna")
    draft.emit(draft.value.with_answer("sentiment", "positive"), "Positive")
    put(project, draft, "k8", "anna")
    row = project.query.find("k5")
    project.annotate(row, author="ben", value=b"{}", status="flagged", reason="too hard")
    return project


def build(project: Project, folder: Path) -> Indexing:
    """Make the index of a project to its end and let it answer."""
    index = Indexing(project.file, folder)
    while not index.step().ready:
        assert index.state().problem is None
    project.query.index = index
    return index


def keys(project: Project, text: str) -> list[str]:
    """Keys of what a search finds, to its end."""
    listing = project.query.listing(search=text)
    while not listing.find_more():
        pass
    return [row.key for row in listing.tasks(0, 10_000)]
