"""What is said where a command cannot be done: one line that names the place, and never a traceback."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from labeler import __version__
from labeler.assets import brand
from labeler.cli import streams
from labeler.model.problems import Refusal

__all__ = ["DONE", "REFUSED", "WITH_PROBLEMS", "guarded"]

DONE, WITH_PROBLEMS, REFUSED = 0, 1, 2
"""Exit codes: done; done, with problems reported; refused."""


def guarded(run: Callable[[], int]) -> int:
    """The exit code of ``run``; whatever it raises becomes one line on stderr and REFUSED."""
    try:
        code = run()
        sys.stdout.flush()
        return code
    except click.exceptions.Exit as end:
        return int(end.exit_code)
    except Refusal as refusal:
        return _refuse(str(refusal.problem))
    except click.ClickException as error:
        return _refuse(_usage(error))
    except (click.Abort, KeyboardInterrupt):
        return _refuse("interrupted; what was complete by then stays")
    except BrokenPipeError:
        _stop_talking()
        return _refuse("the output was closed before all of it was written")
    except MemoryError:
        return _refuse("there is not enough memory for this")
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _refuse(f"{place}{error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - the last stand: a bug is one line and a report
        return _refuse(_bug(error))


def _stop_talking() -> None:
    """Nobody reads on: what is still in the buffer goes nowhere, and raises nothing at the end."""
    with contextlib.suppress(OSError, ValueError):  # stdout may be no file at all
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, sys.stdout.fileno())
        finally:
            os.close(nowhere)


def _refuse(text: str) -> int:
    with contextlib.suppress(OSError):  # nobody listens on stderr either; the exit code says it
        click.echo(streams.line(text), err=True)
    return REFUSED


def _usage(error: click.ClickException) -> str:
    text = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    if context is None:
        return text
    return f"{text.rstrip('.')} (see {context.command_path} --help)"


def _bug(error: Exception) -> str:
    told = f"{type(error).__name__}: {error}"
    try:
        path = _report(error)
    except OSError:
        return f"this should not have happened ({told}); its report could not be written"
    return f"this should not have happened ({told}); a report is in {path}"


def _report(error: Exception) -> Path:
    from platformdirs import user_log_path  # 12 ms to load, wanted at a bug only

    now = datetime.now(UTC)
    folder = user_log_path(brand().id, appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"command-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    head = (
        f"{brand().name} {__version__}, Python {sys.version}\n{sys.platform}\n{now.isoformat()}\n"
    )
    path.write_text(head + "\n" + "".join(traceback.format_exception(error)), encoding="utf-8")
    return path
