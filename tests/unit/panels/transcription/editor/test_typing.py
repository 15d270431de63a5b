"""The text of segments: typed by letters, undone by words, proposed by models, in any script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from labeler.api import Segment, Value
from labeler.kit.controls.keycap import shown_key
from labeler.kit.editor import Prediction
from labeler.kit.paint import text_width
from labeler.kit.theme import Theme
from labeler.panels.transcription.live_text import WordRuns

SECOND = 1_000_000
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
Make = Callable[..., Any]


def segment(
    ident: str, start: float, end: float, speaker: str = "", text: str = "", **more: Any
) -> Segment:
    first, last = round(start * SECOND), round(end * SECOND)
    return Segment(id=ident, start=first, end=last, speaker=speaker, text=text, **more)


def three() -> Value:
    return Value(
        (
            segment("a", 1, 2, "Anna", "one"),
            segment("b", 3, 4, "Ben", "two"),
            segment("c", 5, 6, "Anna", "three"),
        )
    )


def test_letters_type_and_no_command_runs(desk: Make) -> None:
    it = desk(three())
    it.editor.choose("a")
    it.key(Key.Key_Return)
    it.key(" ax12 =-+pnlmz")
    assert it.rows[0][3] == "one ax12 =-+pnlmz"
    assert set(it.labels) == {"Type text"}


def test_typing_is_undone_word_by_word(desk: Make) -> None:
    it = desk(three())
    it.editor.choose("a")
    it.key(Key.Key_Return)
    it.key(" big world")
    runs: dict[str, str] = {}
    for emission in it.host.emitted:
        runs[emission.key] = emission.value.region("a").text
    assert list(runs.values()) == ["one ", "one big ", "one big world"]


@pytest.mark.parametrize(
    ("texts", "runs"),
    [
        (["", "h", "he", "he ", "he w", "he wo"], [1, 1, 1, 2, 2]),
        (["ab", "a", "", "x"], [1, 1, 2]),
        (["abc", "ac", "aXc"], [1, 2]),  # the caret between them
        (["ab cd", "ab", "ab "], [1, 2]),  # a paste, then typing
        (["", "日", "日本"], [1, 1]),
    ],
)
def test_a_run_of_typing_is_a_word(texts: list[str], runs: list[int]) -> None:
    counted = WordRuns()
    found = [counted.run(old, new) for old, new in pairwise(texts)]
    assert found == runs


def test_leaving_the_text_ends_its_run(desk: Make) -> None:
    it = desk(three())
    it.editor.choose("a")
    it.key(Key.Key_Return)
    it.key("x")
    it.key(Key.Key_Escape)
    assert not it.editor.is_typing
    it.key(Key.Key_Return)
    it.key("y")
    assert len({one.key for one in it.host.emitted}) == 2


def test_enter_goes_on_to_the_next_text(desk: Make) -> None:
    it = desk(three())
    it.editor.choose("a")
    it.key(Key.Key_Return)
    it.key("!")
    it.key(Key.Key_Return)
    it.key("!")
    it.key(Key.Key_Up)
    it.key("?")
    assert [row[3] for row in it.rows] == ["one!?", "two!", "three"]
    assert it.host.selections == [("a",), ("b",), ("a",)]


def test_going_on_from_text_to_text_stays_where_it_was_just_heard(desk: Make) -> None:
    it = desk(three())
    it.editor.choose("a")
    it.key(Key.Key_Return)
    it.at(4.9)  # heard up to a little behind the second
    it.key(Key.Key_Return)
    assert it.editor.chosen_id == "b"
    assert it.editor.sounding.player.position == 4_900_000
    it.key(Key.Key_Return)  # the third was not heard yet
    assert it.editor.sounding.player.position == 5 * SECOND


def test_what_to_do_first_is_said_where_there_is_nothing(desk: Make) -> None:
    it = desk()
    it.editor.show_keys()
    assert "F8" in it.editor.transcript.hint
    assert "F5" in it.editor.transcript.hint


def test_shift_enter_breaks_the_line_and_arrows_walk_its_lines(desk: Make) -> None:
    it = desk(three())
    it.editor.choose("a")
    it.key(Key.Key_Return)
    it.key(Key.Key_Return, SHIFT)
    it.key("more")
    assert it.rows[0][3] == "one\nmore"
    it.key(Key.Key_Up)
    assert it.editor.chosen_id == "a"
    it.key(Key.Key_Up)
    assert it.editor.transcript.typed == "a"  # there is no row above
    it.key(Key.Key_Down)
    it.key(Key.Key_Down)
    assert it.editor.chosen_id == "b"


def test_undo_from_outside_keeps_the_caret(desk: Make) -> None:
    it = desk(three())
    it.editor.choose("b")
    it.key(Key.Key_Return)
    it.key(Key.Key_Home)
    before = it.value
    it.key("xy ")
    it.editor.finish_gesture()
    it.editor.set_value(before)
    live = it.editor.transcript.live
    assert (live.toPlainText(), live.caret) == ("two", 0)
    it.key("z")
    assert it.value.region("b").text == "ztwo"


def test_caps_show_the_chord_while_letters_type(desk: Make) -> None:
    it = desk(three())
    chip = it.editor.tools.speakers.chip("Anna")
    it.editor.show_keys()
    assert chip.key == "1"
    it.editor.choose("a")
    it.key(Key.Key_Return)
    assert chip.key == "Alt+1"
    assert it.editor.stage.transport.play.key == "F8"
    it.key(Key.Key_Escape)
    assert chip.key == "1"


class GermanKeyboard(QTranslator):
    """Keys as a German keyboard has them printed on, as Qt's own translation says them."""

    def translate(self, _context: str, source: str, _note: str = "", _count: int = -1) -> str:
        return "Umschalt" if source == "Shift" else source


