"""Region types: what a person marks on content, as frozen values with their JSON.

Coordinates are pixels of the displayed image, times integer microseconds, text positions code
points, lines counted from 1. A panel may bring further types; a region whose type nobody here
knows is an Opaque and keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

import msgspec

from labeler.model.json import EMPTY, freeze

__all__ = [
    "REGION_TYPES",
    "Aspect",
    "Box",
    "BoxShape",
    "Claim",
    "Keyframe",
    "Keypoint",
    "Keypoints",
    "KeypointsShape",
    "Lines",
    "Mask",
    "MaskShape",
    "Opaque",
    "Point",
    "Polygon",
    "PolygonShape",
    "Region",
    "Relation",
    "Segment",
    "Source",
    "Span",
    "Track",
    "Word",
]

Pair = tuple[float, float]
Ring = tuple[Pair, ...]


class Region(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """The head every region has.

    ``on`` names a part of the content (left out where there is one), ``label`` a label's id,
    ``attributes`` holds region-scope answers by question id, ``score`` a model's confidence 0–1,
    ``origin`` where it came from, ``extra`` what an import brought and nobody here knows.
    """

    CHILDREN: ClassVar[tuple[str, str] | None] = None
    """The one keyed child list: its field and the child's key field (``("words", "id")``)."""
    TEXTS: ClassVar[tuple[str, ...]] = ()
    """Fields a person types into: their edits are stored as splices."""

    id: str = ""
    on: str | None = None
    label: str | None = None
    attributes: dict[str, Any] = EMPTY
    score: float | None = None
    origin: str | None = None
    extra: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.attributes is not EMPTY:
            msgspec.structs.force_setattr(self, "attributes", freeze(self.attributes))
        if self.extra is not EMPTY:
            msgspec.structs.force_setattr(self, "extra", freeze(self.extra))

    @classmethod
    def type_name(cls) -> str:
        """The JSON value of ``type`` for this class."""
        return str(cls.__struct_config__.tag)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Pairs (field, what is wrong) that the types alone cannot refuse."""
        return iter(())

    def ends(self) -> tuple[str, ...]:
        """Ids of the regions this one points at; it is deleted with any of them."""
        return ()


class Opaque(Region, frozen=True, kw_only=True):
    """A region of a type no installed panel knows, kept byte for byte."""

    kind: str
    raw: bytes

    @property
    def type(self) -> str:
        """The type as the bytes name it."""
        return self.kind


def _extent(width: float, height: float) -> Iterator[tuple[str, str]]:
    if width < 0:
        yield "width", f"the width must not be negative, it is {width:g}"
    if height < 0:
        yield "height", f"the height must not be negative, it is {height:g}"


def _order(start: int, end: int, what: str) -> Iterator[tuple[str, str]]:
    if start < 0:
        yield "start", f"a {what} starts at 0 or later, not at {start}"
    if end < start:
        yield "end", f"the {what} ends at {end}, before its start at {start}"


class Box(Region, tag="box", frozen=True, kw_only=True):
    """A rectangle; ``rotation`` is degrees clockwise about its centre."""

    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0

    def faults(self) -> Iterator[tuple[str, str]]:
        return _extent(self.width, self.height)


class Polygon(Region, tag="polygon", frozen=True, kw_only=True):
    """Rings of (x, y): the first is the outline, the others are holes. Rings are not closed twice."""

    rings: tuple[Ring, ...]

    def faults(self) -> Iterator[tuple[str, str]]:
        for number, ring in enumerate(self.rings):
            if len(ring) < 3:
                yield f"rings[{number}]", f"a ring needs three points, it has {len(ring)}"


class Mask(Region, tag="mask", frozen=True, kw_only=True):
    """A bitmap of ``width`` × ``height`` pixels with its corner at (x, y), row by row.

    ``counts`` are run lengths that begin with unset pixels and add up to width × height.
    """

    x: int = 0
    y: int = 0
    width: int
    height: int
    counts: tuple[int, ...]

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from _extent(self.width, self.height)
        total = sum(self.counts)
        if total != self.width * self.height or any(n < 0 for n in self.counts):
            yield "counts", f"the runs add up to {total}, not {self.width} × {self.height}"


class Keypoint(msgspec.Struct, frozen=True, omit_defaults=True):
    """One named point; ``visibility`` is 0 absent, 1 occluded, 2 visible."""

    name: str
    x: float = 0.0
    y: float = 0.0
    visibility: Literal[0, 1, 2] = 2


class Keypoints(Region, tag="keypoints", frozen=True, kw_only=True):
    """Named points with visibility; their skeleton is in the label set."""

    points: tuple[Keypoint, ...]


class BoxShape(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="box"):
    """The geometry of a box at a keyframe."""

    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0


class PolygonShape(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="polygon"
):
    """The geometry of a polygon at a keyframe."""

    rings: tuple[Ring, ...]


class MaskShape(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="mask"):
    """The geometry of a mask at a keyframe."""

    width: int
    height: int
    counts: tuple[int, ...]
    x: int = 0
    y: int = 0


class KeypointsShape(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="keypoints"
):
    """The geometry of keypoints at a keyframe."""

    points: tuple[Keypoint, ...]


Shape = BoxShape | PolygonShape | MaskShape | KeypointsShape


class Keyframe(msgspec.Struct, frozen=True, omit_defaults=True):
    """A track's state at the frame with ordinal ``at``; between keyframes it is interpolated."""

    at: int
    shape: Shape | None = None
    outside: bool = False
    occluded: bool = False
    hold: bool = False
    attributes: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.attributes is not EMPTY:
            msgspec.structs.force_setattr(self, "attributes", freeze(self.attributes))


