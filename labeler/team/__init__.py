"""A team that shares a project by files: hand-out and hand-back."""

from labeler.team.handout import Handout, hand_out

__all__ = ["Handout", "hand_out"]
