"""MT-bench: questions of two turns, the answers of models, judgments by models and people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from comparisons import Read, Reading

from labeler.api import QueueConfig, Refusal
from labeler.panels.comparison.formats import MtBenchFormat

REAL = Path(__file__).parents[4].parent / "shared" / "data" / "responses" / "fastchat"
QUESTION = {"question_id": 81, "category": "writing", "turns": ["Write.", "Rewrite."]}


def answer(*turns: str, question: int = 81) -> dict[str, Any]:
    return {
        "question_id": question,
        "answer_id": "x",
        "model_id": "m",
        "choices": [{"index": 0, "turns": list(turns)}],
        "tstamp": 1.5,
    }


def human(winner: Any, **more: Any) -> dict[str, Any]:
    row = {
        "question_id": 81,
        "model_a": "beta",
        "model_b": "alpha",
        "winner": winner,
        "judge": "expert_12",
        "turn": 1,
    }
    return {**row, **more}


def gpt(first: str, second: str, **more: Any) -> dict[str, Any]:
    row = {
        "question_id": 81,
        "model_1": "alpha",
        "model_2": "beta",
        "g1_winner": first,
        "g2_winner": second,
        "judge": ["gpt-4", "pair-v2"],
        "g1_judgment": "long" * 1000,
        "turn": 1,
        "tstamp": 1.0,
    }
    return {**row, **more}


class Bench:
    """A folder as FastChat has it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.put("question.jsonl", QUESTION)
        self.put("model_answer/alpha.jsonl", answer("a1", "a2"))
        self.put("model_answer/beta.jsonl", answer("b1", "b2"))

    def put(self, name: str, *rows: Any) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(msgspec.json.Encoder().encode_lines(rows))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    folder = tmp_path / "mt_bench"
    folder.mkdir()
    return Bench(folder)


def votes(found: Reading) -> dict[str, list[tuple[str, str | None, Any]]]:
    """Author, layer and preference of every annotation, by the turn in the task's key."""
    told: dict[str, list[tuple[str, str | None, Any]]] = {}
    for made in found.tasks:
        told[str(made.key).split(".")[1]] = [
            (str(one.author), one.layer, msgspec.json.decode(one.value)["answers"]["preference"])
            for one in made.annotations
        ]
    return told


def prefer(strength: int) -> dict[str, Any]:
    return {"kind": "prefer", "strength": strength}


# --------------------------------------------------------------------------------------- the tasks


def test_each_turn_of_a_question_is_a_task_with_the_answers_of_all_models(
    read: Read, bench: Bench
) -> None:
    found = read(MtBenchFormat, bench.folder)
    assert found.told == []
    assert [one.key for one in found.tasks] == ["81.1", "81.2"]
    assert [dict(one.meta) for one in found.tasks] == [{"category": "writing"}] * 2
    first, second = found.content(0), found.content(1)
    assert [turn.text for turn in first.turns] == ["Write."]
    assert [one.text for one in first.responses] == ["a1", "b1"]
    assert first.models == {"r1": "alpha", "r2": "beta"}
    assert [turn.text for turn in second.turns] == ["Write."]
    assert [[(turn.role, turn.text) for turn in one.turns] for one in second.responses] == [
        [("assistant", "a1"), ("user", "Rewrite."), ("assistant", "a2")],
        [("assistant", "b1"), ("user", "Rewrite."), ("assistant", "b2")],
    ]


def test_a_model_that_did_not_go_on_is_not_in_the_second_turn(read: Read, bench: Bench) -> None:
    bench.put("model_answer/beta.jsonl", answer("b1"))
    found = read(MtBenchFormat, bench.folder)
    assert [len(found.content(at).responses) for at in (0, 1)] == [2, 1]


def test_references_stand_beside_the_turns_they_are_for(read: Read, bench: Bench) -> None:
    bench.put("reference_answer/gpt-4.jsonl", answer("ref one", "ref two"))
    found = read(MtBenchFormat, bench.folder)
    texts = [[one.text for one in found.content(at).references] for at in (0, 1)]
    assert texts == [["ref one"], ["ref one", "ref two"]]
    assert {part.title for part in found.content(1).parts()} == {""}
    bench.put("question.jsonl", {**QUESTION, "reference": ["own", ""]})
    found = read(MtBenchFormat, bench.folder)
    assert [one.text for one in found.content(1).references] == ["own"]


def test_pairs_are_all_twos_and_no_key_names_a_model(read: Read, bench: Bench) -> None:
    bench.put("model_answer/gamma.jsonl", answer("c1"))
    found = read(MtBenchFormat, bench.folder, mt_bench_tasks="pairs")
    models = [tuple(found.content(at).models.values()) for at in range(len(found.tasks))]
    assert models == [("alpha", "beta"), ("alpha", "gamma"), ("beta", "gamma"), ("alpha", "beta")]
    keys = [str(one.key) for one in found.tasks]
    assert len(set(keys)) == 4
    assert not any(name in key for name in ("alpha", "beta", "gamma") for key in keys)


