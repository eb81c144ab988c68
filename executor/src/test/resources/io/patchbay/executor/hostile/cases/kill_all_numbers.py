# Kills, stops and ends its parent, pid 1, every number that a process could have, and itself.
# expect: RETURNED 1
# landlock: KILLED .*SIGKILL.*

import os

SIGNALS = (9, 19, 15)


def main(event, context):
    others = []
    for signal in SIGNALS:
        for process in range(1, max(5000, event["server"] + 2000)):
            try:
                if process != os.getpid():
                    os.kill(process, signal)
                    others.append(process)
            except (ProcessLookupError, PermissionError):
                pass
    if others:
        return others
    for signal in SIGNALS:
        for process in (os.getppid(), 0, os.getpid()):
            try:
                os.kill(process, signal)
            except PermissionError:
                pass
    return 1
