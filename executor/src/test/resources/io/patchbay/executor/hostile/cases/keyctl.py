# Reads and adds keys, which the kernel keeps for all processes of a user.
# expect: RETURNED \[1,1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
KEYCTL, ADD_KEY, REQUEST_KEY = 250, 248, 249


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(KEYCTL, 0, -3, 1, 0, 0),
        error_of(ADD_KEY, b"user", b"x", b"y", 1, -3),
        error_of(REQUEST_KEY, b"user", b"x", 0, -3),
    ]
