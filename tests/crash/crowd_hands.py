"""One of many processes that write one project: ``crowd_hands.py PROJECT NAME SECONDS``.

Waits for a line on standard input, then annotates task after task as fast as the file lets it. Says how
many were acknowledged, and the longest time one took, in milliseconds.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from labeler.store import Project


def main(path: str, name: str, seconds: str) -> None:
    project = Project.open(Path(path))
    project.sign_in(name)
    rows = [project.query.find(f"k{number}") for number in range(8)]
    print("ready", flush=True)
    sys.stdin.readline()
    until = time.monotonic() + float(seconds)
    done, longest = 0, 0.0
    while (began := time.monotonic()) < until:
        value = b'{"answers":{"sentiment":"positive","why":"%d"}}' % done
        project.annotate(rows[done % len(rows)], author=name, value=value)
        done += 1
        longest = max(longest, time.monotonic() - began)
    project.close()
    print(done, round(longest * 1000))


if __name__ == "__main__":
    main(*sys.argv[1:])
