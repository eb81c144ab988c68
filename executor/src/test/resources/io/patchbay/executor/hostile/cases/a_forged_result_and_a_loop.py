# Answers by itself, and goes on for ever: the first answer counts, and ends the call.
# expect: RETURNED "forged"

import os

RESULT = b"\x16"


def main(event, context):
    os.write(3, RESULT + b"\x00\x00\x00\x08" + b'"forged"')
    while True:
        pass
