"""Whatever is in a transcript or a recording: tasks, problems or a refusal, twice the same."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeler.api import (
    AnnotationOut,
    Context,
    MediaRef,
    Problem,
    QueueConfig,
    ReadOptions,
    Refusal,
    Segment,
    TaskIn,
    TaskOut,
    Value,
    WriteOptions,
)
from labeler.media.audio import open_audio
from labeler.media.probe import probe
from labeler.model.codec import Codec
from labeler.model.regions import REGION_TYPES
from labeler.panels.transcription.formats import (
    AudioFormat,
    JsonlFormat,
    SrtFormat,
    TextGridFormat,
    WhisperFormat,
)
from labeler.panels.transcription.overlaps import overlaps
from labeler.panels.transcription.task import AudioContent, TranscriptionTask

CONFIG = QueueConfig()
CODEC = Codec({name: REGION_TYPES[name] for name in ("segment", "point")})
TASK = TranscriptionTask()
FORMATS = {
    "TextGrid": TextGridFormat,
    "srt": SrtFormat,
    "jsonl": JsonlFormat,
    "json": WhisperFormat,
    "wav": AudioFormat,
}


def _whisper() -> str:
    words = [{"word": " a", "start": 0.1, "end": 0.2, "probability": 0.5}, {"word": "b"}]
    segments = [{"start": 0.0, "end": 1.5, "text": " a b", "avg_logprob": -0.1, "words": words}]
    offsets = {"from": 0, "to": 900}
    tokens = [{"text": " a", "offsets": offsets, "p": 0.3}]
    cpp = [{"offsets": offsets, "text": " a", "tokens": tokens}]
    return json.dumps(
        {"segments": segments, "model": {"type": "base"}, "x": {"transcription": cpp}}
    )


def _wav() -> bytes:
    import numpy as np
    import soundfile

    into = io.BytesIO()
    soundfile.write(into, np.sin(np.arange(900) / 9), 8_000, "PCM_16", format="WAV")
    return into.getvalue()


SOUND: dict[str, bytes] = {
    "TextGrid": (
        b'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 2\ntiers? <exists>\n'
        b'size = 2\nitem []:\n    item [1]:\n        class = "IntervalTier"\n        name = "Ann"\n'
        b'        xmin = 0\n        xmax = 2\n        intervals: size = 1\n        intervals [1]:\n'
        b'            xmin = 0.5\n            xmax = 1.5\n            text = "He said ""no"""\n'
        b'    item [2]:\n        class = "TextTier"\n        name = ""\n        xmin = 0\n'
        b'        xmax = 2\n        points: size = 1\n        points [1]:\n            number = 1\n'
        b'            mark = "x"\n'
    ),
    "srt": (
        "1\n00:00:01,000 --> 00:00:02,500\nAnn: Grüß\n\n"
        "2\n00:00:03,0 --> 00:00:04.5\n- a\n- b\n"
    ).encode(),
    "jsonl": json.dumps({"id": "a", "audio": "a.wav", "answers": {"q": 1}, "by": "ada", "segments": [
        {"start": 0, "end": 5, "text": "a", "words": [{"id": "1", "start": 0, "end": 1, "text": "a"}]},
        {"type": "point", "at": 7}]}).encode() + b"\n",
    "json": _whisper().encode(),
    "wav": _wav(),
}  # fmt: skip
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be", "cp1252", "gb18030")


def read(kind: str, raw: bytes) -> list[TaskIn | Problem] | str:
    """What a reading gives; the message of the refusal if it is refused."""
    options = ReadOptions(CONFIG, probe=probe)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"in.{kind}"
        path.write_bytes(raw)
        try:
            return list(FORMATS[kind]().read(path, options))
        except Refusal as refusal:
            return str(refusal).replace(folder, "")


