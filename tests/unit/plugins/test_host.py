"""The host: halves imported when needed and not before, each call to a guest guarded."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labeler.api import (
    Content,
    Opaque,
    Problem,
    QueueConfig,
    ReadOptions,
    Refusal,
    TaskIn,
    Value,
    WriteOptions,
)
from labeler.plugins import Plugins, discover
from labeler.plugins.host import plugin_folders

MakePlugin = Callable[..., Path]
GOOD = (Path(__file__).parent / "good_half.py").read_text(encoding="utf-8")
WORDY = GOOD.replace("return content.text", "from .words import WORD\n        return WORD")
MARK = b'{"id":"m1","type":"mark","at":3}'
EDITOR = "editor = 'editor:Editor'\nkit = ['0.1']\n"

FORMATS = """
    [[format]]
    id = "tok"
    title = "Tokens"
    code = "formats:Tok"
    import = true
    export = true

    [[format]]
    id = "in-only"
    title = "Tokens in"
    code = "formats:Tok"
    import = true

    [[format]]
    id = "out-only"
    title = "Tokens out"
    code = "formats:Tok"
    export = true

    [[format]]
    id = "hollow"
    title = "Nothing"
    code = "formats:Hollow"
    import = true
    export = true
"""

FORMATS_CODE = """
    from pathlib import Path
    from labeler.api import Problem, Refusal, TaskIn

    class Hollow:
        pass

    class Tok:
        holds_one = True

        def read(self, source, options):
            for number, line in enumerate(source.read_text(encoding="utf-8").splitlines()):
                if line == "raise":
                    raise RuntimeError("a bug in the reader")
                if line == "refuse":
                    raise Refusal.of("file_unreadable", str(source), reason="no tokens")
                if line == "nonsense":
                    yield line
                if options.told:
                    options.told(number, 10)
                yield TaskIn(line, None, f"{source}:{number + 1}")

        def write(self, tasks, target, options):
            written = []
            try:
                for task in tasks:
                    if task == "raise":
                        raise RuntimeError("a bug in the writer")
                    written.append(task)
            except Exception:
                if "swallow" not in written:
                    raise
            target.write_text(",".join(written), encoding="utf-8")
            yield target
