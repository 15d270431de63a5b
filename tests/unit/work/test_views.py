"""Saved views: kept whole, in order, under names of their own, for this person and project only."""

from __future__ import annotations

from pathlib import Path

import pytest

from labeler.model.finding import Filter, read_filter
from labeler.model.problems import Refusal
from labeler.work.views import SavedView, SavedViews

ONE, TWO = "1" * 32, "2" * 32


def view(name: str, text: str = "status:returned room", hidden: tuple[str, ...] = ()) -> SavedView:
    return SavedView(name, read_filter(text), hidden)


def names(views: SavedViews, project: str = ONE) -> list[str]:
    return [one.name for one in views.of(project)]


def test_views_come_back_as_they_were_kept_in_their_order(tmp_path: Path) -> None:
    kept = SavedViews(tmp_path / "views.json")
    first = kept.keep(ONE, view("  Zurück  heute ", hidden=("people",)))
    kept.keep(ONE, view("b", '-"took an hour" changed:>=2026-05-01'))
    kept.keep(TWO, view("other"))
    assert first.name == "Zurück heute"
    again = SavedViews(tmp_path / "views.json")
    assert again.of(ONE) == kept.of(ONE)
    assert names(again) == ["Zurück heute", "b"]
    assert again.view(ONE, "ZURÜCK HEUTE").hidden == ("people",)
    assert again.view(ONE, "b").asked == read_filter('-"took an hour" changed:>=2026-05-01')


def test_a_view_of_the_same_name_gives_way_in_its_place(tmp_path: Path) -> None:
    kept = SavedViews(tmp_path / "views.json")
    for name in ("a", "b", "c"):
        kept.keep(ONE, view(name))
    kept.keep(ONE, view("B", "other"))
    assert names(kept) == ["a", "B", "c"]
    assert kept.view(ONE, "b").asked == read_filter("other")


def test_views_are_renamed_moved_and_dropped() -> None:
    kept = SavedViews()
    for name in ("a", "b", "c"):
        kept.keep(ONE, view(name))
    kept.move(ONE, "c", -1)
    assert names(kept) == ["a", "c", "b"]
    kept.move(ONE, "a", 9)
    assert names(kept) == ["c", "b", "a"]
    kept.rename(ONE, "b", "Bee")
    kept.rename(ONE, "Bee", "BEE")
    assert names(kept) == ["c", "BEE", "a"]
    kept.drop(ONE, "c")
    assert names(kept) == ["BEE", "a"]


def test_names_that_mean_nothing_or_something_else_are_refused() -> None:
    kept = SavedViews()
    kept.keep(ONE, view("today"))
    kept.keep(ONE, view("a"))
    for call, code in (
        (lambda: kept.view(ONE, "todey"), "view_unknown"),
        (lambda: kept.keep(ONE, view(" ")), "view_name"),
        (lambda: kept.keep(ONE, view("x" * 81)), "view_name"),
        (lambda: kept.rename(ONE, "a", "TODAY"), "view_double"),
    ):
        with pytest.raises(Refusal) as refused:
            call()
        assert refused.value.problem.code == code
    assert names(kept) == ["today", "a"]


def test_what_another_process_keeps_is_seen_and_stays(tmp_path: Path) -> None:
    here, there = SavedViews(tmp_path / "views.json"), SavedViews(tmp_path / "views.json")
    here.keep(ONE, view("mine"))
    there.keep(ONE, view("theirs"))
    here.keep(TWO, view("more"))
    assert names(here) == ["mine", "theirs"]


def test_a_damaged_file_is_set_aside_and_counts_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "views.json"
    path.write_text('{"version": 1, "projects": [')
    kept = SavedViews(path)
    assert kept.of(ONE) == ()
    kept.keep(ONE, SavedView("new", Filter()))
    assert names(SavedViews(path)) == ["new"]
    assert (tmp_path / "views.broken-1.json").read_text() == '{"version": 1, "projects": ['