def check(kind: str, raw: bytes) -> None:
    found = read(kind, raw)
    # Media lie where the file lay: only that differs.
    again = read(kind, raw)
    plain = [_plain(one) for one in (found, again)]
    assert plain[0] == plain[1]
    if isinstance(found, str):
        assert found
        return
    for one in found:
        if isinstance(one, Problem):
            assert one.message
            assert one.where.startswith("in.")
            continue
        assert one.key
        for annotation in one.annotations:
            try:
                value = CODEC.read(annotation.value, one.key, one.where)
            except Refusal:  # what JSON Lines brings is told by the runner
                if kind != "jsonl":
                    raise
                continue
            content = one.content or AudioContent(audio=MediaRef("a.wav"))
            if kind != "jsonl":
                assert list(TASK.check(content, value, CONFIG)) == []
            overlaps(value.regions)


def _plain(found: list[TaskIn | Problem] | str) -> object:
    if isinstance(found, str):
        return found
    return [
        msgspec.structs.replace(one, media=()) if isinstance(one, TaskIn) else one for one in found
    ]


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=40)
@given(raw=st.binary(max_size=300))
def test_bytes_of_any_kind_are_no_crash(kind, raw):
    check(kind, raw)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=70)
@given(
    codec=st.sampled_from(CODECS),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=6)), max_size=4
    ),
)
def test_a_damaged_file_is_no_crash(kind, codec, cuts):
    raw = SOUND[kind]
    if kind != "wav":
        raw = raw.decode().encode(codec, "replace")
    for place, gone, put in cuts:
        at = int(place * len(raw))
        raw = raw[:at] + put + raw[at + gone :]
    check(kind, raw)


words = (
    "null",
    "1e9",
    "-0",
    "1e999",
    "NaN",
    "<exists>",
    "TextTier",
    '"IntervalTier"',
    "-->",
    "\\ud800",
)
more = ("00:00:01,000 --> 00:00:02,000", "start", "end", '"text":"a"', "\0", "🙃", "\u2028", "٣")
syntax = st.sampled_from([*'{}[]",:;!%\t\n\r\\- 0123456789', *words, *more])


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "wav"])
@settings(max_examples=70)
@given(parts=st.lists(syntax, max_size=40))
def test_syntax_in_any_order_is_no_crash(kind, parts):
    head = {
        "TextGrid": '"ooTextFile" "TextGrid" 0 9 <exists> 1 "IntervalTier" "a" 0 9 1 ',
        "jsonl": '{"id":"a","segments":[{"start":',
        "json": '{"segments":[{"start":0,"end":1,"text":"a"},{"start":',
    }.get(kind, "")
    check(kind, (head + "".join(parts)).encode())


@settings(max_examples=100)
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, 1_900), st.integers(0, 30), st.binary(max_size=20)), max_size=6
    )
)
def test_a_damaged_recording_opens_or_is_refused_and_is_as_long_as_it_says(cuts):
    raw = SOUND["wav"]
    for at, gone, put in cuts:
        raw = raw[:at] + put + raw[at + gone :]
    try:
        audio = open_audio(io.BytesIO(raw), "in.wav")
    except Refusal:
        return
    frames = min(audio.frames, 5_000)
    assert audio.read(0, frames).shape == (frames, audio.channels)
    assert audio.read_int16(max(0, audio.frames - 7), 99).shape[0] == min(7, audio.frames)
    assert audio.duration >= 0
    audio.close()


texts = st.text(max_size=20)


@pytest.mark.parametrize("kind", ["TextGrid", "srt"])
@settings(max_examples=50)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 10**10), st.integers(0, 10**7), texts, texts), max_size=6
    )
)
def test_whatever_is_written_is_read_without_a_fault_of_times(kind, rows):
    regions = tuple(Segment(start=a, end=a + b, speaker=c, text=d) for a, b, c, d in rows)
    one = AnnotationOut("1", "work", "ada", "submitted", Value(regions), b"{}", Context())
    content = AudioContent(audio=MediaRef("a.wav"))
    task = TaskOut("0" * 32, "a.wav", "q", content, b"{}", {}, "submitted", (one,))
    with tempfile.TemporaryDirectory() as folder:
        (path,) = FORMATS[kind]().write([task], Path(folder) / "out", WriteOptions(CONFIG))
        found = list(FORMATS[kind]().read(path, ReadOptions(CONFIG)))
    faults = {one.code for one in found if isinstance(one, Problem)}
    assert faults <= {"letters_replaced", "encoding_guessed"}
