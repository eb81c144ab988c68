"""Makes the module importable as it is shipped, and nothing else of that name."""

import pathlib
import sys

EXECUTOR = pathlib.Path(__file__).resolve().parents[3]
ROOT = EXECUTOR.parent
MODULE = EXECUTOR / "src/main/resources/io/patchbay/executor/box/patchbay"

sys.path.insert(0, str(MODULE.parent))
