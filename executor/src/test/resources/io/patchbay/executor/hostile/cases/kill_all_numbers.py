# Kills, stops and ends itself, its parent, pid 1 and every number that a process could have.
# expect: RETURNED 1

import os

SIGNALS = (9, 19, 15)


def main(event, context):
    for signal in SIGNALS:
        for process in (0, os.getpid(), os.getppid(), 1):
            os.kill(process, signal)
        for process in range(2, 5000):
            try:
                os.kill(process, signal)
            except ProcessLookupError:
                pass
    return 1
