# Adds a filter that answers its own calls, and asks to be traced and dumped.
# expect: RETURNED \[1,1,1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
SECCOMP, PRCTL = 317, 157


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(SECCOMP, 1, 8, bytes(16)),
        error_of(PRCTL, 4, 1, 0, 0, 0),
        error_of(PRCTL, 0x59616d61, -1, 0, 0, 0),
        error_of(PRCTL, 38, 0, 0, 0, 0),
    ]
