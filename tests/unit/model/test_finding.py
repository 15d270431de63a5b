"""A line of search and the filter it means are two faces of one thing, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.model.finding import Condition, Filter, Sort, Words, filter_text, read_filter
from labeler.model.problems import Refusal
from labeler.model.words import words


def test_a_line_is_words_words_in_a_row_and_conditions() -> None:
    line = 'clean -towel "took an hour" status:returned,open people:>=2 roo'
    assert read_filter(line) == Filter(
        (
            Words("clean"),
            Words("towel", "whole", True),
            Words("took an hour"),
            Words("roo", "start"),
        ),
        (
            Condition("status", ("returned", "open")),
            Condition("people", ("2",), ">="),
        ),
    )


def test_only_the_last_word_may_go_on_unless_a_star_says_so() -> None:
    assert [one.shape for one in read_filter("a b c").words] == ["whole", "whole", "start"]
    assert [one.shape for one in read_filter('a* "b c"* d').words] == ["start", "start", "start"]
    assert read_filter('a "b"').words[-1].shape == "whole", "what is quoted stands as it is"
    assert read_filter("*nitzel*").words == (Words("nitzel", "part"),)
    assert read_filter("roo status:open").words == (Words("roo", "start"),)


def test_a_colon_that_is_no_field_is_no_more_than_a_letter() -> None:
    assert read_filter("at 12:30").words == (Words("at"), Words("12:30", "start"))
    assert read_filter("note:").words == (Words("note:", "start"),)
    assert read_filter("http://a.b").conditions == (Condition("http", ("//a.b",)),)


def test_a_name_in_quotes_can_be_a_field_and_a_value_hold_commas() -> None:
    line = '"how sure":"very, very" -meta.city:"New York",Rome'
    assert read_filter(line).conditions == (
        Condition("how sure", ("very, very",)),
        Condition("meta.city", ("New York", "Rome"), "", True),
    )


@pytest.mark.parametrize(
    ("line", "code", "at"),
    [
        ("x stauts:open", "search_field", 3),
        ("status:", "search_empty", 1),
        ("status:opne", "search_value", 8),
        ("people:many", "search_value", 8),
        ("changed:2026-02-30", "search_value", 9),
        ("conflict:maybe", "search_value", 10),
        ("status:>open", "search_compare", 8),
        ("people:>1,2", "search_compare", 8),
        ("*ab*", "search_part", 1),
        ("x sort:", "search_empty", 3),
        ("x sort:text", "search_value", 3),
        ("sort:key:down", "search_value", 1),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(line: str, code: str, at: int) -> None:
    with pytest.raises(Refusal) as refused:
        read_filter(line)
    assert refused.value.problem.code == code
    assert refused.value.problem.params["at"] == at


def test_a_filter_of_too_many_parts_is_refused() -> None:
    with pytest.raises(Refusal, match="65 words"):
        read_filter(" ".join(f"w{n}" for n in range(65)))
    assert read_filter("a" * 10_000).words == (Words("a" * 10_000, "start"),)


def test_a_line_may_say_the_order_and_the_last_one_counts() -> None:
    wanted = read_filter("room sort:key sort:Changed:DESC people:2")
    assert wanted.sort == Sort("changed", True)
    assert wanted.conditions == (Condition("people", ("2",)),)
    assert filter_text(wanted) == "room people:2 sort:changed:desc"
    assert not read_filter("sort:key").is_on, "it leaves nothing out"
    assert wanted.also(read_filter("sort:status")).sort == Sort("status")
    assert wanted.also(read_filter("x")).sort == Sort("changed", True)
    column = Filter((), (Condition("sort", ("a",)),))
    assert read_filter(filter_text(column)) == column, "a column of the source may be called so"


HOSTILE = st.text(alphabet=st.sampled_from('ab1é東🎂ء"*:-,<>=\0 ()^+{}NEAR_.%\u200f\\')) | st.text()


@given(HOSTILE)
def test_text_and_filter_are_two_faces_of_one_thing(line: str) -> None:
    for text in (line, f"{line} sort:status:desc"):
        try:
            wanted = read_filter(text)
        except Refusal:
            return
        assert read_filter(filter_text(wanted)) == wanted


def test_words_are_folded_and_cut_where_scripts_cut() -> None:
    # Unicode: ß folds to ss, É is E with U+0301, ﬁ is compatible with fi.
    assert words("Straße ÉCOLE ﬁne IMG_0412.jpg") == [
        "strasse",
        "ecole",
        "fine",
        "img",
        "0412",
        "jpg",
    ]
    assert words("東京タワー") == list("東京タワー")
    assert words("한국어는") == ["한국어는"], "Korean puts spaces"
    assert words("الطَّعام") == ["الطعام"], "vowel signs count for nothing"
    assert words("gut🎂!") == ["gut", "🎂"]
    assert words("İstanbul") == ["istanbul"]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert [inner for word in words(text) for inner in words(word)] == words(text)


def test_only_names_the_one_value_a_field_must_have() -> None:
    wanted = read_filter("queue:a -status:open by:x,y")
    assert (wanted.only("queue"), wanted.only("status"), wanted.only("by")) == ("a", "", "")
