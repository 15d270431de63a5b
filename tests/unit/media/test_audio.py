"""A place in a recording is exactly that place, and a file that lies is taken as far as it is sound."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
import soundfile
from sounds import CLICK, encoded, with_data_length

from labeler.api import MediaHead, Refusal
from labeler.media.audio import open_audio
from labeler.media.microseconds import from_frames, to_frames
from labeler.media.probe import probe

HOUR = 8_000 * 3_600
LONG = {
    "wav": ("WAV", "PCM_16", HOUR, {}),
    "flac": ("FLAC", "PCM_16", HOUR, {}),
    "mp3-vbr": ("MP3", "MPEG_LAYER_III", HOUR, {"bitrate_mode": "VARIABLE", "compression_level": 0.9}),
    "ogg": ("OGG", "VORBIS", HOUR // 6, {}),
    "opus": ("OGG", "OPUS", HOUR // 30, {}),
}  # fmt: skip


@pytest.mark.parametrize("kind", LONG)
def test_a_click_is_read_at_its_sample_from_wherever_reading_begins(kind: str) -> None:
    container, codec, frames, more = LONG[kind]
    clicks = [frames * part // 100 + 7 for part in (1, 33, 50, 83, 99)]
    audio = open_audio(io.BytesIO(encoded(frames, 8_000, container, codec, clicks, **more)))
    assert audio.frames == frames
    assert audio.duration == frames * 125  # 1/8000 s
    for click in (clicks[3], clicks[0], clicks[4], clicks[2], clicks[1]):
        for before in (0, 1, 60, 700):
            samples = audio.read(click - before, 800)[:, 0]
            assert int(np.argmax(np.abs(samples))) == before
            assert samples[before] > 0.3
    audio.close()


@pytest.mark.parametrize("kind", ["flac", "mp3-vbr", "ogg", "opus"])
def test_a_stretch_is_the_same_alone_as_in_a_run(kind: str) -> None:
    container, codec, _, more = LONG[kind]
    raw = encoded(80_000, 8_000, container, codec, [41_000], **more)
    run = open_audio(io.BytesIO(raw)).read(0, 80_000)
    alone = open_audio(io.BytesIO(raw))
    for start in (79_000, 40_500, 1, 76_900, 20_000, 60_000):
        assert np.allclose(alone.read(start, 900), run[start : start + 900], atol=1e-4)


def test_frames_beyond_the_end_are_not_there() -> None:
    audio = open_audio(io.BytesIO(encoded(1_000)))
    assert audio.read(990, 50).shape == (10, 1)
    assert audio.read(1_000, 5).shape == (0, 1)
    assert audio.read(5_000, 5).shape == (0, 1)


@pytest.mark.parametrize(
    "codec", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW"]
)
def test_whole_numbers_are_the_floats_times_32768(codec: str) -> None:
    audio = open_audio(io.BytesIO(encoded(4_000, codec=codec, clicks=[100])))
    floats, whole = audio.read(0, 4_000), audio.read_int16(0, 4_000)
    assert whole[100, 0] == pytest.approx(CLICK * 32768, rel=0.03)
    assert np.abs(whole - floats * 32768).max() <= 1.0


def test_floats_that_are_no_numbers_are_silent_and_loud_ones_are_cut_off_in_whole_numbers() -> None:
    into = io.BytesIO()
    soundfile.write(
        into, np.array([np.nan, np.inf, -np.inf, 4.0, -4.0, 0.5]), 8_000, "FLOAT", format="WAV"
    )
    audio = open_audio(io.BytesIO(into.getvalue()))
    assert audio.read(0, 6)[:, 0].tolist() == [0.0, 1.0, -1.0, 4.0, -4.0, 0.5]
    assert audio.read_int16(0, 6)[:, 0].tolist() == [0, 32767, -32768, 32767, -32768, 16384]


@pytest.mark.parametrize(
    ("rate", "channels", "container", "codec"),
    [(192_000, 1, "FLAC", "PCM_24"), (48_000, 8, "WAV", "PCM_24"), (44_100, 2, "OGG", "VORBIS")],
)
def test_many_channels_and_high_rates(rate: int, channels: int, container: str, codec: str) -> None:
    raw = encoded(rate, rate, container, codec, [rate // 2], channels)
    audio = open_audio(io.BytesIO(raw))
    assert (audio.rate, audio.channels, audio.frames) == (rate, channels, rate)
    assert audio.duration == 1_000_000
    assert np.argmax(audio.read(0, rate), axis=0).tolist() == [rate // 2] * channels


def test_one_sample_is_a_recording() -> None:
    audio = open_audio(io.BytesIO(encoded(1, 16_000)))
    assert (audio.frames, audio.duration) == (1, 62)  # 62.5 µs, to the even one
    assert len(audio.read(0, 10)) == 1


SECOND = encoded(16_000, clicks=[12_000])


def test_a_recorder_that_died_left_no_length_and_the_sound_is_there() -> None:
    audio = open_audio(io.BytesIO(with_data_length(SECOND, 0)), "a.wav")
    assert audio.frames == 16_000
    assert int(np.argmax(audio.read(0, 16_000)[:, 0])) == 12_000
    assert [(one.code, one.where) for one in audio.problems] == [("audio_head", "a.wav")]


def test_a_stream_writer_s_unknown_length_is_no_fault() -> None:
    audio = open_audio(io.BytesIO(with_data_length(SECOND, 0xFFFFFFFF)))
    assert audio.frames == 16_000
    assert audio.problems == ()


def test_a_flac_whose_writer_did_not_know_its_length_has_that_of_its_sound() -> None:
    raw = bytearray(encoded(48_000, container="FLAC", clicks=[30_000]))
    # STREAMINFO: the last 36 of these 64 bits count the samples; 0 is unknown (format, section 8.2).
    raw[21] &= 0xF0
    raw[22:26] = bytes(4)
    audio = open_audio(io.BytesIO(bytes(raw)))
    assert (audio.frames, audio.problems) == (48_000, ())
    assert int(np.argmax(audio.read(0, 48_000)[:, 0])) == 30_000
    assert probe(io.BytesIO(bytes(raw))).duration == 0


def test_a_cut_wav_is_read_as_far_as_it_goes_and_says_so() -> None:
    audio = open_audio(io.BytesIO(SECOND[: 44 + 16_001]), "a.wav")
    assert audio.frames == 8_000
    assert [str(one) for one in audio.problems] == [
        "a.wav: the file is cut: its head tells of 1.0 s, 0.5 s are there"
    ]


@pytest.mark.parametrize("container", ["FLAC", "MP3"])
def test_a_cut_file_whose_head_tells_more_ends_where_its_sound_ends(container: str) -> None:
    codec = "PCM_16" if container == "FLAC" else "MPEG_LAYER_III"
    frames = 16_000 * 30
    raw = encoded(frames, 16_000, container, codec, [3_000])
    audio = open_audio(io.BytesIO(raw[: len(raw) // 2]))
    assert 0.4 * frames < audio.frames < 0.6 * frames
    assert len(audio.read(audio.frames - 100, 200)) == 100
    assert int(np.argmax(audio.read(0, audio.frames)[:, 0])) == 3_000
    assert [one.code for one in audio.problems] == ["audio_cut"]


def test_a_hole_in_a_flac_is_silent_and_what_follows_is_in_its_place() -> None:
    frames, click = 16_000 * 20, 16_000 * 18
    raw = bytearray(encoded(frames, 16_000, "FLAC", "PCM_16", [click]))
    raw[len(raw) // 2 : len(raw) // 2 + 400] = b"\xaa" * 400
    audio = open_audio(io.BytesIO(bytes(raw)))
    samples = audio.read(0, frames)[:, 0]
    assert len(samples) == frames
    assert int(np.argmax(samples)) == click
    assert [one.code for one in audio.problems] == ["audio_damaged"]
    # The hum is nought for one sample at a time, what is silent for thousands.
    silent = np.flatnonzero((samples[:-1] == 0) & (samples[1:] == 0))
    assert 0.3 * frames < silent.min() < silent.max() < 0.7 * frames


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "audio_empty"),
        (SECOND[:44].replace(b"data" + SECOND[40:44], b"data\0\0\0\0"), "audio_empty"),
        (SECOND[:20], "audio_unknown"),
        (b"\0" * 5_000, "audio_unknown"),
        (b"<html>no</html>" * 99, "audio_unknown"),
        (SECOND[:22] + b"\0\0" + SECOND[24:], "audio_unknown"),  # no channels
        (SECOND[:24] + b"\0\0\0\0" + SECOND[28:], "audio_unknown"),  # no rate
        (encoded(20_000, container="OGG", codec="VORBIS")[:200], "audio_unknown"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "audio_unknown"),
    ],
)  # fmt: skip
def test_what_is_no_recording_is_refused_with_its_reason_and_closed(raw: bytes, code: str) -> None:
    stream = io.BytesIO(raw)
    with pytest.raises(Refusal) as caught:
        open_audio(stream, "x.wav")
    assert caught.value.problem.code == code
    assert str(caught.value).startswith("x.wav: ")
    assert "object at" not in str(caught.value)
    assert stream.closed


def test_an_empty_wav_with_notes_behind_it_is_empty() -> None:
    notes = b"LIST" + struct.pack("<I", 4) + b"INFO"
    with pytest.raises(Refusal) as caught:
        open_audio(io.BytesIO(SECOND[:40] + b"\0\0\0\0" + notes))
    assert caught.value.problem.code == "audio_empty"


def test_what_soundfile_cannot_read_goes_to_the_decoder_with_its_head() -> None:
    aac = b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(99)
    seen: list[tuple[bytes, MediaHead, str]] = []

    class Tape:
        def open(self, stream, head, name):
            seen.append((stream.read(), head, name))
            return "the recording"

    assert open_audio(io.BytesIO(aac), "a.aac", Tape()) == "the recording"
    assert seen == [(aac, MediaHead("audio", "aac", "aac"), "a.aac")]
    with pytest.raises(Refusal) as caught:
        open_audio(io.BytesIO(aac), "a.aac")
    assert str(caught.value) == "a.aac: no decoder here reads this: aac in aac"


def test_a_disk_that_goes_away_is_a_refusal_and_no_silence() -> None:
    class Drive(io.BytesIO):
        gone = False

        def read(self, count=-1):
            if self.gone:
                raise OSError(5, "Input/output error")
            return super().read(count)

    drive = Drive(encoded(400_000))
    audio = open_audio(drive, "a.wav")
    drive.gone = True
    with pytest.raises(Refusal) as caught:
        audio.read(100_000, 200_000)
    assert str(caught.value) == "a.wav: the file cannot be read: Input/output error"


def test_real_recordings_are_as_long_as_their_manifest_says(real) -> None:
    # MANIFEST.tsv: format, rate, channels and seconds, found by another program.
    told = {
        "mfa/61-70968-0000.flac": (16_000, 1, 4.91),
        "mfa/13697_11991_000000.opus": (16_000, 1, 14.85),
        "mfa/common_voice_en_22058264.mp3": (48_000, 1, 4.11),
        "mfa/common_voice_ja_24511055.mp3": (32_000, 1, 6.52),
        "elan_fables/fables_01_03_aesop_64kb.ogg": (44_100, 1, 101.41),
        "diarization/sample.wav": (16_000, 1, 30.0),
        "praat/mary.wav": (48_000, 1, 1.87),
    }
    for name, (rate, channels, seconds) in told.items():
        audio = open_audio((real / "audio" / name).open("rb"), name)
        assert (audio.rate, audio.channels) == (rate, channels)
        assert audio.duration / 1e6 == pytest.approx(seconds, abs=0.01)
        assert len(audio.read_int16(audio.frames - 50, 90)) == 50
        whole, _ = soundfile.read(real / "audio" / name, dtype="float32", always_2d=True)
        assert np.allclose(audio.read(0, audio.frames + 9), whole, atol=1e-6)
        assert audio.problems == ()
        audio.close()


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 192_000])
def test_a_frame_s_microsecond_leads_back_to_the_frame(rate: int) -> None:
    for frame in (0, 1, 2, 3, 7, 12_345, 2**31 + 1, 36_000 * rate + 1):
        assert to_frames(from_frames(frame, rate), rate) == frame


def test_halves_go_to_the_even_microsecond() -> None:
    # 1/16000 s is 62.5 µs, 3/16000 s is 187.5 µs.
    assert (from_frames(1, 16_000), from_frames(3, 16_000)) == (62, 188)
