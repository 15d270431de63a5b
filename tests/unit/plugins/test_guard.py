"""The guard: what a guest raises is kept, counted, logged and reported, and goes no further."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeler.api import Refusal
from labeler.plugins import Failure, Guard
from labeler.plugins.guard import HouseError

GUEST = """
def fail(text="no such mark"):
    inner(text)

def inner(text):
    raise KeyError(text)

def fail_outside():
    int("not a number")

def chain():
    try:
        inner("first")
    except KeyError as error:
        raise RuntimeError("second") from error

def deep(n=0):
    return deep(n + 1)

def leave():
    raise SystemExit(3)

class Unspeakable(Exception):
    def __str__(self):
        raise ValueError("no words")

def unspeakable():
    raise Unspeakable

class OutsideExceptions(BaseException):
    pass

def outside():
    raise OutsideExceptions("hello")

def count(n):
    for number in range(n):
        yield number
    raise LookupError("ran out")
"""


class Guest:
    """The functions of a guest's module, and the folder it lies in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        path = folder / "task.py"
        path.write_text(GUEST, encoding="utf-8")
        self.names: dict[str, object] = {}
        exec(compile(GUEST, str(path), "exec"), self.names)

    def __getattr__(self, name: str) -> object:
        return self.names[name]


@pytest.fixture
def guest(tmp_path: Path) -> Guest:
    return Guest(tmp_path / "marks")


@pytest.fixture
def guard(tmp_path: Path, guest: Guest) -> Guard:
    return Guard("marks", tmp_path / "logs", place=guest.folder, versions="1.2.3")


def test_an_answer_comes_through(guard: Guard) -> None:
    outcome = guard.call("add", lambda a, b: a + b, 2, 3)
    assert (outcome.ok, outcome.value, outcome.get()) == (True, 5, 5)
    assert guard.call("none", lambda: None).get() is None
    assert guard.failures == ()
    assert not guard.log.exists()


def test_a_failure_is_kept_in_place_of_the_answer(guard: Guard, guest: Guest) -> None:
    outcome = guard.call("paint", guest.fail)
    assert not outcome.ok
    assert outcome.value is None
    failure = outcome.failure
    assert failure is not None
    assert (failure.plugin, failure.what, failure.count) == ("marks", "paint", 1)
    assert failure.error == "KeyError: 'no such mark'"
    assert guard.failures == (failure,)
    with pytest.raises(Refusal) as caught:
        outcome.get()
    problem = caught.value.problem
    assert (problem.code, problem.where) == ("plugin_failed", "marks")
    assert problem.message == "the plugin stopped: paint: KeyError: 'no such mark'"


def test_the_report_shows_the_guests_own_frames_and_nobodys_folders(
    guard: Guard, guest: Guest, tmp_path: Path
) -> None:
    guard.call("load", guest.fail)
    report = guard.failures[0].report
    assert "plugin: marks 1.2.3" in report
    assert "failed in: load (failure 1 of this run)" in report
    assert f"Python {sys.version.split()[0]}" in report
    assert 'File "marks/task.py", line 3, in fail\n    inner(text)' in report
    assert 'File "marks/task.py", line 6, in inner\n    raise KeyError(text)' in report
    assert "guard.py" not in report
    assert "test_guard.py" not in report
    assert str(tmp_path) not in report
    assert report.rstrip().endswith("KeyError: 'no such mark'")


def test_where_it_was_raised_is_shown_even_outside_the_guest(
    guard: Guard, guest: Guest, tmp_path: Path
) -> None:
    import json

    guard.call("read", json.loads, "{")
    report = guard.failures[0].report
    assert 'File "…/json/decoder.py"' in report
    assert report.count("  File ") == 1
    assert sys.prefix not in report


def test_a_chain_of_errors_is_told_whole(guard: Guard, guest: Guest) -> None:
    guard.call("check", guest.chain)
    failure = guard.failures[0]
    assert failure.error == "RuntimeError: second"
    assert "KeyError: 'first'" in failure.report
    assert "direct cause" in failure.report
    assert "test_guard" not in failure.report


@pytest.mark.parametrize("name", ["leave", "outside", "deep", "unspeakable", "fail_outside"])
def test_nothing_a_guest_raises_gets_through(name: str, guard: Guard, guest: Guest) -> None:
    outcome = guard.call("run", getattr(guest, name))
    assert outcome.failure is not None
    assert outcome.failure.error


def test_a_message_that_cannot_be_shown_is_a_failure_like_any(guard: Guard, guest: Guest) -> None:
    outcome = guard.call("run", guest.unspeakable)
    assert outcome.failure is not None
    assert outcome.failure.error == "Unspeakable: (its message cannot be shown)"


def test_a_long_message_is_cut(guard: Guard, guest: Guest) -> None:
    guard.call("run", guest.fail, "x" * 10_000)
    assert len(guard.failures[0].error) < 600


def test_a_keyboard_interrupt_goes_through(guard: Guard) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guard.call("run", interrupt)
    assert guard.failures == ()


def test_what_a_guest_may_say_by_raising_goes_through(guard: Guard) -> None:
    def refuse() -> None:
        raise Refusal.of("file_missing", "a.tok")

    with pytest.raises(Refusal, match=r"a\.tok"):
        guard.call("read", refuse, passes=(Refusal,))
    assert guard.failures == ()
    assert guard.call("read", refuse).failure is not None


