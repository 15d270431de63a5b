"""The editor protocol, public door 2: what the app asks of a panel's editor and what it offers it.

An editor is a widget that is a function of a value: it renders the ``Value`` it is handed and emits
a new one at the end of each gesture, with a label ("Move box") and perhaps a coalescing key. It
writes nothing, keeps no undo of its own and never asks where it runs: the app does all that.

The life of an editor: it is made once per window, panel and project with an ``EditorHost``; then,
for each task, ``show_task``, any number of ``set_value``, ``set_read_only`` and ``run``, and
``close_task`` where another panel's task follows. Everything happens on the UI thread. Whatever a
method raises shows a card in place of the editor and leaves the draft as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, NamedTuple, Protocol

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from labeler.api import Content, Context, Json, MediaRef, Part, Problem, QueueConfig, Region, Value
from labeler.kit.focus import takes_text
from labeler.kit.theme import Theme

__all__ = [
    "CanRun",
    "Editor",
    "EditorHost",
    "FirstTab",
    "Prediction",
    "RegionColumn",
    "RegionField",
    "RegionMark",
    "TaskView",
]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A model's value on the task: ``author`` is the model's name, ``score`` its confidence 0–1."""

    author: str
    value: Value
    score: float | None = None


@dataclass(frozen=True, slots=True)
class TaskView:
    """All an editor needs to show one task.

    ``task`` is the task's id (32 hexadecimal digits), ``key`` what people call it. ``content`` is
    None where the panel could not decode it, or it is not here yet; ``parts`` then are those that
    are known. ``value`` is the person's draft or what they submitted, ``context`` what they did not
    choose (the order shown and its seed). ``settings`` are the panel's, by key, defaults filled in.
    ``meta`` is what else the import said of the task (its source, its language), to be shown.
    """

    task: str
    key: str
    content: Content | None
    parts: tuple[Part, ...]
    config: QueueConfig
    value: Value
    predictions: tuple[Prediction, ...] = ()
    context: Context = field(default_factory=Context)
    read_only: bool = False
    settings: Mapping[str, Json] = field(default_factory=dict)
    meta: Mapping[str, Json] = field(default_factory=dict)

    def part(self, part_id: str) -> Part | None:
        """The part with this id, or None."""
        return next((part for part in self.parts if part.id == part_id), None)


class CanRun(NamedTuple):
    """Whether a command can be run now; if not, ``reason`` says why in one translated sentence."""

    ok: bool
    reason: str = ""

    def where(self, holds: bool, reason: str) -> CanRun:
        """This, and only where something else holds as well; ``reason`` says why not."""
        return self if holds or not self.ok else CanRun(False, reason)


class RegionColumn(NamedTuple):
    """One column an editor adds to the table of regions; its cells come from ``describe_region``.

    ``key`` names it in settings, ``title`` is translated; ``numeric`` cells stand at the end in
    tabular figures and sort as numbers; ``grows`` marks the one column that takes the room left.
    """

    key: str
    title: str
    numeric: bool = False
    grows: bool = False


class RegionField(NamedTuple):
    """One figure of a region that can be typed: "X" of a box, the start of a segment.

    ``key`` names it, ``title`` is the letter or word in the field, ``name`` what a screen reader
    says ("Left edge"). ``step`` is what an arrow key adds, ten times that with Shift; 0 for none.
    """

    key: str
    title: str
    name: str
    step: float = 1.0


FirstTab = Literal["questions", "regions"]
"""What stands beside an editor until the person turns to something else."""

RegionMark = Literal["locked", "hidden"]
"""What an editor may say of a region beside its cells: it is shown in the table as a glyph and words."""


