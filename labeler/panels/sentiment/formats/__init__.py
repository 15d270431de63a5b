"""The panel's file formats: tables of texts (CSV, TSV, JSON Lines) and plain text files.

A row of a table has a text, perhaps an ``id``, a column per question and ``spans``; every other column
is kept as the task's metadata. What the columns mean is decided once, in ``rows``; the modules of the
single formats only turn bytes into rows and rows into bytes.
"""

from labeler.panels.sentiment.formats.jsonl import JsonlFormat
from labeler.panels.sentiment.formats.tables import CsvFormat, TsvFormat
from labeler.panels.sentiment.formats.text_files import TextFilesFormat

__all__ = ["CsvFormat", "JsonlFormat", "TextFilesFormat", "TsvFormat"]
