"""The panel's editor: a recording's wave and lanes above, its transcript below, played by keys.

It assembles the kit's timeline and player with the rows and shows a value in them. What keys do is in
``commands`` and ``segment_commands``; how it looks while it is opened or cannot be is in ``stage``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.api import Content, Json, Point, Problem, Region, Segment, Value
from labeler.kit.editor import Editor, EditorHost, RegionColumn, TaskView
from labeler.kit.problem_words import sentence
from labeler.panels.transcription import edits
from labeler.panels.transcription.caps import Caps
from labeler.panels.transcription.commands import Commands
from labeler.panels.transcription.entries import Entry, entries_of
from labeler.panels.transcription.label_hand import LabelHand
from labeler.panels.transcription.place import go_to, place_of, read_place
from labeler.panels.transcription.proposals import Proposal, open_proposals
from labeler.panels.transcription.sounding import Sounding
from labeler.panels.transcription.speaker_bar import Tools
from labeler.panels.transcription.speakers import Speakers
from labeler.panels.transcription.stage import Stage
from labeler.panels.transcription.task import AudioContent
from labeler.panels.transcription.text_hand import TextHand

__all__ = ["TranscriptionEditor"]


class TranscriptionEditor(Editor):
    """Shows an AudioContent; see ``panel.toml`` for its commands and settings."""

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.sounding = Sounding(host, self)
        self.tools = Tools()
        self.stage = Stage(self)
        self.timeline = self.stage.timeline
        self.transcript = self.stage.transcript
        self.speakers = Speakers()
        self.speaker = ""
        self.rejected: set[str] = set()
        self.open: Sequence[Proposal] = ()
        self._entries: dict[str, Entry] = {}
        self._chosen = ""
        self.commands: Commands = Commands(self)
        self._caps = Caps(self)
        self._text = TextHand(self)
        self._labels = LabelHand(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stage)
        self.setFocusProxy(self.timeline)
        self._connect()

    def _connect(self) -> None:
        timeline, transcript, stage = self.timeline, self.transcript, self.stage
        segments = self.commands.segments
        timeline.seeked.connect(self.sounding.seek)
        timeline.chosen_changed.connect(self.choose)
        timeline.activated.connect(self.start_typing)
        timeline.drawn.connect(segments.drawn)
        timeline.moved.connect(segments.dragged)
        transcript.picked.connect(self.choose)
        transcript.edit_wanted.connect(self.start_typing)
        transcript.play_pressed.connect(self._play_row)
        transcript.live.typed.connect(self._text.typed)
        transcript.live.stepped.connect(self._text.step)
        transcript.live.left.connect(self.leave_text)
        transcript.live.got_focus.connect(self.show_keys)
        transcript.live.lost_focus.connect(self._text.left)
        stage.pressed.connect(self.run)
        stage.speed_set.connect(self.set_speed)
        stage.rewind_set.connect(self._set_rewind)
        stage.named.connect(segments.name)
        stage.app_wanted.connect(self.host.run_command)
        self.tools.speakers.picked.connect(segments.pick)
        self.tools.speakers.new_wanted.connect(segments.new_wanted)
        self.tools.mode.chosen_changed.connect(self._mode_changed)
        sounding = self.sounding
        sounding.opened.connect(self._opened)
        sounding.refused.connect(self._refused)
        sounding.decoding.connect(stage.show_decoding)
        sounding.grew.connect(self._grew)
        sounding.loop_changed.connect(stage.transport.set_loop)
        sounding.player.moved.connect(self._moved)
        sounding.player.playing_changed.connect(self._playing_changed)
        sounding.player.muted_changed.connect(stage.show_muted)

    # ------------------------------------------------------------------------------------- the task

    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        content = view.content if isinstance(view.content, AudioContent) else None
        self._entries, self._chosen, self.rejected = {}, "", set()
        self._text.end_run()
        self.speakers.reset()
        self.speaker, self._labels.hand = "", None
        self.transcript.stop_typing()
        self.transcript.table.labels = {label.id: label.title for label in view.config.labels}
        self.sounding.set_settings(view.settings)
        self.stage.transport.set_speed(self.sounding.player.speed)
        rewind = view.settings.get("transcription.rewind", 1.5)
        self._set_rewind(float(rewind) if isinstance(rewind, (int, float)) else 1.5)
        self.timeline.set_pending(None)
        self.stage.show_opening(content)
        self.stage.show_muted(self.sounding.player.muted)
        audio, told = (content.audio, content.duration) if content is not None else (None, 0)
        # Where no head told it, it is as long as what was said in it.
        self.sounding.show(audio, told if told > 0 else edits.last_end(self.value))
        self.set_read_only(view.read_only)
        self._use_first_speaker()
        self.commands.segments.begin_with_proposals()
        # Whoever shows the first task may know the panel's keys only after that.
        QTimer.singleShot(0, self, self.show_keys)

    def prepare(self, content: Content) -> None:
        if isinstance(content, AudioContent):
            self.sounding.prepare(content.audio)

    def set_value(self, value: Value) -> None:
        super().set_value(value)
        self._text.end_run()
        self.show_value()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        if read_only:
            self.transcript.stop_typing()
            self.stage.name.finish(take=False)
            self.timeline.set_pending(None)
        self.show_value()

    def close_task(self) -> None:
        super().close_task()
        self.sounding.close_all()
        self.transcript.stop_typing()
        self.stage.name.finish(take=False)
        self._entries, self._chosen, self.rejected, self.open = {}, "", set(), ()
        self.speakers.reset()
        self.timeline.set_pending(None)
        self.show_value()
        self.stage.show_opening(None)

    def finish_gesture(self) -> None:
        self.timeline.let_go()
        self.stage.name.finish()
        self._text.end_run()

    # ------------------------------------------------------------------------------------- what is so

    @property
    def may_edit(self) -> bool:
        """Whether there is a recording's task and it may be changed."""
        here = self.view is not None and isinstance(self.view.content, AudioContent)
        return here and not self.read_only

    @property
    def chosen_id(self) -> str:
        """The id of the chosen row, "" for none."""
        return self._chosen

    @property
    def chosen(self) -> Entry | None:
        """The chosen row."""
        return self._entries.get(self._chosen)

    def entry(self, ident: str) -> Entry | None:
        """The row with this id."""
        return self._entries.get(ident)

    def put_entry(self, row: Entry) -> None:
        """Show one row with another text."""
        self._entries[row.id] = row
        self.stage.replace_row(row)

    @property
    def chosen_stretch(self) -> tuple[int, int] | None:
        """Where the chosen row begins and ends."""
        row = self.chosen
        return (row.start, row.end) if row is not None else None

    @property
    def is_typing(self) -> bool:
        """Whether the caret is in a row's text."""
        return bool(self.transcript.typed) and self.transcript.live.hasFocus()

    @property
    def speaker_here(self) -> str:
        """Who speaks in the chosen row, else who speaks next."""
        row = self.chosen
        return row.speaker if row is not None and row.speaker else self.speaker

    @property
    def label(self) -> str | None:
        """The label of the next segment."""
        return self._labels.hand

    @property
    def types_after_making(self) -> bool:
        """Whether the caret goes into a segment as soon as it is made."""
        return self.tools.mode.chosen == "transcribe"

    # ------------------------------------------------------------------------------------- showing

    def show_value(self) -> None:
        """Show the value, and what models propose beside it."""
        view = self.view
        predictions = view.predictions if view is not None else ()
        value = self.value
        self.open = open_proposals(predictions, value, self.rejected) if view is not None else ()
        self.show_offered(one.region for one in self.open)
        self.speakers.follow(value, predictions)
        rows = entries_of(value, self.open, predictions, self._entries)
        self._entries = {row.id: row for row in rows}
        if self._chosen not in self._entries:
            self._chosen = ""
        self.stage.show_rows(rows, self.speakers, self.sounding.duration)
        self.timeline.set_chosen(self._chosen)
        self.transcript.choose(self._chosen)
        typed = self._entries.get(self.transcript.typed)
        if typed is not None:
            self.transcript.live.set_text(typed.text, keep_caret=True)
        self.timeline.set_editable(self.may_edit)
        self.show_speakers()
        self._show_bars()

    def show_keys(self) -> None:
        """Show the keys in force."""
        self._caps.show()

    def show_speakers(self) -> None:
        """Show who speaks in the chosen segment, or will in the next one."""
        self.tools.speakers.set_speakers(self.speakers.names, self.speaker_here)
        self.tools.speakers.set_enabled(self.may_edit)

    def _show_bars(self) -> None:
        bar, models = self.stage.predictions, dict.fromkeys(one.author for one in self.open)
        counts = (len(self.open), len(self.chosen_open()), len(self.rejected))
        bar.show_open(*counts, list(models), changeable=self.may_edit)
        self.stage.transport.set_enabled(playable=self.sounding.is_open, editable=self.may_edit)

    def _use_first_speaker(self) -> None:
        if not self.speaker and self.speakers.names:
            self.speaker = self.speakers.names[0]
            self.show_speakers()

    # ------------------------------------------------------------------------------------- what hands do

    def commit(self, value: Value, label: str, key: str = "") -> None:
        """Show a value of one's own making and emit it."""
        if value is not self.value:
            self._text.end_run()
            self.change(value, label, key)
            self.show_value()

    def choose(self, ident: str, *, seek: bool = True) -> None:
        """Choose a row; what stands still goes to its beginning, what loops loops it.

        From one text to the next the playhead stays if it just came by there: who wrote down what
        was heard last goes on from where it stopped.
        """
        ident = ident if ident in self._entries else ""
        before, self._chosen = self._chosen, ident
        self.timeline.set_chosen(ident, reveal=bool(ident))
        self.transcript.choose(ident, reveal=bool(ident))
        row = self.chosen
        seek = seek and not (self.is_typing and row is not None and self._just_heard(row))
        if ident != before:
            own = row is not None and row.proposal is None
            self.host.select_regions([ident] if own else [])
            self._text.end_run()
        if self.transcript.typed and self.transcript.typed != ident:
            typed = self.is_typing and row is not None and row.proposal is None
            if typed and self.may_edit:
                self.transcript.start_typing(ident)
            else:
                self.transcript.stop_typing()
        if row is not None:
            if row.speaker:
                self.speaker = row.speaker
            if self.sounding.player.looping:
                self.sounding.move_loop(self.chosen_stretch)
            elif seek and not self.sounding.player.playing:
                self.sounding.seek(row.start)
        self.show_speakers()
        self._show_bars()

    def _just_heard(self, row: Entry) -> bool:
        here = self.sounding.player.position
        return row.start < here <= row.end + round(self.sounding.rewind * 1_000_000)

    def start_typing(self, ident: str) -> None:
        """Put the caret into a row's text; one that a model proposes is taken over by it."""
        row = self._entries.get(ident)
        if row is None or not self.may_edit:
            return
        if ident != self._chosen:
            self.choose(ident)
        if row.proposal is not None:
            ident = self.commands.segments.take_over(row)
        self._text.end_run()
        self.transcript.start_typing(ident)

    def leave_text(self) -> None:
        """Bring the keyboard from the text to the wave."""
        self.transcript.stop_typing()
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_pending(self, start: int | None) -> None:
        """A segment was begun here, or is begun no more."""
        self.timeline.set_pending(start)
        self.stage.transport.set_pending(start is not None)

    def set_speed(self, speed: float) -> None:
        """Play slower or faster."""
        self.sounding.player.set_speed(speed)
        self.stage.transport.set_speed(self.sounding.player.speed)

    def set_gain(self, gain: float) -> None:
        """Draw the wave higher or lower."""
        self.timeline.set_gain(gain)
        self.stage.minimap.set_gain(self.timeline.scale)

    def chosen_open(self) -> Sequence[Proposal]:
        """The chosen row's proposal, where it is one."""
        proposal = self.chosen.proposal if self.chosen is not None else None
        return [proposal] if proposal is not None else []

    def choose_regions(self, ids: Sequence[str]) -> None:
        """Choose the row of the first of these."""
        self.choose(ids[0] if ids else "")

    def reject(self, ids: Collection[str]) -> None:
        """Put proposals away until they are called back."""
        self.rejected |= set(ids)
        self.show_value()

    def recall(self) -> None:
        """Show again what was put away."""
        self.rejected.clear()
        self.show_value()

    def ask_name(self, name: str) -> None:
        """Let a speaker be named."""
        self.stage.ask_name(name)

    def _play_row(self, ident: str) -> None:
        self.choose(ident)
        self.run("transcription.play_segment")

    def _mode_changed(self, mode: str) -> None:
        self.timeline.let_go()
        self.timeline.two_clicks = mode == "segment"

    def _set_rewind(self, seconds: float) -> None:
        self.sounding.rewind = seconds
        self.stage.transport.set_rewind(seconds)

    # ------------------------------------------------------------------------------------- the sound

    def _opened(self) -> None:
        self.setFocusProxy(self.timeline)
        self.stage.show_open(self.sounding)
        recording, view = self.sounding.recording, self.view
        if recording is not None and view is not None:
            for problem in recording.problems[:1]:
                # Named, because it may still be on screen with the next task.
                self.host.say(f"{view.key}: {sentence(problem)}")
        # What was said is the same; only a length that nobody knew before asks for other rows.
        if self.sounding.duration != self.transcript.duration:
            self.show_value()
        self._show_bars()

    def _grew(self) -> None:
        self.stage.refresh_wave(self.sounding.recording)

    def _refused(self, problem: Problem) -> None:
        self.setFocusProxy(self.transcript)
        self.stage.show_refused(problem)
        self.show_value()
        self.show_keys()

    def _moved(self, time: int) -> None:
        self.stage.show_playhead(time, playing=self.sounding.player.playing)

    def _playing_changed(self, playing: bool) -> None:
        self.stage.transport.set_playing(playing)
        if not playing:
            self.timeline.describe_playhead()

    # ------------------------------------------------------------------------------------- the app

    def run(self, command_id: str) -> bool:
        done = self.commands.run(command_id)
        self.stage.transport.set_loop(self.sounding.looping)
        return done

    def handle_key(self, event: QKeyEvent) -> bool:
        return self._labels.handle_key(event)

    def pick_label(self, label_id: str) -> None:
        self._labels.hand = label_id

    def select_regions(self, region_ids: Sequence[str]) -> None:
        known = [ident for ident in region_ids if ident in self._entries]
        ident = known[0] if known else ""
        self._chosen = ident
        self.timeline.set_chosen(ident, reveal=bool(ident))
        self.transcript.choose(ident, reveal=bool(ident))
        if self.transcript.typed != ident:
            self.transcript.stop_typing()
        row = self.chosen
        if row is not None and not self.sounding.player.playing:
            self.sounding.seek(row.start)
        self.show_speakers()
        self._show_bars()

    def show_part(self, part_id: str) -> None:
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def tool_widget(self) -> QWidget | None:
        return self.tools

    def region_columns(self) -> tuple[RegionColumn, ...]:
        return (
            RegionColumn("start", self.tr("Start"), numeric=True),
            RegionColumn("speaker", self.tr("Speaker")),
            RegionColumn("text", self.tr("Text"), grows=True),
        )

    def describe_region(self, region: Region) -> tuple[str, ...]:
        if not isinstance(region, (Segment, Point)):
            return "", "", ""
        start, _ = edits.time_of(region)
        return f"{start / 1e6:.3f}", region.speaker, " ".join(region.text[:400].split())

    def state(self) -> Json:
        return None if self.view is None else msgspec.to_builtins(place_of(self))

    def restore_state(self, state: Json) -> None:
        go_to(self, read_place(state))
