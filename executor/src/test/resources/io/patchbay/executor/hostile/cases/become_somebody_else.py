# Becomes root, or anybody else, and takes capabilities.
# expect: RETURNED \[1,1,1,1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
SETUID, SETGID, SETRESUID, SETGROUPS, CAPSET = 105, 106, 117, 116, 126


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(SETUID, 0),
        error_of(SETGID, 0),
        error_of(SETRESUID, 0, 0, 0),
        error_of(SETGROUPS, 0, 0),
        error_of(CAPSET, bytes(8), bytes(24)),
    ]
