"""Marks on words: shown in the responses, made of selections, labelled and answered about by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

from labeler.api import QueueConfig, Region, Span
from labeler.kit.form.words import answer_label
from labeler.kit.offered_labels import OfferedLabels
from labeler.kit.text import Mark
from labeler.panels.comparison import edits
from labeler.panels.comparison.about_marks import (
    answered,
    choices_by_key,
    first_without_key,
    tag_words,
)
from labeler.panels.comparison.edits import Marked
from labeler.panels.comparison.hints import Hint
from labeler.panels.comparison.scene import Scene

__all__ = ["Marking"]

tr = QCoreApplication.translate


class Marking:
    """What the editor does with marks; ``last`` is the label used last."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.last: str | None = None
        self._drawn: tuple[Region, ...] | None = None

    # what is so

    @property
    def config(self) -> QueueConfig:
        """The queue's labels and questions."""
        view = self._scene.view
        return view.config if view is not None else QueueConfig()

    @property
    def labels(self) -> OfferedLabels:
        """The labels offered for marks."""
        return OfferedLabels(self.config, Span)

    def chosen(self) -> list[str]:
        """Ids of the chosen marks, in all responses."""
        return [ident for pane in self._scene.board.panes for ident in pane.surface.chosen]

    def chosen_marks(self) -> list[Marked]:
        """The chosen marks themselves."""
        found = (self._scene.value.region(ident) for ident in self.chosen())
        return [region for region in found if isinstance(region, Marked)]

    def hints(self) -> tuple[Hint, ...]:
        """The keys that answer what is asked about the chosen marks."""
        found = choices_by_key(self.config, self.chosen_marks())
        return tuple(Hint((key,), choice.name) for key, _, choice in found)

    def describe(self, region: Region) -> tuple[str, str]:
        """A region's words, and the letter of the response it is in."""
        panes = self._scene.board.panes
        where = next((pane.letter for pane in panes if region.on in pane.parts), "")
        if not isinstance(region, Marked):
            return "", where
        words = region.text
        if not words and region.start is not None and region.end is not None:
            words = self._scene.text_of(region.on or "")[region.start : region.end]
        return " ".join(words[:400].split()), where

    # showing

    def show(self, *, anew: bool = False) -> None:
        """Draw the value's marks in the responses; nothing is done where they are drawn already."""
        if self._scene.value.regions is self._drawn and not anew:
            return
        self._drawn = self._scene.value.regions
        labels = self.labels
        for pane in self._scene.board.panes:
            marks: list[Mark] = []
            for part in pane.parts:
                base = pane.surface.base_of(part)
                if base is not None:
                    marks += self._marks_on(part, base, len(pane.surface.document.text), labels)
            pane.set_marks(marks)

    def _marks_on(self, part: str, base: int, length: int, labels: OfferedLabels) -> Sequence[Mark]:
        only = len(self._scene.board.panes) == 1
        marks = []
        for region in edits.marks_on(self._scene.value, part, only=only):
            colour, place = labels.look(region.label)
            start, end = base + (region.start or 0), base + (region.end or 0)
            if 0 <= start < end <= length:
                tag = tag_words(self.config, region)
                marks.append(Mark(region.id, start, end, tag, colour, place))
        return marks

    # what hands do

    def mark(self, label: str | None) -> bool:
        """Give the selection a label, or the chosen marks; False where there is neither."""
        scene, pane = self._scene, self._scene.pane
        if not scene.may_edit or pane is None:
            return False
        self.last = label
        if pane.surface.selection is None:
            return self._relabel(label)
        document = pane.surface.document
        start, end = document.snapped(*pane.surface.selection, words=False)
        part, base = pane.surface.part_at(start)
        text = scene.text_of(part)
        end = min(end, base + len(text))  # a mark lies in one part
        if start >= end:
            return False
        value, ident = edits.add(scene.value, part, text, start - base, end - base, label)
        if value is not scene.value:
            scene.commit(value, tr("Comparison", "Mark words"))
        pane.surface.choose([ident])
        made = scene.value.region(ident)
        if isinstance(made, Marked):
            asked = first_without_key(self.config, made)
            if asked is not None:
                scene.host.show_question(asked, ident)
        return True

    def _relabel(self, label: str | None) -> bool:
        chosen = self.chosen()
        value = edits.relabel(self._scene.value, chosen, label)
        if value is not self._scene.value:
            self._scene.commit(value, tr("Comparison", "Change label"))
        return bool(chosen)

    def answer(self, key: str) -> bool:
        """Answer what is asked about the chosen marks, by the key of a choice."""
        marks = self.chosen_marks()
        if not marks or not self._scene.may_edit:
            return False
        for own, question, choice in choices_by_key(self.config, marks):
            if own == key:
                value = answered(self._scene.value, question, marks, choice)
                self._scene.commit(value, answer_label(question, "", False))
                return True
        return False

    def use_key(self, event: QKeyEvent) -> bool:
        """A key of an answer about the chosen marks, or of a label."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or not event.text():
            return False
        if self.answer(event.text().upper()):
            return True
        label = self.labels.by_key(event)
        return label is not None and (event.isAutoRepeat() or self.mark(label.id))