def test_the_chord_of_a_key_with_shift_is_shown_in_any_language(desk: Make, qapp: Any) -> None:
    it = desk(three())
    plain = it.host.key_text
    it.host.key_text = lambda command: shown_key(plain(command))
    german = GermanKeyboard()
    qapp.installTranslator(german)
    try:
        it.editor.choose("a")
        it.key(Key.Key_Return)
        assert it.editor.stage.predictions.all.key == "Alt+Umschalt+A"
    finally:
        qapp.removeTranslator(german)


def test_a_row_is_drawn_as_it_is_typed(desk: Make) -> None:
    it = desk(three())
    it.editor.choose("a")
    it.key(Key.Key_Return)
    it.key("!")
    assert it.editor.transcript.table.index(0, 4).data() == "one!"
    assert it.editor.timeline.mark("a").text == "one!"


def test_untouched_regions_stay_the_same_objects(desk: Make) -> None:
    value = three()
    it = desk(value)
    it.editor.choose("b")
    it.key(Key.Key_Return)
    it.key("x")
    regions = it.value.regions
    assert regions[0] is value.regions[0]
    assert regions[2] is value.regions[2]


# what models propose


def guess() -> Prediction:
    value = Value(
        (
            segment("p1", 7, 8, "Anna", "proposed", score=0.94),
            segment("p2", 9, 10, "Cleo", "wrong", score=0.31),
            segment("p3", 1.1, 1.9, "Anna", "covered"),
        )
    )
    return Prediction("whisper", value)


def test_proposals_stand_among_the_rows_unless_somebody_worked_there(desk: Make) -> None:
    it = desk(three(), [guess()])
    rows = [(row.text, row.state) for row in it.editor.transcript.table.entries]
    assert rows[3:] == [("proposed", "proposed"), ("wrong", "proposed")]
    state = it.editor.transcript.table.index(3, 5)
    assert state.data() == "0.94", "the bar above names the only model"
    assert state.data(Qt.ItemDataRole.AccessibleTextRole) == "whisper 0.94"
    assert it.editor.stage.predictions.words.text == "whisper"
    other = Prediction("sphinx", Value((segment("q1", 12, 13, "Anna", "more", score=0.5),)))
    both = desk(three(), [guess(), other]).editor.transcript.table
    assert [both.index(row, 5).data() for row in (3, 5)] == ["whisper 0.94", "sphinx 0.50"]
    assert it.editor.timeline.mark("whisper:p1").dashed


def test_a_accepts_x_rejects_and_the_next_one_follows(desk: Make) -> None:
    it = desk(three(), [guess()])
    it.editor.choose("whisper:p1")
    it.key("a")
    region = it.value.region("p1")
    assert (region.text, region.origin, region.score) == ("proposed", "whisper", None)
    assert it.editor.chosen_id == "whisper:p2"
    it.key("x")
    assert it.labels == ["Accept prediction"]
    assert not it.editor.open
    assert it.editor.run("transcription.recall")
    assert [one.id for one in it.editor.open] == ["whisper:p2"]


def test_the_table_is_told_what_of_a_model_is_not_offered(desk: Make) -> None:
    told = guess()
    it = desk(three(), [told])

    def marks() -> list[tuple[str, ...]]:
        return [it.editor.region_marks(region) for region in told.value.regions]

    assert marks() == [(), (), ("hidden",)], "the third is covered by the person's own"
    it.editor.choose("whisper:p2")
    restated = it.host.restated
    it.key("x")
    assert marks() == [(), ("hidden",), ("hidden",)]
    assert it.host.restated > restated
    assert it.editor.run("transcription.recall")
    assert marks() == [(), (), ("hidden",)]


