"""Run as a script in a copy of the house: plants statements one by one and says what each breaks.

Standard input: a JSON list of ``[path, statement]``. Standard output: a JSON list with the ids of
the contracts that are broken while the statement stands at the end of that file, in the same order.
Arguments are the ids of the contracts to look at; without any it is all of them.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import tomllib
from pathlib import Path

from importlinter.cli import lint_imports


def contract_ids() -> dict[str, str]:
    """The id of each contract by the name it is reported under."""
    table = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    return {row["name"]: row["id"] for row in table["tool"]["importlinter"]["contracts"]}


def broken_contracts(ids: dict[str, str]) -> list[str]:
    """The ids of the contracts that the linter reports as broken now."""
    importlib.invalidate_caches()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        # What was read of the untouched files is kept: the house is the same but for one file.
        code = lint_imports(
            cache_dir=".cache", no_logo=True, limit_to_contracts=tuple(sys.argv[1:])
        )
    verdicts = [line.split(" BROKEN") for line in said.getvalue().splitlines()]
    broken = [ids[verdict[0]] for verdict in verdicts if len(verdict) > 1]
    if (code == 0) != (broken == []):
        raise RuntimeError(f"exit code {code} with {broken} broken:\n{said.getvalue()}")
    return broken


def planted(path: Path, statement: str, ids: dict[str, str]) -> list[str]:
    """What is broken while the statement stands at the end of the file, which is then restored."""
    before = path.read_bytes() if path.exists() else None
    with path.open("a", encoding="utf-8") as module:
        module.write(f"\n{statement}\n")
    try:
        return broken_contracts(ids)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def main() -> None:
    """Plant what standard input names in the copy that is the current folder."""
    sys.path.insert(0, str(Path.cwd()))
    ids = contract_ids()
    found = [
        planted(Path(path), statement, ids) if statement else broken_contracts(ids)
        for path, statement in json.load(sys.stdin)
    ]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
