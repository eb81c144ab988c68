"""Entry point of the box in which pip runs: one job, on standard input, then the end."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from patchbay_box import installer  # noqa: E402

installer.main(sys.argv[1])
