"""A person's hands in a process of their own: random gestures at a desk, each told before and after.

Run as ``gestures.py PROJECT SEED``; goes on until it is killed. One JSON table a line on standard
output. Before a gesture: what is about to be done, with the value that will be. After it: when it was
done (monotonic nanoseconds), on which task, what its value then is, what an undo would take back.
When gestures are handed to the disk and when that has ended: how many. They are written as the app
writes them: at once, or 250 ms into a burst of typing.
"""

from __future__ import annotations

import os
import random
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import msgspec

from labeler.api.panel import PanelTask
from labeler.model.checks import value_problems
from labeler.model.codec import Codec
from labeler.model.content import Content
from labeler.model.ids import fresh_region_id
from labeler.model.problems import Problem
from labeler.model.queue import QueueConfig
from labeler.model.regions import REGION_TYPES, Segment, Span, Word
from labeler.model.value import Value
from labeler.panels.sentiment.task import SentimentTask, TextContent
from labeler.store import Project
from labeler.work.desk import Desk, Loaded
from labeler.work.lane import Lane

PERSON = "anna"
QUEUE = "texts"
WRITE_S = 0.25
PAUSE_S = 0.02
_LETTERS = "abcdefghij äöü 😀"


class AllRegions:
    """Panels for the desk: texts, with every region type that is known."""

    def __init__(self) -> None:
        self._codec = Codec(REGION_TYPES)
        self._task = SentimentTask()

    def task(self, panel: str) -> PanelTask | None:
        return self._task

    def codec(self, panel: str) -> Codec:
        return self._codec

    def content(self, panel: str, raw: bytes) -> Content | None:
        return msgspec.json.decode(raw, type=TextContent)

    def problems(
        self, panel: str, content: Content, value: Value, config: QueueConfig
    ) -> tuple[Problem, ...]:
        found = tuple(value_problems(value, config, content.parts()))
        return (*found, *self._task.check(content, value, config))


def say(**told: object) -> None:
    """Write one line at once; whole lines are never lost by a kill."""
    os.write(sys.stdout.fileno(), msgspec.json.encode(told) + b"\n")


