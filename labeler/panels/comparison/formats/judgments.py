"""MT-bench judgments: a row that says which of two models' answers a judge found better.

A judge is a person (``"expert_12"``) or a model with the name of its prompt (``["gpt-4", "pair-v2"]``);
the winner is ``model_a`` or ``model_b`` (people) or told twice, with the answers in both orders, as
``g1_winner`` and ``g2_winner`` of ``model_1`` and ``model_2`` (github.com/lm-sys/FastChat, llm_judge).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from labeler.panels.comparison.formats.messages import Misfit
from labeler.panels.comparison.formats.votes import Vote

__all__ = ["Judgment", "judgment_of"]

_TIES = frozenset({"tie", "tie (inconsistent)"})
_BOTH_BAD = "tie (bothbad)"


class Judgment(NamedTuple):
    """One verdict on one turn. ``models`` are in order of their names, and ``vote`` is about these.

    ``layer`` is ``prediction`` where a model judged, ``work`` where a person did.
    """

    question: str
    turn: int
    models: tuple[str, str]
    vote: Vote
    judge: str
    layer: str


def judgment_of(row: Mapping[str, Any]) -> Judgment | None:
    """The judgment in a row, None where it is a score of a single answer; raises Misfit."""
    names = ("model_1", "model_2") if "model_1" in row else ("model_a", "model_b")
    if names[0] not in row and "score" in row:
        return None
    first, second = (_text(row, name) for name in names)
    if first == second:
        raise Misfit(names[1], "a model is not compared with itself")
    question = row.get("question_id")
    if not isinstance(question, int | str) or isinstance(question, bool):
        raise Misfit("question_id", "the id of a question is a number or a text")
    turn = row.get("turn", 1)
    if not isinstance(turn, int) or isinstance(turn, bool) or turn < 1:
        raise Misfit("turn", "a turn is a whole number from 1")
    vote = _vote(row, names)
    if first > second:
        first, second = second, first
        vote = {"first": "second", "second": "first"}.get(vote, vote)  # type: ignore[assignment]
    judge, layer = _judge(row)
    return Judgment(str(question), turn, (first, second), vote, judge, layer)


def _vote(row: Mapping[str, Any], names: tuple[str, str]) -> Vote:
    if "winner" in row:
        told = {row["winner"]} if isinstance(row["winner"], str) else set()
    else:
        told = {one for one in (row.get("g1_winner"), row.get("g2_winner")) if isinstance(one, str)}
    if not told or "error" in told:
        raise Misfit("winner", "the judge came to no verdict")
    if len(told) > 1 or told <= _TIES:
        return "tie"  # the judge changed its mind with the order of the answers
    winner = told.pop()
    if winner == _BOTH_BAD:
        return "tie_bad"
    if winner not in names:
        raise Misfit("winner", f"{winner[:40]!r} is none of {names[0]}, {names[1]}, tie")
    return "first" if winner == names[0] else "second"


def _judge(row: Mapping[str, Any]) -> tuple[str, str]:
    judge = row.get("judge")
    if isinstance(judge, list) and judge and isinstance(judge[0], str) and judge[0].strip():
        return judge[0], "prediction"
    if isinstance(judge, str) and judge.strip():
        return judge, "work"
    raise Misfit("judge", "the row does not say who judged")


def _text(row: Mapping[str, Any], name: str) -> str:
    text = row.get(name)
    if not isinstance(text, str) or not text:
        raise Misfit(name, "the name of a model is a text")
    return text