def test_typing_into_a_proposal_takes_it_over(desk: Make) -> None:
    it = desk(three(), [guess()])
    it.editor.choose("whisper:p2")
    it.key(Key.Key_Return)
    it.key("s")
    assert it.value.region("p2").text == "wrongs"
    assert it.labels == ["Accept prediction", "Type text"]
    states = {row.id: row.state for row in it.editor.transcript.table.entries}
    assert states["p2"] == "edited"


def test_all_are_accepted_in_one_step(desk: Make) -> None:
    it = desk(three(), [guess()])
    it.key("a", SHIFT)
    assert [row[3] for row in it.rows[3:]] == ["proposed", "wrong"]
    assert it.labels == ["Accept predictions"]


def test_what_was_rejected_is_remembered_with_the_place(desk: Make) -> None:
    it = desk(three(), [guess()])
    it.editor.choose("whisper:p2")
    it.key("x")
    state = it.editor.state()
    it.editor.show_task(it.editor.view)
    assert len(it.editor.open) == 2
    it.editor.restore_state(state)
    assert [one.id for one in it.editor.open] == ["whisper:p1"]


# other scripts, looks and sizes


def ink_of_text(it: Any, row: int) -> tuple[int, int]:
    """Where the letters of a row begin and end, as shares of its cell in percent."""
    view = it.editor.transcript
    cell = view.visualRect(view.table.index(row, 4))
    picture = view.viewport().grab(cell).toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = picture.pixel(1, 5)
    dark = [
        x
        for x in range(picture.width())
        if any(picture.pixel(x, y) != ground for y in range(4, picture.height() - 4))
    ]
    return round(100 * dark[0] / picture.width()), round(100 * dark[-1] / picture.width())


def test_arabic_stands_at_the_right_and_english_at_the_left(desk: Make) -> None:
    it = desk(Value((segment("a", 1, 2, "A", "مرحبا بكم"), segment("b", 3, 4, "A", "Welcome"))))
    arabic, english = ink_of_text(it, 0), ink_of_text(it, 1)
    assert arabic[0] > 60
    assert arabic[1] > 90
    assert english[0] < 5
    assert english[1] < 40


@pytest.mark.parametrize("choice", ["light", "dark", "high_contrast"])
def test_it_stands_at_twice_the_text_size_in_a_small_window(
    desk: Make, theme: Theme, choice: str
) -> None:
    it = desk(three(), [guess()], size=(640, 600))
    theme.set(choice=choice, text_scale=2.0)
    QTest.qWait(0)
    it.editor.choose("a")
    it.key(Key.Key_Return)
    it.page.grab()
    view = it.editor.transcript
    assert view.horizontalHeader().length() <= view.viewport().width()
    assert view.live.isVisible()
    assert view.visualRect(view.table.index(0, 4)).width() >= 200
    assert it.editor.stage.transport.play.isVisible()


def test_long_names_do_not_push_the_text_away(desk: Make) -> None:
    long = "Oberregierungsrätin Dr. Wilhelmine von Donaudampfschifffahrt"
    it = desk(Value((segment("a", 1, 2, long, "hello"),)), size=(760, 600))
    view = it.editor.transcript
    assert view.visualRect(view.table.index(0, 4)).width() > 200
    assert it.editor.timeline.rows.names.width() <= 180


def test_a_letter_among_five_thousand_segments_concerns_its_own_row_alone(desk: Make) -> None:
    value = Value(
        tuple(
            segment(f"s{n}", n / 250, n / 250 + 0.003, f"S{n % 4}", f"text {n}")
            for n in range(5_000)
        )
    )
    it = desk(value)
    it.editor.choose("s2500")
    it.key(Key.Key_Return)
    model, timeline = it.editor.transcript.table, it.editor.timeline
    rows: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: rows.append((first.row(), last.row())))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    others = timeline.mark("s2499")
    it.key("ab")
    # The time it takes is in the bench; here is what it takes it for.
    assert rows == [(2_500, 2_500)] * 2
    assert resets == []
    assert timeline.mark("s2499") is others
    assert it.value.region("s2500").text == "text 2500ab"


def test_the_table_of_regions_gets_its_words(desk: Make) -> None:
    it = desk(three())
    assert it.editor.describe_region(it.value.regions[1]) == ("3.000", "Ben", "two")
    it.editor.select_regions(["c"])
    assert it.editor.chosen_id == "c"
    assert it.host.selections == []