def test_of_two_answers_to_a_question_the_last_counts(read: Read, bench: Bench) -> None:
    bench.put("model_answer/alpha.jsonl", answer("old"), answer("new"))
    assert read(MtBenchFormat, bench.folder).content().responses[0].text == "new"


# ------------------------------------------------------------------------------------- judgments


@pytest.mark.parametrize(
    ("row", "author", "layer", "said"),
    [
        # alpha is the first response whatever side a judge saw it on: beta is model_a here.
        (human("model_a"), "expert_12", "work", prefer(2)),
        (human("model_b"), "expert_12", "work", prefer(-2)),
        (human("tie"), "expert_12", "work", prefer(0)),
        (human("tie (bothbad)"), "expert_12", "work", {"kind": "tie_bad"}),
        (gpt("model_1", "model_1"), "gpt-4", "prediction", prefer(-2)),
        (gpt("model_2", "model_2"), "gpt-4", "prediction", prefer(2)),
        (gpt("model_1", "model_2"), "gpt-4", "prediction", prefer(0)),
        (gpt("tie", "model_2"), "gpt-4", "prediction", prefer(0)),
        (human("tie (inconsistent)", judge=["gpt-4", "pair-v2"]), "gpt-4", "prediction", prefer(0)),
    ],
)
def test_a_judgment_is_an_annotation_of_the_pair_it_is_about(
    read: Read, bench: Bench, row: dict[str, Any], author: str, layer: str, said: Any
) -> None:
    bench.put("model_judgment/judged.jsonl", row)
    found = read(MtBenchFormat, bench.folder)
    assert found.told == []
    assert votes(found) == {"1": [(author, layer, said)]}
    assert tuple(found.content().models.values()) == ("alpha", "beta")


def test_only_pairs_that_were_judged_are_tasks_where_some_were(read: Read, bench: Bench) -> None:
    bench.put("model_answer/gamma.jsonl", answer("c1", "c2"))
    bench.put("human_judgment/human.jsonl", human("model_a"), human("model_a", turn=2))
    found = read(MtBenchFormat, bench.folder)
    assert len(found.tasks) == 2
    assert votes(found) == {
        "1": [("expert_12", "work", prefer(2))],
        "2": [("expert_12", "work", prefer(2))],
    }


def test_judgments_of_pairs_do_not_fit_tasks_of_all_models(read: Read, bench: Bench) -> None:
    bench.put("model_answer/gamma.jsonl", answer("c1"))
    bench.put("human_judgment/human.jsonl", human("model_a"))
    found = read(MtBenchFormat, bench.folder, mt_bench_tasks="together")
    assert found.told == [("answer_missing", "human_judgment/human.jsonl:1")]
    assert [len(one.annotations) for one in found.tasks] == [0, 0]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (gpt("error", "model_1"), "winner"),
        (human("model_c"), "winner"),
        (human(3), "winner"),
        (human("tie", judge=""), "judge"),
        (human("tie", model_a=None), "model_a"),
        (human("tie", model_a="alpha"), "model_b"),
        (human("tie", question_id=None), "question_id"),
        (human("tie", turn=0), "turn"),
    ],
)
def test_a_judgment_nobody_can_follow_is_told(
    read: Read, bench: Bench, row: dict[str, Any], place: str
) -> None:
    bench.put("model_judgment/j.jsonl", row)
    found = read(MtBenchFormat, bench.folder)
    assert found.told == [("content_invalid", f"model_judgment/j.jsonl:1: {place}")]


def test_a_judgment_of_answers_that_are_not_there_is_told(read: Read, bench: Bench) -> None:
    bench.put("model_judgment/j.jsonl", human("tie", model_a="zeta"), human("tie", question_id=99))
    found = read(MtBenchFormat, bench.folder)
    assert found.told == [
        ("answer_missing", "model_judgment/j.jsonl:1"),
        ("answer_missing", "model_judgment/j.jsonl:2"),
    ]


def test_scores_of_single_answers_are_told_once_and_left(read: Read, bench: Bench) -> None:
    single = {"question_id": 81, "model": "alpha", "judge": ["gpt-4", "single-v1"], "score": 9}
    bench.put("model_judgment/gpt-4_single.jsonl", single, single)
    found = read(MtBenchFormat, bench.folder)
    assert found.told == [("judgment_single", "model_judgment/gpt-4_single.jsonl:1")]
    assert len(found.tasks) == 2


