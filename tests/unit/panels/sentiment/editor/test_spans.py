"""Spans made, relabelled, moved and removed by hand: what is emitted, and what undo calls it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from labeler.api import Opaque, Span, Value

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
FAMILY = "👨\u200d👩\u200d👧"


def span(text: str, words: str, label: str | None = "pos", ident: str = "", **more: object) -> Span:
    at = text.index(words)
    return Span(id=ident or words, start=at, end=at + len(words), label=label, text=words, **more)


FOOD = "The food was great 😊, the waiter was slow and the food came cold."


def test_words_drawn_and_a_labels_key_make_a_span(desk):
    on = desk(FOOD)
    on.drag("great")
    assert on.host.emitted == []
    on.key(Key.Key_P)
    assert on.spans == [("great", "pos")]
    assert on.labels == ["Add span"]
    assert on.chosen == ["great"]
    assert on.editor.surface.selection is None


def test_a_span_behind_emoji_counts_code_points(desk):
    on = desk(FOOD)
    on.drag("waiter", "slow")
    on.key(Key.Key_O)
    [made] = on.value.regions
    # "The food was great " is 19 code points, the emoji one, ", the " six
    assert (made.start, made.end, made.text) == (26, 41, "waiter was slow")


def test_two_clicks_and_a_key_make_a_span(desk):
    on = desk(FOOD)
    QTest.mouseDClick(on.editor.surface.viewport(), Qt.MouseButton.LeftButton, pos=on.point("food"))
    on.key(Key.Key_P)
    assert on.spans == [("food", "pos")]


def test_a_span_is_made_by_keys_alone(desk):
    on = desk(FOOD)
    on.key(Key.Key_Right, CTRL)
    on.key(Key.Key_Space)
    assert on.editor.surface.selection == (4, 8)
    on.key(Key.Key_Space)
    assert on.editor.surface.selection == (4, 12)
    on.key(Key.Key_P)
    assert on.spans == [("food was", "pos")]


def test_a_click_on_the_legend_labels_what_is_selected(desk):
    on = desk(FOOD)
    on.select("great")
    QTest.mouseClick(on.editor.legend.button("neg"), Qt.MouseButton.LeftButton)
    assert on.spans == [("great", "neg")]
    assert on.editor.armed is None


def test_the_same_span_is_not_made_twice_but_shown(desk):
    on = desk(FOOD, Value((span(FOOD, "great"),)))
    on.select("great")
    on.key(Key.Key_P)
    assert on.host.emitted == []
    assert on.chosen == ["great"]


def test_spans_may_overlap_and_lie_in_each_other(desk):
    on = desk(FOOD)
    for words, key in (
        ("food was great", Key.Key_P),
        ("great", Key.Key_O),
        ("food was great", Key.Key_O),
    ):
        on.select(words)
        on.key(key)
    assert on.spans == [("food was great", "pos"), ("great", "neg"), ("food was great", "neg")]


def test_a_label_in_hand_paints_every_range_until_it_is_put_down(desk):
    on = desk(FOOD)
    on.key(Key.Key_P)
    assert on.editor.armed == "pos"
    on.drag("food")
    on.drag("great")
    assert on.spans == [("food", "pos"), ("great", "pos")]
    on.key(Key.Key_Escape)
    assert on.editor.armed is None
    on.click("waiter")
    on.drag("waiter")
    assert len(on.spans) == 2


def test_pressing_the_key_of_the_label_in_hand_puts_it_down(desk):
    on = desk(FOOD)
    on.key(Key.Key_P)
    on.key(Key.Key_O)
    assert on.editor.armed == "neg"
    on.key(Key.Key_O)
    assert on.editor.armed is None


def test_a_third_click_with_a_label_in_hand_replaces_the_word_by_the_sentence(desk):
    on = desk("It was late. The food was great! Yes.")
    on.key(Key.Key_P)
    on.editor.commands.paint(17, 21, "pos", 2)
    assert on.spans == [("food", "pos")]
    on.editor.commands.paint(13, 32, "pos", 3)
    assert on.spans == [("The food was great!", "pos")]
    (_, _, first), (_, _, second) = on.host.emitted
    assert first == second != ""


def test_another_labels_key_changes_the_chosen_span(desk):
    on = desk(FOOD, Value((span(FOOD, "great"), span(FOOD, "slow"))))
    kept = on.value.regions[1]
    on.click("great")
    on.key(Key.Key_O)
    assert on.spans == [("great", "neg"), ("slow", "pos")]
    assert on.labels == ["Change label"]
    assert on.value.regions[1] is kept
    on.key(Key.Key_O)
    assert on.labels == ["Change label"]


def test_several_chosen_spans_change_in_one_step(desk):
    on = desk(FOOD, Value((span(FOOD, "great"), span(FOOD, "slow"))))
    on.click("great")
    on.click("slow", CTRL)
    on.key(Key.Key_O)
    assert on.spans == [("great", "neg"), ("slow", "neg")]
    assert on.labels == ["Change label"]


def test_delete_removes_the_chosen_span_and_the_next_is_chosen(desk):
    on = desk(FOOD, Value((span(FOOD, "slow"), span(FOOD, "great"), span(FOOD, "cold"))))
    on.click("great")
    on.key(Key.Key_Delete)
    assert on.spans == [("slow", "pos"), ("cold", "pos")]
    assert on.labels == ["Remove span"]
    assert on.chosen == ["slow"]
    on.key(Key.Key_Delete, times=2)
    assert on.spans == []
    on.key(Key.Key_Delete)
    assert len(on.labels) == 3


def test_tab_walks_the_spans_in_the_order_of_the_text_and_leaves_at_the_end(desk):
    on = desk(FOOD, Value((span(FOOD, "slow"), span(FOOD, "food"), span(FOOD, "cold"))))
    seen = []
    for _ in range(3):
        on.key(Key.Key_Tab)
        seen += on.chosen
    assert seen == ["food", "slow", "cold"]
    assert not on.editor.can_run("sentiment.next_span").ok
    assert not on.editor.run("sentiment.next_span")
    on.key(Key.Key_Backtab, SHIFT)
    assert on.chosen == ["slow"]
    assert on.host.selected[-1] == ("slow",)


def test_walking_begins_at_the_caret(desk):
    on = desk(FOOD, Value((span(FOOD, "food"), span(FOOD, "slow"))))
    at = FOOD.index("waiter")
    on.editor.surface.select(at, at)
    assert on.editor.run("sentiment.next_span")
    assert on.chosen == ["slow"]
    on.key(Key.Key_Escape)
    on.editor.surface.select(at, at)
    on.editor.run("sentiment.previous_span")
    assert on.chosen == ["food"]


def test_alt_and_arrows_move_the_ends_letter_by_letter_as_one_step(desk):
    text = f"a {FAMILY}gut{FAMILY} b"
    on = desk(text, Value((span(text, "gut"),)))
    on.click("gut")
    on.key(Key.Key_Right, ALT | SHIFT)
    on.key(Key.Key_Right, ALT | SHIFT, times=2)
    assert on.spans == [(f"gut{FAMILY} b", "pos")]
    assert len({key for _, _, key in on.host.emitted}) == 1
    on.key(Key.Key_Left, ALT)
    assert on.spans == [(f"{FAMILY}gut{FAMILY} b", "pos")]
    keys = [key for _, _, key in on.host.emitted]
    assert keys[-1] != keys[0] != ""
    assert on.chosen == [f"{FAMILY}gut{FAMILY} b"]


def test_an_end_never_passes_the_other_nor_the_text(desk):
    on = desk("abc", Value((span("abc", "b"),)))
    on.click("b")
    on.key(Key.Key_Left, ALT | SHIFT)
    on.key(Key.Key_Right, ALT)
    assert on.spans == [("b", "pos")]
    on.key(Key.Key_Left, ALT, times=4)
    on.key(Key.Key_Right, ALT | SHIFT, times=4)
    assert on.spans == [("abc", "pos")]


def test_from_right_to_left_an_arrow_moves_an_end_where_it_points(desk):
    text = "الأكل لذيذ جدا"
    on = desk(text, Value((span(text, "لذيذ"),)))
    on.click("لذيذ")
    on.key(Key.Key_Right, ALT)
    [moved] = on.value.regions
    assert (moved.start, moved.end) == (5, 10)
    on.key(Key.Key_Left, ALT | SHIFT)
    assert on.value.regions[0].end == 11


def test_return_repeats_the_last_label(desk):
    on = desk(FOOD)
    on.select("great")
    on.key(Key.Key_Return)
    assert on.spans == []
    on.key(Key.Key_P)
    on.select("cold")
    on.key(Key.Key_Return)
    assert on.spans == [("great", "pos"), ("cold", "pos")]


def test_all_occurrences_get_the_label_in_one_step(desk):
    text = "food, Food and food; seafood. food"
    on = desk(text, Value((span(text, "food"),)))
    on.click("food")
    on.key(Key.Key_Return, SHIFT)
    assert [words for words, _ in on.spans] == ["food"] * 3
    assert [region.start for region in on.value.regions] == [0, 15, 30]
    assert on.labels == ["Add spans"]
    assert on.host.said == ["Labelled 2 more places as Positive"]
    on.editor.surface.set_chosen(["food"])
    on.key(Key.Key_Return, SHIFT)
    assert on.labels == ["Add spans"]
    assert on.host.said[-1] == "All occurrences have this label already"


def test_spans_with_line_ends_in_them_keep_them(desk):
    text = "eins\r\nzwei\r\ndrei"
    on = desk(text)
    on.drag("eins", "drei")
    on.key(Key.Key_P)
    [made] = on.value.regions
    assert (made.start, made.end, made.text) == (0, 16, text)


def test_a_letter_that_is_no_labels_key_is_left_to_others(desk):
    on = desk(FOOD)
    on.select("great")
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    for key, text, held in (
        (Key.Key_1, "1", Qt.KeyboardModifier.NoModifier),
        (Key.Key_Z, "z", Qt.KeyboardModifier.NoModifier),
        (Key.Key_P, "p", CTRL),
    ):
        assert not on.editor.handle_key(QKeyEvent(QEvent.Type.KeyPress, key, held, text))
    assert on.spans == []


def test_labels_of_other_types_and_retired_ones_are_not_offered(desk, config):
    import msgspec

    from labeler.api import Label

    labels = (
        Label("box", "Box", key="B", types=("box",)),
        Label("old", "Old", key="X", retired=True),
    )
    on = desk(FOOD, config=msgspec.structs.replace(config, labels=(*config.labels, *labels)))
    assert on.editor.legend.button("box") is None
    on.select("great")
    on.key(Key.Key_B)
    assert on.spans == []


# values from outside


def test_a_value_set_from_outside_is_drawn_and_never_emitted(desk):
    on = desk(FOOD)
    on.editor.set_value(Value((span(FOOD, "great"),)))
    assert on.editor.surface.page.marks.keys() == {"great"}
    on.editor.select_regions(["great"])
    on.editor.set_value(Value())
    assert on.editor.surface.chosen == ()
    assert on.host.emitted == []
    assert on.host.selected == []


def test_regions_of_unknown_types_stay_the_identical_objects(desk):
    opaque = Opaque(id="star", kind="star", raw=b'{"type":"star","id":"star"}')
    on = desk(FOOD, Value((opaque, span(FOOD, "great"))))
    on.select("slow")
    on.key(Key.Key_P)
    assert on.value.regions[0] is opaque
    on.click("great")
    on.key(Key.Key_Delete)
    assert on.value.regions[0] is opaque


def test_answers_given_elsewhere_survive_a_span(desk):
    on = desk(FOOD, Value((), {"sentiment": "positive"}))
    on.select("great")
    on.key(Key.Key_P)
    assert on.value.answers == {"sentiment": "positive"}


def test_nothing_changes_where_it_is_read_only(desk):
    before = Value((span(FOOD, "great"),))
    on = desk(FOOD, before, read_only=True)
    on.click("great")
    for key in (Key.Key_O, Key.Key_Delete, Key.Key_Return, Key.Key_A):
        on.key(key)
    on.key(Key.Key_Right, ALT | SHIFT)
    on.drag("slow")
    on.key(Key.Key_P)
    assert on.value is before
    assert on.host.emitted == []
    assert on.editor.can_run("sentiment.remove_span").reason == "The task is read only"
    assert on.editor.armed is None
    on.editor.set_read_only(False)
    on.click("great")
    on.key(Key.Key_Delete)
    assert on.value.regions == ()


def test_a_span_past_the_end_is_no_crash(desk):
    on = desk("kurz", Value((Span(id="x", start=2, end=99, label="pos", text="?"),)))
    assert on.editor.surface.page.marks == {}
    on.key(Key.Key_Tab)
    on.editor.select_regions(["x"])
    assert on.editor.describe_region(on.value.regions[0]) == ("?", "2")


# the table, the state, the words above


def test_the_table_has_the_words_and_their_place(desk):
    text = "one\r\ntwo  three"
    on = desk(text, Value((span(text, text),)))
    assert [column.key for column in on.editor.region_columns()] == ["words", "from"]
    assert on.editor.describe_region(on.value.regions[0]) == ("one two three", "0")


def test_coming_back_finds_caret_choice_scroll_and_label_in_hand(desk):
    text = "\n".join(f"paragraph {n} about food" for n in range(500))
    at = text.index("paragraph 400")
    value = Value((Span(id="s", start=at, end=at + 9, label="pos", text="paragraph"),))
    first = desk(text, value)
    first.editor.surface.scroll_to(at)
    first.editor.surface.select(at + 14, at + 19, reveal=False)
    first.editor.surface.set_chosen(["s"])
    first.key(Key.Key_O)
    first.key(Key.Key_Escape)
    first.editor.arm("neg")
    state = first.editor.state()
    second = desk(text, first.value)
    second.editor.restore_state(state)
    assert second.editor.state() == state
    assert second.editor.surface.first_in_sight() == at
    assert second.editor.armed == "neg"
    assert second.host.emitted == []


@pytest.mark.parametrize(
    "state",
    [
        None,
        7,
        [],
        {"top": -4, "caret": 10**9, "selection": [3, 99], "chosen": ["gone"], "armed": "gone"},
        {"top": "x"},
        {"selection": [1]},
        {"rejected": [1, 2]},
    ],
)
def test_a_state_that_does_not_fit_is_left_aside(desk, state):
    on = desk("kurz")
    on.editor.restore_state(state)
    assert on.editor.surface.caret == 0
    assert on.editor.armed is None
    assert on.host.emitted == []


def test_the_line_above_says_what_is_known_of_the_text(desk):
    meta = {"source": "Review", "language": "de", "about": "Gasthaus", "stars": 4, "n": {"x": 1}}
    on = desk(f"Gut {FAMILY}", meta=meta)
    from labeler.kit.controls.text import Badge, ElidedText, Text

    header = on.editor.header
    words = [one.text() for one in header.findChildren(Text)]
    facts = [one.text for one in header.findChildren(ElidedText)]
    assert [one.text for one in header.findChildren(Badge)] == ["Review"]
    assert facts == ["Gasthaus", "German"]
    # three letters, a space and one family
    assert words == ["5 characters"]


def test_labels_that_have_no_room_stand_in_a_menu(desk, config):
    import msgspec

    from labeler.api import Label

    many = tuple(Label(f"l{n}", f"Label number {n}") for n in range(20))
    on = desk(FOOD, config=msgspec.structs.replace(config, labels=many))
    legend = on.editor.legend
    legend.resize(600, 28)
    legend.show()
    shown = [n for n in range(20) if legend.button(f"l{n}").isVisible()]
    assert shown == list(range(len(shown)))
    assert 2 <= len(shown) < 20
    actions = legend._menu.actions()
    assert len(actions) == 20 - len(shown)
    on.select("great")
    actions[-1].trigger()
    assert on.spans == [("great", "l19")]


def test_the_next_task_begins_at_its_beginning(desk, config):
    on = desk("\n".join("words" for _ in range(300)))
    on.editor.surface.scroll_to(800)
    on.select("words")
    from labeler.kit.editor import TaskView
    from labeler.panels.sentiment.task import TextContent

    content = TextContent(text="another")
    on.editor.show_task(TaskView("1" * 32, "k2", content, content.parts(), config, Value()))
    assert on.editor.surface.selection is None
    assert on.editor.surface.verticalScrollBar().value() == 0
    on.editor.close_task()
    assert on.text == ""


def test_a_drag_under_way_is_dropped_when_the_app_asks(desk):
    on = desk(FOOD)
    on.key(Key.Key_P)
    port = on.editor.surface.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=on.point("food"))
    on.editor.finish_gesture()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=on.point("great") + QPoint(1, 0))
    assert on.host.emitted == []


def test_without_its_text_a_task_keeps_its_spans_whatever_is_pressed(desk, config):
    from labeler.kit.editor import TaskView

    on = desk(FOOD)
    value = Value((span(FOOD, "great"),))
    on.editor.show_task(TaskView("1" * 32, "k", None, (), config, value))
    on.editor.select_regions(["great"])
    for key in (Key.Key_O, Key.Key_Delete, Key.Key_A, Key.Key_Space, Key.Key_Return):
        on.key(key)
    assert on.host.emitted == []
    assert on.value is value


def test_words_are_found_by_typing_and_labelled_by_key(desk):
    on = desk("The food was great, the waiter slow.")
    on.editor.window().activateWindow()
    on.editor.run("sentiment.find")
    QTest.keyClicks(on.editor.finder.line, "sl")
    QTest.keyClick(on.editor.finder.line, Qt.Key.Key_Return)
    on.key(Qt.Key.Key_O)
    assert on.spans == [("slow", "neg")]
