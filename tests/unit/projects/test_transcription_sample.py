"""What the sample's recordings promise: real, small, ours to ship, and values that fit the template."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from labeler.api import Problem, QueueConfig, ReadOptions, Segment, TaskIn
from labeler.api.manifest import read_manifest
from labeler.exchange.names import Names
from labeler.exchange.templates import template_named
from labeler.media.audio import open_audio
from labeler.media.probe import probe
from labeler.model.checks import missing_answers, value_problems
from labeler.model.codec import Codec
from labeler.panels.transcription.formats import AudioFormat, JsonlFormat
from labeler.panels.transcription.overlaps import overlaps
from labeler.panels.transcription.task import AudioContent, TranscriptionTask

FOLDER = Path(__file__).resolve().parents[3] / "projects" / "sample" / "transcription"
TASK = TranscriptionTask()


@pytest.fixture(scope="module")
def config() -> QueueConfig:
    return template_named("transcription").configs()["transcription"]


def read(reader: Any, source: Path, config: QueueConfig) -> list[TaskIn]:
    found = list(reader.read(source, ReadOptions(config, probe=probe)))
    assert [str(one) for one in found if isinstance(one, Problem)] == []
    return [one for one in found if isinstance(one, TaskIn)]


@pytest.fixture(scope="module")
def contents(config: QueueConfig) -> dict[str, AudioContent]:
    made = {}
    for one in read(AudioFormat(), FOLDER / "recordings", config):
        assert isinstance(one.content, AudioContent)
        made[str(one.key)] = one.content
    return made


def test_there_are_recordings_in_every_container_and_three_languages(
    contents: dict[str, AudioContent],
) -> None:
    assert len(contents) >= 5
    assert {Path(key).suffix for key in contents} == {".ogg", ".flac", ".opus", ".mp3"}
    assert {"persuasion-es.opus", "lamp-ja.mp3", "wizard.flac"} <= set(contents)
    assert max(one.duration for one in contents.values()) > 20_000_000


def test_a_recording_is_small_sound_and_heard(contents: dict[str, AudioContent]) -> None:
    for key, content in contents.items():
        path = FOLDER / "recordings" / key
        assert path.stat().st_size <= 300_000
        audio = open_audio(path.open("rb"), key)
        assert audio.problems == ()
        assert abs(audio.duration - content.duration) < 100_000
        assert 0.05 < abs(audio.read(0, audio.frames)).max() <= 1.0
        audio.close()


@pytest.mark.parametrize("name", ["gold.jsonl", "predictions.jsonl"])
def test_values_fit_their_recordings_and_the_template(
    name: str, contents: dict[str, AudioContent], config: QueueConfig
) -> None:
    codec = Codec({one.type_name(): one for one in TASK.region_types})
    rows = read(JsonlFormat(), FOLDER / name, config)
    assert len(rows) >= 2
    for row in rows:
        content = contents[str(row.key)]
        [annotation] = row.annotations
        value = codec.read(Names(config).to_ids(annotation.value), str(row.key), row.where)
        told = [
            *value_problems(value, config, content.parts()),
            *TASK.check(content, value, config),
        ]
        if name == "gold.jsonl":
            told += missing_answers(value, config, content.parts())
        assert [str(problem) for problem in told] == []
        assert overlaps(value.regions) == {}
        segments = [one for one in value.regions if isinstance(one, Segment)]
        assert all(one.text.strip() or one.label for one in segments)


def test_segments_lie_where_somebody_speaks(
    contents: dict[str, AudioContent], config: QueueConfig
) -> None:
    for name in ("gold.jsonl", "predictions.jsonl"):
        for row in read(JsonlFormat(), FOLDER / name, config):
            audio = open_audio((FOLDER / "recordings" / str(row.key)).open("rb"))
            samples = abs(audio.read(0, audio.frames)[:, 0])
            loud = samples.max() / 8
            for region in json.loads(row.annotations[0].value)["regions"]:
                start, end = (
                    time * audio.rate // 1_000_000 for time in (region["start"], region["end"])
                )
                assert samples[start:end].max() > loud
                # Nobody is cut: the twentieth of a second on either side is quiet.
                edge = audio.rate // 20
                assert samples[max(0, start - edge) : start].max(initial=0) < 3 * loud
            audio.close()


def test_some_prediction_is_wrong_where_gold_is_right(config: QueueConfig) -> None:
    texts = {
        name: {
            row.key: row.annotations[0].value.decode()
            for row in read(JsonlFormat(), FOLDER / name, config)
        }
        for name in ("gold.jsonl", "predictions.jsonl")
    }
    assert "overrun with mice" in texts["gold.jsonl"]["cat-and-mice.ogg"]
    assert "overrun with mine" in texts["predictions.jsonl"]["cat-and-mice.ogg"]


def test_every_file_has_a_credit_with_a_licence_we_may_ship() -> None:
    credits = (FOLDER.parent / "CREDITS.md").read_text(encoding="utf-8")
    allowed = ("CC0-1.0", "CC-BY-4.0", "public domain")
    for path in FOLDER.rglob("*"):
        if path.is_file():
            name = re.escape(path.relative_to(FOLDER.parent).as_posix())
            row = re.search(rf"^\| `{name}` \|.*\| ([^|]*) \|$", credits, re.MULTILINE)
            assert row, f"{path.name} has no credit"
            assert row[1] in allowed


def test_no_key_of_the_template_is_a_key_of_the_panel(config: QueueConfig) -> None:
    manifest = read_manifest(
        FOLDER.parents[2] / "labeler" / "panels" / "transcription" / "panel.toml"
    )
    taken = {key for command in manifest.commands for key in command.keys}
    keys = {label.key for label in config.labels}
    keys |= {
        choice.key for question in config.questions for choice in getattr(question, "choices", ())
    }
    assert len(keys) == 10
    assert not taken & keys
