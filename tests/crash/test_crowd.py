"""Many processes write one local file at the same time: nothing is lost, nobody is kept out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from acts import sound
from asked import THOROUGH

from labeler.store import Project

HERE = Path(__file__).parent
LONGEST_MS = 10_000


@pytest.mark.timeout(0)
def test_many_processes_write_one_file_and_none_is_kept_out(acted_on: Path, tmp_path: Path) -> None:
    """Twenty for two minutes in ``make crash``, four for a second and a half else."""
    count, seconds = (20, 120.0) if THOROUGH else (4, 1.5)
    path = tmp_path / "p.labeler"
    project = Project.open(acted_on / "p.labeler")
    before = project.file.row("SELECT count(*) FROM op")[0]
    project.copy_to(path)
    project.file.close()
    crowd = [
        subprocess.Popen(
            [sys.executable, HERE / "crowd_hands.py", path, f"w{number}", str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    for one in crowd:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    told = []
    for one in crowd:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in crowd:
        out, wrong = one.communicate()
        assert one.returncode == 0, wrong
        told.append(tuple(int(word) for word in out.split()))
    written = [done for done, _ in told]
    assert max(longest for _, longest in told) < LONGEST_MS, told
    assert min(written) > 0, told
    if THOROUGH:  # a second says little of who is favoured, on a busy machine nothing
        assert max(written) < 3 * min(written), told

    def asked(project: Project) -> tuple[int, int, dict[str, int]]:
        by = project.file.rows(
            "SELECT who.handle, count(*) FROM op JOIN ent ON ent.id=op.ent AND ent.kind=7 "
            "JOIN who ON who.id=op.person WHERE who.handle LIKE 'w%' GROUP BY 1"
        )
        (total,) = project.file.row("SELECT count(*) FROM op")
        (tallied,) = project.file.row("SELECT sum(n) FROM tally WHERE queue=0 AND status=0")
        return total, tallied, dict(by)

    total, tallied, by = sound(path, asked)
    assert by == {f"w{number}": done for number, done in enumerate(written)}
    assert total == before + count + sum(written)  # everybody signed in
    assert tallied == 1 + sum(min(done, 8) for done in written)  # k0 was annotated before
    print(f"{count} processes, {sum(written)} commits, {min(written)} to {max(written)} each")
