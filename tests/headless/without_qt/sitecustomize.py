"""Makes Qt unimportable in an interpreter with this folder on PYTHONPATH, and in its children.

Python imports a module of this name before anything else, so nothing can have imported Qt earlier.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

BLOCKED = ("PySide6", "shiboken6", "pyqtgraph")


class NoQt(PathFinder):
    """Finds what lies on the path but Qt, as on a machine on which it was never installed."""

    @classmethod
    def find_spec(
        cls,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """No spec for Qt's packages; for any other module the one there is."""
        if fullname.partition(".")[0] in BLOCKED:
            return None
        return super().find_spec(fullname, path, target)


sys.meta_path[:] = [NoQt if finder is PathFinder else finder for finder in sys.meta_path]
