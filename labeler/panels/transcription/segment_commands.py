"""What commands do to segments: begin and end them while playing, cut, join, move, name, take over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from labeler.kit.command_table import CommandEntry
from labeler.kit.decisions import Decisions
from labeler.kit.editor import CanRun
from labeler.panels.transcription import edits, proposals
from labeler.panels.transcription.entries import Entry as Row
from labeler.panels.transcription.stage import speaker_of

if TYPE_CHECKING:
    from labeler.panels.transcription.editor import TranscriptionEditor

__all__ = ["KEYED_SPEAKERS", "SegmentCommands"]

tr = QCoreApplication.translate
YES = CanRun(True)

KEYED_SPEAKERS = 9
_NUDGES = {"": 10_000, "_fine": 1_000, "_far": 100_000}
"""Microseconds an edge is moved by a key."""


class SegmentCommands:
    """The commands that change the value; ``edge`` is the one that keys move, "start" or "end"."""

    def __init__(self, editor: TranscriptionEditor) -> None:
        self._editor = editor
        self.edge = "end"
        self.decisions = Decisions(editor, lambda taken, _: proposals.accept(editor.value, taken))
        self._wrote = False
        """Whether a hand changed a text since a segment was begun."""
        editor.transcript.live.typed.connect(self._note_writing)
        self.table: dict[str, CommandEntry] = {
            "start": (self._start, self._can_sound),
            "end": (self._end, self._can_end),
            "start_here": (lambda: self._edge_here("start"), lambda: self._can_edge("start")),
            "end_here": (lambda: self._edge_here("end"), lambda: self._can_edge("end")),
            "split": (self._split, self._can_split),
            "merge": (self._merge, self._can_merge),
            "point": (self._point, self._can_sound),
            "remove": (self._remove, self._can_edit_own),
            "edge": (self._other_edge, self._can_edit_segment),
            "type": (self._type, self._can_type),
            "new_speaker": (self._new_speaker, self._can_edit),
            "rename_speaker": (self._rename, self._can_rename),
        }
        for name, step in _NUDGES.items():
            for side, way in (("earlier", -1), ("later", 1)):
                command = f"{side}{name}"
                self.table[command] = (partial(self._nudge, way * step), self._can_edit_own)
        for number in range(1, KEYED_SPEAKERS + 1):
            self.table[f"speaker_{number}"] = (
                partial(self._speak, number),
                partial(self._can_speak, number),
            )

    # making segments

    def _start(self) -> None:
        """Begin a segment at the playhead; one that was begun before ends here."""
        editor = self._editor
        here = editor.sounding.player.position
        begun = editor.timeline.pending
        if begun is not None and begun != here:
            self.make(min(begun, here), max(begun, here), editor.speaker, stay=True)
        self._wrote = False
        editor.set_pending(here)

    def _end(self) -> None:
        editor = self._editor
        begun, here = editor.timeline.pending, editor.sounding.player.position
        if begun is None:
            return
        editor.set_pending(None)
        if begun != here:
            # Who wrote on at another text while this one was heard is not torn out of it.
            writes = editor.is_typing and self._wrote
            self.make(min(begun, here), max(begun, here), editor.speaker, stay=writes)

    def _note_writing(self, _text: str) -> None:
        self._wrote = True

    def drop_pending(self) -> bool:
        """Forget where a segment was begun; whether one was."""
        there = self._editor.timeline.pending is not None
        self._editor.set_pending(None)
        return there

    def make(self, start: int, end: int, speaker: str, *, stay: bool = False) -> None:
        """A new segment; unless ``stay`` it is chosen, and the caret goes into its text."""
        editor = self._editor
        value, ident = edits.add_segment(editor.value, start, end, speaker, editor.label)
        self.edge = "end"
        editor.commit(value, tr("Transcription", "Add segment"))
        if stay:
            return
        editor.choose(ident, seek=False)
        if editor.types_after_making:
            editor.start_typing(ident)

    def drawn(self, start: int, end: int, lane: str) -> None:
        """A stretch was drawn over the wave or in a lane."""
        speaker = speaker_of(lane) if lane else self._editor.speaker
        if self._editor.may_edit:
            self.make(start, end, speaker)

    def dragged(self, ident: str, start: int, end: int) -> None:
        """An edge was dragged."""
        row = self._editor.entry(ident)
        if row is not None and row.proposal is None and self._editor.may_edit:
            self.edge = "start" if start != row.start else "end"
            self.move(row, start, end, "")

    def _point(self) -> None:
        editor = self._editor
        here = editor.sounding.player.position
        value, ident = edits.add_point(editor.value, here, editor.speaker)
        editor.commit(value, tr("Transcription", "Add point"))
        if not editor.is_typing:
            editor.choose(ident, seek=False)

    def _split(self) -> None:
        editor = self._editor
        row = self._row_to_split()
        if row is None:
            return
        at = editor.sounding.player.position
        caret = None
        typing = editor.transcript.typed == row.id and editor.is_typing
        if typing and 0 < editor.transcript.live.caret < len(row.text):
            caret = editor.transcript.live.caret
        value, second = edits.split(editor.value, row.id, at, caret)
        editor.commit(value, tr("Transcription", "Split segment"))
        editor.choose(second, seek=False)
        if typing and editor.is_typing:
            # As a line break does in any text: on at the beginning of what follows.
            editor.transcript.live.put_caret(0)

    def _merge(self) -> None:
        editor = self._editor
        row = editor.chosen
        other = edits.following(editor.value, row.id) if row is not None else None
        if row is None or other is None:
            return
        value = edits.merge(editor.value, row.id, other.id)
        editor.commit(value, tr("Transcription", "Merge segments"))
        editor.choose(row.id, seek=False)

    def _remove(self) -> None:
        editor = self._editor
        row = editor.chosen
        if row is None:
            return
        rows = editor.transcript.table.entries
        number = editor.transcript.table.row_of(row.id)
        near = [*rows[number + 1 : number + 2], *rows[max(0, number - 1) : number]]
        if row.is_point:
            words = tr("Transcription", "Remove point")
        else:
            words = tr("Transcription", "Remove segment")
        editor.commit(editor.value.without({row.id}), words)
        editor.choose(near[0].id if near else "")

    # edges

    def _edge_here(self, edge: str) -> None:
        editor = self._editor
        row = editor.chosen
        if row is None:
            return
        here = editor.sounding.player.position
        start, end = (here, row.end) if edge == "start" else (row.start, here)
        self.edge = edge
        self.move(row, start, end, "")

    def _other_edge(self) -> None:
        self.edge = "start" if self.edge == "end" else "end"
        if self.edge == "start":
            self._editor.host.say(tr("Transcription", "Keys move the start"))
        else:
            self._editor.host.say(tr("Transcription", "Keys move the end"))

    def _nudge(self, by: int) -> None:
        row = self._editor.chosen
        if row is None:
            return
        start, end = row.start, row.end
        if row.is_point or self.edge == "start":
            start = max(0, min(start + by, end - 1)) if not row.is_point else max(0, start + by)
        else:
            end = max(start + 1, end + by)
        self.move(row, start, end, f"edge:{row.id}:{self.edge}")

    def move(self, row: Row, start: int, end: int, key: str) -> None:
        """Move a region's edges and show where they are."""
        editor = self._editor
        value = edits.move_edges(editor.value, row.id, start, end, editor.sounding.duration)
        if value is editor.value:
            return
        if row.is_point:
            words = tr("Transcription", "Move point")
        elif start != row.start and end == row.end:
            words = tr("Transcription", "Move the start")
        else:
            words = tr("Transcription", "Move the end")
        editor.commit(value, words, key)

    # speakers

    def _speak(self, number: int) -> None:
        names = self._editor.speakers.names
        if number <= len(names):
            self.give(names[number - 1])
        else:
            self._add_speaker()

    def give(self, name: str) -> None:
        """This one speaks in the chosen segment, and in the next that is made."""
        editor = self._editor
        editor.speaker = name
        row = editor.chosen
        if row is not None and row.proposal is None and editor.may_edit:
            value = edits.set_speaker(editor.value, {row.id}, name)
            if value is not editor.value:
                editor.commit(value, tr("Transcription", "Change speaker"))
        editor.show_speakers()

    def _add_speaker(self) -> str:
        editor = self._editor
        name = editor.speakers.free_name(tr("Transcription", "Speaker {number}"))
        editor.speakers.add(name)
        self.give(name)
        editor.show_value()
        return name

    def _new_speaker(self) -> None:
        self._editor.ask_name(self._add_speaker())

    def pick(self, name: str) -> None:
        """A speaker was picked with the mouse."""
        if self._editor.may_edit:
            self.give(name)

    def new_wanted(self) -> None:
        """Another speaker was asked for with the mouse."""
        self._editor.run("transcription.new_speaker")

    def name(self, old: str, new: str) -> None:
        """A speaker got another name."""
        editor = self._editor
        if not editor.may_edit or old not in editor.speakers.names:
            return
        value = edits.rename_speaker(editor.value, old, new)
        editor.speakers.rename(old, new)
        editor.speaker = new if editor.speaker == old else editor.speaker
        if value is editor.value:
            editor.show_value()
        else:
            editor.commit(value, tr("Transcription", "Rename speaker"))

    def _rename(self) -> None:
        self._editor.ask_name(self._editor.speaker_here)

    # predictions

    def begin_with_proposals(self) -> None:
        """The first thing to decide is chosen, so that the first key decides it."""
        editor = self._editor
        rows = editor.transcript.table.entries
        first = next((row for row in rows if row.proposal is not None), None)
        if first is not None and editor.may_edit:
            editor.choose(first.id, seek=False)

    def take_over(self, row: Row) -> str:
        """Make a proposal the person's own; the id of the region it became."""
        assert row.proposal is not None
        value, new = proposals.accept(self._editor.value, [row.proposal])
        self._editor.commit(value, tr("Predictions", "Accept prediction"))
        self._editor.choose(new[0], seek=False)
        return new[0]

    # typing

    def _type(self) -> None:
        editor = self._editor
        if editor.is_typing:
            editor.leave_text()
            return
        row = editor.chosen or self._row_at_playhead()
        if row is not None:
            editor.start_typing(row.id)

    def _row_at_playhead(self) -> Row | None:
        here = self._editor.timeline.playhead
        rows = self._editor.transcript.table.entries
        return next((one for one in rows if one.start <= here < one.end), None)

    def _row_to_split(self) -> Row | None:
        """The chosen segment if the playhead is inside it, else one of the person's that it is in."""
        here = self._editor.sounding.player.position
        chosen = self._editor.chosen
        rows = [chosen] if chosen is not None else []
        rows += self._editor.transcript.table.entries
        for row in rows:
            if row.proposal is None and row.start < here < row.end:
                return row
        return None

    # whether

    def _can_edit(self) -> CanRun:
        if not self._editor.may_edit:
            return CanRun(False, tr("Transcription", "The task is read only"))
        return YES

    def _can_sound(self) -> CanRun:
        if self._editor.may_edit and not self._editor.sounding.is_open:
            return CanRun(False, tr("Transcription", "There is nothing to be heard"))
        return self._can_edit()

    def _can_end(self) -> CanRun:
        if self._editor.may_edit and self._editor.timeline.pending is None:
            return CanRun(False, tr("Transcription", "No segment was begun"))
        return self._can_sound()

    def _can_edit_own(self) -> CanRun:
        row = self._editor.chosen
        if self._editor.may_edit and (row is None or row.proposal is not None):
            return CanRun(False, tr("Transcription", "No segment of yours is selected"))
        return self._can_edit()

    def _can_edit_segment(self) -> CanRun:
        row = self._editor.chosen
        if self._editor.may_edit and row is not None and row.is_point:
            return CanRun(False, tr("Transcription", "A point has no edges"))
        return self._can_edit_own()

    def _can_edge(self, edge: str) -> CanRun:
        can = self._can_edit_segment()
        row = self._editor.chosen
        if not can.ok or row is None:
            return can
        here = self._editor.sounding.player.position
        if edge == "start" and here >= row.end:
            return CanRun(False, tr("Transcription", "The playhead is behind the segment"))
        if edge == "end" and here <= row.start:
            return CanRun(False, tr("Transcription", "The playhead is before the segment"))
        return self._can_sound()

    def _can_split(self) -> CanRun:
        if self._editor.may_edit and self._row_to_split() is None:
            return CanRun(False, tr("Transcription", "The playhead is in no segment"))
        return self._can_sound()

    def _can_merge(self) -> CanRun:
        can = self._can_edit_segment()
        row = self._editor.chosen
        if can.ok and row is not None and edits.following(self._editor.value, row.id) is None:
            return CanRun(False, tr("Transcription", "No segment of this speaker follows"))
        return can

    def _can_type(self) -> CanRun:
        editor = self._editor
        if editor.is_typing:
            return YES
        if editor.may_edit and editor.chosen is None and self._row_at_playhead() is None:
            return CanRun(False, tr("Transcription", "No segment is selected"))
        return self._can_edit()

    def _can_speak(self, number: int) -> CanRun:
        count = len(self._editor.speakers.names)
        if self._editor.may_edit and number > count + 1:
            words = tr("Transcription", "There are {count} speakers", "", count)
            return CanRun(False, words.format(count=count))
        return self._can_edit()

    def _can_rename(self) -> CanRun:
        if self._editor.may_edit and not self._editor.speaker_here:
            return CanRun(False, tr("Transcription", "There is no speaker here"))
        return self._can_edit()
