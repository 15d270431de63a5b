"""The catalogues: every language is whole, and says with the same names what English says."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
FOLDER = HOUSE / "resources" / "translations"
LANGUAGES = [path.stem.partition("_")[2] for path in sorted(FOLDER.glob("app_*.ts"))]
PLURALS = {"en": 2, "de": 2}

NAMES = re.compile(r"\{[^{}]*\}|%n|%L?\d")
MNEMONIC = re.compile(r"&(?=\w)")


class Said(NamedTuple):
    where: str
    source: str
    texts: tuple[str, ...]
    plural: bool
    finished: bool


def said(language: str) -> Iterator[Said]:
    root = ET.parse(FOLDER / f"app_{language}.ts").getroot()
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.findall("numerusform")]
            yield Said(
                context.findtext("name") or "",
                message.findtext("source") or "",
                tuple(forms or [translation.text or ""]),
                message.get("numerus") == "yes",
                translation.get("type") != "unfinished",
            )


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.syspath_prepend(HOUSE / "packaging")
        import translations

    return translations


@pytest.fixture(scope="module")
def words(tool: ModuleType) -> list[Any]:
    """Every sentence that code, panels and templates say."""
    found: list[Any] = tool.collect()
    return found


def test_german_ships_beside_english() -> None:
    assert {"en", "de"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_unfinished_and_nothing_is_missing(
    tool: ModuleType, words: list[Any], language: str
) -> None:
    lacking = tool.missing(FOLDER / f"app_{language}.ts", language, words)
    assert lacking == [], "run `make words`, translate, and run it again"
    assert [one for one in said(language) if not one.finished or not all(one.texts)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_there_that_nobody_says_any_more(words: list[Any], language: str) -> None:
    known = {(word.context, word.source) for word in words}
    assert {(one.where, one.source) for one in said(language)} <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_braces_and_numbers_are_the_same(language: str) -> None:
    other = []
    for one in said(language):
        wanted = sorted(NAMES.findall(one.source))
        other += [(one.source, text) for text in one.texts if sorted(NAMES.findall(text)) != wanted]
    assert other == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_as_many_plural_forms_as_the_language_has(language: str) -> None:
    wrong = [
        one.source
        for one in said(language)
        if len(one.texts) != (PLURALS[language] if one.plural else 1)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_marks_at_the_edges_are_kept(language: str) -> None:
    """An ellipsis says that a dialog follows, a letter after & is a key: both belong to the command."""
    other = []
    for one in said(language):
        for text in one.texts:
            same = (
                one.source.endswith("…") == text.endswith("…")
                and bool(MNEMONIC.search(one.source)) == bool(MNEMONIC.search(text))
                and one.source.strip() == one.source
                and text.strip() == text
                and one.source.count("\n") == text.count("\n")
            )
            if not same:
                other.append((one.source, text))
    assert other == []


def test_german_is_written_as_the_product_writes() -> None:
    """No exclamation, no asking, German quotes, and nobody is addressed."""
    wrong = []
    for one in said("de"):
        for text in one.texts:
            words = re.findall(r"\w+", text.lower())
            asks = {"bitte", "du", "dich", "dir", "dein", "deine", "ihnen"} & set(words)
            if asks or "!" in NAMES.sub("", text) or '"' in text or "”" in text:
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_loads_is_what_was_written(language: str, tmp_path: Path) -> None:
    made = tmp_path / "made.qm"
    compile_ = "from PySide6.scripts.pyside_tool import lrelease; lrelease()"
    source = FOLDER / f"app_{language}.ts"
    words = [sys.executable, "-c", compile_, str(source), "-qm", str(made), "-silent"]
    subprocess.run(words, check=True)
    assert made.read_bytes() == source.with_suffix(".qm").read_bytes(), "run `make words`"


HELP = HOUSE / "resources" / "help"
PAGES = sorted(path.name for path in (HELP / "en").glob("*.md"))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_there_is_a_help_page_for_each_english_one(language: str) -> None:
    assert sorted(path.name for path in (HELP / language).glob("*.md")) == PAGES


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_a_help_page_has_the_keys_links_and_headings_of_the_english_one(
    language: str, page: str
) -> None:
    def bones(text: str) -> tuple[object, ...]:
        return (
            sorted(set(re.findall(r"\{key:[\w.]+\}", text))),
            sorted(re.findall(r"\]\(([\w.#]+)\)", text)),
            [len(one) for one in re.findall(r"^(#+) ", text, re.MULTILINE)],
            len(re.findall(r"^\|", text, re.MULTILINE)),
            len(re.findall(r"^(?:- |\d+\. )", text, re.MULTILINE)),
        )

    texts = [(HELP / one / page).read_text(encoding="utf-8") for one in ("en", language)]
    assert bones(texts[1]) == bones(texts[0])
