"""The rows of a transcript: a person's regions and a model's open proposals, in order of time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

import msgspec

from labeler.api import Point, Segment, Value
from labeler.panels.transcription.edits import Spoken, time_of
from labeler.panels.transcription.proposals import Proposal

if TYPE_CHECKING:
    from labeler.kit.editor import Prediction

__all__ = ["Entry", "State", "entries_of", "overlapping"]

State = Literal["", "proposed", "accepted", "edited"]


class Entry(msgspec.Struct, frozen=True):
    """One row. ``region`` is the person's own, or what ``proposal`` proposes.

    ``overlaps`` says that the same speaker speaks twice at once here.
    """

    id: str
    region: Spoken
    start: int
    end: int
    state: State = ""
    overlaps: bool = False
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
        return Entry(self.id, region, self.start, self.end, state, self.overlaps)

    @property
    def is_point(self) -> bool:
        """Whether it is a moment."""
        return isinstance(self.region, Point)


def overlapping(regions: Iterable[Spoken]) -> set[str]:
    """Ids of the segments that begin before an earlier one of the same speaker has ended."""
    found: set[str] = set()
    reach: dict[str, int] = {}
    segments = [region for region in regions if isinstance(region, Segment)]
    for one in sorted(segments, key=attrgetter("start", "end", "id")):
        last, end = reach.get(one.speaker, 0), one.end
        if one.start < last and end > one.start:
            found.add(one.id)
        if end > last:
            reach[one.speaker] = end
    return found


def entries_of(
    value: Value,
    proposals: Sequence[Proposal],
    predictions: Sequence[Prediction],
    known: Mapping[str, Entry] = {},
) -> list[Entry]:
    """All rows in order of time; what is as in ``known`` (by id) comes back as the same object."""
    own = [region for region in value.regions if isinstance(region, (Segment, Point))]
    twice = overlapping(own)
    unchanged = _proposed(predictions) if any(region.origin for region in own) else set()
    rows = [_entry(region, twice, unchanged, known.get(region.id)) for region in own]
    rows += [
        Entry(one.id, one.region, *time_of(one.region), "proposed", proposal=one)
        for one in proposals
    ]
    return sorted(rows, key=attrgetter("start", "end", "id"))


_Said = tuple[str, int, int, str, str]


def _entry(
    region: Spoken, twice: Collection[str], unchanged: Collection[_Said], known: Entry | None
) -> Entry:
    overlaps = region.id in twice
    if known is not None and known.region is region and known.overlaps == overlaps:
        return known
    start, end = time_of(region)
    state: State = ""
    if region.origin:
        said = (region.origin, start, end, region.speaker, region.text)
        state = "accepted" if said in unchanged else "edited"
    return Entry(region.id, region, start, end, state, overlaps)


def _proposed(predictions: Sequence[Prediction]) -> set[_Said]:
    """What every model says, to be compared with what was made of it."""
    return {
        (prediction.author, *time_of(region), region.speaker, region.text)
        for prediction in predictions
        for region in prediction.value.regions
        if isinstance(region, (Segment, Point))
    }
