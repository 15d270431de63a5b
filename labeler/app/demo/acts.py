"""The acts of a tour, each a process of its own: work until the kill, then come back and go on."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import QElapsedTimer

from labeler.app.demo import pages
from labeler.app.demo.boxes import BoxesScript
from labeler.app.demo.cast import cast
from labeler.app.demo.comparison import ComparisonScript
from labeler.app.demo.exports import export_by_dialog, import_again
from labeler.app.demo.memory import compare, remember
from labeler.app.demo.notes import AfterNote, BeforeNote, Book
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.places import Places
from labeler.app.demo.robot import Robot, TourFailed
from labeler.app.demo.script import Script
from labeler.app.demo.sentiment import SentimentScript
from labeler.app.demo.transcription import TranscriptionScript
from labeler.app.demo.two_copies import save_a_copy, work_in_both
from labeler.app.main import App, run
from labeler.work.desk import Seat

__all__ = ["SCRIPTS", "play"]

_KILL_AFTER_MS = 300

SCRIPTS: Mapping[str, Script] = {
    "boxes": BoxesScript(),
    "comparison": ComparisonScript(),
    "sentiment": SentimentScript(),
    "transcription": TranscriptionScript(),
}
"""What the hands do, for each panel of the cast."""


def play(act: str, where: Places) -> int:
    """Play one act, ``work:PANEL`` or ``return:PANEL``; returns the exit code."""
    name, _, panel = act.partition(":")
    failures: list[BaseException] = []

    def begin(app: App) -> None:
        app.theme.set(choice="light", text_scale=1.0, reduced_motion=True)
        app.window.resize(1440, 900)
        app.context.soon(lambda: perform(app), app.context)

    def perform(app: App) -> None:
        robot = Robot(app)
        try:
            _ACTS[name](robot, panel, where)
            if robot.broken:
                raise TourFailed(f"something broke {robot.where()}:\n{robot.broken[0]}")
        except Exception as error:  # noqa: BLE001 - told with a picture of where it was
            failures.append(error)
            _tell(error, robot, act, where)
            app.app.exit(1)
        else:
            app.window.close()

    code = run(root=where.machine, begin=begin)
    return 1 if failures else code


def _tell(error: Exception, robot: Robot, act: str, where: Places) -> None:
    """Leave one line that says what failed, and a picture of it; the traceback goes to the log."""
    name = act.replace(":", "-")
    picture = where.root / f"failed-{name}.png"
    robot.window.grab().save(str(picture))
    traceback.print_exception(error)
    # Qt puts a word before a message for each override an exception came through.
    words = f"{error}".rpartition("): ")[2] if not isinstance(error, TourFailed) else f"{error}"
    kind = "" if isinstance(error, TourFailed) else f"{type(error).__name__}: "
    line = f"{kind}{words}; see {picture.name} and {where.log.name}"
    where.failed(act).write_text(" ".join(line.split()), encoding="utf-8")


def _work(robot: Robot, panel: str, where: Places) -> None:
    """Sign in, work in the panel, leave a task half done, and be killed 300 ms after a gesture.

    Where a machine has so much to do that the gesture is not in the file by then, the kill comes when
    it is: what is on its way nobody promises to bring back. Nothing is done for it to be written.
    """
    pictures, book = Pictures(robot, where.root), Book()
    first = not robot.context.settings.values.person.handle
    if first:
        pages.sign_in_and_open_sample(robot, pictures)
    else:
        pages.open_sample_again(robot)
    pages.be_in_queue(robot, panel)
    SCRIPTS[panel].work(robot, pictures, book)
    if first:
        pages.look_at_everything(robot, pictures)
        save_a_copy(robot, pictures, where)
    SCRIPTS[panel].leave_half_done(robot, pictures, book)
    clock = QElapsedTimer()
    clock.start()
    note = BeforeNote(robot.gestures, remember(robot), book.pages)
    robot.wait(
        "the last gesture is written",
        lambda: clock.elapsed() >= _KILL_AFTER_MS and _is_written(robot.seat),
    )
    where.before(panel).write_bytes(msgspec.json.encode(note))
    # As a power cut does: nothing is closed, nothing is written any more.
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _is_written(seat: Seat) -> bool:
    """Whether all that was done at the seat has reached the file."""
    return not seat.draft.unwritten and (seat.writing is None or seat.writing.done())


def _return(robot: Robot, panel: str, where: Places) -> None:
    """Come back: everything is as it was. Then go on, and export in every format."""
    before = msgspec.json.decode(where.before(panel).read_bytes(), type=BeforeNote)
    pictures, book = Pictures(robot, where.root), Book(before.pages)
    pages.open_sample_again(robot)
    pages.be_in_queue(robot, panel)
    pictures.take(f"resumed-{panel}")
    reopened = compare(robot, before.memory)
    SCRIPTS[panel].finish(robot, pictures, book)
    exports = export_by_dialog(robot, pictures, panel, where.exports)
    import_again(robot, panel, where, exports)
    if panel == cast()[-1]:
        work_in_both(robot, pictures, where)
    note = AfterNote(robot.gestures, reopened, exports, book.pages)
    where.after(panel).write_bytes(msgspec.json.encode(note))


_ACTS: Mapping[str, Callable[[Robot, str, Places], None]] = {"work": _work, "return": _return}
