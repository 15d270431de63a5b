"""Who else has the open project open: said beside its file, seen there, and what follows from it."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QCoreApplication, QObject

from labeler.app.context import AppContext
from labeler.app.session import ProjectSession
from labeler.app.way import Choice, How
from labeler.app.words import initials, number
from labeler.model.problems import Problem
from labeler.work.opening import Approach
from labeler.work.presence import Here, Presence

__all__ = ["Company", "company_lines", "company_title"]


class Company(QObject):
    """Keeps ``session.company`` true from open to close; writes and looks in a thread of its own.

    Where locks do not reach other machines and another machine begins to edit the same file, ours is
    opened anew, only to be read, and a copy is offered.
    """

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._presence: Presence | None = None
        context.project_changed.connect(self._project_changed)

    def stop(self) -> None:
        """Take back what was said; at the end of the run."""
        presence, self._presence = self._presence, None
        if presence is not None:
            presence.stop()

    def _project_changed(self) -> None:
        self.stop()
        session = self._context.session
        if session is None:
            return
        if session.way.copy is not None:
            how = "copy"
        else:
            how = "reads" if session.read_only else "edits"

        def changed(others: tuple[Here, ...]) -> None:
            self._context.soon(lambda: self._seen(session, others), self)

        self._presence = Presence(
            session.shared,
            session.person.title,
            secrets.token_hex(8),
            changed,
            how=how,
            # A client would carry every saying of it to all machines.
            silent=session.way.place.kind == "synced",
        )
        self._presence.start()

    def _seen(self, session: ProjectSession, others: tuple[Here, ...]) -> None:
        if self._context.session is not session:
            return
        before, session.company = session.company, others
        for line in company_lines(tuple(one for one in others if one not in before))[:1]:
            self._context.toast(line)
        self._context.company_changed.emit()
        mine = self._presence.host if self._presence is not None else ""
        other = next((one for one in others if one.in_place and one.host != mine), None)
        if other is None or session.way.place.kind != "locks_off":
            return
        if session.read_only or session.way.copy is not None:
            return
        path = session.path
        problem = Problem("place_shared", str(path), {"person": other.person, "host": other.host})
        found = Approach(path, session.way.place, problem)

        def take(how: How) -> None:
            if how != "read":
                self._context.open_project(path, how=how)

        def ask() -> None:
            self._context.choice_wanted.emit(Choice(found, others, take, lambda: None))

        self._context.open_project(path, ask, how="read")


def company_title(others: tuple[Here, ...]) -> str:
    """Who is there, short enough for a bar: the initials of one, or how many."""
    return initials(others[0].person, "") if len(others) == 1 else number(len(others))


def company_lines(others: tuple[Here, ...]) -> list[str]:
    """A sentence for each: who does what on which machine."""
    tr = QCoreApplication.translate
    words = {
        "reads": tr("Company", "{person} has this open on {host}, to read"),
        "copy": tr("Company", "{person} works on a copy of this on {host}"),
    }
    edits = tr("Company", "{person} has this open on {host}")
    return [words.get(one.how, edits).format(person=one.person, host=one.host) for one in others]
