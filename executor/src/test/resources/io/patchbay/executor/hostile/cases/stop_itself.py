# Stops itself, so that it neither runs nor ends.
# expect: RETURNED 1|TIMEOUT .*
# limit: 1s

import os
import signal


def main(event, context):
    os.kill(os.getpid(), signal.SIGSTOP)
    return 1
