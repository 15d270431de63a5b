"""Make the golden files of the current format: a project with everything a file can hold.

    python tests/golden/make.py

Run once per format, when it is released; the files are then kept for ever and never made again. They
are ``1.0.labeler``, its native export ``1.0.jsonl``, and ``handouts/1.0.labeler``, a hand-out of it with
the bytes of a medium packed in. ``test_golden.py`` reads them with every build, ``test_format.py`` by
the written format alone.
"""

from __future__ import annotations

import io
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from labeler.model.codec import Codec
from labeler.model.ids import medium_fingerprint, person_uid
from labeler.model.json import canonical
from labeler.model.queue import Label, read_config
from labeler.model.regions import REGION_TYPES, Span
from labeler.store import Person, Project
from labeler.store.bodies import TaskBody, encode
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.store.media_rows import BlobPart, NewMedium, medium_digest
from labeler.store.oplog import EntityKind
from labeler.store.schema import FORMAT_NAME
from labeler.team.handout import HandoutWish, hand_out_through
from labeler.work.asks import here
from labeler.work.draft import Draft

HERE = Path(__file__).parent

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

EVERY_QUESTION = """{"questions": [
 {"id": "one", "kind": "choice", "choices": [{"id": "a"}, {"id": "b"}]},
 {"id": "some", "kind": "choices", "choices": [{"id": "a"}, {"id": "b"}], "maximum": 2},
 {"id": "how", "kind": "scale", "minimum": -3, "maximum": 3, "anchors": {"0": "neither"}},
 {"id": "many", "kind": "number", "unit": "m", "integer": true},
 {"id": "why", "kind": "text", "multiline": false, "prefill": "part", "scope": "part:response",
  "when": {"question": "how", "most": -1}},
 {"id": "better", "kind": "preference"},
 {"id": "order", "kind": "ranking", "fewest": 2, "when": {"all": [{"question": "one", "in": ["a"]},
  {"not": {"question": "many", "least": 3, "most": 9.5}}, {"any": [{"question": "some",
  "answered": true}]}]}},
 {"id": "rows", "kind": "records", "columns": [{"id": "what", "kind": "choice",
  "choices": [{"id": "x"}]}, {"id": "n", "kind": "number"}, {"id": "ok", "kind": "check"},
  {"id": "day", "kind": "date"}, {"id": "where", "kind": "url"}, {"id": "note"}]},
 {"id": "talk", "kind": "turns", "roles": ["user", "assistant", "system"], "retired": true}]}"""

EVERY_REGION = b"""{"regions":[
 {"type":"box","id":"b","on":"i1","x":-3.5,"y":0,"width":12,"height":8,"rotation":359.5,"score":0.5,
  "origin":"import","extra":{"iscrowd":1},"attributes":{"one":"a"}},
 {"type":"polygon","id":"p","rings":[[[0,0],[9,0],[9,8.5]],[[1,1],[2,1],[2,2]]]},
 {"type":"mask","id":"m","x":4,"width":3,"height":2,"counts":[1,2,2,1]},
 {"type":"keypoints","id":"k","points":[{"name":"nose","x":1.25,"visibility":1}]},
 {"type":"track","id":"t","keyframes":[{"at":0,"shape":{"type":"box","x":1,"y":2,"width":3,
  "height":4}},{"at":25,"occluded":true,"hold":true},{"at":60,"outside":true}]},
 {"type":"segment","id":"s","start":1200000,"end":2750000,"speaker":"A","text":"guten Morgen",
  "words":[{"id":"w1","start":1200000,"end":1800000,"text":"guten","score":0.91}]},
 {"type":"point","id":"c","at":2800000,"text":"door"},
 {"type":"span","id":"x","on":"r1","start":3,"end":9,"text":"slowly"},
 {"type":"lines","id":"l","start":3,"end":5,"text":"off by one"},
 {"type":"aspect","id":"a","category":"SERVICE#SPEED","polarity":"negative"},
 {"type":"claim","id":"d","start":10,"end":42,"verdict":"supported","sources":[{"id":"q1",
  "url":"https://example.org/a","quote":"on the river","date":"2026-05-14"}]},
 {"type":"relation","id":"r","from":"a","to":"x","label":"opinion"}],
 "answers":{"one":"a","some":["a","b"],"how":-2,"many":12,"why":{"per":{"r1":"short"}},
  "better":{"kind":"prefer","strength":-2},"order":{"r1":1,"r2":1,"r3":2},
  "rows":[{"what":"x","n":1.5,"ok":true,"day":"2026-05-14"}],
  "talk":[{"id":"t1","parent":null,"role":"user","text":"?"}]}}"""

