# Registers a handler for the end of the process that does not end.
# expect: RETURNED 1

import atexit
import time


def main(event, context):
    atexit.register(time.sleep, 60)
    return 1
