"""The panel's file formats: tables of responses, published sets of comparisons, training data.

What a row means is decided once: ``messages`` for conversations, ``rows`` for tasks with answers,
``pairs`` for what was preferred over what. The modules of the single formats only turn bytes into
rows and rows into bytes.
"""

from labeler.panels.comparison.formats.mt_bench import MtBenchFormat
from labeler.panels.comparison.formats.pandalm import PandaLmFormat
from labeler.panels.comparison.formats.preference import PreferenceFormat
from labeler.panels.comparison.formats.ranking import RankingFormat
from labeler.panels.comparison.formats.responses import ResponsesFormat

__all__ = [
    "MtBenchFormat",
    "PandaLmFormat",
    "PreferenceFormat",
    "RankingFormat",
    "ResponsesFormat",
]
