"""Run as a script in a copy of the house: plants statements and says what each plot of them breaks.

Standard input: a JSON list of plots, each a list of ``[path, statement]``. Standard output: a JSON
list with the ids of the contracts that are broken while the statements of a plot, and those of no
other, stand at the end of their files, in the same order. Arguments are the ids of the contracts to
look at; without any it is all of them.

The house is read twice, as it stands and with everything planted: a statement is known by its lines.
The linter then judges, for each plot, the house as it stands with the imports of that plot.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tomllib
from copy import deepcopy
from pathlib import Path

from grimp import ImportGraph, build_graph
from importlinter.application.app_config import settings
from importlinter.cli import lint_imports

Import = tuple[str, str, int, str]
"""Importer, imported, the number of the line, the line."""

PACKAGE = "labeler"


class Planted:
    """Gives the linter the graph it is to judge, where it would read the house itself."""

    graph: ImportGraph

    def build(self, **_how: object) -> ImportGraph:
        return self.graph


def read() -> ImportGraph:
    """Every import of the house, as the linter's own builder reads it."""
    return build_graph(PACKAGE, include_external_packages=True, cache_dir=None)


def module_of(path: str) -> str:
    """The module that lies in a file."""
    return ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")


def with_all(plots: list[list[list[str]]]) -> tuple[ImportGraph, list[list[tuple[str, range]]]]:
    """The house with everything planted, and of each statement its file and its lines.

    The files are restored.
    """
    before: dict[Path, bytes | None] = {}
    places = []
    try:
        for plot in plots:
            places.append([])
            for name, statement in plot:
                path = Path(name)
                if path not in before:
                    before[path] = path.read_bytes() if path.exists() else None
                with path.open("a", encoding="utf-8") as module:
                    module.write(f"\n{statement}\n")
                end = len(path.read_text(encoding="utf-8").splitlines())
                places[-1].append((name, range(end - statement.count("\n"), end + 1)))
        return read(), places
    finally:
        for path, content in before.items():
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)


def imports_of(graph: ImportGraph, module: str, lines: range) -> list[Import]:
    """What these lines of a module import; never nothing."""
    found = [
        (module, imported, one["line_number"], one["line_contents"])
        for imported in graph.find_modules_directly_imported_by(module)
        for one in graph.get_import_details(importer=module, imported=imported)
        if one["line_number"] in lines
    ]
    if not found:
        raise RuntimeError(f"nothing is imported in lines {lines} of {module}")
    return found


def grown(house: ImportGraph, imports: list[Import]) -> ImportGraph:
    """The house with these imports."""
    graph = deepcopy(house)
    for importer, imported, line, text in imports:
        for name in (importer, imported):
            if name not in graph.modules:
                graph.add_module(name, is_squashed=name.partition(".")[0] != PACKAGE)
        graph.add_import(importer=importer, imported=imported, line_number=line, line_contents=text)
    return graph


def broken_contracts(ids: dict[str, str]) -> list[str]:
    """The ids of the contracts that the linter reports as broken."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = lint_imports(no_logo=True, limit_to_contracts=tuple(sys.argv[1:]))
    verdicts = [line.split(" BROKEN") for line in said.getvalue().splitlines()]
    broken = [ids[verdict[0]] for verdict in verdicts if len(verdict) > 1]
    if (code == 0) != (broken == []):
        raise RuntimeError(f"exit code {code} with {broken} broken:\n{said.getvalue()}")
    return broken


def main() -> None:
    """Plant what standard input names in the copy that is the current folder."""
    sys.path.insert(0, str(Path.cwd()))
    table = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    ids = {row["name"]: row["id"] for row in table["tool"]["importlinter"]["contracts"]}
    plots = json.load(sys.stdin)
    house = read()
    planted, places = with_all(plots)
    judged = Planted()
    settings.configure(GRAPH_BUILDER=judged)
    found = []
    for plot in places:
        imports = [
            one for name, lines in plot for one in imports_of(planted, module_of(name), lines)
        ]
        judged.graph = grown(house, imports)
        found.append(broken_contracts(ids))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
