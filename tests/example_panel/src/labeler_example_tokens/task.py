"""The half that needs no window: what a mark must fit, and how unlike two marks are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from labeler.api import Content, Problem, QueueConfig, Region, Value

from .marks import TokenMark, TokenPair


class TokenTask:
    """What the core and the command line need of this panel."""

    region_types: Sequence[type[Region]] = (TokenMark,)
    content_type: type[Content] = TokenPair

    def summary(self, content: Content) -> str:
        """The first sentence."""
        if not isinstance(content, TokenPair) or not content.sentences:
            return ""
        return " ".join(" ".join(content.sentences[0].tokens).split())[:200]

    def complete(self, content: Content, value: Value) -> Value:
        """The value with what each marked token reads."""
        regions = [_with_text(region, content) for region in value.regions]
        if all(new is old for new, old in zip(regions, value.regions, strict=True)):
            return value
        return Value(tuple(regions), value.answers)

    def check(self, content: Content, value: Value, config: QueueConfig) -> Iterable[Problem]:
        """Marks beyond the last token, and marks that read other than their token."""
        return _problems(content, value)

    def distance(self, content: Content, one: Region, other: Region) -> float:
        """0 for the same token marked as badly, a half where only that differs, else 1."""
        if not isinstance(one, TokenMark) or not isinstance(other, TokenMark):
            return 0.0 if one == other else 1.0
        if (one.on, one.token) != (other.on, other.token):
            return 1.0
        return 0.0 if one.severity == other.severity else 0.5


def _token(region: TokenMark, content: Content) -> str | None:
    tokens = content.tokens_of(region.on) if isinstance(content, TokenPair) else None
    if tokens is None or not 0 <= region.token < len(tokens):
        return None
    return tokens[region.token]


def _with_text(region: Region, content: Content) -> Region:
    if not isinstance(region, TokenMark) or region.text:
        return region
    token = _token(region, content)
    return region if not token else msgspec.structs.replace(region, text=token)


def _problems(content: Content, value: Value) -> Iterator[Problem]:
    for number, region in enumerate(value.regions):
        if not isinstance(region, TokenMark):
            continue
        token = _token(region, content)
        if token is None:
            sentence = "there is no token {token} in that sentence"
            yield Problem(
                "tokens.range", f"regions[{number}].token", {"token": region.token}, sentence
            )
        elif region.text and region.text != token:
            params = {"found": token, "told": region.text}
            sentence = "the token reads {found!r}, not {told!r}"
            yield Problem("tokens.text", f"regions[{number}].text", params, sentence)
