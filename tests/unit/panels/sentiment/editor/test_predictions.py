"""A model's proposals: drawn dashed, taken over or put away by key, never lost and never doubled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labeler.api import Span, Value
from labeler.kit.editor import Prediction

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "The food was great, the waiter slow."


def span(words: str, label: str, ident: str = "", score: float | None = None) -> Span:
    at = TEXT.index(words)
    end = at + len(words)
    return Span(id=ident or words, start=at, end=end, label=label, text=words, score=score)


def model(*spans: Span, author: str = "lexicon", score: float | None = 0.87, **answers: object):
    return Prediction(author, Value(spans, answers), score)


BOTH = (span("great", "pos", score=0.6), span("slow", "neg"))


def open_marks(on) -> list[str]:
    return [mark.tag for mark in on.editor.surface.marks if mark.dashed]


def test_proposals_are_drawn_dashed_and_change_nothing(desk):
    on = desk(TEXT, predictions=[model(*BOTH, sentiment="positive")])
    assert open_marks(on) == ["Positive 0.60", "Negative"]
    assert on.value == Value()
    assert on.editor.bar.isVisible()
    assert on.editor.bar.badge.text == "3 predictions"
    assert on.editor.bar.words.text == "Positive · lexicon 0.87"
    assert (on.editor.bar.accept.key, on.editor.bar.reject.key) == ("A", "X")


def test_the_table_is_told_what_of_a_model_is_not_offered(desk):
    on = desk(TEXT, predictions=[model(*BOTH)])
    assert [on.editor.region_marks(one) for one in BOTH] == [(), ()]
    told = on.host.restated
    on.key(Key.Key_X)
    assert [on.editor.region_marks(one) for one in BOTH] == [("hidden",), ()]
    assert on.host.restated > told


def test_shift_a_takes_over_all_that_is_open_in_one_step(desk):
    on = desk(TEXT, predictions=[model(*BOTH, sentiment="positive")])
    on.key(Key.Key_A, SHIFT)
    assert on.spans == [("great", "pos"), ("slow", "neg")]
    assert on.value.answers == {"sentiment": "positive"}
    assert on.labels == ["Accept predictions"]
    assert open_marks(on) == []
    assert not on.editor.bar.isVisible()


def test_with_nothing_chosen_a_goes_through_the_spans_and_then_the_answer(desk):
    on = desk(TEXT, predictions=[model(*BOTH, sentiment="positive")])
    for spans, answers in ((1, {}), (2, {}), (2, {"sentiment": "positive"})):
        on.key(Key.Key_A)
        assert (len(on.spans), on.value.answers) == (spans, answers)
    assert not on.editor.bar.isVisible()


def test_what_is_taken_over_is_new_and_names_its_model(desk):
    on = desk(TEXT, predictions=[model(*BOTH)])
    on.key(Key.Key_A, SHIFT)
    assert {region.origin for region in on.value.regions} == {"lexicon"}
    assert {region.score for region in on.value.regions} == {None}
    assert not {region.id for region in on.value.regions} & {"great", "slow"}


def test_a_chosen_proposal_is_taken_over_alone_and_the_next_is_chosen(desk):
    on = desk(TEXT, predictions=[model(*BOTH, sentiment="positive")])
    on.key(Key.Key_Tab)
    assert on.editor.bar.badge.text == "1 of 3 predictions"
    on.key(Key.Key_A)
    assert on.spans == [("great", "pos")]
    assert on.value.answers == {}
    assert on.labels == ["Accept prediction"]
    assert [one.span.text for one in on.editor.chosen_open()] == ["slow"]
    on.key(Key.Key_A)
    assert on.spans == [("great", "pos"), ("slow", "neg")]


def test_shift_a_takes_over_all_even_if_one_is_chosen(desk):
    on = desk(TEXT, predictions=[model(*BOTH)])
    on.click("great")
    on.key(Key.Key_A, SHIFT)
    assert len(on.spans) == 2


def test_a_labels_key_takes_a_proposal_over_with_that_label(desk):
    on = desk(TEXT, predictions=[model(*BOTH)])
    on.click("great")
    on.key(Key.Key_O)
    assert on.spans == [("great", "neg")]
    assert on.value.regions[0].origin == "lexicon"


def test_x_puts_a_proposal_away_and_it_can_be_called_back(desk):
    on = desk(TEXT, predictions=[model(*BOTH)])
    on.click("great")
    on.key(Key.Key_X)
    assert open_marks(on) == ["Negative"]
    on.key(Key.Key_X)
    assert open_marks(on) == []
    assert on.host.emitted == []
    assert on.editor.bar.badge.text == "2 rejected"
    QTest.mouseClick(on.editor.bar.recall, Qt.MouseButton.LeftButton)
    assert open_marks(on) == ["Positive 0.60", "Negative"]


def test_what_was_put_away_stays_away_when_one_comes_back(desk):
    first = desk(TEXT, predictions=[model(*BOTH)])
    first.click("great")
    first.key(Key.Key_X)
    second = desk(TEXT, predictions=[model(*BOTH)])
    second.editor.restore_state(first.editor.state())
    assert open_marks(second) == ["Negative"]


def test_undoing_an_acceptance_opens_the_proposal_again(desk):
    on = desk(TEXT, predictions=[model(*BOTH, sentiment="positive")])
    on.key(Key.Key_A, SHIFT)
    on.editor.set_value(Value())
    assert open_marks(on) == ["Positive 0.60", "Negative"]
    assert on.editor.bar.badge.text == "3 predictions"


def test_a_person_s_own_answer_closes_the_proposed_one_and_is_kept(desk):
    on = desk(TEXT, Value((), {"sentiment": "negative"}), [model(*BOTH, sentiment="positive")])
    assert on.editor.bar.badge.text == "2 predictions"
    on.key(Key.Key_A)
    assert on.value.answers == {"sentiment": "negative"}


def test_a_span_made_by_hand_closes_the_same_proposal(desk):
    on = desk(TEXT, predictions=[model(*BOTH)])
    on.select("great")
    on.key(Key.Key_P)
    assert open_marks(on) == ["Negative"]


def test_two_models_that_propose_the_same_are_one_proposal(desk):
    on = desk(
        TEXT,
        predictions=[
            model(span("great", "pos"), sentiment="positive"),
            model(
                span("great", "pos", "b"), span("slow", "neg"), author="net", sentiment="neutral"
            ),
        ],
    )
    assert open_marks(on) == ["Positive", "Negative"]
    on.key(Key.Key_A, SHIFT)
    assert on.value.answers == {"sentiment": "positive"}
    assert [region.origin for region in on.value.regions] == ["lexicon", "net"]


def test_what_cannot_be_taken_over_is_not_offered(desk):
    past = Span(id="p", start=30, end=99, label="pos")
    other = Span(id="o", start=0, end=3, label="gone")
    on = desk(TEXT, predictions=[model(past, other, unknown="x", sentiment="positive")])
    assert open_marks(on) == []
    assert on.editor.bar.badge.text == "1 prediction"


def test_the_answer_to_a_question_about_the_part_is_told_and_taken_over(desk):
    on = desk(TEXT, predictions=[model(tone={"per": {"text": 4}}, marks=["ad"])])
    assert on.editor.bar.words.text == "tone: 4 · Marks: Advertising; paid · lexicon 0.87"
    on.key(Key.Key_A, SHIFT)
    assert on.value.answers == {"tone": {"per": {"text": 4}}, "marks": ("ad",)}


def test_read_only_shows_proposals_and_decides_nothing(desk):
    on = desk(TEXT, predictions=[model(*BOTH)], read_only=True)
    assert open_marks(on) == ["Positive 0.60", "Negative"]
    assert not on.editor.bar.accept.isVisible()
    on.key(Key.Key_A)
    on.key(Key.Key_X)
    assert on.host.emitted == []
    assert len(open_marks(on)) == 2


def test_the_bar_does_what_its_keys_do(desk):
    on = desk(TEXT, predictions=[model(*BOTH)])
    QTest.mouseClick(on.editor.bar.accept, Qt.MouseButton.LeftButton)
    assert on.spans == [("great", "pos")]
    on.editor.set_value(Value())
    QTest.mouseClick(on.editor.bar.all, Qt.MouseButton.LeftButton)
    assert len(on.spans) == 2


def test_the_bar_moves_aside_while_a_range_is_drawn(desk):
    on = desk(TEXT, predictions=[model(*BOTH)])
    surface = on.editor.surface
    port, left = surface.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, pos=on.point("food"))
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    for _ in range(2):
        place, none = QPointF(on.point("great")), Qt.MouseButton.NoButton
        held = Qt.KeyboardModifier.NoModifier
        at = port.mapToGlobal(place)
        event = QMouseEvent(QEvent.Type.MouseMove, place, at, none, left, held)
        QApplication.sendEvent(port, event)
    assert not on.editor.bar.isVisible()
    QTest.mouseRelease(port, left, pos=on.point("great"))
    QTest.mouseMove(port, on.point("slow"))
    assert on.editor.bar.isVisible()
