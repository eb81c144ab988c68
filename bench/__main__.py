"""python3 bench: what bench/run starts once the machine is prepared."""

import sys

from harness.command import main

sys.exit(main(sys.argv[1:]))
