"""Reads the next task's texts while nothing else is done: a little at a time, formulas included."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from labeler.kit.markdown import Formulas, MarkdownDocument, Section
from labeler.kit.markdown.document import MarkdownBlock
from labeler.kit.markdown.surface import LONGEST_RENDERED

__all__ = ["Ahead"]

_SLICE_S = 0.004
_KEPT = 24
"""Documents kept: three tasks of eight responses."""


class Ahead(QObject):
    """Documents that were read ahead, by what they show.

    ``prepare`` returns at once; the work is done in slices of four milliseconds when the event loop
    has nothing else. ``take`` gives a document away: it belongs to the surface that shows it.
    """

    def __init__(self, formulas: Formulas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formulas = formulas
        self._ready: OrderedDict[tuple[Section, ...], MarkdownDocument] = OrderedDict()
        self._work: list[Iterator[None]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether something is still to be read."""
        return bool(self._work)

    def prepare(self, texts: Sequence[Sequence[Section]], formula_size: int) -> None:
        """Read these documents some time soon."""
        for sections in texts:
            key = tuple(sections)
            if key not in self._ready and sum(len(one.text) for one in key) <= LONGEST_RENDERED:
                self._work.append(self._read(key, formula_size))
        if self._work:
            self._timer.start()

    def take(self, sections: Sequence[Section]) -> MarkdownDocument | None:
        """The document of these sections if it was read; None else."""
        return self._ready.pop(tuple(sections), None)

    def _read(self, key: tuple[Section, ...], formula_size: int) -> Iterator[None]:
        document = MarkdownDocument(key)
        self._ready[key] = document
        while len(self._ready) > _KEPT:
            self._ready.popitem(last=False)
        yield
        for block in document.blocks:
            if not isinstance(block, MarkdownBlock):
                continue
            for formula in block.formulas:
                self._formulas.want(formula.latex, display=formula.display, size=formula_size)
            if block.leaf.kind == "code":
                block.roles  # noqa: B018 - read now, kept for when it is laid out
            yield

    def _go_on(self) -> None:
        until = perf_counter() + _SLICE_S
        while self._work and perf_counter() < until:
            if next(self._work[0], self) is self:
                self._work.pop(0)
        if not self._work:
            self._timer.stop()
