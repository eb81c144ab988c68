# Opens a queue of system calls, which no filter sees.
# expect: RETURNED \[1,1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER = 425, 426, 427


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(IO_URING_SETUP, 1, bytes(120)),
        error_of(IO_URING_ENTER, 0, 1, 0, 0, 0),
        error_of(IO_URING_REGISTER, 0, 0, 0, 0),
    ]
