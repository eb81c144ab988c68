# Says that it is process 7, as only the launcher may.
# expect: KILLED .*

import os
import time

PROCESS = b"\x15"


def main(event, context):
    os.write(3, PROCESS + b"\x00\x00\x00\x04" + b"\x00\x00\x00\x07")
    time.sleep(60)
