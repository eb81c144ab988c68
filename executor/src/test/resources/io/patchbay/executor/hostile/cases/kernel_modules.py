# Loads code into the kernel, or another kernel, or restarts the machine.
# expect: RETURNED \[1,1,1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
INIT_MODULE, FINIT_MODULE, KEXEC_LOAD, REBOOT = 175, 313, 246, 169


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(INIT_MODULE, b"x", 1, b""),
        error_of(FINIT_MODULE, 0, b"", 0),
        error_of(KEXEC_LOAD, 0, 0, 0, 0),
        error_of(REBOOT, 0xFEE1DEAD, 672274793, 0, 0),
    ]
