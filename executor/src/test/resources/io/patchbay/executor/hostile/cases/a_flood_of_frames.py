# Sends printed text as frames of its own, for ever.
# expect: KILLED .*

import os

STDOUT = b"\x12"


def main(event, context):
    while True:
        os.write(3, STDOUT + b"\x00\x00\xff\x00" + b"\n" * 0xFF00)
