"""The commands of the panels: known all the time, run and asked behind the guard of the one on stage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal

from labeler.app.commands import Entry
from labeler.app.context import AppContext
from labeler.app.own_commands import panel_commands, panel_place
from labeler.app.work.stage import Stage
from labeler.kit.editor import CanRun

__all__ = ["PanelCommands"]


class PanelCommands(QObject):
    """Gives the commands of every panel to the editor on the stage, and says whose it is.

    ``running`` is true while the editor runs one, ``ran`` fires when it is done.
    """

    ran = Signal()

    def __init__(self, context: AppContext, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stage = stage
        self.running = False
        self._lent: Stage | None = None
        self._shown = ""
        for found in context.plugins.panels():
            context.commands.add_all(
                Entry(
                    command,
                    self._runs(found.id, command.id),
                    self._asks(found.id, command.id),
                    panel_place(found.id),
                )
                for command in panel_commands(found.manifest)
            )

    def show(self, panel: str) -> None:
        """This panel is on the stage; empty for none."""
        self._shown = panel
        if self._lent is None:
            self._context.commands.panel = panel

    def lend(self, stage: Stage | None, panel: str = "") -> None:
        """Let the editor of this panel on another stage play; None gives it all back."""
        self._lent = stage
        self._context.commands.panel = panel if stage is not None else self._shown

    @property
    def _at(self) -> Stage:
        return self._lent if self._lent is not None else self._stage

    def _runs(self, panel: str, name: str) -> Callable[[], object]:
        def run() -> bool:
            editor = self._at.editor
            if editor is None or self._context.commands.panel != panel:
                return False
            self.running = True
            try:
                return self._at.ask("run a command", editor.run, False, name)
            finally:
                self.running = False
                self.ran.emit()

        return run

    def _asks(self, panel: str, name: str) -> Callable[[], CanRun]:
        def can_run() -> CanRun:
            editor = self._at.editor
            if editor is None or self._context.commands.panel != panel:
                words = QCoreApplication.translate("Work", "The panel is not on screen")
                return CanRun(False, words)
            return self._at.ask("say what can be run", editor.can_run, CanRun(False), name)

        return can_run
