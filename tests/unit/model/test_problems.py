"""Problems: the sentence, the place, and that saying it never fails."""

from __future__ import annotations

import string

import pytest

from labeler.model.problems import CATALOGUE, Problem, Refusal, nearest


def test_a_problem_says_what_and_where() -> None:
    problem = Problem(
        "label_unknown", "regions[3].label", {"label": "cta", "hint": "; did you mean 'cat'?"}
    )
    assert problem.message == "'cta' is not in the label set; did you mean 'cat'?"
    assert str(problem) == f"regions[3].label: {problem.message}"
    assert str(Problem("file_missing")) == "there is no such file"


def test_a_guests_problem_brings_its_sentence() -> None:
    problem = Problem(
        "tokens.late", "a.tok:3", {"token": "x"}, "the token {token!r} comes too late"
    )
    assert problem.template == "the token {token!r} comes too late"
    assert str(problem) == "a.tok:3: the token 'x' comes too late"
    assert Problem("tokens.unheard").message == "tokens.unheard"


@pytest.mark.parametrize(
    "text",
    ["a {b", "a {b}", "a {0}", "a {} {}", "a {label.x}", "a {label[x]}", "}", "{label:q}"],
)
def test_a_sentence_that_does_not_fit_its_figures_is_shown_as_it_is(text: str) -> None:
    problem = Problem("tokens.bad", "", {"label": "x"}, text)
    assert problem.message == text
    assert str(Refusal(problem)) == text


def test_a_refusal_carries_its_problem() -> None:
    refusal = Refusal.of("queue_unknown", "a.labeler", queue="cats", hint="")
    assert refusal.problem == Problem("queue_unknown", "a.labeler", {"queue": "cats", "hint": ""})
    assert str(refusal) == "a.labeler: there is no queue 'cats'"


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_sentence_can_be_filled_in_and_reads_as_one(code: str) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(CATALOGUE[code]) if name]
    message = Problem(code, "", dict.fromkeys(fields, 7)).message
    assert "{" not in message or code == "answer_invalid"
    assert message == message.strip()
    assert not message.endswith(".")


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("cta", ["cat", "dog"], "; did you mean 'cat'?"),
        ("xyz", ["cat", "dog"], ""),
        ("cat", [], ""),
        ("", ["cat"], ""),
    ],
)
def test_the_nearest_known_word_is_named(word: str, known: list[str], hint: str) -> None:
    assert nearest(word, known) == hint
