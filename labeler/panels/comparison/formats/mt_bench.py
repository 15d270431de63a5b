"""``mt-bench``: the questions of MT-bench, several models' answers to them, and judgments.

A folder as FastChat has it: ``question.jsonl``, ``model_answer/*.jsonl``, ``reference_answer/*.jsonl``,
``model_judgment/*.jsonl``, ``human_judgment/*.jsonl``; or one file of judgments that bring their
conversations (``conversation_a``, ``conversation_b``). Every turn of a question is a task: the first
turn's answers are texts, from the second on they are conversations that went on after the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import Any, ClassVar

from labeler.api import AnnotationIn, Problem, ReadOptions, TaskIn
from labeler.api.files import Progress
from labeler.panels.comparison.content import ComparisonContent, Reference, Response, Turn
from labeler.panels.comparison.formats.bench_files import BenchFolder, Rows, read_rows
from labeler.panels.comparison.formats.judgments import Judgment, judgment_of
from labeler.panels.comparison.formats.messages import Misfit, turn_id, turns_of
from labeler.panels.comparison.formats.votes import Votes

__all__ = ["MtBenchFormat"]

_EXTENSIONS = (".jsonl", ".json")
_TASKS = "comparison.mt_bench_tasks"
_NO_QUESTION = "the queue asks for no preference; the judgments were left out"
_SINGLE = "scores of single answers are not taken in"
_ANSWER_MISSING = "there is no answer of a model that was judged; the judgment was left out"


class MtBenchFormat:
    """Questions with the answers of models; judgments answer the first question for a preference.

    With the setting ``comparison.mt_bench_tasks`` a task shows the answers of all models
    (``together``) or of two (``pairs``); ``auto`` makes pairs where there are judgments of pairs, of
    those that were judged.
    """

    id: ClassVar[str] = "mt-bench"

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task for each turn and set of answers; problems name file and line."""
        votes = Votes(options.config)
        progress = Progress(source, _EXTENSIONS, options)
        if not source.is_dir():
            yield from _from_judgments(read_rows(source, source.name, progress), votes)
            return
        how = str(options.settings.get(_TASKS) or "auto")
        yield from _Bench(BenchFolder(source, progress), votes, how).tasks()


class _Bench:
    """One folder while it is read."""

    def __init__(self, folder: BenchFolder, votes: Votes, how: str) -> None:
        self._folder = folder
        self._votes = votes
        self._how = how
        self._judged: dict[tuple[str, int], list[tuple[Judgment, str]]] = {}

    def tasks(self) -> Iterator[TaskIn | Problem]:
        yield from self._folder.index()
        yield from self._read_judgments()
        in_pairs = self._how == "pairs" or (self._how == "auto" and bool(self._judged))
        for where, row in self._folder.questions():
            if isinstance(row, Problem):
                yield row
                continue
            try:
                question = _Question(row)
            except Misfit as misfit:
                yield _problem(misfit, where)
                continue
            yield from self._of_question(question, where, in_pairs)
        for left in self._judged.values():
            for _, place in left:
                yield Problem("answer_missing", place, text=_ANSWER_MISSING)

    def _read_judgments(self) -> Iterator[Problem]:
        """Remember who judged what: a few words of each row, whatever its length."""
        told = single = False
        for where, row in self._folder.judgments():
            if isinstance(row, Problem):
                yield row
                continue
            try:
                judgment = judgment_of(row)
            except Misfit as misfit:
                yield _problem(misfit, where)
                continue
            if judgment is None:
                if not single:
                    single = True
                    yield Problem("judgment_single", where, text=_SINGLE)
            elif self._votes.asked:
                key = judgment.question, judgment.turn
                self._judged.setdefault(key, []).append((judgment, where))
            elif not told:
                told = True
                yield Problem("question_missing", where, text=_NO_QUESTION)

    def _of_question(
        self, question: _Question, where: str, in_pairs: bool
    ) -> Iterator[TaskIn | Problem]:
        answers: dict[str, Sequence[str]] = {}
        for model, found in self._folder.answers(question.id):
            if isinstance(found, Problem):
                yield found
            else:
                answers[model] = found
        references = self._folder.references(question.id)
        for turn in range(1, len(question.turns) + 1):
            judged = self._judged.pop((question.id, turn), [])
            there = sorted(model for model, turns in answers.items() if len(turns) >= turn)
            sets: list[tuple[str, ...]] = [tuple(there)]
            if in_pairs:
                wanted = {one.models for one, _ in judged} if self._how == "auto" else set()
                sets = [
                    pair
                    for pair in combinations(there, 2)
                    if self._how == "pairs" or pair in wanted
                ]
            for judgment, place in judged:
                if judgment.models not in sets:
                    yield Problem("answer_missing", place, text=_ANSWER_MISSING)
            for models in sets:
                shown = {model: answers[model] for model in models}
                yield TaskIn(
                    question.key(turn, models if in_pairs else ()),
                    question.content(turn, shown, references),
                    where,
                    question.meta,
                    self._annotations(models, judged),
                    where.rpartition(":")[0],
                )

    def _annotations(
        self, models: tuple[str, ...], judged: Sequence[tuple[Judgment, str]]
    ) -> tuple[AnnotationIn, ...]:
        return tuple(
            self._votes.annotation(one.vote, one.judge, place, one.layer)
            for one, place in judged
            if one.models == models
        )