def test_an_error_of_the_house_is_not_the_guests(guard: Guard) -> None:
    def guest_code(told: object) -> None:
        try:
            told()
        except Exception:  # noqa: BLE001 - guests do write this
            return

    def told() -> None:
        raise HouseError(OSError(28, "No space left on device"))

    with pytest.raises(HouseError) as caught:
        guard.call("export", guest_code, told)
    assert isinstance(caught.value.error, OSError)
    assert guard.failures == ()


def test_three_failures_disable_and_enabling_gives_another_chance(
    guard: Guard, guest: Guest
) -> None:
    for _ in range(2):
        guard.call("paint", guest.fail)
        guard.call("add", lambda: 1)  # a success between them does not excuse the others
    assert guard.disabled == ""
    guard.call("paint", guest.fail)
    assert guard.disabled == "it failed 3 times"
    called: list[int] = []
    outcome = guard.call("paint", called.append, 1)
    assert called == []
    assert outcome.failure is not None
    assert outcome.failure.error == "disabled: it failed 3 times"
    assert "no such mark" in outcome.failure.report  # the card can still show why
    assert len(guard.failures) == 3  # not being called is no fourth failure
    guard.enable()
    assert guard.disabled == ""
    assert guard.failures == ()
    assert guard.call("add", lambda: 7).get() == 7


def test_a_person_can_switch_it_off(guard: Guard) -> None:
    guard.disable()
    assert guard.disabled == "it was switched off"
    with pytest.raises(Refusal, match="disabled: it was switched off"):
        guard.call("add", lambda: 1).get()


def test_failures_go_to_the_plugins_own_log(guard: Guard, guest: Guest, tmp_path: Path) -> None:
    guard.call("paint", guest.fail, "one")
    guard.call("key", guest.fail, "two")
    assert guard.log == tmp_path / "logs" / "marks.log"
    text = guard.log.read_text(encoding="utf-8")
    assert text.index("KeyError: 'one'") < text.index("failed in: key") < text.index("'two'")
    assert guard.failures[0].log == guard.log


def test_the_log_is_rotated_and_does_not_grow_for_ever(guard: Guard, guest: Guest) -> None:
    for number in range(40):
        guard.enable()
        # 40 × 60 KiB is 2.4 MB; one line of an error is cut, the traceback keeps it whole
        guard.call("paint", guest.fail, f"{number:05d}" + "x" * 60_000)
    files = sorted(guard.log.parent.iterdir())
    assert [file.name for file in files] == ["marks.log", "marks.log.1", "marks.log.2"]
    assert sum(file.stat().st_size for file in files) < 3 * 256 * 1024 + 100_000
    assert "'00039x" in guard.log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_adds_no_failure(
    tmp_path: Path, guest: Guest, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", encoding="utf-8")
    guard = Guard("marks", tmp_path / "logs", place=guest.folder)
    outcome = guard.call("paint", guest.fail)
    assert outcome.failure is not None
    assert outcome.failure.log is None
    assert "no such mark" in outcome.failure.report
    assert capsys.readouterr() == ("", "")


def test_a_full_disk_adds_no_failure(
    tmp_path: Path, guest: Guest, capsys: pytest.CaptureFixture[str]
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "marks.log").symlink_to("/dev/full")
    guard = Guard("marks", tmp_path / "logs", place=guest.folder)
    outcome = guard.call("paint", guest.fail)
    assert outcome.failure is not None
    assert outcome.failure.log is None
    assert capsys.readouterr() == ("", "")


def test_listeners_are_told_until_they_stop(guard: Guard, guest: Guest) -> None:
    told: list[Failure] = []
    stop = guard.listen(told.append)
    guard.call("paint", guest.fail)
    stop()
    guard.call("paint", guest.fail)
    assert told == [guard.failures[0]]
    stop()  # twice does no harm


def test_a_failure_caught_elsewhere_counts_too(guard: Guard) -> None:
    try:
        raise ValueError("in an overridden method")
    except ValueError as error:
        failure = guard.record("key press", error)
    assert failure.error == "ValueError: in an overridden method"
    assert guard.failures == (failure,)


def test_an_iterator_is_guarded_at_each_step(guard: Guard, guest: Guest) -> None:
    taken: list[int] = []

    def take() -> None:
        for number in guard.iterate("read", lambda: guest.count(3)):
            taken.append(number)

    with pytest.raises(Refusal, match="ran out"):
        take()
    assert taken == [0, 1, 2]
    assert [failure.error for failure in guard.failures] == ["LookupError: ran out"]


def test_an_iterator_left_early_is_closed(guard: Guard) -> None:
    closed: list[bool] = []

    def numbers() -> Iterator[int]:
        try:
            yield 1
            yield 2
        finally:
            closed.append(True)

    rows = guard.iterate("read", numbers)
    assert next(rows) == 1
    rows.close()
    assert closed == [True]
    assert guard.failures == ()


def test_what_is_no_iterator_is_a_failure(guard: Guard) -> None:
    with pytest.raises(Refusal, match="not iterable"):
        list(guard.iterate("read", lambda: 5))


def test_failures_in_many_threads_are_all_counted(guard: Guard, guest: Guest) -> None:
    def fail() -> None:
        for _ in range(5):
            guard.enable()  # or the third would be the last
            guard.record("run", ValueError("x"))

    guard.enable()
    told: list[Failure] = []
    guard.listen(told.append)
    threads = [threading.Thread(target=fail) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 20
