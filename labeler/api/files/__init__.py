"""Text files from outside, read and written the same way in every panel.

A source is a file or a folder, its bytes may be in any encoding, its lines may be broken: what of it
cannot be used is told with its place, and the rest is read. Memory does not grow with the file.
"""

from labeler.api.files.encodings import MARK, Encoding, encoding_of
from labeler.api.files.json_lines import not_a_row
from labeler.api.files.lines import LONGEST_LINE, Batch, batches
from labeler.api.files.sources import Progress, SourceFile, opened
from labeler.api.files.targets import target_file

__all__ = [
    "LONGEST_LINE",
    "MARK",
    "Batch",
    "Encoding",
    "Progress",
    "SourceFile",
    "batches",
    "encoding_of",
    "not_a_row",
    "opened",
    "target_file",
]
