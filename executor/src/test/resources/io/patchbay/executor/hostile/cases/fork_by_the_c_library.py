# Makes a process without asking Python: fork, vfork, and clone as a system call.
# expect: RETURNED \[-1,-1,-1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
CLONE = 56
SIGCHLD = 17


def main(event, context):
    return [libc.fork(), libc.vfork(), libc.syscall(CLONE, SIGCHLD, 0, 0, 0, 0)]
