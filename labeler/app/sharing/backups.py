"""Backups that are made by themselves: when a small project closes, else while nobody works.

They are made through the lane, which lets gestures pass meanwhile, into a folder of this machine that
no client carries away. A failure is said once, as a sentence.
"""

from __future__ import annotations

import time
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from labeler.app.context import AppContext
from labeler.app.i18n import problem_text
from labeler.app.session import ProjectSession
from labeler.assets import Brand, brand
from labeler.model.problems import Refusal
from labeler.store.rotation import backups_in

__all__ = ["Backup", "BackupKeeper", "backup_folder", "backups_off", "read_backups"]

_IDLE_MS = 180_000
"""So long nobody has done anything: then a backup is in nobody's way."""
_APART_S = 1800.0
"""Seconds between two backups of one run that were not asked for."""
_SMALL = 16 << 20
"""Bytes of a project that is backed up when it is closed: it takes a breath."""


class Backup(msgspec.Struct, frozen=True):
    """A backup: its file, when it was made, its size in bytes."""

    path: Path
    made: datetime
    size: int


def backup_folder(context: AppContext, vendor: Brand | None = None) -> Path:
    """Where backups go: where the vendor says, else the person, else into this machine's own folder."""
    locked = (vendor or brand()).backup_folder
    chosen = locked or context.settings.values.backups.folder
    return Path(chosen).expanduser() if chosen else context.folders.data / "backups"


def backups_off(context: AppContext, vendor: Brand | None = None) -> bool:
    """Whether none are made: the vendor says so, else the person."""
    word = (vendor or brand()).backups
    return word == "off" or (not word and context.settings.values.backups.off)


def read_backups(folder: Path, session: ProjectSession) -> list[Backup]:
    """The backups of a project, the newest first; not for the UI thread."""
    found = []
    try:
        for made, path in backups_in(folder, session.path, bytes.fromhex(session.uid)).items():
            found.append(Backup(path, made, path.stat().st_size))
    except OSError:
        return found  # the folder is out of reach: those that were seen
    return found


class BackupKeeper(QObject):
    """Makes the backups of the open project. ``changed`` fires when there is another one."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._new = False
        self._busy = False
        self._last = 0.0
        self._told: set[str] = set()
        self._owed: BaseException | None = None
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(_IDLE_MS)
        self.idle.timeout.connect(self._when_idle)
        context.saved.connect(self._saved)
        context.tasks_changed.connect(self._touched)
        context.project_changed.connect(self._project_changed)
        context.project_closing.connect(self._closing)

    @property
    def is_busy(self) -> bool:
        """Whether one is being made."""
        return self._busy

    def back_up_now(self) -> None:
        """Make one now, whatever is set; says when it is there."""
        self._begin(asked=True)

    def _saved(self, what: object) -> None:
        if isinstance(what, float):
            self._touched()

    def _touched(self) -> None:
        self._new = True
        self.idle.start()

    def _project_changed(self) -> None:
        self._new = False
        self._busy = False
        self.idle.stop()
        owed, self._owed = self._owed, None
        if owed is not None:
            self._tell(owed, asked=False)

    def _when_idle(self) -> None:
        if not self._new or backups_off(self._context):
            return
        if time.monotonic() - self._last < _APART_S and self._last:
            self.idle.start()
            return
        self._begin(asked=False)

    def _begin(self, *, asked: bool) -> None:
        session, folder = self._context.session, backup_folder(self._context)
        if session is None or self._busy:
            return
        self._busy = True
        lane = session.lane

        def passing(_done: int, _total: int) -> None:
            lane.let_pass()

        def work(_told: object) -> Path | None:
            made = lane.post(
                lambda project: project.rotate_backups(folder, progress=passing), urgent=False
            )
            return made.result()

        self._context.background(
            work,
            lambda made: self._done(session, made, asked),
            lambda error: self._failed(session, error, asked),
            receiver=self,
        )

    def _done(self, session: ProjectSession, made: Path | None, asked: bool) -> None:
        if session is not self._context.session:
            return
        self._busy = False
        self._new = False
        self._last = time.monotonic()
        self.changed.emit()
        if asked:
            self._context.toast(
                self.tr("The backup is made and was looked through")
                if made is not None
                else self.tr("The last backup has all of it already")
            )

    def _failed(self, session: ProjectSession, error: BaseException, asked: bool) -> None:
        if session is self._context.session:
            self._busy = False
        self._tell(error, asked)

    def _tell(self, error: BaseException, asked: bool) -> None:
        if not isinstance(error, Refusal):
            self._context.fail(error)
            return
        problem = error.problem
        if asked or problem.code not in self._told:
            self._told.add(problem.code)
            reason = problem_text(problem)
            self._context.toast(self.tr("No backup was made: {reason}").format(reason=reason))

    def _closing(self) -> None:
        """The project is about to be closed: a small one is backed up before it."""
        session = self._context.session
        if session is None or session.read_only or not self._new or backups_off(self._context):
            return
        try:
            if session.path.stat().st_size > _SMALL:
                return
        except OSError:
            return  # it was moved away: there is nothing to back up
        folder = backup_folder(self._context)
        made = session.lane.post(lambda project: project.rotate_backups(folder), urgent=False)
        made.add_done_callback(self._closed)

    def _closed(self, made: Future[Path | None]) -> None:
        """In the lane: what kept it from being made is told when the next project is open."""
        error = made.exception()
        if error is not None:
            self._owed = error
