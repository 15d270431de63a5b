"""New project: a name, a folder, a template, its label set, and the first files if there are any."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from labeler.app.context import AppContext, Told
from labeler.app.dialogs.frame import fit_height, room_for, walk
from labeler.app.dialogs.label_set import LabelSetEditor
from labeler.app.dialogs.path_field import PathField
from labeler.app.i18n import problem_text, template_description, template_title
from labeler.assets import brand
from labeler.exchange.templates import Template, new_project, templates
from labeler.kit import Callout, Dialog, Field, Select, Text
from labeler.model.problems import Refusal
from labeler.model.queue import QueueConfig

__all__ = ["NewProjectDialog", "file_name", "keys_in_use", "show"]

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')
_LONGEST = 120
_HEAD_AND_FOOT = 140


def file_name(title: str) -> str:
    """The name of the file of a project with this title, as every system allows it."""
    plain = _NOT_IN_NAMES.sub("-", title.strip()).strip(". -")[:_LONGEST].strip()
    return f"{plain}{brand().extension}" if plain else ""


def keys_in_use(context: AppContext, panel: str) -> dict[str, str]:
    """Plain keys that run something on the Work page, with its title."""
    taken: dict[str, str] = {}
    commands = context.commands
    for entry in commands.all():
        if not commands.works_at(entry, "work", panel):
            continue
        for key in commands.keys(entry.command.id):
            taken.setdefault(key, entry.command.title)
    return {key: title for key, title in taken.items() if len(key) == 1}


class _Labels(QWidget):
    """The label sets of a template: one editor a queue, the queue chosen above where there are two."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._queue = Select(name=self.tr("Queue"))
        self._queue.currentIndexChanged.connect(self._turn)
        self._stack = QStackedWidget()
        self.editors: dict[str, LabelSetEditor] = {}
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("Label set"), "label"))
        head.addStretch(1)
        head.addWidget(self._queue)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def show_template(self, template: Template) -> None:
        """Edit the label sets of this template."""
        self._queue.blockSignals(True)
        self._queue.clear()
        for editor in self.editors.values():
            self._stack.removeWidget(editor)
            editor.deleteLater()
        self.editors = {}
        for queue in template.queues:
            taken = keys_in_use(self._context, queue.panel)
            editor = LabelSetEditor(template.config(queue), taken, stored=False)
            editor.changed.connect(self.changed)
            self.editors[queue.name] = editor
            self._stack.addWidget(editor)
            self._queue.addItem(queue.title or queue.name, queue.name)
        self._queue.blockSignals(False)
        self._queue.setVisible(len(self.editors) > 1)
        self._turn(0)

    def frames(self) -> tuple[QWidget, ...]:
        """What holds the editors, from the inside out."""
        return self._stack, self

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        inner = [stop for editor in self.editors.values() for stop in editor.stops()]
        return [self._queue, *inner]

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)

    def configs(self) -> Mapping[str, QueueConfig] | None:
        """The configuration of each queue, or None where a label is wrong: it is then shown."""
        for place, editor in enumerate(self.editors.values()):
            if editor.edits.fault_at() is not None:
                self._queue.setCurrentIndex(place)
                self._turn(place)
                editor.show_fault()
                return None
        return {name: editor.config for name, editor in self.editors.items()}


