"""SubRip: broken cues are told with their line, and what goes out is read by pysubs2 as we mean it."""

from __future__ import annotations

import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_transcripts import problems, read, regions_of, task_out, tasks, written

from labeler.api import Point, Refusal, Segment
from labeler.panels.transcription.formats import SrtFormat

SRT = SrtFormat()


def cue(text: str, times: str = "00:00:01,000 --> 00:00:02,500", number: str = "1\n") -> str:
    return f"{number}{times}\n{text}\n\n"


def said(found: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(one.get("speaker"), one.get("text")) for one in found]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_cue_is_a_segment_in_every_encoding(regions, codec, end) -> None:
    raw = (cue("Grüß Gott\nשלום") + cue("zwei", "01:02:03,4 --> 01:02:05.067", "2\n")).replace(
        "\n", end
    )
    assert regions(SRT, raw.encode(codec), "a.srt") == [
        {"type": "segment", "start": 1_000_000, "end": 2_500_000, "text": "Grüß Gott\nשלום"},
        {"type": "segment", "start": 3_723_400_000, "end": 3_725_067_000, "text": "zwei"},
    ]


def test_an_older_encoding_is_guessed_and_said(regions) -> None:
    raw = cue("Über den Fluß fährt die müde Fähre, schöne Grüße").encode("cp1252")
    found = regions(SRT, raw, "a.srt", faults=1)
    assert found[0]["text"] == "Über den Fluß fährt die müde Fähre, schöne Grüße"


def test_numbers_and_empty_lines_between_cues_are_not_needed(regions) -> None:
    raw = "00:00:01,000 --> 00:00:02,000\nA\n00:00:02,000 --> 00:00:03,000\n42\n\n"
    raw += "00:00:04,000 --> 00:00:05,000\nC"
    assert said(regions(SRT, raw, "a.srt")) == [(None, "A"), (None, "42"), (None, "C")]


def test_a_number_said_before_the_next_cue_s_number_stays(regions) -> None:
    raw = "1\n00:00:01,000 --> 00:00:02,000\nTwenty\n20\n\n2\n00:00:02,000 --> 00:00:03,000\nB\n"
    assert said(regions(SRT, raw, "a.srt")) == [(None, "Twenty\n20"), (None, "B")]


def test_an_empty_line_inside_a_cue_loses_no_words(regions) -> None:
    assert said(regions(SRT, cue("one\n\ntwo") + cue("x", number=""), "a.srt")) == [
        (None, "one\ntwo"), (None, "x")]  # fmt: skip


def test_positions_and_markup_are_not_words_and_marks_are(regions) -> None:
    text = '<i>Hello</i> <font color="#fff">there</font> {\\an8}<laugh> a < b'
    (found,) = regions(SRT, cue(text, "00:00:01,000 --> 00:00:02,500 X1:1 X2:2 Y1:3 Y2:4"), "a.srt")
    assert found["text"] == "Hello there <laugh> a < b"


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("Ann: hello", "Ann", "hello"),
        ("DR. O’NEILL-SMITH: hello", "DR. O’NEILL-SMITH", "hello"),
        ("Speaker 1: hello: you", "Speaker 1", "hello: you"),
        ("שרה: שלום", "שרה", "שלום"),
        ("Ann: one\ntwo", "Ann", "one\ntwo"),
        ("note: hello", None, "note: hello"),
        ("At 10:30 we went", None, "At 10:30 we went"),
        ("He said this: no", "He said this", "no"),
        ("What she told us all was: no", None, "What she told us all was: no"),
        ("Ann:hello", None, "Ann:hello"),
        ("Ann, Bob: hello", None, "Ann, Bob: hello"),
        ("one\nAnn: two", None, "one\nAnn: two"),
    ],
)
def test_a_name_before_a_colon_is_the_speaker(regions, line, speaker, text) -> None:
    assert said(regions(SRT, cue(line), "a.srt")) == [(speaker, text)]


def test_a_dialogue_in_one_cue_is_a_segment_for_each_who_speaks(regions) -> None:
    found = regions(
        SRT,
        cue("- Ann: Where?\n- Here.") + cue("- not a dialogue", "00:00:03,000 --> 00:00:04,000"),
        "a.srt",
    )
    assert said(found) == [(None, "Here."), ("Ann", "Where?"), (None, "- not a dialogue")]
    assert {one["end"] for one in found[:2]} == {2_500_000}


def test_broken_times_are_told_with_their_line_and_the_rest_is_read(tmp_path) -> None:
    path = tmp_path / "a.srt"
    path.write_text(
        "WEBVTT junk\n\n"
        + cue("A")  # lines 3-6
        + cue("B", "00:00:xx,000 --> 00:00:02,000", "2\n")  # 7-10
        + cue("C", "00:61:00,000 --> 00:62:00,000", "3\n")  # 11-14
        + cue("D", "00:00:05,000 --> 00:00:04,000", "4\n")  # 15-18
        + cue("E", "00:00:05,000 --> 00:00:05,000", "5\n")  # 19-22
        + cue("F", "00:00:05,000 -->", "6\n")
        + cue("G", "00:00:06,000 --> 00:00:07,000", "7\n")
    )
    rows = read(SRT, path)
    assert [one["text"] for one in regions_of(tasks(rows)[0])] == ["A", "G"]
    assert sorted(problems(rows)) == [
        ("a.srt:1", "this stands before the first times; it was left out"),
        ("a.srt:12", "the times cannot be read; the cue was left out"),
        ("a.srt:16", "it ends before it starts; it was left out"),
        ("a.srt:20", "the segment has no length; it was left out"),
        ("a.srt:24", "the times cannot be read; the cue was left out"),
        ("a.srt:8", "the times cannot be read; the cue was left out"),
    ]


