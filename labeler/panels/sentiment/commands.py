"""What the panel's commands do to spans and proposals, and whether they can be run now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication

from labeler.api import Span, Value, fresh_region_id
from labeler.kit.command_table import CommandEntry, CommandTable
from labeler.kit.decisions import Decisions
from labeler.kit.editor import CanRun
from labeler.panels.sentiment import edits, proposals
from labeler.panels.sentiment.proposals import Proposal
from labeler.panels.sentiment.scene import Scene

__all__ = ["SpanCommands"]

tr = QCoreApplication.translate


class SpanCommands(CommandTable):
    """The commands of ``panel.toml``, and what a label's key does; ``last`` is the one used last."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.last: str | None = None
        self._series = ""
        self._painted: frozenset[str] = frozenset()
        self._decisions = Decisions(scene, self._taken_over)
        own: dict[str, CommandEntry] = {
            "sentiment.find": (scene.find_words, self._can_read),
            "sentiment.next_span": (lambda: self._step(1), lambda: self._can_step(1)),
            "sentiment.previous_span": (lambda: self._step(-1), lambda: self._can_step(-1)),
            "sentiment.remove_span": (self._remove, self._can_edit_chosen),
            "sentiment.select_word": (self._select_word, self._can_read),
            "sentiment.repeat_label": (self._repeat, self._can_repeat),
            "sentiment.everywhere": (self._everywhere, self._can_spread),
            "sentiment.start_left": (lambda: self._nudge(0, False), self._can_edit_one),
            "sentiment.start_right": (lambda: self._nudge(0, True), self._can_edit_one),
            "sentiment.end_left": (lambda: self._nudge(1, False), self._can_edit_one),
            "sentiment.end_right": (lambda: self._nudge(1, True), self._can_edit_one),
            "sentiment.disarm": (self._put_down, self._can_put_down),
        }
        super().__init__({**own, **self._decisions.entries("sentiment")})

    # labels

    def use_label(self, label: str) -> bool:
        """What a label's key does: label the selection, relabel what is chosen, or paint with it."""
        scene = self._scene
        if not scene.may_edit:
            return False
        selection = scene.surface.selection
        if selection is not None:
            self.add([selection], label)
            return True
        own, chosen = scene.chosen_own(), scene.chosen_open()
        self.last = label
        if own:
            value = edits.relabel(scene.value, own, label)
            if value is not scene.value:
                scene.commit(value, tr("Sentiment", "Change label"))
        elif any(one.span is not None for one in chosen):
            self._decisions.take_over(chosen, label)
        else:
            scene.arm(None if scene.armed == label else label)
        return True

    def add(self, ranges: Collection[tuple[int, int]], label: str | None) -> int:
        """Label ranges and choose the new spans, or those that are there already; how many are new."""
        scene = self._scene
        value, new = edits.add(scene.value, scene.text, ranges, label)
        self.last = label
        there = [edits.find(scene.value, start, end, label) for start, end in ranges]
        if len(new) == 1:
            scene.commit(value, tr("Sentiment", "Add span"))
        elif new:
            scene.commit(value, tr("Sentiment", "Add spans"))
        scene.surface.choose(new or [span.id for span in there if span is not None])
        return len(new)

    def paint(self, start: int, end: int, label: str, clicks: int) -> None:
        """Label a range drawn with a label in hand.

        A third click means the sentence instead of the word, so it replaces what the second made;
        all clicks of a row are undone as one.
        """
        scene = self._scene
        if clicks < 2:
            self._series = ""
            self.add([(start, end)], label)
            return
        if clicks == 2 or not self._series:
            self._series, self._painted = f"paint:{fresh_region_id()}", frozenset()
        value = scene.value.without(set(self._painted))
        value, new = edits.add(value, scene.text, [(start, end)], label)
        self.last = label
        if new:
            scene.commit(value, tr("Sentiment", "Add span"), self._series)
            self._painted = frozenset(new)
        there = edits.find(scene.value, start, end, label)
        scene.surface.choose(new or ([there.id] if there is not None else []))

    def _repeat(self) -> bool:
        selection = self._scene.surface.selection
        if selection is None or self.last is None:
            return False
        self.add([selection], self.last)
        return True

    def _everywhere(self) -> bool:
        model = self._model()
        if model is None:
            return False
        start, end, label = model
        places = list(self._scene.surface.document.occurrences(start, end))
        count = self.add(places, label)
        if count:
            said = tr("Sentiment", "Labelled {count} more places as {label}", "", count)
            name = self._scene.label_name(label)
            self._scene.host.say(said.format(count=count, label=name))
        else:
            self._scene.host.say(tr("Sentiment", "All occurrences have this label already"))
        return True

    def _model(self) -> tuple[int, int, str | None] | None:
        """What "all occurrences" repeats: the chosen span, or the selection with the last label."""
        scene = self._scene
        own = scene.chosen_own()
        span = scene.value.region(own[0]) if len(own) == 1 else None
        if isinstance(span, Span):
            return span.start, span.end, span.label
        if scene.surface.selection is not None and self.last is not None:
            return (*scene.surface.selection, self.last)
        return None

    # spans

    def _next_id(self, step: int) -> str | None:
        """The mark before or after the chosen one or, where none is chosen, the caret."""
        order, surface = self._scene.in_order(), self._scene.surface
        chosen = [order.index(ident) for ident in surface.chosen if ident in order]
        if chosen:
            number = chosen[-1] + step
        else:
            before = sum(1 for mark in surface.marks if mark.start < surface.caret)
            number = before if step > 0 else before - 1
        return order[number] if 0 <= number < len(order) else None

    def _step(self, step: int) -> bool:
        ident = self._next_id(step)
        if ident is None:
            return False
        self._scene.surface.choose([ident])
        return True

    def _remove(self) -> bool:
        scene = self._scene
        own, order = scene.chosen_own(), scene.in_order()
        following = [ident for ident in order[order.index(own[-1]) :] if ident not in own]
        one = len(own) == 1
        label = tr("Sentiment", "Remove span") if one else tr("Sentiment", "Remove spans")
        scene.commit(scene.value.without(set(own)), label)
        # The next one is chosen, so that several in a row go with one key.
        left = set(scene.in_order())
        scene.surface.choose([ident for ident in following if ident in left][:1])
        return True

    def _select_word(self) -> bool:
        """The word at the caret; again, the next word with it."""
        surface = self._scene.surface
        document, selection = surface.document, surface.selection
        if selection is None:
            start, end = document.snapped(*document.word_at(surface.caret), words=False)
        else:
            start, end = selection
            following = document.word_at(document.word_after(end))[1]
            end = max(end, document.trimmed(start, following)[1])
        surface.choose_none()
        surface.select(start, end)
        return True

    def _nudge(self, edge: int, right: bool) -> bool:
        """Move one edge of the chosen span by a letter, to where the arrow points."""
        scene = self._scene
        [ident] = scene.chosen_own()
        span = scene.value.region(ident)
        if not isinstance(span, Span):
            return False
        document = scene.surface.document
        ends = [span.start, span.end]
        forward = right == (document.block_at(ends[edge]).direction == "ltr")
        ends[edge] = document.after(ends[edge]) if forward else document.before(ends[edge])
        value = edits.move_edge(scene.value, scene.text, ident, *ends)
        if value is scene.value:
            return False
        if edge == 0:
            label = tr("Sentiment", "Move the start of a span")
        else:
            label = tr("Sentiment", "Move the end of a span")
        scene.commit(value, label, f"edge:{ident}:{edge}")
        scene.surface.set_chosen([ident], reveal=True)
        return True

    def _put_down(self) -> bool:
        scene = self._scene
        if scene.armed is not None:
            scene.arm(None)
        else:
            scene.surface.choose_none()
        return True

    # proposals

    def _taken_over(
        self, taken: Sequence[Proposal], label: str | None
    ) -> tuple[Value, Sequence[str]]:
        labels = {one.id: label for one in taken} if label is not None else {}
        return proposals.accept(self._scene.value, self._scene.text, taken, labels)

    # whether

    def _can_read(self) -> CanRun:
        return CanRun(True).where(bool(self._scene.text), tr("Sentiment", "There is no text"))

    def _can_step(self, step: int) -> CanRun:
        # Beyond the last one Tab goes on to the next control: nobody is caught in the text.
        there = self._next_id(step) is not None
        return CanRun(True).where(there, tr("Sentiment", "There is no further span"))

    def _can_edit(self) -> CanRun:
        return CanRun(True).where(self._scene.may_edit, tr("Sentiment", "The task is read only"))

    def _can_edit_chosen(self) -> CanRun:
        chosen = bool(self._scene.chosen_own())
        return self._can_edit().where(chosen, tr("Sentiment", "No span is selected"))

    def _can_edit_one(self) -> CanRun:
        one = len(self._scene.chosen_own()) == 1
        return self._can_edit().where(one, tr("Sentiment", "Select one span"))

    def _can_repeat(self) -> CanRun:
        there = self._scene.surface.selection is not None and self.last is not None
        return self._can_edit().where(there, tr("Sentiment", "Use a label once, then select words"))

    def _can_spread(self) -> CanRun:
        there = self._model() is not None
        return self._can_edit().where(there, tr("Sentiment", "Select one span"))

    def _can_put_down(self) -> CanRun:
        surface = self._scene.surface
        there = bool(surface.chosen or surface.selection or self._scene.armed is not None)
        return CanRun(True).where(there, tr("Sentiment", "Nothing is selected"))