class NewProjectDialog(Dialog):
    """Makes the project file and opens it; files to begin with go to the import dialog."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None = None,
        *,
        sources: Sequence[Path] = (),
        template: str = "",
    ) -> None:
        super().__init__("", wide=True, parent=parent)
        self.set_title(self.tr("New project"))
        self._context = context
        self._sources = tuple(sources)
        self._templates = {one.name: one for one in templates()}
        self._busy = False
        self.name = Field(self.tr("Name"), self._first_name())
        self.template = Select(
            [(one.name, template_title(one)) for one in self._templates.values()],
            name=self.tr("Template"),
        )
        if template in self._templates:
            self.template.set_chosen(template)
        self._about = Text("", role="text_2", wrap=True)
        self.folder = PathField(self.tr("Folder"), "folder", title=self.tr("Where it is kept"))
        self.folder.set_path(context.folders.projects)
        self.labels = _Labels(context)
        self.labels.changed.connect(self._fit)
        self.source = PathField(
            self.tr("First file, if there is one"), "file", title=self.tr("First file")
        )
        self._given = Text("", role="text_2", wrap=True)
        self._refused = Callout("")
        self._refused.hide()
        self._arrange()
        self.cancel = self.add_button(self.tr("Cancel"), role="reject")
        self.create_ = self.add_button(self.tr("Create project"), "primary")
        for widget, name in (
            (self.name.edit, "name"),
            (self.folder.edit, "folder"),
            (self.template, "template"),
            (self.source.edit, "source"),
            (self.cancel, "cancel"),
            (self.create_, "accept"),
        ):
            widget.setObjectName(name)
        self.name.edit.textChanged.connect(self._named)
        self.folder.changed.connect(self._named)
        self.template.currentIndexChanged.connect(self._template_chosen)
        self.create_.clicked.connect(self.make)
        self._template_chosen()
        self.name.edit.setFocus()
        self.name.edit.selectAll()

    def _first_name(self) -> str:
        if len(self._sources) == 1:
            return self._sources[0].stem
        if self._sources:
            return self._sources[0].parent.name
        return ""

    def _arrange(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(16)
        chosen = QVBoxLayout()
        chosen.setSpacing(4)
        chosen.addWidget(Text(self.tr("Template"), role="text_2"))
        chosen.addWidget(self.template)
        top.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        top.addLayout(chosen, 1)
        column.addWidget(self._refused)
        column.addLayout(top)
        column.addWidget(self._about)
        column.addWidget(self.folder)
        column.addWidget(self.labels)
        column.addWidget(self.source)
        column.addWidget(self._given)
        self.source.setVisible(not self._sources)
        self._given.setVisible(bool(self._sources))
        names = ", ".join(path.name for path in self._sources[:3])
        if len(self._sources) > 3:
            names += ", …"
        self._given.setText(
            self.tr("Imported when the project is made: {files}").format(files=names)
        )
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        self._area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self._inner = inner
        self.body.addWidget(self._area)
        self._fit()

    def _fit(self) -> None:
        """As high as what is in it, and never higher than the screen."""
        # Layouts of what is not on screen yet hear of changes later; here they are asked now.
        for widget in (*self.labels.editors.values(), *self.labels.frames(), self._inner):
            layout = widget.layout()
            if layout is not None:
                layout.invalidate()
        room = room_for(self) - round(_HEAD_AND_FOOT * self.theme.text_scale)
        self._area.setFixedHeight(min(room, self._inner.sizeHint().height() + 2))
        fit_height(self)

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def theme_changed(self) -> None:
        super().theme_changed()
        if hasattr(self, "_area"):
            self._fit()

    def _template_chosen(self) -> None:
        template = self._templates[self.template.chosen]
        self._about.setText(template_description(template))
        self.labels.show_template(template)
        if not self._context.plugins.panel(template.queues[0].panel):
            self._about.setText(
                self.tr("No plugin on this machine brings the panel of this template")
            )
        walk(
            [
                *(self.name.edit, self.template, self.folder.edit, self.folder.choose),
                *self.labels.stops(),
                *(self.source.edit, self.source.choose, self.cancel, self.create_),
            ]
        )
        self._fit()

    def _named(self, _text: str) -> None:
        self.name.set_error("")
        self.folder.set_error("")
        self._refused.hide()

    @property
    def path(self) -> Path | None:
        """Where the project would be made, None where name or folder are missing."""
        name, folder = file_name(self.name.text), self.folder.path
        return folder / name if name and folder is not None else None

    def make(self) -> None:
        """Make the project, or say what is missing."""
        if self._busy or not self._is_right():
            return
        configs = self.labels.configs()
        path = self.path
        if configs is None or path is None:
            return
        self._set_busy(True)
        template, title = self._templates[self.template.chosen], self.name.text.strip()
        login = self._context.settings.values.person

        def make(_told: Told) -> Path:
            path.parent.mkdir(parents=True, exist_ok=True)
            new_project(
                path,
                template,
                handle=login.handle,
                name=login.name,
                title=title,
                configs=configs,
            ).close()
            return path

        self._context.background(make, self._made, self._failed, receiver=self)

    def _is_right(self) -> bool:
        if not file_name(self.name.text):
            self.name.set_error(self.tr("Give the project a name"))
            self.name.edit.setFocus()
            return False
        if self.folder.path is None:
            self.folder.set_error(self.tr("Choose a folder"))
            self.folder.edit.setFocus()
            return False
        source = self.source.path
        if source is not None and not source.exists():
            self.source.set_error(self.tr("There is no such file or folder"))
            self.source.edit.setFocus()
            return False
        return True

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.create_.setEnabled(not busy)

    def _made(self, path: Path) -> None:
        context, window = self._context, self.parentWidget()
        source = self.source.path
        sources = self._sources or ((source,) if source is not None else ())
        self.accept()

        def opened() -> None:
            if sources and window is not None:
                from labeler.app.dialogs.import_data import show as show_import

                show_import(context, window, sources=sources)

        context.settings.note_recent(path, "")  # made here: no stranger's file
        context.open_project(path, opened)

    def _failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if isinstance(error, Refusal):
            if error.problem.code == "file_exists":
                words = self.tr("{file} is in this folder already; choose another name")
                self.name.set_error(words.format(file=file_name(self.name.text)))
                self.name.edit.setFocus()
                return
            self._say(problem_text(error.problem), error.problem.where)
        elif isinstance(error, OSError):
            self._say(error.strerror or str(error), str(error.filename or ""))
        else:
            self.reject()
            self._context.fail(error)

    def _say(self, words: str, where: str) -> None:
        self._refused.set_words(self.tr("The project was not made"), f"{where}: {words}")
        self._refused.show()
        self._fit()


def show(
    context: AppContext, parent: QWidget, sources: Sequence[Path] = (), template: str = ""
) -> None:
    """Ask for a new project; whoever did not say who they are is asked that first."""

    def ask() -> None:
        dialog = NewProjectDialog(context, parent, sources=sources, template=template)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    context.with_person(ask)
