"""An order given beside the parts themselves, with the same rules as in the question's own list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labeler.api import Json, QueueConfig, Value
from labeler.kit.form import ranks
from labeler.kit.form.words import answer_label
from labeler.model.questions import RankingQuestion

__all__ = ["Ordering", "ranking_of"]


def ranking_of(config: QueueConfig, kind: str, count: int) -> RankingQuestion | None:
    """The first question that asks for an order of so many parts of a kind, or None."""
    for question in config.questions:
        if isinstance(question, RankingQuestion) and question.part == kind:
            if question.scope == "task" and question.has_parts([kind] * count):
                return question
    return None


class Ordering:
    """The answer to a ranking question as groups, and the answers that follow from acts on it.

    ``typed`` remembers the ranks given one after the other; it outlives this.
    """

    def __init__(
        self, question: RankingQuestion, value: Value, shown: Sequence[str], typed: ranks.Typed
    ) -> None:
        self._typed = typed
        self.question = question
        self._value = value
        self._shown = tuple(shown)
        self._answer: Json = value.answers.get(question.id)

    @property
    def given(self) -> bool:
        """Whether an order was given, if only by confirming the one shown."""
        return bool(ranks.groups_of(self._answer, self._shown)[0])

    def shown_ranks(self) -> Mapping[str, int]:
        """The rank of each part as people count; none where no order was given."""
        return ranks.shown_ranks(ranks.groups_of(self._answer, self._shown)[0])

    @property
    def label(self) -> str:
        """The step's name for undo."""
        return answer_label(self.question, "", False)

    def _groups(self, part: str) -> ranks.Groups:
        groups, absent = ranks.groups_of(self._answer, self._shown)
        if not groups:
            return tuple((one,) for one in self._shown)
        return (*groups, (part,)) if part in absent else groups

    def placed(self, part: str, rank: int) -> Value:
        """The value with the part at this rank."""
        groups, ties = self._groups(part), self.question.ties
        return self._with(self._typed.rank(groups, part, rank, ties=ties, shown=self._shown))

    def moved(self, part: str, step: int) -> Value:
        """The value with the part one up or down."""
        return self._with(ranks.move(self._groups(part), part, step))

    def joined(self, part: str) -> Value:
        """The value with the part tied with what is above it, or out of its tie."""
        groups = self._groups(part)
        tied = any(part in group and len(group) > 1 for group in groups)
        return self._with((ranks.split if tied else ranks.join_above)(groups, part))

    def kept(self) -> Value:
        """The value with the order as it is shown, where none was given."""
        if self.given:
            return self._value
        return self._with(tuple((one,) for one in self._shown))

    def _with(self, groups: ranks.Groups) -> Value:
        answer = ranks.answer_of(groups)
        if answer == self._answer:
            return self._value
        return self._value.with_answer(self.question.id, answer)
