"""What a conflict is called in a list: what differs in one line, and the icon of what it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from labeler.app.review.words import Words, numbered
from labeler.app.words import kind_word, number
from labeler.work.conflict_case import Case

__all__ = ["icon_of", "title_of"]

_ICONS = {
    "segment": "audio-lines",
    "point": "audio-lines",
    "box": "square-dashed",
    "polygon": "pentagon",
    "mask": "pentagon",
    "track": "square-dashed",
    "span": "highlighter",
    "aspect": "highlighter",
    "lines": "code",
    "relation": "link-2",
}
_KINDS = {
    "labels": "tag",
    "guideline": "book-open",
    "queue": "settings",
    "task": "file-text",
    "double": "copy",
    "media": "file",
}
_MOST_NAMES = 2


def title_of(case: Case, words: Words) -> str:
    """What a conflict is about in one line: ``Segment 12, text and time``."""
    tr = QCoreApplication.translate
    match case.kind:
        case "double":
            return tr("Conflicts", "Several contents under one key")
        case "task":
            return tr("Conflicts", "Content of a task")
        case "media":
            return tr("Conflicts", "Two files of one name")
        case "guideline":
            return kind_word("guideline")
    if any(side.deleted for side in case.sides):
        return tr("Conflicts", "Changed and deleted")
    places = case.contested or tuple(one.place for one in case.found)
    regions = list(dict.fromkeys(place.region for place in places if place.region))
    if len(regions) == 1 and all(place.region for place in places):
        names = [words.place_name(place) for place in places]
        own = words.region_name(regions[0])
        names = [
            name[:1].lower() + name[1:] if _lowers() else name for name in names if name != own
        ]
        pattern = tr("Conflicts", "{region}, {fields}")
        return pattern.format(region=own, fields=_listed(names)) if names else own
    names = [words.region_name(one) for one in regions]
    names += [words.place_name(place) for place in places if not place.region]
    told = _listed(list(dict.fromkeys(names)))
    match case.kind:
        case "labels":
            return tr("Conflicts", "Label set: {what}").format(what=told)
        case "queue":
            return tr("Conflicts", "Queue: {what}").format(what=told)
    return told or tr("Conflicts", "Nothing that can be read")


def _lowers() -> bool:
    """Whether nouns within a line begin with a small letter in the language of the interface."""
    return QLocale().language() != QLocale.Language.German


def _listed(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and 3 more``."""
    tr = QCoreApplication.translate
    if len(names) <= 1:
        return "".join(names)
    if len(names) == _MOST_NAMES:
        return tr("Conflicts", "{one} and {other}").format(one=names[0], other=names[1])
    rest = number(len(names) - _MOST_NAMES)
    return tr("Conflicts", "{names} and {count} more").format(
        names=", ".join(names[:_MOST_NAMES]), count=rest
    )


def icon_of(case: Case, panel_icon: str) -> str:
    """The icon of what is in conflict: of its region's type, else of the panel, or of the kind."""
    if case.kind != "annotation":
        return _KINDS.get(case.kind, "git-compare")
    places = case.contested or tuple(one.place for one in case.found)
    known = numbered(case)
    kinds = {str(known[one.region][0].get("type", "")) for one in places if one.region in known}
    if len(kinds) == 1 and all(one.region for one in places):
        return _ICONS.get(kinds.pop(), panel_icon)
    return panel_icon or "git-compare"
