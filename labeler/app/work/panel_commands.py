"""The commands of the panel on the stage: registered while it plays, run and asked behind its guard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from labeler.app.commands import Entry
from labeler.app.context import AppContext
from labeler.app.own_commands import panel_commands
from labeler.app.work.stage import Stage
from labeler.kit.editor import CanRun

__all__ = ["PanelCommands"]


class PanelCommands(QObject):
    """Puts one panel's commands into the registry and takes the last one's out."""

    def __init__(self, context: AppContext, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stage = stage
        self._panel = ""

    def show(self, panel: str) -> None:
        """This panel is on the stage; empty for none."""
        if panel == self._panel:
            return
        if self._panel:
            self._context.commands.remove(self._panel)
        self._panel = panel
        found = self._context.plugins.panel(panel)
        if found is None:
            return
        self._context.commands.add_all(
            Entry(command, self._runs(command.id), self._asks(command.id), "work")
            for command in panel_commands(found.manifest)
        )

    def _runs(self, name: str) -> Callable[[], object]:
        def run() -> bool:
            editor = self._stage.editor
            return editor is not None and self._stage.ask("run a command", editor.run, False, name)

        return run

    def _asks(self, name: str) -> Callable[[], CanRun]:
        def can_run() -> CanRun:
            editor = self._stage.editor
            if editor is None:
                words = QCoreApplication.translate("Work", "The panel is not on screen")
                return CanRun(False, words)
            return self._stage.ask("say what can be run", editor.can_run, CanRun(False), name)

        return can_run
