"""The public contract: names of commands and options, keys of JSON documents. Written by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest
from typed import Shell

from labeler import __version__
from labeler.__main__ import FIRST
from labeler.cli.main import command_group

CONTRACT: dict[str, tuple[list[str], set[str]]] = {
    "open": (["PROJECT"], {"--safe-mode"}),
    "demo": ([], {"--tour"}),
    "new": (["PROJECT"], {"--template"}),
    "templates": ([], {"--json"}),
    "import": (
        ["PROJECT", "SOURCE..."],
        {
            *("--format", "--queue", "--as", "--by", "--media"),
            *("--strict-labels", "--dry-run", "--json"),
        },
    ),
    "export": (["PROJECT", "TARGET"], {"--format", "--queue", "--source", "--by", "--json"}),
    "formats": ([], {"--json"}),
    "schema": (["PANEL", "WHAT"], set()),
    "info": (["PROJECT"], {"--json"}),
    "tasks": (
        ["PROJECT"],
        {"--queue", "--search", "--view", "--status", "--sort", "--limit", "--index", "--json"},
    ),
    "show": (["PROJECT", "TASK"], {"--queue", "--json"}),
    "next": (["PROJECT"], {"--by", "--queue", "--json"}),
    "annotate": (["PROJECT", "TASK"], {"--by", "--value", "--draft", "--queue", "--json"}),
    "queue": (["PROJECT", "NAME"], {"--panel", "--config", "--json"}),
    "people": (["PROJECT", "PERSON"], {"--role", "--by", "--json"}),
    "handout": (
        ["PROJECT", "OUT"],
        {"--to", "--queue", "--count", "--search", "--due", "--by", "--json"},
    ),
    "handouts": (["PROJECT"], {"--json"}),
    "recall": (["PROJECT", "HANDOUT"], {"--by"}),
    "merge": (["PROJECT", "OTHER..."], {"--json"}),
    "conflicts": (["PROJECT"], {"--json"}),
    "settle": (["PROJECT", "ENTITY"], {"--by", "--value"}),
    "check": (["PROJECT"], {"--json"}),
    "repair": (["PROJECT", "OUT"], {"--backup"}),
    "backup": (["PROJECT", "OUT"], set()),
    "plugins": ([], {"--json"}),
    "doctor": ([], {"--folder", "--json"}),
}
"""Arguments and options by command. ``--queue`` of show and annotate narrows a key."""

CHOICES = {
    ("import", "--as"): ["tasks", "annotations", "predictions", "gold"],
    ("import", "--media"): ["reference", "embed"],
    ("export", "--source"): [
        *("submitted", "accepted", "consensus", "gold", "predictions", "all"),
    ],
    ("people", "--role"): ["annotator", "reviewer", "coordinator"],
    ("tasks", "--status"): [
        *("open", "drafted", "returned", "flagged", "skipped", "submitted", "accepted", "missing"),
    ],
}


def commands() -> dict[str, click.Command]:
    group = command_group(FIRST, "open")
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def test_the_commands_are_those_of_the_contract() -> None:
    assert set(commands()) == set(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_a_command_has_the_arguments_and_options_of_the_contract(name: str) -> None:
    command = commands()[name]
    arguments, options = CONTRACT[name]
    context = click.Context(command, info_name=name)
    found = [p for p in command.params if isinstance(p, click.Argument)]
    assert [(p.metavar or p.name or "").upper() for p in found] == arguments
    named = {opt for p in command.params if isinstance(p, click.Option) for opt in p.opts}
    assert named == options
    assert command.get_help(context)
    assert all(p.help for p in command.params if isinstance(p, click.Option))
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice):
            wanted = CHOICES.get((name, parameter.opts[0]), ["content", "config", "value"])
            assert list(parameter.type.choices) == wanted


@pytest.mark.parametrize("name", CONTRACT)
def test_help_is_there_for_every_command(shell: Shell, name: str) -> None:
    said = shell(name, "--help")
    assert said.out.startswith("Usage: ")
    assert said.err == ""


def test_the_list_of_commands_shows_each_with_a_line(shell: Shell) -> None:
    out = shell("--help").out
    for name in CONTRACT:
        assert any(
            line.split()[:1] == [name] and len(line.split()) > 2 for line in out.splitlines()
        )


def test_the_version_is_one_line(shell: Shell) -> None:
    assert shell("--version").out.split()[-1] == __version__


def keys(tree: Any) -> Any:
    if isinstance(tree, list):
        return [keys(tree[0])] if tree else []
    return sorted(tree) if isinstance(tree, dict) else type(tree).__name__


def test_the_keys_of_every_document_are_those_of_the_contract(
    shell: Shell, copies: tuple[Path, Path]
) -> None:
    project, other = copies
    source = shell.rows("more.jsonl", {"id": "c", "text": "nice", "sentiment": "positive"})
    spoken = {
        "templates": shell.json("templates"),
        "import": shell.json("import", project, source, "--format", "text-jsonl"),
        "export": shell.json("export", project, "out.jsonl", "--format", "text-jsonl"),
        "formats": shell.json("formats"),
        "info": shell.json("info", project),
        "tasks": shell.json("tasks", project),
        "show": shell.json("show", project, "a"),
        "next": shell.json("next", project, "--by", "zoe"),
        "queue": shell.json("queue", project, "sentiment"),
        "merge": shell.json("merge", project, other, code=1),
        "conflicts": shell.json("conflicts", project),
        "check": shell.json("check", project),
        "handout": shell.json("handout", project, "out.labeler", "--to", "ben", "--count", "1"),
        "handouts": shell.json("handouts", project),
        "people": shell.json("people", project),
    }
    task = ["annotations", "content", "id", "key", "predictions", "queue", "status"]
    assert {name: keys(tree) for name, tree in spoken.items()} == {
        "templates": [["name", "panels", "title"]],
        "import": ["annotations", "problems", "skipped", "tasks"],
        "export": ["annotations", "dropped", "files", "tasks"],
        "formats": [["export", "extensions", "id", "import", "loses", "panel", "title"]],
        "info": ["annotations", "conflicts", "open", "people", "project", "queues", "tasks"],
        "tasks": [["annotations", "id", "key", "queue", "status"]],
        "show": task,
        "next": task,
        "queue": ["config", "name", "panel"],
        "merge": ["added", "conflicts", "files", "known", "problems", "quarantined"],
        "conflicts": [["entity", "kind", "task", "versions"]],
        "check": ["ok", "problems"],
        "handout": ["handout", "media", "tasks"],
        "handouts": [
            [
                *("by", "done", "due", "handout", "overdue"),
                *("queue", "recalled", "since", "tasks", "to"),
            ],
        ],
        "people": [["handle", "name", "roles"]],
    }
    assert keys(spoken["info"]["queues"]) == [["done", "name", "panel", "tasks"]]
    assert keys(spoken["show"]["annotations"]) == [["by", "context", "status", "value"]]
    assert keys(spoken["merge"]["files"]) == [["added", "file", "known", "quarantined", "whole"]]
    assert keys(spoken["conflicts"][0]["versions"]) == [["by", "value"]]
    config = spoken["queue"]["config"]
    assert set(config) >= {"labels", "questions", "guideline", "policy"}
    assert set(config["labels"][0]) >= {"id", "name", "colour", "key", "types"}
    wanted = {"id", "kind", "title", "required", "scope", "when", "choices"}
    assert set(config["questions"][0]) >= wanted
    assert set(config["questions"][0]["choices"][0]) >= {"id", "title", "key"}


def test_problems_have_a_place_a_code_and_a_sentence(shell: Shell, project: Path) -> None:
    source = shell.file("bad.jsonl", "{\n")
    told = shell.json("import", project, source, "--format", "text-jsonl", code=1)
    assert (told["tasks"], told["annotations"], told["skipped"]) == (0, 0, 1)
    (problem,) = told["problems"]
    assert set(problem) == {"where", "code", "message"}
    assert (problem["where"], problem["code"]) == ("bad.jsonl:1", "json_syntax")


def test_annotate_says_task_annotation_and_status(shell: Shell, project: Path) -> None:
    value = '{"answers": {"sentiment": "positive"}}'
    words = ("annotate", project, "a", "--by", "anna", "--value", "-")
    told = shell.json(*words, stdin=value)
    assert set(told) == {"task", "annotation", "status"}
    assert told["status"] == "submitted"
    assert shell.json("tasks", project)[0]["id"] == told["task"]
    assert shell.json(*words, "--draft", stdin='{"answers": {}}')["status"] == "drafted"
