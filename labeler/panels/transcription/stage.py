"""What the editor is laid out of: minimap, timeline, transport, rows; what stands there without sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from labeler.api import OUT_OF_REACH, Problem
from labeler.kit.controls.button import Button
from labeler.kit.controls.notice import EmptyState
from labeler.kit.controls.section import Plain
from labeler.kit.prediction_bar import PredictionBar
from labeler.kit.problem_words import sentence
from labeler.kit.sound.recording import Recording
from labeler.kit.timeline import Lane, Minimap, Timeline, TimeMark, clock_text
from labeler.panels.transcription.entries import Entry
from labeler.panels.transcription.name_field import NameField
from labeler.panels.transcription.place import Place
from labeler.panels.transcription.sounding import Sounding
from labeler.panels.transcription.speakers import Speakers
from labeler.panels.transcription.task import AudioContent
from labeler.panels.transcription.transcript import Transcript
from labeler.panels.transcription.transport import Transport

__all__ = ["Stage", "lane_of", "speaker_of"]

_LANE = "speaker:"
_WAVE_MOST = 0.62
"""Of the height the waves take by themselves, however many speakers there are."""


def lane_of(speaker: str) -> str:
    """The id of a speaker's lane; nobody has one too."""
    return _LANE + speaker


def speaker_of(lane: str) -> str:
    """Whose lane it is."""
    return lane.removeprefix(_LANE)


