"""A killed process leaves the order a person was shown, whatever the queue's policy says by then."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
from comparing_hands import sat_down

from labeler.exchange import ImportOptions, here, run_import
from labeler.exchange.templates import new_project
from labeler.model.queue import Policy
from labeler.plugins import Plugins
from labeler.store import Project

HANDS = Path(__file__).parent / "comparing_hands.py"


def test_the_order_of_a_draft_survives_a_kill_and_a_changed_policy(tmp_path: Path) -> None:
    path, source = tmp_path / "p.labeler", tmp_path / "in.jsonl"
    source.write_text('{"id": "k", "prompt": "p", "responses": ["a","b","c","d","e","f","g"]}\n')
    plugins = Plugins.load(safe_mode=True)
    project = new_project(path, "comparison", handle="lead")
    reader = plugins.reader(plugins.format("responses-jsonl", "comparison"))
    run_import(here(project), plugins, reader, [source], "comparison", ImportOptions(by="lead"))
    project.close()

    child = subprocess.Popen(
        [sys.executable, str(HANDS), str(path), "anna"], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    shown = tuple(json.loads(child.stdout.readline()))
    child.kill()
    child.wait()
    child.stdout.close()
    assert sorted(shown) == [f"r{number}" for number in range(1, 8)]

    project = Project.open(path)
    row = project.queue("comparison")
    config = msgspec.structs.replace(row.config, policy=Policy(shuffle=False))
    project.put_queue("comparison", config, panel=row.panel, by="lead")
    project.close()

    lane, desk = sat_down(path, "anna")
    try:
        assert desk.seat is not None
        assert desk.seat.draft.value.answers == {"ranking": {"r2": 1}}
        assert desk.seat.context.order == shown
    finally:
        lane.close()
    lane, desk = sat_down(path, "bert")
    try:
        assert desk.seat is not None
        assert desk.seat.context.order == tuple(sorted(shown))  # nothing was shown to bert before
    finally:
        lane.close()
