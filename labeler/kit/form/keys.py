"""Which single key gives which answer: dealt once for a set of questions, so hands can learn it.

A choice's own key comes first. Then single choices take digits, several choices and preferences
that find no digits take letters in the order of the keyboard's rows, and scales take what is left
if it lies in one run. A text gets a letter that leads into it, the last in the rows that is left: so it
is the same whether a task is asked all the questions of its queue or a few. A key is never dealt twice,
and never one that is reserved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from labeler.api import Question
from labeler.model.questions import (
    ChoiceQuestion,
    ChoicesQuestion,
    PreferenceQuestion,
    RankingQuestion,
    ScaleQuestion,
    TextQuestion,
)

__all__ = ["TIES", "deal_keys", "key_of", "keys_wanted"]

DIGITS = "1234567890"
ROWS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
RANKS = 9
"""Ranks that are given with a digit."""
TIES = 3
"""Both good, both bad, cannot judge: the keys of a preference after its strengths."""


def keys_wanted(question: Question) -> int:
    """How many keys the question has use for."""
    match question:
        case ChoiceQuestion() | ChoicesQuestion():
            return len(question.choices)
        case ScaleQuestion():
            return len(question.points())
        case PreferenceQuestion() if question.strongest == 1:
            return 1  # it goes through the answers
        case PreferenceQuestion():
            return 2 * question.strongest + 1 + TIES
        case RankingQuestion():
            return RANKS
        case TextQuestion():
            return 1  # it leads into the text
        case _:
            return 0


def deal_keys(
    questions: Sequence[Question], reserved: Collection[str] = ()
) -> Mapping[str, tuple[str, ...]]:
    """Keys by question id, one per answer in the order shown, ``""`` where an answer has none.

    Keys are single upper-case letters or digits (a choice's own key is taken as it is, upper-case).
    """
    taken = {key.upper() for key in reserved}
    dealt: dict[str, tuple[str, ...]] = {}
    for question in questions:
        # A rank is its own key, and nothing else can be.
        if isinstance(question, RankingQuestion) and not taken & set(DIGITS[:RANKS]):
            dealt[question.id] = tuple(DIGITS[:RANKS])
            taken.update(DIGITS)
    for question in questions:
        if isinstance(question, ChoiceQuestion | ChoicesQuestion):
            own = _own_keys(question, taken)
            if any(own):
                dealt[question.id] = own
    for kinds in (
        (ChoiceQuestion, PreferenceQuestion),
        (ChoicesQuestion,),
        (ScaleQuestion,),
        (TextQuestion,),
    ):
        for question in sorted(questions, key=_is_criterion):
            if isinstance(question, kinds) and question.id not in dealt:
                keys = _free_keys(question, taken)
                taken.update(key for key in keys if key)
                dealt[question.id] = keys
    return dealt


def _is_criterion(question: Question) -> bool:
    return isinstance(question, PreferenceQuestion) and question.strongest == 1


def _own_keys(question: ChoiceQuestion | ChoicesQuestion, taken: set[str]) -> tuple[str, ...]:
    keys = []
    for choice in question.choices:
        key = choice.key.upper()
        keys.append("" if key in taken else key)
        taken.add(key)
    return tuple(keys)


def _free_keys(question: Question, taken: set[str]) -> tuple[str, ...]:
    count = keys_wanted(question)
    digits = [key for key in DIGITS if key not in taken]
    letters = [key for row in ROWS for key in row if key not in taken]
    if _is_criterion(question):
        return tuple(letters[:1]) or ("",)
    if isinstance(question, TextQuestion):
        # From the far end: the letters at this one go to other questions on other tasks of the queue.
        return tuple(letters[-1:]) or ("",)
    if isinstance(question, ScaleQuestion | PreferenceQuestion):
        # The keys of a scale are read as one row, so they lie beside one another.
        if len(digits) == len(DIGITS) and count <= len(DIGITS):
            return tuple(digits[:count])
        return _run(count, taken)
    first, then = (letters, digits) if isinstance(question, ChoicesQuestion) else (digits, letters)
    if count <= len(first):
        return tuple(first[:count])
    if count <= len(then):
        return tuple(then[:count])
    both = [*digits, *letters][:count]
    return (*both, *[""] * (count - len(both)))


def _run(count: int, taken: set[str]) -> tuple[str, ...]:
    for row in ROWS:
        for start in range(len(row) - count + 1):
            keys = row[start : start + count]
            if not taken & set(keys):
                return tuple(keys)
    return ("",) * count


def key_of(code: int, text: str) -> str:
    """The key as it is dealt (``A``, ``1``) for a key press: its code, else the sign it types."""
    if 0x20 < code < 0x7F:
        return chr(code).upper()
    return text.upper() if len(text) == 1 and text.isprintable() else ""
