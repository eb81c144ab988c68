"""python3 bench run|profile ...: what bench/run and bench/profile start once all is prepared."""

import sys

from harness import command, profile

COMMANDS = {"run": command.main, "profile": profile.main}
try:
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))
except KeyboardInterrupt:
    sys.exit(130)
