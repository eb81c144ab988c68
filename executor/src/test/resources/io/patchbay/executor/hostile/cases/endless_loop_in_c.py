# Waits in the C library, where no exception of Python can reach it.
# expect: TIMEOUT .*
# limit: 1s

import ctypes


def main(event, context):
    ctypes.CDLL(None).pause()
