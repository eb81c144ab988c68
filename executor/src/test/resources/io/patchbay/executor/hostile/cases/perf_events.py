# Measures the kernel and other processes.
# expect: RETURNED \[1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
PERF_EVENT_OPEN = 298


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [error_of(PERF_EVENT_OPEN, bytes(128), 0, -1, -1, 0)]
