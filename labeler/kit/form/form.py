"""The question form: every kind of question, at the task, its parts and the selected regions.

It shows a value and says what a person answered; it changes nothing itself. Blocks are built when
they are about to be seen, so a form of many questions opens at once and costs little to go on to the
next task: what asks the same question is used again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from labeler.api import Json, Part, Problem, Question, Value, equal_json
from labeler.kit.editor import TaskView
from labeler.kit.focus import takes_text
from labeler.kit.form.block import QuestionBlock
from labeler.kit.form.column import BlockColumn
from labeler.kit.form.keys import deal_keys, key_of, keys_wanted
from labeler.kit.form.near import NearRegions
from labeler.kit.form.places import (
    GivenAnswer,
    Slot,
    answer_at,
    asked_places,
    authored_parts,
    in_shown_order,
    plan,
)
from labeler.kit.form.words import answer_label, part_name
from labeler.kit.problem_words import sentence
from labeler.model.questions import PreferenceQuestion, RankingQuestion
from labeler.model.queue import QueueConfig

__all__ = ["QuestionForm", "Scope"]

Scope = Literal["task", "part", "region"]


class QuestionForm(QWidget):
    """The questions of a queue, asked about the task on screen.

    ``scopes`` says which of them this form asks: those of the task and its parts, or those of the
    selected regions. Without ``scrolls`` it is as high as its content (for a page that scrolls).

    ``answered`` carries a ``GivenAnswer``; ``key_ended`` fires when a field was left, so that what is
    written next is a step of its own; ``rule_asked`` the reference of a guideline's heading;
    ``counted`` how many questions are asked and how many of them answered; ``escaped`` fires when the
    person left a text with Escape and single keys act again.
    """

    answered = Signal(object)
    key_ended = Signal()
    rule_asked = Signal(str)
    counted = Signal(int, int)
    escaped = Signal()

    def __init__(
        self,
        *,
        scopes: Collection[Scope] = ("task", "part"),
        scrolls: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Questions"))
        self._scopes = frozenset(scopes)
        self._config = QueueConfig()
        self._view: TaskView | None = None
        self._value = Value()
        self._near = Value()
        self._parts: tuple[Part, ...] = ()
        self._names: dict[str, str] = {}
        self._given_names: Mapping[str, str] = {}
        self._without: frozenset[str] = frozenset()
        self._reserved: frozenset[str] = frozenset()
        self._keys: Mapping[str, tuple[str, ...]] = {}
        self._part: str | None = None
        self._at_part: str | None = None
        self._regions: tuple[str, ...] = ()
        self._near_regions = NearRegions()
        self._read_only = False
        self._typing_elsewhere = self._chord = False
        self._column = BlockColumn(scrolls=scrolls)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._column)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    # ------------------------------------------------------------------------------ what is asked

    @property
    def value(self) -> Value:
        """The value shown, with what was answered since."""
        return self._value

    @property
    def blocks(self) -> list[QuestionBlock]:
        """All blocks in order, those too whose conditions do not hold."""
        return self._column.blocks

    @property
    def asked_blocks(self) -> list[QuestionBlock]:
        """The blocks whose conditions hold, in order."""
        return [block for block in self.blocks if block.asked]

    @property
    def page(self) -> QWidget:
        """What holds the blocks and scrolls: it is as high as all of them."""
        return self._column.page

    def show_task(
        self,
        view: TaskView,
        *,
        without: Collection[str] = (),
        names: Mapping[str, str] | None = None,
        part: str | None = None,
    ) -> None:
        """Ask about this task, from the top, nothing marked as wrong.

        ``without`` are ids of questions asked elsewhere (``Editor.shown_questions``), ``names`` what
        parts are called where their titles must not be seen, ``part`` the one asked about first.
        """
        self._view = view
        self._config = view.config
        self._value = view.value
        self._without = frozenset(without)
        self._given_names = dict(names or {})
        self._part, self._at_part = part, None
        self._regions = ()
        self._read_only = view.read_only
        self._replan(fresh=True)
        self._column.set_scroll(0)

    def set_value(self, value: Value) -> None:
        """Show another value of the same task without a signal; caret and scroll stay."""
        self._value = value
        self._replan()

    def set_regions(self, region_ids: Sequence[str]) -> None:
        """Ask about these regions: the selection of the editor or of the table."""
        if tuple(region_ids) != self._regions:
            self._regions = tuple(region_ids)
            self._replan(fresh=True)

    def set_part(self, part_id: str | None) -> None:
        """Ask the part-scope questions about one part only; None asks about all of them."""
        if part_id != self._part:
            self._part = part_id
            if any(question.part_kind is not None for question in self._config.questions):
                self._replan(fresh=True)
            for block in self.blocks:
                block.set_current(part_id)

    def set_read_only(self, read_only: bool) -> None:
        """Only show the answers, or take some again."""
        self._read_only = read_only
        for block in self.blocks:
            block.set_read_only(read_only)

    def set_reserved_keys(self, keys: Collection[str]) -> None:
        """Single keys that mean something else on the page (commands, labels) and are not dealt."""
        if frozenset(keys) != self._reserved:
            self._reserved = frozenset(keys)
            self._deal()

    def set_typing(self, typing: bool) -> None:
        """Whether a text is being written elsewhere on the page: key caps then show Alt chords."""
        self._typing_elsewhere = typing
        self._refresh_keys()

    # ----------------------------------------------------------------------- what the page calls

    def handle_key(self, event: QKeyEvent) -> bool:
        """Give the answer that has this key; True where one has it.

        While a text is being written the key must be held together with Alt, else alone.
        """
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = Qt.KeyboardModifier.AltModifier if self._chord else Qt.KeyboardModifier.NoModifier
        key = key_of(event.key(), event.text())
        if self._read_only or held != wanted or not key:
            return False
        for block in self.asked_blocks:
            keys = self._keys_for(block)
            if key in keys:
                block.press(keys.index(key))
                self._column.bring_into_view(block)
                return True
        return False

    def show_question(self, question_id: str, place: str = "") -> bool:
        """Bring a question into view and put the keyboard there; False where it is not asked."""
        for block in self.asked_blocks:
            if block.question.id == question_id and (not place or place in block.asked):
                block.build()
                if block.control is not None:
                    block.control.focus()
                self._column.bring_into_view(block)
                return True
        return False

    def reveal(self, question_id: str) -> bool:
        """Bring a question into view, the keyboard stays where it is; False where it is not asked."""
        for block in self.asked_blocks:
            if block.question.id == question_id:
                block.build()
                self._column.bring_into_view(block)
                return True
        return False

    def show_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Mark what is wrong and go to the first of it; returns the problems that are not its own.

        ``where`` of each is the path inside the value (``answers.why``, ``regions[2].attributes.x``).
        """
        numbers = {region.id: number for number, region in enumerate(self._value.regions)}
        first: QuestionBlock | None = None
        rest = []
        for problem in problems:
            block = next(
                (one for one in self.asked_blocks if _is_at(problem.where, one, numbers)), None
            )
            if block is None:
                rest.append(problem)
                continue
            block.be_strict(sentence(problem))
            first = first or block
        if first is not None:
            self.show_question(first.question.id, first.asked[0])
        return tuple(rest)

    def finish(self) -> None:
        """End a composition under way, so that ``value`` holds all that is on screen."""
        for block in self.blocks:
            if block.control is not None:
                block.control.finish()

    def state(self) -> Json:
        """Where the person is, as JSON."""
        focus = QApplication.focusWidget()
        at = next((one for one in self.blocks if focus and one.isAncestorOf(focus)), None)
        if at is None or not at.asked:
            return {"scroll": self._column.scrolled}
        return {"scroll": self._column.scrolled, "question": at.question.id, "place": at.asked[0]}

    def restore_state(self, state: Json) -> None:
        """Go back to where ``state`` was; what does not fit is left aside."""
        if not isinstance(state, Mapping):
            return
        question, place = state.get("question"), state.get("place")
        if isinstance(question, str) and isinstance(place, str):
            self.show_question(question, place)
        scroll = state.get("scroll")
        if isinstance(scroll, int) and not isinstance(scroll, bool):
            self._column.set_scroll(scroll)

    # ---------------------------------------------------------------------------------- planning

    def _replan(self, fresh: bool = False) -> None:
        view = self._view
        if view is None:
            return
        regions = self._near_regions.find(self._value, self._regions)
        self._near = Value(tuple(regions), self._value.answers)
        parts = (*view.parts, *authored_parts(self._value, self._config.questions))
        if parts != self._parts or fresh:
            self._parts = parts
            self._name_parts(view)
        slots = plan(
            self._config.questions,
            parts,
            view.context.order,
            scopes=self._scopes,
            without=self._without,
            part=self._part,
            regions=regions,
        )
        self._fit_blocks(slots, fresh)
        self._show_answers()
        self._deal()
        self._column.build_soon()

    def _name_parts(self, view: TaskView) -> None:
        self._names = {}
        for kind in {part.kind for part in self._parts}:
            for number, part in enumerate(in_shown_order(self._parts, kind, view.context.order)):
                self._names[part.id] = self._given_names.get(part.id) or part_name(part, number)

    def _fit_blocks(self, slots: Sequence[Slot], fresh: bool) -> None:
        """One block for each slot; those at the front that ask the same question are kept."""
        kept = 0
        while kept < min(len(slots), len(self.blocks)):
            if self.blocks[kept].slot.shape != slots[kept].shape:
                break
            kept += 1
        self._column.truncate(kept)
        for slot in slots[kept:]:
            self._column.append(self._column.found_aside(slot.shape) or self._new_block(slot))
        for number, (block, slot) in enumerate(zip(self.blocks, slots, strict=True)):
            if fresh or number >= kept or block.slot != slot:
                block.take_slot(slot, self._note(slot), "")
            block.set_read_only(self._read_only)
            self._give_parts(block)
        self._column.note.setVisible(not slots)
        self._column.note.setText(self._why_empty())

    def _new_block(self, slot: Slot) -> QuestionBlock:
        (block := QuestionBlock(slot, self._column.page)).given.connect(self._given)
        block.left.connect(self.key_ended)
        block.rule_asked.connect(self.rule_asked)
        block.rebuilt.connect(self._column.order_soon)
        return block

    def _give_parts(self, block: QuestionBlock) -> None:
        question, view = block.question, self._view
        if isinstance(question, PreferenceQuestion | RankingQuestion) and view is not None:
            compared = [part for part in self._parts if part.kind == question.part]
            shown = in_shown_order(self._parts, question.part, view.context.order)
            block.set_compared(tuple(compared), shown, self._names)
            block.set_current(self._part)

    def _note(self, slot: Slot) -> str:
        if slot.part is not None and not slot.grouped:
            return self._names.get(slot.part.id, "")
        if len(slot.places) > 1:
            return self.tr("%n selected", "", len(slot.places))
        return ""

    def _why_empty(self) -> str:
        if self._scopes == {"region"}:
            asks = any(
                question.scope == "region" and not question.retired
                for question in self._config.questions
            )
            if asks and not self._regions:
                return self.tr("Select a region to answer questions about it")
            return self.tr("There are no questions about regions like this")
        return self.tr("This queue asks no questions here")

    def _show_answers(self) -> None:
        """Answers, and which questions are asked now that these are given."""
        asked = done = 0
        headed: Part | None = None
        for block in self.blocks:
            block.asked = asked_places(self._near, block.slot)
            block.setVisible(bool(block.asked))
            if not block.asked:
                continue
            part = block.slot.part if block.slot.grouped else None
            starts = part is not None and part is not headed
            block.set_heading(self._names.get(part.id, "") if starts and part is not None else "")
            headed = part
            answers = [answer_at(self._near, block.question, place) for place in block.asked]
            mixed = any(not equal_json(one, answers[0]) for one in answers)
            block.show_answer(None if mixed else answers[0], mixed)
            asked += 1
            done += all(answer is not None for answer in answers)
        self.counted.emit(asked, done)

    def _given(self, answer: Json, field: str) -> None:
        block = self.sender()
        if not isinstance(block, QuestionBlock) or not block.asked or self._read_only:
            return
        places, question = block.asked, block.question
        place = self._names.get(places[0], "") if question.part_kind is not None else ""
        label = answer_label(question, place, answer is None)
        key = ".".join(("form", question.id, *places, field)) if field else ""
        given = GivenAnswer(question.id, places, answer, label, key)
        self._value = given.applied_to(self._value, self._config)
        self._replan()
        self.answered.emit(given)

    # -------------------------------------------------------------------------------------- keys

    def _deal(self) -> None:
        asked = {block.question.id: block.question for block in self.blocks}
        own = [one for one in self._config.questions if one.id in asked]
        self._keys = deal_keys([one for one in own if keys_wanted(one)], self._reserved)
        self._refresh_keys()

    def _keys_for(self, block: QuestionBlock) -> tuple[str, ...]:
        """A block's keys; where a question is asked about several parts, one of them has the keys."""
        part = block.slot.part
        if part is not None and block.slot.grouped and part.id != self._keyed_part(block.question):
            return ()
        return self._keys.get(block.question.id, ())

    def _keyed_part(self, question: Question) -> str | None:
        """The part whose questions the keys answer: where the hand was last, else the first."""
        parts = [
            block.slot.part.id
            for block in self.asked_blocks
            if block.question.id == question.id and block.slot.part is not None
        ]
        return self._at_part if self._at_part in parts else next(iter(parts), None)

    def _refresh_keys(self) -> None:
        focus = QApplication.focusWidget()
        here = focus is not None and self.isAncestorOf(focus)
        self._chord = self._typing_elsewhere or (here and takes_text(focus))
        for block in self.asked_blocks:
            block.set_keys(self._keys_for(block), self._chord)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        block = next((one for one in self.blocks if new and one.isAncestorOf(new)), None)
        if block is not None and block.slot.part is not None:
            self._at_part = block.slot.part.id
        if self.blocks:
            self._refresh_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys that no control of the form wanted come up to here.
        if event.key() == Qt.Key.Key_Escape and self._chord and not event.modifiers():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.escaped.emit()
        elif not self.handle_key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._view is not None:
            # Every word on the page was translated when it was made: make it again.
            self._fit_blocks((), True)
            self._column.forget()
            self._replan(fresh=True)


def _is_at(where: str, block: QuestionBlock, numbers: Mapping[str, int]) -> bool:
    """Whether a path inside the value is that of the block's answer, or of something in it."""
    question = block.question
    for place in block.asked:
        if question.scope == "region":
            path = f"regions[{numbers.get(place, -1)}].attributes.{question.id}"
        elif question.part_kind is not None:
            path = f"answers.{question.id}.per.{place}"
        else:
            path = f"answers.{question.id}"
        if where == path or where.startswith((f"{path}.", f"{path}[")):
            return True
    return False
