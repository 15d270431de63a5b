"""Names and titles, however long, are shown as something a window can measure."""

from __future__ import annotations

from pathlib import Path

from labeler.model.questions import Choice, TextQuestion
from labeler.model.queue import Label, QueueConfig
from labeler.store import Person, Project

LONG = "x" * 5_000_000


def test_a_name_of_megabytes_is_shown_short_wherever_one_is_shown(tmp_path: Path) -> None:
    named = [
        Label(id="l", name=LONG).title,
        TextQuestion(id="q", title=LONG).name,
        Choice(id="c", title=LONG).name,
        Person(uid="", handle="a", name=LONG).title,
    ]
    project = Project.create(tmp_path / "p.labeler", title=LONG, handle="a")
    project.put_queue("q", QueueConfig(), panel="p", title=LONG, by="a")
    named += [project.title, project.queue("q").title]
    project.file.close()
    assert [(len(one), set(one)) for one in named] == [(500, {"x"})] * 6


def test_a_name_a_person_would_give_is_shown_whole() -> None:
    title = "Wie sicher ist die Aussage, gemessen an allem, was im Text steht? " * 5
    assert TextQuestion(id="q", title=title).name == title
