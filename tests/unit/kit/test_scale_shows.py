"""Showing an answer on a scale answers nothing."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from labeler.kit.controls.scale import ScaleBar


def test_showing_no_answer_on_a_scale_with_negative_points_chooses_none(qtbot: QtBot) -> None:
    scale = ScaleBar(-3, 3, name="Valence")
    qtbot.addWidget(scale)
    told: list[object] = []
    scale.chosen_changed.connect(told.append)
    scale.set_chosen(2)
    scale.set_chosen(None)
    scale.set_chosen(-1)
    assert told == []
    assert scale.chosen == -1
    scale.set_chosen(None)
    assert scale.chosen is None