def test_overlapping_cues_are_overlapping_segments(regions) -> None:
    found = regions(SRT, cue("A") + cue("B", "00:00:01,500 --> 00:00:02,000"), "a.srt")
    assert [(one["start"], one["end"]) for one in found] == [
        (1_000_000, 2_500_000),
        (1_500_000, 2_000_000),
    ]


def test_a_file_without_any_times_is_refused(tmp_path) -> None:
    path = tmp_path / "a.srt"
    path.write_text("Just a text\n")
    with pytest.raises(Refusal, match=r"a\.srt: there is no line with times"):
        read(SRT, path)


def test_the_real_file_is_read_as_pysubs2_reads_it(real) -> None:
    path = real / "subtitles" / "sample.srt"
    found = regions_of(tasks(read(SRT, path))[0])
    theirs = pysubs2.load(str(path))
    assert [(one["start"] // 1000, one["end"] // 1000) for one in found] == [
        (one.start, one.end) for one in theirs
    ]
    assert [one["text"] for one in found] == [one.plaintext.strip() for one in theirs]


# ---------------------------------------------------------------------------------------------- out


def test_pysubs2_reads_ours_to_the_millisecond_halves_to_even(tmp_path) -> None:
    told = [
        Segment(
            start=3_723_400_500, end=3_725_067_501, speaker="Ann", text="Grüß [laugh] Gott\nשלום"
        ),
        Segment(start=1_500, end=2_500_500, text="first"),
    ]
    (path,), dropped = written(SRT, [task_out(told)], tmp_path / "out")
    assert dropped == {}
    read_back = pysubs2.load(str(path))
    assert [(one.start, one.end, one.plaintext) for one in read_back] == [
        (2, 2_500, "first"),
        (3_723_400, 3_725_068, "Ann: Grüß [laugh] Gott\nשלום"),
    ]
    assert path.read_text(encoding="utf-8").startswith(
        "1\n00:00:00,002 --> 00:00:02,500\nfirst\n\n2\n"
    )


def test_what_srt_has_no_place_for_is_counted(tmp_path) -> None:
    told = [
        Segment(start=0, end=400, text="too short"),
        Segment(start=0, end=9_000, text=" "),
        Segment(start=0, end=9_000, text="a\n\nb --> c"),
        Segment(start=0, end=9_000, text="Note: d"),
        Segment(start=0, end=9_000, speaker="ann", text="e"),
        Point(at=5, text="beep"),
    ]
    (path,), dropped = written(SRT, [task_out(told)], tmp_path / "out")
    assert dropped == {"segment_without_length": 1, "segment_without_text": 1, "empty_line": 1,
                       "arrow": 1,
                       "text_like_a_speaker": 1, "speaker_unreadable": 1, "point": 1}  # fmt: skip
    assert len(pysubs2.load(str(path))) == 3


def test_one_file_for_one_task_and_a_folder_for_several(tmp_path) -> None:
    one = Segment(start=0, end=9_000, text="a")
    (path,), _ = written(SRT, [task_out([one])], tmp_path / "x.srt")
    assert path == tmp_path / "x.srt"
    with pytest.raises(Refusal) as caught:
        written(SRT, [task_out([one]), task_out([one], "b.wav")], tmp_path / "y.srt")
    assert caught.value.problem.code == "export_one_file"
    keys = [
        "calls/a.wav",
        "calls/a.mp3",
        "calls/A.flac",
        "b",
        "../../etc/x.wav",
        "CON.wav",
        "v:1?.wav",
        "x" * 300,
    ]
    paths, _ = written(SRT, [task_out([one], key) for key in keys], tmp_path / "out")
    names = [path.relative_to(tmp_path / "out").as_posix() for path in paths]
    assert names[:7] == [
        "calls/a.srt",
        "calls/a.mp3.srt",
        "calls/A.flac.srt",
        "b.srt",
        "etc/x.srt",
        "_CON.srt",
        "v_1_.srt",
    ]
    assert len(names[7]) == 154


def test_what_is_there_is_not_written_over(tmp_path) -> None:
    (tmp_path / "x.srt").write_text("mine")
    with pytest.raises(Refusal):
        written(SRT, [task_out([Segment(start=0, end=9_000, text="a")])], tmp_path / "x.srt")
    assert (tmp_path / "x.srt").read_text() == "mine"


lines = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=15).map(
    lambda text: " ".join(text.split())
)


speaking = st.sampled_from(["", "Ann", "Bob X"])


@settings(max_examples=80)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**7), st.integers(1, 10**5), speaking, lines.filter(bool)),
        max_size=10,
    )
)  # fmt: skip
def test_whatever_is_written_without_loss_is_read_back(tmp_path_factory, rows) -> None:
    told = [Segment(start=a * 1000, end=(a + b) * 1000, speaker=c, text=d) for a, b, c, d in rows]
    folder = tmp_path_factory.mktemp("srt")
    (path,), dropped = written(SRT, [task_out(told)], folder / "out")
    if dropped:
        return
    found = [
        Segment(**{k: v for k, v in one.items() if k != "type"})
        for one in regions_of(tasks(read(SRT, path))[0])
    ]
    assert sorted(found, key=repr) == sorted(told, key=repr)
