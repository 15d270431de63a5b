"""What a person does to the value, from the editor, the form and the table, and who must hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent

from labeler.api import Problem, QueueConfig, Region, Value
from labeler.app.commands import Commands
from labeler.app.work.host import StageHost
from labeler.app.work.inspector import Inspector
from labeler.app.work.stage import Stage
from labeler.app.work.telling import region_at
from labeler.kit.form import GivenAnswer, QuestionForm
from labeler.kit.region_rows import RegionHands
from labeler.model.questions import ChoiceQuestion, PreferenceQuestion, ScaleQuestion

if TYPE_CHECKING:
    from labeler.app.review.staged import Writing
    from labeler.app.work.flow import Flow

__all__ = ["Answers"]

_ONE_KEY = (ChoiceQuestion, ScaleQuestion, PreferenceQuestion)
"""Kinds of question that one key answers whole."""
_AUTO = "answer and go on"


class Answers(QObject):
    """Between editor, form and table: each gesture once to the flow, the value to the others."""

    def __init__(
        self,
        flow: Flow | Writing,
        stage: Stage,
        inspector: Inspector,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._stage = stage
        self._inspector = inspector
        self._by_key = False
        self._due = False
        self._followed: StageHost | None = None
        inspector.answered.connect(self._answered)
        inspector.changed.connect(self._table_changed)
        inspector.selected.connect(self._table_selected)
        inspector.label_picked.connect(self._label_picked)
        inspector.key_ended.connect(flow.end_key)
        flow.refused.connect(self._refused)

    def follow(self, host: StageHost) -> None:
        """Listen to an editor's host."""
        if host is self._followed:
            return
        self._followed = host
        host.regions_selected.connect(self._inspector.select_regions)
        host.regions_restated.connect(self._inspector.restate_regions)
        host.label_shown.connect(self._inspector.show_label)
        host.part_shown.connect(self._inspector.form.set_part)
        host.question_wanted.connect(self.show_question)
        host.rule_wanted.connect(self._inspector.show_rule)
        host.key_ended.connect(self._flow.end_key)

    def take(self, value: Value, label: str, key: str, *, source: object) -> bool:
        """Take a new value from ``source`` and show it to the others."""
        if self._flow.take(value, label, key):
            if source is not self._stage:
                self._stage.set_value(value)
            self._inspector.set_value(value, but=source)
            return True
        if self._flow.seat is not None and value is not self._flow.value:
            # Not taken, or nothing in it: whoever made it shows what is true.
            self._stage.set_value(self._flow.value)
            self._inspector.set_value(self._flow.value)
        return False

    def emitted(self, value: Value, label: str, key: str, *, by_command: bool) -> None:
        """Take a value from the editor; ``by_command`` says that a command of its panel made it.

        A prediction that is accepted by its key and answers a question whole goes on like the key of
        the choice would, once the editor is done with it: see ``go_on``.
        """
        self._due = by_command and self._answers_whole(value)
        if self._due:
            self._flow.end_key()
        self.take(value, label, _AUTO if self._due else key, source=self._stage)

    def go_on(self) -> None:
        """A command of the panel is done: submit where it answered and nothing is missing."""
        due, self._due = self._due, False
        if due and self._flow.seat is not None:
            if self._flow.nothing_missing():
                self._flow.submit(_AUTO)
            else:
                self._flow.end_key()

    def _answers_whole(self, value: Value) -> bool:
        """Whether the value differs by answers that one key could have given, and by nothing else.

        While a model proposes another answer, that one is to be looked at first.
        """
        seat = self._flow.seat
        if seat is None or not seat.queue.config.policy.auto_advance:
            return False
        before = self._flow.value
        if value.regions != before.regions:
            return False
        if any(name not in value.answers for one in seat.predictions for name in one.value.answers):
            return False
        config, changed = seat.queue.config, []
        for name in {*value.answers, *before.answers}:
            if value.answers.get(name) != before.answers.get(name):
                changed.append((config.question(name), value.answers.get(name)))
        return bool(changed) and all(
            isinstance(question, _ONE_KEY) and question.scope == "task" and answer is not None
            for question, answer in changed
        )

    def show_question(self, question_id: str, place: str = "") -> None:
        """Bring a question into view and put the keyboard there."""
        if self._inspector.form.show_question(question_id, place):
            self._inspector.lead_to("questions")
        else:
            before = self._inspector.tab
            self._inspector.lead_to("regions")
            if not self._inspector.region_form.show_question(question_id, place):
                self._inspector.lead_to(before)

    def describe(self, region: Region) -> tuple[str, ...]:
        """A region's cells in the table, from the editor."""
        editor = self._stage.editor
        if editor is None:
            return ()
        return self._stage.ask("describe a region", editor.describe_region, (), region)

    def hands(self) -> RegionHands:
        """What the editor lets the table do, each call behind its guard."""
        editor, ask = self._stage.editor, self._stage.ask
        if editor is None:
            return RegionHands()

        def texts(region: Region) -> tuple[str, ...]:
            return ask("say a region's figures", editor.field_texts, (), region)

        def edit(region: Region, key: str, text: str) -> Region | str:
            unchanged: Region | str = region
            return ask("change a region's figure", editor.edit_field, unchanged, region, key, text)

        def marks(region: Region) -> tuple[str, ...]:
            return ask("mark a region", editor.region_marks, (), region)

        return RegionHands(ask("fields", editor.region_fields, ()), texts, edit, marks)

    def reserve_keys(self, config: QueueConfig, commands: Commands) -> None:
        """Keep the keys of commands and labels from being dealt to answers."""
        keys = {label.key.upper() for label in config.labels if label.key}
        for entry in commands.all():
            if commands.works_at(entry, "work", commands.panel):
                keys |= {key.upper() for key in commands.keys(entry.command.id) if len(key) == 1}
        if self._stage.editor is not None:
            keys |= self._stage.ask("its keys", self._stage.editor.taken_keys, frozenset())
        self._inspector.region_form.set_reserved_keys(keys)
        # What is asked about a region on screen is answered while the others are asked, too.
        for question in config.questions:
            if question.scope == "region":
                keys |= {choice.key.upper() for choice in getattr(question, "choices", ())}
        self._inspector.form.set_reserved_keys(keys - {""})

    def handle_key(self, event: QKeyEvent) -> bool:
        """A key on the page: of the editor's labels, else of an answer."""
        if self._stage.handle_key(event):
            return True
        editor = self._stage.editor
        if editor is not None and not self._stage.ask("typing", editor.typing, False):
            if self._stage.ask("take a key", editor.handle_key, False, event):
                return True
        self._by_key = True
        try:
            return self._inspector.handle_key(event)
        finally:
            self._by_key = False

    def _answered(self, given: object) -> None:
        seat = self._flow.seat
        if seat is None or not isinstance(given, GivenAnswer):
            return
        config = seat.queue.config
        question = config.question(given.question)
        goes_on = (
            self._by_key
            and config.policy.auto_advance
            and isinstance(question, _ONE_KEY)
            and given.answer is not None
        )
        key = given.key
        if goes_on:
            self._flow.end_key()
            key = _AUTO
        sender = self._form_of(given, config)
        value = given.applied_to(self._flow.value, config)
        taken = self.take(value, given.label, key, source=sender)
        if goes_on and taken:
            if self._flow.nothing_missing():
                self._flow.submit(key)
            else:
                self._flow.end_key()

    def _form_of(self, given: GivenAnswer, config: QueueConfig) -> QuestionForm:
        question = config.question(given.question)
        about_regions = question is not None and question.scope == "region"
        return self._inspector.region_form if about_regions else self._inspector.form

    def _table_changed(self, value: Value, label: str) -> None:
        self.take(value, label, "", source=self._inspector.table)

    def _table_selected(self, region_ids: Sequence[str]) -> None:
        editor = self._stage.editor
        if editor is not None:
            self._stage.ask("select regions", editor.select_regions, None, region_ids)

    def _label_picked(self, label: str) -> None:
        editor = self._stage.editor
        if editor is not None:
            self._stage.ask("pick a label", editor.pick_label, None, label)

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        """Problems are shown where they are: at the question, at the region, else in words."""
        rest = self._inspector.show_problems(problems)
        ids = [region.id for region in self._flow.value.regions]
        at = [ids[number] for one in rest if 0 <= (number := region_at(one.where)) < len(ids)]
        if at and len(rest) == len(problems):
            self._inspector.lead_to("regions")
            self._inspector.select_regions(at[:1])
            self._table_selected(at[:1])
        if rest:
            self._flow.tell(rest)
