"""Help pages as files: found by language, with the keys in force filled in, searched as one book."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from labeler.assets import asset, projects_dir

__all__ = ["FIRST", "HelpPage", "Hit", "help_pages", "page_link", "search"]

FIRST = "index"
_CREDITS = "credits"
_KEY = re.compile(r"\{key:([a-z][\w.-]*)\}")
_PAGE_LINK = re.compile(r"\]\(([\w-]+)\.md(?:#([^)]*))?\)")
_LINK_PREFIX = "page:"
_MARKS = re.compile(r"[*_`#>|]|\[([^\]]*)\]\([^)]*\)")
_AROUND = 60
_MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its name (that of the file), its title (the first heading) and its Markdown."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the text was found: the page, which of its matches, the words around it."""

    page: str
    title: str
    number: int
    words: str


def _folder(language: str) -> Path:
    """The pages in this language (``de_DE``), in its base language, else in English."""
    for code in (language, language.partition("_")[0]):
        folder = asset("help") / code
        if code and folder.is_dir():
            return folder
    return asset("help/en")


def help_pages(language: str, key_text: Callable[[str], str]) -> tuple[HelpPage, ...]:
    """Every page, the first one first, the others by title; the sample's credits are one of them.

    ``key_text`` says what the key of a command is called, empty where it has none.
    """
    folder, english = _folder(language), asset("help/en")
    found = []
    for path in sorted(english.glob("*.md")):
        # A page that is not translated yet is better in English than missing.
        own = folder / path.name
        text = (own if own.is_file() else path).read_text(encoding="utf-8")
        found.append(HelpPage(path.stem, _title(text), _filled(text, key_text)))
    credits = projects_dir() / "sample" / "CREDITS.md"
    if credits.is_file():  # who ships no sample owes nobody a credit for it
        text = credits.read_text(encoding="utf-8")
        found.append(HelpPage(_CREDITS, _title(text), text))
    return tuple(sorted(found, key=lambda page: (page.name != FIRST, page.title.casefold())))


def _title(text: str) -> str:
    for line in text.splitlines():
        if line.startswith("#"):
            return line.lstrip("#").strip()
    return ""


def _filled(text: str, key_text: Callable[[str], str]) -> str:
    """The text with keys for ``{key:ID}`` and links between pages as the viewer follows them."""

    def key(found: re.Match[str]) -> str:
        shown = key_text(found.group(1))
        return f"`{shown}`" if shown else "–"

    def link(found: re.Match[str]) -> str:
        anchor = f":{found.group(2)}" if found.group(2) else ""
        return f"](#{_LINK_PREFIX}{found.group(1)}{anchor})"

    return _PAGE_LINK.sub(link, _KEY.sub(key, text))


def page_link(target: str) -> tuple[str, str]:
    """The page and the heading a link leads to; no page where it leads to a heading of its own."""
    name = target.removeprefix("#")
    if not name.startswith(_LINK_PREFIX):
        return "", name
    page, _, anchor = name.removeprefix(_LINK_PREFIX).partition(":")
    return page, anchor


def search(pages: tuple[HelpPage, ...], text: str) -> tuple[Hit, ...]:
    """Where the text stands in the pages as they are read, upper and lower case alike."""
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    hits: list[Hit] = []
    for page in pages:
        plain = _plain(page.text)
        folded = plain.casefold()
        at, count = folded.find(wanted), 0
        while at >= 0 and len(hits) < _MOST_HITS:
            start = max(0, plain.rfind(" ", 0, max(0, at - _AROUND // 2)) + 1)
            words = " ".join(plain[start : at + len(wanted) + _AROUND].split())
            hits.append(Hit(page.name, page.title, count, words))
            count += 1
            at = folded.find(wanted, at + len(wanted))
    return tuple(hits)


def _plain(markdown: str) -> str:
    return _MARKS.sub(lambda found: found.group(1) or "", markdown)
