# Mounts a file system of its own, binds a folder, takes /tmp away.
# expect: RETURNED \[1,1,1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
MOUNT, UMOUNT2, PIVOT_ROOT, OPEN_TREE = 165, 166, 155, 428


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(MOUNT, b"none", b"/tmp", b"tmpfs", 0, 0),
        error_of(UMOUNT2, b"/tmp", 2),
        error_of(PIVOT_ROOT, b"/tmp", b"/tmp"),
        error_of(OPEN_TREE, -100, b"/usr", 1),
    ]
