"""Searching from the command line: the language of the app, views of the app, an index where one is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typed import Shell

from labeler.model.finding import read_filter
from labeler.store import Project
from labeler.store.indexing import Indexing, index_folder
from labeler.work.views import SavedView, SavedViews, views_file


@pytest.fixture
def many(shell: Shell, project: Path) -> Path:
    value = json.dumps({"answers": {"sentiment": "negative"}})
    shell("annotate", project, "b", "--by", "anna", "--value", "-", stdin=value)
    return project


def keys(shell: Shell, project: Path, *words: str) -> list[str]:
    return [one["key"] for one in shell.json("tasks", project, *words)]


@pytest.mark.parametrize("index", [False, True])
def test_words_fields_and_phrases_find_tasks(shell: Shell, many: Path, index: bool) -> None:
    if index:
        shell("tasks", many, "--index", "--limit", "0")
    assert keys(shell, many, "--search", "day") == ["a", "b"]
    assert keys(shell, many, "--search", "day -good") == ["b"]
    assert keys(shell, many, "--search", '"bad day" sentiment:negative by:anna') == ["b"]
    assert keys(shell, many, "--search", "people:0 day", "--status", "open") == ["a"]


def test_an_index_is_made_where_it_is_asked_for_and_answers(shell: Shell, many: Path) -> None:
    opened = Project.open(many)
    index = Indexing(opened.file, index_folder())
    assert not index.exists
    keys(shell, many, "--search", "day")
    assert not index.exists, "nobody asked for one"
    shell("tasks", many, "--index", "--search", "day")
    assert index.state().ready
    index.close()
    opened.file.close()


def test_a_view_of_the_app_is_a_filter_here_too(shell: Shell, many: Path) -> None:
    opened = Project.open(many)
    uid = opened.uid.hex()
    opened.file.close()
    SavedViews(views_file()).keep(uid, SavedView("Bad days", read_filter("sentiment:negative")))
    assert keys(shell, many, "--view", "bad days") == ["b"]
    assert keys(shell, many, "--view", "bad days", "--search", "good") == []
    refused = shell("tasks", many, "--view", "bad day", code=2)
    assert refused.err == "there is no saved view 'bad day'; did you mean 'Bad days'?\n"


def test_tasks_are_sorted_by_a_column(shell: Shell, many: Path) -> None:
    assert keys(shell, many, "--search", "day", "--sort", "key:desc") == ["b", "a"]
    assert keys(shell, many, "--search", "day sort:key:desc", "--sort", "people") == ["a", "b"]
    assert keys(shell, many, "--search", "day sort:people:desc", "--limit", "1") == ["b"]
    refused = shell("tasks", many, "--sort", "people:down", code=2)
    assert "'down' is no value of sort" in refused.err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("status:opne", "'opne' is no value of status; did you mean 'open'? (letter 8)\n"),
        ("by:nobody", "nobody here is called 'nobody'\n"),
        ("x stauts:open", "did you mean 'status'? (letter 3); put it in quotes"),
    ],
)
def test_what_cannot_be_meant_is_one_line(shell: Shell, many: Path, text: str, line: str) -> None:
    refused = shell("tasks", many, "--search", text, code=2)
    assert line in refused.err
    assert refused.err.count("\n") == 1


def test_a_hand_out_takes_what_a_search_finds(shell: Shell, many: Path) -> None:
    search = ("--search", "day -bad", "--to", "ben", "--count", "9", "--queue", "sentiment")
    made = shell.json("handout", many, "out.labeler", *search)
    assert made["tasks"] == 1
    assert keys(shell, Path("out.labeler")) == ["a"]
