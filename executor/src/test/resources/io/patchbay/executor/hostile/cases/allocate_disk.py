# Takes room on the disk for what it never writes, far beyond its share.
# expect: RETURNED \["EFBIG","EFBIG"\]
# landlock: RETURNED \["ENOTSUP","ENOTSUP"\]

import ctypes
import errno

GIB = ctypes.c_long(1 << 30)
KEEP_SIZE = 1


def allocate(descriptor, mode):
    libc = ctypes.CDLL(None, use_errno=True)
    for number in range(16):
        if libc.fallocate(descriptor, mode, ctypes.c_long(number << 30), GIB) < 0:
            return errno.errorcode[ctypes.get_errno()]
    return "took it"


def main(event, context):
    with open("file", "wb") as file:
        return [allocate(file.fileno(), mode) for mode in (0, KEEP_SIZE)]
