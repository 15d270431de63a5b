"""The rows of a transcript: a person's regions and a model's open proposals, in order of time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

import msgspec

from labeler.api import Point, Segment, Value
from labeler.panels.transcription.edits import Spoken, time_of
from labeler.panels.transcription.overlaps import Overlap, overlaps
from labeler.panels.transcription.proposals import Proposal

if TYPE_CHECKING:
    from labeler.kit.editor import Prediction

__all__ = ["Entry", "State", "entries_of"]

State = Literal["", "proposed", "accepted", "edited"]


class Entry(msgspec.Struct, frozen=True):
    """One row. ``region`` is the person's own, or what ``proposal`` proposes.

    ``overlap`` is there where the same speaker speaks twice at once.
    """

    id: str
    region: Spoken
    start: int
    end: int
    state: State = ""
    overlap: Overlap | None = None
    proposal: Proposal | None = None

    @property
    def speaker(self) -> str:
        """Who speaks."""
        return self.region.speaker

    @property
    def text(self) -> str:
        """What is said."""
        return self.region.text

    def with_text(self, region: Spoken) -> Entry:
        """The same row after its text alone became another."""
        state: State = "edited" if region.origin else ""
        return Entry(self.id, region, self.start, self.end, state, self.overlap)

    @property
    def is_point(self) -> bool:
        """Whether it is a moment."""
        return isinstance(self.region, Point)


def entries_of(
    value: Value,
    proposals: Sequence[Proposal],
    predictions: Sequence[Prediction],
    known: Mapping[str, Entry] = {},
) -> list[Entry]:
    """All rows in order of time; what is as in ``known`` (by id) comes back as the same object."""
    own = [region for region in value.regions if isinstance(region, (Segment, Point))]
    twice = overlaps(own)
    unchanged = _proposed(predictions) if any(region.origin for region in own) else set()
    rows = [_entry(region, twice, unchanged, known.get(region.id)) for region in own]
    rows += [
        Entry(one.id, one.region, *time_of(one.region), "proposed", proposal=one)
        for one in proposals
    ]
    return sorted(rows, key=attrgetter("start", "end", "id"))


_Said = tuple[str, int, int, str, str]


def _entry(
    region: Spoken, twice: Mapping[str, Overlap], unchanged: Collection[_Said], known: Entry | None
) -> Entry:
    overlap = twice.get(region.id)
    if known is not None and known.region is region and known.overlap == overlap:
        return known
    start, end = time_of(region)
    state: State = ""
    if region.origin:
        said = (region.origin, start, end, region.speaker, region.text)
        state = "accepted" if said in unchanged else "edited"
    return Entry(region.id, region, start, end, state, overlap)


def _proposed(predictions: Sequence[Prediction]) -> set[_Said]:
    """What every model says, to be compared with what was made of it."""
    return {
        (prediction.author, *time_of(region), region.speaker, region.text)
        for prediction in predictions
        for region in prediction.value.regions
        if isinstance(region, (Segment, Point))
    }
