"""A project in which two people disagreed in every panel, and about the project itself: really merged."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import soundfile
from PIL import Image

from labeler.exchange.importing import ImportOptions, run_import
from labeler.exchange.needs import here
from labeler.model.queue import read_config
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint

__all__ = ["make_conflicts", "make_rare_conflicts", "make_two_contents"]

QUEUES: dict[str, dict[str, Any]] = {
    "boxes": {"labels": [{"id": "cat", "name": "Cat"}, {"id": "dog", "name": "Dog"}]},
    "transcription": {"labels": [{"id": "speech", "name": "Speech"}]},
    "sentiment": {
        "labels": [{"id": "target", "name": "Target", "types": ["span"]}],
        "questions": [
            {
                "id": "sentiment",
                "kind": "choice",
                "title": "Sentiment",
                "required": True,
                "rule": "1 Read the text",
                "choices": [{"id": "good", "title": "Good"}, {"id": "bad", "title": "Bad"}],
            }
        ],
        "guideline": "# 1 Read the text\n\nThen judge it.",
    },
    "comparison": {
        "questions": [
            {"id": "preference", "kind": "preference", "title": "Preference", "required": True},
            {"id": "why", "kind": "text", "title": "Why"},
        ]
    },
}
BOX = {"type": "box", "label": "cat", "x": 10, "y": 10, "width": 40, "height": 30}
SEGMENT = {"type": "segment", "label": "speech", "speaker": "Sheila"}


def value(*regions: dict[str, Any], **answers: Any) -> bytes:
    """A value's JSON."""
    return msgspec.json.encode({"regions": regions, "answers": answers})


def segment(end: int, text: str) -> dict[str, Any]:
    """The segment they contest; times in microseconds."""
    return {**SEGMENT, "id": "s1", "start": 200_000, "end": end, "text": text}


BEFORE = {
    "picture.png": value({**BOX, "id": "b1"}, {**BOX, "id": "b2", "x": 60, "label": "dog"}),
    "call.wav": value(segment(1_200_000, "And I'm Sheila in Texas, originally from Chicago")),
    "review": value(sentiment="good"),
    "pair": value(preference={"kind": "prefer", "strength": -1}, why="A is shorter."),
}
SOFIA = {
    "picture.png": value({**BOX, "id": "b1", "width": 55}),
    "call.wav": value(segment(1_200_000, "And I'm Sheila in Texas, originally from Chicago.")),
    "review": value(
        {"id": "p1", "type": "span", "label": "target", "start": 4, "end": 8, "text": "food"},
        sentiment="bad",
    ),
    "pair": value(preference={"kind": "prefer", "strength": -2}, why="A is shorter and clear."),
}
JONAS = {
    "picture.png": value(
        {**BOX, "id": "b1", "width": 48}, {**BOX, "id": "b2", "x": 66, "label": "dog"}
    ),
    "call.wav": value(segment(1_400_000, "I'm Sheila in Texas, um, originally from Chicago.")),
    "review": value(sentiment="good"),
    "pair": value(preference={"kind": "prefer", "strength": 1}, why="B is longer."),
}


TEXTS: dict[str, tuple[str, Any]] = {
    "sentiment": ("review", {"text": "The food was good, the service was slow."}),
    "comparison": (
        "pair",
        {
            "turns": [{"id": "q", "role": "user", "text": "Say hello."}],
            "responses": [{"id": "a", "text": "Hello."}, {"id": "b", "text": "Well, hello there."}],
        },
    ),
}


def _media(folder: Path) -> dict[str, Path]:
    """A picture of 120 × 80 pixels and a recording of two seconds."""
    folder.mkdir()
    found = {"boxes": folder / "picture.png", "transcription": folder / "call.wav"}
    Image.new("RGB", (120, 80), "#88aacc").save(found["boxes"])
    swell = 0.4 * np.abs(np.sin(np.arange(16_000) / 700)) * np.sin(np.arange(16_000) / 3)
    soundfile.write(found["transcription"], swell, 8_000, subtype="PCM_16")
    return found


def _begun(path: Path) -> None:
    plugins = Plugins.load()
    project = Project.create(path, title="Pets", handle="anna", name="Anna Brandt")
    project.sign_in("sofia", "Sofia Rossi")
    project.sign_in("jonas", "Jonas Weber")
    media = _media(path.parent / "media")
    for panel, config in QUEUES.items():
        made = read_config(msgspec.json.encode(config))
        project.put_queue(panel, made, panel=panel, title=panel.title(), by="anna")
        if panel in TEXTS:
            key, tree = TEXTS[panel]
            content = msgspec.json.encode(tree)
            project.bulk(panel, by="anna").tasks(
                [NewTask(key, content, content_fingerprint(content))]
            )
        else:
            name = "images" if panel == "boxes" else "audio"
            reader = plugins.reader(plugins.format(name, panel))
            options = ImportOptions(by="anna", taken="tasks", embed=True)
            run_import(here(project), plugins, reader, [media[panel]], panel, options)
    _say(project, BEFORE, "anna")
    project.close()


