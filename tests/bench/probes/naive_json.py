"""What anybody would write first: the whole file by the standard library. ``naive_json.py FILE``."""

from __future__ import annotations

import json
import time
from pathlib import Path

from board import peak_mb
from told import tell, words


def main() -> None:
    (file,) = map(Path, words())
    start = time.perf_counter()
    with file.open(encoding="utf-8") as stream:
        tree = json.load(stream)
    loaded = time.perf_counter()
    json.dumps(tree)
    tell(seconds=loaded - start, dump=time.perf_counter() - loaded, mb=peak_mb())


main()
