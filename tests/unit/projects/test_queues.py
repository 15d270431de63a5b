"""What the shipped queues ask, and that one key never means two things in them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
MANIFESTS = [
    *sorted((ROOT / "projects" / "templates").glob("*/template.json")),
    ROOT / "projects" / "sample" / "sample.json",
]
# The single keys the app itself listens to while a task is open: flag, skip, accept, reject, go to.
GLOBAL_KEYS = set("FSAXG")
# Okabe and Ito's palette in the order the look takes it (jfly.uni-koeln.de/color).
OKABE_ITO = [
    "#E69F00", "#56B4E9", "#009E73", "#F0E442",
    "#0072B2", "#D55E00", "#CC79A7", "#000000",
]  # fmt: skip
KINDS = {
    "choice", "choices", "scale", "number", "text",
    "preference", "ranking", "records", "turns",
}  # fmt: skip


@pytest.fixture(params=MANIFESTS, ids=lambda path: path.parent.name)
def manifest_path(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def manifest(manifest_path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(manifest_path.read_text(encoding="utf-8"))
    content["queues"] = [_whole(queue) for queue in content["queues"]]
    return content


def _whole(queue: dict[str, Any]) -> dict[str, Any]:
    """The queue with what another template says of it, where it is one of that."""
    if "template" not in queue:
        return queue
    other = ROOT / "projects" / "templates" / queue["template"]
    told = json.loads((other / "template.json").read_text(encoding="utf-8"))["queues"]
    there = next((one for one in told if one["name"] == queue.get("name")), told[0])
    there["guideline"] = str(other / there["guideline"])
    return {**there, **{key: one for key, one in queue.items() if key != "template"}}


def _choices(queue: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for question in queue["questions"]:
        yield from question.get("choices", [])


def _queues(manifest: dict[str, Any], panel: str) -> list[dict[str, Any]]:
    return [queue for queue in manifest["queues"] if queue["panel"] == panel]


def _questions_in(condition: dict[str, Any]) -> Iterator[str]:
    if "question" in condition:
        yield condition["question"]
    for part in [*condition.get("all", []), *condition.get("any", [])]:
        yield from _questions_in(part)
    if "not" in condition:
        yield from _questions_in(condition["not"])


def test_a_manifest_has_exactly_the_fields_of_the_format(
    manifest: dict[str, Any], manifest_path: Path
) -> None:
    wanted = {"name", "title", "description", "icon", "order", "queues"}
    if manifest_path.name == "sample.json":
        wanted.add("sources")
    assert set(manifest) == wanted
    assert isinstance(manifest["order"], int)
    for queue in manifest["queues"]:
        assert set(queue) == {
            "name", "title", "panel", "guideline", "labels", "questions", "policy",
        }  # fmt: skip
        for label in queue["labels"]:
            assert set(label) == {"id", "name", "colour", "key", "types"}


def test_a_template_is_named_like_its_folder(manifest: dict[str, Any], manifest_path: Path) -> None:
    assert manifest["name"] == manifest_path.parent.name


def test_a_queue_has_its_guideline_beside_it(manifest: dict[str, Any], manifest_path: Path) -> None:
    for queue in manifest["queues"]:
        assert (manifest_path.parent / queue["guideline"]).is_file()


def test_no_key_means_two_things(manifest: dict[str, Any]) -> None:
    for queue in manifest["queues"]:
        labels = [label["key"].upper() for label in queue["labels"]]
        choices = [choice["key"].upper() for choice in _choices(queue)]
        keys = labels + choices
        assert len(keys) == len(set(keys))
        assert all(len(key) == 1 for key in keys)
        assert not GLOBAL_KEYS & set(keys)
        # Where one label after the other is given, as to boxes, they have the digits.
        given = choices if queue["panel"] == "boxes" else labels
        assert not any(key.isdigit() for key in given), "digits belong to what is pressed most"


def test_ids_are_unique_in_a_queue(manifest: dict[str, Any]) -> None:
    for queue in manifest["queues"]:
        for ids in (
            [label["id"] for label in queue["labels"]],
            [question["id"] for question in queue["questions"]],
            *([c["id"] for c in q["choices"]] for q in queue["questions"] if "choices" in q),
        ):
            assert len(ids) == len(set(ids))


def test_labels_take_the_palette_in_its_order(manifest: dict[str, Any]) -> None:
    for queue in manifest["queues"]:
        colours = [label["colour"] for label in queue["labels"]]
        assert colours == OKABE_ITO[: len(colours)]


def test_questions_are_of_a_known_kind_and_scope(manifest: dict[str, Any]) -> None:
    for queue in manifest["queues"]:
        for question in queue["questions"]:
            assert question["kind"] in KINDS
            assert question["title"]
            assert re.fullmatch(r"task|region|part:[a-z]+", question.get("scope", "task"))
            if question["kind"] in ("choice", "choices"):
                assert question["choices"]


def test_a_scale_has_points_and_named_ends(manifest: dict[str, Any]) -> None:
    for queue in manifest["queues"]:
        for question in queue["questions"]:
            if question["kind"] == "scale":
                span = question["maximum"] - question["minimum"]
                assert span > 0
                assert span % question["step"] == 0
                assert question["low"]
                assert question["high"]


def test_a_condition_names_a_question_asked_before(manifest: dict[str, Any]) -> None:
    for queue in manifest["queues"]:
        asked: set[str] = set()
        for question in queue["questions"]:
            assert asked.issuperset(_questions_in(question.get("when", {})))
            asked.add(question["id"])


def test_sentiment_is_asked_of_every_text_with_the_ids_other_programs_know(
    manifest: dict[str, Any],
) -> None:
    for queue in _queues(manifest, "sentiment"):
        sentiment = next(one for one in queue["questions"] if one["id"] == "sentiment")
        assert sentiment["kind"] == "choice"
        assert sentiment["required"] is True
        assert sentiment["scope"] == "task"
        assert "when" not in sentiment
        assert [(one["id"], one["key"]) for one in sentiment["choices"]] == [
            ("positive", "1"),
            ("neutral", "2"),
            ("negative", "3"),
        ]


def test_a_pair_is_judged_and_more_are_ranked_and_both_have_a_reason(
    manifest: dict[str, Any],
) -> None:
    for queue in _queues(manifest, "comparison"):
        asked = {one["id"]: one for one in queue["questions"]}
        preference, ranking = asked["preference"], asked["ranking"]
        assert (preference["kind"], preference["fewest"], preference["most"]) == (
            "preference",
            2,
            2,
        )
        assert (ranking["kind"], ranking["fewest"], "most" in ranking) == ("ranking", 3, False)
        justification = asked["justification"]
        assert justification["kind"] == "text"
        assert justification["minimum"] >= 20
        assert set(_questions_in(justification["when"])) == {"preference", "ranking"}
        assert all(asked[one]["required"] for one in ("preference", "ranking", "justification"))


def test_one_key_goes_on_because_nothing_else_is_required(manifest: dict[str, Any]) -> None:
    for queue in manifest["queues"]:
        if queue["policy"]["auto_advance"]:
            assert [one["id"] for one in queue["questions"] if one.get("required")] == ["sentiment"]


def test_rules_a_question_points_to_are_in_the_guideline(
    manifest: dict[str, Any], manifest_path: Path
) -> None:
    for queue in manifest["queues"]:
        guideline = (manifest_path.parent / queue["guideline"]).read_text(encoding="utf-8")
        rules = set(re.findall(r"^##+ ([0-9.]+) ", guideline, re.MULTILINE))
        for question in queue["questions"]:
            # Not in words: the rule is what the book beside the title opens.
            assert question["rule"] in rules
            assert "rule" not in question["help"]


def test_a_guideline_prints_the_keys_of_its_queue(
    manifest: dict[str, Any], manifest_path: Path
) -> None:
    for queue in manifest["queues"]:
        guideline = (manifest_path.parent / queue["guideline"]).read_text(encoding="utf-8")
        for label in queue["labels"]:
            assert f"| {label['name']} | `{label['key']}` |" in guideline
        for choice in _choices(queue):
            in_table = f"| {choice['title']} | `{choice['key']}` |"
            in_heading = f" {choice['title']} `{choice['key']}`\n"
            assert in_table in guideline or in_heading in guideline
