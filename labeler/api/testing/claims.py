"""A claim: one thing a panel promises, with a name and a check that says what is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Claim", "ContractBroken", "expect"]


class ContractBroken(AssertionError):
    """A panel does not do what the contract says; the message says what it did."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a panel promises; ``check`` raises ContractBroken where it does not hold."""

    name: str
    check: Callable[[], None]

    def __str__(self) -> str:
        return self.name


def expect(condition: bool, otherwise: str) -> None:
    """Raise ContractBroken with this sentence unless the condition holds."""
    if not condition:
        raise ContractBroken(otherwise)
