"""The player: where it is, when it ends, and that it goes on by the clock without a device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QIODevice
from pytestqt.qtbot import QtBot

from labeler.kit.sound import ClockOutput, Feeder, Plan, Player
from labeler.kit.sound.output import NoDevice, _Reader, quiet_multimedia

SECOND = 1_000_000
RATE = 8_000


@pytest.fixture
def player(qtbot: QtBot, ear: Any, pcm: Callable[..., Any]) -> Player:
    made = Player(lambda: ear)
    noise = np.random.default_rng(5).uniform(-1, 1, 10 * RATE).astype(np.float32)
    made.set_source(pcm(noise))
    return made


def samples(player: Player) -> np.ndarray:
    assert player.source is not None
    return player.source.read(0, player.source.frames)[:, 0]


def test_it_plays_from_the_very_sample_it_was_put_at(player: Player, ear: Any) -> None:
    sample = 12_345
    player.seek(round(sample * SECOND / RATE))
    player.play()
    heard = ear.listen(0.1)[:, 0]
    assert np.array_equal(heard, samples(player)[sample : sample + 800])


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 96_000, 192_000])
def test_every_sample_has_a_time_and_every_time_its_sample(
    player: Player, ear: Any, pcm: Callable[..., Any], rate: int
) -> None:
    player.set_source(pcm(np.arange(rate) / rate, rate))
    for sample in (0, 1, 7, 1_001, rate // 3, rate - 1):
        player.seek(round(sample * SECOND / rate))
        player.play()
        assert ear.feeder.pull(1)[0, 0] == np.float32(sample / rate)
        player.pause()


def test_the_playhead_is_what_is_heard(player: Player, ear: Any) -> None:
    player.play(2 * SECOND)
    ear.listen(0.25)
    assert player.position == 2_250_000
    player.set_speed(0.5)
    ear.listen(0.5)
    assert player.position == 2_500_000


def test_a_stretch_ends_at_its_end_and_says_so(player: Player, ear: Any, qtbot: QtBot) -> None:
    player.play(1 * SECOND, 1_100_000)
    heard = ear.listen(0.2)
    assert len(heard) == 800
    with qtbot.waitSignal(player.ended):
        pass
    assert (player.position, player.playing) == (1_100_000, False)


def test_a_pause_keeps_the_place(player: Player, ear: Any) -> None:
    player.play(1 * SECOND)
    ear.listen(0.3)
    player.pause()
    assert (player.position, player.playing) == (1_300_000, False)


def test_a_seek_while_it_plays_goes_on_there(player: Player, ear: Any) -> None:
    player.play(1 * SECOND, 2 * SECOND)
    ear.listen(0.1)
    player.seek(5 * SECOND)
    heard = ear.listen(0.1)[:, 0]
    assert player.playing
    assert np.array_equal(heard, samples(player)[5 * RATE : 5 * RATE + 800])


def test_a_loop_goes_round_until_somebody_stops_it(player: Player, ear: Any) -> None:
    player.loop(1 * SECOND, 1_200_000, 100_000, begin=1_150_000)
    ear.listen(0.05)
    assert player.position == 1_200_000
    ear.listen(0.2)
    assert player.position == 1_100_000
    ear.listen(30)
    assert player.playing
    player.pause()
    assert 1 * SECOND <= player.position <= 1_200_000


def test_the_speed_is_kept_for_what_is_played_next(player: Player, ear: Any) -> None:
    player.set_speed(2.0)
    player.play(0, 1 * SECOND)
    assert len(ear.listen(2)) == RATE / 2
    player.set_speed(99)
    assert player.speed == 3.0


def test_without_a_device_the_clock_moves_the_playhead(
    player: Player, ear: Any, qtbot: QtBot
) -> None:
    ear.refusal = "there is no sound device"
    said: list[str] = []
    player.muted_changed.connect(said.append)
    player.play(1 * SECOND)
    assert said == ["there is no sound device"]
    qtbot.waitUntil(lambda: player.position > 1_030_000)
    assert player.playing


def test_by_the_clock_a_stretch_ends_too(player: Player, ear: Any, qtbot: QtBot) -> None:
    ear.refusal = "no"
    with qtbot.waitSignal(player.ended):
        player.play(1 * SECOND, 1_050_000)
    assert player.position == 1_050_000


def test_a_device_that_came_is_used_from_the_next_start(player: Player, ear: Any) -> None:
    ear.refusal = "no"
    player.play()
    player.pause()
    ear.refusal = ""
    player.play()
    assert (player.muted, ear.starts) == ("", 1)


def test_a_device_that_goes_away_leaves_the_clock(player: Player, ear: Any, qtbot: QtBot) -> None:
    player.play(2 * SECOND)
    ear.listen(0.5)
    ear.failed = "IOError"
    qtbot.waitUntil(lambda: player.muted == "IOError")
    assert player.playing
    qtbot.waitUntil(lambda: player.position > 2_510_000)


def test_nothing_plays_where_there_is_nothing(qtbot: QtBot, ear: Any) -> None:
    player = Player(lambda: ear)
    player.play()
    player.seek(5)
    assert (player.playing, player.position, player.duration) == (False, 0, 0)


def test_the_end_of_a_medium_is_no_place_to_play_from(player: Player, ear: Any) -> None:
    player.play(10 * SECOND)
    assert (player.playing, ear.starts) == (False, 0)


def test_the_clock_stands_still_until_it_is_started(pcm: Callable[..., Any]) -> None:
    assert ClockOutput().heard() == 0.0
    assert issubclass(NoDevice, Exception)


def test_warming_up_finds_out_that_there_is_no_device(player: Player, ear: Any) -> None:
    said: list[str] = []
    player.muted_changed.connect(said.append)

    def none() -> Any:
        raise NoDevice("there is no sound device")

    player.set_output(none)
    player.warm()
    assert said == ["there is no sound device"]
    assert not player.playing


def test_a_device_reads_the_very_samples_and_no_more(pcm: Callable[..., Any]) -> None:
    quiet_multimedia()
    from PySide6.QtMultimedia import QAudioFormat

    form = QAudioFormat()
    form.setSampleRate(RATE)
    form.setChannelCount(1)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    ramp = np.arange(4_000)
    source = pcm(ramp / 32_767)
    reader = _Reader(Feeder(source, Plan(100, 3_000)), form)
    reader.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)
    heard = b""
    while part := reader.read(1_536).data():
        assert len(part) <= 1_536
        heard += part
    assert np.frombuffer(heard, "<i2").tolist() == ramp[100:3_000].tolist()
    assert reader.atEnd()
    reader.close()
