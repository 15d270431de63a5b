"""Collects the words of the interface into ``resources/translations/*.ts`` and compiles them.

    python packaging/translations.py collect     every language's .ts gets new sentences, keeps old ones
    python packaging/translations.py release     every .ts becomes the .qm the program loads
    python packaging/translations.py check       names what a language lacks; exit code 1 if anything

Qt's own collector does not see our way of writing (``tr = QCoreApplication.translate``) nor the
sentences of the core and of manifests, so this one reads the source itself; the .ts files are Qt's and
open in its Linguist. English needs a file for its plural forms only.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "labeler"
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "de")
_LRELEASE = "from PySide6.scripts.pyside_tool import lrelease; lrelease()"
PROBLEM = "Problem"


class Word(NamedTuple):
    """One sentence to translate: its context, the English, whether it has plural forms."""

    context: str
    source: str
    plural: bool = False


def words_of(tree: ast.AST) -> Iterator[Word]:
    """What a module gives to ``tr`` and ``translate`` with literal arguments."""
    yield from _walk(tree, "")


def _walk(node: ast.AST, owner: str) -> Iterator[Word]:
    if isinstance(node, ast.ClassDef):
        owner = node.name
    if isinstance(node, ast.Call):
        word = _word(node, owner)
        if word is not None:
            yield word
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, owner)


def _word(call: ast.Call, owner: str) -> Word | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    bare = call.func.id if isinstance(call.func, ast.Name) else ""
    texts = [_literal(argument) for argument in call.args]
    if name == "tr" and texts and texts[0] is not None and owner:
        return Word(owner, texts[0], len(texts) > 2)
    if (name == "translate" or bare in ("tr", "translate")) and len(texts) > 1:
        if texts[0] is not None and texts[1] is not None:
            return Word(texts[0], texts[1], len(texts) > 3)
    return None


def _literal(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def collect() -> list[Word]:
    """Every sentence of the program, once, sorted by context."""
    found: dict[tuple[str, str], Word] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for word in words_of(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(word[:2], word)
    for word in [*_catalogue(), *_checks(), *_manifests(), *_templates(), *_formats()]:
        found.setdefault(word[:2], word)
    return sorted(found.values())


def _catalogue() -> Iterator[Word]:
    """The sentences of the core, whose templates are looked up as they stand."""
    path = PACKAGE / "model" / "problems.py"
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            if isinstance(node.target, ast.Name) and node.target.id == "CATALOGUE":
                for value in node.value.values:
                    text = _literal(value)
                    # A sentence that is nothing but its figures has nothing to translate.
                    if text is not None and any(sign.isalpha() for sign in _bare(text)):
                        yield Word(PROBLEM, text)


def _checks() -> Iterator[Word]:
    """What our panels find in a value: the constants of their Qt-free halves that are sentences."""
    for path in sorted((PACKAGE / "panels").glob("*/task.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign):
                text = _literal(node.value)
                if text is not None and " " in text:
                    yield Word(PROBLEM, text)


def _bare(text: str) -> str:
    while "{" in text and "}" in text:
        text = text[: text.index("{")] + text[text.index("}") + 1 :]
    return text


def _manifests() -> Iterator[Word]:
    """Names, commands, settings and formats of our own panels, under the panel's id."""
    for path in sorted((PACKAGE / "panels").glob("*/panel.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        texts = [table["name"], table.get("description", "")]
        for command in table.get("command", ()):
            texts += [command["title"], command.get("group", ""), command.get("help", "")]
        for entry in (*table.get("setting", ()), *table.get("format", ())):
            texts += [entry["title"], entry.get("help", ""), *entry.get("choices", ())]
        yield from (Word(table["id"], text) for text in dict.fromkeys(texts) if text)


def _templates() -> Iterator[Word]:
    """Titles and descriptions of the templates; what is inside them belongs to the project."""
    for path in sorted((ROOT / "projects" / "templates").glob("*/template.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        for text in dict.fromkeys((table["title"], table.get("description", ""))):
            if text:
                yield Word("Template", text)


def _formats() -> Iterator[Word]:
    """Titles of the formats that every panel has."""
    path = PACKAGE / "exchange" / "native.py"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FormatEntry":
            for keyword in node.keywords:
                text = _literal(keyword.value)
                if keyword.arg == "title" and text is not None:
                    yield Word("Format", text)


def read(path: Path) -> dict[tuple[str, str], ET.Element]:
    """The messages of a .ts file by context and source."""
    if not path.is_file():
        return {}
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            found[name, message.findtext("source") or ""] = message
    return found


def write(path: Path, language: str, words: list[Word]) -> int:
    """Write a .ts file with these words and the translations it had; how many are unfinished."""
    old = read(path)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    unfinished = 0
    for word in words:
        if language == "en" and not word.plural:
            continue
        context = contexts.get(word.context)
        if context is None:
            context = contexts[word.context] = ET.SubElement(root, "context")
            ET.SubElement(context, "name").text = word.context
        kept = old.get(word[:2])
        if kept is not None and (kept.get("numerus") == "yes") == word.plural:
            context.append(kept)
            unfinished += not _finished(kept)
            continue
        message = ET.SubElement(context, "message")
        if word.plural:
            message.set("numerus", "yes")
        ET.SubElement(message, "source").text = word.source
        translation = ET.SubElement(message, "translation", type="unfinished")
        if word.plural:
            ET.SubElement(translation, "numerusform")
            ET.SubElement(translation, "numerusform")
        unfinished += 1
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")
    return unfinished


def _finished(message: ET.Element) -> bool:
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return False
    forms = translation.findall("numerusform")
    return all(form.text for form in forms) if forms else bool(translation.text)


def missing(path: Path, language: str, words: list[Word]) -> list[Word]:
    """The words a language has no finished translation of."""
    there = read(path)
    return [
        word
        for word in words
        if (language != "en" or word.plural)
        and not (word[:2] in there and _finished(there[word[:2]]))
    ]


def release() -> int:
    """Compile every .ts with Qt's own compiler; returns its exit code."""
    for path in sorted(FOLDER.glob("*.ts")):
        arguments = [str(path), "-qm", str(path.with_suffix(".qm")), "-silent"]
        code = subprocess.run([sys.executable, "-c", _LRELEASE, *arguments], check=False).returncode
        if code:
            return code
    return 0


def main(arguments: list[str]) -> int:
    """Run one verb."""
    verb = arguments[0] if len(arguments) == 1 else ""
    words = collect()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if verb == "collect":
        for language in LANGUAGES:
            left = write(FOLDER / f"app_{language}.ts", language, words)
            print(f"{language}: {left} of {len(words)} to translate")
        return 0
    if verb == "release":
        return release()
    if verb == "check":
        lacking = 0
        for language in LANGUAGES:
            for word in missing(FOLDER / f"app_{language}.ts", language, words):
                print(f"{language}: {word.context}: {word.source}")
                lacking += 1
        return 1 if lacking else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
