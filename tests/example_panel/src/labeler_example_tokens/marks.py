"""The panel's own types: a pair of sentences, and a mark on one of their tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

import msgspec

from labeler.api import EMPTY, Content, Part, Region, freeze

SENTENCE = "sentence"
"""The kind of the content's parts, for questions with the scope ``part:sentence``."""

Severity = Literal["minor", "major"]


class Sentence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sentence, already in tokens; ``language`` is a BCP 47 tag."""

    id: str
    tokens: tuple[str, ...]
    language: str = ""


class TokenPair(Content, frozen=True, kw_only=True, omit_defaults=True):
    """Sentences that say the same: the first is the original, the others translate it."""

    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        seen: set[str] = set()
        for sentence in self.sentences:
            if not sentence.id or sentence.id in seen:
                raise ValueError(f"a sentence needs an id of its own, not {sentence.id!r}")
            seen.add(sentence.id)

    def parts(self) -> tuple[Part, ...]:
        """A part for each sentence."""
        return tuple(
            Part(one.id, SENTENCE, text=" ".join(one.tokens), title=one.language)
            for one in self.sentences
        )

    def tokens_of(self, part: str | None) -> tuple[str, ...] | None:
        """The tokens of a sentence; of the only one where no part is named; None for no such part."""
        for sentence in self.sentences:
            if sentence.id == part or (part is None and len(self.sentences) == 1):
                return sentence.tokens
        return None


class Fix(msgspec.Struct, frozen=True, omit_defaults=True):
    """What could stand there instead."""

    id: str
    text: str
    attributes: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "attributes", freeze(self.attributes))


class TokenMark(Region, tag="token_mark", frozen=True, kw_only=True):
    """A token that is wrong; ``token`` is its number from 0, ``text`` what it reads."""

    CHILDREN: ClassVar[tuple[str, str] | None] = ("fixes", "id")

    token: int
    severity: Severity = "minor"
    text: str = ""
    fixes: tuple[Fix, ...] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        """A token counts from 0, and no two fixes have one id."""
        if self.token < 0:
            yield "token", f"tokens count from 0, this is {self.token}"
        ids = [fix.id for fix in self.fixes]
        for number, one in enumerate(ids):
            if one in ids[:number]:
                yield f"fixes[{number}].id", f"{one!r} is another fix's id"
