# Promises a megabyte on its connection, and sends a byte.
# expect: TIMEOUT .*
# limit: 1s

import os
import time

RESULT = b"\x16"


def main(event, context):
    os.write(3, RESULT + b"\x00\x10\x00\x00" + b"x")
    time.sleep(60)
