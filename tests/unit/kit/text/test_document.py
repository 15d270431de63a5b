from __future__ import annotations

import itertools
import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from labeler.kit.text import Document

FAMILY = "👨\u200d👩\u200d👧"
FLAGS = "🇩🇪🇫🇷"
pieces = st.sampled_from(
    [
        *("a", "b", " ", "  ", ".", "\r\n", "\n", "\r", "\u2029", "\t", FAMILY, FLAGS, "e\u0301"),
        *("नी", "ש", "لا", "部", "ไทย", "1,5", "can't", "👍🏽", "\u200d", "\u0301"),
    ]
)
texts = st.lists(pieces, max_size=14).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=20
)


def edges_of(text: str) -> set[int]:
    """Letter edges of the text outside line ends, paragraph by paragraph, by the Unicode algorithm."""
    edges = set()
    at = 0
    for line in regex.split("(\r\n|[\n\r\x85\u2029])", text):
        edges |= {at} | {at + match.end() for match in regex.finditer(r"\X", line)}
        at += len(line)
    return edges


@given(texts)
def test_blocks_cover_the_text_without_gap_or_overlap(text):
    blocks = Document(text).blocks
    assert blocks[0].start == 0
    assert blocks[-1].next == len(text)
    for block, following in itertools.pairwise(blocks):
        assert block.next == following.start
        assert text[block.end : block.next] in ("\r\n", "\n", "\r", "\x85", "\u2029")
    assert all(text[block.start : block.end] == block.text for block in blocks)


def test_a_crlf_is_one_break_and_counts_two():
    document = Document("a\r\nb\r\n")
    assert [(block.start, block.end, block.next) for block in document.blocks] == [
        (0, 1, 3),
        (3, 4, 6),
        (6, 6, 6),
    ]
    assert (document.after(1), document.before(3)) == (3, 1)
    assert (document.floor(2), document.ceil(2)) == (1, 3)


@given(texts)
def test_stepping_visits_every_letter_edge_and_nothing_else(text):
    document = Document(text)
    seen, at = [0], 0
    while at < len(text):
        following = document.after(at)
        assert following > at
        at = following
        seen.append(at)
    assert set(seen) == edges_of(text)
    back, at = [len(text)], len(text)
    while at > 0:
        before = document.before(at)
        assert before < at
        at = before
        back.append(at)
    assert back[::-1] == seen
    assert document.after(len(text)) == len(text)
    assert document.before(0) == 0


@given(texts, st.data())
def test_a_range_is_snapped_to_whole_letters_and_no_wider(text, data):
    document = Document(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(0, len(text)))
    first, last = document.snapped(start, end, words=False)
    edges = edges_of(text)
    assert {first, last} <= edges
    low, high = min(start, end), max(start, end)
    if start == end:
        assert first == last == max(edge for edge in edges if edge <= start)
    else:
        assert first == max(edge for edge in edges if edge <= low)
        assert last == min(edge for edge in edges if edge >= high)
    assert document.snapped(first, last, words=False) == (first, last)


@given(texts, st.data())
def test_snapping_to_words_is_stable_and_keeps_whole_letters(text, data):
    document = Document(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(0, len(text)))
    first, last = document.snapped(start, end, words=True)
    assert 0 <= first <= last <= len(text)
    assert {first, last} <= edges_of(text)
    assert document.snapped(first, last, words=True) == (first, last)
    if text[first:last].strip():
        # a space that carries an accent is a letter, and letters are never cut
        assert not text[first : document.after(first)].isspace()
        assert not text[document.before(last) : last].isspace()


@pytest.mark.parametrize(
    ("text", "drawn", "words"),
    [
        ("the great food", "reat fo", "great food"),
        ("the great food", " great ", "great"),
        ("the great food", "e g", "the great"),
        ("mother’s 70th, can't", "er’", "mother’s"),
        ("3.5 stars", ".5", "3.5"),
        ("(gut!)", "ut", "gut"),
        ("so " + FAMILY + "!", "\u200d👩", FAMILY),
        ("sehr gut. Danke", "t. D", "gut. Danke"),
        ("الخدمة بطيئة جدا", "طيئ", "بطيئة"),
        ("朝食の焼き魚", "焼き", "焼き"),
        ("cafe\u0301 noir", "e", "cafe\u0301"),
    ],
)
def test_a_range_drawn_over_words_takes_them_whole(text, drawn, words):
    start = text.index(drawn)
    first, last = Document(text).snapped(start, start + len(drawn), words=True)
    assert text[first:last] == words


