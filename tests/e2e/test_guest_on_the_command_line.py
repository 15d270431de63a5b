"""A panel from outside on the command line: it labels, exports, is taken away, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "example_panel"))

from installing import build_wheel, drop_into, install

CONFIG = {
    "labels": [{"id": "grammar", "name": "Grammar"}],
    "questions": [
        {"kind": "scale", "id": "fluency", "scope": "part:sentence"},
        {"kind": "choice", "id": "same", "choices": [{"id": "yes"}, {"id": "no"}]},
    ],
}
# The mark of ada has a comment and spaces no program of ours would write.
ADAS = (
    '{"regions": [{"id":"m1",  "type":"token_mark","on":"de","token": 0,"severity":"major",'
    '"label":"Grammar","fixes":[{"id":"f1","text":"Die","sure":0.50}],"seen":{"by":["eye"]}}],'
    '"answers":{"fluency":{"per":{"en":5,"de":2}},"same":"yes"}}'
)
LINES = """T\tk1
S\ten\ten\tThe\tcat
S\tde\tde\tDer\tKatze

T\tk2
S\ten\ten\tHello
S\tde\tde\tHallo
"""


class Labeler:
    """The program in a process of its own, with what is importable and the folders of one test."""

    def __init__(self, folder: Path, checkout: Path) -> None:
        self.folder = folder
        self.project = folder / "work.labeler"
        self._checkout = checkout
        self.site: Path | None = None
        self.plugins: Path = folder / "no-plugins"

    def run(self, *words: object, stdin: str = "", code: int = 0) -> str:
        """What the program prints; it must end with this code."""
        places = [str(place) for place in (self.site, self._checkout) if place is not None]
        done = subprocess.run(
            [sys.executable, "-m", "labeler", *(str(word) for word in words)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(places),
                "LABELER_PLUGINS": str(self.plugins),
                "PYTHONUTF8": "1",
            },
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout if code == 0 else done.stderr

    def json(self, *words: object, stdin: str = "") -> Any:
        """What the program prints as JSON."""
        return json.loads(self.run(*words, "--json", stdin=stdin))

    def value(self, task: str, by: str, value: object) -> None:
        """Write a person's value."""
        raw = value if isinstance(value, str) else json.dumps(value)
        self.run("annotate", self.project, task, "--by", by, "--value", "-", stdin=raw)

    def native(self, name: str) -> list[str]:
        """The lines of the project's native export."""
        target = self.folder / f"{name}.jsonl"
        self.run("export", self.project, target, "--format", "native")
        return target.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an installation of the example's wheel leaves, to be copied into a test's own place."""
    wheel = build_wheel(tmp_path_factory.mktemp("wheel"))
    return install(wheel, tmp_path_factory.mktemp("installed") / "site")


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the projects that tests begin with, by the way the example came in."""
    return tmp_path_factory.mktemp("projects")


@pytest.fixture(params=["installed", "folder"])
def labeler(request: pytest.FixtureRequest, site: Path, tmp_path: Path, checkout: Path) -> Labeler:
    """The program with the example, installed beside it or in the plugin folder."""
    made = Labeler(tmp_path, checkout)
    if request.param == "installed":
        made.site = Path(shutil.copytree(site, tmp_path / "site"))
    else:
        made.plugins = drop_into(tmp_path / "plugins")
    return made


def uninstall(labeler: Labeler) -> None:
    """Take the example away, as pip or a person with a file manager would."""
    place = labeler.site or labeler.plugins
    shutil.rmtree(place)
    labeler.site = None


@pytest.fixture
def worked(labeler: Labeler, projects: Path) -> Labeler:
    """A project with two tasks of the example's panel, one of them labelled by ada."""
    made = projects / ("installed" if labeler.site else "folder")
    if not made.exists():
        work_out(labeler)
        shutil.copyfile(labeler.project, made)
    shutil.copyfile(made, labeler.project)
    return labeler


def work_out(labeler: Labeler) -> None:
    """Make the project, import into it, label a task: each by its command."""
    labeler.run("new", labeler.project, "--template", "sentiment")
    config = labeler.folder / "config.json"
    config.write_text(json.dumps(CONFIG), encoding="utf-8")
    labeler.run("queue", labeler.project, "tokens", "--panel", "tokens", "--config", config)
    source = labeler.folder / "pairs.tok"
    source.write_text(LINES, encoding="utf-8")
    report = labeler.json("import", labeler.project, source, "--format", "tok", "--queue", "tokens")
    assert (report["tasks"], report["problems"]) == (2, [])
    labeler.value("k1", "ada", ADAS)


