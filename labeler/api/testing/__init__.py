"""The contract of a panel's Qt-free half, as claims anybody can check: in pytest or without it.

A panel's own tests hand over its manifest and a few examples and run every claim::

    from labeler.api.testing import PanelContract

    EXAMPLES = Path("examples.json").read_bytes()
    CONTRACT = PanelContract(FOLDER / "panel.toml", "my_panel", examples=EXAMPLES)

    @pytest.mark.parametrize("claim", CONTRACT.claims(), ids=str)
    def test_contract(claim):
        claim.check()

Words in a format's ``loses`` loosen what must come back from a file that was written: ``keys``,
``meta``, ``authors``, ``status``, ``predictions``, ``gold``, ``empty`` (tasks with nothing on them),
``regions``, ``answers``, a region type (``relation``) or one of its fields (``box.rotation``;
``region.id`` of every type), a kind of question (``ranking``), ``extra`` (of content and regions),
``content.FIELD``. Any other word is for people to read.
"""

from labeler.api.testing.claims import Claim, ContractBroken
from labeler.api.testing.contract import PanelContract
from labeler.api.testing.examples import Example, read_examples
from labeler.api.testing.specimens import NoSpecimen, specimens

__all__ = [
    "Claim",
    "ContractBroken",
    "Example",
    "NoSpecimen",
    "PanelContract",
    "read_examples",
    "specimens",
]
