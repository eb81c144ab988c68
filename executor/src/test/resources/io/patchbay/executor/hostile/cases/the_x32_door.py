# Calls fork by the number that it has for programs with short pointers.
# expect: RETURNED \[-1,38]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
X32, FORK = 0x40000000, 57


def main(event, context):
    return [libc.syscall(X32 + FORK, 0), ctypes.get_errno()]
