"""The length of a file is known from its head, whatever container it is."""

from __future__ import annotations

import io
import struct

import pytest
from sounds import encoded, with_data_length

from labeler.api import MediaHead, Refusal
from labeler.media.probe import probe


def box(name: bytes, *inside: bytes) -> bytes:
    raw = b"".join(inside)
    return struct.pack(">I", 8 + len(raw)) + name + raw


def header_of_time(name: bytes, scale: int, length: int, version: int = 0) -> bytes:
    if version:
        return box(name, struct.pack(">B3xQQIQ", 1, 0, 0, scale, length))
    return box(name, struct.pack(">B3xIIII", 0, 0, 0, scale, length))


def track(kind: bytes, channels: int = 2, rate: int = 48_000, length: int = 0) -> bytes:
    handler = box(b"hdlr", bytes(8) + kind + bytes(13))
    entry = b"mp4a" + bytes(6) + struct.pack(">H", 1) + bytes(8)
    entry += struct.pack(">HHHHI", channels, 16, 0, 0, rate << 16)
    table = box(b"stsd", struct.pack(">II", 0, 1), struct.pack(">I", 4 + len(entry)) + entry)
    media = box(b"mdia", header_of_time(b"mdhd", 48_000, length), handler,
                box(b"minf", box(b"stbl", table)))  # fmt: skip
    return box(b"trak", media)


FTYP = box(b"ftyp", b"M4A \0\0\0\0isom")


def element(ident: str, *inside: bytes, unknown: bool = False) -> bytes:
    raw = b"".join(inside)
    length = b"\x01" + b"\xff" * 7 if unknown else (1 << 56 | len(raw)).to_bytes(8, "big")
    return bytes.fromhex(ident) + length + raw


def webm(*tracks: bytes, duration: float | None = 2_500.0, scale: int = 1_000_000) -> bytes:
    info = [element("2AD7B1", scale.to_bytes(4, "big"))]
    if duration is not None:
        info.append(element("4489", struct.pack(">d", duration)))
    head = element("1A45DFA3", element("4282", b"webm"))
    entries = element("1654AE6B", *tracks)
    return head + element("18538067", element("1549A966", *info), entries, unknown=True)


def entry(kind: int, codec: bytes, rate: float = 48_000.0, channels: int = 2) -> bytes:
    sound = element("E1", element("B5", struct.pack(">f", rate)), element("9F", bytes([channels])))
    return element("AE", element("83", bytes([kind])), element("86", codec), sound)


def test_sound_says_its_length_rate_and_channels() -> None:
    assert probe(io.BytesIO(encoded(24_000))) == MediaHead(
        "audio", "wav", "pcm", 1_500_000, 16_000, 1
    )
    flac = probe(io.BytesIO(encoded(24_000, container="FLAC", channels=2)))
    assert flac == MediaHead("audio", "flac", "pcm", 1_500_000, 16_000, 2)
    mp3 = probe(io.BytesIO(encoded(48_000, container="MP3", codec="MPEG_LAYER_III")))
    assert mp3 == MediaHead("audio", "mp3", "mp3", 3_000_000, 16_000, 1)


def test_a_wav_without_a_length_has_that_of_its_file() -> None:
    assert probe(io.BytesIO(with_data_length(encoded(24_000), 0))).duration == 1_500_000


@pytest.mark.parametrize("version", [0, 1])
def test_an_m4a_says_what_its_movie_header_says(version: int) -> None:
    movie = box(b"moov", header_of_time(b"mvhd", 600, 900, version), track(b"soun"))
    media = box(b"mdat", bytes(999))
    told = MediaHead("audio", "mp4", "aac", 1_500_000, 48_000, 2)
    assert probe(io.BytesIO(FTYP + movie + media)) == told
    assert probe(io.BytesIO(FTYP + media + movie)) == told


def test_a_box_of_more_than_four_gigabytes_is_passed_over_by_its_long_length() -> None:
    movie = box(b"moov", header_of_time(b"mvhd", 1000, 7), track(b"soun"))
    large = struct.pack(">I4sQ", 1, b"mdat", 16 + 50) + bytes(50)
    assert probe(io.BytesIO(FTYP + large + movie)).duration == 7_000


def test_the_length_is_that_of_the_sound_where_its_track_tells_one() -> None:
    for told in (0, 6_000):
        tracks = track(b"vide", length=480_000), track(b"soun", channels=1, length=96_000)
        movie = box(b"moov", header_of_time(b"mvhd", 600, told), *tracks)
        head = MediaHead("video", "mp4", "aac", 2_000_000, 48_000, 1)
        assert probe(io.BytesIO(FTYP + movie)) == head


def test_a_webm_says_duration_times_scale_nanoseconds() -> None:
    told = probe(io.BytesIO(webm(entry(2, b"A_OPUS"))))
    assert told == MediaHead("audio", "webm", "opus", 2_500_000, 48_000, 2)
    video = probe(
        io.BytesIO(webm(entry(1, b"V_VP9"), entry(2, b"A_VORBIS", 44_100, 1), scale=500_000))
    )
    assert video == MediaHead("video", "webm", "vorbis", 1_250_000, 44_100, 1)


def test_a_recording_browser_s_webm_has_no_duration_and_it_is_unknown() -> None:
    assert probe(io.BytesIO(webm(entry(2, b"A_OPUS"), duration=None))).duration == 0


def test_bare_aac_is_known_and_its_length_is_not() -> None:
    head = probe(io.BytesIO(b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(50)))
    assert head == MediaHead("audio", "aac", "aac")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "audio_empty"),
        (b"text", "audio_unknown"),
        (FTYP, "audio_unknown"),
        (FTYP + box(b"mdat", bytes(99)), "audio_unknown"),
        (FTYP + box(b"moov", header_of_time(b"mvhd", 600, 900)), "audio_empty"),
        (webm()[:40], "audio_unknown"),
        (webm(entry(17, b"S_TEXT/UTF8")), "audio_empty"),
        (b"\x1aE\xdf\xa3", "audio_unknown"),
    ],
)
def test_what_has_no_sound_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        probe(io.BytesIO(raw), "x")
    assert caught.value.problem.code == code


@pytest.mark.parametrize("whole", [
    FTYP + box(b"moov", header_of_time(b"mvhd", 600, 900, 1), track(b"soun")),
    webm(entry(1, b"V_VP9"), entry(2, b"A_OPUS")),
])  # fmt: skip
def test_a_head_cut_anywhere_is_a_head_or_a_refusal(whole: bytes) -> None:
    for end in range(len(whole)):
        try:
            head = probe(io.BytesIO(whole[:end]))
        except Refusal:
            continue
        assert head.duration in (0, 1_500_000, 2_000_000, 2_500_000)


def test_real_videos_are_as_long_as_their_frames(real) -> None:
    # The first has sound for 13.056 s by the tests of the project it is from, and 16.57 s in all;
    # the other is 30 frames at 30 a second (MANIFEST.tsv).
    with (real / "video" / "nasa_13013.mp4").open("rb") as stream:
        head = probe(stream)
        assert (head.kind, head.container) == ("video", "mp4")
        assert head.duration / 1e6 == pytest.approx(13.056, abs=0.01)
    with (real / "video" / "bt709_full_range.mp4").open("rb") as stream:
        assert probe(stream).duration / 1e6 == pytest.approx(1.0, abs=0.05)
