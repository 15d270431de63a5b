"""The contract of a panel's editor, as claims anybody can check: in pytest or without it.

A panel's own tests hand over its manifest and a few examples, as they do for its Qt-free half::

    from labeler.api.testing import read_examples
    from labeler.kit.testing import EditorContract

    CONTRACT = EditorContract(FOLDER / "panel.toml", "my_panel", examples=EXAMPLES)

    @pytest.mark.parametrize("claim", CONTRACT.claims(), ids=str)
    def test_contract(claim):
        claim.check()

A QApplication is made where there is none; QT_QPA_PLATFORM=offscreen spares the screen.
``RecordingHost`` is the host the claims use; it serves a panel's own tests of its editor too.
"""

from labeler.kit.testing.contract import EditorContract
from labeler.kit.testing.host import Emission, RecordingHost, task_view

__all__ = ["EditorContract", "Emission", "RecordingHost", "task_view"]
