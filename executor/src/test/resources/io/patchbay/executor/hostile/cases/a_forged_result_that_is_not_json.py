# Answers by itself with something that is no JSON.
# expect: BAD_RESULT .*

import os

RESULT = b"\x16"


def main(event, context):
    os.write(3, RESULT + b"\x00\x00\x00\x01" + b"{")
