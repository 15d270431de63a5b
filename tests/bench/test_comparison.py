"""A hundred thousand judged pairs come in and go out as training data."""

from __future__ import annotations

import json
import random
import statistics
from pathlib import Path

from board import Beside, Board, child
from made import Data

PAIRS = 100_000
RUNS = 3
WORDS = ("the", "a", "model", "answers", "prompt", "with", "code", "table", "step", "then", "value")


def _made(path: Path, count: int) -> Path:
    """So many pairs with a preference each, texts of 20 to 250 words, some with Markdown and 1.0."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            texts = [" ".join(chance.choices(WORDS, k=chance.randrange(20, 250))) for _ in range(2)]
            row = {
                "id": f"pair-{number}",
                "prompt": " ".join(chance.choices(WORDS, k=30)),
                "responses": [texts[0], f"{texts[1]}\n\n```python\nx = 1.0\n```\n"],
                "preference": {"kind": "prefer", "strength": chance.choice((-3, -1, 1, 2))},
                "justification": "The first one answers what was asked, the second does not.",
                "domain": "Code",
            }
            stream.write(json.dumps(row) + "\n")
    return path


def test_pairs(board: Board, data: Data, tmp_path: Path) -> None:
    source, few = _made(tmp_path / "pairs.jsonl", PAIRS), _made(tmp_path / "few.jsonl", PAIRS // 10)
    ours, naive = [], []
    for run in range(RUNS):
        told = child(
            "import_pairs", tmp_path / f"{run}.labeler", source, tmp_path / f"out{run}.jsonl"
        )
        assert (told["tasks"], told["annotations"], told["written"]) == (PAIRS,) * 3
        assert told["problems"] == 0
        ours.append(told)
        naive.append(
            child("naive_pairs", tmp_path / f"{run}.sqlite", source, tmp_path / f"raw{run}.jsonl")
        )
        assert (tmp_path / f"out{run}.jsonl").read_bytes().count(b"\n") == PAIRS
    least = child("import_pairs", tmp_path / "few.labeler", few, tmp_path / "few-out.jsonl")["mb"]

    def beside(name: str, what: str) -> Beside:
        return Beside(what, statistics.median(one[name] for one in naive))

    board.add(
        f"import of {PAIRS:,} pairs",
        "s",
        [one["imported"] for one in ours],
        beside("imported", "json.loads + executemany, one table"),
        target=10,
    )
    board.add(
        "the same with a judgment and its reason each",
        "s",
        [one["judged"] for one in ours],
        beside("imported", "the same table, the judgment in it"),
    )
    board.add(
        f"export of {PAIRS:,} preference pairs",
        "s",
        [one["exported"] for one in ours],
        beside("exported", "SELECT + json.dumps"),
        target=10,
    )
    board.add(
        f"peak memory at {PAIRS:,} pairs",
        "MB",
        [one["mb"] for one in ours],
        Beside(f"the same at {PAIRS // 10:,}", least),
    )
