# Asks for descriptors that its other threads do not share: as many again for every thread.
# expect: EXCEPTION PermissionError.*

import ctypes
import os

CLOSE_RANGE = 436
UNSHARE = 2


def main(event, context):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(CLOSE_RANGE, 1_000_000, 1_000_001, UNSHARE) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "descriptors of its own"
