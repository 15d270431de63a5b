"""The desk: task after task, undo across a submit, work that a full disk or another window meets."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from labeler.api import Codec, Content, PanelTask, Part, Problem, Span, Value
from labeler.model.checks import value_problems
from labeler.model.problems import Refusal
from labeler.model.queue import QueueConfig, read_config
from labeler.store import Project
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.work.desk import Desk, Seat
from labeler.work.lane import Lane, LaneClosed

CONFIG = b"""{"labels": [{"id": "cat"}], "questions": [{"id": "sentiment", "kind": "choice",
 "required": true, "choices": [{"id": "positive"}, {"id": "negative"}]}]}"""


class Text(Content):
    """A text to judge."""

    text: str

    def parts(self) -> tuple[Part, ...]:
        return (Part("text", "text", text=self.text),)


class Panels:
    """A house with one panel, without its checks."""

    def task(self, panel: str) -> PanelTask | None:
        return None

    def codec(self, panel: str) -> Codec:
        return Codec({"span": Span})

    def content(self, panel: str, raw: bytes) -> Content | None:
        return msgspec.json.decode(raw, type=Text)

    def problems(
        self, panel: str, content: Content, value: Value, config: QueueConfig
    ) -> tuple[Problem, ...]:
        return tuple(value_problems(value, config, content.parts()))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of five tasks with a prediction on the first."""
    path = tmp_path_factory.mktemp("desk") / "made.labeler"
    project = Project.create(path, handle="anna")
    config: QueueConfig = read_config(CONFIG)
    project.put_queue("texts", config, panel="texts", by="anna")
    project.sign_in("model-1", kind="model")
    contents = [msgspec.json.encode({"text": f"text {n}"}) for n in range(5)]
    bulk = project.bulk("texts", by="anna")
    added = bulk.tasks(
        [NewTask(f"k{n}", one, content_fingerprint(one)) for n, one in enumerate(contents)]
    )
    value = b'{"answers":{"sentiment":"positive"}}'
    bulk.annotations(
        [NewAnnotation(added[0].uid, "prediction", "model-1", value, context=b'{"score":0.75}')]
    )
    project.close()
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy of the project."""
    target = tmp_path / "p.labeler"
    shutil.copyfile(made, target)
    return target


@pytest.fixture
def told() -> list[float | Problem]:
    """What the desk told of its writing."""
    return []


@pytest.fixture
def desk(path: Path, told: list[float | Problem]) -> Iterator[Desk]:
    """Anna's desk, at the first task."""
    lane = Lane(lambda: Project.open(path))
    anna = lane.call(lambda project: project.sign_in("anna"))
    made = Desk(lane, anna, Panels(), told.append)
    sit_next(made)
    yield made
    lane.close()


def sit_next(desk: Desk) -> Seat:
    """Go to the next open task."""
    loaded = (desk.next_open() if desk.seat else desk.fetch_next("texts", None)).result()
    assert loaded is not None
    return desk.sit(loaded)


def answer(desk: Desk, choice: str, key: str = "") -> None:
    """Answer the question of the task on the desk."""
    assert desk.seat is not None
    desk.emit(desk.seat.draft.value.with_answer("sentiment", choice), choice, key)


def status(desk: Desk, key: str) -> str:
    """A task's status in the file."""
    desk.settle()
    return desk.lane.call(lambda project: project.query.find(key).status)


def undo(desk: Desk) -> str:
    """Undo, and sit down where it leads to."""
    found = desk.undo()
    assert found is not None
    label, loaded = found.result()
    if loaded is not None:
        desk.sit(loaded)
    return label


def test_a_seat_has_content_parts_position_and_predictions(desk: Desk) -> None:
    seat = desk.seat
    assert seat is not None
    assert (seat.task.key, seat.position, seat.read_only) == ("k0", 0, False)
    assert seat.parts[0].text == "text 0"
    assert [(one.author, one.score) for one in seat.predictions] == [("model-1", 0.75)]


def test_submit_says_what_is_missing_and_changes_nothing(desk: Desk) -> None:
    assert [str(problem) for problem in desk.submit()] == [
        "answers.sentiment: the question 'sentiment' needs an answer"
    ]
    assert status(desk, "k0") == "open"


