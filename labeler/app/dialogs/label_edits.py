"""A label set being changed, without a window: add, rename, reorder, retire, delete, and its keys.

A stored label keeps its id for good: regions name it by that. What is not stored yet takes its id
from its name when the set is done, so a typing mistake leaves no trace.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

import msgspec

from labeler.api.keys import key_fault
from labeler.model.questions import ChoiceQuestion, ChoicesQuestion
from labeler.model.queue import Label, QueueConfig, label_id

__all__ = ["Clash", "LabelEdits", "keys_of_questions", "normal_key"]


class Clash(msgspec.Struct, frozen=True):
    """Why a key cannot be given: ``kind`` is ``label``, ``choice``, ``command`` or ``invalid``.

    ``owner`` is the title of what has the key, or what is wrong with it.
    """

    kind: str
    owner: str


def normal_key(text: str) -> str:
    """The key that was typed as a label set writes it, empty for none."""
    key = unicodedata.normalize("NFC", text.strip())
    return key.upper() if len(key.upper()) == len(key) else key


def keys_of_questions(config: QueueConfig) -> dict[str, str]:
    """Keys that choose an answer of the whole task, with the choice's title."""
    return {
        normal_key(choice.key): choice.name
        for question in config.questions
        if isinstance(question, (ChoiceQuestion, ChoicesQuestion)) and question.scope == "task"
        if not question.retired
        for choice in question.choices
        if choice.key
    }


class LabelEdits:
    """The labels of one queue while they are edited.

    ``commands`` are keys that run something on the Work page, with its title. ``stored`` is false for
    a template's labels: those renamed before the project is made get the id of their new name.
    """

    def __init__(
        self,
        config: QueueConfig,
        commands: Mapping[str, str],
        *,
        stored: bool,
    ) -> None:
        self._config = config
        self._commands = dict(commands)
        self._choices = keys_of_questions(config)
        self.labels: list[Label] = list(config.labels)
        self.stored = frozenset(label.id for label in config.labels) if stored else frozenset()
        self._titles = {label.id: label.title for label in config.labels}
        self._fresh = 0

    @property
    def config(self) -> QueueConfig:
        """The configuration with the labels as they are now; ids of new ones come from their names."""
        return msgspec.structs.replace(self._config, labels=self.finished())

    def finished(self) -> tuple[Label, ...]:
        """The labels as they are stored."""
        used = {label.id for label in self.labels if self._keeps_its_id(label)} | self.stored
        done: list[Label] = []
        for label in self.labels:
            if not self._keeps_its_id(label):
                label = msgspec.structs.replace(label, id=label_id(label.title, used))
                used.add(label.id)
            done.append(label)
        return tuple(done)

    def _keeps_its_id(self, label: Label) -> bool:
        return label.id in self.stored or self._titles.get(label.id) == label.title

    @property
    def changed(self) -> bool:
        """Whether storing it would change anything."""
        return self.finished() != self._config.labels

    # edits

    def add(self, name: str, colours: Iterable[str]) -> int:
        """Add a label with the first of the colours nobody has; its place in the list."""
        offered = list(colours)
        have = [label.colour.lower() for label in self.labels]
        fewest = min((have.count(one.lower()) for one in offered), default=0)
        colour = next((one for one in offered if have.count(one.lower()) == fewest), "")
        self._fresh += 1
        self.labels.append(Label(id=f"\0new {self._fresh}", name=name, colour=colour))
        return len(self.labels) - 1

    def rename(self, place: int, name: str) -> None:
        """Give a label another name; its id, and so every region that has it, stays."""
        self._replace(place, name=name)

    def recolour(self, place: int, colour: str) -> None:
        """Give a label another colour (``#RRGGBB``)."""
        self._replace(place, colour=colour.upper())

    def rekey(self, place: int, key: str) -> None:
        """Give a label another key, empty for none."""
        self._replace(place, key=normal_key(key))

    def retire(self, place: int, retired: bool) -> None:
        """Offer a label to nobody any more, or again; regions that have it keep it."""
        self._replace(place, retired=retired)

    def delete(self, place: int) -> None:
        """Take a label out of the set."""
        del self.labels[place]

    def move(self, place: int, by: int) -> int:
        """Move a label up (−1) or down (1); returns its place, the same at the ends."""
        target = max(0, min(len(self.labels) - 1, place + by))
        self.labels.insert(target, self.labels.pop(place))
        return target

    def _replace(self, place: int, **fields: object) -> None:
        self.labels[place] = msgspec.structs.replace(self.labels[place], **fields)

    # checks

    def name_fault(self, place: int) -> str:
        """``empty`` or ``double`` where the name cannot be, else an empty text."""
        wanted = _compared(self.labels[place].title if not self._unnamed(place) else "")
        if not wanted:
            return "empty"
        others = (one for number, one in enumerate(self.labels) if number != place)
        if any(_compared(one.title) == wanted and not one.retired for one in others):
            return "double"
        return ""

    def _unnamed(self, place: int) -> bool:
        label = self.labels[place]
        return not label.name.strip() and label.id not in self._titles

    def key_clash(self, place: int) -> Clash | None:
        """What already has the key of this label, or None."""
        key = self.labels[place].key
        if not key:
            return None
        fault = key_fault(key) if len(key) == 1 else "one key, without Ctrl or Alt"
        if fault:
            return Clash("invalid", fault)
        for number, label in enumerate(self.labels):
            if number != place and label.key == key and not label.retired:
                return Clash("label", label.title)
        if key in self._choices:
            return Clash("choice", self._choices[key])
        if key in self._commands:
            return Clash("command", self._commands[key])
        return None

    def fault_at(self) -> int | None:
        """The place of the first label something is wrong with, or None."""
        for place, label in enumerate(self.labels):
            if self.name_fault(place) or (not label.retired and self.key_clash(place)):
                return place
        return None


def _compared(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
