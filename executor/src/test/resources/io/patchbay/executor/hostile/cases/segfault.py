# Reads where there is no memory.
# expect: KILLED .*SIGSEGV.*

import ctypes


def main(event, context):
    ctypes.string_at(0)
