"""Lets the tests of this folder share their strategies and hand-made values."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
