"""Opening a recording in threads, and what only Qt decodes, made here with Qt's own encoder."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from labeler.api import Refusal
from labeler.kit.sound.decoder import quiet_decoders
from labeler.kit.sound.output import quiet_multimedia
from labeler.kit.sound.recording import Recording
from labeler.kit.timeline import TimeAxis, column_edges

RATE = 48_000
CLICKS = (0.5, 1.25)


def clicking(seconds: float = 2.0, rate: int = RATE) -> np.ndarray:
    sound = np.zeros(round(seconds * rate), np.int16)
    for click in CLICKS:
        sound[round(click * rate) : round(click * rate) + rate // 1000] = 30_000
    return sound


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[..., Recording]]:
    kept: list[Recording] = []

    def open_(stream: Callable[[], BinaryIO], *, whole: bool = True) -> Recording:
        recording = Recording(stream, "sound", cache=False)
        kept.append(recording)
        recording.start()
        if whole:
            qtbot.waitUntil(lambda: recording.problem is not None or recording.complete)
            qtbot.waitUntil(lambda: recording.problem is not None or recording.audio is not None)
        return recording

    yield open_
    for recording in kept:
        recording.close()


def wav(sound: np.ndarray, rate: int = RATE) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, sound, rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def test_a_recording_is_there_with_its_wave(opened: Callable[..., Recording]) -> None:
    raw = wav(clicking())
    recording = opened(lambda: io.BytesIO(raw))
    assert recording.audio is not None
    assert (recording.audio.frames, recording.audio.rate) == (2 * RATE, RATE)
    assert recording.loudest == pytest.approx(30_000 / 32_768, abs=0.001)


def test_close_up_a_click_is_in_the_column_of_its_sample(
    opened: Callable[..., Recording], qtbot: QtBot
) -> None:
    sound = np.zeros(20 * RATE, np.int16)
    sample = 7 * RATE + 4_321
    sound[sample] = 30_000
    raw = wav(sound)
    recording = opened(lambda: io.BytesIO(raw))
    axis = TimeAxis()
    axis.set_width(1000)
    axis.set_medium(20_000_000, RATE)
    for per_pixel in (20_000, 3_000, 100):  # 960, 144 and 4.8 samples a pixel
        axis.set_view(7_090_000 - 333.3 * per_pixel, per_pixel)
        edges = column_edges(axis, 1000)
        recording.columns(edges)
        qtbot.waitUntil(lambda e=edges: recording._close_up.columns(e) is not None)
        loud = np.flatnonzero(recording.columns(edges).high > 0.5)
        time = sample * 1_000_000 / RATE
        assert loud.tolist() == [int((time - axis.start) / axis.per_pixel)]


def test_samples_come_when_they_were_read(opened: Callable[..., Recording], qtbot: QtBot) -> None:
    ramp = np.arange(20_000, dtype=np.int16)
    raw = wav(ramp)
    recording = opened(lambda: io.BytesIO(raw))
    with qtbot.waitSignal(recording.grew):
        assert recording.samples(5_000, 10) is None
    found = recording.samples(5_000, 10)
    assert found is not None
    assert np.array_equal(found * 32_768, ramp[5_000:5_010])


def test_what_is_no_recording_is_refused_with_the_reason(
    opened: Callable[..., Recording], qtbot: QtBot
) -> None:
    recording = opened(lambda: io.BytesIO(b"this is a letter, not a sound" * 50))
    assert recording.problem is not None
    assert recording.problem.code == "audio_unknown"


def test_what_is_not_within_reach_is_refused_too(qtbot: QtBot) -> None:
    def missing() -> BinaryIO:
        raise Refusal.of("file_missing", "gone.wav")

    recording = Recording(missing, "gone.wav", cache=False)
    with qtbot.waitSignal(recording.refused) as heard:
        recording.start()
    assert heard.args[0].code == "file_missing"


def test_closing_while_it_is_opened_leaves_no_file_open(
    opened: Callable[..., Recording], qtbot: QtBot
) -> None:
    raw = wav(clicking())
    streams: list[io.BytesIO] = []

    def stream() -> io.BytesIO:
        streams.append(io.BytesIO(raw))
        return streams[-1]

    recording = opened(stream, whole=False)
    recording.close()
    qtbot.waitUntil(lambda: all(one.closed for one in streams))
    assert len(streams) == 3


@pytest.fixture(scope="module")
def encoded(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Two clicks in AAC, by Qt's encoder; skipped where this machine's Qt has none."""
    quiet_multimedia()  # Qt searches for libraries as soon as it is imported
    from PySide6.QtCore import QByteArray, QEventLoop, QTimer
    from PySide6.QtMultimedia import (
        QAudioBuffer,
        QAudioBufferInput,
        QAudioFormat,
        QMediaCaptureSession,
        QMediaFormat,
        QMediaRecorder,
    )

    quiet_decoders()
    folder = tmp_path_factory.mktemp("encoded")
    kinds = {"m4a": QMediaFormat.FileFormat.Mpeg4Audio, "mp4": QMediaFormat.FileFormat.MPEG4}

    def make(kind: str) -> Path:
        path = folder / f"clicks.{kind}"
        if path.is_file():
            return path
        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        source, session, recorder = (
            QAudioBufferInput(form),
            QMediaCaptureSession(),
            QMediaRecorder(),
        )
        session.setAudioBufferInput(source)
        session.setRecorder(recorder)
        media = QMediaFormat(kinds[kind])
        media.setAudioCodec(QMediaFormat.AudioCodec.AAC)
        recorder.setMediaFormat(media)
        recorder.setOutputLocation(QUrl.fromLocalFile(str(path)))
        recorder.setAutoStop(True)
        sound = clicking()
        sent = 0

        def feed() -> None:
            nonlocal sent
            while True:
                part = sound[sent : sent + 4_800]
                buffer = QAudioBuffer()
                if len(part):
                    at = round(sent * 1e6 / RATE)
                    buffer = QAudioBuffer(QByteArray(part.tobytes()), form, at)
                if not source.sendAudioBuffer(buffer) or not len(part):
                    return
                sent += len(part)

        loop = QEventLoop()
        source.readyToSendAudioBuffer.connect(feed)
        stopped = QMediaRecorder.RecorderState.StoppedState
        recorder.recorderStateChanged.connect(
            lambda state: loop.quit() if state == stopped else None
        )
        recorder.record()
        QTimer.singleShot(10_000, loop.quit)
        loop.exec()
        if not path.is_file() or not path.stat().st_size:
            pytest.skip("this machine's Qt encodes no AAC")
        return path

    return make


