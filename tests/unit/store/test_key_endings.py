"""A key without its ending finds the tasks whose keys have one ending more, and no others."""

from __future__ import annotations

from made import text_task

from labeler.store import Project


def test_one_ending_more_and_nothing_else(project: Project) -> None:
    keys = [
        "a",
        "a.wav",
        "a.b.wav",
        "a/x.wav",
        "ab.wav",
        "A.wav",
        "a_.wav",
        "a%.wav",
        "a.mp3",
        "c/a.wav",
    ]
    run = project.bulk("texts", by="anna")
    run.tasks([text_task(key, f"text of {key}") for key in keys])
    assert run.with_ending("a") == ["a.mp3", "a.wav"]
    assert run.with_ending("a.b") == ["a.b.wav"]
    assert run.with_ending("c/a") == ["c/a.wav"]
    assert run.with_ending("a%") == ["a%.wav"]
    assert run.with_ending("c") == []
    assert run.with_ending("") == []


def test_tasks_of_another_queue_do_not_count(project: Project) -> None:
    config = project.queue("texts").config
    project.put_queue("more", config, panel="sentiment", title="More", by="anna")
    project.bulk("more", by="anna").tasks([text_task("a.wav", "one")])
    assert project.bulk("texts", by="anna").with_ending("a") == []
    assert project.bulk("more", by="anna").with_ending("a") == ["a.wav"]
