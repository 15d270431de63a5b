"""What is read in Markdown is what other readers of it read: CommonMark 0.31 and tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from markdown_judge import Seen, ours, theirs

from labeler.kit.markdown.blocks import read_blocks
from labeler.kit.markdown.inline import read_inline
from labeler.kit.markdown.shown import Style

TEXTS = [
    "# One\n\nTwo *three* **four** `five`\n\n## Six ##\n\nSeven\n===\n\nEight\n---\n",
    "1. one\n2. two\n\n   more of two\n   - deep\n     - deeper\n3. three\n",
    "- a\n- b\n\n\n- c\n+ d\n* e\n",
    "> quoted\nlazily on\n> - list\n>   > inner\n\nafter\n",
    "```python\nx = 1\n\n  y\n```\n~~~\nopen to the end\n",
    "    indented\n\n    code\n\ntext\n",
    "| a | b |\n|:--|--:|\n| 1 | `2` |\n| *3* |\n\nafter\n",
    "text before\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "***both*** **bold *nested* on** *a **b** c* __u__ _i_ snake_case_word 2*3*4\n",
    "**not closed, *nor this\n\n~~gone~~ ~kept~ \\*escaped\\* &amp; &lt;b&gt; &copy; &nosuch;\n",
    "hard  \nbreak\\\nand soft\nend\n",
    "[words](http://a.b/c) ![a picture](x.png) <https://d.e> <b>raw</b> [not a link] [x]\n",
    "``code with ` tick`` `open\n",
    "* * *\n\n- - -\n\ntext\n***\n",
    "foo*bar*baz **\u201cquoted\u201d**text *(x)*\n",
    "1) one\n2) two\n\n10. ten\n",
    "- [ ] open\n",
]


@pytest.mark.parametrize("text", TEXTS[:-1], ids=range(len(TEXTS) - 1))
def test_every_kind_of_block_is_read_as_another_reader_does(text: str) -> None:
    assert ours(text) == theirs(text)


def test_real_responses_are_read_as_another_reader_does(data: Path) -> None:
    texts = [
        entry["output"]
        for model in ("gpt4", "claude")
        for entry in json.loads((data / "alpaca_eval" / model / "model_outputs.json").read_bytes())
    ]
    # Formulas are ours alone, and a row of a table loses nothing here that is too much for it.
    texts = [text for text in texts if not any(sign in text for sign in ("$", "\\(", "\\[", "\\_"))]
    different = [text[:80] for text in texts if text.strip() and ours(text) != theirs(text)]
    assert len(texts) > 1_400
    assert different == []


def test_a_row_with_too_many_cells_loses_none_of_its_words() -> None:
    cells = [seen.text for seen in ours("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n")]
    assert cells == ["a", "b", "1", "2 | 3"]


def test_a_box_to_tick_is_the_marker_of_its_entry() -> None:
    leaves = read_blocks("- [ ] open\n- [x] done\n- [y] neither\n")
    assert [leaf.marker for leaf in leaves] == ["\u2610", "\u2611", "\u2022"]


def test_numbers_of_a_list_count_on_from_its_first() -> None:
    leaves = read_blocks("7. a\n7. b\n9. c\n")
    assert [leaf.marker for leaf in leaves] == ["7.", "8.", "9."]


def shown(text: str) -> str:
    return read_inline(text, [(0, len(text))], 0).text


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a $x^2$ b", ["x^2"]),
        ("it costs $5 and $6 more", []),
        ("from $5-$10 a piece", []),
        (r"\(a\) and \[b\]", ["a", "b"]),
        ("$$c$$ inside", ["c"]),
        ("`$not$` $ not$ $not $", []),
        ("$a\\$b$", ["a\\$b"]),
    ],
)
def test_formulas_are_told_from_sums_of_money(text: str, latex: list[str]) -> None:
    found = read_inline(text, [(0, len(text))], 0)
    assert [formula.latex for formula in found.formulas] == latex


def test_a_formula_on_its_own_lines_is_a_block() -> None:
    text = "before\n\n$$\nx\n+ y\n$$\n\n\\[ z \\]\n\n\\begin{align}\na &= b\n\\end{align}\n"
    leaves = [leaf for leaf in read_blocks(text) if leaf.kind == "formula"]
    assert [leaf.latex for leaf in leaves] == [
        "x\n+ y",
        "z",
        "\\begin{align}\na &= b\n\\end{align}",
    ]


def test_a_link_shows_its_words_and_where_it_leads() -> None:
    assert (
        shown("see [the docs](https://x.org/a?b=c) now") == "see the docs (https://x.org/a?b=c) now"
    )
    assert shown("[https://x.org](https://x.org)") == "https://x.org"
    assert shown("![cat](http://x.org/cat.png)") == "[cat] (http://x.org/cat.png)"


def test_an_endless_address_ends_in_an_ellipsis() -> None:
    words = shown(f"![p](data:image/png;base64,{'A' * 100_000})")
    assert len(words) < 200
    assert words.endswith("\u2026)")


def test_styles_lie_on_the_words_they_are_for() -> None:
    text = "a **b *c*** ~~d~~ `e`"
    found = read_inline(text, [(0, len(text))], 0)
    words = {found.text[run.start : run.end]: run.style for run in found.runs}
    assert words == {
        "b ": Style.STRONG,
        "c": Style.STRONG | Style.EMPHASIS,
        "d": Style.STRUCK,
        "e": Style.CODE,
    }


def test_an_empty_text_has_no_blocks() -> None:
    assert read_blocks("") == ()
    assert ours("\n \n") == [Seen("paragraph", "", "")]