@pytest.mark.parametrize("kind", ["m4a", "mp4"])
def test_what_qt_decodes_has_its_clicks_where_they_were(
    opened: Callable[..., Recording], encoded: Callable[[str], Path], kind: str
) -> None:
    path = encoded(kind)
    recording = opened(lambda: path.open("rb"))
    audio = recording.audio
    assert audio is not None
    sound = np.abs(audio.read(0, audio.frames)[:, 0])
    assert audio.frames == pytest.approx(2 * RATE, abs=1_024)  # a frame of AAC at the end
    for click in CLICKS:
        near = slice(round((click - 0.1) * RATE), round((click + 0.1) * RATE))
        first = near.start + int(np.argmax(sound[near] > 0.4))
        assert first / RATE == pytest.approx(click, abs=0.001)


def test_bytes_without_a_file_are_decoded_too(
    opened: Callable[..., Recording], encoded: Callable[[str], Path]
) -> None:
    raw = encoded("m4a").read_bytes()
    recording = opened(lambda: io.BytesIO(raw))
    assert recording.audio is not None


def test_the_decoder_writes_nothing_to_the_terminal(
    opened: Callable[..., Recording],
    encoded: Callable[[str], Path],
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = encoded("m4a")
    capfd.readouterr()
    opened(lambda: path.open("rb"))
    assert capfd.readouterr().err == ""


def test_a_video_without_sound_is_refused(
    opened: Callable[..., Recording], shared_data: Path
) -> None:
    path = shared_data / "video" / "bt709_full_range.mp4"
    recording = opened(lambda: path.open("rb"))
    assert recording.problem is not None
    assert recording.problem.code in ("audio_unknown", "audio_empty")


def test_a_video_with_sound_is_heard(opened: Callable[..., Recording], shared_data: Path) -> None:
    path = shared_data / "video" / "nasa_13013.mp4"
    recording = opened(lambda: path.open("rb"))
    assert recording.audio is not None
    assert recording.audio.duration == pytest.approx(13_060_000, abs=60_000)  # its head says so
    assert recording.loudest > 0.1
