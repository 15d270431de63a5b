"""What the Review place shows where there is nothing to decide: why, and what brings conflicts."""

from __future__ import annotations

from labeler.app.commands import Commands
from labeler.kit import EmptyState

__all__ = ["MERGE", "NoConflicts", "NoProject"]

MERGE = "project.merge_copy"
"""The command that merges a copy, where there is one."""


class NoProject(EmptyState):
    """No project is open."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        super().__init__("", icon="git-compare")
        self.set_words(
            self.tr("No project is open"),
            self.tr("What two copies of a project decided differently stands here."),
        )
        self.open = self.add_button(self.tr("Open project…"), "primary")
        commands.follow(self.open, "project.open")
        self.open.clicked.connect(self._open)

    def _open(self) -> None:
        self._commands.run("project.open")


class NoConflicts(EmptyState):
    """Nothing is in conflict, and nothing was decided in this sitting."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        super().__init__("", icon="circle-check", role="ok")
        self.set_words(
            self.tr("No conflicts"),
            self.tr(
                "When a copy is merged in which somebody decided the same thing differently, both"
                " versions are kept and wait here for somebody to choose."
            ),
        )
        self.merge = self.add_button(self.tr("Merge a copy…"), "primary")
        self.merge.clicked.connect(self._merge)
        self.offer()

    def offer(self) -> None:
        """Offer what can be done now."""
        known = self._commands.get(MERGE) is not None
        self.merge.setVisible(known)
        if known:
            self._commands.follow(self.merge, MERGE)
            self.merge.setEnabled(self._commands.can_run(MERGE).ok)

    def _merge(self) -> None:
        self._commands.run(MERGE)
