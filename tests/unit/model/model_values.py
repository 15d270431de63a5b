"""Strategies for whole values, and one hand-made value per kind of region."""

from __future__ import annotations

from hypothesis import strategies as st

from labeler.model.regions import (
    Aspect,
    Box,
    BoxShape,
    Claim,
    Keyframe,
    Keypoint,
    Keypoints,
    KeypointsShape,
    Lines,
    Mask,
    MaskShape,
    Point,
    Polygon,
    PolygonShape,
    Region,
    Relation,
    Segment,
    Source,
    Span,
    Track,
    Word,
)

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
HOLE = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0))

HAND_MADE: list[tuple[Region, str]] = [
    # (the region, its JSON as the design has it)
    (
        Box(id="b", label="cat", x=1, y=2, width=3, height=4, attributes={"sure": True}),
        '{"type":"box","id":"b","label":"cat","attributes":{"sure":true},"x":1,"y":2,"width":3,"height":4}',
    ),
    (
        Box(id="r", x=1, y=2, width=3, height=4, rotation=45.5, score=0.5, origin="m"),
        '{"type":"box","id":"r","score":0.5,"origin":"m","x":1,"y":2,"width":3,"height":4,"rotation":45.5}',
    ),
    (
        Polygon(id="p", rings=(SQUARE, HOLE)),
        '{"type":"polygon","id":"p","rings":[[[0,0],[4,0],[4,4],[0,4]],[[1,1],[2,1],[2,2]]]}',
    ),
    (
        Mask(id="m", width=3, height=2, counts=(1, 2, 3)),
        '{"type":"mask","id":"m","width":3,"height":2,"counts":[1,2,3]}',
    ),
    (
        Keypoints(id="k", points=(Keypoint("nose", 1, 2), Keypoint("tail", visibility=0))),
        '{"type":"keypoints","id":"k","points":[{"name":"nose","x":1,"y":2},{"name":"tail","visibility":0}]}',
    ),
    (
        Track(
            id="t",
            keyframes=(
                Keyframe(0, BoxShape(1, 2, 3, 4)),
                Keyframe(7, PolygonShape((SQUARE,)), occluded=True, attributes={"gaze": "left"}),
                Keyframe(8, MaskShape(1, 1, (0, 1)), hold=True),
                Keyframe(9, KeypointsShape((Keypoint("nose"),))),
                Keyframe(12, outside=True),
            ),
        ),
        '{"type":"track","id":"t","keyframes":['
        '{"at":0,"shape":{"type":"box","x":1,"y":2,"width":3,"height":4}},'
        '{"at":7,"shape":{"type":"polygon","rings":[[[0,0],[4,0],[4,4],[0,4]]]},"occluded":true,'
        '"attributes":{"gaze":"left"}},'
        '{"at":8,"shape":{"type":"mask","width":1,"height":1,"counts":[0,1]},"hold":true},'
        '{"at":9,"shape":{"type":"keypoints","points":[{"name":"nose"}]}},'
        '{"at":12,"outside":true}]}',
    ),
    (
        Segment(
            id="s",
            on="track-1",
            start=0,
            end=1_500_000,
            speaker="A",
            text="well then",
            words=(Word("w1", 0, 700_000, "well", 0.9), Word("w2", 800_000, 1_500_000, "then")),
        ),
        '{"type":"segment","id":"s","on":"track-1","start":0,"end":1500000,"speaker":"A",'
        '"text":"well then","words":[{"id":"w1","start":0,"end":700000,"text":"well","score":0.9},'
        '{"id":"w2","start":800000,"end":1500000,"text":"then"}]}',
    ),
    (
        Point(id="o", at=5, text="click"),
        '{"type":"point","id":"o","at":5,"text":"click"}',
    ),
    (
        Span(id="n", label="pos", start=3, end=7, text="good", extra={"was": [1]}),
        '{"type":"span","id":"n","label":"pos","extra":{"was":[1]},"start":3,"end":7,"text":"good"}',
    ),
    (
        Lines(id="l", on="a.py", start=2, end=2, text="off by one"),
        '{"type":"lines","id":"l","on":"a.py","start":2,"end":2,"text":"off by one"}',
    ),
    (
        Aspect(id="a", category="SERVICE#GENERAL", polarity="negative"),
        '{"type":"aspect","id":"a","category":"SERVICE#GENERAL","polarity":"negative"}',
    ),
    (
        Claim(
            id="c",
            start=0,
            end=4,
            text="It is",
            verdict="refuted",
            sources=(Source("s1", url="https://example.org/a"), Source("s2", quote="It is not")),
        ),
        '{"type":"claim","id":"c","start":0,"end":4,"text":"It is","verdict":"refuted","sources":'
        '[{"id":"s1","url":"https://example.org/a"},{"id":"s2","quote":"It is not"}]}',
    ),
    (
        Relation(id="e", label="opinion", source="n", target="a"),
        '{"type":"relation","id":"e","label":"opinion","from":"n","to":"a"}',
    ),
]

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
key = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(key, inner, max_size=3),
    max_leaves=6,
)
tables = st.dictionaries(key, json_values, max_size=3)
"""What stands in attributes, extra, answers and fields nobody knows."""
