"""A queue's questions being changed, without a window: add, order, retire, delete, undo, and checks.

The whole set is one immutable tuple of drafts, so undo is a list of such tuples. A stored question
keeps its id, its kind and its place for good: answers are filed under them. What is wrong is said
as codes with their field, for whoever shows the field to put into words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from labeler.api.keys import key_fault
from labeler.app.dialogs.label_edits import normal_key
from labeler.app.dialogs.question_drafts import (
    NEW,
    ChoiceDraft,
    ColumnDraft,
    QuestionDraft,
    draft_of,
    free_id,
    is_new,
    question_of,
)
from labeler.app.dialogs.question_faults import (
    Fault,
    bounds,
    column_faults,
    compared,
    kind_faults,
    value_faults,
)
from labeler.model.questions import Question
from labeler.model.queue import QueueConfig

__all__ = ["Fault", "QuestionEdits"]

NOT_YET = {"empty", "no_choices", "no_columns", "when_none", "when_value", "number", "part"}
"""What is only missing: no fault while somebody is still writing the question."""


class _State(msgspec.Struct, frozen=True):
    drafts: tuple[QuestionDraft, ...]
    place: int
    """The question that was shown after the change."""


class QuestionEdits:
    """The questions of one queue while they are edited.

    ``commands`` are single keys that run something on the Work page, with its title.
    """

    def __init__(self, config: QueueConfig, commands: Mapping[str, str]) -> None:
        self._config = config
        self._commands = dict(commands)
        self._label_keys = {
            normal_key(label.key): label.title
            for label in config.labels
            if label.key and not label.retired
        }
        drafts = tuple(draft_of(question) for question in config.questions)
        self.stored = frozenset(question.id for question in config.questions)
        self._states = [_State(drafts, 0 if drafts else -1)]
        self._at = 0
        self._key = ""
        self._fresh = 0
        self._begun: set[str] = set()

    # what there is

    @property
    def drafts(self) -> tuple[QuestionDraft, ...]:
        """The questions in order."""
        return self._states[self._at].drafts

    @property
    def changed(self) -> bool:
        """Whether anything is other than it was stored."""
        return self.drafts != self._states[0].drafts

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""
        return self._at < len(self._states) - 1

    def undo(self) -> int:
        """Take the last change back; the place of the question it was about, −1 for none."""
        if self.can_undo:
            self._at -= 1
        self._key = ""
        return min(self._states[self._at + 1 if self.can_redo else 0].place, len(self.drafts) - 1)

    def redo(self) -> int:
        """Make the change again that was taken back; the place of its question."""
        if self.can_redo:
            self._at += 1
        self._key = ""
        return min(self._states[self._at].place, len(self.drafts) - 1)

    def end_key(self) -> None:
        """A field was left: what is typed next is a change of its own."""
        self._key = ""

    def _take(self, drafts: tuple[QuestionDraft, ...], place: int, key: str = "") -> None:
        if drafts == self.drafts:
            return
        del self._states[self._at + 1 :]
        if key and key == self._key and self._at:
            self._states[self._at] = _State(drafts, place)
        else:
            self._states.append(_State(drafts, place))
            self._at += 1
        self._key = key

    # edits

    def add(self, kind: str, after: int) -> int:
        """Add an empty question after the one at a place; its own place."""
        place = min(after + 1, len(self.drafts))
        draft = QuestionDraft(self.new_ref(), kind)
        if kind in ("choice", "choices"):
            draft = msgspec.structs.replace(
                draft, choices=(ChoiceDraft(self.new_ref()), ChoiceDraft(self.new_ref()))
            )
        elif kind == "scale":
            draft = msgspec.structs.replace(draft, minimum="1", maximum="5")
        elif kind == "records":
            draft = msgspec.structs.replace(draft, columns=(ColumnDraft(self.new_ref()),))
        drafts = (*self.drafts[:place], draft, *self.drafts[place:])
        self._begun.add(draft.ref)
        self._take(drafts, place)
        return place

    def new_ref(self) -> str:
        """A mark for something that is not stored yet."""
        self._fresh += 1
        return f"{NEW}{self._fresh}"

    def change(self, place: int, key: str = "", **fields: Any) -> None:
        """Change fields of a question; changes in a row under one ``key`` are one step for undo."""
        changed = msgspec.structs.replace(self.drafts[place], **fields)
        if changed.kind != self.drafts[place].kind:
            changed = self._of_kind(changed)
        drafts = (*self.drafts[:place], changed, *self.drafts[place + 1 :])
        self._take(drafts, place, f"{changed.ref} {key}" if key else "")

    def _of_kind(self, draft: QuestionDraft) -> QuestionDraft:
        """A question of another kind has what that kind needs to begin with."""
        if draft.kind in ("choice", "choices") and not draft.choices:
            fresh = (ChoiceDraft(self.new_ref()), ChoiceDraft(self.new_ref()))
            return msgspec.structs.replace(draft, choices=fresh)
        if draft.kind == "scale" and not (draft.minimum and draft.maximum):
            return msgspec.structs.replace(draft, minimum="1", maximum="5")
        if draft.kind == "records" and not draft.columns:
            return msgspec.structs.replace(draft, columns=(ColumnDraft(self.new_ref()),))
        return draft

    def move_to(self, place: int, target: int) -> int:
        """Put a question at another place; where it is now."""
        target = max(0, min(len(self.drafts) - 1, target))
        drafts = list(self.drafts)
        drafts.insert(target, drafts.pop(place))
        self._take(tuple(drafts), target)
        return target

    def delete(self, place: int) -> None:
        """Take a question out of the set."""
        drafts = (*self.drafts[:place], *self.drafts[place + 1 :])
        self._take(drafts, min(place, len(drafts) - 1))

    # what comes out

    def idents(self) -> dict[str, str]:
        """The id of every question by its ref."""
        return _idents(self.drafts, self.stored, "question")

    def choice_idents(self) -> dict[str, dict[str, str]]:
        """The ids of choices and columns by the question's ref and their own."""
        return {
            draft.ref: _idents(draft.columns, (), "column")
            if draft.kind == "records"
            else _idents(draft.choices, (), "choice")
            for draft in self.drafts
        }

    def question(self, place: int) -> Question:
        """The question at a place; ValueError where it is not one yet."""
        idents, draft = self.idents(), self.drafts[place]
        kinds = {one.ref: one.kind for one in self.drafts}
        return question_of(draft, idents[draft.ref], idents, self.choice_idents(), kinds)

    @property
    def config(self) -> QueueConfig:
        """The configuration with the questions as they are now; ValueError where one is wrong."""
        found = tuple(self.question(place) for place in range(len(self.drafts)))
        return msgspec.structs.replace(self._config, questions=found)

    def shown(self) -> tuple[Question, ...]:
        """The questions as a preview shows them: those that are none yet left out, and what asks them."""
        found: list[Question] = []
        for place, _ in enumerate(self.drafts):
            try:
                found.append(self.question(place))
            except ValueError:
                continue
        known = {question.id: question for question in found}
        return tuple(
            msgspec.structs.replace(one, when=None)
            if one.when is not None and any(name not in known for name in one.when.questions())
            else one
            for one in found
        )

    # checks

    def fault_at(self) -> int | None:
        """The place of the first question something is wrong with, or None."""
        for place, _ in enumerate(self.drafts):
            if self.faults(place):
                return place
        return None

    def told_faults(self, place: int) -> list[Fault]:
        """What is to be said of a question: of one that is being begun not what is missing yet."""
        found = self.faults(place)
        if self.drafts[place].ref in self._begun:
            return [fault for fault in found if fault.code not in NOT_YET]
        return found

    def be_strict(self, ref: str = "") -> None:
        """A question was left (all of them: they are to be stored): what is missing is wrong now."""
        self._begun = self._begun - {ref} if ref else set()

    def faults(self, place: int) -> list[Fault]:
        """Everything that is wrong with the question at a place, the first field first."""
        draft = self.drafts[place]
        found = [*self._head_faults(place, draft), *kind_faults(draft)]
        if draft.kind in ("choice", "choices"):
            found += self._choice_faults(place, draft)
        elif draft.kind == "records":
            found += column_faults(draft)
        found += self._when_faults(draft)
        if not found:
            try:
                self.question(place)
            except ValueError as error:
                found.append(Fault("", "refused", {"reason": str(error)}))
        return found

    def _head_faults(self, place: int, draft: QuestionDraft) -> Iterator[Fault]:
        if not draft.name:
            yield Fault("title", "empty")
        if is_new(draft.ref) and draft.ident:
            others = {one.ident or one.ref for at, one in enumerate(self.drafts) if at != place}
            if draft.ident in others | self.stored:
                yield Fault("ident", "taken")
            elif free_id(draft.ident, ()) != draft.ident.lower():
                yield Fault("ident", "signs")
        if draft.place == "part" and not draft.part_kind.strip():
            yield Fault("scope", "part")

    def _choice_faults(self, place: int, draft: QuestionDraft) -> Iterator[Fault]:
        if not draft.choices:
            yield Fault("choices", "no_choices")
        titles = [compared(one.title) for one in draft.choices]
        idents = [one.ident or one.ref for one in draft.choices]
        for number, one in enumerate(draft.choices):
            field = f"choices[{number}]"
            if not titles[number]:
                yield Fault(f"{field}.title", "empty")
            elif titles.index(titles[number]) < number:
                yield Fault(f"{field}.title", "double")
            if one.ident and idents.count(one.ident) > 1:
                yield Fault(f"{field}.ident", "taken")
            if one.key:
                yield from self._key_faults(place, number, one.key)
        yield from bounds(draft, len(draft.choices))

    def _key_faults(self, place: int, number: int, key: str) -> Iterator[Fault]:
        field = f"choices[{number}].key"
        fault = key_fault(key) if len(key) == 1 else "one key"
        if fault:
            yield Fault(field, "key_invalid")
        elif key in self._commands:
            yield Fault(field, "key_command", {"owner": self._commands[key]})
        elif key in self._label_keys:
            yield Fault(field, "key_label", {"owner": self._label_keys[key]})
        else:
            owner = self._other_choice(place, number, key)
            if owner:
                yield Fault(field, "key_choice", {"owner": owner})

    def _other_choice(self, place: int, number: int, key: str) -> str:
        """The choice that has this key already and can be given in the same form, by its title."""
        if self.drafts[place].retired:
            return ""
        regions = self.drafts[place].place == "region"
        for at, draft in enumerate(self.drafts):
            together = (draft.place == "region") == regions and not draft.retired
            if draft.kind not in ("choice", "choices") or not together:
                continue
            for other, choice in enumerate(draft.choices):
                if (at, other) != (place, number) and choice.key == key:
                    return choice.title.strip() or draft.name
        return ""

    def _when_faults(self, draft: QuestionDraft) -> Iterator[Fault]:
        known = {one.ref: one for one in self.drafts}
        for number, test in enumerate(draft.when.tests):
            field = f"when[{number}]"
            other = known.get(test.question)
            if other is None:
                yield Fault(field, "when_gone" if test.question else "when_none")
            elif other.ref == draft.ref:
                yield Fault(field, "when_itself")
            elif other.scope != draft.scope and not (
                other.place == "task" and draft.place == "part"
            ):
                yield Fault(field, "when_place", {"owner": other.name})
            elif test.test in ("is", "is_not"):
                yield from value_faults(field, other, test.values)
        if draft.when.kept is not None:
            gone = [name for name in draft.when.kept.questions() if name not in known]
            if gone:
                yield Fault("when", "when_gone")


def _idents(
    drafts: Iterable[QuestionDraft | ChoiceDraft | ColumnDraft], ever: Iterable[str], empty: str
) -> dict[str, str]:
    """Ids by ref: what is stored keeps its own, what is new takes the typed one or its title's."""
    listed = list(drafts)
    found = {one.ref: one.ref for one in listed if not is_new(one.ref)}
    used = {*found.values(), *ever}
    for one in listed:
        if is_new(one.ref):
            typed = unicodedata.normalize("NFC", one.ident.strip())
            taken = not typed or typed in used
            found[one.ref] = free_id(one.title, used, empty) if taken else typed
            used.add(found[one.ref])
    return found