TEXTS = {
    "latin": "We booked the Lindenhof. 🎂 Parking is hopeless.",
    "arabic": "الطعام لذيذ والخدمة بطيئة",
    "crlf": "First line\r\nsecond e\u0301clair",
    "han": "部屋から海が見えて",
    "family": "👨‍👩‍👧‍👦 all nine of us",
}
POSITIVE = b'{"answers":{"sentiment":"positive"}}'
NEGATIVE = b'{"answers":{"sentiment":"negative","why":"cold"}}'
PICTURE, OTHER_PICTURE = bytes(range(256)) * 5000, b"another picture under the same name"


def task(key: str | None, text: str) -> NewTask:
    """A task with a text."""
    content = msgspec.json.encode({"text": text})
    return NewTask(key, content, content_fingerprint(content), b'{"lang":"x","n":1.50}', "t.jsonl")


def write(project: Project, key: str, person: Person, draft: Draft, **how: Any) -> None:
    """Write what a draft has to be written."""
    batch = draft.take_batch()
    assert batch is not None
    row = project.query.find(key)
    steps = (batch.steps, batch.cursor, batch.saved)
    project.write_steps(row, person, draft.row, *steps, **how)


def draft_of(project: Project, key: str, person: Person, **where: Any) -> Draft:
    """A person's draft of a task."""
    return Draft(project.open_draft(project.query.find(key), person, **where), Codec(REGION_TYPES))


def drafted(project: Project, key: str, person: Person) -> None:
    """A draft with a branch that an undo hid, and a step a redo would do."""
    draft = draft_of(project, key, person)
    draft.emit(draft.value.with_answer("sentiment", "positive"), "Positive")
    draft.undo()
    draft.emit(draft.value.with_answer("sentiment", "negative"), "Negative")
    draft.emit(draft.value.with_region(Span(id="s1", start=0, end=2, text="👨\u200d")), "Add span")
    draft.emit(draft.value.with_answer("why", "slow " * 40), "Type", "why")
    draft.undo()
    write(project, key, person, draft)


def long_draft(project: Project, key: str, person: Person) -> None:
    """A draft of so many steps that its value lies beside one of them."""
    draft = draft_of(project, key, person)
    text = ""
    for number in range(1001):
        text += chr(97 + number % 26)
        draft.emit(draft.value.with_answer("why", text), "Type")
    write(project, key, person, draft)


def apart(
    project: Project, there: Callable[[Project], None], here: Callable[[Project], None]
) -> None:
    """Something happens in a copy and something here, then the copy is merged."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.labeler"
        project.copy_to(copy)
        other = Project.open(copy)
        there(other)
        other.close()
        here(project)
        project.merge(copy)


def say(key: str, author: str, value: bytes, **how: Any) -> Callable[[Project], None]:
    """That an author says something of a task."""

    def said(project: Project) -> None:
        project.annotate(project.query.find(key), author=author, value=value, **how)

    return said


def deletes(key: str, author: str) -> Callable[[Project], None]:
    """That an author's annotation is deleted."""

    def said(project: Project) -> None:
        project.delete_annotation(project.query.find(key), author=author)

    return said


def configured(queue: str = "sentiment", **changes: Any) -> Callable[[Project], None]:
    """That a queue is configured otherwise."""

    def said(project: Project) -> None:
        row = project.queue(queue)
        config = msgspec.structs.replace(row.config, **changes)
        project.put_queue(queue, config, panel=row.panel, title=row.title, by="anna")

    return said


def content_is(key: str, text: str) -> Callable[[Project], None]:
    """That a task has another content."""

    def said(project: Project) -> None:
        row = project.query.find(key)
        content = msgspec.Raw(msgspec.json.encode({"text": text}))
        body = encode(TaskBody(queue=row.queue, key=row.key, content=content, order=row.order))
        person = person_uid(project.uid, "anna").hex()
        project._change(person, bytes.fromhex(row.id), EntityKind.TASK, body)

    return said


