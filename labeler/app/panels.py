"""The desk's way to the panels: their Qt-free halves, guarded, with what kept one from being used."""

from __future__ import annotations

from labeler.api import Codec, Content, PanelTask, Problem, QueueConfig, Refusal, Value
from labeler.plugins import Plugins

__all__ = ["DeskPanels"]


class DeskPanels:
    """Fits ``labeler.work.desk.PanelSource``. Nothing here raises: a failing guest is as good as none."""

    def __init__(self, plugins: Plugins) -> None:
        self._plugins = plugins
        self.refused: Problem | None = None
        """Why the content asked for last could not be read; None where it could."""

    def task(self, panel: str) -> PanelTask | None:
        """The panel's Qt-free half, or None where it is not installed or does not load."""
        try:
            return self._plugins.task(panel)
        except Refusal:  # the guard has told its listeners, and the Work page shows why
            return None

    def codec(self, panel: str) -> Codec:
        """What reads and writes the panel's regions."""
        return self._plugins.codec(panel)

    def content(self, panel: str, raw: bytes) -> Content | None:
        """The content in this JSON, or None where the panel cannot read it or has no parts for it."""
        self.refused = None
        try:
            content = self._plugins.content_decoder(panel)(raw)
            self._plugins.parts(panel, content)
        except Refusal as refusal:
            self.refused = refusal.problem
            return None
        return content

    def problems(
        self, panel: str, content: Content, value: Value, config: QueueConfig
    ) -> tuple[Problem, ...]:
        """Everything the core and the panel find wrong with the value."""
        return self._plugins.problems(panel, content, value, config)
