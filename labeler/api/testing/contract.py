"""The contract: every claim about one panel."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from labeler.api.testing.claims import Claim, ContractBroken
from labeler.api.testing.files import FORMAT_CLAIMS
from labeler.api.testing.halves import HALF_CLAIMS
from labeler.api.testing.subject import Examples, Load, OpenMedium, Subject

__all__ = ["PanelContract"]


class PanelContract:
    """What a panel promises, told as claims.

    ``manifest`` is its ``panel.toml``, ``package`` the package beside it that relative import
    strings are relative to. ``load`` takes the place of importing by name (for a plugin in a
    folder). ``examples`` are its work without fault, or the JSON of some (see ``read_examples``); a
    panel with formats needs some. ``open_medium`` gives the bytes of the media the examples refer
    to, where formats write them.
    """

    def __init__(
        self,
        manifest: Path,
        package: str = "",
        *,
        examples: Examples = (),
        load: Load | None = None,
        open_medium: OpenMedium | None = None,
    ) -> None:
        self._subject = Subject(manifest, package, examples, load, open_medium)

    def claims(self) -> tuple[Claim, ...]:
        """The claims, in the order in which they are best read when they fail."""
        return tuple(
            Claim(check.__name__, partial(check, self._subject))
            for check in (*HALF_CLAIMS, *FORMAT_CLAIMS)
        )

    def run(self) -> None:
        """Check every claim; raises ContractBroken that lists all that do not hold."""
        broken = []
        for claim in self.claims():
            try:
                claim.check()
            except Exception as error:  # noqa: BLE001 - whatever a panel raises breaks its claim
                broken.append(f"{claim}: {type(error).__name__}: {error}")
        if broken:
            raise ContractBroken("\n".join(broken))
