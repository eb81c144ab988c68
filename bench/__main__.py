"""python3 bench run|profile|neighbours ...: what the commands start once all is prepared."""

import sys

from harness import attack, command, neighbours, profile

COMMANDS = {
    "run": command.main,
    "profile": profile.main,
    "neighbours": neighbours.main,
    # One attack, in a process of its own: neighbours starts it.
    "attack": attack.main,
}
try:
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))
except KeyboardInterrupt:
    sys.exit(130)
