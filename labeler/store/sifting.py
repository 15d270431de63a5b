"""Which tasks a filter lets through, told by opening as little of each as it takes.

Bytes first: where a word stands in no letter of what is stored, it stands in none of its texts. Then
the content of a task, and only where that does not decide, what people said of it. What is opened is
seen as a ``Document`` and decided as any: nothing here knows what a word is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from labeler.model.words import fold, words
from labeler.store.documents import LARGE, READ, Document, document, part_of, read_raw
from labeler.store.file import ProjectFile
from labeler.store.many import chunks, values_in
from labeler.store.matching import Atom, Wanted, holds, matches
from labeler.store.oplog import unpack_body

__all__ = ["Sieve"]


class _Sought(NamedTuple):
    """An atom, where it may hold, and the words that stand as they are wherever it holds."""

    atom: Atom
    in_content: bool
    in_said: bool
    words: tuple[str, ...]


class _Clause(NamedTuple):
    sought: tuple[_Sought, ...]
    negated: bool
    in_said: bool


def _sought(atom: Atom) -> _Sought:
    told = atom.words
    in_content = in_said = True
    if atom.shape == "fact":
        told = tuple(words(f"{atom.field} {atom.value}"))[1:]
        in_content = atom.field.startswith("meta.")
        in_said = not in_content
    elif atom.shape == "key":
        in_said = False
    # A number may be written otherwise than it is stored: 1e5 is 100000.0.
    sure = [word for word in told if not (word.isdigit() or word == "e")]
    return _Sought(atom, in_content, in_said, tuple(sure))


class _Stored:
    """Some of what lies in the file about a task: a key and a body, or (no key) what people said."""

    __slots__ = ("_opened", "bodies", "folded", "key")

    def __init__(self, key: str | None, bodies: list[bytes]) -> None:
        self.key = key
        self.bodies = bodies
        self.folded = ""
        """All of it, folded as it stands: where a word is in a text, it is in this."""
        self._opened: Document | None = None

    def raw(self) -> bytes:
        """All of it in one line."""
        whole = b" ".join(self.bodies)
        if self.key:
            whole += b" " + self.key.encode(errors="replace")
        return whole.replace(b"\n", b" ")

    def opened(self, *, has_words: bool, has_facts: bool) -> Document:
        """What a search sees of it. Raises Damaged."""
        if self._opened is None:
            facts: dict[str, None] | None = {} if has_facts else None
            body, said = None, self.bodies
            if self.key is not None:
                body, said = (self.bodies[0] if self.bodies else None), []
            self._opened = part_of(self.key or "", body, said, has_words=has_words, facts=facts)
        return self._opened


def _fold_all(several: Sequence[_Stored]) -> str:
    """Fold what is stored, all of it at once: what is done for each alone costs four times that."""
    plain: list[_Stored] = []
    foreign: list[_Stored] = []
    lines: tuple[list[bytes], list[bytes]] = [], []
    for one in several:
        raw = one.raw()
        is_plain = raw.isascii()
        (plain if is_plain else foreign).append(one)
        lines[not is_plain].append(raw)
    together = []
    for part, raws in zip((plain, foreign), lines, strict=True):
        folded = fold(b"\n".join(raws).decode(errors="replace"))
        for one, line in zip(part, folded.split("\n"), strict=False):
            one.folded = line
        together.append(folded)
    return "\n".join(together)


def _may_hold(clause: _Clause, folded: str, *, said: bool) -> bool:
    """Whether a clause may hold in what was folded, as far as its letters tell."""
    for one in clause.sought:
        if one.in_said if said else one.in_content:
            for word in one.words:
                if word not in folded:
                    break
            else:
                return True
    # A letter may be written by its number; then anything may be in it.
    return "\\u" in folded


_NOTHING = _Stored(None, [])


class Sieve:
    """Sifts tasks by clauses of words, of answers, labels and columns of the source.

    ``COLUMNS`` and ``JOINED`` say which rows of a statement over ``task`` it takes.
    """

    COLUMNS = "task.id, task.key, op.enc, op.body"
    JOINED = "CROSS JOIN op ON op.id=task.head"

    def __init__(self, file: ProjectFile, wanted: Wanted) -> None:
        self._file = file
        self._wanted = wanted
        atoms = [atom for clause in wanted for atom in clause.atoms]
        self._words = any(atom.shape != "fact" for atom in atoms)
        self._facts = any(atom.shape == "fact" for atom in atoms)
        clauses = []
        for clause in wanted:
            sought = tuple(_sought(atom) for atom in clause.atoms)
            in_said = any(one.in_said for one in sought)
            clauses.append(_Clause(sought, clause.negated, in_said))
        # What can leave a task out by its content alone comes first.
        self._clauses = sorted(clauses, key=lambda one: (one.in_said, one.negated))

    def sift(self, rows: Sequence[Any]) -> list[int]:
        """The tasks of these rows that match, in their order. Raises Damaged."""
        found: list[int] = []
        for part in chunks(rows):
            contents: dict[int, _Stored] = {}
            for task, key, enc, stored in part:
                body = stored if not enc else unpack_body(self._file.connection, enc, stored)
                contents[task] = _Stored(key, [] if body is None else [body])
            found += self._sifted(contents)
        return found

    def _sifted(self, contents: dict[int, _Stored]) -> list[int]:
        together = _fold_all(list(contents.values()))
        # Most words stand in none of hundreds of tasks.
        in_content = [one for one in self._clauses if _may_hold(one, together, said=False)]
        decided = {task: self._by_content(one, in_content) for task, one in contents.items()}
        undecided = [task for task, found in decided.items() if found is None]
        said = {task: _Stored(None, bodies) for task, bodies in self._said(undecided).items()}
        together = _fold_all(list(said.values()))
        in_said = [one for one in self._clauses if _may_hold(one, together, said=True)]
        for task in undecided:
            content, rest = contents[task], said.get(task) or _NOTHING
            for clause in self._clauses:
                if not (
                    clause.negated
                    or (clause in in_said and _may_hold(clause, rest.folded, said=True))
                    or (clause in in_content and _may_hold(clause, content.folded, said=False))
                ):
                    break
            else:
                decided[task] = self._by_all(task, content, rest)
        return [task for task, found in decided.items() if found]

    def _by_content(self, content: _Stored, possible: list[_Clause]) -> bool | None:
        """Whether a task matches, as far as its key and its content decide."""
        if sum(map(len, content.bodies)) > LARGE:
            return None
        for clause in self._clauses:
            if not clause.negated and not (
                clause in possible and _may_hold(clause, content.folded, said=False)
            ):
                # What only a content says comes first; and opening it would decide nothing.
                return None if clause.in_said else False
        decided: bool | None = True
        for clause in self._clauses:
            if clause in possible and self._holds(clause, content, said=False):
                if clause.negated:
                    return False
            elif clause.in_said:
                decided = None
            elif not clause.negated:
                return False
        return decided

    def _by_all(self, task: int, content: _Stored, said: _Stored) -> bool:
        if sum(map(len, content.bodies)) + sum(map(len, said.bodies)) > LARGE:
            # Not every word and fact of it counts: only all of it together says which.
            whole = read_raw(self._file, [task], set())
            return bool(whole) and matches(self._wanted, document(whole[0]))
        return all(
            (self._holds(clause, said, said=True) or self._holds(clause, content, said=False))
            != clause.negated
            for clause in self._clauses
        )

    def _holds(self, clause: _Clause, here: _Stored, *, said: bool) -> bool:
        """Whether a clause's atoms hold in what is stored, which is opened if they may."""
        if not _may_hold(clause, here.folded, said=said):
            return False
        opened = here.opened(has_words=self._words, has_facts=self._facts)
        return any(
            holds(one.atom, opened)
            for one in clause.sought
            if (one.in_said if said else one.in_content)
        )

    def _said(self, tasks: Sequence[int]) -> dict[int, list[bytes]]:
        """What people said of tasks: the bodies of annotations."""
        found: dict[int, list[bytes]] = {}
        connection = self._file.connection
        for task, enc, stored in self._file.rows(
            "SELECT ann.task, op.enc, op.body FROM ann INDEXED BY ann_task "
            f"CROSS JOIN op ON op.id=ann.head WHERE ann.task IN ({values_in(tasks)}) "
            f"AND +ann.layer IN ({','.join(map(str, READ))})",
            tasks,
        ):
            body = stored if not enc else unpack_body(connection, enc, stored)
            if body is not None:
                found.setdefault(task, []).append(body)
        return found
