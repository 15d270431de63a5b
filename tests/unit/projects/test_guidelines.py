"""Guidelines can be linked and searched: their rules are numbered without gaps."""

import re
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GUIDELINES = sorted((ROOT / "projects").glob("**/guideline.md"))


@pytest.fixture(params=GUIDELINES, ids=lambda path: path.parent.name)
def guideline(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


def _numbers(guideline: str) -> list[tuple[int, ...]]:
    found = re.findall(r"^(##+) (\S+) \S", guideline, re.MULTILINE)
    numbers = []
    for hashes, number in found:
        numbers.append(tuple(int(part) for part in number.split(".")))
        assert len(numbers[-1]) == len(hashes) - 1, f"{number} is on the wrong level"
    return numbers


def test_every_heading_below_the_title_has_its_number(guideline: str) -> None:
    assert guideline.startswith("# ")
    headings = re.findall(r"^##+ .*", guideline, re.MULTILINE)
    assert len(_numbers(guideline)) == len(headings)


def test_rules_count_without_gaps(guideline: str) -> None:
    numbers = _numbers(guideline)
    sections = [number for number in numbers if len(number) == 1]
    assert sections == [(n,) for n in range(1, len(sections) + 1)]
    rules = [number for number in numbers if len(number) == 2]
    for section, group in groupby(rules, key=lambda rule: rule[0]):
        members = list(group)
        assert members == [(section, n) for n in range(1, len(members) + 1)]


def test_rules_named_in_the_text_exist(guideline: str) -> None:
    known = {".".join(map(str, number)) for number in _numbers(guideline)}
    named = set(re.findall(r"\b[Rr]ules? ([0-9]+(?:\.[0-9]+)?)", guideline))
    named |= set(re.findall(r"\b[Rr]ules [0-9.]+ and ([0-9]+(?:\.[0-9]+)?)", guideline))
    named |= set(re.findall(r"\(([0-9]\.[0-9])[,);]", guideline))
    assert named <= known


def test_the_sample_s_guideline_names_rules_at_its_examples() -> None:
    guideline = (ROOT / "projects" / "sample" / "guideline.md").read_text(encoding="utf-8")
    examples = guideline.split("## 8 Worked examples")[1]
    rows = [line for line in examples.splitlines() if line.startswith("| “")]
    assert len(rows) >= 15
    assert all(re.search(r"\([0-9]\.[0-9][^)]*\)", row.rsplit("|", 2)[1]) for row in rows)


def test_tables_have_as_many_cells_in_each_row_as_in_their_head(guideline: str) -> None:
    for block in re.findall(r"(?:^\|.*\n)+", guideline, re.MULTILINE):
        widths = {row.count("|") for row in block.splitlines()}
        assert len(widths) == 1, block
