"""Orders with ties."""

from __future__ import annotations

import itertools

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


def typed(*numbers: tuple[str, int], ties: bool = True, start: ranks.Groups = ABCD) -> ranks.Groups:
    """The order after these ranks were typed, one after the other."""
    memory, groups = ranks.Typed(), start
    for part, number in numbers:
        groups = memory.rank(groups, part, number, ties=ties, shown="abcd")
    return groups


def test_ranks_typed_in_any_sequence_are_the_ranks_meant() -> None:
    meant = (("d",), ("b",), ("a",), ("c",))
    numbers = [("a", 3), ("b", 2), ("c", 4), ("d", 1)]
    for sequence in itertools.permutations(numbers):
        assert typed(*sequence) == meant


def test_the_same_rank_typed_twice_is_a_tie() -> None:
    for sequence in itertools.permutations([("a", 2), ("b", 2), ("c", 1), ("d", 4)]):
        assert typed(*sequence) == (("c",), ("a", "b"), ("d",))


def test_who_has_no_number_yet_makes_room() -> None:
    assert typed(("c", 1)) == (("c",), ("a",), ("b",), ("d",))
    assert typed(("a", 4)) == (("b",), ("c",), ("d",), ("a",))
    assert typed(("d", 2), start=TIED) == (("a", "b"), ("d",), ("c",))


def test_without_ties_the_last_one_typed_has_the_rank() -> None:
    assert typed(("c", 1), ("d", 1), ties=False) == (("d",), ("a",), ("b",), ("c",))


def test_what_was_typed_is_forgotten_when_the_order_became_another() -> None:
    memory = ranks.Typed()
    first = memory.rank(ABCD, "c", 1, ties=True, shown="abcd")
    moved = ranks.move(first, "c", 1)
    assert moved == (("a",), ("c",), ("b",), ("d",))
    # Were "c" still meant to be first, "d" would be tied with it.
    assert memory.rank(moved, "d", 1, ties=True, shown="abcd") == (("d",), ("a",), ("c",), ("b",))


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
            groups = ranks.Typed().rank(groups, part, rank, ties=True, shown="abcd")
        else:
            groups = ranks.drop_between(groups, part, "abcd"[rank - 1])
        assert sorted(one for group in groups for one in group) == list("abcd")
        answer = ranks.answer_of(groups)
        assert list(answer_faults(RankingQuestion(id="r"), answer)) == []
        assert ranks.groups_of(answer, "abcd")[0] == tuple(tuple(sorted(group)) for group in groups)
