# Fills files that it has removed and closed, and keeps a page of each mapped.
# expect: EXCEPTION OSError.*(No space|too large).*
# landlock: KILLED .*

import ctypes
import mmap
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + 3 * [ctypes.c_int] + [ctypes.c_long]


def main(event, context):
    for number in range(200):
        with open("file", "w+b") as file:
            file.write(b"x" * (1 << 20))
            file.flush()
            libc.mmap(None, mmap.PAGESIZE, mmap.PROT_READ, mmap.MAP_SHARED, file.fileno(), 0)
        os.unlink("file")
    time.sleep(10)
