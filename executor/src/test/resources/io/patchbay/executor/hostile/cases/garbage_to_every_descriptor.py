# Writes nonsense into its connection and all else.
# expect: KILLED .*

import os
import time


def main(event, context):
    for descriptor in range(256):
        try:
            os.write(descriptor, b"\xff" * 1000)
        except OSError:
            pass
    time.sleep(60)
