"""What the panel's commands do, and whether they can be run now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from labeler.api import Value
from labeler.kit.command_table import CommandEntry, CommandTable
from labeler.kit.editor import CanRun
from labeler.kit.form.ordering import Ordering
from labeler.kit.markdown import MarkdownSurface
from labeler.panels.comparison import edits
from labeler.panels.comparison.board import LAYOUTS
from labeler.panels.comparison.pane import ResponsePane
from labeler.panels.comparison.scene import Scene

__all__ = ["Commands"]

tr = QCoreApplication.translate


class Commands(CommandTable):
    """The commands of ``panel.toml``."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        no, edit = self._can_show, self._can_edit_one
        table: dict[str, CommandEntry] = {
            "comparison.raw": (self._raw, no),
            "comparison.layout": (self._layout, self._can_lay_out),
            "comparison.link": (self._link, self._can_lay_out),
            "comparison.fold": (self._fold, no),
            "comparison.prompt": (self._go_to_prompt, no),
            "comparison.find": (scene.find_words, self._can_read),
            "comparison.next_mark": (lambda: self._step(1), lambda: self._can_step(1)),
            "comparison.previous_mark": (lambda: self._step(-1), lambda: self._can_step(-1)),
            "comparison.remove_mark": (self._remove, self._can_edit_chosen),
            "comparison.select_word": (self._select_word, self._can_read),
            "comparison.repeat_label": (self._repeat, self._can_repeat),
            "comparison.start_left": (lambda: self._nudge(0, False), edit),
            "comparison.start_right": (lambda: self._nudge(0, True), edit),
            "comparison.end_left": (lambda: self._nudge(1, False), edit),
            "comparison.end_right": (lambda: self._nudge(1, True), edit),
            "comparison.put_down": (self._put_down, self._can_put_down),
            "comparison.rank_up": (lambda: self._move(-1), self._can_rank),
            "comparison.rank_down": (lambda: self._move(1), self._can_rank),
            "comparison.rank_tie": (self._tie, self._can_tie),
            "comparison.keep_order": (self._keep, self._can_keep),
        }
        super().__init__(table)

    # showing

    def _raw(self) -> bool:
        self._scene.set_raw(not self._scene.raw)
        return True

    def _layout(self) -> bool:
        board = self._scene.board
        self._scene.show_layout(LAYOUTS[(LAYOUTS.index(board.layout_mode) + 1) % len(LAYOUTS)])
        return True

    def _link(self) -> bool:
        self._scene.set_linked(not self._scene.board.linked)
        return True

    def _fold(self) -> bool:
        self._scene.prompt.set_folded(not self._scene.prompt.is_folded)
        return True

    def _go_to_prompt(self) -> bool:
        self._scene.prompt.set_folded(False)
        self._scene.prompt.surface.setFocus()
        return True

    # marks

    @property
    def _surface(self) -> MarkdownSurface | None:
        pane = self._scene.pane
        return pane.surface if pane is not None else None

    def _in_order(self) -> list[tuple[ResponsePane, str]]:
        """All marks in the order they are read: response after response."""
        found = []
        for pane in self._scene.board.panes:
            marks = sorted(pane.surface.marks, key=lambda one: (one.start, -one.end, one.id))
            found += [(pane, mark.id) for mark in marks]
        return found

    def _next(self, step: int) -> tuple[ResponsePane, str] | None:
        """The mark before or after the chosen one or, where none is chosen, the caret."""
        order, pane = self._in_order(), self._scene.pane
        chosen = self._scene.marking.chosen()
        here = [number for number, (_, ident) in enumerate(order) if ident in chosen]
        if here:
            number = here[-1] + step
        else:
            panes = list(self._scene.board.panes)
            at = panes.index(pane) if pane in panes else 0
            caret = pane.surface.caret if pane is not None else 0
            before = 0
            for other, ident in order:
                place = panes.index(other)
                start = next(one.start for one in other.surface.marks if one.id == ident)
                before += place < at or (place == at and start < caret)
            number = before if step > 0 else before - 1
        return order[number] if 0 <= number < len(order) else None

    def _step(self, step: int) -> bool:
        found = self._next(step)
        if found is None:
            return False
        pane, ident = found
        pane.surface.setFocus()
        pane.surface.choose([ident])
        return True

    def _remove(self) -> bool:
        scene = self._scene
        gone = scene.marking.chosen()
        order = [ident for _, ident in self._in_order()]
        following = [ident for ident in order[order.index(gone[-1]) :] if ident not in gone]
        one = len(gone) == 1
        label = tr("Comparison", "Remove mark") if one else tr("Comparison", "Remove marks")
        scene.commit(scene.value.without(set(gone)), label)
        for pane, ident in self._in_order():
            if ident in following[:1]:
                pane.surface.choose([ident])
                return True
        if scene.pane is not None:
            scene.pane.surface.choose([])
        return True

    def _select_word(self) -> bool:
        """The word at the caret; again, the next word with it."""
        surface = self._surface
        if surface is None:
            return False
        document, selection = surface.document, surface.selection
        if selection is None:
            start, end = document.snapped(*document.word_at(surface.caret), words=False)
            if start == end:
                start, end = document.snapped(
                    *document.word_at(document.word_after(surface.caret)), words=False
                )
        else:
            start, end = selection
            following = document.word_at(document.word_after(end))[1]
            end = max(end, document.snapped(start, following, words=False)[1])
        surface.choose_none()
        surface.select(start, end)
        return True

    def _repeat(self) -> bool:
        return self._scene.marking.mark(self._scene.marking.last)

    def _nudge(self, edge: int, right: bool) -> bool:
        """Move one edge of the chosen mark by a letter, to where the arrow points."""
        scene = self._scene
        [ident] = scene.marking.chosen()
        surface, drawn = next(
            (pane.surface, mark)
            for pane in scene.board.panes
            for mark in pane.surface.marks
            if mark.id == ident
        )
        document = surface.document
        ends = [drawn.start, drawn.end]
        forward = right == (document.block_at(ends[edge]).direction == "ltr")
        ends[edge] = document.after(ends[edge]) if forward else document.before(ends[edge])
        part, base = surface.part_at(drawn.start)
        start, end = document.snapped(*ends, words=False)
        value = edits.move_edge(scene.value, scene.text_of(part), ident, start - base, end - base)
        if value is scene.value:
            return True  # the edge is at the end of the text already
        label = (
            tr("Comparison", "Move the start of a mark")
            if edge == 0
            else tr("Comparison", "Move the end of a mark")
        )
        scene.commit(value, label, f"edge:{ident}:{edge}")
        surface.set_chosen([ident], reveal=True)
        return True

    def _put_down(self) -> bool:
        surface = self._surface
        if surface is not None:
            surface.choose_none()
        return True

    # order

    def _ranked(self, change: Callable[[Ordering, str], Value]) -> bool:
        scene, ranking, pane = self._scene, self._scene.ranking, self._scene.pane
        if ranking is None or pane is None or not pane.parts:
            return False
        value = change(ranking, pane.parts[0])
        if value is scene.value:
            return False
        scene.commit(value, ranking.label)
        return True

    def _move(self, step: int) -> bool:
        return self._ranked(lambda ranking, part: ranking.moved(part, step))

    def _tie(self) -> bool:
        return self._ranked(lambda ranking, part: ranking.joined(part))

    def _keep(self) -> bool:
        return self._ranked(lambda ranking, part: ranking.kept())

    # whether

    def _can_show(self) -> CanRun:
        there = bool(self._scene.board.panes or self._scene.prompt.surface.document.text)
        return CanRun(True).where(there, tr("Comparison", "There is no text"))

    def _can_lay_out(self) -> CanRun:
        several = len(self._scene.board.panes) > 1
        return CanRun(True).where(several, tr("Comparison", "There are not several responses"))

    def _can_read(self) -> CanRun:
        surface = self._surface
        there = surface is not None and bool(surface.document.text)
        return CanRun(True).where(there, tr("Comparison", "There is no text"))

    def _can_step(self, step: int) -> CanRun:
        there = self._next(step) is not None
        return CanRun(True).where(there, tr("Comparison", "There is no further mark"))

    def _can_edit(self) -> CanRun:
        return CanRun(True).where(self._scene.may_edit, tr("Comparison", "The task is read only"))

    def _can_edit_chosen(self) -> CanRun:
        chosen = bool(self._scene.marking.chosen())
        return self._can_edit().where(chosen, tr("Comparison", "No mark is selected"))

    def _can_edit_one(self) -> CanRun:
        one = len(self._scene.marking.chosen()) == 1
        return self._can_edit().where(one, tr("Comparison", "Select one mark"))

    def _can_repeat(self) -> CanRun:
        surface = self._surface
        selected = surface is not None and surface.selection is not None
        there = selected and self._scene.marking.last is not None
        return self._can_edit().where(
            there, tr("Comparison", "Use a label once, then select words")
        )

    def _can_put_down(self) -> CanRun:
        surface = self._surface
        there = surface is not None and bool(surface.selection or surface.chosen)
        return CanRun(True).where(there, tr("Comparison", "Nothing is selected"))

    def _can_rank(self) -> CanRun:
        asked = self._scene.ranking is not None
        return self._can_edit().where(asked, tr("Comparison", "This queue asks for no order"))

    def _can_tie(self) -> CanRun:
        ranking = self._scene.ranking
        ties = ranking is None or ranking.question.ties
        return self._can_rank().where(ties, tr("Comparison", "This order has no ties"))

    def _can_keep(self) -> CanRun:
        ranking = self._scene.ranking
        missing = ranking is None or not ranking.given
        return self._can_rank().where(missing, tr("Comparison", "An order was given"))
