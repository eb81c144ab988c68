# Promises more than anybody should make room for.
# expect: RESULT_TOO_LARGE .*

import os
import time

RESULT = b"\x16"


def main(event, context):
    os.write(3, RESULT + b"\xff\xff\xff\xff")
    time.sleep(60)
