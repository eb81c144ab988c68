# Blocks every signal that can be blocked, then sleeps.
# expect: TIMEOUT .*
# limit: 1s

import signal
import time


def main(event, context):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    time.sleep(60)