def pictured(raw: bytes, name: str) -> Callable[[Project], None]:
    """That the project takes in a picture, and a task that shows it."""

    def said(project: Project) -> None:
        hasher = medium_digest()
        hasher.update(raw)
        size = len(raw)
        middle = raw[max(0, (size - 4096) // 2) :][:4096]
        print_ = medium_fingerprint(size, raw[:4096], middle, raw[-4096:])
        parts = [raw[at : at + (1 << 20)] for at in range(0, size, 1 << 20)]
        numbered = [BlobPart(hasher.digest(), n, part) for n, part in enumerate(parts)]
        project.media.put_parts([*numbered[1:], numbered[0]])
        medium = NewMedium("photos", name, size, "image/jpeg", print_, hasher.digest())
        content = msgspec.json.encode(
            {"image": {"path": name, "root": "photos", "embedded": True}, "width": 4, "height": 3}
        )
        shown = NewTask(name, content, print_, of_medium=True)
        project.bulk("everything", by="anna").add([shown], [medium])

    return said


def make(path: Path, handed: Path) -> None:
    """Make the project and, beside it, a hand-out of it."""
    title = f"Golden {FORMAT_NAME}"
    project = Project.create(path, title=title, handle="Anna", name="Anna Brandt")
    project.put_queue(
        "sentiment", read_config(CONFIG.encode()), panel="sentiment", title="Texte", by="anna"
    )
    project.put_queue("orbs", read_config(b"{}"), panel="orbs", by="anna")
    project.put_queue("everything", read_config(EVERY_QUESTION.encode()), panel="boxes", by="anna")
    anna, ben = project.sign_in("anna"), project.sign_in("ben", "Ben O’Neill")
    project.sign_in("model-1", kind="model")
    work(project, anna, ben)
    media(project)
    layers(project, anna, ben)
    conflicts(project)
    travelling_drafts(project, anna, ben)
    set_aside(project)
    redacted(project)
    handed_out(project, handed)
    assert {one.code for one in project.check()} == {"change_set_aside"}
    project.close()


def work(project: Project, anna: Person, ben: Person) -> None:
    """Tasks, what people and models said of them, drafts."""
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
    value = (
        b'{"regions":[{"type":"span","id":"s9","label":"food","start":25,"end":26,'
        b'"text":"\xf0\x9f\x8e\x82","attributes":{"sure":5},"hint":"new"},'
        + odd
        + b'],"answers":{"sentiment":"negative","why":"parking"}}'
    )
    say("latin", "anna", value, context=b'{"active_ms":1234}')(project)
    say("arabic", "anna", b"{}", status="skipped", reason="not my language")(project)
    say("arabic", "ben", b"{}", status="flagged", reason="names")(project)
    say("crlf", "anna", POSITIVE)(project)
    say("crlf", "anna", NEGATIVE)(project)
    say("crlf", "anna", POSITIVE, round_=1)(project)
    letters = "".join(f"{n * n % 9973:x}" for n in range(30_000))
    note = msgspec.json.encode({"answers": {"why": TEXTS["arabic"] * 2000 + letters}})
    say("family", "ben", note, status="open")(project)
    drafted(project, "family", anna)
    long_draft(project, "latin", ben)


def media(project: Project) -> None:
    """One picture by reference, one taken in, and every type of region on it."""
    project.put_medium("photos", "cam2/a.jpg", size=12, mime="image/jpeg", by="anna")
    pictured(PICTURE, "cam1/b.jpg")(project)
    say("cam1/b.jpg", "anna", EVERY_REGION)(project)


def layers(project: Project, anna: Person, ben: Person) -> None:
    """What is said about annotations, and a review that was only begun."""
    row = project.query.find("crlf")
    mine = next(one for one in project.task(row).annotations if one.layer == "work")
    carla = project.sign_in("carla")
    for author, word in (("ben", "accepted"), ("carla", "returned")):
        value = b'{"answers":{"note":"%s"}}' % word.encode()
        say("crlf", author, value, layer="review", about=mine.id, status=word)(project)
    say("crlf", "carla", NEGATIVE, layer="adjudication")(project)
    project.sign_in("majority", kind="model")
    say("crlf", "majority", NEGATIVE, layer="consensus")(project)
    draft = draft_of(project, "crlf", carla, layer="review", about=mine.id, round_=1)
    draft.emit(draft.value.with_answer("note", "once more"), "Type")
    write(project, "crlf", carla, draft)


def conflicts(project: Project) -> None:
    """One that was settled, one whose settlement was taken back, and one of each kind left open."""
    apart(project, say("crlf", "ben", POSITIVE), say("crlf", "ben", NEGATIVE))
    (one,) = project.conflicts()
    project.settle(one, NEGATIVE, by="carla", comment="The guideline, rule 1.")
    apart(project, say("arabic", "carla", POSITIVE), say("arabic", "carla", NEGATIVE))
    (one,) = project.conflicts()
    settled = project.settle(one, NEGATIVE, by="anna")
    project.unsettle(one.entity, settled, by="anna")
    apart(project, say("han", "ben", POSITIVE), say("han", "ben", NEGATIVE))
    say("han", "anna", POSITIVE)(project)
    apart(project, deletes("han", "anna"), say("han", "anna", NEGATIVE))
    say("han", "carla", POSITIVE)(project)
    deletes("han", "carla")(project)
    apart(project, configured("orbs", guideline="# Look"), configured("orbs", guideline="# Think"))
    staff = (Label("staff", "Staff", retired=True),)
    span = b'{"regions":[{"type":"span","id":"u1","label":"food","start":0,"end":1,"text":"x"}]}'
    apart(project, configured(labels=staff), say("family", "carla", span))
    policy = msgspec.structs.replace(project.queue("sentiment").config.policy, overlap=3)
    apart(project, configured(policy=policy), configured(settings={"size": 12}))
    apart(project, content_is("latin", "One."), content_is("latin", "Another."))
    apart(project, pictured(PICTURE[:9000], "cam1/c.jpg"), pictured(OTHER_PICTURE, "cam1/c.jpg"))
    project.bulk("sentiment", by="anna").tasks([task("later", "first"), task("later", "second")])


def travelling_drafts(project: Project, anna: Person, ben: Person) -> None:
    """Drafts that came along in a copy: one taken over, one left; and one lifted from loose steps."""

    def begins(key: str, person: str) -> Callable[[Project], None]:
        def said(there: Project) -> None:
            who = there.sign_in(person)
            draft = draft_of(there, key, who)
            draft.emit(draft.value.with_answer("sentiment", "positive"), "Positive")
            write(there, key, who, draft)

        return said

    def nothing(_here: Project) -> None:
        """Nothing happens here."""

    for key in ("han", "arabic"):
        project.sign_in("dora")
        apart(project, begins(key, "dora"), nothing)
        dora = project.sign_in("dora")
        (draft,) = project.drafts_offered(project.query.find(key), dora)
        if key == "han":
            begins(key, "dora")(project)
            project.adopt_draft(project.query.find(key), dora, draft)
        else:
            project.leave_draft(draft)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.labeler"
        project.copy_to(copy)
        other = Project.open(copy)
        begins("crlf", "dora")(other)
        other.file.close()  # as a program that was killed leaves it
        project.merge(copy)


def set_aside(project: Project) -> None:
    """A change in a copy that was altered afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.labeler"
        project.copy_to(copy)
        other = Project.open(copy)
        other.sign_in("eve", "Eve")
        other.close()
        connection = sqlite3.connect(copy)
        connection.execute("UPDATE op SET hlc=hlc+1 WHERE id=(SELECT max(id) FROM op)")
        connection.commit()
        connection.close()
        project.merge(copy)


def redacted(project: Project) -> None:
    """What somebody should not have written."""
    say("family", "dora", b'{"answers":{"why":"call 0171 555"}}')(project)
    said = project.task(project.query.find("family")).annotations
    (one,) = [found for found in said if found.author == "dora"]
    project.redact(one.id, by="anna", reason="a private number")


def handed_out(project: Project, handed: Path) -> None:
    """One hand-out that came back, one that was recalled, one that is out."""

    def opens(_ref: object) -> io.BytesIO:
        return io.BytesIO(b"twelve bytes")

    bulk = project.bulk("everything", by="anna")
    for number, key in enumerate(("cam2/a.jpg", "more-0", "more-1")):
        image = {"path": "cam2/a.jpg", "root": "photos"}
        shown = canonical({"image": image, "width": 4, "height": 3 + number})
        bulk.tasks([NewTask(key, shown, content_fingerprint(shown))])
    with tempfile.TemporaryDirectory() as folder:
        for key in ("cam2/a.jpg", "more-0", "more-1"):
            out = handed if key == "cam2/a.jpg" else Path(folder) / f"{key}.labeler"
            row = project.query.find(key)
            wish = HandoutWish("ben", "anna", "everything", tasks=(row.id,), due="2027-01-31")
            done = hand_out_through(here(project), out, wish, opens)
            if key == "more-0":
                project.recall(done.id, by="anna")
            if key == "more-1":
                other = Project.open(out)
                say(key, "ben", b'{"answers":{"one":"b"}}')(other)
                other.close()
                project.merge(out)


def main() -> None:
    """Make the files beside this one."""
    with tempfile.TemporaryDirectory() as folder:
        made, handed = Path(folder) / "made.labeler", Path(folder) / "handed.labeler"
        lines = Path(folder) / "made.jsonl"
        make(made, handed)
        export = [sys.executable, "-m", "labeler", "export", made, lines, "--format", "native"]
        done = subprocess.run(export, check=False)
        assert (
            done.returncode == 1
        )  # the bytes of the medium that is two are left out, and it says so
        (HERE / "handouts").mkdir(exist_ok=True)
        shutil.copyfile(made, HERE / f"{FORMAT_NAME}.labeler")
        shutil.copyfile(lines, HERE / f"{FORMAT_NAME}.jsonl")
        shutil.copyfile(handed, HERE / "handouts" / f"{FORMAT_NAME}.labeler")


if __name__ == "__main__":
    main()