class _Question:
    """One row of ``question.jsonl``; raises Misfit."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        meta = dict(row)
        ident = meta.pop("question_id", None)
        if not isinstance(ident, int | str) or isinstance(ident, bool) or ident == "":
            raise Misfit("question_id", "the id of a question is a number or a text")
        self.id = str(ident)
        turns = meta.pop("turns", None)
        if not isinstance(turns, list) or not turns or not _are_texts(turns):
            raise Misfit("turns", "the turns are a list of texts")
        self.turns: list[str] = turns
        reference = meta.pop("reference", None)
        self._reference: list[str] = reference if _are_texts(reference) else []
        self.meta = meta

    def key(self, turn: int, pair: tuple[str, ...]) -> str:
        """The task's key; models are in it only as a hash, for a key is shown."""
        parts = [self.id]
        if len(self.turns) > 1:
            parts.append(str(turn))
        return ".".join([*parts, *_hashed(pair)])

    def content(
        self, turn: int, answers: Mapping[str, Sequence[str]], references: Sequence[str]
    ) -> ComparisonContent:
        """What the task of this turn shows: answers by model."""
        responses = []
        for number, told in enumerate(answers.values()):
            ident = f"r{number + 1}"
            if turn == 1:
                responses.append(Response(id=ident, text=told[0]))
                continue
            spoken = [("assistant", told[0])]
            for at in range(1, turn):
                spoken += [("user", self.turns[at]), ("assistant", told[at])]
            responses.append(Response(id=ident, turns=_turns(spoken, ident)))
        expected = [text for text in [*(self._reference or references)][:turn] if text]
        return ComparisonContent(
            turns=_turns([("user", self.turns[0])]),
            responses=tuple(responses),
            references=tuple(
                Reference(id=f"ref{number}", text=text)
                for number, text in enumerate(expected, start=1)
            ),
            models={f"r{number}": model for number, model in enumerate(answers, start=1)},
        )


def _from_judgments(rows: Rows, votes: Votes) -> Iterator[TaskIn | Problem]:
    """Tasks of judgments that bring their conversations; of questions, where that is what they are."""
    told = False
    for where, row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        try:
            if "turns" in row and "conversation_a" not in row:
                question = _Question(row)
                for turn in range(1, len(question.turns) + 1):
                    content = question.content(turn, {}, ())
                    yield TaskIn(question.key(turn, ()), content, where, question.meta)
                continue
            judgment = judgment_of(row)
            if judgment is None:
                raise Misfit("score", _SINGLE)
            content = _conversations(row, judgment)
        except Misfit as misfit:
            yield _problem(misfit, where)
            continue
        annotations: tuple[AnnotationIn, ...] = ()
        if votes.asked:
            annotations = (votes.annotation(judgment.vote, judgment.judge, where, judgment.layer),)
        elif not told:
            told = True
            yield Problem("question_missing", where, text=_NO_QUESTION)
        key = ".".join([judgment.question, str(judgment.turn), *_hashed(judgment.models)])
        yield TaskIn(key, content, where, {}, annotations, where.rpartition(":")[0])


def _conversations(row: Mapping[str, Any], judgment: Judgment) -> ComparisonContent:
    names = ["conversation_a", "conversation_b"]
    if row.get("model_a") != judgment.models[0]:
        names.reverse()
    told = [turns_of(row.get(name), name)[: 2 * judgment.turn] for name in names]
    for name, turns in zip(names, told, strict=True):
        if len(turns) < 2 * judgment.turn:
            raise Misfit(name, f"the conversation has no turn {judgment.turn}")
    first, second = told
    if (first[0].role, first[0].text) != (second[0].role, second[0].text):
        raise Misfit("conversation_b", "the two conversations begin with other questions")
    responses = []
    for number, turns in enumerate(told, start=1):
        spoken = [(turn.role, turn.text) for turn in turns[1:]]
        ident = f"r{number}"
        if len(spoken) == 1:
            responses.append(Response(id=ident, text=spoken[0][1]))
        else:
            responses.append(Response(id=ident, turns=_turns(spoken, ident)))
    return ComparisonContent(
        turns=_turns([(first[0].role, first[0].text)]),
        responses=tuple(responses),
        models={"r1": judgment.models[0], "r2": judgment.models[1]},
    )


def _turns(spoken: Sequence[tuple[str, str]], inside: str = "") -> tuple[Turn, ...]:
    return tuple(
        Turn(id=turn_id(number, inside), role=role, text=text)
        for number, (role, text) in enumerate(spoken)
    )


def _hashed(models: tuple[str, ...]) -> list[str]:
    if not models:
        return []
    return [blake2b("\0".join(models).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()]


def _are_texts(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(one, str) for one in raw)


def _problem(misfit: Misfit, where: str) -> Problem:
    return Problem("content_invalid", f"{where}: {misfit.place}", {"reason": misfit.reason})
