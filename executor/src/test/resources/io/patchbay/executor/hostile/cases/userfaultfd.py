# Stops the kernel in the middle of a copy, which many exploits need.
# expect: RETURNED \[1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
USERFAULTFD = 323


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(USERFAULTFD, 0),
        error_of(USERFAULTFD, 1),
    ]