def test_the_first_proposal_is_chosen_so_that_one_key_decides_it(desk: Make) -> None:
    it = desk(three(), [guess()])
    assert it.editor.chosen_id == "whisper:p1"
    assert it.editor.sounding.player.position == 0, "it is heard from the beginning"
    assert it.host.emitted == []
    it.key("a")
    assert it.value.region("p1") is not None
    it.key("x")
    assert it.editor.open == []
    assert desk(three(), [guess()], read_only=True).editor.chosen_id == ""


def test_somebody_who_had_put_it_down_finds_nothing_chosen(desk: Make) -> None:
    it = desk(three(), [guess()])
    it.key(Key.Key_Escape)
    state = it.editor.state()
    it.editor.show_task(it.editor.view)
    it.editor.restore_state(state)
    assert it.editor.chosen_id == ""


def letters_from(it: Any, row: int) -> list[int]:
    """The columns of a row's text cell with ink in them, from the middle of the row."""
    view = it.editor.transcript
    cell = view.visualRect(view.table.index(row, 4))
    picture = view.viewport().grab(cell).toImage().convertToFormat(QImage.Format.Format_RGB32)
    high = range(8, picture.height() - 8)
    inside = range(8, picture.width() - 10)
    colours = Counter(picture.pixel(x, y) for x in inside for y in high)
    [(ground, _)] = colours.most_common(1)
    return [x for x in inside if any(picture.pixel(x, y) != ground for y in high)]


@pytest.mark.parametrize("way", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_full_stop_stands_where_the_text_ends_whichever_way_the_window_runs(
    desk: Make, way: Qt.LayoutDirection
) -> None:
    words, more = "שלום", "Well"
    value = Value(
        tuple(
            segment(f"s{n}", n, n + 0.5, "A", text)
            for n, text in enumerate((words, words + "!", more, more + "!"), start=1)
        )
    )
    it = desk(value)
    it.page.setLayoutDirection(way)
    QTest.qWait(0)
    hebrew, louder, english, shouted = (letters_from(it, row) for row in range(4))
    # The mark is added at the left of Hebrew and at the right of English; the rest stays.
    assert louder[-1] == hebrew[-1]
    assert louder[0] < hebrew[0]
    assert shouted[0] == english[0]
    assert shouted[-1] > english[-1]


def test_no_letter_moves_when_the_caret_goes_into_a_text(desk: Make) -> None:
    it = desk(Value((segment("a", 1, 2, "A", "مرحبا بكم"), segment("b", 3, 4, "A", "Welcome"))))
    for row, ident in enumerate("ab"):
        it.editor.choose("")
        before = letters_from(it, row)
        it.editor.start_typing(ident)
        it.editor.transcript.live.setReadOnly(True)
        it.editor.timeline.setFocus()
        QTest.qWait(0)
        after = letters_from(it, row)
        assert abs(before[0] - after[0]) <= 1
        assert abs(before[-1] - after[-1]) <= 1


@pytest.mark.parametrize("language", ["en_GB", "de_DE"])
def test_numbers_and_lengths_are_never_shortened(desk: Make, language: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        each = 20 * SECOND // 1200
        rows = (segment(f"s{n}", n * each / 1e6, (n + 1) * each / 1e6) for n in range(1200))
        it = desk(Value(tuple(rows)))
        view = it.editor.transcript
        number = view.table.index(1199, 0).data()
        assert len(number) == len("1,200")
        room = view.columnWidth(0) - 6 - 8
        assert text_width(view.theme, number, "mono") <= room
        length = view.table.index(0, 2).data()
        assert text_width(view.theme, length, "mono") <= view.columnWidth(2) - 16
    finally:
        QLocale.setDefault(before)


def test_long_names_leave_room_for_other_speakers_and_the_modes_are_whole(desk: Make) -> None:
    long = "Anna-Katharina von Schwarzenberg-Hohenstein"
    it = desk(Value((segment("a", 1, 2, long, "x"), segment("b", 3, 4, "Ben", "y"))))
    tools = it.editor.tools
    chips = [tools.speakers.chip(long), tools.speakers.chip("Ben")]
    tools.setFixedWidth(760)
    it.editor.start_typing("a")
    QTest.qWait(0)
    assert [chip.isVisible() for chip in chips] == [True, True]
    assert chips[0].width() == 168
    assert chips[0].toolTip() == long
    tools.setFixedWidth(440)
    QTest.qWait(0)
    assert tools.mode.width() >= tools.mode.sizeHint().width()
