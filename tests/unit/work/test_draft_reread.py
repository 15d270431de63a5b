"""A draft read again from the file is the one that was left: its beginning and its runs of steps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from labeler.model.codec import Codec
from labeler.model.queue import read_config
from labeler.model.value import Value
from labeler.store import Person, Project, TaskRow
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.work.draft import Draft

CONFIG = b"""{"questions": [{"id": "tone", "kind": "text"}, {"id": "note", "kind": "text"}]}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one text."""
    path = tmp_path_factory.mktemp("reread") / "made.labeler"
    project = Project.create(path, handle="anna")
    project.put_queue("texts", read_config(CONFIG), panel="texts", by="anna")
    content = msgspec.json.encode({"text": "gut"})
    project.bulk("texts", by="anna").tasks([NewTask("k", content, content_fingerprint(content))])
    project.close()
    return path


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of it, open."""
    path = tmp_path / "p.labeler"
    shutil.copyfile(made, path)
    opened = Project.open(path)
    yield opened
    opened.file.close()


class Place:
    """Anna's place at the only task: reads her draft anew, writes it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.person: Person = project.sign_in("anna")
        self.task: TaskRow = project.query.find("k")

    def draft(self) -> Draft:
        return Draft(self.project.open_draft(self.task, self.person), Codec({}))

    def write(self, draft: Draft, *, submit: bool = False) -> None:
        batch = draft.take_batch()
        assert batch is not None
        finished = (draft.value_json(), draft.status, draft.tree.reason, b"{}") if submit else None
        saved = batch.cursor if submit else batch.saved
        self.project.write_steps(
            self.task, self.person, draft.row, batch.steps, batch.cursor, saved, annotate=finished
        )


def test_what_is_undone_after_a_submit_stays_undone_when_other_steps_follow(
    project: Project,
) -> None:
    place = Place(project)
    draft = place.draft()
    draft.emit(Value().with_answer("tone", "dry"), "Tone")
    draft.set_status("submitted", "", "Submit")
    place.write(draft, submit=True)
    draft = place.draft()
    assert draft.undo() == "Submit"
    assert draft.undo() == "Tone"
    draft.emit(Value().with_answer("note", "short"), "Note")
    place.write(draft)
    again = place.draft()
    assert again.value == Value().with_answer("note", "short")
    assert again.undo() == "Note"
    assert again.value == Value()
    assert again.undo() is None


def test_typing_before_and_after_a_restart_is_undone_apart(project: Project) -> None:
    place = Place(project)
    draft = place.draft()
    draft.emit(Value().with_answer("note", "be"), "Type", "note")
    place.write(draft)
    again = place.draft()
    again.emit(Value().with_answer("note", "before"), "Type", "note")
    place.write(again)
    last = place.draft()
    assert last.undo() == "Type"
    assert last.value == Value().with_answer("note", "be")
    assert last.undo() == "Type"
    assert last.value == Value()
