"""A model's boxes: shown dashed from a score on, taken one by one or all, rejected, called back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from labeler.api import Box, Value
from labeler.kit.editor import Prediction

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
SURE = Box(id="p1", label="car", x=50, y=50, width=60, height=40, score=0.9)
SOSO = Box(id="p2", label="van", x=200, y=50, width=60, height=40, score=0.6)
DOUBT = Box(id="p3", label="car", x=350, y=50, width=60, height=40, score=0.2)
GUESS = Prediction("detector v3", Value((SURE, SOSO, DOUBT)))


def open_ids(one) -> list[str]:
    return [proposal.region.id for proposal in one.editor.open]


def test_proposals_are_shown_from_a_score_on_and_the_bar_says_so(desk) -> None:
    one = desk(predictions=[GUESS])
    assert open_ids(one) == ["p1", "p2"]
    bar = one.editor.frame.bar
    assert bar.isVisible()
    assert bar.badge.text == "2 predictions"
    assert bar.words.text == "detector v3 · 0.50 and up"
    for _ in range(3):
        one.key(".")
    assert open_ids(one) == ["p1"], "0.65 and up"
    for _ in range(10):
        one.key(",")
    assert open_ids(one) == ["p1", "p2", "p3"], "0.15 and up"
    assert one.host.emitted == []


def test_the_table_is_told_what_of_a_model_is_not_offered(desk) -> None:
    one = desk(predictions=[GUESS])
    marks = one.editor.region_marks
    assert [marks(region) for region in (SURE, SOSO, DOUBT)] == [(), (), ("hidden",)]
    told = one.host.restated
    one.key(KEY.Key_Tab, "x")
    assert [marks(region) for region in (SURE, SOSO, DOUBT)] == [("hidden",), (), ("hidden",)]
    assert one.host.restated > told


def test_a_takes_what_is_chosen_and_goes_on_to_the_next(desk) -> None:
    one = desk(predictions=[GUESS])
    one.key(KEY.Key_Tab, "a")
    assert one.boxes == [(50, 50, 60, 40, "car")]
    taken = one.editor.value.regions[0]
    assert (taken.origin, taken.score) == ("detector v3", 0.9)
    assert one.surface.chosen == ("detector v3:p2",)
    one.key("x")
    assert open_ids(one) == []
    assert one.labels == ["Accept prediction"]


def test_what_was_taken_and_moved_is_not_proposed_again(desk) -> None:
    one = desk(predictions=[GUESS])
    one.key(KEY.Key_Tab, "a")
    one.editor.select_regions((one.editor.value.regions[0].id,))
    one.key(KEY.Key_Right, held=SHIFT)
    assert one.boxes[0][0] == 60
    assert open_ids(one) == ["p2"]


def test_all_are_taken_at_once_and_undo_proposes_them_again(desk) -> None:
    one = desk(predictions=[GUESS])
    one.key("a", held=SHIFT)
    assert len(one.boxes) == 2
    assert one.labels == ["Accept predictions"]
    one.editor.set_value(Value())
    assert open_ids(one) == ["p1", "p2"]


def test_a_labels_key_takes_a_proposal_under_another_label(desk) -> None:
    one = desk(predictions=[GUESS])
    one.key(KEY.Key_Tab, "2")
    assert one.boxes == [(50, 50, 60, 40, "van")]


def test_what_was_rejected_is_called_back(desk) -> None:
    one = desk(predictions=[GUESS])
    one.key("x")
    assert open_ids(one) == ["p2"], "the first, where none is chosen"
    one.key("x")
    assert open_ids(one) == []
    bar = one.editor.frame.bar
    assert bar.badge.text == "2 rejected"
    bar.recall.click()
    assert open_ids(one) == ["p1", "p2"]
    assert one.host.emitted == []


def test_of_two_models_that_propose_the_same_one_is_shown(desk) -> None:
    twin = Box(id="q", label="car", x=50, y=50, width=60, height=40, score=0.7)
    foreign = Box(id="f", label="boat", x=5, y=5, width=6, height=4)
    one = desk(predictions=[GUESS, Prediction("other", Value((twin, foreign)), 0.8)])
    assert open_ids(one) == ["p1", "p2"]


def test_a_read_only_task_shows_them_and_offers_nothing(desk) -> None:
    one = desk(predictions=[GUESS], read_only=True)
    assert open_ids(one) == ["p1", "p2"]
    bar = one.editor.frame.bar
    assert not bar.accept.isVisible()
    one.key("a", "x")
    assert one.host.emitted == []


def test_the_bar_moves_aside_for_the_hand_that_draws(desk) -> None:
    one = desk(predictions=[GUESS])
    one.click(20, 200)
    assert not one.editor.frame.bar.isVisible()
    one.click(60, 260)
    assert one.editor.frame.bar.isVisible()


def test_what_a_detector_draws_beyond_the_picture_is_cut_off_when_it_is_taken(desk) -> None:
    def box(ident: str, *place: float, rotation: float = 0.0) -> Box:
        x, y, width, height = place
        return Box(
            id=ident,
            label="car",
            x=x,
            y=y,
            width=width,
            height=height,
            rotation=rotation,
            score=0.9,
        )

    guesses = (
        box("corner", -20, -10, 100, 50),
        box("right", 550, 350, 100, 100),
        # Within the pixel that is allowed, and turned: as the model said it.
        box("hair", 100.0, -0.6, 50.0, 50.0),
        box("turned", 540, 100, 100, 20, rotation=30),
    )
    one = desk(predictions=[Prediction("detector", Value(guesses))])
    one.key("a", held=SHIFT)
    places = {one.id: (one.x, one.y, one.width, one.height) for one in one.editor.value.regions}
    assert places == {
        "corner": (0, 0, 80, 40),
        "right": (550, 350, 50, 50),
        "hair": (100.0, -0.6, 50.0, 50.0),
        "turned": (540, 100, 100, 20),
    }
    assert open_ids(one) == []