class EditorHost(Protocol):
    """What the app offers an editor; handed to its constructor and valid as long as it lives."""

    @property
    def theme(self) -> Theme:
        """The theme in force: tokens, fonts, icons; ``theme.changed`` tells of another."""

    def emit(self, value: Value, label: str, key: str = "") -> None:
        """A gesture ended: ``value`` is the annotation from now on.

        ``label`` is a translated verb phrase for undo and history ("Move box"). Emissions that
        follow one another with the same ``key`` are undone as one (typing in a field, nudging with
        arrows); undo, redo, ``end_key`` and any other emission end the run. Regions that did not
        change must be the identical objects: the step is derived by comparing them by identity. The
        app does not hand the value back; it calls ``set_value`` only where something else changed
        it.
        """

    def end_key(self) -> None:
        """Let the next emission begin a step of its own, even under the same key (a field left)."""

    def notify(self, problem: Problem) -> None:
        """Show the person a problem they can act on; it does not interrupt them."""

    def say(self, text: str) -> None:
        """Tell the person in one translated sentence what happened (shown, and read out)."""

    def select_regions(self, region_ids: Sequence[str]) -> None:
        """The person selected these regions in the editor; table and region questions follow.

        The app does not call the editor's own ``select_regions`` back for it.
        """

    def restate_regions(self) -> None:
        """What ``region_marks`` says became another, though the regions did not: look again."""

    def show_label(self, label_id: str | None) -> None:
        """The next region drawn gets this label; the list of labels shows it as the one in hand."""

    def show_part(self, part_id: str | None) -> None:
        """The person is at this part of the content; part-scope questions for one part follow."""

    def show_question(self, question_id: str, place: str = "") -> None:
        """Bring a question into view and put the focus there; ``place`` is a part or region id."""

    def show_rule(self, ref: str) -> None:
        """Open the guideline at this heading (its number, its text or its anchor)."""

    def key_text(self, command_id: str) -> str:
        """The key of a command as a key cap shows it ("A", "Ctrl+Enter"), "" where it has none."""

    def run_command(self, command_id: str) -> bool:
        """Run a command of the app or of this editor; False where it cannot be run now."""

    def setting(self, key: str) -> Json:
        """The value in force of one of the panel's own settings; a KeyError for any other key."""

    def open_medium(self, ref: MediaRef) -> BinaryIO:
        """The bytes of a medium, seekable, to be closed by the editor.

        May be called from any thread, and best from a worker: a disk may be slow, and what lies in
        the project waits for its turn there. A stream is for one thread at a time. Raises Refusal
        where it is not within reach, with one of the codes ``labeler.api.OUT_OF_REACH``; reading from
        it raises OSError, as files do.
        """

    def medium_missing(self, ref: MediaRef, problem: Problem) -> None:
        """A medium that the task on screen cannot be worked on without is not within reach.

        ``problem`` is that of the Refusal ``open_medium`` raised. In place of the editor the app shows
        what is missing and why, with the way to say where it lies; flag and skip go on working, and
        ``show_task`` comes again once it may be there. May be called from any thread, for the task on
        screen only; a call for any other is ignored.

        The editor itself shows, in the medium's place, what is within reach but does not decode, and
        what is missing where the task can be done without it (one response of several); the command
        ``project.media`` leads from there to the media folders.
        """


class Runs(Protocol):
    """What runs an editor's commands: a ``CommandTable``."""

    def run(self, command_id: str) -> bool:
        """Run a command; False where it is unknown, cannot be run now or nothing came of it."""

    def can_run(self, command_id: str) -> CanRun:
        """Whether a command can be run now, and why not."""


