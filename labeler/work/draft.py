"""A draft: the value a person is working on, its undo, and what has yet to reach the file.

The value lives in memory and changes at once; steps are handed out in batches to be written. Undo
and redo move a cursor along the steps. Steps that could not be written stay here until they can.
"""

from __future__ import annotations

import copy
import dataclasses
import queue
from collections.abc import Callable, Sequence

import msgspec

from labeler.model.codec import Codec
from labeler.model.json import UNREADABLE
from labeler.model.problems import Refusal
from labeler.model.regions import Region
from labeler.model.steps import Change, SetStatus, StepMismatch, ValueTree, encode_changes
from labeler.model.value import Value, changed_range
from labeler.store import DraftRow, StepRow
from labeler.store.drafts import CHECKPOINT_EVERY
from labeler.store.rows import NewStep
from labeler.work.changes import changes_between, joined, tree_difference

__all__ = ["Batch", "Draft"]


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """What is to be written: steps, where the cursor then is, which step is in an op."""

    steps: tuple[NewStep, ...]
    cursor: int
    saved: int


@dataclasses.dataclass(slots=True)
class _Step:
    number: int
    parent: int
    label: str
    key: str
    forward: tuple[Change, ...]
    inverse: tuple[Change, ...]


class Draft:
    """One person's draft of one task.

    ``older`` loads the steps that lead up to a step number (nearest last), for an undo that goes
    back beyond what was read at first.
    """

    def __init__(
        self,
        row: DraftRow,
        codec: Codec,
        older: Callable[[int], tuple[StepRow, ...]] | None = None,
    ) -> None:
        self.row = row
        self.codec = codec
        try:
            self.tree = ValueTree.read(row.tree, row.tree_status, row.tree_reason)
        except (*UNREADABLE, ValueError) as error:
            raise _damaged(row, error) from None
        self.saved = row.saved
        self._older = older
        self._path: list[_Step] = []
        self._ahead: list[_Step] = [_step(step) for step in row.ahead]
        self._start = row.tree_at
        self._last = row.last
        self._in_burst = False
        self._typed: dict[str, tuple[bytes, Region]] = {}
        self._pending: list[_Step] = []
        self._trees: dict[int, tuple[bytes, str, str]] = {}
        self._moved = False
        self.touched = False
        """Whether a gesture was made since the draft was opened here."""
        self.overtaken = False
        """Whether another process wrote steps in the place of ours; only reading it anew helps."""
        self.failed: queue.SimpleQueue[tuple[Batch, bool]] = queue.SimpleQueue()
        """Batches that could not be written, and whether an annotation op was to go with them."""
        for step in row.path:
            self._apply(step.forward)
            self._path.append(_step(step))
        self.value = self._typed_value()
        if row.head != row.base and not self.dirty:
            self._follow_head()

    # state

    @property
    def cursor(self) -> int:
        """The number of the step the value is at; 0 for the base."""
        return self._path[-1].number if self._path else self._start

    @property
    def dirty(self) -> bool:
        """Whether the value differs from the last annotation op by a step."""
        return self.cursor != self.saved

    @property
    def status(self) -> str:
        """The annotation's status as of the cursor."""
        return self.tree.status

    @property
    def unwritten(self) -> bool:
        """Whether something has yet to reach the file."""
        return bool(self._pending) or self._moved or not self.failed.empty()

    @property
    def undo_label(self) -> str | None:
        """What an undo would take back, or None."""
        if not self._path and self._start:
            self._load_older()
        if not self._path:
            return None
        key = self._path[-1].key
        first = self._path[-1]
        for step in reversed(self._path[:-1]):
            if not key or step.key != key:
                break
            first = step
        return first.label

    @property
    def redo_label(self) -> str | None:
        """What a redo would do again, or None."""
        return self._ahead[0].label if self._ahead else None

    # gestures

    def emit(self, value: Value, label: str, key: str = "") -> bool:
        """Make this the value; returns whether anything changed.

        Steps under one ``key`` in a row are undone as one, until ``end_key`` or an undo.
        """
        changes = changes_between(self.tree, self.value, value, self.codec)
        if not changes:
            return False
        self._do(tuple(changes), label, key)
        touched = {getattr(change, "id", None) for change in changes}
        start, _, end = changed_range(self.value.regions, value.regions)
        for region in value.regions[start:end]:
            if region.id in touched:
                self._typed[region.id] = (self.tree.regions[region.id], region)
        self.value = value
        return True

    def set_status(self, status: str, reason: str, label: str, key: str = "") -> None:
        """Change the annotation's status as a step of its own."""
        self._do((SetStatus(status, reason),), label, key)

    def end_key(self) -> None:
        """End the run of steps that are undone as one."""
        self._in_burst = False

    def last_key(self) -> str:
        """The coalescing key of the newest step, for a step that is to be undone with it."""
        return self._path[-1].key.partition("\x1f")[0] if self._path else ""

    def collect_failed(self) -> bool:
        """Take failed batches back; returns whether an annotation op has yet to be written."""
        annotate = False
        while not self.failed.empty():
            batch, finished = self.failed.get()
            annotate = annotate or finished
            self.put_back(batch)
        return annotate

    def _do(self, forward: tuple[Change, ...], label: str, key: str) -> None:
        inverse = self.tree.apply_all(forward)
        self.touched = True
        stored = self._stored_key(key)
        self._in_burst = True
        self._ahead.clear()
        last = self._pending[-1] if self._pending else None
        if (
            stored
            and last is not None
            and last.key == stored
            and last is self._path[-1]
            and not isinstance(forward[0], SetStatus)
            and last.number not in self._trees
        ):
            last.forward, last.inverse = joined((last.forward, last.inverse), (forward, inverse))
            last.label = label
            return
        self._last += 1
        step = _Step(self._last, self.cursor, label, stored, forward, inverse)
        self._path.append(step)
        self._pending.append(step)
        if step.number % CHECKPOINT_EVERY == 0:
            self._trees[step.number] = (self.tree.json(), self.tree.status, self.tree.reason)

    def _stored_key(self, key: str) -> str:
        """The key as stored, with the step its run began at: no two runs of a draft have the same."""
        if not key:
            return ""
        newest = self._path[-1].key if self._path else ""
        if self._in_burst and newest.partition("\x1f")[0] == key:
            return newest
        return f"{key}\x1f{self._last + 1}"

    # undo and redo

    def undo(self) -> str | None:
        """Take the newest step back, with those under its key; returns its label, None at the base.

        Raises Refusal ``file_damaged`` where a stored step does not fit.
        """
        label = self.undo_label
        if label is None:
            return None
        key = self._path[-1].key
        try:
            while True:
                self._apply(self._path[-1].inverse)
                self._ahead.insert(0, self._path.pop())
                if not self._path and self._start:
                    self._load_older()
                if not key or not self._path or self._path[-1].key != key:
                    break
        finally:
            self._after_move()
        return label

    def redo(self) -> str | None:
        """Do the step after the cursor again, with those under its key; returns its label or None.

        Raises Refusal ``file_damaged`` where a stored step does not fit.
        """
        if not self._ahead:
            return None
        label, key = self._ahead[0].label, self._ahead[0].key
        try:
            while True:
                self._apply(self._ahead[0].forward)
                self._path.append(self._ahead.pop(0))
                if not key or not self._ahead or self._ahead[0].key != key:
                    break
        finally:
            self._after_move()
        return label

    def _apply(self, changes: Sequence[Change]) -> None:
        try:
            self.tree.apply_all(changes)
        except StepMismatch as error:
            raise _damaged(self.row, error) from None

    def _after_move(self) -> None:
        self._moved = True
        self.end_key()
        self.value = self._typed_value()

    def _load_older(self) -> None:
        """Bring the steps before the checkpoint into reach of an undo."""
        steps = self._older(self._start) if self._older else ()
        if steps:
            self._path[:0] = [_step(step) for step in steps]
            self._start = steps[0].parent

    # the file

    def take_batch(self) -> Batch | None:
        """What has to be written now, handed out once; None where there is nothing.

        Give it back with ``put_back`` if writing failed.
        """
        if not self.unwritten:
            return None
        steps = []
        for step in self._pending:
            tree, status, reason = self._trees.pop(step.number, (b"", "open", ""))
            steps.append(
                NewStep(
                    step.number,
                    step.parent,
                    step.label,
                    step.key,
                    encode_changes(step.forward),
                    encode_changes(step.inverse),
                    tree,
                    status,
                    reason,
                )
            )
        self._pending.clear()
        self._moved = False
        return Batch(tuple(steps), self.cursor, self.saved)

    def put_back(self, batch: Batch) -> None:
        """Take back a batch that could not be written; it is in the next one."""
        known = {step.number: step for step in [*self._path, *self._ahead]}
        waiting = [known[step.number] for step in batch.steps if step.number in known]
        later = {step.number for step in self._pending}
        self._pending[:0] = [step for step in waiting if step.number not in later]
        for step in batch.steps:
            if step.tree:
                self._trees[step.number] = (step.tree, step.status, step.reason)
        self._moved = True

    def now_saved(self, base: str) -> None:
        """The value at the cursor is in an annotation op with this hash (hex)."""
        self.saved = self.cursor
        self.row = msgspec.structs.replace(self.row, base=base, head=base)

    def twin(self) -> Draft:
        """The same draft once more, to see what undo leads back to; it must not be written."""
        other = copy.copy(self)
        other.tree = ValueTree.read(self.tree.json(), self.tree.status, self.tree.reason)
        other._path, other._ahead = list(self._path), list(self._ahead)
        other._typed = dict(self._typed)
        other._pending, other._trees = [], {}
        other.failed = queue.SimpleQueue()
        return other

    def value_json(self) -> bytes:
        """The value's JSON as it is to be stored: untouched regions as they came."""
        return self.tree.json()

    def _follow_head(self) -> None:
        """Take a newer value that another process or a merge wrote as a step: no work is here."""
        new = ValueTree.read(self.row.head_value, self.row.head_status, self.row.head_reason)
        changes = tree_difference(self.tree, new)
        if (self.tree.status, self.tree.reason) != (new.status, new.reason):
            changes.append(SetStatus(new.status, new.reason))
        if changes:
            self._do(tuple(changes), "Changed elsewhere", "")
            self.value = self._typed_value()
            self.touched = False
        self.saved = self.cursor
        self._moved = True
        self.row = msgspec.structs.replace(self.row, base=self.row.head)

    def _typed_value(self) -> Value:
        regions = []
        for ident, raw in self.tree.regions.items():
            known = self._typed.get(ident)
            if known is None or known[0] is not raw:
                known = (raw, self.codec.decode_region(raw))
                self._typed[ident] = known
            regions.append(known[1])
        return Value(tuple(regions), dict(self.tree.answers))


def _damaged(row: DraftRow, error: Exception) -> Refusal:
    reason = f"the steps of task {row.task} do not fit its value: {error}"
    return Refusal.of("file_damaged", reason=reason)


def _step(row: StepRow) -> _Step:
    return _Step(row.number, row.parent, row.label, row.key, row.forward, row.inverse)
