"""What the question editor says: names of kinds, fields and tests, and what is wrong with a field."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from labeler.app.dialogs.question_faults import Fault

__all__ = ["column_kinds", "fault_words", "field_title", "kind_titles", "test_titles"]


def kind_titles() -> list[tuple[str, str]]:
    """The kinds of question in the order offered: (id, title)."""
    tr = QCoreApplication.translate
    return [
        ("choice", tr("Questions", "One of several")),
        ("choices", tr("Questions", "Any of several")),
        ("scale", tr("Questions", "Scale")),
        ("number", tr("Questions", "Number")),
        ("text", tr("Questions", "Text")),
        ("preference", tr("Questions", "Preference between two")),
        ("ranking", tr("Questions", "Ranking")),
        ("records", tr("Questions", "Rows with columns")),
        ("turns", tr("Questions", "Messages")),
    ]


def column_kinds() -> list[tuple[str, str]]:
    """The kinds of column: (id, title)."""
    tr = QCoreApplication.translate
    return [
        ("text", tr("Questions", "Text")),
        ("choice", tr("Questions", "One of several")),
        ("number", tr("Questions", "Number")),
        ("check", tr("Questions", "Tick")),
        ("date", tr("Questions", "Date")),
        ("url", tr("Questions", "Address")),
    ]


def test_titles() -> list[tuple[str, str]]:
    """The tests of a condition: (id, title)."""
    tr = QCoreApplication.translate
    return [
        ("is", tr("Questions", "is")),
        ("is_not", tr("Questions", "is not")),
        ("answered", tr("Questions", "is answered")),
        ("unanswered", tr("Questions", "is not answered")),
    ]


def field_title(kind: str, name: str) -> str:
    """What a field of a kind is called."""
    tr = QCoreApplication.translate
    of_kind = {
        ("scale", "minimum"): tr("Questions", "From"),
        ("scale", "maximum"): tr("Questions", "To"),
        ("number", "minimum"): tr("Questions", "Least"),
        ("number", "maximum"): tr("Questions", "Most"),
        ("text", "minimum"): tr("Questions", "At least, in characters"),
        ("text", "maximum"): tr("Questions", "At most, in characters"),
        ("records", "minimum"): tr("Questions", "At least, in rows"),
        ("records", "maximum"): tr("Questions", "At most, in rows"),
        ("turns", "minimum"): tr("Questions", "At least, in messages"),
    }
    return of_kind.get((kind, name)) or {
        "minimum": tr("Questions", "At least"),
        "maximum": tr("Questions", "At most"),
        "step": tr("Questions", "Step"),
        "low": tr("Questions", "Word at the lower end"),
        "high": tr("Questions", "Word at the upper end"),
        "unit": tr("Questions", "Unit"),
        "integer": tr("Questions", "Whole numbers only"),
        "multiline": tr("Questions", "Several lines"),
        "prefill": tr("Questions", "Begin with the text of the part"),
        "strongest": tr("Questions", "Strongest preference"),
        "part": tr("Questions", "Kind of part that is compared"),
        "fewest": tr("Questions", "Asked of at least, in parts"),
        "most": tr("Questions", "Asked of at most, in parts"),
        "ties": tr("Questions", "Several may share a rank"),
        "roles": tr("Questions", "Roles, separated by commas"),
    }.get(name, name)


def fault_words(fault: Fault) -> str:
    """What is wrong and what to do, in one line."""
    tr = QCoreApplication.translate
    words = {
        "empty": tr("Questions", "Write a title"),
        "double": tr("Questions", "This title is there twice; choose a different one"),
        "taken": tr("Questions", "This id is taken; choose a different one"),
        "signs": tr("Questions", "Letters, digits and _ only"),
        "part": tr("Questions", "Name the kind of part, for example response"),
        "no_choices": tr("Questions", "Add something to choose"),
        "no_columns": tr("Questions", "Add a column"),
        "number": tr("Questions", "Write a number"),
        "whole": tr("Questions", "Write a whole number"),
        "negative": tr("Questions", "Write a number from 0"),
        "order": tr("Questions", "This must be above the lower one"),
        "step": tr("Questions", "The step must be above 0"),
        "points": tr("Questions", "More than {most} points; ask for a number instead"),
        "strength": tr("Questions", "Write a whole number from 1 to {most}"),
        "too_many": tr("Questions", "There are not so many choices"),
        "roles": tr("Questions", "Name each role once, separated by commas"),
        "key_invalid": tr("Questions", "One letter, digit or sign"),
        "key_command": tr("Questions", "This key runs “{owner}” on the Work page; choose another"),
        "key_label": tr("Questions", "The label “{owner}” has this key; choose another"),
        "key_choice": tr("Questions", "The answer “{owner}” has this key; choose another"),
        "when_none": tr("Questions", "Choose the question it depends on"),
        "when_gone": tr("Questions", "That question is not there any more; choose another"),
        "when_itself": tr("Questions", "A question cannot depend on itself"),
        "when_place": tr(
            "Questions", "“{owner}” is asked of something else; choose one asked of the same"
        ),
        "when_value": tr("Questions", "Choose or write an answer"),
        "when_choice": tr("Questions", "“{owner}” does not offer this any more; choose again"),
        "refused": tr("Questions", "This cannot be stored: {reason}"),
    }[fault.code]
    return words.format(**fault.details)
