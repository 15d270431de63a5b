"""The command line as a person types it, in this process: words in, lines and an exit code out."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from labeler.__main__ import FIRST
from labeler.cli.main import command_group, run


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


class Shell:
    """Runs commands in a folder."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *words: object, stdin: str | bytes = "", code: int | None = 0) -> Said:
        """Run a command; it must end with this code (None: any)."""
        raw = stdin if isinstance(stdin, bytes) else stdin.encode()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
        self._capsys.readouterr()
        ended = run(command_group(FIRST, "open"), [str(word) for word in words])
        said = Said(ended, *self._capsys.readouterr())
        assert code is None or ended == code, said
        assert "Traceback" not in said.err
        return said

    def json(self, *words: object, stdin: str | bytes = "", code: int | None = 0) -> Any:
        """The JSON document a command prints."""
        said = self(*words, "--json", stdin=stdin, code=code)
        return json.loads(said.out)

    def refused(self, *words: object, stdin: str | bytes = "") -> str:
        """The one line a refused command says."""
        said = self(*words, stdin=stdin, code=2)
        assert said.out == ""
        assert len(said.lines) == 1, said.err
        return said.lines[0]

    def file(self, name: str, content: str | bytes) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def rows(self, name: str, *rows: Any) -> Path:
        """A JSONL file in the folder."""
        return self.file(name, "".join(json.dumps(row) + "\n" for row in rows))
