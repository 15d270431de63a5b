"""The sound of the kit: a player exact to the sample, and Qt's decoder for what soundfile cannot read.

Nothing here imports Qt Multimedia before something is to be played or decoded; without a sound device
everything goes on by the clock, silently.
"""

from labeler.kit.sound.feeder import Feeder, PcmSource, Plan
from labeler.kit.sound.output import ClockOutput, Output
from labeler.kit.sound.player import Player

__all__ = ["ClockOutput", "Feeder", "Output", "PcmSource", "Plan", "Player"]
