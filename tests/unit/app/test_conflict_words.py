"""What the pieces of a conflict are called."""

from __future__ import annotations

from labeler.app.review.words import Words
from labeler.store import ConflictRow
from labeler.work.conflict_case import Case, Read, Tree


def spans(*ids: str) -> Tree:
    return {"regions": [{"id": one, "type": "span"} for one in ids], "answers": {}}


def test_no_two_regions_of_a_conflict_have_the_same_number() -> None:
    """Each side numbered its own third one 3, and one that stands between others like its neighbour."""
    read = Read(ConflictRow("e", "annotation", "t", ()), None)
    trees = (spans("a", "b", "mine"), spans("a", "between", "b", "theirs"))
    words = Words(Case(read, (), trees, spans("a", "b"), ()))
    names = [words.region_name(one) for one in ("a", "b", "mine", "between", "theirs")]
    assert names == ["Span 1", "Span 2", "Span 3", "Span 4", "Span 5"]
