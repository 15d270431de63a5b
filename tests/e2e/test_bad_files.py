"""Files that are no projects, given to the dialogs of opening and merging: one line, two languages."""

from __future__ import annotations

import gzip
import os
import random
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

sys.path.insert(0, str(Path(__file__).parent))

from made_app import Running, make_project

from labeler.work.stranger import look_apart

Start = Callable[..., Running]
Make = Callable[[bytes, Path], object]

BROKEN_OFF = "copy it again, or repair it", "noch einmal kopieren, oder sie reparieren"
NO_DATABASE = "choose another one, or decrypt", "eine andere wählen, oder sie erst entschlüsseln"


def _changed(sql: str) -> Make:
    def make(sound: bytes, path: Path) -> None:
        path.write_bytes(sound)
        connection = sqlite3.connect(path)
        connection.execute(sql)
        connection.commit()
        connection.close()

    return make


def _of_another_program(_sound: bytes, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cards(id INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()


BOTH: dict[str, tuple[Make, str, str]] = {
    "empty": (lambda _b, path: path.touch(), "copy it again from where", "von dort kopieren"),
    "99 bytes": (lambda sound, path: path.write_bytes(sound[:99]), *BROKEN_OFF),
    "truncated": (lambda sound, path: path.write_bytes(sound[: len(sound) // 2]), *BROKEN_OFF),
    "zeros": (
        lambda sound, path: path.write_bytes(bytes(len(sound))),
        "begins with zeros",
        "beginnt mit Nullen",
    ),
    "a letter": (lambda _b, path: path.write_text("Dear all"), *NO_DATABASE),
    "encrypted": (
        lambda _b, path: path.write_bytes(random.Random(1).randbytes(40_960)),
        *NO_DATABASE,
    ),
    "packed": (
        lambda sound, path: path.write_bytes(gzip.compress(sound)),
        "(gzip); unpack it",
        "(gzip); sie entpacken",
    ),
    "another program's": (_of_another_program, "choose another file", "eine andere Datei wählen"),
    "newer": (_changed("PRAGMA user_version=7003"), "update it", "7.3"),
    "a trigger": (
        _changed("CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END"),
        "ask for another copy",
        "um eine andere Kopie bitten",
    ),
    "a pipe": (lambda _b, path: os.mkfifo(path), "choose a file", "eine Datei wählen"),
    "a folder": (lambda _b, path: path.mkdir(), "choose a file in it", "eine Datei darin wählen"),
    "gone": (lambda _b, _path: None, "there is no such file", "gibt es nicht"),
}
"""How each is made of the bytes of a sound copy, and what is said of the way out."""
OF_A_MERGE: dict[str, tuple[Make, str, str]] = {
    "another project": (
        lambda _b, path: make_project(path),
        "export them there as native",
        "sie dort als native exportieren",
    ),
}
OPENED_DAMAGED = "repair it into a new file", "sie in eine neue Datei reparieren"


def chosen(run: Running, name: str, path: Path) -> None:
    """Answer a file dialog."""
    dialog = run.window.findChild(QFileDialog, name)
    assert dialog is not None
    dialog.filesSelected.emit([str(path)])
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    run.window.activateWindow()
    run.qtbot.waitUntil(run.window.isActiveWindow)


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_is_refused_in_one_line_that_names_it_and_the_way_out(
    start: Start, path: Path, tmp_path: Path, language: str
) -> None:
    sound = path.read_bytes()
    run = start()
    run.app.tongue.use(language)
    run.open(path)
    (tmp_path / "post").mkdir()
    at = ("en", "de").index(language) + 1
    for number, (name, case) in enumerate({**BOTH, **OF_A_MERGE}.items()):
        given = tmp_path / "post" / f"given {number}.labeler"
        case[0](sound, given)
        run.ctrl(Qt.Key.Key_M, shift=True)
        chosen(run, "merge_copies", given)
        strip = run.window.sharing.strip
        run.qtbot.waitUntil(lambda strip=strip: strip.state == "refused")
        words = strip.words.text()
        assert (name, words.count(given.name), "\n" in words) == (name, 1, False)
        assert str(case[at]) in words, name
        strip.dismiss()
        if name in OF_A_MERGE:
            continue
        run.problems.clear()
        run.ctrl(Qt.Key.Key_O)
        chosen(run, "open_project", given)
        run.qtbot.waitUntil(lambda: bool(run.problems))
        words = run.window.notices.bar.words.text()
        wanted = OPENED_DAMAGED[at - 1] if case[1:] == BROKEN_OFF else case[at]
        assert (name, words.count(given.name), "\n" in words) == (name, 1, False)
        assert str(wanted) in words, name
        assert run.context.session is not None
        assert run.context.session.path == path
    assert path.read_bytes() == sound
    assert run.broken == []


def test_the_process_that_looks_first_waits_for_no_pipe(tmp_path: Path) -> None:
    """What it merely refuses is said where the file is opened."""
    os.mkfifo(tmp_path / "pipe.labeler")
    look_apart(tmp_path / "pipe.labeler")
