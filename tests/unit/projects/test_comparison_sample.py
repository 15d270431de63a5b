"""What the sample's comparisons promise: something of every kind, and values that fit the template."""

import json
from pathlib import Path
from typing import Any

import pytest

from labeler.api import Opaque, Part, Problem, QueueConfig, ReadOptions, TaskIn
from labeler.exchange.names import Names
from labeler.exchange.templates import template_named
from labeler.model.checks import missing_answers, value_problems
from labeler.model.codec import Codec
from labeler.panels.comparison.content import ComparisonContent
from labeler.panels.comparison.formats import ResponsesFormat
from labeler.panels.comparison.task import ComparisonTask

FOLDER = Path(__file__).resolve().parents[3] / "projects" / "sample" / "comparison"
TASK = ComparisonTask()


@pytest.fixture(scope="module")
def config() -> QueueConfig:
    return template_named("comparison").configs()["comparison"]


def read(name: str, config: QueueConfig) -> list[TaskIn]:
    found = list(ResponsesFormat().read(FOLDER / name, ReadOptions(config)))
    assert [one for one in found if isinstance(one, Problem)] == []
    return [one for one in found if isinstance(one, TaskIn)]


@pytest.fixture(scope="module")
def contents(config: QueueConfig) -> dict[str, ComparisonContent]:
    made: dict[str, ComparisonContent] = {}
    for one in read("tasks.jsonl", config):
        assert isinstance(one.content, ComparisonContent)
        made[str(one.key)] = one.content
    return made


def texts(content: ComparisonContent) -> list[str]:
    return [part.text or "" for part in content.parts() if part.kind == "response"]


def test_there_are_pairs_more_than_two_and_conversations(
    contents: dict[str, ComparisonContent],
) -> None:
    counts = [len(content.responses) for content in contents.values()]
    assert len(counts) >= 5
    assert {2, 3, 4} <= set(counts)
    assert any(len(content.turns) > 2 for content in contents.values())
    assert any(turn.role == "system" for one in contents.values() for turn in one.turns)
    assert any(response.turns for one in contents.values() for response in one.responses)


def test_there_are_a_table_code_and_a_formula_another_script_and_hostile_text(
    contents: dict[str, ComparisonContent],
) -> None:
    together = "\n".join(text for content in contents.values() for text in texts(content))
    for sign in ("|---|", "```python", r"\frac", "<script>", "javascript:", "الشاي", "Grüßen"):
        assert sign in together


def test_no_response_tells_a_model_and_no_file_names_one(
    contents: dict[str, ComparisonContent],
) -> None:
    assert all(not content.models for content in contents.values())


def test_nothing_remote_is_named_but_addresses_that_lead_nowhere() -> None:
    together = (FOLDER / "tasks.jsonl").read_text(encoding="utf-8")
    for at in range(len(together)):
        if together.startswith("://", at):
            host = together[at + 3 :].split("/")[0]
            assert host.endswith((".invalid", "example.org")), host


@pytest.mark.parametrize("name", ["gold.jsonl", "predictions.jsonl"])
def test_values_fit_their_tasks_and_the_template(
    name: str, contents: dict[str, ComparisonContent], config: QueueConfig
) -> None:
    codec = Codec({one.type_name(): one for one in TASK.region_types})
    names = Names(config)
    rows = read(name, config)
    assert len(rows) >= 2
    for row in rows:
        content = contents[str(row.key)]
        parts: tuple[Part, ...] = content.parts()
        [annotation] = row.annotations
        value = codec.read(names.to_ids(annotation.value), str(row.key), row.where)
        assert not any(isinstance(region, Opaque) for region in value.regions)
        told = [
            *value_problems(value, config, parts),
            *missing_answers(value, config, parts),
            *TASK.check(content, value, config),
        ]
        assert [str(problem) for problem in told] == []


def test_some_prediction_is_contradicted_by_a_person_s_reading() -> None:
    # The longer answer about bread advises the fridge, which makes bread stale fastest.
    rows: list[dict[str, Any]] = [
        json.loads(line)
        for line in (FOLDER / "predictions.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    said = {row["id"]: row.get("preference", {}).get("strength") for row in rows}
    assert said["table-bread"] > 0  # the second response, which a person would not prefer
    assert said["code-duplicates"] < 0
