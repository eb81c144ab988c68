# Locks a file that all calls can read, byte by byte: each lock would take memory of the kernel's.
# expect: RETURNED \[2000,0,true\]

import fcntl
import os
import struct

LOCK = struct.Struct("@hhqqi4x")


def lock(kind, start=0, length=0):
    return LOCK.pack(kind, os.SEEK_SET, start, length, 0)


def main(event, context):
    first, second = (open(os.__file__, "rb") for _ in range(2))
    made = sum(
        fcntl.fcntl(first, fcntl.F_SETLK, lock(fcntl.F_RDLCK, 2 * number, 1)) is not None
        for number in range(2000)
    )
    own = 0
    for number in range(2000):
        try:
            fcntl.fcntl(first, fcntl.F_OFD_SETLK, lock(fcntl.F_RDLCK, 2 * number, 1))
            own += 1
        except PermissionError:
            pass
    fcntl.flock(first, fcntl.LOCK_EX)
    fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return [made, own, True]
