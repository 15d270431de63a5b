"""Where frames go: the machine's sound device through Qt, or nowhere, with the clock for an ear."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QElapsedTimer,
    QIODevice,
    QLoggingCategory,
    QMessageLogContext,
    QObject,
    QtMsgType,
    qInstallMessageHandler,
)

from labeler.kit.sound.feeder import Feeder

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink

__all__ = ["ClockOutput", "NoDevice", "Output", "SinkOutput", "device_output", "quiet_multimedia"]

_BUFFER_S = 0.2
_LEAD_S = 0.05
"""How far the device may run ahead of the clock before the clock is set after it."""
_SCALE = 32767
_NO_SERVER = ("PulseAudioService", "No audio device", "PipeWire")


class NoDevice(Exception):
    """There is no sound device, or it takes no sound; the text says which."""


class Output(Protocol):
    """A place frames are played at."""

    def start(self, feeder: Feeder) -> None:
        """Begin to play; raises NoDevice where it cannot."""

    def stop(self) -> None:
        """Be silent at once."""

    def heard(self) -> float:
        """Seconds that were heard since ``start``."""

    @property
    def failed(self) -> str:
        """Why it fell silent by itself, empty where it did not."""


def quiet_multimedia() -> None:
    """Keep Qt Multimedia's search for libraries that a machine may lack out of the log."""
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")


def device_output() -> Output:
    """The output of the machine's default device; raises NoDevice where it has none.

    Qt Multimedia is loaded here, when something is to be heard for the first time.
    """
    quiet_multimedia()
    with _hushed():
        try:
            from PySide6.QtMultimedia import QMediaDevices
        except ImportError as error:
            raise NoDevice(str(error)) from None
        device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        raise NoDevice("there is no sound device")
    return SinkOutput(device)