def test_a_queue_that_asks_for_no_preference_is_told_once(read: Read, bench: Bench) -> None:
    bench.put("human_judgment/human.jsonl", human("model_a"), human("model_b"))
    found = read(MtBenchFormat, bench.folder, queue=QueueConfig())
    assert found.told == [("question_missing", "human_judgment/human.jsonl:1")]
    assert [one.key for one in found.tasks] == ["81.1", "81.2"]


# --------------------------------------------------------------------------- one file of judgments


def talk(*texts: str) -> list[dict[str, str]]:
    return [
        {"content": text, "role": "user" if at % 2 == 0 else "assistant"}
        for at, text in enumerate(texts)
    ]


def test_judgments_that_bring_their_conversations_make_the_same_tasks_as_a_folder(
    read: Read, bench: Bench
) -> None:
    bench.put("human_judgment/human.jsonl", human("model_a"), human("model_b", turn=2))
    folder = read(MtBenchFormat, bench.folder)
    conversations = {
        "conversation_a": talk("Write.", "b1", "Rewrite.", "b2"),
        "conversation_b": talk("Write.", "a1", "Rewrite.", "a2"),
    }
    rows = [human("model_a", **conversations), human("model_b", turn=2, **conversations)]
    alone = read(MtBenchFormat, rows, "human.jsonl")
    assert alone.told == []
    assert [one.key for one in alone.tasks] == [one.key for one in folder.tasks]
    assert [one.content for one in alone.tasks] == [one.content for one in folder.tasks]
    assert votes(alone) == votes(folder)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({}, "conversation_b"),  # alpha's, which is looked at first
        ({"conversation_a": talk("Write.", "b1"), "conversation_b": []}, "conversation_b"),
        (
            {"conversation_a": talk("Write.", "b1"), "conversation_b": talk("Draw.", "a1")},
            "conversation_b",
        ),
    ],
)
def test_conversations_that_are_none_or_begin_unlike_are_told(
    read: Read, more: dict[str, Any], place: str
) -> None:
    found = read(MtBenchFormat, [human("model_a", **more)], "human.jsonl")
    assert [(code, where.split(": ")[1]) for code, where in found.told] == [
        ("content_invalid", place)
    ]


def test_a_list_of_judgments_is_read_like_lines_of_them(read: Read) -> None:
    conversations = {"conversation_a": talk("q", "b1"), "conversation_b": talk("q", "a1")}
    raw = msgspec.json.encode([human("model_a", **conversations)])
    found = read(MtBenchFormat, raw, "human_judgments.json")
    assert votes(found) == {"1": [("expert_12", "work", prefer(2))]}


# --------------------------------------------------------------------------------- broken folders


def test_a_folder_without_questions_is_refused(read: Read, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read(MtBenchFormat, tmp_path)
    assert refused.value.problem.code == "file_missing"
    assert refused.value.problem.where.endswith("question.jsonl")


def test_broken_lines_are_told_with_their_file_and_the_rest_is_read(
    read: Read, bench: Bench
) -> None:
    alpha = bench.folder / "model_answer" / "alpha.jsonl"
    sound = msgspec.json.encode(answer("a1", "a2"))
    lines = [b"{", b"caf\xe9", b'{"question_id": 81}', b'{"question_id": null}', b"", sound]
    alpha.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines))
    (bench.folder / "question.jsonl").write_bytes(
        b'[1]\n{"question_id": 1, "turns": []}\n{"turns": ["a"]}\n' + msgspec.json.encode(QUESTION)
    )
    found = read(MtBenchFormat, bench.folder)
    assert sorted(found.told) == [
        ("content_invalid", "model_answer/alpha.jsonl:3: choices"),
        ("content_invalid", "model_answer/alpha.jsonl:4: question_id"),
        ("content_invalid", "question.jsonl:2: turns"),
        ("content_invalid", "question.jsonl:3: question_id"),
        ("json_syntax", "model_answer/alpha.jsonl:1"),
        ("json_syntax", "model_answer/alpha.jsonl:2"),
        ("row_not_table", "question.jsonl:1"),
    ]
    assert [one.text for one in found.content().responses] == ["a1", "b1"]


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the checkout")
def test_the_real_questions_and_references_are_read(read: Read) -> None:
    found = read(MtBenchFormat, REAL / "mt_bench")
    assert found.told == []
    # 80 questions of two turns, 81 to 160
    assert len(found.tasks) == 160
    assert {str(one.key).split(".")[0] for one in found.tasks} == {str(n) for n in range(81, 161)}
    # 30 have an answer of gpt-4, 39 one of their own, 40 either.
    assert sum(bool(found.content(at).references) for at in range(1, 160, 2)) == 40
    vicuna = read(MtBenchFormat, REAL / "vicuna_bench")
    assert vicuna.told == []
    assert [one.key for one in vicuna.tasks] == [str(n) for n in range(1, 81)]
