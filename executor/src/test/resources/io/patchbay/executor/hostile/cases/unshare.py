# Makes a user namespace, in which it would be root.
# expect: RETURNED \[1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
UNSHARE = 272


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(UNSHARE, 0x10000000),
        error_of(UNSHARE, 0x00020000),
    ]
