"""What was preferred over what: the pairs of responses that an annotation says something about.

Never a pair for a tie, for what could not be judged, for a skip; every pair that is not made is
counted by its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from labeler.api import AnnotationOut, Json, QueueConfig, TaskOut
from labeler.panels.comparison.content import ComparisonContent, Response

__all__ = ["Pair", "PairMaker", "first_question"]

PAIR_QUESTION = "comparison.pair_question"
RANKING_PAIRS = "comparison.ranking_pairs"

Drop = Callable[..., None]


class Pair(NamedTuple):
    """One response that was preferred over another, by the answer to ``question``.

    ``margin`` is how much: the strength of a preference (1 slightly, 3 much), of a ranking the
    number of ranks between them.
    """

    chosen: Response
    rejected: Response
    margin: float
    question: str


def first_question(config: QueueConfig, kind: str, wanted: str = "") -> str:
    """The id of the queue's first question of a kind about the task; ``wanted`` where it is one."""
    found = [
        question.id
        for question in config.questions
        if question.__struct_config__.tag == kind
        and question.scope == "task"
        and not question.retired
    ]
    if wanted:
        return wanted if wanted in found else ""
    return found[0] if found else ""


class PairMaker:
    """Makes pairs of one queue's annotations; ``drop`` counts those that are not made.

    Pairs are made of the first preference question, with the setting ``comparison.ranking_pairs`` of
    the first ranking where a task has no preference; ``comparison.pair_question`` names another
    question of either kind. Reasons: the status of what was not submitted; ``no_answer``;
    ``tie_good``, ``tie_bad``, ``cannot_judge``; ``about_the_same`` (strength 0); ``not_two``
    (a preference where there are more responses or fewer); ``tied_ranks`` and ``unranked`` (pairs of
    a ranking); ``equal_texts``; ``part_unknown`` (a rank of no response).
    """

    def __init__(self, config: QueueConfig, settings: Mapping[str, Any], drop: Drop) -> None:
        wanted = str(settings.get(PAIR_QUESTION) or "")
        self._preference = first_question(config, "preference", wanted)
        self._ranking = ""
        if wanted or settings.get(RANKING_PAIRS):
            self._ranking = first_question(config, "ranking", wanted)
        self._drop = drop

    def pairs(self, task: TaskOut, annotation: AnnotationOut) -> Iterator[Pair]:
        """The pairs of one annotation."""
        content = task.content
        if not isinstance(content, ComparisonContent):
            self._drop("content_missing")
            return
        if annotation.status not in ("submitted", "accepted"):
            self._drop(annotation.status)
            return
        answers = annotation.value.answers
        preference = answers.get(self._preference)
        ranking = answers.get(self._ranking)
        if preference is not None:
            found = self._preferred(content, preference)
        elif isinstance(ranking, Mapping):
            found = self._ranked(content, ranking)
        else:
            self._drop("no_answer")
            return
        for pair in found:
            if _says(pair.chosen) == _says(pair.rejected):
                self._drop("equal_texts")
            else:
                yield pair

    def _preferred(self, content: ComparisonContent, answer: Json) -> Iterator[Pair]:
        kind = answer.get("kind") if isinstance(answer, Mapping) else None
        if kind in ("tie_good", "tie_bad", "cannot_judge"):
            self._drop(str(kind))
            return
        strength = answer.get("strength") if kind == "prefer" else None
        if not isinstance(strength, int) or isinstance(strength, bool):
            self._drop("no_answer")
        elif len(content.responses) != 2:
            self._drop("not_two")
        elif strength == 0:
            self._drop("about_the_same")
        else:
            first, second = content.responses
            better, worse = (first, second) if strength < 0 else (second, first)
            yield Pair(better, worse, float(abs(strength)), self._preference)

    def _ranked(self, content: ComparisonContent, ranks: Mapping[str, Json]) -> Iterator[Pair]:
        known = {response.id for response in content.responses}
        unknown = sum(1 for part in ranks if part not in known)
        if unknown:
            self._drop("part_unknown", unknown)
        for one, other in combinations(content.responses, 2):
            rank, beside = ranks.get(one.id), ranks.get(other.id)
            if not isinstance(rank, int) or not isinstance(beside, int):
                self._drop("unranked")
            elif rank == beside:
                self._drop("tied_ranks")
            else:
                better, worse = (one, other) if rank < beside else (other, one)
                yield Pair(better, worse, float(abs(rank - beside)), self._ranking)


def _says(response: Response) -> object:
    return [(turn.role, turn.text) for turn in response.turns] or response.text
