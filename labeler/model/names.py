"""Names and titles as they are shown: no longer than anybody would read or a window could measure."""

from __future__ import annotations

__all__ = ["LONGEST_NAME", "shown"]

LONGEST_NAME = 500
"""Characters of a name or title that are shown. The whole of it stays in the file."""


def shown(name: str) -> str:
    """The name as it is shown. One of megabytes, in a file that means harm, would hold a window for
    minutes: every layout measures it anew."""
    return name[:LONGEST_NAME]
