"""Which words of a listing are keywords, texts, comments and numbers: pygments, told in four roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

__all__ = ["CodeRole", "roles_of"]

CodeRole = Literal["keyword", "text", "comment", "number"]

LONGEST = 30_000
"""Longer listings are shown in one colour: nobody waits for a parser to read one."""


def roles_of(code: str, language: str) -> Iterator[tuple[int, int, CodeRole]]:
    """Start, end (code points) and role of the words that have one; none for unknown languages."""
    if not language or len(code) > LONGEST:
        return
    from pygments.lexers import get_lexer_by_name  # loaded when the first listing is seen
    from pygments.token import Comment, Keyword, Name, Number, Operator, String
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return
    for at, kind, words in lexer.get_tokens_unprocessed(code):
        role: CodeRole | None = None
        if kind in Comment:
            role = "comment"
        elif kind in String:
            role = "text"
        elif kind in Number:
            role = "number"
        elif kind in Keyword or kind in Operator.Word or kind in Name.Tag:
            role = "keyword"
        if role is not None and words.strip():
            yield at, at + len(words), role
