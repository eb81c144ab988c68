# Opens descriptors until it cannot.
# expect: EXCEPTION OSError.*Too many.*

import os


def main(event, context):
    for _ in range(100_000):
        os.dup(0)
