"""A folder to type commands in, and projects to type them about."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from typed import Shell


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """The command line in an empty folder; whoever types is called ada."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    monkeypatch.setenv("LABELER_PLUGINS", str(tmp_path / "no plugins"))
    return Shell(tmp_path, capsys, monkeypatch)


@pytest.fixture
def project(shell: Shell) -> Path:
    """A project of three texts, two of them with an id."""
    path = shell.folder / "p.labeler"
    shell("new", path, "--template", "sentiment")
    rows = [{"id": "a", "text": "a good day"}, {"id": "b", "text": "a bad day"}, {"text": "so-so"}]
    shell("import", path, shell.rows("texts.jsonl", *rows), "--format", "text-jsonl")
    return path


@pytest.fixture
def copies(shell: Shell, project: Path) -> tuple[Path, Path]:
    """Two copies in which Anna judged one text differently."""
    other = shell.folder / "other.labeler"
    shell("backup", project, other)
    for path, word in ((project, "positive"), (other, "negative")):
        value = json.dumps({"answers": {"sentiment": word}})
        shell("annotate", path, "a", "--by", "anna", "--value", "-", stdin=value)
    return project, other
