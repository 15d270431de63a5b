"""What an editor gets of the app: the EditorHost it was made with.

What goes wrong in the house while an editor calls it ends in the house: a crash card of its own, and
the editor goes on.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from PySide6.QtCore import QObject, Signal

from labeler.api import Json, MediaRef, Problem, Refusal, Value
from labeler.app.context import AppContext
from labeler.kit.theme import Theme
from labeler.plugins import Found

__all__ = ["StageHost", "panel_settings"]


def panel_settings(
    found: Found | None, queue: Mapping[str, Json], own: Mapping[str, Json]
) -> dict[str, Json]:
    """A panel's settings in force: the manifest's defaults, then the queue's, then the person's."""
    entries = found.manifest.settings if found is not None else ()
    settings: dict[str, Json] = {entry.key: entry.default for entry in entries}
    for layer in (queue, own):
        settings.update({key: value for key, value in layer.items() if key in settings})
    return settings


class StageHost(QObject):
    """One editor's host.

    Signals carry the editor's calls to the page, ``take`` a value to the desk. Once it is not
    ``live`` (its editor failed, or its project was closed) it lets nothing through.
    """

    regions_selected = Signal(object)
    regions_restated = Signal()
    label_shown = Signal(object)
    part_shown = Signal(object)
    question_wanted = Signal(str, str)
    rule_wanted = Signal(str)
    key_ended = Signal()
    medium_lost = Signal(object, object)

    def __init__(
        self,
        context: AppContext,
        panel: str,
        take: Callable[[Value, str, str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._panel = panel
        self._take = take
        self.settings: Mapping[str, Json] = {}
        self.live = True
        self.refused = False
        """Whether a medium was not within reach since a task was shown."""

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._context.theme

    def emit(self, value: Value, label: str, key: str = "") -> None:  # type: ignore[override]
        """A gesture of the editor ended."""
        if self.live:
            self._ours(self._take, value, label, key)

    def end_key(self) -> None:
        """A field of the editor was left."""
        if self.live:
            self._ours(self.key_ended.emit)

    def notify(self, problem: Problem) -> None:
        """Show a problem."""
        self._ours(self._context.notify, problem)

    def say(self, text: str) -> None:
        """Say a sentence."""
        self._ours(self._context.toast, text)

    def select_regions(self, region_ids: Sequence[str]) -> None:
        """The person selected regions in the editor."""
        if self.live:
            self._ours(self.regions_selected.emit, tuple(region_ids))

    def restate_regions(self) -> None:
        """What is so of regions for this person became another."""
        if self.live:
            self._ours(self.regions_restated.emit)

    def show_label(self, label_id: str | None) -> None:
        """The label in the hand became another."""
        if self.live:
            self._ours(self.label_shown.emit, label_id)

    def show_part(self, part_id: str | None) -> None:
        """The person is at a part of the content."""
        if self.live:
            self._ours(self.part_shown.emit, part_id)

    def show_question(self, question_id: str, place: str = "") -> None:
        """Bring a question into view."""
        self._ours(self.question_wanted.emit, question_id, place)

    def show_rule(self, ref: str) -> None:
        """Open the guideline at a heading."""
        self._ours(self.rule_wanted.emit, ref)

    def key_text(self, command_id: str) -> str:
        """A command's key as a cap shows it."""
        return self._context.commands.key_text(command_id)

    def run_command(self, command_id: str) -> bool:
        """Run a command of the app or of this editor."""
        return bool(self._ours(self._context.commands.run, command_id))

    def _ours(self, call: Callable[..., object], *args: object) -> object:
        try:
            return call(*args)
        except Exception as error:  # noqa: BLE001 - the house's own, shown as such
            self._context.crashed(error)
            return None

    def setting(self, key: str) -> Json:
        """The value in force of one of the panel's settings."""
        return self.settings[key]

    def open_medium(self, ref: MediaRef) -> BinaryIO:
        """A medium's bytes, from where its root lies on this machine, or from the project."""
        session = self._context.session
        if session is None or not self.live:
            raise Refusal.of("file_missing", ref.path)
        try:
            return session.media.open(ref)
        except Refusal:
            self.refused = True
            raise

    def medium_missing(self, ref: MediaRef, problem: Problem) -> None:
        """The task on screen cannot be worked on without this medium."""
        if self.live:
            with contextlib.suppress(RuntimeError):  # Qt took this object while a worker came here
                self.medium_lost.emit(ref, problem)