def test_a_submitted_task_is_done_and_the_next_open_one_follows(desk: Desk) -> None:
    answer(desk, "positive")
    assert desk.submit() == []
    assert status(desk, "k0") == "submitted"
    assert sit_next(desk).task.key == "k1"


def test_one_undo_takes_back_a_choice_and_the_submit_it_made(desk: Desk) -> None:
    answer(desk, "positive", "go")
    desk.submit("go")
    sit_next(desk)
    assert undo(desk) == "positive"
    assert desk.seat is not None
    assert desk.seat.task.key == "k0"
    assert desk.seat.draft.value == Value()
    assert not desk.seat.read_only
    assert status(desk, "k0") == "open"
    assert desk.redo() == "positive"
    assert status(desk, "k0") == "submitted"


def test_undo_reaches_back_over_many_tasks_in_the_order_of_the_gestures(desk: Desk) -> None:
    for choice in ("positive", "negative", "positive"):
        answer(desk, choice, "go")
        desk.submit("go")
        desk.settle()
        sit_next(desk)
    keys = []
    for _ in range(3):
        undo(desk)
        assert desk.seat is not None
        keys.append(desk.seat.task.key)
    assert keys == ["k2", "k1", "k0"]
    assert desk.undo() is None
    assert [status(desk, key) for key in keys] == ["open"] * 3


def test_the_newest_gesture_goes_first_even_on_a_task_with_older_ones(desk: Desk) -> None:
    answer(desk, "positive")
    desk.settle()
    second = desk.open(desk.lane.call(lambda project: project.query.find("k1")))
    answer(desk, "negative")
    desk.settle()
    desk.open(desk.lane.call(lambda project: project.query.find("k0")))
    assert undo(desk) == "negative"
    assert desk.seat is not None
    assert desk.seat.task.key == second.task.key


def test_a_fresh_start_undoes_the_task_it_opens_at_before_any_newer_one(
    desk: Desk, path: Path
) -> None:
    answer(desk, "positive")
    answer(desk, "negative")
    desk.settle()
    desk.open(desk.lane.call(lambda project: project.query.find("k1")))
    answer(desk, "positive")
    desk.settle()
    killed = path.with_name("killed.labeler")
    desk.lane.call(lambda project: project.copy_to(killed))
    lane = Lane(lambda: Project.open(killed))
    again = Desk(lane, lane.call(lambda project: project.sign_in("anna")), Panels())
    again.open(lane.call(lambda project: project.query.find("k0")))
    assert [undo(again), undo(again)] == ["negative", "positive"]
    assert again.seat is not None
    assert again.seat.draft.value == Value()
    assert undo(again) == "positive"
    assert again.seat.task.key == "k1"
    lane.close()


def test_skip_and_flag_keep_the_value_and_the_reason(desk: Desk) -> None:
    answer(desk, "positive")
    desk.skip("not my language")
    desk.settle()
    sit_next(desk)
    desk.flag("personal data")
    assert status(desk, "k0") == "skipped"
    assert status(desk, "k1") == "flagged"
    full = desk.lane.call(lambda project: project.task(project.query.find("k0")))
    mine = [one for one in full.annotations if one.layer == "work"]
    assert mine[0].reason == "not my language"
    assert b"positive" in mine[0].value


def test_what_was_submitted_changes_only_after_it_was_reopened(desk: Desk) -> None:
    answer(desk, "positive")
    desk.submit()
    desk.settle()
    seat = desk.open(desk.lane.call(lambda project: project.query.find("k0")))
    assert seat.read_only
    with pytest.raises(RuntimeError):
        answer(desk, "negative")
    desk.reopen()
    answer(desk, "negative")
    assert status(desk, "k0") == "drafted"
    assert desk.submit() == []
    assert status(desk, "k0") == "submitted"
    full = desk.lane.call(lambda project: project.task(project.query.find("k0")))
    work = [one for one in full.annotations if one.layer == "work"]
    assert [one.value for one in work] == [b'{"answers":{"sentiment":"negative"}}']
    assert work[0].heads == 1