def _say(project: Project, values: dict[str, bytes], by: str, **how: Any) -> None:
    for key, raw in values.items():
        project.annotate(project.query.find(key), author="anna", value=raw, by=by, **how)


def make_rare_conflicts(folder: Path) -> Path:
    """What is seldom in conflict: a deletion, a skip, a label in use, a file and a key that mean two."""
    path, other = folder / "pets.labeler", folder / "pets-sofia.labeler"
    _begun(path)
    shutil.copyfile(path, other)
    ours, theirs = Project.open(path), Project.open(other)
    theirs.delete_annotation(theirs.query.find("pair"), author="anna", by="sofia")
    _say(theirs, {"review": BEFORE["review"]}, "sofia", status="skipped", reason="Not a text")
    _say(ours, {name: JONAS[name] for name in ("pair",)}, "jonas")
    _say(ours, {"review": SOFIA["review"]}, "jonas")
    config = msgspec.structs.replace(theirs.queue("transcription").config, labels=())
    theirs.put_queue("transcription", config, panel="transcription", title="Calls", by="sofia")
    plugins = Plugins.load()
    for project, colour in ((ours, "#aa0000"), (theirs, "#00aa00")):
        media = folder / "media" / "more"
        media.mkdir(exist_ok=True)
        Image.new("RGB", (60, 40), colour).save(media / "scan.png")
        reader = plugins.reader(plugins.format("images", "boxes"))
        options = ImportOptions(by="anna", taken="tasks", embed=True)
        run_import(here(project), plugins, reader, [media], "boxes", options)
    bulk = ours.bulk("sentiment", by="anna")
    bulk.tasks([NewTask("letter", b"", b"")])
    for text in ("the first", "the second"):
        content = msgspec.json.encode({"text": text})
        bulk.tasks([NewTask("letter", content, content_fingerprint(content))])
    ours.merge(other)
    theirs.close()
    ours.close()
    return path


def make_two_contents(folder: Path) -> Path:
    """Two copies gave a task two contents: one that was labelled before it had any, and one file whose
    size was told differently under one fingerprint."""
    path, other = folder / "pets.labeler", folder / "pets-sofia.labeler"
    _begun(path)
    project = Project.open(path)
    project.bulk("sentiment", by="anna").tasks([NewTask("letter", b"", b"")])
    _say(project, {"letter": value(sentiment="good")}, "anna")
    project.close()
    shutil.copyfile(path, other)
    ours, theirs = Project.open(path), Project.open(other)
    for one, text in ((ours, "Dear Anna, thank you."), (theirs, "Dear Anna, never again.")):
        letter = msgspec.json.encode({"text": text})
        note = msgspec.json.encode({"text": f"A note. {text}"})
        one.bulk("sentiment", by="anna").tasks(
            [
                NewTask("letter", letter, content_fingerprint(letter)),
                NewTask("note", note, b"the size and a stretch of the file"),
            ]
        )
    ours.merge(other)
    theirs.close()
    ours.close()
    return path


def make_conflicts(folder: Path, *, also: bool = True) -> Path:
    """The merged project. ``also``: label set, queue, guideline and a skip are in conflict too."""
    path, other = folder / "pets.labeler", folder / "pets-sofia.labeler"
    _begun(path)
    shutil.copyfile(path, other)
    ours, theirs = Project.open(path), Project.open(other)
    _say(theirs, SOFIA, "sofia")
    _say(ours, JONAS, "jonas")
    if also:
        for project, name, by in ((ours, "Bird", "jonas"), (theirs, "Fish", "sofia")):
            queue = project.queue("sentiment")
            label = msgspec.structs.replace(queue.config.labels[0], name=name)
            policy = msgspec.structs.replace(queue.config.policy, skip_reasons=(name,))
            config = msgspec.structs.replace(
                queue.config,
                labels=(label,),
                policy=policy,
                guideline=f"# 1 Read the text\n\nThen judge the {name.lower()}.",
            )
            project.put_queue("sentiment", config, panel="sentiment", title="Sentiment", by=by)
    ours.merge(other)
    theirs.close()
    ours.close()
    return path
