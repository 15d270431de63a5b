"""An editor that reads its medium in a thread, as one that decodes would."""

from __future__ import annotations

import threading

from PySide6.QtCore import Signal

from labeler.api import Refusal
from labeler.kit.editor import Editor


class AlbumEditor(Editor):
    """Keeps what it read in ``seen``, and what it was to load ahead in ``prepared``."""

    read = Signal(str, bytes)

    def __init__(self, host, parent=None):
        super().__init__(host, parent)
        self.seen = {}
        self.prepared = []
        self.read.connect(self._read)

    def _read(self, path, raw):
        self.seen[path] = raw

    def show_task(self, view):
        super().show_task(view)
        threading.Thread(target=self._look, args=(view.content.image,)).start()

    def _look(self, ref):
        try:
            with self.host.open_medium(ref) as stream:
                raw = stream.read()
        except Refusal as refusal:
            self.host.medium_missing(ref, refusal.problem)
        else:
            self.read.emit(ref.path, raw)

    def prepare(self, content):
        self.prepared.append(content.image.path)
        if content.image.path.startswith("bad"):
            raise ValueError("told to fail in prepare")