def marks(lines: list[str], by: str) -> list[str]:
    """The bytes of each region of the person, as they stand in a native export."""
    found = []
    for line in lines:
        if not line.startswith('{"task"') or f'"by":"{by}"' not in line:
            continue
        mine = line[line.index(f'"by":"{by}"') :]
        if '"regions":[' in mine:
            start = mine.index('"regions":[') + len('"regions":[')
            depth = 1
            for end in range(start, len(mine)):
                depth += {"[": 1, "]": -1}.get(mine[end], 0)
                if depth == 0:
                    found.append(mine[start:end])
                    break
    return found


def test_it_is_listed_with_its_format_and_its_schema(labeler: Labeler) -> None:
    (listed,) = [one for one in labeler.json("plugins") if one.get("id") == "tokens"]
    assert (listed["name"], listed["version"], listed["state"]) == ("Tokens", "0.3.0", "found")
    assert listed["origin"] == ("installed" if labeler.site else "folder")
    formats = [one for one in labeler.json("formats") if one["panel"] == "tokens"]
    assert [one["id"] for one in formats] == ["tok", "native"]
    assert formats[0]["loses"][:2] == ["context", "meta"]
    schema = json.loads(labeler.run("schema", "tokens", "value"))
    assert "TokenMark" in schema["$defs"]


def test_it_labels_and_exports(worked: Labeler) -> None:
    shown = worked.json("show", worked.project, "k1")
    (annotation,) = shown["annotations"]
    (mark,) = annotation["value"]["regions"]
    assert (mark["type"], mark["token"], mark["label"]) == ("token_mark", 0, "grammar")
    assert mark["text"] == "Der"  # filled in by the panel's own half
    assert mark["extra"] == {"seen": {"by": ["eye"]}}
    target = worked.folder / "out.tok"
    report = worked.json("export", worked.project, target, "--format", "tok", "--queue", "tokens")
    assert (report["annotations"], report["dropped"]) == (1, {})
    text = target.read_text(encoding="utf-8")
    assert "M\tm1\tde\t0\tmajor\tGrammar\tf1\tDie\n" in text
    assert "Q\tfluency\tde\t2\n" in text


def test_its_checks_are_asked_before_a_value_is_taken(worked: Labeler) -> None:
    for value, words in [
        ({"regions": [{"on": "de", "token": 7}]}, "there is no token 7 in that sentence"),
        ({"regions": [{"on": "fr", "token": 0}]}, "the content has no part 'fr'"),
        ({"regions": [{"on": "de", "token": -1}]}, "tokens count from 0"),
        ({"answers": {"fluency": {"per": {"de": 9}}}}, "no point of the scale"),
        ({"answers": {"fluency": 3}}, "an answer per part"),
    ]:
        told = worked.run(
            *("annotate", worked.project, "k2", "--by", "ada", "--value", "-"),
            stdin=json.dumps(value),
            code=2,
        )
        assert words in told
        assert len(told.splitlines()) == 1


def test_its_values_survive_its_going_byte_for_byte(worked: Labeler) -> None:
    before = worked.native("before")
    (region,) = marks(before, "ada")
    assert '"text":"Der"' in region
    there = {one["id"] for one in worked.json("plugins") if "id" in one}
    uninstall(worked)
    left = {one["id"] for one in worked.json("plugins") if "id" in one}
    assert there - left == {"tokens"}
    assert worked.native("after") == before
    assert worked.json("check", worked.project)["ok"] is True
    assert worked.json("info", worked.project)["annotations"] == 1
    shown = worked.json("show", worked.project, "k1")
    assert shown["annotations"][0]["value"]["answers"]["same"] == "yes"


def test_work_around_its_values_leaves_them_as_they_are(worked: Labeler) -> None:
    (region,) = marks(worked.native("before"), "ada")
    uninstall(worked)
    # Somebody else labels the same task, and ada changes an answer beside her mark.
    worked.value("k1", "bob", {"answers": {"same": "no"}})
    value = worked.json("show", worked.project, "k1")["annotations"][0]["value"]
    value["answers"]["same"] = "no"
    worked.value("k1", "ada", value)
    after = worked.native("after")
    assert marks(after, "ada") == [region]
    answers = worked.json("show", worked.project, "k1")["annotations"]
    assert {one["by"]: one["value"]["answers"]["same"] for one in answers} == {
        "ada": "no",
        "bob": "no",
    }


