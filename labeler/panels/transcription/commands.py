"""The commands of the panel: what they do to playing and the view, and whether they can be run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from labeler.kit.command_table import CommandEntry, CommandTable
from labeler.kit.editor import CanRun
from labeler.kit.sound.player import SPEEDS
from labeler.panels.transcription.segment_commands import SegmentCommands

if TYPE_CHECKING:
    from labeler.panels.transcription.editor import TranscriptionEditor

__all__ = ["Commands"]

tr = QCoreApplication.translate
YES = CanRun(True)

_ZOOM = 1.5
_PAN = 0.25
_TALLER = 1.5
_FINE, _FINEST = 10_000, 1_000
"""Microseconds: a phone lasts five of the first, and its edge is heard to one of the second."""


class Commands(CommandTable):
    """Runs the commands of ``panel.toml`` on one editor."""

    def __init__(self, editor: TranscriptionEditor) -> None:
        self._editor = editor
        self.segments = SegmentCommands(editor)
        table: dict[str, CommandEntry] = {
            "play_pause": (self._play_pause, self._can_play),
            "play_segment": (self._play_segment, self._can_play_chosen),
            "loop": (self._loop, self._can_play),
            "step_back": (lambda: self._step(-1), self._can_play),
            "step_forward": (lambda: self._step(1), self._can_play),
            "back_fine": (lambda: self._go(-_FINE), self._can_play),
            "forward_fine": (lambda: self._go(_FINE), self._can_play),
            "back_finest": (lambda: self._go(-_FINEST), self._can_play),
            "forward_finest": (lambda: self._go(_FINEST), self._can_play),
            "to_start": (lambda: self._seek(0), self._can_play),
            "to_end": (lambda: self._seek(editor.sounding.duration), self._can_play),
            "slower": (lambda: self._faster(-1), lambda: self._can_speed(-1)),
            "faster": (lambda: self._faster(1), lambda: self._can_speed(1)),
            "normal_speed": (self._normal_speed, self._can_play),
            "zoom_in": (lambda: self._zoom(_ZOOM), self._can_zoom_in),
            "zoom_out": (lambda: self._zoom(1 / _ZOOM), self._can_zoom_out),
            "zoom_all": (editor.timeline.axis.fit, self._can_look),
            "zoom_segment": (self._zoom_segment, self._can_chosen),
            "pan_left": (lambda: self._pan(-_PAN), self._can_look),
            "pan_right": (lambda: self._pan(_PAN), self._can_look),
            "taller": (lambda: self._taller(_TALLER), self._can_look),
            "lower": (lambda: self._taller(1 / _TALLER), self._can_look),
            "mode": (editor.tools.mode.choose_next, self._can_look),
            "next": (lambda: self._walk(1), lambda: self._can_walk(1)),
            "previous": (lambda: self._walk(-1), lambda: self._can_walk(-1)),
            "disarm": (self._disarm, self._can_disarm),
        }
        table |= self.segments.table
        named = {f"transcription.{name}": entry for name, entry in table.items()}
        super().__init__({**named, **self.segments.decisions.entries("transcription")})

    # playing

    def _play_pause(self) -> None:
        self._editor.sounding.play_pause(self._editor.chosen_stretch)

    def _play_segment(self) -> None:
        stretch = self._editor.chosen_stretch
        if stretch is not None:
            self._editor.sounding.play_stretch(*stretch)

    def _loop(self) -> None:
        sounding = self._editor.sounding
        sounding.set_loop(not sounding.looping, self._editor.chosen_stretch)

    def _step(self, way: int) -> None:
        self._go(round(way * self._editor.sounding.step * 1_000_000))

    def _go(self, by: int) -> None:
        """Move the playhead by so many microseconds, and let it be seen there."""
        sounding = self._editor.sounding
        self._seek(min(max(0, sounding.player.position + by), sounding.duration))

    def _seek(self, time: int) -> None:
        self._editor.sounding.seek(time)
        self._editor.timeline.axis.reveal(time)

    def _faster(self, way: int) -> None:
        player = self._editor.sounding.player
        ordered = SPEEDS if way > 0 else SPEEDS[::-1]
        for speed in ordered:
            if way * speed > way * player.speed + 1e-9:
                self._editor.set_speed(speed)
                return

    def _normal_speed(self) -> None:
        self._editor.set_speed(1.0)

    # the view

    def _zoom(self, factor: float) -> None:
        axis, timeline = self._editor.timeline.axis, self._editor.timeline
        x = axis.x_of(timeline.playhead)
        inside = 0 <= x <= axis.width
        axis.zoom(factor, x if inside else axis.width / 2)

    def _zoom_segment(self) -> None:
        stretch = self._editor.chosen_stretch
        if stretch is not None:
            start, end = stretch
            room = max(end - start, 100_000)
            self._editor.timeline.axis.show(start - room // 4, end + room // 4)

    def _pan(self, share: float) -> None:
        axis = self._editor.timeline.axis
        axis.scroll(axis.width * share)

    def _taller(self, factor: float) -> None:
        editor = self._editor
        editor.set_gain(editor.timeline.gain * factor)

    # the rows

    def _next_row(self, way: int) -> str:
        """The row after the chosen one or, where none is, after the playhead."""
        editor = self._editor
        entries = editor.transcript.table.entries
        row = editor.transcript.table.row_of(editor.chosen_id)
        if row < 0:
            here = editor.timeline.playhead
            before = sum(1 for one in entries if one.start < here)
            row = max(0, min(before if way > 0 else before - 1, len(entries) - 1))
        else:
            row += way
        return entries[row].id if 0 <= row < len(entries) else ""

    def _walk(self, way: int) -> None:
        self._editor.choose(self._next_row(way))

    def _disarm(self) -> None:
        editor = self._editor
        if not editor.timeline.let_go() and not self.segments.drop_pending():
            if editor.transcript.typed:
                editor.leave_text()
            else:
                editor.choose("")

    # whether

    def _can_look(self) -> CanRun:
        if self._editor.timeline.axis.duration <= 0:
            return CanRun(False, tr("Transcription", "There is no recording"))
        return YES

    def _can_play(self) -> CanRun:
        if not self._editor.sounding.is_open:
            return CanRun(False, tr("Transcription", "There is nothing to be heard"))
        return YES

    def _can_chosen(self) -> CanRun:
        if self._editor.chosen is None:
            return CanRun(False, tr("Transcription", "No segment is selected"))
        return self._can_look()

    def _can_play_chosen(self) -> CanRun:
        can = self._can_play()
        return can if not can.ok else self._can_chosen()

    def _can_speed(self, way: int) -> CanRun:
        speed = self._editor.sounding.player.speed
        if (speed >= SPEEDS[-1]) if way > 0 else (speed <= SPEEDS[0]):
            return CanRun(False, tr("Transcription", "There is no further speed"))
        return self._can_play()

    def _can_zoom_in(self) -> CanRun:
        axis = self._editor.timeline.axis
        if axis.duration > 0 and axis.per_pixel <= axis.finest:
            return CanRun(False, tr("Transcription", "Single samples are in sight"))
        return self._can_look()

    def _can_zoom_out(self) -> CanRun:
        axis = self._editor.timeline.axis
        if axis.duration > 0 and axis.per_pixel >= axis.coarsest:
            return CanRun(False, tr("Transcription", "All of it is in sight"))
        return self._can_look()

    def _can_walk(self, way: int) -> CanRun:
        if not self._next_row(way):
            return CanRun(False, tr("Transcription", "There is no further segment"))
        return YES

    def _can_disarm(self) -> CanRun:
        editor = self._editor
        pending = editor.timeline.pending is not None or editor.timeline.is_drawing
        if not pending and editor.chosen is None and not editor.transcript.typed:
            return CanRun(False, tr("Transcription", "Nothing is selected"))
        return YES
