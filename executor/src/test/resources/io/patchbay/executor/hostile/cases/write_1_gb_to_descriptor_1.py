# Writes a gigabyte past Python's own streams.
# expect: EXCEPTION OSError.*too large.*

import os


def main(event, context):
    for _ in range(1024):
        os.write(1, b"x" * (1 << 20))
