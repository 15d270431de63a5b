"""What is said of a value beside it: why a task was flagged or skipped, how sure a model was."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from carried import Carrier

from labeler.plugins import Plugins
from labeler.store import Project
from labeler.work.seat import predictions_of

FORMS = {"text-jsonl": "out.jsonl", "text-csv": "out.csv", "text-tsv": "out.tsv"}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def again(fresh: Callable[[str], Project], plugins: Plugins, tmp_path: Path) -> Carrier:
    """Another project."""
    return Carrier(fresh("again"), plugins, tmp_path)


def annotations(carrier: Carrier, key: str) -> list[tuple[str, str, str]]:
    full = carrier.project.task(carrier.project.query.find(key))
    return [(one.layer, one.status, one.reason) for one in full.annotations]


def scores(carrier: Carrier, key: str) -> list[tuple[str, float | None]]:
    full = carrier.project.task(carrier.project.query.find(key))
    codec = carrier.plugins.codec("sentiment")
    return [(one.author, one.score) for one in predictions_of(full, codec)]


def test_the_reason_of_a_flag_comes_back(carrier: Carrier, again: Carrier, form: str) -> None:
    carrier.take(carrier.rows("in.jsonl", *({"id": key, "text": key} for key in "abc")))
    for key, status, reason in (("a", "flagged", "=SUM(1), „why“"), ("b", "skipped", "Not a text")):
        task = carrier.project.query.find(key)
        value = b'{"answers":{"sentiment":"positive"}}' if key == "a" else b"{}"
        carrier.project.annotate(task, author="anna", value=value, status=status, reason=reason)
    carrier.give(FORMS[form], form, source="all")
    report = again.take(carrier.folder / FORMS[form], form=form)
    assert (report.tasks, report.annotations, report.problems) == (3, 2, ())
    assert annotations(again, "a") == [("work", "flagged", "=SUM(1), „why“")]
    assert annotations(again, "b") == [("work", "skipped", "Not a text")]
    assert again.take(carrier.folder / FORMS[form], form=form).annotations == 0


def test_a_reason_of_somebody_elses_stays_with_the_task(carrier: Carrier) -> None:
    row = {"id": "a", "text": "a", "sentiment": "positive", "reason": "late delivery"}
    carrier.take(carrier.rows("in.jsonl", row))
    assert annotations(carrier, "a") == [("work", "submitted", "")]
    full = carrier.project.task(carrier.project.query.find("a"))
    assert full.meta == {"reason": "late delivery"}


def test_a_score_is_shown_with_its_prediction(carrier: Carrier, again: Carrier, form: str) -> None:
    row = {"id": "a", "text": "a", "sentiment": "positive"}
    carrier.take(
        carrier.rows("in.jsonl", {**row, "layer": "prediction", "by": "m1", "score": 0.75})
    )
    assert scores(carrier, "a") == [("m1", 0.75)]
    report = carrier.give(FORMS[form], form, source="predictions")
    assert report.dropped == {}
    again.take(carrier.folder / FORMS[form], form=form)
    assert scores(again, "a") == [("m1", 0.75)]
    full = again.project.task(again.project.query.find("a"))
    assert full.meta == {}


def test_rows_taken_as_predictions_bring_their_score(
    carrier: Carrier, again: Carrier, form: str
) -> None:
    header, row = "id,text,sentiment,score", "a,a,positive,0.5"
    name = carrier.written("in.csv", f"{header}\n{row}\n")
    carrier.take(name, form="text-csv", taken="predictions", by="m2")
    assert scores(carrier, "a") == [("m2", 0.5)]
    report = carrier.give(FORMS[form], form, source="predictions")
    assert report.dropped == {}, "the metadata says it already"
    again.take(carrier.folder / FORMS[form], form=form)
    assert scores(again, "a") == [("m2", 0.5)]


@pytest.mark.parametrize("score", ["4", "high", "-1", "nan", "1e400", "", "9" * 400])
def test_a_column_of_that_name_that_is_no_score_stays_with_the_task(
    carrier: Carrier, score: str
) -> None:
    name = carrier.written("in.csv", f"id,text,sentiment,score\na,a,positive,{score}\n")
    report = carrier.take(name, form="text-csv", taken="predictions", by="m2")
    assert (report.annotations, report.problems) == (1, ())
    assert scores(carrier, "a") == [("m2", None)]


def test_peoples_work_has_no_score(carrier: Carrier) -> None:
    row = {"id": "a", "text": "a", "sentiment": "positive", "score": 0.5}
    carrier.take(carrier.rows("in.jsonl", row))
    full = carrier.project.task(carrier.project.query.find("a"))
    assert full.annotations[0].context == b"{}"
    assert full.meta == {"score": 0.5}