class Editor(QWidget):
    """What every panel's editor is, made with the host and a parent and nothing else.

    The methods here keep ``view``, ``value`` and ``read_only``; overrides call them. ``commands`` runs
    the commands of the manifest, where an editor sets it in its constructor.
    """

    commands: Runs | None = None

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = host
        self._view: TaskView | None = None
        self._value = Value()
        self._read_only = False
        self._put_away: dict[int, Region] = {}

    @property
    def view(self) -> TaskView | None:
        """The task on screen, or None; its ``value`` is that of the opening, see ``value``."""
        return self._view

    @property
    def value(self) -> Value:
        """The value on screen."""
        return self._value

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed. A read-only editor never emits."""
        return self._read_only

    def show_task(self, view: TaskView) -> None:
        """Show a task from its beginning, with no region selected. Must not emit."""
        self._view = view
        self._value = view.value
        self._read_only = view.read_only
        self._put_away = {}

    def prepare(self, content: Content) -> None:
        """This content will probably be shown next: load ahead what takes time, in a worker.

        Called while another task is on screen, at most for a few neighbours; ``show_task`` may follow
        for this content or any other. Must return at once and show nothing.
        """

    def set_value(self, value: Value) -> None:
        """Show another value of the same task: undo, redo, an answer or label given elsewhere.

        Must not emit; scroll, zoom, caret and the selection (of regions still there) stay.
        """
        self._value = value

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, or allow it again; what was shown stays shown."""
        self._read_only = read_only

    def close_task(self) -> None:
        """Let go of the task: stop timers and workers, free media. ``show_task`` may follow."""
        self._view = None
        self._value = Value()
        self._put_away = {}

    def change(self, value: Value, label: str, key: str = "") -> None:
        """Keep a value of one's own making and emit it; nothing happens where it is read-only.

        Draw it yourself: ``set_value`` is not called. See ``EditorHost.emit`` for label and key.
        """
        if self._read_only or self._view is None:
            return
        self._value = value
        self.host.emit(value, label, key)

    def finish_gesture(self) -> None:
        """End what is under way (a drag, a text being typed): emit it, or drop it if it is nothing.

        The app calls it before undo, redo, submit, navigation and closing; afterwards no gesture is
        open and ``value`` is final.
        """

    def run(self, command_id: str) -> bool:
        """Run a command of the manifest; False where it is unknown or cannot be run now."""
        return self.commands is not None and self.commands.run(command_id)

    def can_run(self, command_id: str) -> CanRun:
        """Whether a command of the manifest can be run now; must be quick and change nothing."""
        return self.commands.can_run(command_id) if self.commands is not None else CanRun(False)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Take a key that no command has (the key of a label); True where it was used.

        The app offers it keys typed on its page while no text is being written.
        """
        return False

    def typing(self) -> bool:
        """Whether letters typed now go into a text here; single keys then run nothing."""
        focus = QApplication.focusWidget()
        return (
            focus is not None and (focus is self or self.isAncestorOf(focus)) and takes_text(focus)
        )

    def select_regions(self, region_ids: Sequence[str]) -> None:
        """Select these regions (from the table) and bring the first into view. Must not emit.

        Unknown ids are left out; the host's ``select_regions`` is not called for it.
        """

    def pick_label(self, label_id: str) -> None:
        """The person picked a label in the list while no region is selected: it is for the next one."""

    def show_part(self, part_id: str) -> None:
        """Bring a part of the content into view and make it the current one."""

    def current_part(self) -> str | None:
        """The part the person is at, where part-scope questions are asked about one part at a time.

        Asked right after ``show_task``; later changes are told with the host's ``show_part``. None:
        they are asked about all parts.
        """
        return None

    def taken_keys(self) -> frozenset[str]:
        """Single keys ``handle_key`` takes for this task (upper-case): no answer is given them.

        Keys of labels and of commands are known and need not be named. Asked after ``show_task``.
        """
        return frozenset()

    def tool_widget(self) -> QWidget | None:
        """Tools for the strip above the content, made once; None where there are none.

        The app puts it into the strip and gives it back before the editor is deleted.
        """
        return None

    def first_tab(self) -> FirstTab:
        """Which tab stands beside it as long as the person has turned to none at this panel.

        Questions for panels whose work is answers; regions where the hand needs the labels with
        their keys and the figures of what it draws.
        """
        return "questions"

    def shown_questions(self) -> frozenset[str]:
        """Ids of the questions the editor asks itself; the form beside it leaves them out."""
        return frozenset()

    def region_columns(self) -> tuple[RegionColumn, ...]:
        """The columns it adds to the table of regions, after number, swatch and label."""
        return ()

    def describe_region(self, region: Region) -> tuple[str, ...]:
        """One region's cells, as many as ``region_columns``; must be quick and change nothing.

        Never called with an Opaque. A numeric cell is a plain decimal number or "".
        """
        return ()

    def region_fields(self) -> tuple[RegionField, ...]:
        """The figures of a region that can be typed below the table, at most eight or so."""
        return ()

    def field_texts(self, region: Region) -> tuple[str, ...]:
        """One region's figures, as many as ``region_fields``; "" where it has none. Quick and pure.

        Never called with an Opaque.
        """
        return ()

    def edit_field(self, region: Region, key: str, text: str) -> Region | str:
        """The region with a figure typed anew, or in one translated sentence why it cannot be.

        Changes nothing: the table gives the new region to the app. Where the text means what the
        region has already, the region itself comes back.
        """
        return region

    def region_marks(self, region: Region) -> tuple[RegionMark, ...]:
        """What is so of a region for this person only, and is not part of the value.

        Asked of a model's regions too: one that is not offered (rejected, not sure enough) is hidden,
        which is what ``show_offered`` was told last. An override adds to what this says.
        """
        return ("hidden",) if id(region) in self._put_away else ()

    def show_offered(self, offered: Iterable[Region]) -> None:
        """Tell the table which of the models' regions, as the view has them, are offered now.

        An editor that lets proposals be put away calls it whenever it has found what is open.
        """
        known = {id(region) for region in offered}
        told = self._view.predictions if self._view is not None else ()
        regions = (region for one in told for region in one.value.regions)
        # Held, not only their ids: an id is a region's only for as long as the region is there.
        away = {id(region): region for region in regions if id(region) not in known}
        changed = away.keys() != self._put_away.keys()
        self._put_away = away
        if changed:
            self.host.restate_regions()

    def state(self) -> Json:
        """Where the person is (scroll, zoom, caret, selection), as JSON, to come back there."""
        return None

    def restore_state(self, state: Json) -> None:
        """Go back to where ``state`` was; called after ``show_task``.

        Anything may come: the state of an older version, or of another value. What does not fit is
        left aside. Must not emit.
        """
