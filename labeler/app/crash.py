"""What happens when something breaks that nobody foresaw: a report, a card, and nothing lost.

Every hook of the interpreter and of Qt ends here: exceptions of slots and overridden methods, of
threads, of finalizers, Qt's own complaints. What even this cannot catch (a crash of native code)
leaves its stacks in a file that is read at the next start.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from PySide6 import __version__ as qt_version
from PySide6.QtCore import (
    QLoggingCategory,
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from labeler import __version__

__all__ = ["Crashes", "report_of", "start_faulthandler", "start_log", "stop_faulthandler"]

log = logging.getLogger(__name__)
_PACKAGE = __name__.partition(".")[0]
_LOG_BYTES = 1024 * 1024
_QUIET = "qt.multimedia.*=false"


def start_faulthandler(folder: Path) -> tuple[str, TextIO | None]:
    """Let a native crash write its stacks to a file of this process in ``folder``.

    Returns what crashes since the last start wrote, and the file: keep it, it must stay open. None
    where the folder cannot be written.
    """
    last: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(folder.glob("native-*.log")):
            # Only a crash writes to it; an empty one may be that of a run in another window.
            stacks = old.read_text(encoding="utf-8", errors="replace").strip()
            if stacks:
                last.append(stacks)
                old.unlink()
        file = (folder / f"native-{os.getpid()}.log").open("w", encoding="utf-8")
    except OSError:
        return "\n\n".join(last), None
    faulthandler.enable(file)
    return "\n\n".join(last), file


def stop_faulthandler(file: TextIO) -> None:
    """The run ended well: nothing to be told at the next start."""
    faulthandler.disable()
    file.close()
    Path(file.name).unlink(missing_ok=True)


def start_log(folder: Path) -> None:
    """Write what is logged to a file in this folder, rotated at 1 MiB; nothing where it cannot be."""
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "app.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger(_PACKAGE)
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def report_of(error: BaseException) -> str:
    """What a person can copy: versions, time and the traceback, without the paths of this machine."""
    lines = traceback.TracebackException.from_exception(error)
    for frame in lines.stack:
        frame.filename = _short(frame.filename)
    when = datetime.now(UTC).isoformat(timespec="seconds")
    head = (
        f"program: {__version__}, Python {platform.python_version()}, Qt {qt_version}, "
        f"{platform.system()} {platform.release()}\ntime: {when}\n\n"
    )
    return head + "".join(lines.format())


def _short(filename: str) -> str:
    parts = Path(filename).parts
    if _PACKAGE in parts:
        last = len(parts) - 1 - parts[::-1].index(_PACKAGE)
        return "/".join(parts[last:])
    return "/".join(("…", *parts[-2:]))


class Crashes(QObject):
    """The one place unforeseen exceptions end.

    ``judges`` are asked first, each with the exception: one that returns True has dealt with it (a
    guest's exception becomes the guest's card). Else it is logged, ``before_card`` is called (drafts
    are flushed) and ``broke`` carries the report, on the UI thread; the same one only once.
    """

    broke = Signal(str)
    _brought = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.judges: list[Callable[[BaseException], bool]] = []
        self.before_card: Callable[[], None] | None = None
        self._seen: Counter[str] = Counter()
        self._busy = False
        self._brought.connect(self.take)
        self._old: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """Hang on to every hook there is."""
        self._old = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        sys.unraisablehook = self._unraisable_hook
        qInstallMessageHandler(_qt_message)
        # What a machine may lack is told where it matters; Qt tells it at every start.
        QLoggingCategory.setFilterRules(_QUIET)

    def uninstall(self) -> None:
        """Give the hooks back."""
        if self._old is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._old
            self._old = None
            qInstallMessageHandler(None)

    def take(self, error: BaseException) -> None:
        """Deal with an exception, on the UI thread."""
        if self._busy:
            # Showing a card failed too: the log has to do.
            log.error("while another error was dealt with", exc_info=error)
            return
        self._busy = True
        try:
            if any(judge(error) for judge in tuple(self.judges)):
                return
            log.error("unforeseen", exc_info=error)
            if self.before_card is not None:
                self.before_card()
            report = report_of(error)
            where = report.partition("\n\n")[2]
            self._seen[where] += 1
            if self._seen[where] == 1:
                self.broke.emit(report)
        except Exception:
            log.exception("an error could not be shown")
        finally:
            self._busy = False

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            from PySide6.QtCore import QCoreApplication

            QCoreApplication.quit()
            return
        self._bring(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._bring(args.exc_value)

    def _unraisable_hook(self, args: sys.UnraisableHookArgs) -> None:
        # Raised where nobody can catch it (a finalizer): worth a line in the log, no card.
        log.error("in %r: %s", args.object, args.err_msg or "", exc_info=args.exc_value)

    def _bring(self, error: BaseException) -> None:
        if threading.current_thread() is threading.main_thread():
            self.take(error)
        else:
            self._brought.emit(error)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    # PySide announces an exception of an overridden method here; the exception itself comes to the
    # hook and says more.
    if not text.startswith("Error calling Python override"):
        logging.getLogger(f"{_PACKAGE}.qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text)
