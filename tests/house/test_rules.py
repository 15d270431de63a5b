"""The rules of the house that no linter knows: names, lengths, first lines, words, strings."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LONGEST = 450
"""Lines of a module, which is to be read in one sitting: the aim is 400, the rest is air."""

ATTICS = {"utils", "util", "misc", "helpers", "helper", "common", "base", "tools", "stuff"}
APPLICATIONS = {"QCoreApplication", "QGuiApplication", "QApplication"}
# Spelled in two pieces, so that this file does not hold what it forbids.
FOREIGN_WORDS = [
    *("pypi" + ".org", "pythonhosted" + ".org", "deb.debian" + ".org", "npmjs" + ".org"),
    *("/ro" + "ot/", "/wo" + "rk/", "/fa" + "rm/"),
]


def modules(folder: str) -> list[Path]:
    return sorted((CHECKOUT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


HOUSE = modules("labeler")
OURS = [*HOUSE, *modules("packaging")]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("path", OURS, ids=named)
def test_a_module_says_in_its_first_line_why_it_exists(path: Path) -> None:
    docstring = ast.get_docstring(tree(path))
    assert docstring, f"{named(path)} has no docstring"
    first, _, rest = docstring.partition("\n")
    assert len(first) > 10, f"{named(path)}: the first line says nothing"
    assert first.rstrip().endswith((".", "?", "!")), f"{named(path)}: {first!r} is no sentence"
    assert not rest or rest.startswith("\n"), f"{named(path)}: the first line is not alone"


@pytest.mark.parametrize("path", OURS, ids=named)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{named(path)} has {lines} lines: split it by idea"


@pytest.mark.parametrize("path", OURS, ids=named)
def test_no_room_is_an_attic(path: Path) -> None:
    words = {word.lstrip("_") for word in path.relative_to(CHECKOUT).with_suffix("").parts}
    assert not words & ATTICS, f"{named(path)}: name it for what it does"


def test_packaging_is_no_package() -> None:
    found = [named(path) for path in (CHECKOUT / "packaging").rglob("__init__.py")]
    assert found == [], "it would shadow the packaging library"


def translations(module: ast.Module) -> Iterator[tuple[ast.Call, int]]:
    """The calls whose strings the translation tool collects, and how many arguments it reads.

    ``painter.translate(dx, dy)`` and ``text.translate(table)`` are other methods of that name.
    """
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Attribute(attr="tr"):
                yield node, 1
            case ast.Attribute(attr="translate", value=ast.Name(id=owner)) if owner in APPLICATIONS:
                yield node, 2
            case ast.Name(id="translate" | "QT_TRANSLATE_NOOP"):
                yield node, 2


# Sentences that the core declares as data: it knows no Qt, so they are looked up where they are shown.
DATA_CONTEXTS = {"Problem"}


def is_text(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and isinstance(argument.value, str)


def unreadable(module: ast.Module) -> list[int]:
    """The lines of the calls whose strings the translation tool cannot read."""
    lines = []
    for call, count in translations(module):
        strings = call.args[:count]
        of_data = count == len(strings) == 2 and ast.unparse(strings[0]).strip("'") in DATA_CONTEXTS
        if len(strings) < count or not all(map(is_text, strings[:1] if of_data else strings)):
            lines.append(call.lineno)
    return lines


@pytest.mark.parametrize("path", HOUSE, ids=named)
def test_every_translated_string_is_literal(path: Path) -> None:
    assert unreadable(tree(path)) == [], f"{named(path)}: lupdate cannot read these lines"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('self.tr("Open")', []),
        ('self.tr("Open " "again").format(name=name)', []),
        ('QCoreApplication.translate("Home", "Open")', []),
        ("painter.translate(x, y)", []),
        ("text.translate(table)", []),
        ("self.tr(title)", [1]),
        ('self.tr(f"Open {name}")', [1]),
        ('self.tr("Open {}".format(name))', [1]),
        ('self.tr("Open " + name)', [1]),
        ("QCoreApplication.translate(context, 'Open')", [1]),
        ("QCoreApplication.translate('Home', title)", [1]),
        ("QCoreApplication.translate('Home')", [1]),
        ("QCoreApplication.translate()", [1]),
        ("QCoreApplication.translate('Problem', problem.template)", []),
        ("QCoreApplication.translate(Problem, problem.template)", [1]),
    ],
)
def test_a_string_that_cannot_be_translated_is_seen(source: str, lines: list[int]) -> None:
    assert unreadable(ast.parse(source)) == lines


def spoken(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is no docstring."""
    silent = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


IMPORT_PATH = re.compile(
    r"\blabeler\.(api|app|cli|exchange|kit|media|model|panels|plugins|store|work)\b"
)


def product_names(module: ast.Module) -> list[tuple[int, str]]:
    """The strings that spell the product's name; an import path or entry-point group is none."""
    strings = ((line, IMPORT_PATH.sub("", text)) for line, text in spoken(module))
    return [(line, text) for line, text in strings if "labeler" in text.lower()]


@pytest.mark.parametrize("path", [p for p in HOUSE if p.name != "assets.py"], ids=named)
def test_only_the_brand_spells_the_products_name(path: Path) -> None:
    assert product_names(tree(path)) == [], f"{named(path)}: ask labeler.assets.brand()"


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('"""Labeler\'s own."""', 0),
        ('entry_points(group="labeler.panels")', 0),
        ('load("labeler.panels.sentiment:panel.toml")', 0),
        ('title = "Labeler"', 1),
        ('title = f"Welcome to Labeler, {name}"', 1),
        ('folder = user_data_dir("labeler")', 1),
        ('name + ".labeler"', 1),
    ],
)
def test_a_spelled_product_name_is_seen(source: str, count: int) -> None:
    assert len(product_names(ast.parse(source))) == count


@pytest.mark.parametrize("path", HOUSE, ids=named)
def test_panels_are_named_by_their_entry_point_alone(path: Path) -> None:
    if "panels" in path.relative_to(CHECKOUT).parts:
        return
    named_panels = [text for _, text in spoken(tree(path)) if text.startswith("labeler.panels.")]
    assert named_panels == [], f"{named(path)} imports a panel by its name"


def written() -> list[Path]:
    """Every text file of the project: what git knows or would add, else what the archive holds."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        paths = [CHECKOUT / name for name in asked.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in CHECKOUT.rglob("*") if ".venv" not in path.parts]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


def test_nothing_names_a_registry_or_a_place_on_a_machine() -> None:
    pattern = re.compile("|".join(map(re.escape, FOREIGN_WORDS)))
    found = []
    for path in written():
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            for match in pattern.finditer(line):
                # A path inside another path or address is not at the root of a machine.
                before = line[match.start() - 1 : match.start()]
                if not match[0].startswith("/") or not re.match(r"[\w.}\])*~-]", before):
                    found.append(f"{named(path)}:{number}: {match[0]}")
    assert found == []
