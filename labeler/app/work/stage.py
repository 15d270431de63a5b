"""The stage: where a panel's editor plays, and what stands there when it cannot.

Editors are made at first use, one per panel and project, behind the panel's guard. Whatever one
raises, when it is called or when Qt calls it, puts its card in its place; the draft is the desk's and
is untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from labeler.api import Content, Json, MediaRef, Problem, Refusal, Value
from labeler.app.context import AppContext
from labeler.app.i18n import panel_name, problem_text
from labeler.app.work.host import StageHost, panel_settings
from labeler.app.work.missing import MissingMedium
from labeler.app.work.raw import RawView
from labeler.kit import KIT_VERSION
from labeler.kit.controls.notice import ErrorCard
from labeler.kit.editor import Editor, Prediction, TaskView
from labeler.plugins import Failure
from labeler.work.desk import Seat

__all__ = ["Stage", "is_from"]

T = TypeVar("T")


@dataclass(slots=True)
class _Player:
    editor: Editor
    host: StageHost
    tools: QWidget | None


class Stage(QStackedWidget):
    """Shows a seat in its panel's editor.

    ``taken`` (value, label, key) is what ``take`` of the editor's host gets; ``played`` fires when
    another editor, a card or nothing came on; ``open_again`` asks for the seat to be shown again;
    ``out_of_reach`` says that the medium of the seat on the stage is.
    """

    played = Signal()
    open_again = Signal()
    out_of_reach = Signal()

    def __init__(
        self,
        context: AppContext,
        take: Callable[[Value, str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._take = take
        self._players: dict[str, _Player] = {}
        self._panel = ""
        self._card: QWidget | None = None
        self._seat: Seat | None = None
        self._folders: Mapping[str, Path] = {}
        """Where the project's media lay, by root, when editors began to hold some of them."""
        self._unprepared: set[str] = set()
        """Panels that failed at loading ahead: it is not asked of them again."""
        context.media_changed.connect(self._media_changed)
        self.saved_text: Callable[[], str] = str
        """Says that the draft is safe and since when, for the card."""

    # who plays

    @property
    def editor(self) -> Editor | None:
        """The editor on the stage, or None where a card or a raw view stands there."""
        player = self._players.get(self._panel)
        return player.editor if player is not None and self._card is None else None

    @property
    def host(self) -> StageHost | None:
        """The host of the editor on the stage."""
        player = self._players.get(self._panel)
        return player.host if player is not None and self._card is None else None

    @property
    def tools(self) -> QWidget | None:
        """The tools of the editor on the stage."""
        player = self._players.get(self._panel)
        return player.tools if player is not None and self._card is None else None

    def show_seat(self, seat: Seat, *, keep: bool = False) -> TaskView:
        """Put a task on; with ``keep`` scroll, caret and selection stay as they are."""
        self._clear_card()
        self._seat = seat
        seat.out_of_reach = False
        panel = seat.queue.panel
        if panel != self._panel:
            self.close_task()
            self._panel = panel
        view = self._view(seat)
        player = self._player(panel)
        if player is None or seat.content is None:
            self._show_raw(seat)
            self.played.emit()
            return view
        player.host.settings = view.settings
        player.host.refused = False
        state = self.ask("state", player.editor.state, None) if keep else _state(seat)
        self.ask("come on stage", self.setCurrentWidget, None, player.editor)
        self.ask("show a task", player.editor.show_task, None, view)
        if state is not None:
            self.ask("restore its state", player.editor.restore_state, None, state)
        self.played.emit()
        return view

    def _view(self, seat: Seat) -> TaskView:
        found = self._context.plugins.panel(seat.queue.panel)
        settings = panel_settings(
            found, seat.queue.config.settings, self._context.settings.panel(seat.queue.panel)
        )
        predictions: tuple[Prediction, ...] = ()
        if seat.queue.config.policy.show_predictions:
            predictions = tuple(
                Prediction(one.author, one.value, one.score) for one in seat.predictions
            )
        return TaskView(
            task=seat.task.id,
            key=seat.task.key,
            content=seat.content,
            parts=seat.parts,
            config=seat.queue.config,
            value=seat.draft.value,
            predictions=predictions,
            context=seat.context,
            read_only=seat.read_only or self._read_only(),
            settings=settings,
            meta=seat.full.meta,
        )

    def _read_only(self) -> bool:
        session = self._context.session
        return session is None or session.read_only

    def _player(self, panel: str) -> _Player | None:
        found = self._players.get(panel)
        if found is not None:
            return found
        plugins = self._context.plugins
        try:
            kind = plugins.editor_class(panel, KIT_VERSION)
        except Refusal as refusal:
            if refusal.problem.code == "plugin_failed":
                failures = plugins.guard(panel).failures
                if failures and not plugins.guard(panel).disabled:
                    self._show_card(failures[-1])
            return None
        host = StageHost(self._context, panel, self._take, self)
        # Afterwards, also where the editor says it while it is being shown the task.
        host.medium_lost.connect(self._medium_lost, Qt.ConnectionType.QueuedConnection)
        outcome = plugins.guard(panel).call("make the editor", _make, kind, host, self)
        if outcome.failure is not None or outcome.value is None:
            host.deleteLater()
            if outcome.failure is not None:
                self._show_card(outcome.failure)
            return None
        editor = outcome.value
        tools = plugins.guard(panel).call("tools", editor.tool_widget).value
        self._folders = self._folders_now()
        player = _Player(editor, host, tools)
        self._players[panel] = player
        self.addWidget(editor)
        return player

    # speaking to it

    def ask(self, what: str, call: Callable[..., T], otherwise: T, *args: object) -> T:
        """Call a method of the editor on the stage; what it raises puts its card on."""
        if self._card is not None or not self._panel:
            return otherwise
        outcome = self._context.plugins.guard(self._panel).call(what, call, *args)
        if outcome.failure is not None:
            self._fail(outcome.failure)
            return otherwise
        return outcome.get()

    def prepare(self, content: Content) -> None:
        """Let the editor load ahead what will probably be shown next; failing at it is no failure.

        It is logged once, and not asked for again. A medium that is missing is told when it is shown.
        """
        editor, panel = self.editor, self._panel
        if editor is None or panel in self._unprepared:
            return
        guard = self._context.plugins.guard(panel)
        try:
            outcome = guard.call("load ahead", editor.prepare, content, passes=(Refusal,))
        except Refusal:
            return
        if outcome.failure is not None:
            self._unprepared.add(panel)

    def set_value(self, value: Value) -> None:
        """Show another value of the same task."""
        if self.editor is not None:
            self.ask("show a value", self.editor.set_value, None, value)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, or allow it again."""
        editor = self.editor
        if editor is not None and editor.read_only != read_only:
            self.ask("be read-only", editor.set_read_only, None, read_only)

    def finish_gesture(self) -> None:
        """End what is under way."""
        if self.editor is not None:
            self.ask("finish a gesture", self.editor.finish_gesture, None)

    def state(self) -> Json:
        """Where the person is in the editor."""
        return None if self.editor is None else self.ask("state", self.editor.state, None)

    def close_task(self) -> None:
        """Let the editor let go of its task."""
        if self.editor is not None:
            self.ask("close a task", self.editor.close_task, None)

    def close_project(self) -> None:
        """No project any more: let go of everything shown, and of the editors.

        What an editor holds is the project's: media of the next one may have the same names.
        """
        self.close_task()
        self._clear_card()
        self._drop_all()
        self._panel = ""
        self._seat = None
        self.played.emit()

    # when a medium is not there

    def _medium_lost(self, ref: MediaRef, problem: Problem) -> None:
        """The editor's word that the task on screen cannot be worked on."""
        seat, host = self._seat, self.host
        if seat is None or host is None or self.sender() is not host or not _names(seat, ref):
            return
        seat.out_of_reach = True
        card = MissingMedium(ref, problem)
        card.try_again.connect(self.open_again)
        card.locate.connect(self._locate)
        focus = QApplication.focusWidget()
        self._put(card)
        if focus is None or self.isAncestorOf(focus):
            card.folders.setFocus(Qt.FocusReason.OtherFocusReason)
        self.played.emit()
        self.out_of_reach.emit()

    def _locate(self) -> None:
        self._context.commands.run("project.media")

    def _folders_now(self) -> Mapping[str, Path]:
        session = self._context.session
        return dict(self._context.media_roots.folders(session.uid)) if session is not None else {}

    def _media_changed(self) -> None:
        """Show the task again where something of it was missing, in the editor's own place too.

        Where media lie elsewhere than before, what editors hold came from the wrong folder.
        """
        host, before = self.host, self._folders
        self._folders = self._folders_now()
        moved = self._folders != before
        if moved:
            self._drop_all()
        missed = isinstance(self._card, MissingMedium) or (host is not None and host.refused)
        if self._seat is not None and (moved or missed):
            self.open_again.emit()

    # when it fails

    def judge(self, error: BaseException) -> bool:
        """Whether an exception nobody caught came out of a panel's code: then its card is put on."""
        found = self._context.plugins.panel(self._panel) if self._panel else None
        if found is None or not is_from(error, found.place):
            return False
        failure = self._context.plugins.guard(self._panel).record("work", error)
        if self._card is None:
            # Not now: Qt may be in the middle of painting what is to be taken away.
            self._context.soon(lambda: self._fail(failure), self)
        return True

    def _fail(self, failure: Failure) -> None:
        if self._card is None:
            self._drop(self._panel)
            self._show_card(failure)
            self.played.emit()

    def _drop_all(self) -> None:
        for panel in tuple(self._players):
            self._drop(panel)

    def _drop(self, panel: str) -> None:
        player = self._players.pop(panel, None)
        if player is None:
            return
        player.host.live = False
        if player.tools is not None and isValid(player.tools):
            player.tools.hide()
            player.tools.setParent(player.editor)
        self.removeWidget(player.editor)
        player.editor.hide()
        player.editor.deleteLater()
        player.host.setParent(player.editor)

    def _show_card(self, failure: Failure) -> None:
        found = self._context.plugins.panel(failure.plugin)
        name = panel_name(found.manifest) if found is not None else failure.plugin
        title = self.tr("The {panel} panel stopped").format(panel=name)
        card = ErrorCard(title, self.saved_text(), _report(failure))
        card.open_again.connect(self._again)
        card.turned_off.connect(self._turn_off)
        card.copied.connect(self._copied)
        self._put(card)

    def _again(self) -> None:
        self._context.plugins.retry(self._panel)
        self._drop(self._panel)
        self.open_again.emit()

    def forget(self, panel: str) -> None:
        """A panel was turned off or on: let go of its editor, and show its task anew if it plays."""
        self._drop(panel)
        if panel == self._panel:
            self.open_again.emit()

    def _turn_off(self) -> None:
        off = self._context.settings.values.panels_off
        if self._panel not in off:
            self._context.settings.change(panels_off=(*off, self._panel))
        self._context.plugins.guard(self._panel).disable()
        self._drop(self._panel)
        self.open_again.emit()

    def handle_key(self, event: QKeyEvent) -> bool:
        """The keys of the card: R opens the panel again, C copies the report."""
        if not isinstance(self._card, ErrorCard) or event.modifiers():
            return False
        if event.key() == Qt.Key.Key_R:
            self._again()
        elif event.key() == Qt.Key.Key_C:
            self._card.copy_report()
        else:
            return False
        return True

    def _copied(self) -> None:
        self._context.toast(self.tr("The report is on the clipboard"))

    def _show_raw(self, seat: Seat) -> None:
        if self._card is not None:
            return  # the card of the editor that could not be made
        plugins, panel = self._context.plugins, seat.queue.panel
        found = plugins.panel(panel)
        known = found is not None
        off = known and bool(plugins.guard(panel).disabled)
        unseen = found.manifest.unseen if found is not None else ()
        reason = ""
        session = self._context.session
        if session is not None and session.panels.refused is not None:
            reason = problem_text(session.panels.refused)
        raw = RawView(seat, known=known, off=off, reason=reason, unseen=unseen)
        raw.turned_on.connect(self._turn_on)
        self._put(raw)

    def _turn_on(self) -> None:
        off = self._context.settings.values.panels_off
        self._context.settings.change(panels_off=tuple(one for one in off if one != self._panel))
        self._again()

    def _put(self, card: QWidget) -> None:
        self._clear_card()
        self._card = card
        self.addWidget(card)
        self.setCurrentWidget(card)

    def _clear_card(self) -> None:
        if self._card is not None:
            self.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
            self._card = None


