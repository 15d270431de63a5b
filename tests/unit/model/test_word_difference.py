"""Differences of texts: both texts can be read from the runs, and words are not torn apart."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from labeler.model.word_difference import Run, difference

TEXTS = st.text(alphabet="ab .é\u0301\n", max_size=30)


@given(TEXTS, TEXTS, st.booleans())
def test_both_texts_can_be_read_from_the_runs(before: str, after: str, letters: bool) -> None:
    runs = difference(before, after, letters=letters)
    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after
    assert all(run.text for run in runs)


def test_a_changed_word_is_changed_whole() -> None:
    assert difference("from Chicago", "from Chicane.") == (
        Run("same", "from "),
        Run("removed", "Chicago"),
        Run("added", "Chicane."),
    )


def test_a_figure_is_changed_whole() -> None:
    assert difference("at 0:17.769 s", "at 0:17.980 s") == (
        Run("same", "at "),
        Run("removed", "0:17.769"),
        Run("added", "0:17.980"),
        Run("same", " s"),
    )


def test_a_language_without_blanks_is_compared_sign_by_sign() -> None:
    assert difference("东京是首都", "北京是首都")[:2] == (Run("removed", "东"), Run("added", "北"))


def test_letters_show_what_changed_within_a_word() -> None:
    assert difference("color", "colour", letters=True) == (
        Run("same", "colo"),
        Run("added", "u"),
        Run("same", "r"),
    )


def test_words_that_changed_beside_each_other_are_one_change() -> None:
    runs = difference("the red car stopped", "the blue bus stopped")
    assert [(run.kind, run.text) for run in runs] == [
        ("same", "the "),
        ("removed", "red car"),
        ("added", "blue bus"),
        ("same", " stopped"),
    ]


def test_a_whole_book_that_changed_takes_no_time() -> None:
    began = time.process_time()
    runs = difference("a b " * 50_000, "c d " * 50_000)
    assert time.process_time() - began < 2
    assert {run.kind for run in runs} == {"removed", "added", "same"}
