"""The order parts are shown in: the same on every machine, each person's own, stored with the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest

from labeler.api import Codec, Content, Context, Part, Problem, QueueConfig, Region, Value
from labeler.api.panel import PanelTask, checked_half
from labeler.model.checks import value_problems
from labeler.model.queue import Policy, read_config
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.work.desk import Desk
from labeler.work.lane import Lane
from labeler.work.order import order_seed, shown_context, shown_order, shuffle

TASK, PERSON = bytes(range(16)).hex(), "ff" * 16
IDS = tuple("abcdefgh")
PARTS = tuple(Part(one, "response", text=one) for one in IDS)


# ------------------------------------------------------------------------------ seed and shuffle


def test_a_seed_is_the_first_53_bits_of_the_hash_of_task_person_and_round() -> None:
    # b2sum -l 128 over the length-prefixed fields "order", 00..0f, ff..ff, "0" begins a7e83e64cdf2d173;
    # shifted right by 11 bits that is:
    assert order_seed(TASK, PERSON) == 5907709473439322
    assert order_seed(TASK, PERSON, 1) != order_seed(TASK, PERSON)


def test_the_shuffle_is_what_another_program_makes_of_the_same_bytes() -> None:
    # b2sum of 16 zero bytes begins with the words 1939484690 4287825989 1108250790:
    # mod 4 = 2 (d goes to the third place), mod 3 = 2 (stays), mod 2 = 0 (b and a change places).
    assert shuffle("abcd", 0) == ("b", "a", "d", "c")
    # Of the seed above: 2835807159 mod 3 = 0 (c and a change places), 1675284583 mod 2 = 1 (stays).
    assert shuffle("abc", 5907709473439322) == ("c", "b", "a")


def test_every_order_of_three_comes_as_often_as_the_others() -> None:
    counts = Counter(shuffle("abc", seed) for seed in range(6000))
    assert set(counts) == set(permutations("abc"))
    # 1000 each; five standard deviations of a binomial with p = 1/6 are 144.
    assert all(856 < count < 1144 for count in counts.values())


def test_more_parts_than_a_block_has_words_are_all_there() -> None:
    ids = [str(number) for number in range(40)]  # a block has 16 words
    assert sorted(shuffle(ids, 7)) == sorted(ids)
    assert shuffle(ids, 7) != tuple(ids)


def test_only_parts_of_the_kinds_named_and_of_no_other_part_are_put_in_order() -> None:
    parts = (
        Part("t1", "turn"),
        Part("x", "response"),
        Part("x1", "response", parent="x"),
        Part("y", "response"),
    )
    assert set(shown_order(parts, ("response",), 3).order) == {"x", "y"}
    assert shown_order(parts, ("response",), None).order == ("x", "y")


def test_what_has_nothing_to_compare_has_no_order() -> None:
    assert shown_order(PARTS[:1], ("response",), 3).order == ()
    assert shown_order(PARTS, (), 3).order == ()


def test_a_stored_order_holds_before_the_one_that_would_be_made() -> None:
    told = {"order": list(reversed(IDS)), "seed": 5}
    again = shown_context(b"{}", {"shown": told}, PARTS, ("response",), 9)
    assert (again.order, again.seed) == (tuple(reversed(IDS)), 5)
    stored = msgspec.json.encode({**told, "guideline": "g"})
    again = shown_context(stored, {}, PARTS, ("response",), 9)
    assert (again.order, again.seed, again.guideline) == (tuple(reversed(IDS)), 5, "g")


@pytest.mark.parametrize(
    "told",
    [
        {"order": ["a", "b"]},  # of other parts
        {"order": [*IDS[:-1], "a"]},  # one twice
        {"order": "abcdefgh"},
        {"order": [1, 2]},
        None,
        [],
        {"order": list(IDS), "seed": "x"},
    ],
)
def test_a_stored_order_that_does_not_fit_is_made_anew(told: object) -> None:
    made = shuffle(IDS, 9)
    assert shown_context(b"{}", {"shown": told}, PARTS, ("response",), 9).order == made


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", b'{"order": 3}'])
def test_a_context_nobody_can_read_is_no_order(raw: bytes) -> None:
    assert shown_context(raw, {}, PARTS, ("response",), 9) == Context(shuffle(IDS, 9), 9)


# --------------------------------------------------------------------------------------- the half


class Half:
    """A panel whose responses are shuffled."""

    shuffled: ClassVar[object] = ("response",)

    @property
    def region_types(self) -> tuple[type[Region], ...]:
        return ()

    @property
    def content_type(self) -> type[Content]:
        return Letters

    def summary(self, content: Content) -> str:
        return ""

    def complete(self, content: Content, value: Value) -> Value:
        return value

    def check(self, content: Content, value: Value, config: QueueConfig) -> tuple[Problem, ...]:
        return ()

    def distance(self, content: Content, one: Region, other: Region) -> float:
        return 1.0


@pytest.mark.parametrize("kinds", ["response", 3, ("",), (1,)])
def test_kinds_to_shuffle_are_a_sequence_of_texts(kinds: object) -> None:
    half = Half()
    half.shuffled = kinds  # type: ignore[misc]
    with pytest.raises(TypeError, match="shuffled"):
        checked_half(half)


# --------------------------------------------------------------------------------------- the desk


class Letters(Content, frozen=True, kw_only=True):
    """Eight letters to be compared."""

    def parts(self) -> tuple[Part, ...]:
        return PARTS


class Panels:
    """A house with that panel."""

    def task(self, panel: str) -> PanelTask | None:
        return checked_half(Half())

    def codec(self, panel: str) -> Codec:
        return Codec({})

    def content(self, panel: str, raw: bytes) -> Content | None:
        return Letters()

    def problems(
        self, panel: str, content: Content, value: Value, config: QueueConfig
    ) -> tuple[Problem, ...]:
        return tuple(value_problems(value, config, content.parts()))


CONFIG = b'{"questions": [{"id": "best", "kind": "ranking"}]}'
SitDown = Callable[..., Desk]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "p.labeler"
    project = Project.create(made, handle="anna")
    project.put_queue("letters", read_config(CONFIG), panel="letters", by="anna")
    project.sign_in("bert")
    project.bulk("letters", by="anna").tasks(
        [NewTask(f"k{n}", b"{}", content_fingerprint(b"{}" + bytes([n]))) for n in range(3)]
    )
    project.close()
    return made


@pytest.fixture
def sit_down(path: Path) -> Iterator[SitDown]:
    """Opens the file in a lane of its own and sits a person down at a task."""
    lanes = []

    def sit(handle: str = "anna", key: str = "k0") -> Desk:
        lane = Lane(lambda: Project.open(path))
        lanes.append(lane)
        desk = Desk(lane, lane.call(lambda project: project.sign_in(handle)), Panels())
        desk.open(lane.call(lambda project: project.query.find(key)))
        return desk

    yield sit
    for lane in lanes:
        lane.close()


def order_of(desk: Desk) -> tuple[str, ...]:
    assert desk.seat is not None
    return desk.seat.context.order


def stored(desk: Desk, key: str = "k0") -> dict[str, object]:
    """The context in the file."""
    desk.settle()
    full = desk.lane.call(lambda project: project.task(project.query.find(key)))
    tree: dict[str, object] = msgspec.json.decode(full.annotations[0].context)
    return tree


def rank(desk: Desk) -> None:
    assert desk.seat is not None
    desk.emit(desk.seat.draft.value.with_answer("best", {"c": 1}), "Rank")


def test_a_person_sees_the_order_of_their_seed_and_another_person_another(
    sit_down: SitDown,
) -> None:
    desk = sit_down()
    assert desk.seat is not None
    seed = order_seed(desk.seat.task.id, desk.person.uid)
    assert order_of(desk) == shuffle(IDS, seed)
    assert order_of(sit_down()) == order_of(desk)
    # Eight things have 40,320 orders; two people who see three tasks alike are one in 6.5 · 10¹³.
    bert, anna = ([order_of(sit_down(who, f"k{n}")) for n in range(3)] for who in ("bert", "anna"))
    assert bert != anna


def test_a_submit_stores_the_order_shown_and_its_seed(sit_down: SitDown) -> None:
    desk = sit_down()
    rank(desk)
    assert desk.submit() == []
    context = stored(desk)
    assert desk.seat is not None
    assert context["order"] == list(order_of(desk))
    assert context["seed"] == order_seed(desk.seat.task.id, desk.person.uid)


def test_the_first_step_stores_the_order_and_a_kill_does_not_part_them(
    sit_down: SitDown, path: Path
) -> None:
    desk = sit_down()
    shown = order_of(desk)
    rank(desk)
    desk.settle()  # and no more: the process is gone before anything else is written
    turn_off(path)
    again = sit_down()
    assert again.seat is not None
    assert again.seat.draft.value.answers["best"] == {"c": 1}
    assert order_of(again) == shown


def test_a_queue_that_does_not_shuffle_shows_the_order_of_the_content(
    sit_down: SitDown, path: Path
) -> None:
    turn_off(path)
    desk = sit_down()
    assert desk.seat is not None
    assert (order_of(desk), desk.seat.context.seed) == (IDS, None)
    desk.submit()
    assert stored(desk)["order"] == list(IDS)
    assert "seed" not in stored(desk)


def test_what_was_submitted_is_shown_as_it_was_though_the_policy_changed(
    sit_down: SitDown, path: Path
) -> None:
    desk = sit_down()
    shown = order_of(desk)
    rank(desk)
    desk.submit()
    desk.settle()
    turn_off(path)
    assert order_of(sit_down()) == shown


def test_the_editors_state_and_the_order_shown_do_not_overwrite_each_other(
    sit_down: SitDown, path: Path
) -> None:
    desk = sit_down()
    shown = order_of(desk)
    rank(desk)
    desk.flush()
    desk.remember({"editor": {"scroll": 4}})
    assert desk.seat is not None
    desk.emit(desk.seat.draft.value.with_answer("best", {"a": 1}), "Rank")
    desk.settle()  # what is posted to the lane after the state was, is written after it
    turn_off(path)
    again = sit_down()
    assert order_of(again) == shown
    assert again.seat is not None
    assert again.seat.draft.row.state["editor"] == {"scroll": 4}


def test_taking_back_a_submit_from_another_task_keeps_the_order_in_the_file(
    sit_down: SitDown,
) -> None:
    desk = sit_down()
    shown = order_of(desk)
    rank(desk)
    desk.submit()
    desk.open(desk.lane.call(lambda project: project.query.find("k1")))
    taken_back = desk.undo()
    assert taken_back is not None
    label, loaded = taken_back.result()
    assert label == "Submit"
    assert loaded is not None
    assert stored(desk)["order"] == list(shown)


def turn_off(path: Path) -> None:
    """Turn shuffling off for the queue, as another process does."""
    project = Project.open(path)
    config = msgspec.structs.replace(project.queue("letters").config, policy=Policy(shuffle=False))
    project.put_queue("letters", config, panel="letters", by="anna")
    project.close()