class Hands:
    """Makes one random gesture after another."""

    def __init__(self, path: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.lane = Lane(lambda: Project.open(path))
        person = self.lane.call(lambda project: project.sign_in(PERSON))
        self.desk = Desk(self.lane, person, AllRegions())
        self.tasks = self.lane.call(lambda project: project.queue(QUEUE).tasks)
        self.count = 0
        self.write_at: float | None = None
        self._told: Future[None] | None = None

    # telling

    def before(self, do: str, **more: object) -> None:
        self.count += 1
        say(n=self.count, do=do, **more)

    def after(self, did: str | None) -> None:
        """Say what is now on the desk."""
        seat = self.desk.seat
        assert seat is not None
        draft = seat.draft
        say(
            n=self.count,
            at=time.monotonic_ns(),
            did=did,
            task=seat.task.id,
            value=msgspec.Raw(draft.value_json()),
            status=draft.status,
            reason=draft.tree.reason,
            undo=draft.undo_label,
            redo=draft.redo_label,
        )

    def tell_saved(self) -> None:
        """Say when what was done so far has been written."""
        seat = self.desk.seat
        future = seat.writing if seat is not None else None
        if future is None or future is self._told:
            return
        self._told = future
        number = self.count
        say(posted=number, when=time.monotonic_ns())

        def written(done: Future[None]) -> None:
            error = done.exception()
            if error is not None:
                say(failed=str(error))
            else:
                say(saved=number)

        future.add_done_callback(written)

    def write(self) -> None:
        self.write_at = None
        self.desk.flush()
        self.tell_saved()

    def pause(self) -> None:
        """Wait a moment, writing when it is time."""
        until = time.monotonic() + self.chance.uniform(0, PAUSE_S)
        while (now := time.monotonic()) < until:
            if self.write_at is not None and now >= self.write_at:
                self.write()
            due = self.write_at if self.write_at is not None else until
            time.sleep(max(0.0, min(until, due) - now))
        if self.write_at is not None and time.monotonic() >= self.write_at:
            self.write()

    # gestures

    def sit(self, loaded: Loaded | None) -> None:
        """Sit down at a task; any other where there is none."""
        if loaded is None:
            place = self.chance.randrange(self.tasks)
            loaded = self.desk.at(QUEUE, place).result()
            assert loaded is not None
        self.before("sit", task=loaded.full.row.id)
        self.desk.sit(loaded)
        self.desk.prefetch()
        self.write_at = None
        self.tell_saved()
        self.after(None)

    def emit(self, value: Value, label: str, key: str = "") -> None:
        seat = self.desk.seat
        assert seat is not None
        raw = msgspec.Raw(seat.draft.codec.encode(value))
        self.before("emit", task=seat.task.id, label=label, key=key, value=raw)
        changed = self.desk.emit(value, label, key)
        self.after(label if changed else None)
        if not changed:
            return
        if not key:
            self.write()
        elif self.write_at is None:
            self.write_at = time.monotonic() + WRITE_S

    def gesture(self) -> None:
        """Do something."""
        seat = self.desk.seat
        assert seat is not None
        moves = [self.undo] * 3 + [self.redo] * 2 + [self.step]
        if seat.read_only:
            moves += [self.reopen] * 2 + [self.next]
        else:
            moves += [self.answer, self.mark, self.change, self.change, self.drop, self.words] * 2
            moves += [self.type] * 4 + [self.end, self.submit, self.submit, self.skip]
        self.chance.choice(moves)()

    @property
    def value(self) -> Value:
        assert self.desk.seat is not None
        return self.desk.seat.draft.value

    def answer(self) -> None:
        chosen = self.chance.choice(("positive", "neutral", "negative"))
        self.emit(self.value.with_answer("sentiment", chosen), "Answer")

    def mark(self) -> None:
        start = self.chance.randrange(8)
        label = self.chance.choice(("cat", "dog", None))
        span = Span(id=fresh_region_id(), start=start, end=start + 2, label=label)
        self.emit(self.value.with_region(span), "Mark")

    def words(self) -> None:
        """A segment with words: keyed children, of which one is put, changed or dropped."""
        found = [one for one in self.value.regions if isinstance(one, Segment)]
        if not found:
            segment = Segment(id=fresh_region_id(), start=0, end=9, text="x" * 90)
            self.emit(self.value.with_region(segment), "Add segment")
            return
        segment = found[0]
        words = list(segment.words)
        place = self.chance.randrange(len(words) + 1)
        text = self.chance.choice(("eins", "zwei", "drei"))
        if place == len(words):
            words.append(Word(id=fresh_region_id(), start=0, end=1, text=text))
        elif self.chance.random() < 0.5:
            words[place] = msgspec.structs.replace(words[place], text=text)
        else:
            del words[place]
        changed = msgspec.structs.replace(segment, words=tuple(words))
        self.emit(self.value.with_region(changed), "Edit word")

    def change(self) -> None:
        if not self.value.regions:
            self.mark()
            return
        region = self.chance.choice(self.value.regions)
        label = self.chance.choice(("cat", "dog"))
        self.emit(self.value.with_region(msgspec.structs.replace(region, label=label)), "Label")

    def drop(self) -> None:
        if self.value.regions:
            region = self.chance.choice(self.value.regions)
            self.emit(self.value.without({region.id}), "Delete")

    def type(self) -> None:
        """Some letters, one gesture each, undone as one; sometimes into a text of a segment."""
        segments = [one for one in self.value.regions if isinstance(one, Segment)]
        into = self.chance.choice(segments).id if segments and self.chance.random() < 0.5 else ""
        for _ in range(self.chance.randrange(1, 12)):
            letter = self.chance.choice(_LETTERS)
            if into:
                region = self.value.region(into)
                assert isinstance(region, Segment)
                at = self.chance.randrange(len(region.text) + 1)
                text = region.text[:at] + letter + region.text[at:]
                value = self.value.with_region(msgspec.structs.replace(region, text=text))
                self.emit(value, "Type", into)
            else:
                text = self.value.answers.get("note", "")
                value = self.value.with_answer("note", text[-200:] + letter)
                self.emit(value, "Write", "note")
            self.pause()

    def end(self) -> None:
        """Leave the field that was typed into."""
        self.before("end")
        assert self.desk.seat is not None
        self.desk.seat.draft.end_key()
        self.write()
        self.after(None)

    def undo(self) -> None:
        self.before("undo")
        found = self.desk.undo()
        if found is None:
            self.after(None)
            return
        label, loaded = found.result()
        if loaded is not None:
            self.desk.sit(loaded)
            self.desk.prefetch()
            self.write_at = None
        self.tell_saved()
        self.after(label)

    def redo(self) -> None:
        self.before("redo")
        label = self.desk.redo()
        self.tell_saved()
        self.after(label)

    def reopen(self) -> None:
        self.desk.reopen()

    def submit(self) -> None:
        """Submit, sometimes as part of the gesture before, and go on."""
        seat = self.desk.seat
        assert seat is not None
        key = seat.draft.last_key() if self.chance.random() < 0.3 else ""
        self.before("finish", status="submitted", reason="", label="Submit", key=key)
        problems = self.desk.submit(key)
        self.tell_saved()
        self.after("Submit" if not problems else None)
        if not problems:
            self.next()

    def skip(self) -> None:
        self.before("finish", status="skipped", reason="unclear", label="Skip", key="")
        self.desk.skip("unclear")
        self.tell_saved()
        self.after("Skip")
        self.next()

    def next(self) -> None:
        self.sit(self.desk.next_open().result())

    def step(self) -> None:
        forward = self.chance.random() < 0.5
        self.sit(self.desk.neighbour(forward=forward).result())


def main(path: str, seed: str) -> None:
    hands = Hands(Path(path), int(seed))
    hands.sit(hands.desk.fetch_next(QUEUE, None).result())
    while True:
        hands.gesture()
        hands.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
