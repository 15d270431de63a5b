"""Bounds a process gives itself before it touches what comes from a stranger."""

from __future__ import annotations

import contextlib
import sys

__all__ = ["cap_memory", "cap_time"]


def cap_memory(count: int) -> None:
    """Let this process have so many bytes of addresses, where the system can (not on Windows)."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
        with contextlib.suppress(ValueError, OSError):  # a system that knows the limit by name only
            resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def cap_time(seconds: int) -> None:
    """End this process after so many seconds of work, where the system can (not on Windows)."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        done = int(used.ru_utime + used.ru_stime) + 1
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (done + seconds, hard))
