"""A host without an app: it answers an editor and writes down what the editor said."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import BinaryIO, NamedTuple

from PySide6.QtWidgets import QApplication

from labeler.api import Json, MediaRef, Problem, Refusal, Value
from labeler.api.manifest import Manifest
from labeler.api.testing import Example
from labeler.kit.editor import Prediction, TaskView
from labeler.kit.theme import Theme, install_theme

__all__ = ["Emission", "RecordingHost", "application", "task_view"]


class Emission(NamedTuple):
    """What ``EditorHost.emit`` was called with."""

    value: Value
    label: str
    key: str


class RecordingHost:
    """An ``EditorHost`` that keeps everything it is told, in order.

    ``media`` are the bytes ``open_medium`` finds, by path, from any thread; ``settings`` take the
    place of the manifest's defaults.
    """

    def __init__(
        self,
        manifest: Manifest | None = None,
        *,
        settings: Mapping[str, Json] | None = None,
        media: Mapping[str, bytes] | None = None,
    ) -> None:
        self._theme = install_theme(application(), choice="light", reduced_motion=True)
        self._keys = {one.id: one.keys for one in manifest.commands} if manifest else {}
        self._settings: dict[str, Json] = defaults_of(manifest) | dict(settings or {})
        self._media = dict(media or {})
        self.emitted: list[Emission] = []
        self.ended_keys = 0
        self.problems: list[Problem] = []
        self.said: list[str] = []
        self.selections: list[tuple[str, ...]] = []
        self.restated = 0
        self.labels: list[str | None] = []
        self.parts: list[str | None] = []
        self.questions: list[tuple[str, str]] = []
        self.rules: list[str] = []
        self.commands: list[str] = []
        self.missing: list[tuple[MediaRef, Problem]] = []

    @property
    def theme(self) -> Theme:
        """The application's theme."""
        return self._theme

    def emit(self, value: Value, label: str, key: str = "") -> None:
        """Keep what was emitted."""
        self.emitted.append(Emission(value, label, key))

    def end_key(self) -> None:
        """Count it."""
        self.ended_keys += 1

    def notify(self, problem: Problem) -> None:
        """Keep the problem."""
        self.problems.append(problem)

    def say(self, text: str) -> None:
        """Keep the sentence."""
        self.said.append(text)

    def select_regions(self, region_ids: Sequence[str]) -> None:
        """Keep the selection."""
        self.selections.append(tuple(region_ids))

    def restate_regions(self) -> None:
        """Count it."""
        self.restated += 1

    def show_label(self, label_id: str | None) -> None:
        """Keep the label."""
        self.labels.append(label_id)

    def show_part(self, part_id: str | None) -> None:
        """Keep the part."""
        self.parts.append(part_id)

    def show_question(self, question_id: str, place: str = "") -> None:
        """Keep the question."""
        self.questions.append((question_id, place))

    def show_rule(self, ref: str) -> None:
        """Keep the reference."""
        self.rules.append(ref)

    def key_text(self, command_id: str) -> str:
        """The first default key of the manifest."""
        return next(iter(self._keys.get(command_id, ())), "")

    def run_command(self, command_id: str) -> bool:
        """Keep the command; True, as if it had been run."""
        self.commands.append(command_id)
        return True

    def setting(self, key: str) -> Json:
        """The setting, or its default in the manifest; a KeyError for any other key."""
        return self._settings[key]

    def open_medium(self, ref: MediaRef) -> BinaryIO:
        """The medium's bytes; raises Refusal where none were handed in."""
        if ref.path not in self._media:
            raise Refusal.of("file_missing", ref.path)
        return io.BytesIO(self._media[ref.path])

    def medium_missing(self, ref: MediaRef, problem: Problem) -> None:
        """Keep the medium and why it is not within reach."""
        self.missing.append((ref, problem))


def application() -> QApplication:
    """The QApplication, made where there is none."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([__name__])


def defaults_of(manifest: Manifest | None) -> dict[str, Json]:
    """The defaults of a manifest's settings, by key."""
    return {one.key: one.default for one in manifest.settings} if manifest else {}


def task_view(
    example: Example,
    *,
    value: Value | None = None,
    predictions: Sequence[Prediction] = (),
    read_only: bool = False,
    content: bool = True,
    settings: Mapping[str, Json] | None = None,
) -> TaskView:
    """An example as the app would show it; without ``content`` as if it could not be decoded."""
    return TaskView(
        task="0" * 32,
        key="example",
        content=example.content if content else None,
        parts=tuple(example.content.parts()),
        config=example.config,
        value=example.value if value is None else value,
        predictions=tuple(predictions),
        read_only=read_only,
        settings=dict(settings or {}),
    )
