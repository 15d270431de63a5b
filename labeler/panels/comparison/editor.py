"""The panel's editor: a prompt, the responses to it, marks in them and their order.

It assembles the prompt, the board of responses and the tools, and shows a value in them. What keys
do is in ``commands``. Models' names are in the content and go nowhere from here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.api import Content, Json, Region, Value
from labeler.kit.editor import Editor, EditorHost, RegionColumn, TaskView
from labeler.kit.form.ordering import Ordering, ranking_of
from labeler.kit.form.ranks import Typed
from labeler.kit.form.words import letter as letter_of
from labeler.kit.markdown import Formulas
from labeler.kit.text.find_bar import FindBar
from labeler.kit.text.surface import TextSurface
from labeler.panels.comparison.ahead import Ahead
from labeler.panels.comparison.board import LAYOUTS, Board, Layout
from labeler.panels.comparison.commands import Commands
from labeler.panels.comparison.content import RESPONSE, ComparisonContent
from labeler.panels.comparison.hints import Hints, Situation
from labeler.panels.comparison.letters import key_of, letter_in, never_dealt
from labeler.panels.comparison.marking import Marking
from labeler.panels.comparison.pane import ResponsePane
from labeler.panels.comparison.place import go_to, place_of, read_place
from labeler.panels.comparison.prompt import PromptPane
from labeler.panels.comparison.view_bar import ViewBar
from labeler.panels.comparison.words import (
    facts_of,
    length_words,
    prompt_sections,
    response_sections,
    shown_responses,
)

__all__ = ["ComparisonEditor"]

_HINTED = (
    *("raw", "prompt", "select_word", "remove_mark", "next_mark", "previous_mark", "put_down"),
    *("rank_tie", "rank_up", "rank_down", "keep_order"),
)
_ON_THE_SPOT_S = 0.03

tr = QCoreApplication.translate


class ComparisonEditor(Editor):
    """Shows a ComparisonContent; see ``panel.toml`` for its commands and settings.

    A response's letter goes to it. A label's key marks the words selected there, or gives the marks
    chosen this label. Where an order is asked for, digits rank the response the person is at.
    """

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.formulas = Formulas(self)
        self.formulas.load_ahead()
        self.ahead = Ahead(self.formulas, self)
        self.prompt = PromptPane(self.formulas, self)
        self.board = Board(self.formulas, self)
        self.hints = Hints(self)
        self.finder = FindBar(self)
        self.tools = ViewBar()
        self._current = 0
        self._raw = False
        self._fresh = True
        self._typed = Typed()
        self.marking = Marking(self)
        self.commands: Commands = Commands(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.prompt)
        column.addWidget(self.board, 1)
        column.addWidget(self.hints)
        self.board.made.connect(self._pane_made)
        self.finder.shown.connect(self._found_in)
        self.prompt.raw_wanted.connect(self.prompt.turn)
        self.tools.layout_chosen.connect(self.show_layout)
        self.tools.wanted.connect(self.run)
        self.tools.legend.picked.connect(self._label_picked)

    # ------------------------------------------------------------------------------------- the task

    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        if self._fresh:
            self._fresh = False
            self._raw = bool(view.settings.get("comparison.raw", False))
            self.show_layout(str(view.settings.get("comparison.layout", LAYOUTS[0])))
        self.finder.give_up()
        content = self._content
        self.formulas.allow(_ON_THE_SPOT_S)
        if self.marking.last not in self.marking.labels:
            self.marking.last = None
        self._show_prompt(view, content)
        responses = shown_responses(content, view.context.order)
        self.board.set_count(len(responses))
        snaps = bool(view.settings.get("comparison.snap_to_words", True))
        with self.board.alone():
            for number, (pane, response) in enumerate(
                zip(self.board.panes, responses, strict=True)
            ):
                sections = response_sections(response)
                letter = letter_of(number)
                parts = [response.id, *(turn.id for turn in response.turns)]
                pane.show_response(
                    letter, key_of(letter), sections, parts, self.ahead.take(sections)
                )
                pane.surface.snap_to_words = snaps
                pane.set_raw(self._raw)
        self._current = 0
        self.tools.legend.set_entries(self.marking.labels.entries())
        self._show_current()
        self.set_read_only(view.read_only)
        self._show_value(anew=True)
        self.formulas.allow(0)
        self.setFocusProxy(self.board.panes[0].surface if responses else self.prompt.surface)
        # Whoever shows the first task may know the panel's keys only after that.
        QTimer.singleShot(0, self, self._name_keys)

    def _show_prompt(self, view: TaskView, content: ComparisonContent) -> None:
        sections = prompt_sections(content)
        if view.content is None:
            facts = tr("Comparison", "The text of this task is not here yet")
        else:
            facts = " · ".join([length_words(sections), *facts_of(view.meta)])
        self.prompt.show_prompt(sections, facts, self.ahead.take(sections))
        self.prompt.set_raw(self._raw)

    def prepare(self, content: Content) -> None:
        if not isinstance(content, ComparisonContent):
            return
        texts = [prompt_sections(content), *map(response_sections, content.responses)]
        self.ahead.prepare(texts, self.prompt.surface.looks.formula_size)

    def set_value(self, value: Value) -> None:
        super().set_value(value)
        self._show_value()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        for pane in self.board.panes:
            pane.surface.set_read_only(read_only)
        self.tools.legend.set_enabled(not read_only)
        self._show_ranks()

    def close_task(self) -> None:
        super().close_task()
        self.finder.give_up()
        self.formulas.forget_wanted()
        self.board.set_count(0)
        self.prompt.show_prompt((), "", None)

    def finish_gesture(self) -> None:
        for pane in self.board.panes:
            pane.surface.let_go()

    # ------------------------------------------------------------------------------------- what is so

    @property
    def _content(self) -> ComparisonContent:
        content = self.view.content if self.view is not None else None
        return content if isinstance(content, ComparisonContent) else ComparisonContent()

    @property
    def may_edit(self) -> bool:
        """Whether there is a task with its text, and it may be changed."""
        view = self.view
        return (
            view is not None and isinstance(view.content, ComparisonContent) and not self.read_only
        )

    @property
    def current(self) -> int:
        """The number of the response the person is at."""
        return self._current

    @property
    def pane(self) -> ResponsePane | None:
        """The pane the person is at."""
        panes = self.board.panes
        return panes[self._current] if self._current < len(panes) else None

    @property
    def ranking(self) -> Ordering | None:
        """The order of the responses, where one is asked for."""
        count = len(self.board.panes)
        question = ranking_of(self.view.config, RESPONSE, count) if self.view is not None else None
        if question is None or count < 2:
            return None
        shown = [pane.parts[0] for pane in self.board.panes]
        return Ordering(question, self.value, shown, self._typed)

    @property
    def raw(self) -> bool:
        """Whether all texts are shown as they were written."""
        return self._raw

    def text_of(self, part: str) -> str:
        """A part's own text."""
        return self._content.text_of(part) or ""

    @property
    def _by_part(self) -> bool:
        """Whether something is asked about one response at a time, or keys are about the current."""
        kinds = [one.part_kind for one in self.view.config.questions] if self.view else []
        return RESPONSE in kinds or self.ranking is not None

    @property
    def _framed(self) -> bool:
        """Whether keys are about the response the person is at, just now."""
        if self.ranking is not None:
            return True
        questions = self.view.config.questions if self.view is not None else ()
        answers = self.value.answers
        return any(
            one.part_kind == RESPONSE and (one.when is None or one.when.holds(answers))
            for one in questions
        )

    def current_part(self) -> str | None:
        return self.pane.parts[0] if self.pane is not None and self._by_part else None

    def taken_keys(self) -> frozenset[str]:
        return never_dealt([pane.letter for pane in self.board.panes])

    # ------------------------------------------------------------------------------------- showing

    def _show_value(self, *, anew: bool = False) -> None:
        if self.view is not None:
            self.marking.show(anew=anew)
            self._show_ranks()
            self._show_current()

    def _show_ranks(self) -> None:
        ranking = self.ranking
        count = len(self.board.panes) if ranking is not None else 0
        ranks = ranking.shown_ranks() if ranking is not None else {}
        for pane in self.board.panes:
            pane.set_ranks(count)
            pane.show_rank(ranks.get(pane.parts[0]) if pane.parts else None, not self.may_edit)
        self._show_hints()

    def _show_hints(self) -> None:
        ranking = self.ranking
        self.hints.show_situation(
            Situation(
                letters=tuple(pane.letter for pane in self.board.panes),
                ranks=len(self.board.panes) if ranking is not None else 0,
                ties=ranking is not None and ranking.question.ties,
                given=ranking is None or ranking.given,
                chosen=bool(self.marking.chosen_marks()),
                answers=self.marking.hints(),
                may_change=self.may_edit,
            )
        )

    def _show_tools(self) -> None:
        several = len(self.board.panes) > 1
        self.tools.show_state(
            self.board.layout_mode, linked=self.board.linked, raw=self._raw, several=several
        )

    def _show_current(self) -> None:
        framed = self._framed
        for number, pane in enumerate(self.board.panes):
            pane.set_current(number == self._current, framed=framed)
        self.board.set_current(self._current)
        self._show_tools()

    def _name_keys(self) -> None:
        key = self.host.key_text
        raw = key("comparison.raw")
        self.tools.name_keys(key("comparison.layout"), key("comparison.link"), raw)
        self.prompt.name_keys(raw, key("comparison.fold"))
        self.hints.name_keys({name: key(f"comparison.{name}") for name in _HINTED})

    # ------------------------------------------------------------------------------------- what hands do

    def commit(self, value: Value, label: str, key: str = "") -> None:
        """Show a value of one's own making and emit it."""
        self.change(value, label, key)
        self._show_value()

    def go_to(self, number: int) -> None:
        """Go to a response."""
        pane = self.board.panes[number]
        self._enter(pane)
        pane.surface.setFocus()

    def be_at(self, number: int) -> None:
        """Make a response the current one; the keyboard stays where it is."""
        self._current = number
        self._show_current()

    def find_words(self) -> None:
        """Look for words in the responses, from the current one on, then in the prompt."""
        panes, at = self.board.panes, self._current
        surfaces = [pane.surface for pane in (*panes[at:], *panes[:at])]
        self.finder.look_in([*surfaces, self.prompt.surface], self._low_corner())

    def _low_corner(self) -> QPoint:
        area = self.board.geometry()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return QPoint(area.right() if mirrored else area.left(), area.bottom())

    def _found_in(self, surface: TextSurface) -> None:
        for number, pane in enumerate(self.board.panes):
            if pane.surface is surface:
                self.be_at(number)
        self.prompt.set_folded(self.prompt.is_folded and surface is not self.prompt.surface)

    def show_layout(self, layout: str) -> None:
        """Lay the responses out this way; it stays so for the tasks that follow."""
        wanted: Layout = next((one for one in LAYOUTS if one == layout), LAYOUTS[0])
        places = [pane.surface.first_in_sight() for pane in self.board.panes]
        with self.board.alone():
            self.board.set_layout_mode(wanted)
            for pane, place in zip(self.board.panes, places, strict=True):
                pane.surface.scroll_to(place)
        self._show_tools()

    def set_raw(self, raw: bool) -> None:
        """Show all texts as they were written, or rendered; every place stays."""
        self._raw = raw
        self.prompt.set_raw(raw)
        with self.board.alone():
            for pane in self.board.panes:
                pane.set_raw(raw)
        self._show_tools()

    def set_linked(self, linked: bool) -> None:
        """Scroll responses together, or each by itself."""
        self.board.linked = linked
        self._show_tools()

    def _pane_made(self, pane: ResponsePane) -> None:
        pane.entered.connect(self._enter)
        pane.chosen.connect(self._choice_made)
        pane.ranked.connect(self._ranked)
        pane.raw_wanted.connect(_turn_raw)

    def _enter(self, pane: ResponsePane) -> None:
        panes = self.board.panes
        if pane not in panes:
            return
        number = panes.index(pane)
        moved = number != self._current
        self.be_at(number)
        if moved and self._by_part:
            self.host.show_part(pane.parts[0])

    def _choice_made(self, pane: ResponsePane) -> None:
        for other in self.board.panes:
            if other is not pane and pane.surface.chosen and other.surface.chosen:
                other.surface.set_chosen(())
        self.host.select_regions(self.marking.chosen())
        self._show_hints()

    def _ranked(self, pane: ResponsePane, rank: int) -> None:
        ranking = self.ranking
        if ranking is None or not self.may_edit:
            return
        value = ranking.placed(pane.parts[0], rank)
        if value is not self.value:
            self.commit(value, ranking.label)

    def _label_picked(self, label: str) -> None:
        self.marking.mark(label)
        if self.pane is not None:
            self.pane.surface.setFocus()

    # ------------------------------------------------------------------------------------- the app

    def handle_key(self, event: QKeyEvent) -> bool:
        letter = letter_in(event)
        for number, pane in enumerate(self.board.panes):
            if pane.letter == letter:
                self.go_to(number)
                return True
        return self.marking.use_key(event)

    def select_regions(self, region_ids: Sequence[str]) -> None:
        wanted = set(region_ids)
        for pane in self.board.panes:
            own = [mark.id for mark in pane.surface.marks if mark.id in wanted]
            pane.surface.set_chosen(own, reveal=bool(own))
            if own and self.board.shows_one:
                self.be_at(self.board.panes.index(pane))
        self._show_hints()

    def pick_label(self, label_id: str) -> None:
        self.marking.mark(label_id)

    def show_part(self, part_id: str) -> None:
        for number, pane in enumerate(self.board.panes):
            if part_id in pane.parts:
                self.be_at(number)
                base = pane.surface.base_of(part_id)
                if base and pane.surface.first_in_sight() != base:
                    pane.surface.scroll_to(base)
                return
        base = self.prompt.surface.base_of(part_id)
        if base is not None:
            self.prompt.set_folded(False)
            self.prompt.surface.scroll_to(base)

    def tool_widget(self) -> QWidget | None:
        return self.tools

    def region_columns(self) -> tuple[RegionColumn, ...]:
        return (
            RegionColumn("words", tr("Comparison", "Words"), grows=True),
            RegionColumn("response", tr("Comparison", "In")),
        )

    def describe_region(self, region: Region) -> tuple[str, ...]:
        return self.marking.describe(region)

    def state(self) -> Json:
        if self.view is None:
            return None
        return place_of(self).as_json()

    def restore_state(self, state: Json) -> None:
        place = read_place(state, len(self.board.panes))
        if place is not None:
            go_to(self, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.prompt.fit()
        self.finder.place(self._low_corner())


def _turn_raw(pane: ResponsePane) -> None:
    pane.set_raw(not pane.surface.raw)
