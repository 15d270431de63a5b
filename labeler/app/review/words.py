"""Conflicts in words: what is in conflict, what a piece of it is called, and what a side says there.

Nothing here shows JSON: geometry, answers, labels and policies are told as a person would tell them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from labeler.app.review.figures import figure, plain, region_words
from labeler.app.words import number, region_word, status_word
from labeler.model.queue import QueueConfig
from labeler.model.three_way import ABSENT, Difference, Place
from labeler.work.conflict_case import BODY, STATUS, Case

__all__ = ["NOT_THERE", "Words", "numbered"]

NOT_THERE = ""
"""What a side says where it has nothing; who shows it says so in words of its own."""
_MOST_ALIKE = 4


class Words:
    """What the pieces of one conflict are called and what its sides say of them.

    ``unseen`` are fields of a content that are on no screen.
    """

    def __init__(self, case: Case, unseen: Sequence[str] = ()) -> None:
        self.case = case
        self._unseen = frozenset(unseen)
        queue = case.read.queue
        self._config = queue.config if queue is not None else QueueConfig()
        self._regions = numbered(case)
        self._found = {one.place: one for one in case.found}

    @property
    def key(self) -> str:
        """What it is about, as a key: of the task, else the queue's title or the medium's path."""
        read = self.case.read
        if read.full is not None:
            return read.full.row.key
        if read.queue is not None:
            return read.queue.title
        for side in self.case.sides:
            if isinstance(side.value, Mapping):
                return str(side.value.get("path") or side.value.get("key") or "")
        return read.conflict.entity

    # pieces

    def region_name(self, region: str) -> str:
        """``Segment 12``, ``Label Cat``, ``Question Mood``."""
        tr = QCoreApplication.translate
        found, at = self._regions.get(region, ({}, 0))
        name = str(found.get("name") or found.get("title") or region)
        if self.case.kind == "labels":
            return tr("Conflicts", "Label {name}").format(name=name)
        if self.case.kind == "queue":
            return tr("Conflicts", "Question {name}").format(name=name)
        return f"{region_word(str(found.get('type', '')))} {number(at)}"

    def place_name(self, place: Place) -> str:
        """What a piece is called below its region, or all of it where there is none."""
        tr = QCoreApplication.translate
        if place.field == "order":
            return tr("Conflicts", "Order")
        if place.region and place.question:
            return self._question_name(place.question)
        if place.child != "":
            return tr("Conflicts", "Part {name}").format(name=place.child)
        if place.region:
            return self._field_name(place)
        if place.question == STATUS:
            return tr("Conflicts", "Status")
        if place.question == BODY:
            return self._body_name()
        name = self._question_name(place.question)
        if place.part:
            return tr("Conflicts", "{question}, {part}").format(
                question=name, part=self._part_name(place.part)
            )
        return name

    def full_name(self, place: Place) -> str:
        """A place with its region before it."""
        name = self.place_name(place)
        region = self.region_name(place.region) if place.region else ""
        return f"{region}, {name}" if region and region != name else name

    def alike(self) -> list[tuple[str, str]]:
        """What all sides have alike of the regions they contest: name and value of each field."""
        case = self.case
        if case.kind != "annotation":
            return []
        changed = self._found.keys()
        regions = dict.fromkeys(place.region for place in case.contested if place.region)
        told = []
        for region in list(regions)[:_MOST_ALIKE]:
            found, _ = self._regions.get(region, ({}, 0))
            if Place(region=region) in changed and self._is_whole(Place(region=region)):
                continue
            fields = ("", "label", *case.apart.get(str(found.get("type", "")), ()))
            for field in fields:
                place = Place(region=region, field=field)
                value = self._piece(found, field)
                if place not in changed and value not in ("", None, ABSENT):
                    one = Difference(place, value, (), "alike")
                    told.append((self.full_name(place), self.said(one, value)))
        return told

    def _piece(self, region: Mapping[str, Any], field: str) -> Any:
        if field:
            return region.get(field, ABSENT)
        aside = {"label", "attributes", *self.case.apart.get(str(region.get("type", "")), ())}
        child = self.case.children.get(str(region.get("type", "")))
        aside |= {child[0]} if child else set()
        return {key: one for key, one in region.items() if key not in aside}

    def rules(self) -> list[str]:
        """The headings of the guideline that the questions in conflict point to."""
        if self.case.kind != "annotation":
            return []
        asked = [self._config.question(one.place.question) for one in self.case.found]
        return list(dict.fromkeys(one.rule for one in asked if one is not None and one.rule))

    def _field_name(self, place: Place) -> str:
        tr = QCoreApplication.translate
        found, _ = self._regions.get(place.region, ({}, 0))
        kind = str(found.get("type", ""))
        match place.field:
            case "label":
                return tr("Conflicts", "Label")
            case "text":
                return tr("Conflicts", "Text")
            case "speaker":
                return tr("Conflicts", "Speaker")
            case "category":
                return tr("Conflicts", "Category")
            case "polarity":
                return tr("Conflicts", "Polarity")
        if place.field or self.case.kind != "annotation" or self._is_whole(place):
            return place.field or self.region_name(place.region)
        if kind in ("segment", "point"):
            return tr("Conflicts", "Time")
        return tr("Conflicts", "Position")

    def _is_whole(self, place: Place) -> bool:
        """Whether a side has nothing at all there: the region as a whole is chosen."""
        one = self._found.get(place)
        return one is not None and (
            one.base is ABSENT or any(side is ABSENT for side in one.versions)
        )

    def _body_name(self) -> str:
        tr = QCoreApplication.translate
        match self.case.kind:
            case "double":
                return tr("Conflicts", "Belongs to")
            case "task":
                return tr("Conflicts", "Content")
            case "media":
                return tr("Conflicts", "File")
        return tr("Conflicts", "All of it")

    def _question_name(self, name: str) -> str:
        if self.case.kind == "annotation":
            question = self._config.question(name)
            return question.name if question is not None else name
        tr = QCoreApplication.translate
        match name:
            case "markdown":
                return tr("Conflicts", "Text")
            case "title":
                return tr("Conflicts", "Title")
            case "panel":
                return tr("Conflicts", "Panel")
            case "policy/overlap":
                return tr("Conflicts", "People per task")
            case "policy/auto_advance":
                return tr("Conflicts", "Go on after one key")
            case "policy/show_predictions":
                return tr("Conflicts", "Show predictions")
            case "policy/shuffle":
                return tr("Conflicts", "Shuffle")
            case "policy/skip_reasons":
                return tr("Conflicts", "Reasons to skip")
            case "policy/flag_reasons":
                return tr("Conflicts", "Reasons to flag")
        return name.rpartition("/")[2].replace("_", " ")

    def _part_name(self, part: str) -> str:
        """A response's letter: names of models are on no screen."""
        full = self.case.read.full
        parts = [] if full is None else [key for key in _part_ids(full.content) if key]
        return chr(ord("A") + parts.index(part)) if part in parts[:26] else part

    # what a side says

    def said(self, one: Difference, value: Any) -> str:
        """What stands at a place, in words; NOT_THERE where nothing does."""
        if value is ABSENT:
            return NOT_THERE
        place = one.place
        tr = QCoreApplication.translate
        if place.field == "order":
            return ", ".join(self.region_name(str(region)) for region in value)
        if place.question == STATUS:
            status, reason = value
            word = status_word(str(status))
            pattern = tr("Conflicts", "{status}: {reason}")
            return pattern.format(status=word, reason=reason) if reason else word
        if place.question == BODY:
            return self._body_words(value)
        if place.field == "label":
            return self._label_name(str(value))
        if place.field or place.child != "":
            return plain(value)
        if place.region and not place.question:
            return self._region_words(place, value)
        if self.case.kind == "annotation":
            return self._answer(place.question, value)
        return plain(value)

    def _region_words(self, place: Place, value: Any) -> str:
        if self.case.kind != "annotation" or not isinstance(value, Mapping):
            hidden = ("id",)
            return plain({key: one for key, one in value.items() if key not in hidden})
        words = region_words(value, self.region_name)
        label = value.get("label")
        return f"{self._label_name(str(label))}, {words}" if label else words

    def _label_name(self, label: str) -> str:
        for one in self._config.labels:
            if one.id == label:
                return one.title
        return label

    def _body_words(self, value: Any) -> str:
        if value is None:
            return QCoreApplication.translate("Conflicts", "Deleted")
        if self.case.kind == "annotation":
            return self._whole_value(value)
        if not isinstance(value, Mapping):
            return plain(value)
        if self.case.kind == "double":
            told = (self._content_words(value.get("content")), str(value.get("source") or ""))
            return ", ".join(one for one in told if one)
        if self.case.kind == "task":
            return self._content_words(value.get("content"))
        if self.case.kind == "media":
            size = QLocale().formattedDataSize(int(value.get("size", 0)))
            facts = (value.get("path"), size, str(value.get("hash", ""))[:8])
            return ", ".join(str(one) for one in facts if one)
        return plain({key: one for key, one in value.items() if one})

    def _whole_value(self, value: Any) -> str:
        """An annotation in words, region by region and answer by answer."""
        tr = QCoreApplication.translate
        said, status, reason = value
        pattern = tr("Conflicts", "{name}: {value}")
        told = [status_word(str(status)) + (f", {reason}" if reason else "")]
        for region in said.get("regions", ()):
            place = Place(region=str(region.get("id", "")))
            name = self.region_name(place.region)
            told.append(pattern.format(name=name, value=self._region_words(place, region)))
        for question, answer in said.get("answers", {}).items():
            name = self._question_name(question)
            told.append(pattern.format(name=name, value=self._answer(question, answer)))
        return "\n".join(told)

    def _content_words(self, content: Any) -> str:
        """A content in words; one that is a text is that text."""
        if not isinstance(content, Mapping):
            return plain(content)
        seen = {key: one for key, one in content.items() if key not in self._unseen and one}
        return plain(seen["text"] if seen.keys() == {"text"} else seen)

    def _answer(self, name: str, value: Any) -> str:
        question = self._config.question(name)
        titles: dict[str, str] = {one.id: one.name for one in getattr(question, "choices", ())}
        if isinstance(value, str):
            return titles.get(value, value)
        if isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
            return ", ".join(titles.get(one, str(one)) for one in value)
        if isinstance(value, Mapping) and "kind" in value:
            return _preference(value)
        if isinstance(value, Mapping) and value and all(_is_count(one) for one in value.values()):
            ranks = sorted(value.items(), key=lambda pair: pair[1])
            return ", ".join(f"{number(rank)} {self._part_name(part)}" for part, rank in ranks)
        return plain(value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _preference(value: Mapping[str, Any]) -> str:
    """Which of two is preferred, in the order of the content."""
    tr = QCoreApplication.translate
    match value.get("kind"):
        case "tie_good":
            return tr("Conflicts", "Both good")
        case "tie_bad":
            return tr("Conflicts", "Both bad")
        case "cannot_judge":
            return tr("Conflicts", "Cannot judge")
    strength = value.get("strength") or 0
    if not strength:
        return tr("Conflicts", "About the same")
    side = "A" if strength < 0 else "B"
    return tr("Conflicts", "{side} is better ({strength})").format(
        side=side, strength=figure(abs(strength))
    )


def _part_ids(content: bytes) -> list[str]:
    """Ids of what is compared in a content, in its order."""
    import msgspec

    try:
        tree = msgspec.json.decode(content) if content else {}
    except msgspec.DecodeError:
        return []
    responses = tree.get("responses", ()) if isinstance(tree, Mapping) else ()
    return [str(one.get("id", "")) for one in responses if isinstance(one, Mapping)]


def numbered(case: Case) -> dict[str, tuple[Mapping[str, Any], int]]:
    """Every region of a conflict with a number of its own: as they stand in what all sides came from,
    then what each side has besides."""
    found: dict[str, tuple[Mapping[str, Any], int]] = {}
    for tree in ([case.base] if case.base else []) + list(case.trees):
        whole = tree["answers"].get(BODY)
        inside = whole[0].get("regions", ()) if isinstance(whole, tuple) else ()
        for region in tree.get("regions", ()) or inside:
            found.setdefault(str(region.get("id", "")), (region, len(found) + 1))
    return found
