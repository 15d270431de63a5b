"""The project file: the only SQLite of the house.

The truth is an append-only set of immutable ops; everything else in the file is a cache folded from
it, or local to this copy (steps, draft cursors, quarantine, leases, merge log).
"""

from labeler.store.project import Project
from labeler.store.rows import (
    AnnotationRow,
    ConflictRow,
    DraftRow,
    HistoryRow,
    MergeReport,
    Person,
    QueueRow,
    StepRow,
    TaskFull,
    TaskPage,
    TaskRow,
    Version,
)

__all__ = [
    "AnnotationRow",
    "ConflictRow",
    "DraftRow",
    "HistoryRow",
    "MergeReport",
    "Person",
    "Project",
    "QueueRow",
    "StepRow",
    "TaskFull",
    "TaskPage",
    "TaskRow",
    "Version",
]
