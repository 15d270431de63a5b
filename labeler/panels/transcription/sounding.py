"""What is heard: the recording of the task, opened ahead where it can be, and how it is played."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from PySide6.QtCore import QObject, QTimer, Signal

from labeler.api import Json, MediaRef, Problem
from labeler.kit.editor import EditorHost
from labeler.kit.sound import Player
from labeler.kit.sound.recording import Recording

__all__ = ["Sounding"]

_SECOND = 1_000_000
_AHEAD = 2
"""Recordings that are opened before their task is shown."""


class Sounding(QObject):
    """Opens recordings and plays them with rewind, steps and loops.

    ``opened`` fires when the task's recording can be heard, ``refused`` carries why it cannot be,
    ``decoding`` (done, total) how far it is, ``grew`` that more of its wave is known.
    """

    opened = Signal()
    refused = Signal(object)
    decoding = Signal(object, object)
    grew = Signal()
    loop_changed = Signal(bool)

    def __init__(self, host: EditorHost, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self.player = Player(parent=self)
        self.recording: Recording | None = None
        self._ref: MediaRef | None = None
        self._ahead: dict[MediaRef, Recording] = {}
        self._paused_at: int | None = None
        self._duration = 0
        self._loop = False
        self.rewind = 1.5
        """Seconds a pause goes back when it ends."""
        self.step = 2.0
        """Seconds of a step back or forward."""
        self.gap = 0.5
        """Seconds of silence between two rounds of a loop."""

    def set_settings(self, settings: Mapping[str, Json]) -> None:
        """Take over what the person set."""
        self.step = _seconds(settings, "transcription.step", 2.0)
        self.gap = _seconds(settings, "transcription.loop_gap", 0.5)

    # opening

    def prepare(self, ref: MediaRef) -> None:
        """Open a recording that will probably be wanted; the oldest of those not wanted goes."""
        if ref == self._ref or ref in self._ahead:
            return
        while len(self._ahead) >= _AHEAD:
            self._drop(self._ahead.pop(next(iter(self._ahead))))
        self._ahead[ref] = self._begin(ref)

    def show(self, ref: MediaRef | None, duration: int) -> None:
        """This is the recording from now on; ``duration`` is what its head says."""
        self.close()
        self._ref, self._duration = ref, duration
        if ref is None:
            return
        recording = self._ahead.pop(ref, None)
        if recording is not None and recording.problem is not None:
            self._drop(recording)  # what was missing then may be here now
            recording = None
        recording = recording or self._begin(ref)
        self.recording = recording
        recording.opened.connect(self._opened)
        recording.refused.connect(self.refused)
        recording.decoding.connect(self.decoding)
        recording.grew.connect(self.grew)
        if recording.audio is not None:
            self._opened()
        elif recording.problem is not None:
            self.refused.emit(recording.problem)

    def close(self) -> None:
        """Stop, and let go of the task's recording."""
        self.player.close()
        self._paused_at = None
        self._ref, self._duration = None, 0
        if self.recording is not None:
            self._drop(self.recording)
            self.recording = None

    def close_all(self) -> None:
        """Let go of what was opened ahead too."""
        self.close()
        for recording in self._ahead.values():
            self._drop(recording)
        self._ahead.clear()

    def _begin(self, ref: MediaRef) -> Recording:
        def open_stream() -> BinaryIO:
            return self._host.open_medium(ref)

        recording = Recording(open_stream, ref.path, parent=self)
        recording.start()
        return recording

    def _drop(self, recording: Recording) -> None:
        recording.close()
        recording.deleteLater()

    def _opened(self) -> None:
        assert self.recording is not None
        self.player.set_source(self.recording.audio)
        self.opened.emit()
        QTimer.singleShot(0, self.player, self.player.warm)

    # what is so

    @property
    def is_open(self) -> bool:
        """Whether there is something to be heard."""
        return self.player.source is not None

    @property
    def duration(self) -> int:
        """How long it is, by its samples, or as long as its head says."""
        return self.player.duration if self.is_open else self._duration

    @property
    def rate(self) -> int:
        """Samples a second, 0 while that is not known."""
        return self.player.source.rate if self.player.source is not None else 0

    @property
    def problem(self) -> Problem | None:
        """Why nothing can be heard."""
        return self.recording.problem if self.recording is not None else None

    @property
    def looping(self) -> bool:
        """Whether a segment starts over at its end."""
        return self._loop

    # playing

    def play_pause(self, chosen: tuple[int, int] | None) -> None:
        """Stop; or go on, a little before where it was stopped if nobody moved it since.

        With looping on it is the chosen stretch that plays, again and again.
        """
        player = self.player
        if player.playing:
            player.pause()
            self._paused_at = player.position
            return
        start = player.position
        if start == self._paused_at or start >= player.duration:
            start = max(0, start - round(self.rewind * _SECOND))
            if start >= player.duration:
                start = 0
        self._paused_at = None
        if self._loop and chosen is not None and chosen[1] > chosen[0]:
            first, last = chosen
            player.loop(first, last, self._gap, max(first, start))
        else:
            player.play(start)

    def play_stretch(self, start: int, end: int) -> None:
        """Play a stretch from its beginning, once, or with looping on again and again."""
        self._paused_at = None
        if end <= start:  # a point: what follows it
            self.player.play(start)
        elif self._loop:
            self.player.loop(start, end, self._gap)
        else:
            self.player.play(start, end)

    def move_loop(self, chosen: tuple[int, int] | None) -> None:
        """Another stretch was chosen while one loops: that one loops from now on."""
        if self.player.looping and chosen is not None:
            self.play_stretch(*chosen)

    def set_loop(self, on: bool, chosen: tuple[int, int] | None) -> None:
        """Let a chosen segment start over at its end, or go on."""
        self._loop = on
        self.loop_changed.emit(on)
        player = self.player
        if player.playing and on and chosen is not None and chosen[1] > chosen[0]:
            here = player.position
            player.loop(*chosen, self._gap, here)
        elif player.looping and not on:
            player.play(player.position)

    def seek(self, time: int) -> None:
        """Go to a time; what plays goes on from there, exactly there."""
        self._paused_at = None
        self.player.seek(time)

    @property
    def _gap(self) -> int:
        return round(self.gap * _SECOND)


def _seconds(settings: Mapping[str, Json], key: str, otherwise: float) -> float:
    value = settings.get(key, otherwise)
    return float(value) if isinstance(value, (int, float)) else otherwise
