# Changes the machine's time, name and priority.
# expect: RETURNED \[1,1,1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
SETTIMEOFDAY, CLOCK_SETTIME, SETHOSTNAME, SETPRIORITY = 164, 227, 170, 141


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(SETTIMEOFDAY, 0, 0),
        error_of(CLOCK_SETTIME, 0, bytes(16)),
        error_of(SETHOSTNAME, b"x", 1),
        error_of(SETPRIORITY, 0, 0, -20),
    ]
