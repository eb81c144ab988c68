# Loads a program into the kernel.
# expect: RETURNED \[1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
BPF = 321


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(BPF, 0, bytes(128), 128),
        error_of(BPF, 5, bytes(128), 128),
    ]