def test_white_space_alone_can_be_drawn():
    assert Document("a   b").snapped(2, 3, words=True) == (1, 4)


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("the great food", 4, "great"),
        ("the great food", 8, "great"),
        ("the great food", 3, " "),
        ("the great food", 14, "food"),
        ("can’t stop", 2, "can’t"),
        ("", 0, ""),
        ("a\r\nbc", 1, "a"),
        ("a\r\nbc", 3, "bc"),
    ],
)
def test_the_word_at_a_position(text, at, word):
    start, end = Document(text).word_at(at)
    assert text[start:end] == word


def test_words_are_stepped_over_with_the_space_behind_them():
    document = Document("the great food.\nNext")
    forward = [0]
    while forward[-1] < len(document.text):
        forward.append(document.word_after(forward[-1]))
    assert forward == [0, 4, 10, 14, 15, 16, 20]
    assert [document.word_before(at) for at in (20, 16, 15, 14, 12, 10, 3, 0)] == [
        16,
        15,
        14,
        10,
        10,
        4,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("One. Two (really!) is here? Three", 6, "Two (really!)"),
        ("One. Two is “here.” Three", 6, "Two is “here.”"),
        ("One. Two is here? Three", 20, "Three"),
        ("One. Two", 0, "One."),
        ("部屋が見えます。最高でした。", 8, "最高でした。"),
        ("Zeile eins\nZeile zwei. Drei", 14, "Zeile zwei."),
        ("هل هذا جيد؟ نعم", 12, "نعم"),
    ],
)
def test_the_sentence_at_a_position(text, at, sentence):
    start, end = Document(text).sentence_at(at)
    assert text[start:end] == sentence


def test_paragraphs_run_as_their_first_letter_does():
    document = Document("123 😊\nשלום hello\nhello שלום\n!?\n")
    assert [block.direction for block in document.blocks] == ["rtl", "rtl", "ltr", "rtl", "rtl"]
    told = Document("hello\nשלום", "rtl")
    assert [block.direction for block in told.blocks] == ["rtl", "rtl"]


def test_a_long_paragraph_is_cut_at_spaces_and_is_one_for_the_person():
    text = "wort " * 10_000 + "\nnext"
    document = Document(text)
    assert len(document.blocks) > 5
    assert max(len(block.text) for block in document.blocks) <= 8_000
    assert all(block.text.endswith(" ") for block in document.blocks[:5])
    assert document.paragraph_at(20_000) == (0, 50_000)
    assert document.paragraph_at(50_001) == (50_001, 50_005)
    edge = document.blocks[1].start
    assert document.before(edge) == edge - 1
    assert document.after(edge - 1) == edge


def test_a_stretch_without_spaces_is_cut_between_letters():
    document = Document(FAMILY * 5_000)
    assert all(block.start % len(FAMILY) == 0 for block in document.blocks)
    assert len(document.blocks) > 2


def test_occurrences_are_whole_words_where_the_model_is_one():
    document = Document("gut, sehr gut und gutes; Gut gut")
    assert list(document.occurrences(0, 3)) == [(0, 3), (10, 13), (29, 32)]
    # "ut" is a part of a word, so it is found in parts of words
    assert len(list(document.occurrences(1, 3))) == 5
    assert list(document.occurrences(4, 5)) == []


def test_occurrences_never_cut_a_letter():
    text = f"👨 x {FAMILY} x 👨"
    document = Document(text)
    assert [text[a:b] for a, b in document.occurrences(0, 1)] == ["👨", "👨"]


def test_a_megabyte_is_cut_into_blocks_in_one_pass():
    def seconds(text: str) -> float:
        start = time.process_time()
        Document(text)
        return time.process_time() - start

    small = min(seconds("wort\n" * 10_000) for _ in range(3))
    large = min(seconds("wort\n" * 200_000) for _ in range(2))
    # twenty times the text; a pass per paragraph would be four hundred
    assert large < 80 * small
