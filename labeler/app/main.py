"""The composition root: the one place that builds the whole app, in the order it must be built.

First what catches a crash, then the person's settings, then what everything is drawn with, then the
plugins' manifests (nothing of them is imported), then the window with its first page. Whatever is
not on screen is built when it is first used.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from labeler import __version__
from labeler.app.commands import Commands
from labeler.app.company import Company
from labeler.app.context import AppContext
from labeler.app.crash import Crashes, start_faulthandler, start_log, stop_faulthandler
from labeler.app.give_back import GiveBack
from labeler.app.i18n import Tongue
from labeler.app.settings import Folders, SettingsStore, folders
from labeler.app.window import MainWindow
from labeler.assets import brand
from labeler.kit.theme import install_theme
from labeler.plugins import Plugins

__all__ = ["App", "run"]

_WRITE_SETTINGS_MS = 250
"""As often as gestures are written: after a kill the person comes back to the task of the last one."""


class App:
    """Everything of one run, held together: build it, ``start`` it, ``end`` it.

    ``root`` puts settings, logs and copies below one folder (a tour, a test) instead of the
    person's own. ``hooks`` hangs on to the interpreter's hooks; a test brings its own.
    """

    def __init__(
        self,
        app: QApplication,
        *,
        root: Path | None = None,
        safe_mode: bool = False,
        language: str | None = None,
        hooks: bool = True,
    ) -> None:
        self.app = app
        self.folders: Folders = folders(root)
        self._native: TextIO | None = None
        self._last_crash = ""
        self.crashes = Crashes(app)
        if hooks:
            self._last_crash, self._native = start_faulthandler(self.folders.logs)
            start_log(self.folders.logs)
            self.crashes.install()
        self._hooks = hooks
        mine = brand()
        app.setApplicationName(mine.id)
        app.setApplicationDisplayName(mine.name)
        app.setApplicationVersion(__version__)
        app.setDesktopFileName(mine.id)
        self.settings = SettingsStore(self.folders.settings)
        look = self.settings.values.appearance
        self.theme = install_theme(
            app,
            choice=look.theme,
            text_scale=look.text_scale,
            reduced_motion=look.reduced_motion,
            compact=look.compact,
        )
        self.tongue = Tongue(app, self.theme)
        self.tongue.use(look.language if language is None else language)
        self.plugins = Plugins.load(safe_mode=safe_mode, disabled=self.settings.values.panels_off)
        self.commands = Commands(self.settings.values.keys, self.theme)
        self.context = AppContext(
            self.folders,
            self.settings,
            self.theme,
            self.plugins,
            self.commands,
            self.crashes.take,
            self.theme,
        )
        self.company = Company(self.context, self.context)
        self.back = GiveBack(self.context, self.context)
        self.crashes.judges = self.context.judges
        self.crashes.before_card = self._flush
        self._write_soon = QTimer(self.theme)
        self._write_soon.setSingleShot(True)
        self._write_soon.setInterval(_WRITE_SETTINGS_MS)
        self._write_soon.timeout.connect(self.settings.write)
        self.settings.later = self._settings_changed
        self._ended = False
        self.window = self._new_window()
        self.context.language_wanted.connect(self._speak)

    def _new_window(self) -> MainWindow:
        window = MainWindow(self.context)
        self.crashes.broke.connect(window.notices.say_broke)
        window.closing.connect(self.end)
        return window

    def _speak(self, language: str) -> None:
        """Put the window anew in another language; task, draft and undo are the desk's and stay."""
        old, place = self.window, self.commands.place or "home"
        if not old.put_away():
            return
        self.tongue.use(language)
        self.window = self._new_window()
        self.window.setGeometry(old.geometry())
        self.window.setWindowState(old.windowState())
        self.window.go(place)
        self.window.show()
        self.window.activateWindow()
        old.hide()
        old.deleteLater()
        self.window.doors.settings()

    def start(self, path: Path | None = None) -> None:
        """Show the window, at a project where a path is given, else at Home."""
        if path is None:
            self.window.go("home")
        self.window.show()
        self.window.activateWindow()
        if self._last_crash:
            self.window.notices.say_crashed_before(self._last_crash)
        elif self.settings.problem:
            self.window.notices.say_settings(self.settings.problem)
        self.back.begin(path)
        if path is not None:
            self.context.open_project(path, failed=self._could_not_open)

    def _could_not_open(self, error: BaseException) -> None:
        self.window.go("home")
        self.context.fail(error)

    def _settings_changed(self) -> None:
        if not self._write_soon.isActive():
            self._write_soon.start()

    def _flush(self) -> None:
        session = self.context.session
        if session is not None:
            session.desk.flush()

    def end(self) -> None:
        """Write everything, close the project, give the hooks back; once."""
        if self._ended:
            return
        self._ended = True
        self.context.ending = True
        self.back.end(self.window)
        self.context.shut_down()
        self.company.stop()
        self.tongue.take_off()
        if self._hooks:
            self.crashes.uninstall()
        if self._native is not None:
            stop_faulthandler(self._native)


class _Signals(QObject):
    """Brings the signals that end a process into Qt's loop, which otherwise sleeps through them."""

    def __init__(self, asked: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._asked = asked
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno())
        for name in ("SIGINT", "SIGTERM"):
            signal.signal(getattr(signal, name), _nothing)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def _woken(self) -> None:
        self._read.recv(64)
        self._asked()


def _nothing(number: int, frame: object) -> None:
    """A signal's handler: that there is one lets the wake-up descriptor be written."""


def run(
    path: Path | None = None,
    *,
    safe_mode: bool = False,
    root: Path | None = None,
    begin: Callable[[App], None] | None = None,
) -> int:
    """Run the app until its window closes; returns the exit code.

    ``path`` is a project to open, ``safe_mode`` loads no plugins but ours, ``root`` keeps settings,
    logs and copies below one folder, ``begin`` is called once the window is on screen.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    # A key must not wait 5 ms for a thread that reads: the lane gives way sooner.
    sys.setswitchinterval(0.001)
    whole = App(app, root=root, safe_mode=safe_mode)
    signals = _Signals(whole.window.close, whole.theme)
    whole.start(path)
    if begin is not None:
        begin(whole)
    code = int(app.exec())
    whole.end()
    del signals
    return code
