"""Templates and the sample become projects of one's own, or nothing at all."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from labeler.assets import projects_dir
from labeler.exchange import new_project, sample_project, templates
from labeler.exchange.templates import template_named
from labeler.model.problems import Refusal
from labeler.model.queue import QueueConfig
from labeler.plugins import Plugins


def test_every_shipped_template_makes_a_project(tmp_path: Path) -> None:
    found = templates()
    assert "sentiment" in [template.name for template in found]
    for template in found:
        path = tmp_path / f"{template.name}.labeler"
        project = new_project(path, template.name, handle="Anna", name="Anna Brandt")
        rows = project.queues()
        assert [row.name for row in rows] == [queue.name for queue in template.queues]
        assert [row.panel for row in rows] == [row.name for row in rows]
        assert all(row.config.guideline for row in rows)
        assert [person.handle for person in project.people()] == ["anna"]
        assert project.check() == []
        project.close()


def test_a_template_s_configuration_can_be_changed_on_the_way(tmp_path: Path) -> None:
    config = QueueConfig(guideline="# Mine")
    project = new_project(
        tmp_path / "p.labeler", "sentiment", handle="anna", configs={"sentiment": config}
    )
    assert project.queue("sentiment").config == config
    project.close()


def test_the_nearest_template_is_named() -> None:
    with pytest.raises(Refusal, match="did you mean 'sentiment'"):
        template_named("sentimnt")


def test_new_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "p.labeler"
    path.write_bytes(b"mine")
    with pytest.raises(Refusal, match="is there already"):
        new_project(path, "sentiment", handle="anna")
    assert path.read_bytes() == b"mine"


def test_the_sample_is_a_copy_with_predictions_and_gold(tmp_path: Path, plugins: Plugins) -> None:
    shipped = {path: path.read_bytes() for path in projects_dir().rglob("*") if path.is_file()}
    project = sample_project(tmp_path / "s.labeler", plugins, handle="anna")
    full = [task for page in project.pages() for task in page]
    assert len(full) >= 30
    layers = [one.layer for task in full for one in task.annotations]
    assert {"prediction", "gold"} == set(layers)
    assert all(task.content for task in full)
    assert all(one.value != b"{}" for task in full for one in task.annotations)
    people = {one.handle: one.kind for one in project.people()}
    assert people.pop("anna") == "person"
    assert set(people.values()) == {"model"}
    assert all(name.startswith("baseline-") for name in people)
    assert all(row.tasks >= 5 for row in project.queues())
    assert project.check() == []
    project.close()
    assert {path: path.read_bytes() for path in shipped} == shipped


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of projects of one's own in place of what ships."""
    folder = tmp_path / "projects"
    module = sys.modules["labeler.exchange.templates"]  # the package has a function of that name
    monkeypatch.setattr(module, "projects_dir", lambda: folder)
    put(
        *(folder / "templates/plain/template.json", "plain"),
        [
            {"name": "one", "panel": "sentiment", "labels": [{"id": "a"}], "guideline": "g.md"},
            {"name": "two", "panel": "sentiment", "title": "Two", "labels": [{"id": "b"}]},
        ],
    )
    (folder / "templates/plain/g.md").write_text("# Rules")
    return folder


def put(path: Path, name: str, queues: list[dict[str, object]], **more: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"name": name, "title": name, "queues": queues, **more}))


def test_a_queue_may_be_that_of_another_template(shipped: Path, tmp_path: Path) -> None:
    queues: list[dict[str, object]] = [
        {"template": "plain"},
        {"template": "plain", "name": "two", "title": "Mine"},
        {"template": "plain", "name": "three", "labels": [{"id": "c"}]},
    ]
    put(shipped / "templates/all/template.json", "all", queues)
    found = template_named("all")
    told = [(one.name, one.title, one.panel) for one in found.queues]
    assert told == [
        ("one", "", "sentiment"),
        ("two", "Mine", "sentiment"),
        ("three", "", "sentiment"),
    ]
    configs = found.configs()
    labels = [[label.id for label in configs[name].labels] for name in ("one", "two", "three")]
    assert labels == [["a"], ["b"], ["c"]]
    assert configs["one"].guideline == configs["three"].guideline == "# Rules"
    project = new_project(tmp_path / "p.labeler", found, handle="anna")
    assert [row.name for row in project.queues()] == ["one", "two", "three"]
    project.close()


@pytest.mark.parametrize("queue", [{"template": "nowhere"}, {"name": "a"}, {"template": "all"}])
def test_a_queue_of_no_template_and_no_panel_is_refused(
    shipped: Path, queue: dict[str, object]
) -> None:
    put(shipped / "templates/all/template.json", "all", [queue])
    with pytest.raises(Refusal, match=r"no template 'nowhere'|a queue has a name and a panel"):
        template_named("all")


def test_a_sample_fills_several_queues_and_tells_readers_settings(
    shipped: Path, tmp_path: Path, plugins: Plugins
) -> None:
    sources = [
        {"queue": name, "file": f"{name}.txt", "format": "text-files", "as": "tasks",
         "settings": {"sentiment.line_per_task": name == "two"}}
        for name in ("one", "two")
    ]  # fmt: skip
    queues: list[dict[str, object]] = [{"template": "plain"}, {"template": "plain", "name": "two"}]
    put(shipped / "sample/sample.json", "sample", queues, sources=sources)
    for name in ("one", "two"):
        (shipped / "sample" / f"{name}.txt").write_text("a\nb\n")
    project = sample_project(tmp_path / "s.labeler", plugins, handle="anna")
    assert {row.name: row.tasks for row in project.queues()} == {"one": 1, "two": 2}
    project.close()


def test_a_sample_that_cannot_be_made_leaves_nothing(tmp_path: Path, plugins: Plugins) -> None:
    class Broken:
        codec = plugins.codec
        content_decoder = plugins.content_decoder
        read_value = plugins.read_value
        problems = plugins.problems
        reader = plugins.reader

        def format(self, format_id: str, panel: str | None = None, /) -> None:
            raise Refusal.of("format_unknown", format=format_id, hint="")

    with pytest.raises(Refusal, match="there is no format"):
        sample_project(tmp_path / "s.labeler", Broken(), handle="anna")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