class Stage(Plain):
    """The widgets of the editor, and how they show rows and the state of the recording.

    ``pressed`` carries the id of a command, ``app_wanted`` that of one of the app's, ``named`` (old,
    new) the name of a speaker.
    """

    pressed = Signal(str)
    speed_set = Signal(float)
    rewind_set = Signal(float)
    named = Signal(str, str)
    app_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self.timeline = Timeline(self.tr("Wave and segments"), self.tr("Wave"))
        self.minimap = Minimap(self.timeline.axis, self.tr("Whole recording"))
        self.transport = Transport()
        self.predictions = PredictionBar("transcription", strip=True)
        self.transcript = Transcript(self.tr("Transcript"))
        self.name = NameField(self)
        self._marks: dict[str, tuple[Entry, TimeMark]] = {}
        self._place: Place | None = None
        self.pages = QStackedWidget()
        upper = QWidget()
        waves = QVBoxLayout(upper)
        waves.setContentsMargins(0, 0, 0, 0)
        waves.setSpacing(0)
        waves.addWidget(self.minimap)
        waves.addWidget(self.timeline, 1)
        self.empty = EmptyState("", icon="file-x", role="warn")
        self.flag: Button = self.empty.add_button(self.tr("Flag…"), "secondary")
        self.skip: Button = self.empty.add_button(self.tr("Skip…"), "quiet")
        self.folders: Button = self.empty.add_button(self.tr("Media folders…"), icon="folder-open")
        self.pages.addWidget(upper)
        self.pages.addWidget(self.empty)
        lower = QWidget()
        rows = QVBoxLayout(lower)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.transport)
        rows.addWidget(self.predictions)
        rows.addWidget(self.transcript, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.pages)
        self.splitter.addWidget(lower)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.splitterMoved.connect(self._divided)
        self._by_hand = False
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.transport.pressed.connect(self.pressed)
        self.transport.speed_set.connect(self.speed_set)
        self.transport.rewind_set.connect(self.rewind_set)
        self.predictions.wanted.connect(self.pressed)
        self.name.named.connect(self.named)
        self.name.closed.connect(self._name_closed)
        self.flag.clicked.connect(self._flag)
        self.skip.clicked.connect(self._skip)
        self.folders.clicked.connect(self._locate)

    def _divided(self) -> None:
        self._by_hand = True

    def divide(self) -> None:
        """Give the waves the height they need, and the rows the rest, until a hand divides them."""
        height = self.splitter.height()
        if self._by_hand or height <= 0:
            return
        wanted = self.minimap.sizeHint().height() + self.timeline.sizeHint().height()
        upper = max(self.pages.minimumSizeHint().height(), min(wanted, round(height * _WAVE_MOST)))
        self.splitter.setSizes([upper, height - upper])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.divide()

    def theme_changed(self) -> None:
        super().theme_changed()
        QTimer.singleShot(0, self, self.divide)

    def set_keys(self, key_text: Callable[[str], str]) -> None:
        """Show the keys in force."""
        self.transport.set_keys(key_text)
        self.predictions.name_keys(key_text)
        self.flag.set_key(key_text("work.flag"))
        self.skip.set_key(key_text("work.skip"))

    # the recording

    def show_opening(self, content: AudioContent | None) -> None:
        """A task came: its recording is being opened, or there is none."""
        self._place = None
        duration = content.duration if content is not None else 0
        rate = content.rate if content is not None and content.rate > 0 else 48_000
        self.timeline.axis.set_medium(duration, rate)
        self.timeline.set_source(None, self.tr("Opening…") if content is not None else "")
        self.minimap.set_source(None)
        self.transport.set_duration(duration)
        self.show_playhead(0, playing=False)
        if content is None:
            self._say(
                self.tr("The recording is not here"),
                self.tr(
                    "Its task came without it. Import the recording, or flag the task and go on."
                ),
            )
        else:
            self.pages.setCurrentIndex(0)

    def show_decoding(self, done: int, total: int) -> None:
        """The recording is being turned into samples."""
        told = clock_text(done, 0)
        words = self.tr("Decoding: {done}").format(done=told)
        if total > 0:
            share = QLocale().toString(min(100, round(100 * done / total)))
            words = self.tr("Decoding: {share} %").format(share=share)
        self.timeline.set_source(None, words)

    def show_open(self, sounding: Sounding) -> None:
        """The recording can be heard and seen."""
        self.pages.setCurrentIndex(0)
        self.timeline.axis.set_medium(sounding.duration, sounding.rate)
        self.timeline.set_source(sounding.recording)
        self.minimap.set_source(sounding.recording)
        self.refresh_wave(sounding.recording)
        self.transport.set_duration(sounding.duration)
        if self._place is not None:
            self.restore(self._place, sounding)

    def show_refused(self, problem: Problem) -> None:
        """The recording cannot be had: why, and a way on."""
        reason = sentence(problem)
        self._say(
            self.tr("The recording cannot be opened"),
            self.tr(
                "{reason}. Flag the task and go on, or put the file right and come back."
            ).format(reason=reason[:1].upper() + reason[1:]),
            problem.where,
        )
        self.folders.setVisible(problem.code in OUT_OF_REACH)

    def _flag(self) -> None:
        self.app_wanted.emit("work.flag")

    def _skip(self) -> None:
        self.app_wanted.emit("work.skip")

    def _locate(self) -> None:
        self.app_wanted.emit("project.media")

    def _say(self, title: str, text: str, note: str = "") -> None:
        self.empty.set_words(title, text, note)
        self.folders.hide()
        self.pages.setCurrentIndex(1)

    @property
    def is_refused(self) -> bool:
        """Whether there is no recording to hear and see."""
        return self.pages.currentIndex() == 1

    def show_muted(self, reason: str) -> None:
        """Say why nothing is heard."""
        self.transport.set_muted(self.tr("No sound device") if reason else "")
        if reason:
            told = self.tr("Nothing is heard: {reason}. Everything else works.")
            self.transport.status.setToolTip(told.format(reason=reason))

    def refresh_wave(self, recording: Recording | None) -> None:
        """More of the wave is known."""
        if recording is not None:
            self.timeline.set_level(recording.loudest)
            self.minimap.set_gain(self.timeline.scale)
        self.timeline.refresh_wave()

    def show_playhead(self, time: int, *, playing: bool) -> None:
        """Draw the playhead; while it plays the view turns its page."""
        axis = self.timeline.axis
        seen = axis.start <= self.timeline.playhead < axis.end
        self.timeline.set_playhead(time)
        self.minimap.set_playhead(time)
        self.transport.clock.set_time(time)
        if playing and seen:
            axis.follow(time)
        if not playing:
            self.timeline.describe_playhead()

    def restore(self, place: Place, sounding: Sounding) -> None:
        """Go back to where the person was; again once the recording is open."""
        self._place = place if not sounding.is_open else None
        axis = self.timeline.axis
        if place.view is not None:
            axis.set_view(*place.view)
        sounding.seek(max(0, place.playhead))
        self.transcript.verticalScrollBar().setValue(place.top)

    # the rows

    def show_rows(self, rows: Sequence[Entry], speakers: Speakers, duration: int) -> None:
        """Show rows in the lanes and below."""
        names = {name: name for name in speakers.names}
        colours = {name: number for number, name in enumerate(speakers.names, start=1)}
        lanes = [Lane(lane_of(name), name, colours[name]) for name in speakers.names]
        names[""] = self.tr("No speaker")
        if not lanes or any(not row.speaker for row in rows):
            lanes.append(Lane(lane_of(""), names[""]))
        if len(lanes) != len(self.timeline.lanes):
            QTimer.singleShot(0, self, self.divide)
        self.timeline.set_lanes(lanes)
        before, self._marks = self._marks, {}
        for row in rows:
            known = before.get(row.id)
            mark = known[1] if known is not None and known[0] is row else _mark(row)
            self._marks[row.id] = row, mark
        self.timeline.set_marks(mark for _, mark in self._marks.values())
        self.transcript.show_entries(rows, names, colours, duration)

    def replace_row(self, row: Entry) -> None:
        """Show one row with another text."""
        mark = _mark(row)
        self._marks[row.id] = row, mark
        self.timeline.replace_mark(mark)
        self.transcript.replace(row)

    # names

    def ask_name(self, name: str) -> None:
        """Let a speaker be named, beside their lane."""
        rows = self.timeline.rows
        lanes = [lane.id for lane in self.timeline.lanes]
        at = rows.lanes_area.topLeft()
        if lane_of(name) in lanes:
            at = rows.lanes[lanes.index(lane_of(name))].topLeft()
        if not self.timeline.isVisible():
            at = QPoint(0, 0)
        place = self.timeline.mapTo(self, at)
        width = min(420, self.width() - place.x())
        height = self.name.sizeHint().height()
        place.setY(max(0, min(place.y(), self.height() - height)))
        self.name.ask(name, place, width)

    def _name_closed(self) -> None:
        if self.transcript.typed:
            self.transcript.live.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)


def _mark(row: Entry) -> TimeMark:
    text = " ".join(row.text.split())
    return TimeMark(
        row.id,
        lane_of(row.speaker),
        row.start,
        row.end,
        text,
        dashed=row.proposal is not None,
        warned=row.overlap is not None,
    )