@contextmanager
def _hushed() -> Iterator[None]:
    """Leave out what Qt says of a sound server that is not there: that is told in our own words."""

    def handle(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if before is not None and not text.startswith(_NO_SERVER):
            before(kind, context, text)

    before: Callable[..., object] | None = qInstallMessageHandler(handle)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


class ClockOutput:
    """Plays nothing: time goes by as if it did."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()

    @property
    def failed(self) -> str:
        """It never does."""
        return ""

    def start(self, feeder: Feeder) -> None:
        """Start the clock."""
        self._clock.start()

    def stop(self) -> None:
        """Stop the clock."""
        self._clock.invalidate()

    def heard(self) -> float:
        """Seconds since it was started."""
        return self._clock.nsecsElapsed() / 1e9 if self._clock.isValid() else 0.0


class SinkOutput(QObject):
    """A device that draws frames from the feeder as it needs them (pull mode of QAudioSink).

    The clock is the device's: what it has taken, less what still waits in its buffer, smoothed by the
    machine's own clock because devices take sound in gulps.
    """

    def __init__(self, device: QAudioDevice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._device = device
        self._sink: QAudioSink | None = None
        self._reader: _Reader | None = None
        self._clock = QElapsedTimer()
        self._shift = 0.0
        self._last = 0.0
        self._failed = ""

    @property
    def failed(self) -> str:
        """What the device said when it gave up, empty where it did not."""
        return self._failed

    def start(self, feeder: Feeder) -> None:
        """Begin to play; raises NoDevice where the device takes nothing."""
        from PySide6.QtMultimedia import QAudioSink, QtAudio

        self.stop()
        format_ = _format_for(self._device, feeder)
        self._failed = ""
        self._reader = _Reader(feeder, format_)
        self._sink = QAudioSink(self._device, format_)
        self._sink.setBufferSize(format_.bytesForDuration(round(_BUFFER_S * 1e6)))
        # Unbuffered: Qt would else read ahead, and the end of a stretch would come too early.
        self._reader.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)
        self._sink.start(self._reader)
        if self._sink.error() != QtAudio.Error.NoError:
            words = str(self._sink.error().name)
            self.stop()
            raise NoDevice(words)
        self._sink.stateChanged.connect(self._state_changed)
        self._shift = self._last = 0.0
        self._clock.start()

    def stop(self) -> None:
        """Be silent at once."""
        sink, self._sink = self._sink, None
        reader, self._reader = self._reader, None
        if sink is not None:
            sink.blockSignals(True)
            sink.stop()
            sink.deleteLater()
        if reader is not None:
            reader.close()
            reader.deleteLater()
        self._clock.invalidate()

    def heard(self) -> float:
        """Seconds that were heard since ``start``: never back, never ahead of what was taken."""
        sink = self._sink
        if sink is None or not self._clock.isValid():
            return self._last
        taken = sink.processedUSecs() / 1e6
        now = self._clock.nsecsElapsed() / 1e9 + self._shift
        if now > taken:
            # It has not begun yet, or stumbled: wait for it.
            self._shift -= now - taken
            now = taken
        elif taken - now > _BUFFER_S + _LEAD_S:
            self._shift += taken - now - _BUFFER_S
            now = taken - _BUFFER_S
        self._last = max(self._last, now)
        return self._last

    def _state_changed(self) -> None:
        from PySide6.QtMultimedia import QtAudio

        sink = self._sink
        if sink is not None and sink.error() not in (
            QtAudio.Error.NoError,
            QtAudio.Error.UnderrunError,
        ):
            self._failed = str(sink.error().name)


def _format_for(device: QAudioDevice, feeder: Feeder) -> QAudioFormat:
    """The source's own rate where the device takes it, else the device's preferred one."""
    from PySide6.QtMultimedia import QAudioFormat

    wanted = QAudioFormat()
    wanted.setSampleRate(feeder.rate)
    wanted.setChannelCount(feeder.channels)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    if device.isFormatSupported(wanted):
        return wanted
    preferred = device.preferredFormat()
    wanted.setSampleRate(preferred.sampleRate())
    wanted.setChannelCount(preferred.channelCount())
    if not device.isFormatSupported(wanted):
        wanted.setSampleFormat(preferred.sampleFormat())
    return wanted


class _Reader(QIODevice):
    """The bytes a device asks for, from whatever thread it asks."""

    def __init__(self, feeder: Feeder, format_: QAudioFormat) -> None:
        super().__init__()
        self._feeder = feeder
        self._format = format_
        self._lock = threading.Lock()
        self._resampler = Resampler(feeder, format_.sampleRate())
        feeder.channels = format_.channelCount()

    def isSequential(self) -> bool:
        return True

    def bytesAvailable(self) -> int:
        return 0 if self._resampler.over else 1 << 20

    def atEnd(self) -> bool:
        return self._resampler.over

    def readData(self, maxlen: int) -> bytes:
        with self._lock:
            size = self._format.bytesPerFrame()
            frames = self._resampler.pull(maxlen // size) if size else None
            return b"" if frames is None else _bytes(frames, self._format)

    def writeData(self, data: object, length: int) -> int:
        return -1


class Resampler:
    """Frames of a feeder at the rate of a device, by straight lines between samples.

    Only for a device that does not take the source's own rate.
    """

    def __init__(self, feeder: Feeder, rate: int) -> None:
        self._feeder = feeder
        self._step = feeder.rate / rate
        self._rest: NDArray[np.float32] | None = None
        self._at = 0.0

    @property
    def over(self) -> bool:
        """Whether everything was handed out."""
        return self._feeder.over and (self._rest is None or len(self._rest) < 2)

    def pull(self, count: int) -> NDArray[np.float32]:
        """The next frames as (frames, channels); fewer only at the end."""
        if self._step == 1.0:
            return self._feeder.pull(count)
        places = self._at + np.arange(count) * self._step
        have = self._rest if self._rest is not None else self._feeder.pull(1)
        needed = int(places[-1]) + 2 - len(have) if count else 0
        if needed > 0:
            have = np.concatenate([have, self._feeder.pull(needed)])
        places = places[places <= len(have) - 1]
        rows = np.arange(len(have))
        out = np.stack(
            [np.interp(places, rows, have[:, one]) for one in range(have.shape[1])], axis=1
        ).astype(np.float32)
        following = self._at + len(places) * self._step
        used = min(int(following), max(0, len(have) - 1))
        self._rest, self._at = have[used:], following - used
        return out


def _bytes(frames: NDArray[np.float32], format_: QAudioFormat) -> bytes:
    """Frames as the device takes them; what is beyond full scale is cut."""
    from PySide6.QtMultimedia import QAudioFormat

    kinds = QAudioFormat.SampleFormat
    kind = format_.sampleFormat()
    clipped = np.clip(frames, -1.0, 1.0)
    if kind == kinds.Float:
        return clipped.astype("<f4").tobytes()
    if kind == kinds.Int32:
        return (clipped.astype(np.float64) * 2147483647).astype("<i4").tobytes()
    if kind == kinds.UInt8:
        return ((clipped + 1) * 127.5).astype(np.uint8).tobytes()
    return np.rint(clipped * _SCALE).astype("<i2").tobytes()
