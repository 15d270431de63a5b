"""The timeline of the kit: time axis, ruler, wave, lanes of marks, playhead and minimap for panels.

A panel makes one ``Timeline`` and one ``Minimap`` on the same ``TimeAxis``, hands them a
``WaveSource`` and marks, and listens to what hands do in them. Times are integer microseconds.
"""

from labeler.kit.timeline.axis import TimeAxis
from labeler.kit.timeline.marks import Lane, LaneMarks, TimeMark
from labeler.kit.timeline.minimap import Minimap
from labeler.kit.timeline.ticks import Tick, clock_text, ticks
from labeler.kit.timeline.timeline import Timeline
from labeler.kit.timeline.wave import Columns, WaveSource, column_edges

__all__ = [
    "Columns",
    "Lane",
    "LaneMarks",
    "Minimap",
    "Tick",
    "TimeAxis",
    "TimeMark",
    "Timeline",
    "WaveSource",
    "clock_text",
    "column_edges",
    "ticks",
]
