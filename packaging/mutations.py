"""The small changes that can be made to a module, each of which a test should notice.

A change is one of the mistakes people make: a comparison turned round, a condition that always or
never holds, a call left out, a number off by one, an ``and`` for an ``or``; the same inside SQL.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Mutation", "mutations_of"]


class Mutation(NamedTuple):
    """A change of a source: the line it begins in (from 1), the lines of its statement or of its head,
    whether they are done when the module is imported, its place in bytes, what stands there, what
    instead, and what stands around it."""

    line: int
    lines: range
    at_import: bool
    start: int
    end: int
    old: str
    new: str
    around: tuple[str, str] = ("", "")

    def applied(self, source: bytes) -> bytes:
        """The source with the change."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def __str__(self) -> str:
        before, after = self.around
        return f"{self.line}: {before}{_short(self.old)}{after}  ->  {_short(self.new)}"


OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is},
    **{ast.In: ast.NotIn, ast.NotIn: ast.In},
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt},
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult},
    **{ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr},
}
SIMPLE = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
IS_SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|JOIN|ORDER BY|PRAGMA|BEGIN|COMMIT)\b"
)
IN_SQL: tuple[tuple[str, str], ...] = (
    (r"\bAND\b", "OR"),
    (r"\bOR\b(?! (IGNORE|REPLACE))", "AND"),
    (r"\bLEFT JOIN\b", "JOIN"),
    (r"\bNOT (?=EXISTS|IN\b)", ""),
    (r"\bIS NULL\b", "IS NOT NULL"),
    (r"\bIS NOT NULL\b", "IS NULL"),
    (r"\bOR IGNORE\b", "OR REPLACE"),
    (r"\bmax\(", "min("),
    (r"\bmin\(", "max("),
    (r"\bDESC\b", "ASC"),
    (r"\bASC\b", "DESC"),
    (r"(?<![<>])=(?![<>])", "<>"),
    (r"<>", "="),
    (r"<=", "<"),
    (r">=", ">"),
    (r"<(?![>=])", "<="),
    (r"(?<!<)>(?!=)", ">="),
)
WITHOUT = ("annotation", "returns", "decorator_list", "bases")
"""Fields of the tree in which nothing is changed: they say what things are, not what is done."""
SMALL = 9
"""A larger number is a size, of which one more makes no difference."""


def mutations_of(source: bytes) -> list[Mutation]:
    """Every change of a module's source, in the order of their places."""
    return sorted(_Finder(source).found(), key=lambda one: (one.start, one.end, one.new))


class _Finder:
    """Walks the tree of a source."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._tests: set[ast.expr] = set()
        """Conditions that were made to hold always and never."""
        self._lines = range(0)
        self._functions = 0
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def found(self) -> Iterator[Mutation]:
        yield from self._below(ast.parse(self._source))

    def _below(self, node: ast.AST) -> Iterator[Mutation]:
        for name, value in ast.iter_fields(node):
            if name not in WITHOUT and not (name == "keywords" and isinstance(node, ast.ClassDef)):
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        yield from self._at(child)

    def _at(self, node: ast.AST) -> Iterator[Mutation]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node, ast.stmt):
            self._lines = _lines_of(node)
            yield from self._statement(node)
        elif isinstance(node, ast.expr):
            yield from self._expression(node)
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                self._tests.add(test)
                yield self._instead(test, "False")
                yield self._instead(test, "True")
        if isinstance(node, ast.JoinedStr):
            return  # its parts have no places of their own
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        self._functions += function
        yield from self._below(node)
        self._functions -= function

    def _statement(self, node: ast.stmt) -> Iterator[Mutation]:
        if isinstance(node, ast.If):
            self._tests.add(node.test)
            yield self._instead(node.test, "True")
            yield self._instead(node.test, "False")
        elif isinstance(node, ast.While):
            yield self._instead(node.test, "False")
        elif isinstance(node, ast.Expr | ast.AugAssign | ast.Raise | ast.Delete):
            yield self._instead(node, "pass")
        elif isinstance(node, ast.Continue):
            yield self._instead(node, "break")
        elif isinstance(node, ast.Break):
            yield self._instead(node, "continue")

    def _expression(self, node: ast.expr) -> Iterator[Mutation]:
        if isinstance(node, ast.Compare):
            for at, operator in enumerate(node.ops):
                turned = OPPOSITES[type(operator)]()
                if node in self._tests and type(operator) in SIMPLE:
                    continue  # the same as one of True and False
                ops = [*node.ops[:at], turned, *node.ops[at + 1 :]]
                yield self._instead(node, ast.Compare(node.left, ops, node.comparators))
        elif isinstance(node, ast.BoolOp):
            other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
            yield self._instead(node, ast.BoolOp(other, node.values))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            if node in self._tests:
                return
            yield self._instead(node, node.operand)
        elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            turned_op = ARITHMETIC[type(node.op)]()
            yield self._instead(node, ast.BinOp(node.left, turned_op, node.right))
        elif isinstance(node, ast.IfExp):
            self._tests.add(node.test)
            yield self._instead(node, node.body)
            yield self._instead(node, node.orelse)
        elif isinstance(node, ast.Constant):
            yield from self._constant(node)
        elif isinstance(node, ast.JoinedStr):
            yield from self._sql(node)

    def _constant(self, node: ast.Constant) -> Iterator[Mutation]:
        if isinstance(node.value, bool):
            yield self._instead(node, str(not node.value))
        elif isinstance(node.value, int) and node.value <= SMALL:
            yield self._instead(node, str(node.value + 1))
        elif isinstance(node.value, str):
            yield from self._sql(node)

    def _sql(self, node: ast.expr) -> Iterator[Mutation]:
        """Changes inside the text of a literal that is a piece of SQL."""
        start, end = self._span(node)
        text = self._source[start:end].decode()
        if not IS_SQL.search(text):
            return
        for pattern, new in IN_SQL:
            for hit in re.finditer(pattern, text):
                if not _in_braces(text[: hit.start()]):
                    around = text[: hit.start()][-30:], text[hit.end() :][:20]
                    at = start + len(text[: hit.start()].encode())
                    yield self._change(at, at + len(hit.group().encode()), new, around)

    def _instead(self, node: ast.stmt | ast.expr, new: str | ast.expr) -> Mutation:
        text = new if isinstance(new, str) else ast.unparse(new)
        return self._change(*self._span(node), f"({text})" if isinstance(node, ast.expr) else text)

    def _change(
        self, start: int, end: int, new: str, around: tuple[str, str] = ("", "")
    ) -> Mutation:
        line = self._source.count(b"\n", 0, start) + 1
        old = self._source[start:end].decode()
        where = (line, self._lines, not self._functions, start, end)
        return Mutation(*where, old, new, (_flat(around[0]), _flat(around[1])))

    def _span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )


def _lines_of(node: ast.stmt) -> range:
    """The lines of a statement, of one with a body those of its head: which of them Python says that it
    comes by is as it pleases."""
    body = getattr(node, "body", None)
    last = max(body[0].lineno - 1, node.lineno) if body else node.end_lineno or node.lineno
    return range(node.lineno, last + 1)


def _in_braces(before: str) -> bool:
    """Whether a place of an f-string lies in an expression; in SQL no other braces stand."""
    return before.count("{") > before.count("}")


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _short(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= 90 else f"{flat[:60]} … {flat[-28:]}"
