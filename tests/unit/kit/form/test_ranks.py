"""Orders with ties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from labeler.kit.form import ranks
from labeler.model.questions import RankingQuestion, answer_faults

ABCD = (("a",), ("b",), ("c",), ("d",))
TIED = (("a", "b"), ("c",), ("d",))


def test_stored_ranks_are_dense_and_shown_ranks_leave_room_for_ties() -> None:
    assert ranks.answer_of(TIED) == {"a": 1, "b": 1, "c": 2, "d": 3}
    assert ranks.shown_ranks(TIED) == {"a": 1, "b": 1, "c": 3, "d": 4}


def test_an_answer_gives_its_groups_in_the_order_shown_and_what_it_leaves_out() -> None:
    groups, absent = ranks.groups_of({"b": 1, "a": 1, "d": 2}, ("a", "b", "c", "d"))
    assert groups == (("a", "b"), ("d",))
    assert absent == ("c",)


def test_moving_swaps_with_the_neighbour_and_stops_at_the_ends() -> None:
    assert ranks.move(ABCD, "b", -1) == (("b",), ("a",), ("c",), ("d",))
    assert ranks.move(ABCD, "b", 1) == (("a",), ("c",), ("b",), ("d",))
    assert ranks.move(ABCD, "a", -1) == ABCD
    assert ranks.move(ABCD, "d", 1) == ABCD


def test_moving_out_of_a_tie_first_leaves_the_tie() -> None:
    assert ranks.move(TIED, "b", -1) == (("b",), ("a",), ("c",), ("d",))
    assert ranks.move(TIED, "a", 1) == (("b",), ("a",), ("c",), ("d",))


def test_moving_past_a_tie_passes_all_of_it() -> None:
    assert ranks.move(TIED, "c", -1) == (("c",), ("a", "b"), ("d",))


def test_joining_and_splitting_are_opposites_for_the_lower_one() -> None:
    joined = ranks.join_above(ABCD, "b")
    assert joined == TIED
    assert ranks.split(joined, "b") == ABCD
    assert ranks.join_above(ABCD, "a") == ABCD
    assert ranks.split(ABCD, "a") == ABCD


def test_a_typed_rank_ties_with_those_who_have_it() -> None:
    assert ranks.place(ABCD, "c", 1, ties=True) == (("a", "c"), ("b",), ("d",))


def test_a_typed_rank_without_ties_goes_to_that_place() -> None:
    assert ranks.place(ABCD, "c", 1, ties=False) == (("c",), ("a",), ("b",), ("d",))
    assert ranks.place(ABCD, "a", 4, ties=False) == (("b",), ("c",), ("d",), ("a",))


def test_a_typed_rank_nobody_has_because_of_a_tie_is_the_next_place() -> None:
    # Ranks shown are 1, 1, 3, 4: rank 2 is just below the tie.
    assert ranks.place(TIED, "d", 2, ties=True) == (("a", "b"), ("d",), ("c",))


def test_dropping_goes_between_or_onto() -> None:
    assert ranks.drop_between(ABCD, "d", "a") == (("d",), ("a",), ("b",), ("c",))
    assert ranks.drop_between(ABCD, "a", None) == (("b",), ("c",), ("d",), ("a",))
    assert ranks.drop_on(ABCD, "d", "a") == (("a", "d"), ("b",), ("c",))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["move", "join", "split", "place", "drop"]),
        st.sampled_from("abcd"),
        st.sampled_from([-1, 1]),
        st.integers(1, 4),
    ),
    max_size=30,
)


@given(ACTS)
def test_whatever_is_done_every_part_keeps_one_rank_and_the_answer_is_valid(
    acts: list[tuple[str, str, int, int]],
) -> None:
    groups: ranks.Groups = ABCD
    for act, part, step, rank in acts:
        if act == "move":
            groups = ranks.move(groups, part, step)
        elif act == "join":
            groups = ranks.join_above(groups, part)
        elif act == "split":
            groups = ranks.split(groups, part)
        elif act == "place":
            groups = ranks.place(groups, part, rank, ties=True)
        else:
            groups = ranks.drop_between(groups, part, "abcd"[rank - 1])
        assert sorted(one for group in groups for one in group) == list("abcd")
        answer = ranks.answer_of(groups)
        assert list(answer_faults(RankingQuestion(id="r"), answer)) == []
        assert ranks.groups_of(answer, "abcd")[0] == tuple(tuple(sorted(group)) for group in groups)
