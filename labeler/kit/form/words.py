"""The form's sentences: names of parts, labels of steps, what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from labeler.api import Part, Question, graphemes
from labeler.model.questions import (
    ChoiceQuestion,
    ChoicesQuestion,
    NumberQuestion,
    PreferenceQuestion,
    RankingQuestion,
    RecordsQuestion,
    ScaleQuestion,
    TextQuestion,
    TurnsQuestion,
    answer_faults,
)

__all__ = ["answer_label", "fault_text", "letter", "number_text", "part_name", "role_name"]

_LETTERS = 26


def letter(number: int) -> str:
    """A, B … Z, AA … for 0, 1, …: how parts that are compared are called."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def number_text(number: float) -> str:
    """A number as the person writes it: their decimal point, no trailing zeros, no groups."""
    text = str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)
    return text.replace(".", QLocale().decimalPoint())


def part_name(part: Part, number: int) -> str:
    """What a part is called: its own title, else its kind with a letter or number, from 0."""
    if part.title:
        return part.title
    tr = QCoreApplication.translate
    count = str(number + 1)
    match part.kind:
        case "response":
            return tr("Form", "Response {letter}").format(letter=letter(number))
        case "turn":
            return tr("Form", "Turn {number}").format(number=count)
        case "result":
            return tr("Form", "Result {number}").format(number=count)
        case "reference":
            return tr("Form", "Reference {number}").format(number=count)
        case "file":
            return tr("Form", "File {number}").format(number=count)
        case "text":
            return tr("Form", "Text {number}").format(number=count)
        case "image":
            return tr("Form", "Image {number}").format(number=count)
        case "audio":
            return tr("Form", "Recording {number}").format(number=count)
        case kind:
            return f"{kind[:1].upper()}{kind[1:]} {count}"


def role_name(role: str) -> str:
    """Who speaks in an authored message."""
    tr = QCoreApplication.translate
    match role:
        case "user":
            return tr("Form", "Person")
        case "assistant":
            return tr("Form", "Assistant")
        case "system":
            return tr("Form", "System")
        case _:
            return f"{role[:1].upper()}{role[1:]}"


def answer_label(question: Question, place: str, cleared: bool) -> str:
    """The step's name for undo and history; ``place`` is the part's name or empty."""
    tr = QCoreApplication.translate
    about = f"{question.name}, {place}" if place else question.name
    if cleared:
        return tr("Form", "Clear “{question}”").format(question=about)
    return tr("Form", "Answer “{question}”").format(question=about)


def fault_text(question: Question, answer: Any) -> str:
    """What is wrong with an answer and what to do, in one translated sentence; empty if nothing is.

    ``answer`` None is wrong only where the question is required.
    """
    tr = QCoreApplication.translate
    if answer is None:
        return _missing(question) if question.required else ""
    if next(iter(answer_faults(question, answer)), None) is None:
        return ""
    amount = _amount(question, answer)
    if amount:
        return amount
    match question:
        case NumberQuestion() if _is_number(answer):
            return _number_fault(question, answer)
        case ScaleQuestion() if _is_number(answer):
            return tr("Form", "Choose a point from {low} to {high} in steps of {step}").format(
                low=number_text(question.minimum),
                high=number_text(question.maximum),
                step=number_text(question.step),
            )
        case RecordsQuestion() if isinstance(answer, tuple | list):
            found = _empty_cell(question, answer)
            if found:
                return tr("Form", "Row {row}: fill in “{column}”").format(
                    row=found[0] + 1, column=found[1]
                )
        case RankingQuestion() if isinstance(answer, Mapping) and not question.ties:
            return tr("Form", "This order has no ties: give each its own rank")
    return tr("Form", "The answer stored here does not fit the question: give it again")


def _missing(question: Question) -> str:
    tr = QCoreApplication.translate
    match question:
        case ChoiceQuestion() | PreferenceQuestion():
            return tr("Form", "Choose one answer")
        case ChoicesQuestion():
            return tr("Form", "Choose at least one answer")
        case ScaleQuestion():
            return tr("Form", "Choose a point on the scale")
        case NumberQuestion():
            return tr("Form", "Enter a number")
        case RankingQuestion():
            return tr("Form", "Put them in order, or confirm the order shown")
        case RecordsQuestion():
            return tr("Form", "Add a row")
        case TurnsQuestion():
            return tr("Form", "Write a message")
        case _:
            return tr("Form", "Write an answer")


def _amount(question: Question, answer: Any) -> str:
    """Too few or too many of something that can be counted."""
    tr = QCoreApplication.translate
    match question:
        case ChoicesQuestion() if isinstance(answer, tuple | list):
            count, low, high = len(answer), question.minimum, question.maximum
            few, many = (
                tr("Form", "Choose at least {wanted}; {count} chosen"),
                tr("Form", "Choose at most {wanted}; {count} chosen"),
            )
        case TextQuestion() if isinstance(answer, str):
            count, low, high = graphemes(answer), question.minimum, question.maximum
            few, many = (
                tr("Form", "Write at least {wanted} characters; {count} written"),
                tr("Form", "Write at most {wanted} characters; {count} written"),
            )
        case RecordsQuestion() if isinstance(answer, tuple | list):
            count, low, high = len(answer), question.minimum, question.maximum
            few, many = (
                tr("Form", "Give at least {wanted} rows; {count} given"),
                tr("Form", "Give at most {wanted} rows; {count} given"),
            )
        case TurnsQuestion() if isinstance(answer, tuple | list):
            count, low, high = len(answer), question.minimum, None
            few = many = tr("Form", "Write at least {wanted} messages; {count} written")
        case _:
            return ""
    locale = QLocale()
    if count < low:
        return few.format(wanted=locale.toString(low), count=locale.toString(count))
    if high is not None and count > high:
        return many.format(wanted=locale.toString(high), count=locale.toString(count))
    return ""


def _is_number(answer: Any) -> bool:
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def _number_fault(question: NumberQuestion, answer: float) -> str:
    tr = QCoreApplication.translate
    low, high = question.minimum, question.maximum
    if question.integer and not float(answer).is_integer():
        return tr("Form", "Enter a whole number")
    if low is not None and high is not None:
        return tr("Form", "Enter a number from {low} to {high}").format(
            low=number_text(low), high=number_text(high)
        )
    if low is not None:
        return tr("Form", "Enter {low} or more").format(low=number_text(low))
    return tr("Form", "Enter {high} or less").format(
        high=number_text(high if high is not None else answer)
    )


def _empty_cell(question: RecordsQuestion, answer: Any) -> tuple[int, str] | None:
    for number, row in enumerate(answer):
        for column in question.columns:
            if column.required and isinstance(row, Mapping) and row.get(column.id) in (None, ""):
                return number, column.name
    return None
