# A process group reaches across the borders of pid namespaces.
# expect: RETURNED 1
# landlock: KILLED .*SIGKILL.*

import os


def main(event, context):
    for group in (0, -os.getpgrp()):
        for signal in (9, 19, 15):
            try:
                os.kill(group, signal)
            except ProcessLookupError:
                pass
    return 1
