"""Open project: the file dialog, beginning where the last project was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from labeler.app.context import AppContext
from labeler.assets import brand

__all__ = ["show"]


def show(context: AppContext, parent: QWidget) -> None:
    """Ask for a project file and open it."""
    tr = QCoreApplication.translate
    dialog = QFileDialog(parent, tr("OpenProject", "Open project"))
    dialog.setObjectName("open_project")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    ending = brand().extension
    dialog.setNameFilters(
        [
            f"{tr('OpenProject', 'Projects')} (*{ending})",
            f"{tr('OpenProject', 'All files')} (*)",
        ]
    )
    recent = context.settings.values.recent
    folder = Path(recent[0].path).parent if recent else context.folders.projects
    if folder.is_dir():
        dialog.setDirectory(str(folder))
    dialog.fileSelected.connect(lambda name: context.open_project(Path(name)))
    dialog.open()
