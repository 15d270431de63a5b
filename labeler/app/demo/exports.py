"""Exports of a tour: the real dialog in every format, and one way back into a new project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit

from labeler.app.demo.cast import PERSON
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.places import Places
from labeler.app.demo.robot import Robot, TourFailed
from labeler.app.dialogs.choices import formats_of
from labeler.app.dialogs.export_data import ExportDialog
from labeler.assets import brand
from labeler.exchange.importing import ImportOptions, run_import
from labeler.exchange.native import NATIVE
from labeler.exchange.native_reading import run_native_import
from labeler.exchange.needs import here
from labeler.exchange.reports import ImportReport
from labeler.kit.controls.button import Button
from labeler.kit.controls.select import Select
from labeler.store import Project, QueueRow

__all__ = ["export_by_dialog", "import_again"]

_A_FILE_EACH = frozenset({"srt", "textgrid", "transcript-text"})
"""Formats with a file for each task: they go into a folder."""


def _queue(robot: Robot, panel: str) -> QueueRow:
    session = robot.context.session
    assert session is not None
    return next(one for one in session.queues if one.panel == panel)


def export_by_dialog(
    robot: Robot, pictures: Pictures, panel: str, folder: Path
) -> dict[str, dict[str, Any]]:
    """Export the panel's queue in every format that writes; by format what its report says."""
    queue = _queue(robot, panel)
    told: dict[str, dict[str, Any]] = {}
    for entry in formats_of(robot.context.plugins, panel, exports=True):
        ending = entry.extensions[0] if entry.extensions else ""
        if entry.id in _A_FILE_EACH:
            ending = ""
        target = folder / f"{panel}-{entry.id}{ending}"
        robot.key("e", "ctrl")
        dialog = robot.dialog()
        if not isinstance(dialog, ExportDialog):
            raise TourFailed(f"the export key opened a {type(dialog).__name__}")
        robot.choose(robot.child(dialog, Select, "queue"), queue.name)
        robot.choose(robot.child(dialog, Select, "format"), entry.id)
        by = robot.child(dialog, Select, "by")
        if entry.id != NATIVE:
            robot.wait("the people are known", lambda by=by: by.findData(PERSON[0]) >= 0)  # type: ignore[misc]
            robot.choose(by, PERSON[0])
        robot.write(robot.child(dialog, QLineEdit, "target"), str(target))
        robot.click(robot.child(dialog, Button, "accept"))
        robot.wait(f"{entry.id} is exported", lambda d=dialog: d.stage is d.outcome)  # type: ignore[misc]
        report = dialog.report
        if report is None:
            raise TourFailed(f"{entry.id}: {dialog.outcome.callout.accessibleName()}")
        if not told:
            pictures.take("exported")
        told[entry.id] = {
            "files": [path.relative_to(folder).as_posix() for path in report.files],
            "tasks": report.tasks,
            "annotations": report.annotations,
        }
        robot.click(robot.child(dialog, Button, "accept"))
        robot.wait("the dialog is closed", lambda: robot.app.app.activeModalWidget() is None)
    return told


def import_again(
    robot: Robot, panel: str, where: Places, exports: dict[str, dict[str, Any]]
) -> None:
    """Take each export that can be read into a new project of its own: as many tasks and values."""
    plugins, queue = robot.context.plugins, _queue(robot, panel)
    wanted = {one.id: one for one in formats_of(plugins, panel, exports=False)}
    for format_id, told in exports.items():
        if format_id not in wanted:
            continue
        path = where.machine / f"again-{panel}-{format_id}{brand().extension}"
        # What was written as a folder is read as one.
        sources = [where.exports / name for name in {Path(one).parts[0] for one in told["files"]}]
        project = Project.create(path, title=format_id, handle=PERSON[0], name=PERSON[1])
        try:
            project.put_queue(queue.name, queue.config, panel=panel, by=PERSON[0])
            ask, options = here(project), ImportOptions(by=PERSON[0])
            report: ImportReport
            if format_id == NATIVE:
                report = run_native_import(ask, plugins, sources, queue.name, options)
            else:
                reader = plugins.reader(wanted[format_id])
                report = run_import(ask, plugins, reader, sources, queue.name, options)
        finally:
            project.close()
        came, went = (report.tasks, report.annotations), (told["tasks"], told["annotations"])
        if came != went or report.skipped:
            raise TourFailed(
                f"{panel}: {format_id} wrote {went[0]} tasks and {went[1]} values, and of them"
                f" {came[0]} and {came[1]} came back, {report.skipped} rows were skipped"
            )