def test_a_changed_or_new_region_of_a_panel_that_is_gone_is_refused(worked: Labeler) -> None:
    value = worked.json("show", worked.project, "k1")["annotations"][0]["value"]
    uninstall(worked)
    before = worked.native("before")
    value["regions"][0]["token"] = 1
    for regions in (value["regions"], [{"type": "token_mark", "on": "de", "token": 1}]):
        told = worked.run(
            *("annotate", worked.project, "k1", "--by", "ada", "--value", "-"),
            stdin=json.dumps({"regions": regions}),
            code=2,
        )
        assert "makes no region of type 'token_mark'" in told
    assert worked.native("after") == before


def test_its_values_survive_a_merge_without_it(worked: Labeler) -> None:
    copy = worked.folder / "copy.labeler"
    shutil.copy(worked.project, copy)
    worked.value("k2", "ada", {"regions": [{"id": "m2", "on": "en", "token": 0}]})
    regions = marks(worked.native("before"), "ada")
    assert len(regions) == 2
    theirs = worked.project
    worked.project = copy
    worked.value("k2", "bob", {"answers": {"same": "yes"}})
    uninstall(worked)
    report = worked.json("merge", copy, theirs)
    assert report["conflicts"] == 0
    merged = worked.native("merged")
    assert marks(merged, "ada") == regions
    worked.project = worked.folder / "fresh.labeler"
    worked.run("new", worked.project, "--template", "sentiment")
    worked.run("import", worked.project, worked.folder / "merged.jsonl", "--format", "native")
    assert marks(worked.native("again"), "ada") == regions


def test_its_format_is_gone_with_it_and_says_so(worked: Labeler) -> None:
    uninstall(worked)
    target = worked.folder / "out.tok"
    told = worked.run(
        *("export", worked.project, target, "--format", "tok", "--queue", "tokens"), code=2
    )
    assert "tok" in told
    assert len(told.splitlines()) == 1
    assert not target.exists()
    assert "no plugin brings the panel 'tokens'" in worked.run("schema", "tokens", "value", code=2)


def test_it_comes_back_and_knows_its_values_again(worked: Labeler, site: Path) -> None:
    uninstall(worked)
    worked.value("k2", "bob", {"answers": {"same": "yes"}})
    worked.site = Path(shutil.copytree(site, worked.folder / "site again"))
    target = worked.folder / "out.tok"
    worked.run("export", worked.project, target, "--format", "tok", "--queue", "tokens")
    assert "M\tm1\tde\t0\tmajor\tGrammar\tf1\tDie\n" in target.read_text(encoding="utf-8")


BROKEN_READER = """
class TokFormat:
    holds_one = False

    def read(self, source, options):
        from .good_formats import TokFormat
        for number, row in enumerate(TokFormat().read(source, options)):
            if number == 1:
                raise RuntimeError("a bug after one task")
            yield row

    def write(self, tasks, target, options):
        raise RuntimeError("a bug in the writer")
"""


def test_a_format_that_fails_is_one_line_and_leaves_the_project_sound(
    labeler: Labeler, tmp_path: Path
) -> None:
    place = labeler.site or labeler.plugins
    (formats,) = place.rglob("formats.py")
    formats.rename(formats.with_name("good_formats.py"))
    formats.write_text(BROKEN_READER, encoding="utf-8")
    labeler.run("new", labeler.project, "--template", "sentiment")
    labeler.run(
        "queue", labeler.project, "tokens", "--panel", "tokens", "--config", "-", stdin="{}"
    )
    source = tmp_path / "pairs.tok"
    source.write_text(LINES, encoding="utf-8")
    words = ("import", labeler.project, source, "--format", "tok", "--queue", "tokens")
    told = labeler.run(*words, code=1)
    assert "RuntimeError: a bug after one task" in told
    assert labeler.json("info", labeler.project)["tasks"] == 1
    target = tmp_path / "out.tok"
    words = ("export", labeler.project, target, "--format", "tok", "--queue", "tokens")
    told = labeler.run(*words, code=2)
    assert "RuntimeError: a bug in the writer" in told
    assert len(told.splitlines()) == 1
    assert not target.exists()
    assert labeler.json("check", labeler.project)["ok"] is True
    (log,) = Path(os.environ["XDG_STATE_HOME"]).rglob("tokens.log")
    assert "a bug in the writer" in log.read_text(encoding="utf-8")
