"""Whatever is in a file of comparisons: tasks, problems or one refusal, the same twice, and no crash."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeler.api import (
    AnnotationOut,
    Codec,
    Context,
    ImportFormat,
    Problem,
    QueueConfig,
    ReadOptions,
    Refusal,
    TaskIn,
    TaskOut,
    WriteOptions,
)
from labeler.exchange.reading import canonical_content
from labeler.panels.comparison.content import ComparisonContent
from labeler.panels.comparison.formats import (
    MtBenchFormat,
    PandaLmFormat,
    PreferenceFormat,
    RankingFormat,
    ResponsesFormat,
)
from labeler.panels.comparison.task import ComparisonTask

CONFIG = msgspec.convert(
    {
        "labels": [{"id": "wrong"}],
        "questions": [
            {"id": "preference", "kind": "preference"},
            {"id": "ranking", "kind": "ranking"},
            {"id": "why", "kind": "text"},
        ],
    },
    QueueConfig,
)
FORMATS: dict[str, tuple[type[ImportFormat], str]] = {
    "responses": (ResponsesFormat, "in.jsonl"),
    "pandalm": (PandaLmFormat, "in.json"),
    "judgments": (MtBenchFormat, "in.jsonl"),
    "questions": (MtBenchFormat, "question.jsonl"),
    "answers": (MtBenchFormat, "model_answer/m.jsonl"),
    "judged": (MtBenchFormat, "human_judgment/h.json"),
}
QUESTION = '{"question_id": 1, "turns": ["a", "b"], "reference": ["x"]}\n'
TALK = '[{"role": "user", "content": "a"}, {"role": "assistant", "content": "ü😀"}]'
VOTE = (
    '"question_id": 1, "model_a": "m", "model_b": "n", "winner": "model_a", "judge": "e", "turn": 1'
)
SOUND = {
    "responses": '{"id": "k", "prompt": "grün?", "responses": ["a", {"id": "x", "text": "b", '
    '"model": "m"}], "preference": {"kind": "prefer", "strength": -1}, "why": "w", "regions": '
    '[{"on": "x", "start": 0, "end": 1}], "by": "ada", "score": 0.5, "references": ["r"]}\n'
    f'{{"messages": {TALK}, "responses": [{{"messages": {TALK}}}], "ranking": {{"r1": 1}}}}\n',
    "pandalm": '[{"idx": 1, "cmp_key": "a_b", "instruction": "i", "input": "ü😀", "response1": '
    '"x", "response2": "y", "annotator1": 2, "annotator2": 0, "n": 1.5e3}, {"idx": 2}]',
    "judgments": f'{{{VOTE}, "conversation_a": {TALK}, "conversation_b": {TALK}}}\n',
    "questions": QUESTION * 2,
    "answers": '{"question_id": 1, "choices": [{"turns": ["one", "ü😀"]}]}\n',
    "judged": f'[{{{VOTE}}}, {{"score": 3}}]',
}
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "gb18030")
TASK = ComparisonTask()
CODEC = Codec({one.type_name(): one for one in TASK.region_types})


def read(kind: str, raw: bytes, folder: Path) -> list[TaskIn | Problem] | str:
    """What a reading gives; the message of the refusal if it is refused."""
    reader, name = FORMATS[kind]
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if path.parent != folder or kind == "questions":
        (folder / "question.jsonl").write_text(QUESTION, "utf-8")
        (folder / "model_answer").mkdir(exist_ok=True)
        (folder / "model_answer" / "n.jsonl").write_text(SOUND["answers"], "utf-8")
        path.write_bytes(raw)
        path = folder
    else:
        path.write_bytes(raw)
    try:
        return list(reader().read(path, ReadOptions(CONFIG)))
    except Refusal as refusal:
        return str(refusal)


def check(kind: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = read(kind, raw, folder)
        assert found == read(kind, raw, folder)
        if isinstance(found, str):
            assert found
            return
        tasks = []
        for one in found:
            assert one.where
            if isinstance(one, Problem):
                assert one.message
            else:
                tasks.append(sound(one))
        for writer in (ResponsesFormat(), PreferenceFormat(), RankingFormat()):
            target = folder / f"out-{type(writer).__name__}.jsonl"
            [path] = writer.write(iter(tasks), target, WriteOptions(CONFIG))
            for line in path.read_bytes().splitlines():
                assert isinstance(json.loads(line), dict)


def sound(task: TaskIn) -> TaskOut:
    """The task as a project would give it out again, with what can be read of its values."""
    content = task.content
    if content is not None:
        assert isinstance(content, ComparisonContent)
        raw = canonical_content(content)
        assert msgspec.json.decode(raw, type=ComparisonContent) == content
        assert len(TASK.summary(content).splitlines()) <= 1
        ids = [part.id for part in content.parts()]
        assert len(ids) == len(set(ids))
        seen = msgspec.json.encode(content.parts())
        assert not any(
            f'"{model}"'.encode() in seen for model in content.models.values() if len(model) > 20
        )
    assert msgspec.json.decode(msgspec.json.encode(task.meta)) == task.meta
    annotations = []
    for number, one in enumerate(task.annotations):
        try:
            value = CODEC.read(one.value, task.key or "", one.where)
        except Refusal:
            continue  # the runner tells it
        if content is not None:
            list(TASK.check(content, value, CONFIG))
            value = TASK.complete(content, value)
        out = (f"{number:032x}", "work", one.author or "a", one.status, value, one.value)
        annotations.append(AnnotationOut(*out, Context()))
    whole: dict[str, Any] = {"meta": task.meta, "status": "open", "annotations": tuple(annotations)}
    return TaskOut("0" * 32, task.key or "k", "q", content, b"", **whole)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=40)
@given(raw=st.binary(max_size=300))
def test_bytes_of_any_kind_are_no_crash(kind: str, raw: bytes) -> None:
    check(kind, raw)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=80)
@given(
    codec=st.sampled_from(CODECS),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=6)), max_size=4
    ),
)
def test_a_damaged_file_is_no_crash(
    kind: str, codec: str, cuts: list[tuple[float, int, bytes]]
) -> None:
    raw = SOUND[kind].encode(codec, "replace")
    for place, gone, put in cuts:
        at = int(place * len(raw))
        raw = raw[:at] + put + raw[at + gone :]
    check(kind, raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = {
    "responses": "id prompt messages responses references content_extra answers regions by layer "
    "status reason score preference ranking x",
    "pandalm": "idx instruction input response1 response2 cmp_key annotator1",
    "judgments": "question_id model_a model_b model_1 winner g1_winner judge turn conversation_a "
    "conversation_b score turns",
    "questions": "question_id turns reference category",
    "answers": "question_id choices model_id",
    "judged": "question_id model_a model_b winner judge turn score",
}


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=80)
@given(data=st.data())
def test_known_names_with_anything_in_them_are_no_crash(kind: str, data: st.DataObject) -> None:
    some = st.dictionaries(st.sampled_from(NAMES[kind].split()), JSON, max_size=6)
    rows = data.draw(st.lists(some, max_size=3))
    written = [json.dumps(row) for row in rows]
    raw = f"[{','.join(written)}]" if FORMATS[kind][1].endswith(".json") else "\n".join(written)
    check(kind, raw.encode())