"""


@pytest.fixture
def make_host(make_plugin: MakePlugin, tmp_path: Path) -> Callable[..., Plugins]:
    """Plugins of one folder; what is given goes to make_plugin."""

    def make(plugin_id: str = "marks", **more: object) -> Plugins:
        folder = make_plugin(plugin_id, **more)
        discovery = discover([folder], own=tmp_path / "none", search_path=[])
        assert discovery.failed == ()
        return Plugins(discovery, tmp_path / "logs")

    return make


MakeHost = Callable[..., Plugins]


def decoded(host: Plugins, raw: bytes = b'{"text":"ab cd"}') -> Content:
    content = host.content_decoder("marks")(raw)
    assert content is not None
    return content


def test_a_half_is_imported_when_it_is_first_needed(make_host: MakeHost) -> None:
    host = make_host()
    ours = [name for name in sys.modules if name.startswith("labeler_plugin_marks")]
    assert ours == []
    assert host.state("marks") == "found"
    task = host.task("marks")
    assert host.state("marks") == "loaded"
    assert [one.type_name() for one in task.region_types] == ["mark"]
    assert host.task("marks") is task
    host.retry("marks")


def test_every_method_of_a_half_answers_through_the_guard(make_host: MakeHost) -> None:
    host = make_host()
    task, content = host.task("marks"), decoded(host)
    value = host.codec("marks").decode(b'{"regions":[' + MARK + b"]}")
    (mark,) = value.regions
    assert task.summary(content) == "ab cd"
    assert task.complete(content, value) is value
    assert list(task.check(content, value, QueueConfig())) == []
    assert task.distance(content, mark, mark) == 0.0
    assert [part.id for part in host.parts("marks", content)] == ["text"]
    assert host.problems("marks", content, value, QueueConfig()) == ()


def test_a_summary_is_one_line(make_host: MakeHost) -> None:
    host = make_host()
    content = decoded(host, b'{"text":"one\\ntwo\\t three "}')
    assert host.task("marks").summary(content) == "one two three"


def broken_half(method: str) -> dict[str, str]:
    """Files of a plugin whose half is the good one but for a method that raises."""
    text = f"""
        from .good import Mark, Task as Good, Words

        class Task(Good):
            def {method}(self, *args):
                raise ZeroDivisionError("a bug in {method}")
    """
    return {"task.py": text, "good.py": GOOD}


def test_a_summary_that_fails_is_an_empty_line(make_host: MakeHost) -> None:
    host = make_host(files=broken_half("summary"))
    assert host.task("marks").summary(decoded(host)) == ""
    assert host.guard("marks").failures[0].error == "ZeroDivisionError: a bug in summary"


def test_a_check_that_fails_is_one_more_problem(make_host: MakeHost) -> None:
    host = make_host(files=broken_half("check"))
    content, value = decoded(host), Value((), {"mood": 1})
    problems = host.problems("marks", content, value, QueueConfig())
    assert [problem.code for problem in problems] == ["question_unknown", "plugin_failed"]
    assert "ZeroDivisionError: a bug in check" in problems[1].message


def test_a_completion_that_fails_refuses(make_host: MakeHost) -> None:
    host = make_host(files=broken_half("complete"))
    content = decoded(host)
    with pytest.raises(Refusal, match="a bug in complete"):
        host.read_value("marks", b"{}", key="k", content=content)
    assert host.read_value("marks", b"{}", key="k", content=None) == Value()


def test_a_distance_that_fails_refuses(make_host: MakeHost) -> None:
    host = make_host(files=broken_half("distance"))
    (mark,) = host.codec("marks").decode(b'{"regions":[' + MARK + b"]}").regions
    with pytest.raises(Refusal, match="a bug in distance"):
        host.task("marks").distance(decoded(host), mark, mark)


def test_parts_that_fail_are_a_problem_and_a_refusal(make_host: MakeHost) -> None:
    broken = GOOD.replace('return (Part("text", "text", text=self.text),)', "return 1 / 0")
    host = make_host(files={"task.py": broken})
    content = decoded(host)
    with pytest.raises(Refusal, match="division by zero"):
        host.parts("marks", content)
    assert [one.code for one in host.problems("marks", content, Value(), QueueConfig())] == [
        "plugin_failed"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("raise RuntimeError('at import')", "RuntimeError: at import"),
        ("import sys; sys.exit(1)", "SystemExit: 1"),
        ("import nowhere_to_be_found", "No module named 'nowhere_to_be_found'"),
        ("def broken(:", "SyntaxError"),
        ("x = 1", "has no 'Task'"),
        ("Task = 5", "no class"),
        ("class Task: pass", "no PanelTask: it has no region_types, content_type"),
        ("from .good import Task as Good\nclass Task(Good): content_type = int", "content_type"),
        ("from .good import Task as Good\nclass Task(Good): region_types = (int,)", "no subclass"),
        (
            "from .good import Mark, Task as Good\nclass Task(Good): region_types = (Mark, Mark)",
            "two region types have the tag 'mark'",
        ),
        (
            "from labeler.api import Region\nfrom .good import Task as Good\n"
            "class Bare(Region): pass\nclass Task(Good): region_types = (Bare,)",
            "has no tag",
        ),
    ],
)
def test_a_half_that_cannot_be_loaded_is_refused_and_its_values_stay_whole(
    text: str, words: str, make_host: MakeHost
) -> None:
    host = make_host(files={"task.py": text, "good.py": GOOD})
    with pytest.raises(Refusal) as caught:
        host.task("marks")
    assert caught.value.problem.code == "plugin_failed"
    assert words in caught.value.problem.message
    assert host.state("marks") == "failed"
    (region,) = host.codec("marks").decode(b'{"regions":[' + MARK + b"]}").regions
    assert isinstance(region, Opaque)
    assert region.raw == MARK
    with pytest.raises(Refusal, match="the plugin stopped"):
        host.content_decoder("marks")
    assert len(host.guard("marks").failures) == 1  # it is not tried again and again


def test_retrying_reads_a_corrected_file(make_host: MakeHost) -> None:
    host = make_host(files={"task.py": "raise RuntimeError('not yet')"})
    with pytest.raises(Refusal, match="not yet"):
        host.task("marks")
    place = host.discovery.found[0].place
    (place / "task.py").write_text(GOOD, encoding="utf-8")
    host.retry("marks")
    assert host.state("marks") == "found"
    assert host.task("marks").summary(decoded(host)) == "ab cd"


def test_retrying_reads_a_file_anew_that_was_loaded(make_host: MakeHost) -> None:
    host = make_host(files={"words.py": "WORD = 'old'\n", "task.py": WORDY})
    assert host.task("marks").summary(decoded(host)) == "old"
    (host.discovery.found[0].place / "words.py").write_text("WORD = 'newer'\n", encoding="utf-8")
    assert host.task("marks").summary(decoded(host)) == "old"
    host.retry("marks")
    assert host.task("marks").summary(decoded(host)) == "newer"


def test_enabling_is_enough_where_the_plugin_itself_is_sound(make_host: MakeHost) -> None:
    host = make_host()
    host.guard("marks").disable()
    with pytest.raises(Refusal, match="switched off"):
        host.task("marks")
    host.guard("marks").enable()
    assert host.task("marks").summary(decoded(host)) == "ab cd"


def test_a_panel_nobody_brings_keeps_its_regions_and_refuses_the_rest(make_host: MakeHost) -> None:
    host = make_host()
    value = host.codec("pens").decode(b'{"regions":[' + MARK + b"]}")
    assert [type(region) for region in value.regions] == [Opaque]
    assert host.codec("pens").encode(value) == b'{"regions":[' + MARK + b"]}"
    assert host.content_decoder("pens")(b'{"text":"x"}') is None
    assert host.panel("pens") is None
    with pytest.raises(Refusal, match="no plugin brings the panel 'pens'"):
        host.task("pens")
    with pytest.raises(Refusal, match="no plugin brings"):
        host.guard("pens")
    (problem,) = host.problems("pens", None, Value((), {"mood": 1}), QueueConfig())
    assert problem.code == "question_unknown"  # what the core can judge it does


def test_unchanged_regions_of_a_missing_panel_may_come_back_from_outside(
    make_host: MakeHost,
) -> None:
    host = make_host()
    odd = b'{"id": "m1", "type":"mark", "at": 3.0}'
    raw = b'{"regions":[{"type":"mark","at":3,"id":"m1"}],"answers":{"mood":1}}'
    value = host.read_value("pens", raw, key="k", content=None, kept={"m1": odd})
    assert host.codec("pens").encode(value) == b'{"regions":[' + odd + b'],"answers":{"mood":1}}'
    with pytest.raises(Refusal, match="makes no region of type 'mark'"):
        host.read_value("pens", raw, key="k", content=None)


def test_a_region_type_that_raises_leaves_its_region_opaque(make_host: MakeHost) -> None:
    broken = GOOD.replace("    at: int\n", "    at: int\n    def __post_init__(self): 1 / 0\n")
    host = make_host(files={"task.py": broken})
    raw = b'{"regions":[' + MARK + b"]}"
    codec = host.codec("marks")
    value = codec.decode(raw)
    assert isinstance(value.regions[0], Opaque)
    assert codec.encode(value) == raw
    assert host.guard("marks").failures[0].what == "read a region"


def test_a_region_type_that_raises_is_blamed_once_for_each_region(make_host: MakeHost) -> None:
    broken = GOOD.replace("    at: int\n", "    at: int\n    def __post_init__(self): exit()\n")
    host = make_host(files={"task.py": broken})
    host.codec("marks").decode(b'{"regions":[' + MARK + b"]}")
    assert [one.what for one in host.guard("marks").failures] == ["read a region"]


def test_content_that_does_not_fit_is_refused_with_its_path(make_host: MakeHost) -> None:
    decode = make_host().content_decoder("marks")
    for raw, where, words in [
        (b'{"text":5}', "content.text", "expected `str`"),
        (b'{"txt":"x"}', "content", "missing required field `text`"),
        (b'{"text":"x"', "content", "truncated"),
        (b'{"text":"\xff"}', "content", "not UTF-8"),
    ]:
        with pytest.raises(Refusal) as caught:
            decode(raw)
        problem = caught.value.problem
        assert (problem.code, problem.where) == ("content_invalid", where)
        assert words in problem.message


def test_a_plugin_switched_off_runs_no_code(make_plugin: MakePlugin, tmp_path: Path) -> None:
    folder = make_plugin("marks", files={"task.py": "raise RuntimeError('it ran')"})
    discovery = discover([folder], own=tmp_path / "none", search_path=[])
    host = Plugins(discovery, tmp_path / "logs", disabled=["marks", "unheard-of"])
    assert host.state("marks") == "disabled"
    with pytest.raises(Refusal, match="disabled: it was switched off"):
        host.task("marks")
    assert [entry.id for entry in host.formats()] == []
    assert host.guard("marks").failures == ()
    assert isinstance(host.codec("marks").decode(b'{"regions":[' + MARK + b"]}").regions[0], Opaque)
    host.retry("marks")
    with pytest.raises(Refusal, match="it ran"):
        host.task("marks")


def test_two_folders_with_modules_of_the_same_names_do_not_collide(
    make_plugin: MakePlugin, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        folder = make_plugin(name, files={"task.py": WORDY, "words.py": f"WORD = {name!r}\n"})
    host = Plugins(discover([folder], own=tmp_path / "none", search_path=[]), tmp_path / "logs")
    path = list(sys.path)
    for name in ("one", "two"):
        content = host.content_decoder(name)(b'{"text":"x"}')
        assert content is not None
        assert host.task(name).summary(content) == name
    assert sys.path == path
    assert "task" not in sys.modules
    assert "words" not in sys.modules


def test_a_folder_with_an_init_is_a_package_whose_init_runs_once(
    make_plugin: MakePlugin, tmp_path: Path
) -> None:
    half = GOOD.replace("return content.text", "from . import runs\n        return str(runs)")
    folder = make_plugin(
        "marks", files={"task.py": half, "__init__.py": "runs = []\nruns.append(1)"}
    )
    host = Plugins(discover([folder], own=tmp_path / "none", search_path=[]), tmp_path / "logs")
    assert host.task("marks").summary(decoded(host)) == "[1]"


def test_an_init_that_raises_is_a_failure_and_can_be_retried(make_host: MakeHost) -> None:
    host = make_host(files={"__init__.py": "raise RuntimeError('in init')"})
    with pytest.raises(Refusal, match="in init"):
        host.task("marks")
    (host.discovery.found[0].place / "__init__.py").write_text("", encoding="utf-8")
    host.retry("marks")
    assert host.task("marks").summary(decoded(host)) == "ab cd"


def test_an_init_that_raises_raises_each_time(make_host: MakeHost) -> None:
    host = make_host(
        more=FORMATS,
        files={"__init__.py": "raise RuntimeError('in init')", "formats.py": FORMATS_CODE},
    )
    for _ in range(2):
        with pytest.raises(Refusal, match="in init"):
            host.reader(host.format("tok"))


def test_an_installed_plugin_is_imported_by_its_package(
    installed: MakePlugin, tmp_path: Path
) -> None:
    manifest = (
        'id = "marks"\nname = "M"\nversion = "1"\napi = ["0.1"]\ntask = ".inner.half:Task"\n'
        '[[format]]\nid = "tok"\ntitle = "T"\ncode = "guest_pkg.formats:Tok"\nexport = true\n'
    )
    site = installed(
        "guest-pkg",
        "[labeler.panels]\nmarks = guest_pkg:panel.toml\n",
        {
            "guest_pkg/__init__.py": "",
            "guest_pkg/panel.toml": manifest,
            "guest_pkg/inner/__init__.py": "",
            "guest_pkg/inner/half.py": GOOD,
            "guest_pkg/formats.py": FORMATS_CODE,
        },
    )
    discovery = discover([], own=tmp_path / "none", search_path=[str(site)])
    host = Plugins(discovery, tmp_path / "logs")
    assert host.task("marks").summary(decoded(host)) == "ab cd"
    assert "guest_pkg.inner.half" in sys.modules
    assert host.writer(host.format("tok")).holds_one is True


# ------------------------------------------------------------------------------------------ formats


@pytest.fixture
def tok(make_host: MakeHost) -> Plugins:
    return make_host(more=FORMATS, files={"formats.py": FORMATS_CODE})


def rows(host: Plugins, text: str, tmp_path: Path, options: ReadOptions | None = None) -> Iterator:
    source = tmp_path / "a.tok"
    source.write_text(text, encoding="utf-8")
    reader = host.reader(host.format("tok"))
    return iter(reader.read(source, options or ReadOptions(QueueConfig())))


def test_formats_are_known_without_importing_them(tok: Plugins) -> None:
    assert [entry.id for entry in tok.formats()] == ["tok", "in-only", "out-only", "hollow"]
    assert [entry.id for entry in tok.formats("marks")] == [entry.id for entry in tok.formats()]
    assert tok.formats("pens") == ()
    assert tok.state("marks") == "found"
    with pytest.raises(Refusal, match=r"no format 'tokk'; did you mean 'tok'\?"):
        tok.format("tokk")


def test_a_format_of_two_panels_needs_the_panel(make_plugin: MakePlugin, tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = make_plugin(name, more=FORMATS)
    host = Plugins(discover([folder], own=tmp_path / "none", search_path=[]), tmp_path / "logs")
    with pytest.raises(Refusal, match="several panels have the format 'tok': one, two"):
        host.format("tok")
    assert host.format("tok", "two").panel == "two"


def test_a_direction_a_format_has_not_is_refused(tok: Plugins) -> None:
    with pytest.raises(Refusal, match="the format 'in-only' has no export"):
        tok.writer(tok.format("in-only"))
    with pytest.raises(Refusal, match="the format 'out-only' has no import"):
        tok.reader(tok.format("out-only"))
    with pytest.raises(Refusal, match="no ImportFormat"):
        tok.reader(tok.format("hollow"))
    with pytest.raises(Refusal, match="no ExportFormat"):
        tok.writer(tok.format("hollow"))


def test_a_reader_that_fails_keeps_what_it_had_read_and_says_so(
    tok: Plugins, tmp_path: Path
) -> None:
    *tasks, problem = rows(tok, "one\ntwo\nraise\nthree", tmp_path)
    assert [task.key for task in tasks if isinstance(task, TaskIn)] == ["one", "two"]
    assert isinstance(problem, Problem)
    assert (problem.code, problem.where) == ("plugin_failed", str(tmp_path / "a.tok"))
    assert "a bug in the reader" in problem.message


def test_a_reader_that_yields_nonsense_has_failed(tok: Plugins, tmp_path: Path) -> None:
    *_, problem = rows(tok, "one\nnonsense", tmp_path)
    assert isinstance(problem, Problem)
    assert "a reader yields TaskIn, LabelsIn and Problem, not str" in problem.message


def test_a_reader_may_refuse_and_files_may_fail_it(tok: Plugins, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no tokens"):
        list(rows(tok, "refuse", tmp_path))
    reader = tok.reader(tok.format("tok"))
    with pytest.raises(FileNotFoundError):
        list(reader.read(tmp_path / "absent.tok", ReadOptions(QueueConfig())))
    assert tok.guard("marks").failures == ()


def test_a_reader_that_is_switched_off_refuses(tok: Plugins, tmp_path: Path) -> None:
    reading = rows(tok, "one", tmp_path)
    tok.guard("marks").disable()
    with pytest.raises(Refusal, match="switched off"):
        list(reading)


def test_cancelling_from_the_progress_comes_through_and_is_nobodys_fault(
    tok: Plugins, tmp_path: Path
) -> None:
    class Cancelled(Exception):
        pass

    def told(read: int, whole: int) -> None:
        if read == 1:
            raise Cancelled

    reading = rows(tok, "one\ntwo\nthree", tmp_path, ReadOptions(QueueConfig(), told=told))
    assert next(reading).key == "one"
    with pytest.raises(Cancelled):
        next(reading)
    assert tok.guard("marks").failures == ()


def write(host: Plugins, tasks: object, target: Path) -> list[Path]:
    return list(host.writer(host.format("tok")).write(tasks, target, WriteOptions(QueueConfig())))


def test_a_writer_writes_and_a_failing_one_refuses(tok: Plugins, tmp_path: Path) -> None:
    target = tmp_path / "out.tok"
    assert write(tok, ["a", "b"], target) == [target]
    assert target.read_text(encoding="utf-8") == "a,b"
    with pytest.raises(Refusal, match="a bug in the writer"):
        write(tok, ["a", "raise"], target)


def test_an_error_of_the_tasks_comes_through_a_writer_even_if_it_catches_all(
    tok: Plugins, tmp_path: Path
) -> None:
    def tasks() -> Iterator[str]:
        yield "swallow"
        raise OSError(5, "the project cannot be read")

    with pytest.raises(OSError, match="the project cannot be read"):
        write(tok, tasks(), tmp_path / "out.tok")
    assert tok.guard("marks").failures == ()


# ------------------------------------------------------------------------------------------- editors


def test_an_editors_class_is_loaded_for_a_kit_it_knows(make_host: MakeHost) -> None:
    host = make_host(more=EDITOR, files={"editor.py": "class Editor: pass\nnot_a_class = 5\n"})
    cls = host.editor_class("marks", "0.1")
    assert cls.__name__ == "Editor"
    with pytest.raises(Refusal, match=r"made for kit 0\.1, this program has 0\.2"):
        host.editor_class("marks", "0.2")


def test_an_editor_that_cannot_be_loaded_is_refused(make_host: MakeHost) -> None:
    host = make_host(more=EDITOR, files={"editor.py": "raise RuntimeError('in the editor')"})
    with pytest.raises(Refusal, match="in the editor"):
        host.editor_class("marks", "0.1")
    host.retry("marks")
    (host.discovery.found[0].place / "editor.py").write_text("Editor = 5", encoding="utf-8")
    with pytest.raises(Refusal, match="no class"):
        host.editor_class("marks", "0.1")


def test_a_plugin_without_an_editor_says_so(make_host: MakeHost) -> None:
    with pytest.raises(Refusal, match="brings no editor"):
        make_host().editor_class("marks", "0.1")


# ------------------------------------------------------------------------------------------- folders


def test_the_persons_folder_is_beside_their_data_and_can_be_named(tmp_path: Path) -> None:
    from labeler.assets import brand

    assert plugin_folders({})[-1].name == "plugins"
    assert brand().id in plugin_folders({})[-1].parts
    told = {"LABELER_PLUGINS": os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "b")])}
    assert plugin_folders(told) == [tmp_path / "a", tmp_path / "b"]


def test_loading_looks_at_the_persons_folder_but_not_in_safe_mode(
    make_plugin: MakePlugin, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_plugin("marks")
    monkeypatch.setenv("LABELER_PLUGINS", str(folder))
    assert Plugins.load().panel("marks") is not None
    assert Plugins.load(safe_mode=True).panel("marks") is None
    assert Plugins.load(disabled=["marks"]).state("marks") == "disabled"