def test_work_is_there_again_after_a_restart_and_so_is_its_undo(desk: Desk, path: Path) -> None:
    answer(desk, "positive")
    answer(desk, "negative")
    desk.settle()
    killed = path.with_name("killed.labeler")
    shutil.copyfile(path, killed)  # what a kill would leave: no draft op, no release
    lane = Lane(lambda: Project.open(killed))
    anna = lane.call(lambda project: project.sign_in("anna"))
    again = Desk(lane, anna, Panels())
    seat = again.open(lane.call(lambda project: project.query.find("k0")))
    assert seat.draft.value.answers == {"sentiment": "negative"}
    assert undo(again) == "negative"
    assert seat.draft.value.answers == {"sentiment": "positive"}
    lane.close()


def test_a_draft_another_living_process_writes_is_read_only_until_taken_over(
    desk: Desk, path: Path
) -> None:
    answer(desk, "positive")
    desk.settle()
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from labeler.store import Project\n"
        "p = Project.open(Path(sys.argv[1]))\n"
        "p.drafts.take(p.query.find('k2').row, p._person_row(p.sign_in('anna')))\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        seat = desk.open(desk.lane.call(lambda project: project.query.find("k2")))
        assert seat.holder.endswith(f":{other.pid}")
        assert seat.read_only
        desk.take_over()
        assert not seat.read_only
        answer(desk, "negative")
        assert status(desk, "k2") == "drafted"
        assert other.stdin is not None
        other.stdin.close()


def test_a_dead_process_has_lost_its_draft_at_once(desk: Desk, path: Path) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from labeler.store import Project\n"
        "p = Project.open(Path(sys.argv[1]))\n"
        "p.drafts.take(p.query.find('k2').row, p._person_row(p.sign_in('anna')))\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    seat = desk.open(desk.lane.call(lambda project: project.query.find("k2")))
    assert seat.holder == ""
    assert not seat.read_only


def test_what_a_full_disk_refused_is_written_when_there_is_room(
    desk: Desk, told: list[float | Problem]
) -> None:
    def fill(project: Project) -> None:
        pages = project.file.row("PRAGMA page_count")[0]
        project.file.connection.execute(f"PRAGMA max_page_count={pages}")

    desk.lane.call(fill)
    assert desk.seat is not None
    desk.emit(desk.seat.draft.value.with_answer("note", os.urandom(50_000).hex()), "Type")
    answer(desk, "positive")
    desk.settle()
    problems = [one for one in told if isinstance(one, Problem)]
    assert [problem.code for problem in problems] == ["disk_full"]
    assert desk.seat.draft.unwritten
    assert desk.seat.draft.value.answers["sentiment"] == "positive"
    desk.lane.call(
        lambda project: project.file.connection.execute("PRAGMA max_page_count=1000000") and None
    )
    desk.settle()
    assert not desk.seat.draft.unwritten
    assert status(desk, "k0") == "drafted"


def test_a_lane_raises_what_its_work_raised_and_goes_on(path: Path) -> None:
    lane = Lane(lambda: Project.open(path))
    with pytest.raises(Refusal):
        lane.call(lambda project: project.queue("none"))
    assert lane.call(lambda project: project.title) == "made"
    lane.close()
    with pytest.raises(LaneClosed):
        lane.post(lambda project: project.title)


def test_a_file_that_is_refused_opens_no_lane(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        Lane(lambda: Project.open(tmp_path / "none.labeler"))


def test_urgent_work_overtakes_patient_work(path: Path) -> None:
    lane = Lane(lambda: Project.open(path))
    order: list[str] = []
    import threading

    begun, go = threading.Event(), threading.Event()
    lane.post(lambda _: (begun.set(), go.wait(10)))
    assert begun.wait(10)
    patient = [
        lane.post(lambda _, n=n: order.append(f"patient {n}"), urgent=False) for n in range(2)
    ]
    lane.post(lambda _: order.append("urgent"))
    go.set()
    for future in patient:
        future.result()
    assert order == ["urgent", "patient 0", "patient 1"]
    lane.close()
