"""Help pages hang together: links lead somewhere, keys are left to the app, words are plain."""

import re
from pathlib import Path

import pytest

PAGES = [
    "boxes.md",
    "comparison.md",
    "index.md",
    "keyboard.md",
    "projects.md",
    "search.md",
    "sentiment.md",
    "transcription.md",
]

AREAS = "app|work|data|boxes|comparison|sentiment|project|review|transcription"


@pytest.fixture(params=PAGES)
def page(help_folder: Path, request: pytest.FixtureRequest) -> str:
    return (help_folder / request.param).read_text(encoding="utf-8")


def test_the_first_page_leads_to_every_other(help_folder: Path) -> None:
    index = (help_folder / "index.md").read_text(encoding="utf-8")
    there = {path.name for path in help_folder.glob("*.md")}
    assert set(re.findall(r"\]\(([^)]+)\)", index)) == there - {"index.md"}
    assert set(PAGES) <= there


def test_links_lead_to_pages_that_are_there(page: str, help_folder: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page):
        assert (help_folder / target).is_file()


def test_a_page_has_one_title_and_it_comes_first(page: str) -> None:
    assert page.startswith("# ")
    assert len(re.findall(r"^# ", page, re.MULTILINE)) == 1


def test_keys_are_placeholders_of_a_command(page: str) -> None:
    for inside in re.findall(r"\{key:([^}]*)\}", page):
        assert re.fullmatch(
            rf"({AREAS})\.[a-z]+(_[a-z0-9]+)*",
            inside,
        )
    assert page.count("{key:") == len(re.findall(r"\{key:[^}]+\}", page))
    assert not re.search(r"\b(Ctrl|Alt)\+|\bF\d{1,2}\b", page), "a key is spelled out"


def test_every_command_named_in_a_page_is_in_the_list_of_keys(help_folder: Path, page: str) -> None:
    keyboard = (help_folder / "keyboard.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| \{key:([^}]+)\} \|", keyboard, re.MULTILINE))
    assert listed.issuperset(re.findall(r"\{key:([^}]+)\}", page))


def test_words_are_plain(page: str) -> None:
    assert "!" not in page
    assert not re.search(
        r"\b(please|oops|simply|easily|powerful|item|record|worker|user|ontology)\b",
        page,
        re.IGNORECASE,
    )
    for heading in re.findall(r"^##? (.*)", page, re.MULTILINE):
        _, *rest = heading.split()
        assert not any(word[0].isupper() for word in rest), f"{heading!r} is in sentence case"
