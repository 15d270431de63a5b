"""Makes Qt unimportable in an interpreter with this folder on PYTHONPATH, and in its children.

Python imports a module of this name before anything else, so nothing can have imported Qt earlier.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

BLOCKED = ("PySide6", "shiboken6", "pyqtgraph")


class NoQt(MetaPathFinder):
    """Answers for Qt's packages as a machine would on which they were never installed."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """No spec for any other module; ModuleNotFoundError for Qt's."""
        if fullname.split(".", 1)[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


sys.meta_path.insert(0, NoQt())
