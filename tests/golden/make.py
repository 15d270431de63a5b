"""Make the golden file of the current format: one project with everything a file can hold.

    python tests/golden/make.py tests/golden/0.1.labeler

Run once per format, when it is released; the file is then kept for ever and never made again. Its
native export stands beside it (``0.1.jsonl``), and ``test_golden.py`` reads both with every build.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import msgspec

from labeler.model.queue import read_config
from labeler.model.regions import Span
from labeler.store import Person, Project
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.work.draft import Draft

CONFIG = """{
 "labels": [{"id": "food", "name": "Essen", "colour": "#E69F00", "key": "o", "types": ["span"]},
  {"id": "staff", "name": "Staff", "retired": true}],
 "questions": [
  {"id": "sentiment", "kind": "choice", "title": "Sentiment", "required": true,
   "choices": [{"id": "positive", "key": "1"}, {"id": "negative", "key": "2"}]},
  {"id": "why", "kind": "text", "minimum": 3, "when": {"question": "sentiment", "is": "negative"}},
  {"id": "sure", "kind": "scale", "scope": "region", "minimum": 1, "maximum": 5}],
 "guideline": "# 1 Read\\n\\nRead the whole text. 🎂",
 "policy": {"overlap": 2, "skip_reasons": ["not my language"]}}"""

TEXTS = {
    "latin": "We booked the Lindenhof. 🎂 Parking is hopeless.",
    "arabic": "الطعام لذيذ والخدمة بطيئة",
    "crlf": "First line\r\nsecond e\u0301clair",
    "han": "部屋から海が見えて",
    "family": "👨‍👩‍👧‍👦 all nine of us",
}


def task(key: str | None, text: str) -> NewTask:
    """A task with a text."""
    content = msgspec.json.encode({"text": text})
    return NewTask(key, content, content_fingerprint(content), b'{"lang":"x","n":1.50}', "t.jsonl")


def drafted(project: Project, key: str, person: Person) -> None:
    """A draft with a branch that an undo hid, and a step a redo would do."""
    from labeler.plugins import Plugins

    row = project.query.find(key)
    draft = Draft(project.open_draft(row, person), Plugins.load().codec("sentiment"))
    draft.emit(draft.value.with_answer("sentiment", "positive"), "Positive")
    draft.undo()
    draft.emit(draft.value.with_answer("sentiment", "negative"), "Negative")
    draft.emit(draft.value.with_region(Span(id="s1", start=0, end=2, text="👨\u200d")), "Add span")
    draft.emit(draft.value.with_answer("why", "slow " * 40), "Type", "why")
    draft.undo()
    batch = draft.take_batch()
    assert batch is not None
    project.write_steps(row, person, draft.row, batch.steps, batch.cursor, batch.saved)


def make(path: Path) -> None:
    """Make the file."""
    project = Project.create(path, title="Golden 0.1", handle="Anna", name="Anna Brandt")
    project.put_queue(
        "sentiment", read_config(CONFIG.encode()), panel="sentiment", title="Texte", by="anna"
    )
    project.put_queue("orbs", read_config(b"{}"), panel="orbs", by="anna")
    anna, ben = project.sign_in("anna"), project.sign_in("ben", "Ben O’Neill")
    project.sign_in("model-1", kind="model")
    bulk = project.bulk("sentiment", by="anna")
    added = {one.key: one for one in bulk.tasks([task(key, text) for key, text in TEXTS.items()])}
    bulk.tasks([task(None, "twice"), task(None, "twice"), NewTask("later", b"", b"")])
    bulk.annotations(
        [
            NewAnnotation(
                added["latin"].uid,
                "prediction",
                "model-1",
                b'{"regions":[{"type":"span","id":"p1","label":"food","start":14,"end":23,'
                b'"text":"Lindenhof","score":0.75}],"answers":{"sentiment":"positive"}}',
                context=b'{"score":0.9}',
            ),
            NewAnnotation(
                added["han"].uid, "gold", "gold", b'{"answers":{"sentiment":"positive"}}'
            ),
        ]
    )
    project.sign_in("gold", kind="model")
    odd = b'{"type":"orb","id":"o1", "radius": 1.50,  "of":{"b":1,"a":[ ]}}'
    project.annotate(
        project.query.find("latin"),
        author="anna",
        value=b'{"regions":[{"type":"span","id":"s9","label":"food","start":25,"end":26,'
        b'"text":"\xf0\x9f\x8e\x82","attributes":{"sure":5},"hint":"new"},'
        + odd
        + b'],"answers":{"sentiment":"negative","why":"parking"}}',
        context=b'{"active_ms":1234}',
    )
    project.annotate(
        project.query.find("arabic"),
        author="anna",
        value=b"{}",
        status="skipped",
        reason="not my language",
    )
    project.annotate(
        project.query.find("arabic"), author="ben", value=b"{}", status="flagged", reason="names"
    )
    positive, negative = (
        b'{"answers":{"sentiment":"positive"}}',
        b'{"answers":{"sentiment":"negative","why":"cold"}}',
    )
    project.annotate(project.query.find("crlf"), author="anna", value=positive)
    project.annotate(project.query.find("crlf"), author="anna", value=negative)
    note = msgspec.json.encode({"answers": {"why": TEXTS["arabic"] * 2000}})
    project.annotate(project.query.find("family"), author="ben", value=note, status="open")
    drafted(project, "family", anna)
    project.put_medium("photos", "cam2/a.jpg", size=12, mime="image/jpeg", by="anna")

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.labeler"
        project.copy_to(copy)
        other = Project.open(copy)
        other.annotate(other.query.find("han"), author="ben", value=positive)
        other.close()
        project.annotate(project.query.find("han"), author=ben.handle, value=negative)
        project.merge(copy)
    assert project.check() == []
    project.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    made = Path(tempfile.mkdtemp()) / target.name
    make(made)
    shutil.copyfile(made, target)