class Track(Region, tag="track", frozen=True, kw_only=True):
    """One thing followed through a video or an image sequence, by keyframes in order."""

    CHILDREN: ClassVar[tuple[str, str] | None] = ("keyframes", "at")

    keyframes: tuple[Keyframe, ...]

    def faults(self) -> Iterator[tuple[str, str]]:
        if not self.keyframes:
            yield "keyframes", "a track needs a keyframe"
        last = -1
        for number, keyframe in enumerate(self.keyframes):
            if keyframe.at <= last:
                yield f"keyframes[{number}].at", f"frame {keyframe.at} does not follow {last}"
            last = keyframe.at


class Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """One word of a segment; times in microseconds, ``score`` a model's confidence 0–1."""

    id: str
    start: int
    end: int
    text: str
    score: float | None = None
    attributes: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.attributes is not EMPTY:
            msgspec.structs.force_setattr(self, "attributes", freeze(self.attributes))


class Segment(Region, tag="segment", frozen=True, kw_only=True):
    """A stretch of time (microseconds, end exclusive) with who speaks and what is said."""

    CHILDREN: ClassVar[tuple[str, str] | None] = ("words", "id")
    TEXTS: ClassVar[tuple[str, ...]] = ("text",)

    start: int
    end: int
    speaker: str = ""
    text: str = ""
    words: tuple[Word, ...] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from _order(self.start, self.end, "segment")
        for number, word in enumerate(self.words):
            for field, reason in _order(word.start, word.end, "word"):
                yield f"words[{number}].{field}", reason


class Point(Region, tag="point", frozen=True, kw_only=True):
    """A moment (microseconds) with who and what."""

    TEXTS: ClassVar[tuple[str, ...]] = ("text",)

    at: int
    speaker: str = ""
    text: str = ""


class Span(Region, tag="span", frozen=True, kw_only=True):
    """A stretch of a part's text in code points, end exclusive; ``text`` is what it covers."""

    start: int
    end: int
    text: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from _order(self.start, self.end, "span")
        if self.end == self.start >= 0:
            yield "end", "the span covers nothing"


class Lines(Region, tag="lines", frozen=True, kw_only=True):
    """Lines of code, first and last counted from 1, with a comment."""

    TEXTS: ClassVar[tuple[str, ...]] = ("text",)

    start: int
    end: int
    text: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from _order(self.start, self.end, "range of lines")
        if self.start == 0:
            yield "start", "lines are counted from 1"


class Aspect(Region, tag="aspect", frozen=True, kw_only=True):
    """What is judged: a term in the text (code points) or none, its category and polarity."""

    start: int | None = None
    end: int | None = None
    text: str = ""
    category: str = ""
    polarity: str = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        if (self.start is None) != (self.end is None):
            yield "end", "a term has both a start and an end, an implicit aspect neither"
        elif self.start is not None and self.end is not None:
            yield from _order(self.start, self.end, "term")


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a verdict rests on; ``date`` is ISO 8601."""

    id: str
    url: str = ""
    title: str = ""
    quote: str = ""
    date: str = ""
    attributes: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.attributes is not EMPTY:
            msgspec.structs.force_setattr(self, "attributes", freeze(self.attributes))


Verdict = Literal["", "supported", "refuted", "not_enough", "not_checkable"]


class Claim(Region, tag="claim", frozen=True, kw_only=True):
    """A claim in a text (code points), its verdict and the sources of it."""

    CHILDREN: ClassVar[tuple[str, str] | None] = ("sources", "id")

    start: int | None = None
    end: int | None = None
    text: str = ""
    verdict: Verdict = ""
    sources: tuple[Source, ...] = ()

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.start is not None and self.end is not None:
            yield from _order(self.start, self.end, "claim")


class Relation(Region, tag="relation", frozen=True, kw_only=True):
    """A directed link between two regions, by their ids (JSON ``from`` and ``to``)."""

    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")

    def ends(self) -> tuple[str, ...]:
        return (self.source, self.target)


REGION_TYPES: dict[str, type[Region]] = {
    cls.type_name(): cls
    for cls in (
        *(Box, Polygon, Mask, Keypoints, Track, Segment, Point),
        *(Span, Lines, Aspect, Claim, Relation),
    )
}
"""The types of ours by name; a panel names which of them it makes and may bring its own."""
