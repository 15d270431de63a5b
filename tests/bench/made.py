"""The data the figures are taken on: texts, a JSONL of them, and a project file of the largest size.

Everything comes from one seed, so two runs measure the same bytes. What takes minutes to make is
kept in build/bench-data under a name that tells format, size and the code it was made with.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from labeler.model import ids, queue
from labeler.store import Project, bodies, fold, schema
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint

__all__ = ["ANNA", "CONFIG", "QUEUE", "Data", "project_of", "texts"]

ANNA = "anna"
QUEUE = "texts"
CONFIG = queue.read_config(
    b"""{
 "labels": [{"id": "praise", "name": "Praise"}, {"id": "blame", "name": "Blame"}],
 "questions": [
  {"id": "sentiment", "kind": "choice", "required": true,
   "choices": [{"id": "positive", "key": "1"}, {"id": "neutral", "key": "2"},
               {"id": "negative", "key": "3"}]},
  {"id": "note", "kind": "text"}],
 "policy": {"overlap": 2},
 "guideline": "# 1 Read the text"
}"""
)
PER_TASK = 3
"""Annotations a task of the largest file has on average."""
_BATCH = 5000
_SAID = (
    "the room was clean and quiet but staff took an hour to bring one towel we asked for twice "
    "breakfast is worth every cent fresh bread strong coffee friendly people never again this price "
    "screen broke after two weeks support answered on the same day battery lasts longer than promised "
    "delivery late box open manual missing works anyway would buy it once more Größe stimmt très bien"
)
_WORDS = _SAID.split()
_MADE_WITH = (schema, bodies, fold, ids)
_ANSWERS = ("positive", "neutral", "negative")


def texts(count: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """Ids and texts of ten to thirty words, about 110 letters each, the same for the same seed."""
    chosen = random.Random(seed)
    for number in range(count):
        words = chosen.choices(_WORDS, k=chosen.randint(10, 30))
        yield f"t{number:07d}", " ".join(words)


def _batches(count: int) -> Iterator[list[NewTask]]:
    batch = []
    for key, text in texts(count):
        content = msgspec.json.encode({"text": text})
        batch.append(NewTask(key, content, content_fingerprint(content)))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _value(number: int, author: int) -> bytes:
    answer = _ANSWERS[(number * 7 + author) % 3]
    if number % 10:
        return b'{"answers":{"sentiment":"%s"}}' % answer.encode()
    region = (
        b'{"id":"r%07d","type":"span","start":4,"end":8,"label":"praise","text":"room"}' % number
    )
    return b'{"regions":[%s],"answers":{"sentiment":"%s"}}' % (region, answer.encode())


def project_of(path: Path, tasks: int, authors: Callable[[int], tuple[str, ...]]) -> Path:
    """Make a project with this many texts; ``authors`` names who annotated task n (``model-…``: a
    prediction)."""
    project = Project.create(path, title="Bench", handle=ANNA, name="Anna Brandt")
    try:
        # This file may be lost in a power cut: it is made again.
        project.file.connection.execute("PRAGMA synchronous=OFF")
        project.file.connection.execute("PRAGMA cache_size=-400000")
        project.put_queue(QUEUE, CONFIG, panel="sentiment", title="Texts", by=ANNA)
        bulk = project.bulk(QUEUE, by=ANNA)
        made: list[bytes] = []
        for batch in _batches(tasks):
            made += [added.uid for added in bulk.tasks(batch)]
        known: set[str] = set()
        for start in range(0, tasks, _BATCH):
            new = []
            for number in range(start, min(start + _BATCH, tasks)):
                for place, author in enumerate(authors(number)):
                    model = author.startswith("model-")
                    if author not in known:
                        known.add(author)
                        project.sign_in(author, kind="model" if model else "person")
                    layer = "prediction" if model else "work"
                    value = _value(number, place)
                    new.append(NewAnnotation(made[number], layer, author, value))
            if new:
                bulk.annotations(new)
    finally:
        project.close()
    return path


def _largest_authors(tasks: int) -> Callable[[int], tuple[str, ...]]:
    """Each task has a prediction; of three people each did a stretch, two are asked for.

    So the first fifth is still open, done by Anna alone, and Anna's next task lies at 80 %.
    """

    def authors(number: int) -> tuple[str, ...]:
        share = 10 * number / tasks
        found = ["model-1"]
        found += [ANNA] if share < 7 else []
        found += ["cara"] if 2 <= share < 8 else []
        found += ["ben"] if share >= 3 else []
        return tuple(found)

    return authors


class Data:
    """What a run of the bench needs, made when first asked for.

    ``kept`` outlives the run, ``folder`` does not. ``tasks`` is the size of the largest project.
    """

    def __init__(self, kept: Path, folder: Path, tasks: int) -> None:
        self.kept = kept
        self.folder = folder
        self.tasks = tasks

    def _key(self) -> str:
        hasher = blake2b(digest_size=6)
        for module in _MADE_WITH:
            hasher.update(Path(str(module.__file__)).read_bytes())
        hasher.update(Path(__file__).read_bytes())
        return f"{schema.FORMAT_NAME}-{hasher.hexdigest()}"

    def _made(self, name: str, make: Callable[[Path], object]) -> Path:
        path = self.kept / f"{self._key()}-{name}"
        if not path.exists():
            self.kept.mkdir(parents=True, exist_ok=True)
            for old in self.kept.glob(f"*-{'[0-9a-f]' * 12}-{name}"):
                old.unlink()
            making = self.kept / f"making-{name}"
            making.unlink(missing_ok=True)
            make(making)
            making.replace(path)
        return path

    def largest(self) -> Path:
        """A project of ``tasks`` texts with three annotations each on average; only to be read."""
        authors = _largest_authors(self.tasks)
        return self._made(
            f"{self.tasks}.labeler", lambda path: project_of(path, self.tasks, authors)
        )

    def copy(self, source: Path, name: str) -> Path:
        """A copy that may be written to."""
        target = self.folder / f"{name}.labeler"
        target.unlink(missing_ok=True)
        shutil.copyfile(source, target)
        return target

    def labelled(self, count: int) -> Path:
        """A project of this many texts, all labelled by Anna."""
        return self._made(
            f"labelled-{count}.labeler",
            lambda path: project_of(path, count, lambda _number: (ANNA,)),
        )

    def jsonl(self, count: int) -> Path:
        """This many texts, one JSON table a line: what an import reads."""

        def write(path: Path) -> None:
            with path.open("wb") as stream:
                for key, text in texts(count):
                    stream.write(msgspec.json.encode({"id": key, "text": text}) + b"\n")

        return self._made(f"{count}.jsonl", write)

    def pair(self, count: int) -> tuple[Path, Path]:
        """Two copies of a project: in the second Ben has labelled every text."""
        one = self._made(
            f"plain-{count}.labeler", lambda path: project_of(path, count, lambda _number: ())
        )

        def label(path: Path) -> None:
            shutil.copyfile(one, path)
            project = Project.open(path)
            try:
                project.sign_in("ben")
                bulk = project.bulk(QUEUE, by="ben")
                for number, page in enumerate(project.pages(size=_BATCH)):
                    start = number * _BATCH
                    bulk.annotations(
                        [
                            NewAnnotation(
                                bytes.fromhex(full.row.id), "work", "ben", _value(start + place, 1)
                            )
                            for place, full in enumerate(page)
                        ]
                    )
            finally:
                project.close()

        return one, self._made(f"ben-{count}.labeler", label)

    def naive(self, count: int) -> Path:
        """The same texts in one table of a plain database, four fifths of them answered."""

        def write(path: Path) -> None:
            connection = sqlite3.connect(path)
            connection.execute(
                "CREATE TABLE texts(id INTEGER PRIMARY KEY, key TEXT, text TEXT, answer TEXT)"
            )
            connection.executemany("INSERT INTO texts(key, text) VALUES(?,?)", texts(count))
            connection.execute("UPDATE texts SET answer='positive' WHERE id<=?", (count * 8 // 10,))
            connection.commit()
            connection.close()

        return self._made(f"naive-{count}.sqlite", write)
