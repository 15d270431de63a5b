"""Where a problem lies in a value, in the words of the table and the form."""

from __future__ import annotations

import pytest

from labeler.api import Box, Label, QueueConfig, Value
from labeler.app.work.telling import place_words, region_at
from labeler.model.questions import TextQuestion

CONFIG = QueueConfig(
    labels=(Label(id="cat", name="Cat"),),
    questions=(
        TextQuestion(id="colour", title="Which colour?", scope="region"),
        TextQuestion(id="why"),
    ),
)
VALUE = Value(
    (
        Box(id="a", label="cat", x=0, y=0, width=1, height=1),
        Box(id="b", x=0, y=0, width=1, height=1),
        Box(id="c", label="gone", x=0, y=0, width=1, height=1),
    )
)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("regions[0].width", "Region 1 (Cat)"),
        ("regions[1]", "Region 2"),
        ("regions[2]", "Region 3 (gone)"),
        ("regions[0].attributes.colour", "Region 1 (Cat), Which colour?"),
        ("answers.why", "why"),
        ("answers.colour.per.r1", "Which colour?"),
        ("answers.unknown", "unknown"),
        ("regions[3].x", "regions[3].x"),
        ("regions[x]", "regions[x]"),
        ("pets.labeler", "pets.labeler"),
        ("", ""),
    ],
)
def test_a_place_is_the_row_of_the_table_with_its_label_or_the_question(
    qapp: object, where: str, words: str
) -> None:
    assert place_words(where, VALUE, CONFIG) == words


def test_the_number_of_a_region_is_read_from_its_path() -> None:
    assert [
        region_at(one) for one in ("regions[12].x", "regions[0]", "answers.x", "regions[]")
    ] == [
        12,
        0,
        -1,
        -1,
    ]