def _make(kind: Callable[..., object], host: StageHost, parent: QWidget) -> Editor:
    editor = kind(host, parent)
    if not isinstance(editor, Editor):
        raise TypeError(f"{type(editor).__name__} is no Editor")
    return editor


def _report(failure: Failure) -> str:
    """The report with what a person looks for first: the error, and where in the panel it was."""
    frames = [
        line.strip().replace('File "', "").replace('"', "")
        for line in failure.report.splitlines()
        if line.startswith('  File "')
    ]
    return "\n".join([failure.error, *(f"  {frame}" for frame in frames[::-1]), "", failure.report])


def _names(seat: Seat, ref: MediaRef) -> bool:
    """Whether the task's content says this path: an editor's word may come when its task is gone."""
    return msgspec.json.encode(ref.path) in seat.full.content


def _state(seat: Seat) -> Json:
    state: Mapping[str, Json] = seat.draft.row.state
    return state.get("editor")


def is_from(error: BaseException, folder: Path) -> bool:
    """Whether an exception went through code that lies in this folder."""
    root = folder.resolve()
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return False
        trace = seen.__traceback__
        while trace is not None:
            if Path(trace.tb_frame.f_code.co_filename).is_relative_to(root):
                return True
            trace = trace.tb_next
        seen = seen.__cause__ or seen.__context__
    return False
