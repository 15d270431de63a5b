"""Commands on a project in a shared folder: who has it open is told, what is unsafe is warned of."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from typed import Shell

from labeler.work.presence import presence_folder


def test_info_tells_who_has_the_project_open(shell: Shell, project: Path) -> None:
    folder = presence_folder(project)
    folder.mkdir()
    ben = {"person": "Ben", "host": "PC-3", "pid": 1, "how": "copy"}
    (folder / "ben.json").write_text(json.dumps(ben))
    told = shell.json("info", project)
    assert told["open"] == [{"person": "Ben", "host": "PC-3", "how": "copy"}]
    assert "Ben works on a copy of this on PC-3" in shell("info", project).out


def test_writing_in_a_synced_folder_is_warned_of_and_reading_is_not(
    shell: Shell, project: Path
) -> None:
    (project.parent / ".stfolder").mkdir()
    value = json.dumps({"answers": {"sentiment": "positive"}})
    command = ("annotate", project, "a", "--by", "anna", "--value", "-")
    told = shell(*command, stdin=value)
    assert "Syncthing" in told.err
    assert str(project) in told.err
    assert len(told.err.splitlines()) == 1
    assert shell("info", project).err == ""


def test_wal_is_set_back_where_that_is_safe_and_copied_from_where_it_is_not(
    shell: Shell, project: Path
) -> None:
    def set_to_wal() -> sqlite3.Connection:
        connection = sqlite3.connect(project)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE meta SET v=v WHERE k='made_by'")
        connection.commit()
        return connection

    set_to_wal().close()
    assert "it was set back" in shell("info", project).err
    assert shell("info", project).err == ""
    other = set_to_wal()
    (project.parent / ".stfolder").mkdir()
    assert "make a copy" in shell("info", project, code=2).err
    shell("backup", project, shell.folder / "out.labeler")
    assert shell.json("info", shell.folder / "out.labeler")["tasks"] == 3
    other.close()
