"""What is shown of a task's content: its sections, who speaks in them, and how long they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from labeler.api import Json
from labeler.kit.markdown import Section
from labeler.panels.comparison.content import ComparisonContent, Reference, Response, Turn

__all__ = [
    "facts_of",
    "length_words",
    "prompt_sections",
    "response_name",
    "response_sections",
    "role_name",
    "shown_responses",
]

_FACTS = ("category", "domain", "language", "source", "difficulty", "topic")
"""What of a task's metadata is told: nothing that could name who wrote a response."""
_MOST_FACTS = 3
_LONGEST_FACT = 60


def role_name(role: str) -> str:
    """Who speaks, in the language of the interface; a role nobody knows by its own name."""
    tr = QCoreApplication.translate
    match role:
        case "system":
            return tr("Comparison", "System")
        case "user":
            return tr("Comparison", "Person")
        case "assistant":
            return tr("Comparison", "Assistant")
        case "tool":
            return tr("Comparison", "Tool")
        case _:
            return role


def _turns(turns: Sequence[Turn], *, plain: bool) -> list[Section]:
    """The turns with who speaks above each; one of a person alone needs no name where ``plain``."""
    if plain and len(turns) == 1 and turns[0].role == "user":
        return [Section(turns[0].id, turns[0].text)]
    numbered = QCoreApplication.translate("Comparison", "{number} · {role}")
    return [
        Section(turn.id, turn.text, numbered.format(number=number, role=role_name(turn.role)))
        for number, turn in enumerate(turns, start=1)
    ]


def prompt_sections(content: ComparisonContent) -> list[Section]:
    """The conversation up to the responses, then what they are judged by."""
    references = content.references
    sections = _turns(content.turns, plain=not references)
    for number, reference in enumerate(references, start=1):
        sections.append(Section(reference.id, reference.text, _reference_name(reference, number)))
    return sections


def _reference_name(reference: Reference, number: int) -> str:
    if reference.title:
        words = QCoreApplication.translate("Comparison", "Reference: {title}")
        return words.format(title=reference.title)
    return QCoreApplication.translate("Comparison", "Reference {number}").format(number=number)


def response_sections(response: Response) -> list[Section]:
    """The response's text, or the turns it went on with."""
    if not response.turns:
        return [Section(response.id, response.text)]
    return _turns(response.turns, plain=False)


def shown_responses(content: ComparisonContent, order: Iterable[str]) -> tuple[Response, ...]:
    """The responses in the order this person is shown them; those it does not name after them."""
    places = {ident: place for place, ident in enumerate(order)}
    last = len(places)
    return tuple(sorted(content.responses, key=lambda one: places.get(one.id, last)))


def response_name(letter: str) -> str:
    """What a response is called: its letter and nothing else that is known of it."""
    return QCoreApplication.translate("Comparison", "Response {letter}").format(letter=letter)


def length_words(sections: Sequence[Section]) -> str:
    """How long a text is, as a reader thinks of it."""
    count = sum(len(section.text.split()) for section in sections)
    if count == 1:
        return QCoreApplication.translate("Comparison", "1 word")
    words = QCoreApplication.translate("Comparison", "{count} words", "", count)
    return words.format(count=QLocale().toString(count))


def facts_of(meta: Mapping[str, Json]) -> list[str]:
    """A few facts of the task's metadata; nothing that could name who wrote a response."""
    told = []
    for name, fact in meta.items():
        if isinstance(fact, bool) or not isinstance(fact, str | int | float):
            continue
        if name in _FACTS:
            told.append(str(fact))
    return [fact for fact in told if 0 < len(fact) <= _LONGEST_FACT][:_MOST_FACTS]
