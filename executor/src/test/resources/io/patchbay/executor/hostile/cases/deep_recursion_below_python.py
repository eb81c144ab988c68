# Fills the stack of C, which Python's own limit would have prevented.
# expect: KILLED .*SIGSEGV.*|EXCEPTION RecursionError.*|OUT_OF_MEMORY.*

import sys


def main(event, context):
    sys.setrecursionlimit(10**9)
    nested = []
    for _ in range(10**6):
        nested = [nested]
    return len(repr(nested))
