# Makes a million folders.
# expect: EXCEPTION OSError.*No space.*

import os


def main(event, context):
    for number in range(1_000_000):
        os.mkdir(f"/tmp/{number}")
