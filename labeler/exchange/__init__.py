"""Import and export: runners that carry tasks and values between files and a project.

Formats are handed in as objects; ``native`` lives here, for every panel has it.
"""

from labeler.exchange.exporting import ExportOptions, Source, run_export
from labeler.exchange.importing import ImportOptions, Taken, run_import
from labeler.exchange.native import NATIVE, native_entry, run_native_export
from labeler.exchange.native_reading import run_native_import
from labeler.exchange.needs import Asks, Panels, Progress, here
from labeler.exchange.reports import ExportReport, ImportReport
from labeler.exchange.templates import Template, new_project, sample_project, templates

__all__ = [
    "NATIVE",
    "Asks",
    "ExportOptions",
    "ExportReport",
    "ImportOptions",
    "ImportReport",
    "Panels",
    "Progress",
    "Source",
    "Taken",
    "Template",
    "here",
    "native_entry",
    "new_project",
    "run_export",
    "run_import",
    "run_native_export",
    "run_native_import",
    "sample_project",
    "templates",
]
