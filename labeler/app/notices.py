"""What the program says on its own: a sentence at the bottom, a problem across the top, a crash."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.api import Problem
from labeler.app.context import AppContext
from labeler.app.i18n import problem_text
from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import IconMark, Text
from labeler.kit.controls.toast import Toast

__all__ = ["NoticeBar", "Notices"]


class NoticeBar(Plain):
    """One problem at a time, with its report to be copied where it has one; a cross closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("danger_soft", edges="bottom", parent=parent)
        self._report = ""
        self.words = Text("", wrap=True, selectable=True)
        self.mark = IconMark("triangle-alert", "danger", 16)
        self.copy = Button(self.tr("Copy report"), compact=True, icon="copy")
        self.cross = IconButton("x", self.tr("Close"))
        self.copy.clicked.connect(self._copy)
        self.cross.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 7)
        row.setSpacing(8)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.copy)
        row.addWidget(self.cross)
        self.hide()

    def say(self, text: str, report: str = "") -> None:
        """Show a problem in place of the last one."""
        self._report = report
        self.words.setText(text)
        self.copy.setVisible(bool(report))
        self.setAccessibleName(text)
        self.show()

    @property
    def report(self) -> str:
        """The report that Copy puts on the clipboard."""
        return self._report

    def dismiss(self) -> None:
        """Go away."""
        self._report = ""
        self.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)


class Notices(QObject):
    """Listens to the context; ``bar`` is put below the top bar, the toast lies over ``hold``."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.bar = NoticeBar()
        self.toast: Toast | None = None
        self._host: QWidget | None = None
        context.said.connect(self._say)
        context.problem_told.connect(self._tell)
        context.project_changed.connect(self._project_changed)

    def hold(self, host: QWidget) -> None:
        """Show sentences over this widget from now on; one that is shown elsewhere goes."""
        if host is self._host:
            return
        self._host = host
        if self.toast is not None:
            self.toast.dismiss()
            self.toast.deleteLater()
            self.toast = None

    def _say(self, text: str, undo: bool) -> None:
        if self._host is None:
            return
        if self.toast is None:
            self.toast = Toast(self._host)
            self.toast.acted.connect(self._undo)
        action = self.tr("Undo") if undo else ""
        key = self._context.commands.key_text("app.undo") if undo else ""
        self.toast.say(text, action=action, key=key)

    def _undo(self) -> None:
        self._context.commands.run("app.undo")

    def _tell(self, problem: object) -> None:
        if isinstance(problem, Problem):
            words = problem_text(problem)
            self.bar.say(f"{problem.where}: {words}" if problem.where else words)

    def say_broke(self, report: str) -> None:
        """Something broke that nobody foresaw: say that nothing is lost and offer the report."""
        error = next((line for line in reversed(report.splitlines()) if line.strip()), "")
        words = self.tr(
            "Something in the program failed: {error}. Your work is kept; go on, or copy the report."
        )
        self.bar.say(words.format(error=error), report)

    def say_crashed_before(self, stacks: str) -> None:
        """The last run ended in a crash of native code; its stacks are at hand."""
        self.bar.say(
            self.tr("The program crashed when it last ran. Every gesture up to then is kept."),
            stacks,
        )

    def say_settings(self, reason: str) -> None:
        """The settings could not be read; the program goes on with its own."""
        words = self.tr("Your settings could not be read and were set aside: {reason}")
        self.bar.say(words.format(reason=reason))

    def _project_changed(self) -> None:
        if not self.bar.report:
            self.bar.dismiss()
        if self.toast is not None:
            self.toast.dismiss()
